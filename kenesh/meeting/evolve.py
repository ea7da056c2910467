"""`evolve`: the state after one more event. Replay of the record is the state.

Invariants
* Total: an event about something this client was never shown (a hidden clause, a hidden proposal) changes
  only what is visible; it never raises.
* Deterministic: everything a rule computed stands in the event; nothing is computed again here.
* Proposals never disappear; a clause's revision only grows; a deleted clause is kept aside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, assert_never

from msgspec.structs import replace

from kenesh.bodies import SECRETARIAT
from kenesh.meeting import events as e
from kenesh.meeting.state import LiveClause, MeetingState, Proposal


def evolve(state: MeetingState, recorded: e.Recorded) -> MeetingState:
    """The state after a recorded event; events come in order, hidden ones may be missing."""
    return replace(_after(state, recorded), version=recorded.version)


def _after(state: MeetingState, recorded: e.Recorded) -> MeetingState:
    match recorded.event:
        case e.MeetingOpened():
            return replace(state, phase="open", opened=recorded.at)
        case e.ProposalMade() as made:
            return _proposed(state, made, recorded.version)
        case (
            e.MeetingCalled()
            | e.DelegationArrived()
            | e.DelegationLeft()
            | e.MeetingPaused()
            | e.MeetingResumed()
            | e.MeetingEnded()
            | e.ChairHandedOver()
        ) as event:
            return _convened(state, event)
        case e.FloorRequested() | e.FloorRequestWithdrawn() | e.FloorGiven() | e.FloorYielded() as event:
            return _floored(state, event)
        case (
            e.ProposalWithdrawn()
            | e.ProposalSupported()
            | e.ProposalOpposed()
            | e.PositionWithdrawn()
            | e.ProposalSetAside()
        ) as event:
            return _positioned(state, event)
        case (
            e.DraftTabled()
            | e.ClauseAmended()
            | e.ClauseInserted()
            | e.ClauseDeleted()
            | e.ClauseAgreed()
            | e.ClauseReopened()
        ) as event:
            return _worded(state, event)
        case (
            e.TextPut()
            | e.ObjectionRaised()
            | e.ObjectionWithdrawn()
            | e.ReservationEntered()
            | e.ReservationWithdrawn()
            | e.TextTakenBack()
            | e.TextAdopted()
            | e.StatementPublished()
        ) as event:
            return _decided(state, event)
        case _:
            assert_never(recorded.event)


# -- the meeting ----------------------------------------------------------------------------------------

_Convening = (
    e.MeetingCalled
    | e.DelegationArrived
    | e.DelegationLeft
    | e.MeetingPaused
    | e.MeetingResumed
    | e.MeetingEnded
    | e.ChairHandedOver
)


def _convened(state: MeetingState, event: _Convening) -> MeetingState:
    match event:
        case e.MeetingCalled():
            return replace(
                state,
                phase="called",
                called=event,
                presiding=event.chair,
                presiding_delegation=event.chair_delegation,
            )
        case e.DelegationArrived():
            return _arrived(state, event)
        case e.DelegationLeft(delegation=code):
            return replace(
                state,
                present=_without(state.present, code),
                queue=_without(state.queue, code),
                floor=None if state.floor == code else state.floor,
            )
        case e.MeetingPaused():
            return replace(state, phase="paused", pause_reason=event.reason)
        case e.MeetingResumed():
            return replace(state, phase="open", pause_reason=None)
        case e.MeetingEnded():
            return replace(state, phase="ended", ended=event, floor=None, queue=(), pause_reason=None)
        case e.ChairHandedOver():
            return replace(state, presiding=event.seat, presiding_delegation=event.delegation)


def _arrived(state: MeetingState, event: e.DelegationArrived) -> MeetingState:
    """Everybody who took a seat stands once in the attendance; only delegations count as present."""
    new = event.delegation != SECRETARIAT and event.delegation not in state.present
    others = [a for a in state.attendance if (a.delegation, a.person) != (event.delegation, event.person)]
    again = len(others) < len(state.attendance)
    attendance = (
        tuple(
            event if (a.delegation, a.person) == (event.delegation, event.person) else a
            for a in state.attendance
        )
        if again
        else (*state.attendance, event)
    )
    return replace(
        state,
        present=(*state.present, event.delegation) if new else state.present,
        attendance=attendance,
    )


def _without(codes: tuple[str, ...], code: str) -> tuple[str, ...]:
    return tuple(c for c in codes if c != code)


# -- the floor ------------------------------------------------------------------------------------------

_Floor = e.FloorRequested | e.FloorRequestWithdrawn | e.FloorGiven | e.FloorYielded


def _floored(state: MeetingState, event: _Floor) -> MeetingState:
    code = event.delegation
    match event:
        case e.FloorRequested():
            return replace(state, queue=(*_without(state.queue, code), code))
        case e.FloorRequestWithdrawn():
            return replace(state, queue=_without(state.queue, code))
        case e.FloorGiven():
            return replace(state, floor=code, queue=_without(state.queue, code))
        case e.FloorYielded():
            return replace(state, floor=None)


# -- proposals ------------------------------------------------------------------------------------------

_Position = (
    e.ProposalWithdrawn | e.ProposalSupported | e.ProposalOpposed | e.PositionWithdrawn | e.ProposalSetAside
)


def _proposed(state: MeetingState, event: e.ProposalMade, version: int) -> MeetingState:
    made = Proposal(
        id=event.proposal,
        delegation=event.delegation,
        kind=event.kind,
        clause=event.clause,
        revision=event.revision,
        text=event.text,
        original=event.text,
        status="flagged" if event.late else "open",
        clause_kind=event.clause_kind,
        note=event.note,
        late=event.late,
        made=version,
    )
    earlier = _changed(state, event.replaces, lambda p: replace(p, status="replaced"))
    return replace(earlier, proposals=(*earlier.proposals, made))


def _positioned(state: MeetingState, event: _Position) -> MeetingState:
    match event:
        case e.ProposalWithdrawn():
            return _changed(state, event.proposal, lambda p: replace(p, status="withdrawn"))
        case e.ProposalSetAside():
            return _changed(state, event.proposal, lambda p: replace(p, status="set-aside"))
        case e.ProposalSupported(delegation=code):
            return _changed(
                state,
                event.proposal,
                lambda p: replace(
                    p,
                    supporters=(*_without(p.supporters, code), code),
                    opponents=_without(p.opponents, code),
                ),
            )
        case e.ProposalOpposed(delegation=code):
            return _changed(
                state,
                event.proposal,
                lambda p: replace(
                    p,
                    supporters=_without(p.supporters, code),
                    opponents=(*_without(p.opponents, code), code),
                ),
            )
        case e.PositionWithdrawn(delegation=code):
            return _changed(
                state,
                event.proposal,
                lambda p: replace(
                    p, supporters=_without(p.supporters, code), opponents=_without(p.opponents, code)
                ),
            )


def _changed(
    state: MeetingState, proposal: str | None, change: Callable[[Proposal], Proposal]
) -> MeetingState:
    if proposal is None:
        return state
    return replace(state, proposals=tuple(change(p) if p.id == proposal else p for p in state.proposals))


# -- clauses --------------------------------------------------------------------------------------------

_Wording = (
    e.DraftTabled | e.ClauseAmended | e.ClauseInserted | e.ClauseDeleted | e.ClauseAgreed | e.ClauseReopened
)


def _worded(state: MeetingState, event: _Wording) -> MeetingState:
    match event:
        case e.DraftTabled():
            clauses = tuple(LiveClause(c.id, c.kind, c.text, 1, c.number, c.parent) for c in event.clauses)
            return replace(
                state,
                draft=event.draft,
                title=event.title,
                language=event.language,
                clauses=clauses,
                deleted=(),
            )
        case e.ClauseAmended():
            return _amended(state, event)
        case e.ClauseInserted():
            return _inserted(state, event)
        case e.ClauseDeleted():
            return _deleted(state, event)
        case e.ClauseAgreed():
            status = "agreed-ad-referendum" if event.ad_referendum else "agreed"
            return _reworded(state, event.clause, agreed=status)
        case e.ClauseReopened():
            return _reworded(state, event.clause, agreed=None)


def _reworded(state: MeetingState, clause_id: str, **changes: Any) -> MeetingState:
    clauses = tuple(replace(c, **changes) if c.id == clause_id else c for c in state.clauses)
    return replace(state, clauses=clauses)


def _amended(state: MeetingState, event: e.ClauseAmended) -> MeetingState:
    clauses = tuple(
        replace(c, text=event.text, revision=event.revision, agreed=None, earlier=(*c.earlier, c.text))
        if c.id == event.clause
        else c
        for c in state.clauses
    )
    became = {r.proposal: r for r in event.proposals}
    proposals = tuple(
        _rebased(p, became[p.id], event.revision) if p.id in became else p for p in state.proposals
    )
    return replace(state, clauses=clauses, proposals=proposals)


def _rebased(proposal: Proposal, became: e.RebasedProposal, revision: int) -> Proposal:
    """A proposal that was carried over stands on the new revision; a flagged one stays on its own."""
    stands_on = proposal.revision if became.status == "flagged" else revision
    return replace(proposal, text=became.text, status=became.status, revision=stands_on)


def _inserted(state: MeetingState, event: e.ClauseInserted) -> MeetingState:
    """The new clause stands after the one it follows and all sub-clauses of that one."""
    c = event.clause
    new = LiveClause(c.id, c.kind, c.text, 1, c.number, c.parent, proposal=event.proposal)
    at = 0
    if event.after is not None:
        follows = family(state.clauses, event.after)
        at = max((n + 1 for n, k in enumerate(state.clauses) if k.id in follows), default=len(state.clauses))
    clauses = (*state.clauses[:at], new, *state.clauses[at:])
    taken = _changed(state, event.proposal, lambda p: replace(p, status="taken"))
    return replace(taken, clauses=clauses)


def _deleted(state: MeetingState, event: e.ClauseDeleted) -> MeetingState:
    """The clause and its sub-clauses leave the table; proposals on them are flagged, insertions after them
    now follow the clause before."""
    gone = family(state.clauses, event.clause)
    before: str | None = None
    kept: list[LiveClause] = []
    aside: list[LiveClause] = []
    for clause in state.clauses:
        if clause.id in gone:
            aside.append(replace(clause, stood_after=before))
        else:
            kept.append(clause)
            before = clause.id
    stood = {c.id: c.stood_after for c in aside}
    proposals = tuple(_orphaned(p, event.proposal, stood) for p in state.proposals)
    return replace(state, clauses=tuple(kept), deleted=(*state.deleted, *aside), proposals=proposals)


def _orphaned(proposal: Proposal, accepted: str, stood: dict[str, str | None]) -> Proposal:
    if proposal.id == accepted:
        return replace(proposal, status="taken")
    if proposal.status not in ("open", "flagged") or proposal.clause not in stood:
        return proposal
    if proposal.kind == "insert":
        return replace(proposal, clause=stood[proposal.clause])
    return replace(proposal, status="taken" if proposal.kind == "delete" else "flagged")


def family(clauses: Iterable[LiveClause], clause_id: str) -> frozenset[str]:
    """A clause and all its sub-clauses, by id; parents stand before their sub-clauses."""
    found = {clause_id}
    for clause in clauses:
        if clause.parent in found:
            found.add(clause.id)
    return frozenset(found)


# -- the decision ---------------------------------------------------------------------------------------

_Decision = (
    e.TextPut
    | e.ObjectionRaised
    | e.ObjectionWithdrawn
    | e.ReservationEntered
    | e.ReservationWithdrawn
    | e.TextTakenBack
    | e.TextAdopted
    | e.StatementPublished
)


def _decided(state: MeetingState, event: _Decision) -> MeetingState:
    match event:
        case e.TextPut():
            return replace(state, put=event, calls=event.call, objections=(), reservations=())
        case e.ObjectionRaised():
            return replace(state, objections=(*state.objections, event))
        case e.ObjectionWithdrawn(delegation=code):
            return replace(state, objections=tuple(o for o in state.objections if o.delegation != code))
        case e.ReservationEntered():
            return replace(state, reservations=(*state.reservations, event))
        case e.ReservationWithdrawn(delegation=code):
            return replace(state, reservations=tuple(r for r in state.reservations if r.delegation != code))
        case e.TextTakenBack():
            return replace(state, put=None, objections=(), reservations=())
        case e.TextAdopted():
            return replace(state, adopted=event)
        case e.StatementPublished():
            return replace(state, published=event)
