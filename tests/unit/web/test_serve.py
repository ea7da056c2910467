from __future__ import annotations

import socket

import pytest

from kenesh.web.serve import AddressTaken, ensure_free


def test_a_taken_address_is_told_before_anything_is_used_up() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(AddressTaken, match=f"127.0.0.1:{port}"):
            ensure_free("127.0.0.1", port)
    ensure_free("127.0.0.1", port)
