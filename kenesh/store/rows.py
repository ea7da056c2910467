"""Between stored rows and the events that the acts know; shared by every backend."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from kenesh.clock import from_rfc3339, to_rfc3339
from kenesh.errors import BadInput, BadRecord
from kenesh.record import Header, HeadRow, Row, Unsealed, extend
from kenesh.store.ports import Head, NewEvent, StoredEvent

MAX_ROWS = 10_000  # of one answer of `read_all`; a caller that wants more asks again


class BrokenRow(BadRecord):
    """A stored event cannot be read."""

    code = "record.broken-row"
    template = "Event {seq} of the record cannot be read: {reason}."
    advice = "Verify the record, and restore from a backup."


class NoZone(BadInput):
    """An instant without a zone means a different moment on every machine."""

    code = "input.no-zone"
    template = "The instant {at} has no zone."
    advice = "Give instants in UTC."


def to_text(at: datetime) -> str:
    """An aware instant as it is stored. Raises NoZone for a naive one."""
    if at.tzinfo is None:
        raise NoZone(at=at)
    return to_rfc3339(at)


def seal(
    head: HeadRow, stream: str, version: int, events: Sequence[NewEvent], at: datetime
) -> tuple[tuple[Row, ...], HeadRow]:
    """Rows for new events behind the head, and the head after them. Raises as `extend` does."""
    unsealed = [Unsealed(e.type, e.body, e.salt) for e in events]
    return extend(head, stream, version, unsealed, time=to_text(at))


def to_stored(row: Row) -> StoredEvent:
    """The event in a row; whether it was tampered with is for `verify` to say. Raises BrokenRow."""
    erased = row.body is None
    try:
        header = msgspec.json.decode(row.header, type=Header)
        body = {} if row.body is None else msgspec.json.decode(row.body, type=dict)
        time = from_rfc3339(header.time)
    except (msgspec.MsgspecError, ValueError) as error:
        raise BrokenRow(seq=row.seq, reason=str(error)) from error
    return StoredEvent(row.seq, row.stream, row.version, time, header.type, body, erased)


def to_head(row: HeadRow) -> Head:
    """The head as the acts know it. Raises BadRecord where its range does not fit its size."""
    return Head(row.size, row.to_range().root().hex(), from_rfc3339(row.time) if row.time else None)


def limited(limit: int) -> int:
    """A row limit between 0 and MAX_ROWS."""
    return max(0, min(limit, MAX_ROWS))
