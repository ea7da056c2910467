"""Who is here, who speaks next, whether there is a quorum: what the room's page shows of the sitting.

People are named as the record has them, without "H.E."; a title stands without the state. Where the
secretariat noted no title, a minister of the profile has the profile's, anybody else is a Representative.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Literal

import msgspec

from kenesh.bodies import SECRETARIAT, Profile, QuorumStatus, quorum_on
from kenesh.meeting.events import DelegationArrived
from kenesh.meeting.state import MeetingState
from kenesh.statement.model import Participant, Role

LineRole = Literal["member", "observer", "secretariat"]

_HONORIFIC = re.compile(r"(?:H\.\s?E\.\s*)?(?:(?:Mr|Mrs|Ms|Dr)\b\.?\s+)?")


class Line(msgspec.Struct, frozen=True):
    """A line of the attendance list; `person` is None for an invited delegation that has not come."""

    delegation: str
    name: str  # "Republic of Kesteria"
    person: str | None
    title: str | None
    role: LineRole
    present: bool  # now
    presides: bool = False
    others: tuple[str, ...] = ()  # more people who took a seat for it


def attendance(state: MeetingState, profile: Profile, on: date) -> tuple[Line, ...]:
    """All invited delegations, members first, in protocol order; then the secretariat if it took a seat."""
    members = tuple(m.code for m in profile.members_on(on))
    observers = tuple(o.code for o in profile.observers_on(on))
    lines = [_line(state, profile, code, "member") for code in members]
    lines += [_line(state, profile, code, "observer") for code in observers]
    if any(a.delegation == SECRETARIAT for a in state.attendance):
        lines.append(_line(state, profile, SECRETARIAT, "secretariat"))
    return tuple(lines)


def _line(state: MeetingState, profile: Profile, code: str, role: LineRole) -> Line:
    head, *others = _people(state, code) or [None]
    return Line(
        delegation=code,
        name=profile.name_of(code),
        person=plain_name(head.person) if head else None,
        title=title_of(profile, head) if head else None,
        role=role,
        present=code in state.present or (role == "secretariat" and head is not None),
        presides=code == state.presiding_delegation,
        others=tuple(plain_name(o.person) for o in others if o),
    )


def _people(state: MeetingState, code: str) -> list[DelegationArrived | None]:
    """Who took a seat for a delegation: who presides first, then who was called to, then by arrival."""
    first = [state.presiding, state.called.chair if state.called else None]
    place = {seat: n for n, seat in reversed([*enumerate(first)]) if seat}
    found = [a for a in state.attendance if a.delegation == code]
    return [*sorted(found, key=lambda a: place.get(a.seat or "", len(first)))]


def order_of_speakers(state: MeetingState, profile: Profile, on: date) -> tuple[str, ...]:
    """The requests for the floor as a chair would take them: members first, each in order of asking."""
    members = {m.code for m in profile.members_on(on)}
    return tuple(sorted(state.queue, key=lambda code: code not in members))


def quorum_status(state: MeetingState, profile: Profile, on: date) -> QuorumStatus:
    """The quorum that counts now: to open before the meeting is open, to decide after that."""
    opened = state.phase not in ("none", "called")
    need = profile.quorum.to_decide if opened else profile.quorum.to_open
    return quorum_on(profile, state.present, on, need)


# -- participants of the statement ----------------------------------------------------------------------


def participants(state: MeetingState, profile: Profile, on: date) -> tuple[Participant, ...]:
    """One person for each delegation that took a seat, also if it left: the chair, members, observers, and
    the secretariat's head last; in protocol order."""
    lines = [line for line in attendance(state, profile, on) if line.person is not None]
    lines.sort(key=lambda line: not line.presides)
    return tuple(_participant(line, profile) for line in lines)


def _participant(line: Line, profile: Profile) -> Participant:
    if line.role == "secretariat":
        return Participant(line.person or "", line.title, profile.organization, None, "secretariat")
    role: Role = "chair" if line.presides else line.role
    return Participant(line.person or "", line.title, line.name, line.delegation, role)


def plain_name(person: str) -> str:
    """A name without honorifics."""
    return person[_HONORIFIC.match(person).end() :] or person  # type: ignore[union-attr]


def title_of(profile: Profile, arrived: DelegationArrived) -> str:
    """The title without the state: as noted, else the profile's, else "Representative"."""
    code = arrived.delegation
    found = profile.delegation(code)
    known = profile.secretariat.head if code == SECRETARIAT else found.minister if found else None
    own = arrived.title
    if own is None and known is not None and known.title and known.name == plain_name(arrived.person):
        own = known.title
    if own is None:
        return "Representative"
    owner = profile.organization or profile.name if code == SECRETARIAT else profile.name_of(code)
    return _without_state(own, owner)


def _without_state(title: str, state: str) -> str:
    for ending in (f" of the {state}", f" of {state}", f", {state}"):
        if title.endswith(ending):
            return title[: -len(ending)]
    return title


def listed(items: Iterable[str]) -> str:
    """ "A, B and C"."""
    *first, last = items
    return f"{', '.join(first)} and {last}" if first else last
