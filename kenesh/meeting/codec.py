"""Events to and from the store: a stable type name, and a JSON-able body.

    ("proposal.made/1", {"actor": {...}, "audience": "meeting", "data": {...}})

Unknown keys of a stored body are passed over, so that an older Kenesh reads what a newer one added; the
store keeps the bytes as they came.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from kenesh.meeting.errors import UnknownEvent
from kenesh.meeting.events import Actor, AnyEvent, Decided, Recorded


def to_body(decided: Decided, actor: Actor) -> tuple[str, dict[str, Any]]:
    """The stored type and body of an event: who did it, who may see it, and its own fields."""
    data: dict[str, Any] = msgspec.to_builtins(decided.event)
    kind = data.pop("type")
    return kind, {"actor": msgspec.to_builtins(actor), "audience": decided.audience, "data": data}


def from_body(type: str, body: Mapping[str, Any], version: int, at: datetime) -> Recorded:
    """The event in its place in the record.

    Args:
        type: the stored name, "proposal.made/1".
        body: as `to_body` made it; more keys are passed over.
        version: its place in the meeting's stream, from 1.
        at: aware, UTC.

    Raises:
        UnknownEvent: a type this version does not know, or a body that is not of that type.
    """
    try:
        event: AnyEvent = msgspec.convert({**body["data"], "type": type}, AnyEvent)
        actor = msgspec.convert(body["actor"], Actor)
        return Recorded(version, at, actor, str(body["audience"]), event)
    except (msgspec.ValidationError, KeyError, TypeError) as error:
        raise UnknownEvent(version=version, type=type, reason=str(error)) from error
