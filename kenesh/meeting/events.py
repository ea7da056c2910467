"""What happens in a meeting, as facts in the past tense.

Invariants
* The stored name is the tag ("proposal.made/1"), never a Python path; a changed shape gets a new version.
* An event holds the results of the rule that made it (a rebased text, the delegations present), so that
  replay gives the same state even when a rule is improved later.
* Who did it, when and who may see it stand beside the event, in `Recorded`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from kenesh.statement.model import ClauseKind, MeetingKind, MeetingMode, Statement

SeatRole = Literal["chair", "member", "observer", "secretariat", "guest"]

# "public", "meeting", "members", "secretariat", or "delegation:XX"
Audience = str


class Actor(msgspec.Struct, frozen=True):
    """The delegation is the actor; the person acts for it and is named in the record."""

    seat: str  # id of the seat, "az", "chair", "secretariat"
    role: SeatRole
    person: str
    delegation: str | None = None  # code in the profile; None for the secretariat and guests


class DraftClause(msgspec.Struct, frozen=True):
    """A clause on the table, as tabled or inserted: flat, sub-clauses point at their parent."""

    id: str
    kind: ClauseKind
    text: str
    number: str | None = None
    parent: str | None = None


class RebasedProposal(msgspec.Struct, frozen=True):
    """What became of an open proposal when its clause got a new text.

    `status`: "open" it still differs and stands on the new revision; "taken" the new text says what it
    said; "set-aside" the chair kept the words that it wanted to change; "flagged" it could not be carried
    over and is kept beside the new text as it was.
    """

    proposal: str
    text: str
    status: Literal["open", "taken", "set-aside", "flagged"]


class Event(msgspec.Struct, frozen=True, tag_field="type"):
    """Any event of a meeting."""


# -- the meeting ----------------------------------------------------------------------------------------


class MeetingCalled(Event, frozen=True, tag="meeting.called/1"):
    meeting: str  # id, also the stream's name
    body: str  # id of the profile
    kind: MeetingKind
    mode: MeetingMode
    purpose: str  # "to discuss the recent developments in …", without the "to discuss"
    starts: str  # RFC 3339, UTC
    zone: str  # IANA name in which the time was announced
    invited: tuple[str, ...]  # delegation codes, in protocol order
    called_by: str  # delegation code, "secretariat"
    chair: str  # id of the seat that presides
    place: str | None = None
    link: str | None = None  # where the videoconference is held
    previous: str | None = None  # id of the meeting this one follows
    chair_delegation: str | None = None  # the delegation of that seat
    urgent: bool = False  # the notice was shortened, as the profile lets it


class DelegationArrived(Event, frozen=True, tag="delegation.arrived/1"):
    delegation: str
    person: str
    title: str | None = None
    seat: str | None = None  # the seat it took itself; None where the secretariat noted it


class DelegationLeft(Event, frozen=True, tag="delegation.left/1"):
    delegation: str
    reason: str | None = None  # "connection lost" where the secretariat says so


class MeetingOpened(Event, frozen=True, tag="meeting.opened/1"):
    present: tuple[str, ...]  # members present, in protocol order
    entitled: int
    rule: str  # the quorum rule that was met, as "all of 6 members"


class MeetingPaused(Event, frozen=True, tag="meeting.paused/1"):
    reason: str
    until: str | None = None  # RFC 3339, UTC


class MeetingResumed(Event, frozen=True, tag="meeting.resumed/1"):
    present: tuple[str, ...]


class MeetingEnded(Event, frozen=True, tag="meeting.ended/1"):
    outcome: Literal["adopted", "no-text", "chair-summary"]
    note: str | None = None  # the chair's summary, or why there is no text


class ChairHandedOver(Event, frozen=True, tag="chair.handed-over/1"):
    seat: str  # the seat that presides from now on
    delegation: str
    reason: str


# -- the floor ------------------------------------------------------------------------------------------


class FloorRequested(Event, frozen=True, tag="floor.requested/1"):
    delegation: str


class FloorRequestWithdrawn(Event, frozen=True, tag="floor.request-withdrawn/1"):
    delegation: str


class FloorGiven(Event, frozen=True, tag="floor.given/1"):
    delegation: str


class FloorYielded(Event, frozen=True, tag="floor.yielded/1"):
    delegation: str


# -- the text -------------------------------------------------------------------------------------------


class DraftTabled(Event, frozen=True, tag="draft.tabled/1"):
    draft: str  # "zero", "rev1", …
    title: str | None
    language: str
    clauses: tuple[DraftClause, ...]
    source_name: str
    source_sha256: str


class ProposalMade(Event, frozen=True, tag="proposal.made/1"):
    proposal: str  # "P7": counted within the meeting
    delegation: str
    kind: Literal["amend", "insert", "delete"]
    clause: str | None  # amend, delete: the clause; insert: the clause it follows, None at the top
    revision: int | None  # amend, delete: the revision of the clause it was written against
    text: str  # the full new text; "" for delete
    clause_kind: ClauseKind | None = None  # insert only
    note: str | None = None
    replaces: str | None = None  # the same delegation's earlier proposal on this clause
    late: bool = False  # written against an older revision; kept beside the new text


class ProposalWithdrawn(Event, frozen=True, tag="proposal.withdrawn/1"):
    proposal: str
    reason: str | None = None


class ProposalSupported(Event, frozen=True, tag="proposal.supported/1"):
    proposal: str
    delegation: str


class ProposalOpposed(Event, frozen=True, tag="proposal.opposed/1"):
    proposal: str
    delegation: str
    reason: str | None = None


class PositionWithdrawn(Event, frozen=True, tag="position.withdrawn/1"):
    proposal: str
    delegation: str


class ClauseAmended(Event, frozen=True, tag="clause.amended/1"):
    """The chair accepted an alternative; all open proposals on the clause were carried over."""

    clause: str
    revision: int  # the new revision
    text: str
    alternative: str  # the words accepted, "" where they were struck
    delegations: tuple[str, ...]  # behind the alternative; empty where the base was kept
    proposals: tuple[RebasedProposal, ...]


class ClauseInserted(Event, frozen=True, tag="clause.inserted/1"):
    clause: DraftClause
    after: str | None
    proposal: str


class ClauseDeleted(Event, frozen=True, tag="clause.deleted/1"):
    clause: str
    proposal: str


class ProposalSetAside(Event, frozen=True, tag="proposal.set-aside/1"):
    """The chair ruled that an insertion or deletion is not taken up; its text stays in the record."""

    proposal: str
    reason: str | None = None


class ClauseAgreed(Event, frozen=True, tag="clause.agreed/1"):
    clause: str
    revision: int
    ad_referendum: bool


class ClauseReopened(Event, frozen=True, tag="clause.reopened/1"):
    clause: str
    delegation: str | None  # None: the chair
    reason: str | None = None


# -- the decision ---------------------------------------------------------------------------------------


class TextPut(Event, frozen=True, tag="text.put/1"):
    """The chair asks whether there is any objection to exactly this text."""

    call: int  # counted within the meeting
    statement: Statement  # with `adoption` None
    text_sha256: str


class ObjectionRaised(Event, frozen=True, tag="objection.raised/1"):
    call: int
    delegation: str
    reason: str
    clause: str | None = None


class ObjectionWithdrawn(Event, frozen=True, tag="objection.withdrawn/1"):
    call: int
    delegation: str


class ReservationEntered(Event, frozen=True, tag="reservation.entered/1"):
    call: int
    delegation: str
    kind: Literal["reservation", "disassociation", "interpretation", "explanation"]
    text: str
    clause: str | None = None


class ReservationWithdrawn(Event, frozen=True, tag="reservation.withdrawn/1"):
    call: int
    delegation: str


class TextTakenBack(Event, frozen=True, tag="text.taken-back/1"):
    """The call ended without adoption; negotiation goes on."""

    call: int
    reason: str
    objections: tuple[str, ...]  # delegations whose objection stood


class TextAdopted(Event, frozen=True, tag="text.adopted/1"):
    call: int
    statement: Statement  # as put, with `adoption` filled in
    text_sha256: str
    present: tuple[str, ...]


class PublishedFile(msgspec.Struct, frozen=True):
    form: str  # txt, html, json, akn
    name: str
    sha256: str
    size: int  # bytes


class StatementPublished(Event, frozen=True, tag="statement.published/1"):
    name: str  # file name without its ending, also the last part of its public address
    iri: str
    text_sha256: str
    files: tuple[PublishedFile, ...]


AnyEvent = (
    MeetingCalled
    | DelegationArrived
    | DelegationLeft
    | MeetingOpened
    | MeetingPaused
    | MeetingResumed
    | MeetingEnded
    | ChairHandedOver
    | FloorRequested
    | FloorRequestWithdrawn
    | FloorGiven
    | FloorYielded
    | DraftTabled
    | ProposalMade
    | ProposalWithdrawn
    | ProposalSupported
    | ProposalOpposed
    | PositionWithdrawn
    | ClauseAmended
    | ClauseInserted
    | ClauseDeleted
    | ProposalSetAside
    | ClauseAgreed
    | ClauseReopened
    | TextPut
    | ObjectionRaised
    | ObjectionWithdrawn
    | ReservationEntered
    | ReservationWithdrawn
    | TextTakenBack
    | TextAdopted
    | StatementPublished
)


class Decided(msgspec.Struct, frozen=True):
    """An event and who may see it, as `decide` returns it."""

    event: AnyEvent
    audience: Audience = "meeting"


class Recorded(msgspec.Struct, frozen=True):
    """An event in its place in the record."""

    version: int  # place in the meeting's own stream, from 1
    at: datetime  # aware, UTC
    actor: Actor
    audience: Audience
    event: AnyEvent
