"""What replay gives: the state of a meeting, a frozen value."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from kenesh.meeting.events import (
    DelegationArrived,
    MeetingCalled,
    MeetingEnded,
    ObjectionRaised,
    ReservationEntered,
    StatementPublished,
    TextAdopted,
    TextPut,
)
from kenesh.statement.model import ClauseKind

Phase = Literal["none", "called", "open", "paused", "ended"]
ClauseStatus = Literal["open", "bracketed", "agreed-ad-referendum", "agreed"]
ProposalStatus = Literal["open", "taken", "withdrawn", "replaced", "set-aside", "flagged"]


class LiveClause(msgspec.Struct, frozen=True):
    """A clause on the table. Its label (PP3, OP5 bis) is computed from its place, never stored."""

    id: str
    kind: ClauseKind
    text: str
    revision: int  # from 1; a new text is a new revision
    number: str | None = None  # as in the tabled draft
    parent: str | None = None
    agreed: Literal["agreed-ad-referendum", "agreed"] | None = None
    proposal: str | None = None  # the insertion it came from
    earlier: tuple[str, ...] = ()  # texts of revisions 1 to revision-1
    stood_after: str | None = None  # of a deleted clause: the clause it followed, None at the top


class Proposal(msgspec.Struct, frozen=True):
    """A proposal of one delegation, with what the others said of it."""

    id: str
    delegation: str
    kind: Literal["amend", "insert", "delete"]
    clause: str | None
    revision: int | None  # of the clause it now stands on
    text: str
    original: str  # as it was made
    status: ProposalStatus = "open"
    clause_kind: ClauseKind | None = None
    note: str | None = None
    supporters: tuple[str, ...] = ()
    opponents: tuple[str, ...] = ()
    late: bool = False
    made: int = 0  # version of the event that made it


class MeetingState(msgspec.Struct, frozen=True):
    """A meeting at one version of its stream. `MeetingState()` is the meeting that was not yet called."""

    version: int = 0
    phase: Phase = "none"
    opened: datetime | None = None  # the instant it was opened, UTC
    called: MeetingCalled | None = None
    presiding: str | None = None  # id of the seat in the chair
    presiding_delegation: str | None = None
    present: tuple[str, ...] = ()  # delegations in the room, members and observers, by arrival
    attendance: tuple[DelegationArrived, ...] = ()  # everybody who took a seat, once each
    pause_reason: str | None = None
    queue: tuple[str, ...] = ()  # requests for the floor, in order
    floor: str | None = None  # the delegation that speaks
    draft: str | None = None  # "zero", "rev1"
    title: str | None = None
    language: str = "eng"
    clauses: tuple[LiveClause, ...] = ()  # in order of the text
    deleted: tuple[LiveClause, ...] = ()
    proposals: tuple[Proposal, ...] = ()  # all, in order of making
    calls: int = 0
    put: TextPut | None = None  # the text before the meeting, None while negotiating
    objections: tuple[ObjectionRaised, ...] = ()  # standing, to `put`
    reservations: tuple[ReservationEntered, ...] = ()  # standing, to `put`
    adopted: TextAdopted | None = None
    published: StatementPublished | None = None
    ended: MeetingEnded | None = None

    def clause(self, clause_id: str) -> LiveClause | None:
        """The live clause of this id, None where there is none (any more)."""
        return next((c for c in self.clauses if c.id == clause_id), None)

    def proposal(self, proposal_id: str) -> Proposal | None:
        return next((p for p in self.proposals if p.id == proposal_id), None)

    def open_on(self, clause_id: str) -> tuple[Proposal, ...]:
        """Open amendments and deletions on a clause, in order of making."""
        return tuple(
            p for p in self.proposals if p.clause == clause_id and p.kind != "insert" and p.status == "open"
        )
