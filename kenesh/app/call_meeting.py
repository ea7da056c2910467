"""Call a meeting of the body; write its invitation for calendars."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kenesh.app.house import House
from kenesh.app.loading import meeting_ids
from kenesh.app.perform import Outcome, perform
from kenesh.app.seats import list_seats
from kenesh.clock import from_rfc3339, to_rfc3339
from kenesh.errors import BadInput
from kenesh.meeting import Actor, CallMeeting
from kenesh.meeting.state import MeetingState
from kenesh.statement.model import MeetingKind, MeetingMode
from kenesh.statement.nfc import nfc

MAX_PURPOSE = 500  # characters
MAX_YEARS = 10  # ahead; more is a slip of the keyboard
_LITTLE_WORDS = "a an and at by for from in of on the to up with follow situation"
_LITTLE = frozenset(_LITTLE_WORDS.split())
ICS_LENGTH = timedelta(hours=2)  # shown in calendars; a meeting has no end until it ends


class BadCall(BadInput):
    code = "input.call"
    template = "The call cannot go out: {reason}"
    advice = "Correct it and send again; nothing was sent."


def call_meeting(
    house: House,
    actor: Actor,
    *,
    kind: MeetingKind,
    mode: MeetingMode,
    purpose: str,
    starts: str,
    zone: str,
    place: str | None = None,
    link: str | None = None,
    urgent: bool = False,
    command_id: str | None = None,
) -> Outcome:
    """Call a meeting, in the name of the chair.

    Args:
        starts: local time in `zone`, ISO 8601 without an offset ("2026-11-24T10:00"), or with one.
        purpose: what it is to discuss, without "to discuss".

    Raises:
        BadCall: an unknown zone, a time that cannot be read, no purpose, or no seat for a chair.
        Refused: the body's rules on who calls, how soon and by which means.
    """
    chair = next((s for s in list_seats(house) if s.role == "chair"), None)
    if chair is None or chair.delegation is None:
        raise BadCall(reason="there is no seat for the chair yet")
    if not purpose.strip():
        raise BadCall(reason="say what it is to discuss")
    if len(purpose) > MAX_PURPOSE:
        raise BadCall(reason=f"what it is to discuss has more than {MAX_PURPOSE} characters")
    nfc(purpose, "purpose")
    if link and not link.startswith(("https://", "http://")):
        raise BadCall(reason="the address of the videoconference must begin with https://")
    begin = _instant(starts, zone)
    if begin.year > house.now().year + MAX_YEARS:
        raise BadCall(reason=f"{starts} is more than {MAX_YEARS} years ahead")
    with house.lock:
        command = CallMeeting(
            meeting=_free_id(house, begin, purpose),
            kind=kind,
            mode=mode,
            purpose=" ".join(nfc(purpose, "purpose").split()),
            starts=to_rfc3339(begin),
            zone=zone,
            chair=chair.id,
            chair_delegation=chair.delegation,
            place=place or None,
            link=link or None,
            urgent=urgent,
        )
        return perform(house, actor, command.meeting, command, command_id=command_id)


def _instant(starts: str, zone: str) -> datetime:
    try:
        local = datetime.fromisoformat(starts)
        begin = local if local.tzinfo else local.replace(tzinfo=ZoneInfo(zone))
        begin.astimezone(UTC)  # the ends of the calendar have no place in UTC
        return begin
    except (ZoneInfoNotFoundError, ValueError, OSError, OverflowError) as error:
        raise BadCall(reason=f"{starts!r} in {zone!r} is no time: {error}") from error


def _free_id(house: House, begin: datetime, purpose: str) -> str:
    """`2026-11-24-northern-strait`: readable in an address, never used twice."""
    plain = unicodedata.normalize("NFKD", purpose).encode("ascii", "ignore").decode().lower()
    words = [w for w in re.findall(r"[a-z0-9]+", plain) if w not in _LITTLE]
    stem = "-".join([begin.date().isoformat(), *words[:3]])
    taken, made, nth = set(meeting_ids(house)), stem, 1
    while made in taken:
        nth += 1
        made = f"{stem}-{nth}"
    return made


def invitation_ics(house: House, state: MeetingState) -> bytes:
    """The invitation as iCalendar (RFC 5545), one event; it carries no secret."""
    called = state.called
    assert called is not None
    begin = from_rfc3339(called.starts)
    body = house.profile_of(called.body)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Kenesh//Kenesh//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{called.meeting}@{house.settings.origin.split('/')[0]}",
        f"DTSTAMP:{_stamp(house.now())}",
        f"DTSTART:{_stamp(begin)}",
        f"DTEND:{_stamp(begin + ICS_LENGTH)}",
        f"SUMMARY:{_escaped(f'{body.name}: {called.kind} meeting on {called.purpose}')}",
        f"LOCATION:{_escaped(called.place or ('videoconference' if called.mode == 'video' else ''))}",
        f"URL:{house.settings.base_url}/meetings/{called.meeting}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) for line in lines)


def _stamp(at: datetime) -> str:
    return at.strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    return re.sub(r"([\\;,])", r"\\\1", text).replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """A content line of at most 75 octets a piece, never split inside a character (RFC 5545 §3.1)."""
    pieces: list[bytes] = []
    current = b""
    for char in line:
        encoded = char.encode()
        if len(current) + len(encoded) > (75 if not pieces else 74):
            pieces.append(current)
            current = b""
        current += encoded
    return b"\r\n ".join([*pieces, current]) + b"\r\n"
