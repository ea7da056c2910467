"""Build the demo: the Council of Foreign Ministers of the Meridian Compact, in the middle of a meeting."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import msgspec
from msgspec import toml

from kenesh.app.call_meeting import call_meeting
from kenesh.app.house import House
from kenesh.app.init_house import init_house
from kenesh.app.loading import load_meeting
from kenesh.app.perform import perform
from kenesh.app.register_text import register_text
from kenesh.app.seats import OPERATOR, Seat, add_seat, find_seat, link_of, list_seats
from kenesh.app.settings import Settings
from kenesh.app.table_draft import table_draft
from kenesh.clock import Clock, FixedClock, SystemClock
from kenesh.meeting import (
    Amend,
    AnyCommand,
    Arrive,
    Delete,
    GiveFloor,
    Insert,
    OpenMeeting,
    Oppose,
    RequestFloor,
    Support,
)
from kenesh.meeting.events import SeatRole
from kenesh.meeting.state import MeetingState

DATA = files("kenesh.demo") / "data"
ELAPSED = timedelta(minutes=65)  # how long the meeting has been going on when the demo begins
Act = Callable[[str, AnyCommand], MeetingState]
STEP = timedelta(seconds=70)  # between two acts of the story


class _Proposal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    by: str
    kind: str
    text: str = ""
    clause: str = ""
    after: str = ""
    support: tuple[str, ...] = ()
    oppose: tuple[str, ...] = ()
    note: str | None = None


class _Person(msgspec.Struct, frozen=True):
    code: str
    role: str
    name: str
    title: str


class _Deputy(msgspec.Struct, frozen=True):
    name: str
    title: str


class _Speaker(msgspec.Struct, frozen=True):
    code: str
    status: str


class _Meeting(msgspec.Struct, frozen=True):
    purpose: str
    deputy: _Deputy  # sits for the chair's delegation while its minister presides


class _Facts(msgspec.Struct, frozen=True):
    """What `meeting.toml` says of the meeting in progress."""

    meeting: _Meeting
    arrives: tuple[_Person, ...]
    speaks: tuple[_Speaker, ...]


def demo_texts() -> Iterator[tuple[str, bytes]]:
    """The fictional statements of the register, oldest first: file name and bytes."""
    folder = DATA / "texts"
    for entry in sorted(folder.iterdir(), key=lambda f: f.name):
        yield entry.name, entry.read_bytes()


def build_demo(folder: Path, settings: Settings, *, clock: Clock | None = None) -> House:
    """Make the demo's data folder and play the story up to where a visitor comes in.

    Raises:
        FolderTaken: the folder holds something already.
    """
    now = (clock or SystemClock()).now()
    body = folder.with_name(folder.name + ".toml")
    body.parent.mkdir(parents=True, exist_ok=True)
    body.write_bytes((DATA / "mc-cfm.toml").read_bytes())
    try:
        house = init_house(folder, body=body, settings=settings)
    finally:
        body.unlink()
    story = FixedClock(now - ELAPSED - timedelta(minutes=30))
    house.clock = story
    facts = toml.decode((DATA / "meeting.toml").read_bytes(), type=_Facts)
    for name, data in demo_texts():
        register_text(house, data, name)
    for seat in _seats(facts):
        add_seat(house, OPERATOR, seat)
    _play(house, story, now, facts)
    house.clock = clock or SystemClock()
    return house


def fresh_links(house: House) -> list[tuple[Seat, str]]:
    """One fresh sign-in link for every seat."""
    return [(seat, link_of(house, OPERATOR, seat)) for seat in list_seats(house)]


def _seats(facts: _Facts) -> Iterator[Seat]:
    """The chair as a person, and one seat for each delegation and the secretariat."""
    for p in facts.arrives:
        if p.role == "secretariat":
            yield Seat("secretariat", "secretariat", p.name, title=p.title)
        elif p.role == "chair":
            yield Seat("chair", "chair", p.name, p.code, p.title)
            deputy = facts.meeting.deputy
            yield Seat(p.code.lower(), "member", deputy.name, p.code, deputy.title)
        else:
            role: SeatRole = "observer" if p.role == "observer" else "member"
            yield Seat(p.code.lower(), role, p.name, p.code, p.title)


def _play(house: House, story: FixedClock, now: datetime, facts: _Facts) -> None:
    """Call, arrive, open, table, propose, speak: each act by the seat whose it is."""
    begin = now - ELAPSED
    called = call_meeting(
        house,
        find_seat(house, "secretariat").actor,
        kind="extraordinary",
        mode="video",
        purpose=facts.meeting.purpose,
        starts=begin.astimezone(UTC).replace(tzinfo=None, microsecond=0).isoformat(),
        zone="UTC",
        urgent=True,
    )
    assert called.state.called is not None
    meeting = called.state.called.meeting

    def act(seat: str, command: AnyCommand) -> MeetingState:
        story.at = min(story.at + STEP, now)
        return perform(house, find_seat(house, seat).actor, meeting, command).state

    story.at = begin - timedelta(minutes=8)
    for p in facts.arrives:
        seat = p.role if p.role in ("chair", "secretariat") else p.code.lower()
        act(seat, Arrive(p.code, p.name, p.title))
    act("chair", OpenMeeting())
    story.at += STEP
    table_draft(
        house, find_seat(house, "secretariat").actor, meeting, (DATA / "draft.txt").read_bytes(), "draft.txt"
    )
    for speaker in facts.speaks:
        if speaker.status != "spoke":
            act(speaker.code.lower(), RequestFloor())
    for proposal in _proposals():
        _propose(house, meeting, act, proposal)
    for speaker in facts.speaks:
        if speaker.status == "speaks":
            act("chair", GiveFloor(speaker.code))


def _proposals() -> tuple[_Proposal, ...]:
    class _File(msgspec.Struct):
        proposal: tuple[_Proposal, ...]

    return toml.decode((DATA / "proposals.toml").read_bytes(), type=_File).proposal


def _propose(house: House, meeting: str, act: Act, p: _Proposal) -> None:
    """Make a proposal and take the positions on it; clauses are found by their opening words."""
    state = load_meeting(house, meeting)
    opening = p.after or p.clause
    on = next(c for c in state.clauses if c.text.startswith(opening))
    command: AnyCommand
    match p.kind:
        case "amend":
            command = Amend(on.id, on.revision, p.text, p.note)
        case "insert":
            command = Insert(on.id, on.kind, p.text, p.note)
        case _:
            command = Delete(on.id, on.revision, p.note)
    made = act(p.by.lower(), command).proposals[-1].id
    for code in p.support:
        act(code.lower(), Support(made))
    for code in p.oppose:
        act(code.lower(), Oppose(made))
