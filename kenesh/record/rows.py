"""The rows a record consists of, and how it grows by new ones.

Invariants
* A row is never changed, but that body and salt may be deleted together.
* `Row.root` is the root of the tree that ends with this row. It is not needed to append or to prove; it
  lets `verify_events` name the very row that was tampered with, not only the tree.
* The head is what the next row grows from; both are written in one transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from kenesh.record.leaf import commitment, header
from kenesh.record.merkle import Range, leaf_hash
from kenesh.statement.hashes import canonical


class Row(msgspec.Struct, frozen=True):
    """One event as it is stored."""

    seq: int
    stream: str
    version: int
    header: bytes  # the leaf's data
    salt: bytes | None  # None with body None: erased
    body: bytes | None  # canonical JSON
    root: bytes  # tree hash over the rows up to and with this one


class HeadRow(msgspec.Struct, frozen=True):
    """The end of the record as it is stored: one row."""

    origin: str
    size: int = 0
    time: str | None = None  # of the last event
    range: bytes = b""

    def to_range(self) -> Range:
        return Range.from_bytes(self.size, self.range)


class Unsealed(msgspec.Struct, frozen=True):
    """An event before it has its place in the record."""

    type: str
    body: dict[str, Any]
    salt: bytes


def extend(
    head: HeadRow, stream: str, version: int, events: Sequence[Unsealed], *, time: str
) -> tuple[tuple[Row, ...], HeadRow]:
    """Seal events behind the head: their rows, and the head after them.

    Args:
        head: the end of the record.
        stream: name of the stream the events belong to.
        version: the stream's version before them.
        time: RFC 3339 in UTC with microseconds; the events' time is this one, or the head's if that is later.

    Raises:
        BadInput: a body is no restricted canonical JSON, or a salt has not 32 bytes.
    """
    rows: list[Row] = []
    tree, last = head.to_range(), head.time
    now = max(time, last or time)
    for offset, event in enumerate(events, start=1):
        body = canonical(event.body)
        data = header(
            log=head.origin,
            seq=tree.size,
            prev_time=last,
            time=now,
            type=event.type,
            meeting=stream,
            body_c=commitment(event.salt, body),
        )
        seq, tree, last = tree.size, tree.append(leaf_hash(data)), now
        rows.append(Row(seq, stream, version + offset, data, event.salt, body, tree.root()))
    return tuple(rows), HeadRow(head.origin, tree.size, last, tree.to_bytes())
