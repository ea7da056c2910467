"""The act of all acts in a meeting: load, decide, append, notify."""

from __future__ import annotations

import msgspec

from kenesh.app.house import House
from kenesh.app.loading import load_meeting, stream_of, to_recorded
from kenesh.app.profile_record import note_profile
from kenesh.errors import Conflict
from kenesh.meeting import Actor, AnyCommand, Recorded, decide, to_body
from kenesh.meeting.state import MeetingState
from kenesh.store.ports import NewEvent, StaleVersion

TRIES = 5  # a lost race is decided anew on the new state; more losses in a row than this are reported


class Outcome(msgspec.Struct, frozen=True):
    """What an act led to: the events it wrote and the state after them."""

    events: tuple[Recorded, ...]
    state: MeetingState


def perform(
    house: House, actor: Actor, meeting: str, command: AnyCommand, *, command_id: str | None = None
) -> Outcome:
    """Carry out one command in a meeting.

    1. A command that was already carried out (same `command_id`) answers as the first time.
    2. The newest state decides. A command names what its sender saw, so that after a lost race it is
       simply decided again: it still holds, or it is refused with a reason.
    3. What was decided is written in one transaction, or not at all.
    4. Everybody is told after the commit.

    Raises:
        Refused: a rule said no; nothing was written.
        Unavailable: the store cannot write; nothing was acknowledged.
    """
    with house.lock:
        if command_id and (done := house.store.done(command_id)):  # 1
            first = done[0].stream.removeprefix(stream_of(""))  # a call made anew would name another meeting
            return Outcome(tuple(to_recorded(s) for s in done), load_meeting(house, first))
        _note_rules(house)
        for _ in range(TRIES):
            state = load_meeting(house, meeting)
            profile = house.profile_of(state.called.body) if state.called else house.body
            decided = decide(state, command, actor, house.now(), profile)  # 2
            events = [NewEvent(*to_body(d, actor), salt=house.salt()) for d in decided]
            try:
                written = house.store.append(  # 3
                    stream_of(meeting), state.version, events, at=house.now(), command_id=command_id
                )
            except StaleVersion:
                continue
            house.notify()  # 4
            return Outcome(tuple(to_recorded(s) for s in written), load_meeting(house, meeting))
    raise Conflict(what="The meeting")


def _note_rules(house: House) -> None:
    """The rules in force stand in the record before the first act of this process under them."""
    if house.rules is not None:
        note_profile(house.store, house.body.id, house.rules, at=house.now(), salt=house.salt())
        house.rules = None
