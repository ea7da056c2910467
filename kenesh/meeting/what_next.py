"""Which acts are open to a seat now: a page shows a button only for these.

Each answer is a trial of the rule itself, so that rule and button cannot drift apart. An act with a
`target` is about that clause, proposal or delegation; where only its words are still missing (an
amendment, a reason), the gate of the rule is asked, and the words are judged when they come.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import msgspec

from kenesh.bodies import Profile
from kenesh.meeting import commands as c
from kenesh.meeting.decide import GATES, may, refusal
from kenesh.meeting.events import Actor
from kenesh.meeting.state import MeetingState


class Act(msgspec.Struct, frozen=True):
    """A command that would be carried out now, by its name: `Act("Support", "P3")`."""

    command: str
    target: str | None = None  # id of a clause or a proposal, or a delegation's code


_TARGETED = (
    c.Support,
    c.Oppose,
    c.WithdrawPosition,
    c.WithdrawProposal,
    c.AcceptProposal,
    c.SetAside,
    c.AgreeClause,
    c.ReopenClause,
    c.GiveFloor,
)


def what_next(state: MeetingState, actor: Actor, profile: Profile, now: datetime) -> tuple[Act, ...]:
    """The acts open to this seat, those without a target first.

    Args:
        state: as this seat may see it, or the whole.
        now: aware, UTC.
    """
    opened = [kind for kind in GATES if may(state, kind, actor, profile, now) is None]
    plain = tuple(Act(k.__name__) for k in opened if k not in _TARGETED and _holds(k, state, actor))
    trials = (
        Act(type(command).__name__, target)
        for target, command in _trials(state, frozenset(opened))
        if refusal(state, command, actor, profile, now) is None
    )
    return (*plain, *trials)


def _holds(kind: type[c.Command], state: MeetingState, actor: Actor) -> bool:
    """Whether it would do something: a seat not yet taken, an objection of one's own to withdraw."""
    if kind is c.Arrive and actor.delegation in state.present:
        return all(a.seat != actor.seat for a in state.attendance)
    objects = any(o.delegation == actor.delegation for o in state.objections)
    if kind is c.Object:
        return not objects
    if kind is c.WithdrawObjection:
        return objects
    if kind is c.WithdrawReservation:
        return any(r.delegation == actor.delegation for r in state.reservations)
    if kind is c.AcceptAlternative:
        return any(p.status == "open" and p.kind != "insert" for p in state.proposals)
    return True


def _trials(state: MeetingState, opened: frozenset[type[c.Command]]) -> Iterator[tuple[str, c.AnyCommand]]:
    for proposal in state.proposals:
        if proposal.status in ("open", "flagged"):
            for kind in (
                c.Support,
                c.Oppose,
                c.WithdrawPosition,
                c.WithdrawProposal,
                c.AcceptProposal,
                c.SetAside,
            ):
                if kind in opened:
                    yield proposal.id, kind(proposal.id)
    for clause in state.clauses:
        if c.AgreeClause in opened:
            yield clause.id, c.AgreeClause(clause.id, clause.revision)
        if c.ReopenClause in opened:
            yield clause.id, c.ReopenClause(clause.id)
    if c.GiveFloor in opened:
        for code in state.present:
            yield code, c.GiveFloor(code)
