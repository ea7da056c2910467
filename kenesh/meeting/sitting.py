"""The sitting: one actor before one state at one instant under one profile, and the guards they share.

A guard raises a typed refusal, or says nothing. The same guards answer "may this seat?" for the buttons
and stand before every decision, so that rule and button cannot drift apart.
"""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from kenesh.bodies import Profile, QuorumNeed, QuorumStatus, Right, quorum_on, rights
from kenesh.meeting.errors import (
    CallMovedOn,
    MeetingOver,
    NoDraft,
    NoSuchRight,
    NotCalled,
    NoTextPut,
    NotHere,
    NotOpen,
    NotPresiding,
    QuorumNotMet,
    TextIsAdopted,
    TextIsPut,
)
from kenesh.meeting.events import Actor, AnyEvent, Audience, Decided, MeetingCalled, TextPut
from kenesh.meeting.instants import day_in, to_instant
from kenesh.meeting.state import MeetingState

_ROLES = {
    "member": "A member",
    "observer": "An observer",
    "chair": "The seat of the chair",
    "secretariat": "The secretariat",
    "guest": "A guest",
}
_HOLDERS: dict[Right, str] = {
    "call": "the secretariat and the chair",
    "assist": "the secretariat and the chair",
    "speak": "members and observers",
    "attend": "members and observers",
}
_NEXT = {
    "called": "The chair opens it when the quorum is met.",
    "paused": "Wait until the chair resumes it.",
}


class Sitting(msgspec.Struct, frozen=True):
    """What a rule looks at. `day` is the day of the meeting in its own zone."""

    state: MeetingState
    actor: Actor
    now: datetime
    profile: Profile

    @property
    def day(self) -> date:
        called = self.state.called
        return day_in(to_instant(called.starts), called.zone) if called else self.now.date()

    @property
    def presides(self) -> bool:
        return self.state.presiding is not None and self.actor.seat == self.state.presiding

    @property
    def rights(self) -> frozenset[Right]:
        """The rights of the actor now; a delegation that does not sit on the day has none of its own."""
        own = rights(self.profile, self.actor.role, self.actor.delegation, self.presides)
        if self.actor.role in ("member", "observer", "chair") and not self._sits():
            return own & {"preside"}
        return own

    def _sits(self) -> bool:
        sitting = self.profile.observers_on if self.actor.role == "observer" else self.profile.members_on
        return any(d.code == self.actor.delegation for d in sitting(self.day))

    @property
    def delegation(self) -> str:
        """The delegation the actor speaks for; guarded by a right that only delegations have."""
        assert self.actor.delegation is not None
        return self.actor.delegation

    def short(self, code: str | None) -> str:
        return self.profile.short_of(code) if code else "The secretariat"

    # -- guards -----------------------------------------------------------------------------------------

    def need(self, right: Right, act: str) -> None:
        """The actor has the right. Raises NoSuchRight."""
        if right not in self.rights:
            raise NoSuchRight(
                role=_ROLES[self.actor.role], act=act, holders=_HOLDERS.get(right, "the members"), right=right
            )

    def need_chair(self, act: str) -> None:
        """The actor presides, and is in the room while the meeting runs."""
        if not self.presides:
            raise NotPresiding(act=act)
        running = self.state.phase in ("open", "paused")
        if running and self.state.presiding_delegation not in self.state.present:
            raise NotHere(delegation=self.short(self.state.presiding_delegation))

    def need_called(self) -> MeetingCalled:
        """The meeting was called and has not ended."""
        if self.state.called is None or self.state.phase == "none":
            raise NotCalled
        if self.state.phase == "ended":
            raise MeetingOver
        return self.state.called

    def need_open(self) -> None:
        self.need_called()
        if self.state.phase != "open":
            raise NotOpen(phase=self.state.phase, next=_NEXT.get(self.state.phase, ""))

    def need_negotiation(self) -> None:
        """A draft is on the table, and its words may still change."""
        self.need_called()
        if self.state.adopted:
            raise TextIsAdopted
        if self.state.put:
            raise TextIsPut
        if not self.state.draft:
            raise NoDraft

    def need_put(self) -> TextPut:
        """A text is before the meeting."""
        self.need_called()
        if self.state.adopted:
            raise TextIsAdopted
        if self.state.put is None:
            raise NoTextPut
        return self.state.put

    def need_call(self, call: int) -> TextPut:
        """The text before the meeting is the one the actor saw."""
        put = self.need_put()
        if put.call != call:
            raise CallMovedOn(seen=call, call=put.call)
        return put

    def need_here(self, code: str) -> None:
        if code not in self.state.present:
            raise NotHere(delegation=self.short(code))

    # -- counts and audiences ---------------------------------------------------------------------------

    def quorum(self, need: QuorumNeed) -> QuorumStatus:
        return quorum_on(self.profile, self.state.present, self.day, need)

    def need_quorum(self, need: QuorumNeed, act: str) -> QuorumStatus:
        status = self.quorum(need)
        if not status.met:
            missing = ", ".join(self.short(m) for m in status.missing) or "nobody"
            raise QuorumNotMet(
                act=act,
                present=len(status.present),
                entitled=status.entitled,
                needed=status.needed,
                missing=missing,
            )
        return status

    def about_text(self, *events: AnyEvent) -> tuple[Decided, ...]:
        """Events that show words of the draft: seen by whoever may read drafts in this body."""
        return tuple(Decided(e, self._readers()) for e in events)

    def _readers(self) -> Audience:
        observers = self.profile.observers_on(self.day)
        readers = [
            o.code for o in observers if "read" in rights(self.profile, "observer", o.code, presiding=False)
        ]
        if len(readers) == len(observers):
            return "meeting"
        return "+".join(["members", *readers])


def to_all(*events: AnyEvent) -> tuple[Decided, ...]:
    """Events that everybody in the meeting sees."""
    return tuple(Decided(e, "meeting") for e in events)
