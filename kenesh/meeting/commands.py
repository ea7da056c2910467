"""What a seat may ask for. `decide` answers with events or with a typed refusal.

A command names what its sender saw (a revision, a call, an alternative's key), never "the current one".
"""

from __future__ import annotations

from typing import Literal

import msgspec

from kenesh.meeting.events import DraftClause, PublishedFile
from kenesh.statement.model import ClauseKind, MeetingKind, MeetingMode, Statement


class Command(msgspec.Struct, frozen=True):
    """Any command."""


class CallMeeting(Command, frozen=True):
    meeting: str
    kind: MeetingKind
    mode: MeetingMode
    purpose: str
    starts: str  # RFC 3339, UTC
    zone: str
    chair: str  # id of the seat that presides
    chair_delegation: str
    place: str | None = None
    link: str | None = None
    previous: str | None = None
    urgent: bool = False  # shortens the notice where the profile lets it


class Arrive(Command, frozen=True):
    """A delegation takes its seat; the secretariat may note it for another."""

    delegation: str
    person: str
    title: str | None = None


class Leave(Command, frozen=True):
    delegation: str
    reason: str | None = None


class OpenMeeting(Command, frozen=True):
    """The chair opens, when the quorum is there."""


class PauseMeeting(Command, frozen=True):
    reason: str
    until: str | None = None


class ResumeMeeting(Command, frozen=True):
    """The chair goes on after a pause."""


class EndMeeting(Command, frozen=True):
    outcome: Literal["adopted", "no-text", "chair-summary"]
    note: str | None = None


class HandOverChair(Command, frozen=True):
    seat: str
    delegation: str
    reason: str


class RequestFloor(Command, frozen=True):
    """A delegation asks to speak."""


class WithdrawFloorRequest(Command, frozen=True):
    """A delegation no longer asks to speak."""


class GiveFloor(Command, frozen=True):
    delegation: str


class YieldFloor(Command, frozen=True):
    """The speaker ends, or the chair ends the turn."""


class TableDraft(Command, frozen=True):
    title: str | None
    language: str
    clauses: tuple[DraftClause, ...]
    source_name: str
    source_sha256: str


class Amend(Command, frozen=True):
    clause: str
    revision: int  # the one its author saw
    text: str
    note: str | None = None


class Insert(Command, frozen=True):
    after: str | None
    clause_kind: ClauseKind
    text: str
    note: str | None = None


class Delete(Command, frozen=True):
    clause: str
    revision: int
    note: str | None = None


class WithdrawProposal(Command, frozen=True):
    proposal: str
    reason: str | None = None


class Support(Command, frozen=True):
    proposal: str


class Oppose(Command, frozen=True):
    proposal: str
    reason: str | None = None


class WithdrawPosition(Command, frozen=True):
    proposal: str


class AcceptAlternative(Command, frozen=True):
    """The chair accepts one alternative of one bracket. `key` names the words and the place, so that a
    rolling text that has moved on refuses it instead of taking something else.

    The other alternatives stay, carried over; with `close` nobody says anything else there any more. To
    accept the words as they stand always closes."""

    clause: str
    key: str
    close: bool = False


class AcceptProposal(Command, frozen=True):
    """The chair accepts a whole proposal: an amendment, an insertion or a deletion."""

    proposal: str
    revision: int | None = None  # amend, delete: of the clause, as seen


class SetAside(Command, frozen=True):
    proposal: str
    reason: str | None = None


class AgreeClause(Command, frozen=True):
    clause: str
    revision: int
    ad_referendum: bool = True


class ReopenClause(Command, frozen=True):
    clause: str
    reason: str | None = None


class PutText(Command, frozen=True):
    """`statement` is what `composed` makes of the table, with the marks of reading (leads, phrases,
    citations) added; `decide` refuses it if a word differs from the table."""

    statement: Statement


class Object(Command, frozen=True):
    call: int
    reason: str
    clause: str | None = None


class WithdrawObjection(Command, frozen=True):
    call: int


class Reserve(Command, frozen=True):
    call: int
    kind: Literal["reservation", "disassociation", "interpretation", "explanation"]
    text: str
    clause: str | None = None


class WithdrawReservation(Command, frozen=True):
    call: int


class TakeBackText(Command, frozen=True):
    call: int
    reason: str


class DeclareAdopted(Command, frozen=True):
    call: int


class Publish(Command, frozen=True):
    name: str
    iri: str
    text_sha256: str
    files: tuple[PublishedFile, ...]


AnyCommand = (
    CallMeeting
    | Arrive
    | Leave
    | OpenMeeting
    | PauseMeeting
    | ResumeMeeting
    | EndMeeting
    | HandOverChair
    | RequestFloor
    | WithdrawFloorRequest
    | GiveFloor
    | YieldFloor
    | TableDraft
    | Amend
    | Insert
    | Delete
    | WithdrawProposal
    | Support
    | Oppose
    | WithdrawPosition
    | AcceptAlternative
    | AcceptProposal
    | SetAside
    | AgreeClause
    | ReopenClause
    | PutText
    | Object
    | WithdrawObjection
    | Reserve
    | WithdrawReservation
    | TakeBackText
    | DeclareAdopted
    | Publish
)
