"""A statement as one line of JSON Lines, the format `kenesh.statement/1`."""

from __future__ import annotations

import msgspec

from kenesh.statement.model import Statement
from kenesh.statement.model import to_json as _line


def to_json(statement: Statement) -> bytes:
    """One object, keys in the order of the model, and a line end; `source` is null."""
    return _line(msgspec.structs.replace(statement, source=None)) + b"\n"
