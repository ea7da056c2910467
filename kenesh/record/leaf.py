"""What exactly is hashed of an event.

    header = {"v":1,"log":…,"seq":…,"prev_time":…,"time":…,"type":…,"meeting":…,"body_c":…}   canonical JSON
    body_c = base64url(HMAC-SHA-256(key = salt, "kenesh/body/v1\\n" || canonical JSON of the body))
    leaf   = SHA-256(0x00 || header)

Invariants
* The header reveals when and what kind, never who or what: the body is bound by a keyed hash, because a bare
  hash of a short body ("KG objects") could be guessed.
* Deleting body and salt together honours a retention rule and leaves the tree whole.
* `meeting` is the name of the stream; `prev_time` is the time of the event before in the log, null for the
  first.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any

import msgspec

from kenesh.errors import BadInput
from kenesh.statement.hashes import canonical

SALT_BYTES = 32
_DOMAIN = b"kenesh/body/v1\n"


class BadSalt(BadInput):
    """A salt of the wrong length would make a body guessable."""

    code = "input.bad-salt"
    template = "A salt has {expected} random bytes, not {actual}."
    advice = "Take the salt from the machine's source of random numbers."


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The header of an event, as its leaf says it."""

    v: int
    log: str
    seq: int
    prev_time: str | None
    time: str
    type: str
    meeting: str
    body_c: str


def commitment(salt: bytes, body: bytes) -> str:
    """Bind a body (canonical JSON bytes) under its salt: 43 characters of base64url without padding."""
    if len(salt) != SALT_BYTES:
        raise BadSalt(expected=SALT_BYTES, actual=len(salt))
    keyed = hmac.new(salt, _DOMAIN + body, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(keyed).rstrip(b"=").decode("ascii")


def header(
    *, log: str, seq: int, prev_time: str | None, time: str, type: str, meeting: str, body_c: str
) -> bytes:
    """The data of an event's leaf: canonical JSON.

    Args:
        log: the origin of the log, "council.example/record".
        seq: number of leaves before this one.
        prev_time, time: RFC 3339 with microseconds and "Z"; `prev_time` is None for the first event.
        type: stable name with version, "clause.agreed/1".
        meeting: name of the stream.
        body_c: what `commitment` gave.
    """
    made: dict[str, Any] = {
        "v": 1,
        "log": log,
        "seq": seq,
        "prev_time": prev_time,
        "time": time,
        "type": type,
        "meeting": meeting,
        "body_c": body_c,
    }
    return canonical(made)


def from_header(data: bytes) -> Header | None:
    """Read a header; None if it is not exactly canonical bytes of one."""
    try:
        read = msgspec.json.decode(data, type=Header)
        again = canonical(msgspec.to_builtins(read))
    except (msgspec.MsgspecError, UnicodeDecodeError, BadInput):
        return None
    return read if again == data and read.v == 1 else None
