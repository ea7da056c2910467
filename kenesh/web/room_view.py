"""The room as one seat sees it: the values behind the page, its live fragments and the screen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

import msgspec

from kenesh.app.house import House
from kenesh.app.loading import history
from kenesh.app.put_text import text_on_the_table
from kenesh.app.seats import Seat, list_seats
from kenesh.bodies import SECRETARIAT, Person, Profile, QuorumStatus
from kenesh.clock import from_rfc3339, to_rfc3339
from kenesh.drafting import labels
from kenesh.meeting import attendance, quorum_status
from kenesh.meeting.events import ObjectionRaised, ReservationEntered
from kenesh.meeting.state import MeetingState
from kenesh.statement.hashes import text_hash
from kenesh.statement.model import Adoption, Clause
from kenesh.web.rendering import MEANS, clip
from kenesh.web.telling import Told, tell
from kenesh.web.views import (
    NEGOTIATED,
    ClauseView,
    Gauge,
    ProposalView,
    clause_views,
    gauge,
    insertions_after,
    open_acts,
    struck_proposals,
)

PHASES = {"called": "called, not open yet", "open": "in session", "paused": "paused", "ended": "ended"}
SINCE = 12  # lines of "since you last looked"; the whole story has a page of its own


class Line(msgspec.Struct, frozen=True):
    """One delegation at the table."""

    code: str
    name: str
    role: str
    present: bool
    person: str | None
    expected: str
    expected_title: str | None


class RoomView(msgspec.Struct, frozen=True):
    """Everything the room page shows to one seat at one version."""

    id: str
    version: int
    body: str
    heading: str
    phase: str
    phase_words: str
    starts: str
    zone: str
    means: str
    link: str | None
    presiding: str | None
    i_preside: bool
    i_am_present: bool
    why_not_open: str | None
    pause_reason: str | None
    ended_words: str | None
    quorum: QuorumStatus
    people: tuple[Line, ...]
    other_seats: tuple[Seat, ...]
    head_to_note: Person | None  # the head of the secretariat, while not yet noted as present
    floor: str | None
    queue: tuple[str, ...]
    has_draft: bool
    has_proposals: bool
    title: str | None
    gauge: Gauge
    put: bool
    put_sha256: str
    call: int
    objections: tuple[ObjectionRaised, ...]
    reservations: tuple[ReservationEntered, ...]
    i_object: bool
    i_reserve: bool
    reserve_on: tuple[tuple[str, str], ...]  # id and printed number of each clause of the text put
    may_put: bool
    why_not_put: str | None
    preview: tuple[Clause, ...]
    preview_sha256: str
    adopted: bool
    adoption: Adoption | None
    published: str | None
    since: tuple[Told, ...]
    as_of: str


class Room(msgspec.Struct, frozen=True):
    """A room view with its clauses and the seat's rights; what the templates get."""

    view: RoomView
    clauses: tuple[ClauseView, ...]
    top_insertions: tuple[ProposalView, ...]
    struck: tuple[ProposalView, ...]  # proposals on clauses that are no longer there
    may: frozenset[str]
    names: dict[str, str]
    labels: dict[str, str]

    def said(self, code: str) -> str:
        """What people call a delegation, or the secretariat."""
        return said_name(self.names, code)


def said_name(names: Mapping[str, str], code: str) -> str:
    """What people call a delegation, or the secretariat."""
    return "The Secretariat" if code == SECRETARIAT else names.get(code, code)


def room_for(house: House, state: MeetingState, seat: Seat) -> Room:
    """The room of a meeting for a seat, from the state as that seat may see it."""
    called = state.called
    assert called is not None
    profile = house.profile_of(called.body)
    may = open_acts(house, state, seat)
    clauses = clause_views(house, state, seat, may)
    marks = labels([(c.id, c.kind, c.parent, c.proposal is not None) for c in state.clauses])
    names = {d.code: profile.short_of(d.code) for d in (*profile.members, *profile.observers)}
    view = _view(house, state, seat, profile, may, clauses, names, marks)
    return Room(
        view,
        clauses,
        insertions_after(state, seat, profile, may, None),
        struck_proposals(state, seat, profile, may),
        may,
        names,
        marks,
    )


def _view(
    house: House,
    state: MeetingState,
    seat: Seat,
    profile: Profile,
    may: frozenset[str],
    clauses: tuple[ClauseView, ...],
    names: dict[str, str],
    marks: dict[str, str],
) -> RoomView:
    called = state.called
    assert called is not None
    on = from_rfc3339(called.starts).date()
    preview, preview_sha256, may_put = _preview(house, state, may)
    opening = state.phase == "called" and state.presiding == seat.id
    status = quorum_status(state, profile, on)
    return RoomView(
        id=called.meeting,
        version=state.version,
        body=profile.name,
        heading=f"{called.kind.capitalize()} meeting on {called.purpose}",
        phase=state.phase,
        phase_words=PHASES[state.phase],
        starts=called.starts,
        zone=called.zone,
        means=MEANS[called.mode],
        link=called.link if seat.role != "guest" else None,
        presiding=names.get(state.presiding_delegation or ""),
        i_preside=state.presiding == seat.id,
        i_am_present=seat.delegation in state.present,
        why_not_open=_why_not_open(status, may) if opening else None,
        pause_reason=state.pause_reason,
        ended_words=_ended_words(state),
        quorum=status,
        people=_people(state, profile, on),
        other_seats=tuple(
            s for s in list_seats(house) if s.role == "member" and s.id != state.presiding and s.delegation
        ),
        head_to_note=_head_to_note(state, seat, profile),
        floor=state.floor,
        queue=state.queue,
        has_draft=state.draft is not None,
        has_proposals=bool(state.proposals),
        title=state.title,
        gauge=gauge(clauses, state),
        put=state.put is not None,
        put_sha256=state.put.text_sha256 if state.put else "",
        call=state.put.call if state.put else 0,
        objections=state.objections,
        reservations=state.reservations,
        i_object=any(o.delegation == seat.delegation for o in state.objections) and seat.role == "member",
        i_reserve=any(r.delegation == seat.delegation for r in state.reservations) and seat.role == "member",
        reserve_on=_reserve_on(state),
        may_put=may_put,
        why_not_put=_why_not_put(state, seat, may),
        preview=preview,
        preview_sha256=preview_sha256,
        adopted=state.adopted is not None,
        adoption=state.adopted.statement.adoption if state.adopted else None,
        published=state.published.name if state.published else None,
        since=_since(house, state, seat, names, marks),
        as_of=to_rfc3339(house.now()),
    )


def _why_not_open(status: QuorumStatus, may: frozenset[str]) -> str | None:
    if "OpenMeeting" in may:
        return None
    if not status.met:
        return (
            f"The meeting can be opened when {status.needed} members are present; {len(status.present)} are."
        )
    return "The meeting can be opened from half an hour before its time."


def _why_not_put(state: MeetingState, seat: Seat, may: frozenset[str]) -> str | None:
    if state.presiding != seat.id or "PutText" in may or state.draft is None or state.phase != "open":
        return None
    waiting = sum(1 for p in state.proposals if p.status == "open")
    return f"The text can be put when no proposal is open; {waiting} still {'is' if waiting == 1 else 'are'}."


def _preview(house: House, state: MeetingState, may: frozenset[str]) -> tuple[tuple[Clause, ...], str, bool]:
    if "PutText" not in may:
        return (), "", False
    statement = text_on_the_table(house, state)
    return tuple(statement.walk()), text_hash(statement), True


def _reserve_on(state: MeetingState) -> tuple[tuple[str, str], ...]:
    """The clauses of the text put, as they will be printed: what a reservation can be on."""
    if state.put is None:
        return ()
    clauses = [c for c in state.put.statement.walk() if c.kind in NEGOTIATED]
    return tuple((c.id, f"{c.number} {clip(c.text, 50)}" if c.number else clip(c.text, 60)) for c in clauses)


def _ended_words(state: MeetingState) -> str | None:
    if state.ended is None:
        return None
    words = {
        "adopted": "The meeting ended with an adopted text.",
        "no-text": "The meeting ended without a text.",
        "chair-summary": "The meeting ended with a summary by the chair.",
    }
    return " ".join(filter(None, (words[state.ended.outcome], state.ended.note)))


def _people(state: MeetingState, profile: Profile, on: date) -> tuple[Line, ...]:
    lines = []
    for line in attendance(state, profile, on):
        found = profile.delegation(line.delegation, on)
        minister = found.minister if found else None
        lines.append(
            Line(
                code=line.delegation,
                name=profile.short_of(line.delegation),
                role=line.role,
                present=line.present,
                person=line.person,
                expected=line.person or (minister.name if minister else profile.short_of(line.delegation)),
                expected_title=line.title or (minister.title if minister else None),
            )
        )
    return tuple(lines)


def _head_to_note(state: MeetingState, seat: Seat, profile: Profile) -> Person | None:
    noted = any(a.delegation == SECRETARIAT for a in state.attendance)
    return profile.secretariat.head if seat.role == "secretariat" and not noted else None


def _since(
    house: House, state: MeetingState, seat: Seat, names: dict[str, str], marks: dict[str, str]
) -> tuple[Told, ...]:
    assert state.called is not None
    seen = house.store.seen(seat.id, state.called.meeting)
    news = [
        r
        for r in history(house, state.called.meeting, after=seen, actor=seat.actor)
        if r.actor.seat != seat.id
    ]
    return tuple(tell(r, partial(said_name, names), marks) for r in reversed(news[-SINCE:]))
