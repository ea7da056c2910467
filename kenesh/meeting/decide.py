"""`decide`: what follows from a command, as events or as a typed refusal. Pure: nothing is changed.

    decide(state, AgreeClause("c1", 2), chair, now, profile)   -> (Decided(ClauseAgreed(...)),)
    may(state, AgreeClause, chair, profile, now)               -> None, or why not
    refusal(state, AgreeClause("c1", 2), chair, profile, now)  -> None, or why not exactly this

`may` asks the gates that `decide` itself goes through: a button that is shown is a door that is open.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import assert_never

from kenesh.bodies import Profile
from kenesh.errors import KeneshError, Refused
from kenesh.meeting import adoption, convening, floor, rulings, text
from kenesh.meeting import commands as c
from kenesh.meeting.events import Actor, Decided
from kenesh.meeting.sitting import Sitting
from kenesh.meeting.state import MeetingState

GATES: dict[type[c.Command], Callable[[Sitting], None]] = {
    c.CallMeeting: convening.may_call,
    c.Arrive: convening.may_arrive,
    c.Leave: convening.may_leave,
    c.OpenMeeting: convening.may_open,
    c.PauseMeeting: convening.may_pause,
    c.ResumeMeeting: convening.may_resume,
    c.EndMeeting: convening.may_end,
    c.HandOverChair: convening.may_hand_over,
    c.RequestFloor: floor.may_request,
    c.WithdrawFloorRequest: floor.may_withdraw_request,
    c.GiveFloor: floor.may_give,
    c.YieldFloor: floor.may_yield,
    c.TableDraft: text.may_table,
    c.Amend: text.may_propose,
    c.Insert: text.may_propose,
    c.Delete: text.may_propose,
    c.WithdrawProposal: text.may_withdraw,
    c.Support: text.may_position,
    c.Oppose: text.may_position,
    c.WithdrawPosition: text.may_position,
    c.AcceptAlternative: rulings.may_rule,
    c.AcceptProposal: rulings.may_rule,
    c.SetAside: rulings.may_rule,
    c.AgreeClause: rulings.may_rule,
    c.ReopenClause: rulings.may_reopen,
    c.PutText: adoption.may_put,
    c.Object: adoption.may_object,
    c.WithdrawObjection: adoption.may_object,
    c.Reserve: adoption.may_reserve,
    c.WithdrawReservation: adoption.may_reserve,
    c.TakeBackText: adoption.may_take_back,
    c.DeclareAdopted: adoption.may_declare,
    c.Publish: adoption.may_publish,
}


def decide(
    state: MeetingState, command: c.AnyCommand, actor: Actor, now: datetime, profile: Profile
) -> tuple[Decided, ...]:
    """What follows from a command.

    Args:
        state: the whole state of the meeting; `MeetingState()` before it was called.
        now: aware, UTC.
        profile: of the body that meets.

    Returns:
        One or more events with their audiences, in order.

    Raises:
        Refused: a rule says no; the error says why and what to do.
        BadInput: a text that would deceive, a time that cannot be read.
    """
    sitting = Sitting(state, actor, now, profile)
    GATES[type(command)](sitting)
    return _ruled(sitting, command)


def may(
    state: MeetingState, command_type: type[c.Command], actor: Actor, profile: Profile, now: datetime
) -> Refused | None:
    """Why this seat may not do such a thing now, whatever it asks for; None if it may."""
    try:
        GATES[command_type](Sitting(state, actor, now, profile))
    except Refused as reason:
        return reason
    return None


def refusal(
    state: MeetingState, command: c.AnyCommand, actor: Actor, profile: Profile, now: datetime
) -> KeneshError | None:
    """Why exactly this command would be refused; None if it would be carried out."""
    try:
        decide(state, command, actor, now, profile)
    except KeneshError as reason:
        return reason
    return None


def _ruled(s: Sitting, command: c.AnyCommand) -> tuple[Decided, ...]:
    match command:
        case c.CallMeeting() | c.Arrive() | c.Leave() | c.HandOverChair():
            return _gathering(s, command)
        case c.OpenMeeting() | c.PauseMeeting() | c.ResumeMeeting() | c.EndMeeting():
            return _course(s, command)
        case c.RequestFloor() | c.WithdrawFloorRequest() | c.GiveFloor() | c.YieldFloor():
            return _floor(s, command)
        case c.TableDraft() | c.Amend() | c.Insert() | c.Delete() | c.WithdrawProposal():
            return _text(s, command)
        case c.Support() | c.Oppose() | c.WithdrawPosition():
            return _position(s, command)
        case c.AcceptAlternative() | c.AcceptProposal() | c.SetAside() | c.AgreeClause() | c.ReopenClause():
            return _ruling(s, command)
        case c.Object() | c.WithdrawObjection() | c.Reserve() | c.WithdrawReservation():
            return _voice(s, command)
        case c.PutText() | c.TakeBackText() | c.DeclareAdopted() | c.Publish():
            return _decision(s, command)
        case _:
            assert_never(command)


def _gathering(
    s: Sitting, command: c.CallMeeting | c.Arrive | c.Leave | c.HandOverChair
) -> tuple[Decided, ...]:
    match command:
        case c.CallMeeting():
            return convening.call(s, command)
        case c.Arrive():
            return convening.arrive(s, command)
        case c.Leave():
            return convening.leave(s, command)
        case c.HandOverChair():
            return convening.hand_over(s, command)


def _course(
    s: Sitting, command: c.OpenMeeting | c.PauseMeeting | c.ResumeMeeting | c.EndMeeting
) -> tuple[Decided, ...]:
    match command:
        case c.OpenMeeting():
            return convening.open_meeting(s)
        case c.PauseMeeting():
            return convening.pause(command)
        case c.ResumeMeeting():
            return convening.resume(s)
        case c.EndMeeting():
            return convening.end(s, command)


def _floor(
    s: Sitting, command: c.RequestFloor | c.WithdrawFloorRequest | c.GiveFloor | c.YieldFloor
) -> tuple[Decided, ...]:
    match command:
        case c.RequestFloor():
            return floor.request(s)
        case c.WithdrawFloorRequest():
            return floor.withdraw_request(s)
        case c.GiveFloor():
            return floor.give(s, command)
        case c.YieldFloor():
            return floor.yield_floor(s)


def _text(
    s: Sitting, command: c.TableDraft | c.Amend | c.Insert | c.Delete | c.WithdrawProposal
) -> tuple[Decided, ...]:
    match command:
        case c.TableDraft():
            return text.table(s, command)
        case c.Amend():
            return text.amend(s, command)
        case c.Insert():
            return text.insert(s, command)
        case c.Delete():
            return text.delete(s, command)
        case c.WithdrawProposal():
            return text.withdraw(s, command)


def _position(s: Sitting, command: c.Support | c.Oppose | c.WithdrawPosition) -> tuple[Decided, ...]:
    match command:
        case c.Support():
            return text.support(s, command)
        case c.Oppose():
            return text.oppose(s, command)
        case c.WithdrawPosition():
            return text.withdraw_position(s, command)


def _ruling(
    s: Sitting, command: c.AcceptAlternative | c.AcceptProposal | c.SetAside | c.AgreeClause | c.ReopenClause
) -> tuple[Decided, ...]:
    match command:
        case c.AcceptAlternative():
            return rulings.accept_alternative(s, command)
        case c.AcceptProposal():
            return rulings.accept_proposal(s, command)
        case c.SetAside():
            return rulings.set_aside(s, command)
        case c.AgreeClause():
            return rulings.agree(s, command)
        case c.ReopenClause():
            return rulings.reopen(s, command)


def _voice(
    s: Sitting, command: c.Object | c.WithdrawObjection | c.Reserve | c.WithdrawReservation
) -> tuple[Decided, ...]:
    match command:
        case c.Object():
            return adoption.object_to(s, command)
        case c.WithdrawObjection():
            return adoption.withdraw_objection(s, command)
        case c.Reserve():
            return adoption.reserve(s, command)
        case c.WithdrawReservation():
            return adoption.withdraw_reservation(s, command)


def _decision(
    s: Sitting, command: c.PutText | c.TakeBackText | c.DeclareAdopted | c.Publish
) -> tuple[Decided, ...]:
    match command:
        case c.PutText():
            return adoption.put(s, command)
        case c.TakeBackText():
            return adoption.take_back(s, command)
        case c.DeclareAdopted():
            return adoption.declare(s, command)
        case c.Publish():
            return adoption.publish(s, command)
