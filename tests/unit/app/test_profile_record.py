from __future__ import annotations

from datetime import UTC, datetime

from kenesh.app.profile_record import STREAM, note_profile
from kenesh.store.memory import MemoryStore

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)


def test_a_profile_is_recorded_once_and_again_when_it_changes() -> None:
    store = MemoryStore("test.invalid/record")
    noted = [
        note_profile(store, "mc-cfm", text, at=AT, salt=bytes(32)) for text in ("a = 1", "a = 1", "a = 2")
    ]
    assert noted == [True, False, True]
    assert [e.body["data"]["toml"] for e in store.read(STREAM)] == ["a = 1", "a = 2"]
