"""Calling, arriving, opening, pausing, ending, and handing over the chair.

    none ─► called ─► open ◄─► paused ─► ended

Each act has a gate, `may_…`, that looks at the seat and the phase only (a button asks it), and a rule
that looks at what was asked. A rule is entered through its gate.
"""

from __future__ import annotations

from datetime import timedelta

from kenesh.bodies import SECRETARIAT
from kenesh.drafting import check_text
from kenesh.meeting import commands as c
from kenesh.meeting.errors import (
    AlreadyCalled,
    AlreadyHere,
    AlreadyOpen,
    AlreadyPresides,
    ChairPresides,
    ChairStillHere,
    InThePast,
    MeansNotProvided,
    NotAMember,
    NoticeTooShort,
    NotInvited,
    NotPaused,
    NotPresiding,
    NotYourSeat,
    NoUrgentCalls,
    OutcomeContradicts,
    SummaryMissing,
    TextIsPut,
    TooEarly,
)
from kenesh.meeting.events import (
    ChairHandedOver,
    Decided,
    DelegationArrived,
    DelegationLeft,
    MeetingCalled,
    MeetingEnded,
    MeetingOpened,
    MeetingPaused,
    MeetingResumed,
)
from kenesh.meeting.instants import clock_time, day_in, spoken, to_instant, to_rfc3339
from kenesh.meeting.sitting import Sitting, to_all

EARLY = timedelta(minutes=30)  # a meeting may be opened so long before the time it was called for


def said(text: str | None) -> str | None:
    """A remark, checked like a text of the draft; None where nothing was said."""
    return check_text(text) if text and text.strip() else None


# -- calling --------------------------------------------------------------------------------------------


def may_call(s: Sitting) -> None:
    if s.state.called is not None:
        raise AlreadyCalled(meeting=s.state.called.meeting)
    s.need("call", "call a meeting")


def call(s: Sitting, command: c.CallMeeting) -> tuple[Decided, ...]:
    """Call a meeting.

    1. The body holds such meetings by these means.
    2. The notice is long enough, counted from now; an urgent call may shorten it where the profile lets it.
    3. Who presides is of a member on that day.
    4. All members and observers of that day are invited, in protocol order.
    """
    starts = to_instant(command.starts)
    day = day_in(starts, command.zone)
    extraordinary = command.kind == "extraordinary"
    modes = (s.profile.extraordinary if extraordinary else s.profile.ordinary).modes
    if command.mode not in modes:  # 1
        raise MeansNotProvided(kind=command.kind, mode=command.mode, modes=", ".join(modes))
    _check_notice(s, command, starts - s.now)  # 2
    members = tuple(m.code for m in s.profile.members_on(day))
    if command.chair_delegation not in members:  # 3
        raise NotAMember(
            delegation=s.short(command.chair_delegation), on=day.isoformat(), members=", ".join(members)
        )
    observers = tuple(o.code for o in s.profile.observers_on(day))
    return to_all(
        MeetingCalled(
            meeting=command.meeting,
            body=s.profile.id,
            kind=command.kind,
            mode=command.mode,
            purpose=_purpose(command.purpose),
            starts=to_rfc3339(starts),
            zone=command.zone,
            invited=(*members, *observers),  # 4
            called_by=SECRETARIAT if s.actor.role == "secretariat" else s.delegation,
            chair=command.chair,
            place=said(command.place),
            link=said(command.link),
            previous=command.previous,
            chair_delegation=command.chair_delegation,
            urgent=command.urgent,
        )
    )


def _check_notice(s: Sitting, command: c.CallMeeting, given: timedelta) -> None:
    if given < timedelta(0):
        raise InThePast(starts=clock_time(s.now + given))
    extraordinary = s.profile.extraordinary
    if command.kind != "extraordinary":
        needed: int | None = s.profile.ordinary.notice_hours
        urgent_needed: int | None = None
    else:
        needed, urgent_needed = extraordinary.notice_hours, extraordinary.emergency_hours
    if command.urgent and urgent_needed is None:
        raise NoUrgentCalls(needed=spoken(timedelta(hours=needed or 0)))
    hours = urgent_needed if command.urgent else needed
    if given < timedelta(hours=hours or 0):
        raise NoticeTooShort(given=spoken(given), needed=spoken(timedelta(hours=hours or 0)))


def _purpose(text: str) -> str:
    """What it is to discuss, without "to discuss" and without a full stop."""
    purpose = check_text(text).rstrip(".")
    return check_text(purpose[len("to discuss ") :]) if purpose.lower().startswith("to discuss ") else purpose


# -- arriving and leaving -------------------------------------------------------------------------------


def may_arrive(s: Sitting) -> None:
    s.need_called()
    if s.actor.role != "secretariat":
        s.need("attend", "take a seat in this meeting")


def arrive(s: Sitting, command: c.Arrive) -> tuple[Decided, ...]:
    """Take one's own seat; the secretariat notes it for an invited delegation, or for its own head."""
    called = s.need_called()
    own = s.actor.role != "secretariat"
    if own and command.delegation != s.actor.delegation:
        raise NotYourSeat(delegation=s.short(command.delegation))
    invited = called.invited if own else (*called.invited, SECRETARIAT)
    if command.delegation not in invited:
        raise NotInvited(delegation=s.short(command.delegation), invited=", ".join(called.invited))
    event = DelegationArrived(
        delegation=command.delegation,
        person=check_text(command.person),
        title=said(command.title),
        seat=s.actor.seat if own else None,
    )
    here = event.delegation in s.state.present or event.delegation == SECRETARIAT
    if here and event in s.state.attendance:
        raise AlreadyHere(person=event.person, delegation=s.short(event.delegation))
    return to_all(event)


def may_leave(s: Sitting) -> None:
    s.need_called()
    if s.actor.role != "secretariat":
        s.need("attend", "take a seat in this meeting")
        s.need_here(s.delegation)


def leave(s: Sitting, command: c.Leave) -> tuple[Decided, ...]:
    """A delegation leaves; while its own chair presides, only the chair or the secretariat notes it."""
    own = s.actor.role != "secretariat"
    if own and command.delegation != s.actor.delegation:
        raise NotYourSeat(delegation=s.short(command.delegation))
    s.need_here(command.delegation)
    if own and command.delegation == s.state.presiding_delegation and not s.presides:
        raise ChairPresides(delegation=s.short(command.delegation))
    return to_all(DelegationLeft(command.delegation, said(command.reason)))


# -- the course of the meeting --------------------------------------------------------------------------


def may_open(s: Sitting) -> None:
    """1. It is called and not yet open. 2. The chair opens it, 3. in the room, 4. in time, 5. with quorum."""
    called = s.need_called()
    if s.state.phase != "called":  # 1
        raise AlreadyOpen
    s.need_chair("open the meeting")  # 2
    s.need_here(s.state.presiding_delegation or "")  # 3
    starts = to_instant(called.starts)
    if s.now < starts - EARLY:  # 4
        raise TooEarly(starts=clock_time(starts), earliest=clock_time(starts - EARLY))
    s.need_quorum(s.profile.quorum.to_open, "open the meeting")  # 5


def open_meeting(s: Sitting) -> tuple[Decided, ...]:
    status = s.quorum(s.profile.quorum.to_open)
    return to_all(MeetingOpened(status.present, status.entitled, status.rule))


def may_pause(s: Sitting) -> None:
    s.need_open()
    s.need_chair("pause the meeting")


def pause(command: c.PauseMeeting) -> tuple[Decided, ...]:
    until = to_rfc3339(to_instant(command.until)) if command.until else None
    return to_all(MeetingPaused(check_text(command.reason), until))


def may_resume(s: Sitting) -> None:
    s.need_called()
    if s.state.phase != "paused":
        raise NotPaused
    s.need_chair("resume the meeting")


def resume(s: Sitting) -> tuple[Decided, ...]:
    return to_all(MeetingResumed(s.quorum(s.profile.quorum.to_open).present))


def may_end(s: Sitting) -> None:
    s.need_called()
    s.need_chair("end the meeting")
    if s.state.put and not s.state.adopted:
        raise TextIsPut


def end(s: Sitting, command: c.EndMeeting) -> tuple[Decided, ...]:
    """End the meeting: "adopted" if and only if a text was adopted; a chair's summary has words."""
    if command.outcome == "adopted" and s.state.adopted is None:
        raise OutcomeContradicts(outcome=command.outcome, reason="no text has been adopted")
    if command.outcome != "adopted" and s.state.adopted is not None:
        raise OutcomeContradicts(outcome=command.outcome, reason="a text has been adopted")
    note = said(command.note)
    if command.outcome == "chair-summary" and note is None:
        raise SummaryMissing
    return to_all(MeetingEnded(command.outcome, note))


# -- the chair ------------------------------------------------------------------------------------------


def may_hand_over(s: Sitting) -> None:
    """The chair hands over; where its delegation is not in the room, the secretariat may."""
    s.need_called()
    if s.presides:
        return
    if s.actor.role != "secretariat":
        raise NotPresiding(act="hand over the chair")
    if s.state.presiding_delegation in s.state.present:
        raise ChairStillHere(delegation=s.short(s.state.presiding_delegation))


def hand_over(s: Sitting, command: c.HandOverChair) -> tuple[Decided, ...]:
    members = tuple(m.code for m in s.profile.members_on(s.day))
    if command.delegation not in members:
        raise NotAMember(
            delegation=s.short(command.delegation), on=s.day.isoformat(), members=", ".join(members)
        )
    if command.seat == s.state.presiding:
        raise AlreadyPresides(seat=command.seat)
    if s.state.phase != "called":
        s.need_here(command.delegation)
    return to_all(ChairHandedOver(command.seat, command.delegation, check_text(command.reason)))
