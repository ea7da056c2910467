"""The rules in force stand in the record: a profile that was changed in its file is an event.

It is noted by the first act of a process, before that act.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

import msgspec

from kenesh.statement.nfc import nfc
from kenesh.store.ports import NewEvent, StaleVersion, Store

STREAM = "body"


class BodyProfiled(msgspec.Struct, frozen=True, tag_field="type", tag="body.profiled/1"):
    """The body's profile, as read from its file; the rules in force from here on."""

    profile: str  # id
    toml: str
    sha256: str  # of the text in UTF-8


def recorded_profile(store: Store) -> str | None:
    """The id of the body whose rules were recorded here, None where none were yet."""
    known = store.read(STREAM)
    return str(known[-1].body["data"]["profile"]) if known else None


def note_profile(store: Store, profile: str, toml: str, *, at: datetime, salt: bytes) -> bool:
    """Record the text of a profile if it is not the one recorded last; says whether it was new.

    Args:
        profile: its id.
        toml: the whole text of the file.
        at: aware, UTC.
        salt: 32 random bytes.
    """
    text = nfc(toml, "profile")
    event = BodyProfiled(profile, text, hashlib.sha256(text.encode()).hexdigest())
    known = store.read(STREAM)
    if known and known[-1].body["data"]["sha256"] == event.sha256:
        return False
    data = msgspec.to_builtins(event)
    kind = data.pop("type")
    actor = {"seat": "operator", "role": "secretariat", "person": "operator of the data folder"}
    new = NewEvent(type=kind, body={"actor": actor, "audience": "meeting", "data": data}, salt=salt)
    try:
        store.append(STREAM, len(known), [new], at=at)
    except StaleVersion:
        return False  # another process opened the folder at the same moment and noted it
    return True
