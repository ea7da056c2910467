"""The floor: who speaks, who has asked to, in order of asking."""

from __future__ import annotations

from kenesh.meeting import commands as c
from kenesh.meeting.errors import AlreadyAsked, AlreadySpeaking, NobodySpeaks, NotAsked, NotPresiding
from kenesh.meeting.events import (
    Decided,
    FloorGiven,
    FloorRequested,
    FloorRequestWithdrawn,
    FloorYielded,
)
from kenesh.meeting.sitting import Sitting, to_all


def may_request(s: Sitting) -> None:
    s.need_open()
    s.need("speak", "ask for the floor")
    s.need_here(s.delegation)
    if s.state.floor == s.delegation:
        raise AlreadySpeaking(delegation=s.short(s.delegation))
    if s.delegation in s.state.queue:
        place = s.state.queue.index(s.delegation) + 1
        raise AlreadyAsked(delegation=s.short(s.delegation), place=place)


def request(s: Sitting) -> tuple[Decided, ...]:
    return to_all(FloorRequested(s.delegation))


def may_withdraw_request(s: Sitting) -> None:
    s.need_called()
    s.need("speak", "ask for the floor")
    if s.delegation not in s.state.queue:
        raise NotAsked(delegation=s.short(s.delegation))


def withdraw_request(s: Sitting) -> tuple[Decided, ...]:
    return to_all(FloorRequestWithdrawn(s.delegation))


def may_give(s: Sitting) -> None:
    s.need_open()
    s.need_chair("give the floor")


def give(s: Sitting, command: c.GiveFloor) -> tuple[Decided, ...]:
    """Give the floor to a delegation in the room, asked or not; the turn of who speaks now ends."""
    s.need_here(command.delegation)
    if s.state.floor == command.delegation:
        raise AlreadySpeaking(delegation=s.short(command.delegation))
    given = FloorGiven(command.delegation)
    return to_all(FloorYielded(s.state.floor), given) if s.state.floor else to_all(given)


def may_yield(s: Sitting) -> None:
    """The speaker ends its turn, or the chair does."""
    s.need_open()
    if s.state.floor is None:
        raise NobodySpeaks
    if s.actor.delegation == s.state.floor and "speak" in s.rights:
        return
    if not s.presides:
        raise NotPresiding(act="end another delegation's turn")


def yield_floor(s: Sitting) -> tuple[Decided, ...]:
    assert s.state.floor is not None
    return to_all(FloorYielded(s.state.floor))
