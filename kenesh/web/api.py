"""The same acts as JSON. A program signs in with a link like a person and keeps the cookie."""

from __future__ import annotations

from typing import Any

import msgspec
from anyio import to_thread
from litestar import get, post
from litestar.params import FromPath, FromQuery, JSONBody

from kenesh.app.call_meeting import call_meeting
from kenesh.app.find_precedents import find_precedents
from kenesh.app.house import House
from kenesh.app.library import entries, find_entry
from kenesh.app.loading import list_meetings, seen_meeting
from kenesh.app.perform import Outcome
from kenesh.app.seats import Seat
from kenesh.app.table_draft import table_draft
from kenesh.meeting import may_see
from kenesh.meeting.events import Recorded
from kenesh.meeting.state import MeetingState
from kenesh.register import Precedent
from kenesh.statement.model import MeetingKind, MeetingMode, Statement
from kenesh.web.acts import carry_out
from kenesh.web.session import AnyRequest, TheHouse, needed_seat


class RegisterLine(msgspec.Struct, frozen=True):
    """A text of the register in short."""

    id: str
    title: str | None
    kind: str
    date: str | None
    body: str | None
    origin: str


class Call(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A call for a meeting; `starts` is local time in `zone`."""

    purpose: str
    starts: str
    zone: str
    kind: MeetingKind = "extraordinary"
    mode: MeetingMode = "video"
    place: str | None = None
    link: str | None = None
    urgent: bool = False
    command_id: str | None = None


class Draft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    text: str
    name: str = "draft"
    title: str | None = None
    command_id: str | None = None


class Act(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An act in a meeting: its name as in the room's forms, and its fields as text."""

    act: str
    fields: dict[str, str] = {}
    command_id: str | None = None


class Done(msgspec.Struct, frozen=True):
    """What an act led to: the version of the meeting, and the events it wrote."""

    meeting: str
    version: int
    events: tuple[Recorded, ...]


@get("/api/register", sync_to_thread=True, tags=["public"])
def api_register(house: TheHouse) -> list[RegisterLine]:
    """All texts of the register, in order of entering."""
    return [
        RegisterLine(
            id=e.id,
            title=e.statement.title,
            kind=e.statement.kind,
            date=e.date,
            body=e.statement.body.id if e.statement.body else None,
            origin=e.origin,
        )
        for e in entries(house)
    ]


@get("/api/register/{entry:str}", sync_to_thread=True, tags=["public"])
def api_statement(house: TheHouse, entry: FromPath[str]) -> Statement:
    """One text of the register, in the form `kenesh.statement/1`."""
    return find_entry(house, entry).statement


@get("/api/precedents", sync_to_thread=True, tags=["public"])
def api_precedents(
    house: TheHouse,
    q: FromQuery[str],
    act: FromQuery[str | None] = None,
    of_body: FromQuery[str | None] = None,
    limit: FromQuery[int] = 10,
) -> tuple[Precedent, ...]:
    """Clauses that say this, or nearly this."""
    return find_precedents(house, q, act=act, body=of_body, limit=max(1, min(limit, 100)))


@get("/api/meetings", sync_to_thread=False, tags=["meetings"])
def api_meetings(request: AnyRequest, house: TheHouse) -> tuple[MeetingState, ...]:
    """The meetings this seat may see, newest first."""
    return list_meetings(house, needed_seat(request, house).actor)


@get("/api/meetings/{meeting:str}", sync_to_thread=True, tags=["meetings"])
def api_meeting(request: AnyRequest, house: TheHouse, meeting: FromPath[str]) -> MeetingState:
    """A meeting as this seat may see it."""
    return seen_meeting(house, meeting, needed_seat(request, house).actor)


@post("/api/meetings", sync_to_thread=False, tags=["meetings"])
def api_call(request: AnyRequest, house: TheHouse, data: JSONBody[Call]) -> Done:
    """Call a meeting."""
    seat = needed_seat(request, house)
    given: dict[str, Any] = msgspec.structs.asdict(data)
    given["command_id"] = _command_id(seat, data.command_id)
    return _done(house, seat, call_meeting(house, seat.actor, **given))


@post("/api/meetings/{meeting:str}/draft", sync_to_thread=True, tags=["meetings"])
def api_table(request: AnyRequest, house: TheHouse, meeting: FromPath[str], data: JSONBody[Draft]) -> Done:
    """Table a draft."""
    seat = needed_seat(request, house)
    seen_meeting(house, meeting, seat.actor)
    outcome = table_draft(
        house,
        seat.actor,
        meeting,
        data.text.encode(),
        data.name,
        title=data.title,
        command_id=_command_id(seat, data.command_id, meeting),
    )
    return _done(house, seat, outcome)


@post("/api/meetings/{meeting:str}/acts", tags=["meetings"])
async def api_act(request: AnyRequest, house: TheHouse, meeting: FromPath[str], data: JSONBody[Act]) -> Done:
    """Carry out an act in a meeting."""
    seat = needed_seat(request, house)
    seen_meeting(house, meeting, seat.actor)
    command_id = _command_id(seat, data.command_id, meeting)
    outcome = await to_thread.run_sync(carry_out, house, seat, meeting, data.act, data.fields, command_id)
    return _done(house, seat, outcome)


def _command_id(seat: Seat, given: str | None, meeting: str = "") -> str | None:
    """A client's name for an act, its seat's and meeting's own: no seat is answered for another's."""
    return f"{seat.id}:{meeting}:{given}" if given else None


def _done(house: House, seat: Seat, outcome: Outcome) -> Done:
    """The answer to an act, as far as its seat may see the meeting."""
    called = outcome.state.called
    assert called is not None
    version = seen_meeting(house, called.meeting, seat.actor).version
    events = tuple(r for r in outcome.events if may_see(r.audience, seat.actor))
    return Done(called.meeting, version, events)
