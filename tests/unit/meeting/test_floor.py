from __future__ import annotations

import pytest
from sittings import BB, CC, CHAIR, GUEST, OO, PROFILE, SECRETARIAT, STARTS, gathered, opened

from kenesh.meeting import (
    GiveFloor,
    Leave,
    RequestFloor,
    WithdrawFloorRequest,
    YieldFloor,
    order_of_speakers,
)
from kenesh.meeting import errors as no
from kenesh.meeting import events as e


def test_members_and_observers_ask_for_the_floor_in_order() -> None:
    room = opened()
    room.do(OO, RequestFloor())
    room.do(CC, RequestFloor())
    room.do(BB, RequestFloor())
    assert room.state.queue == ("OO", "CC", "BB")
    assert order_of_speakers(room.state, PROFILE, STARTS.date()) == ("CC", "BB", "OO")


def test_giving_the_floor_ends_the_turn_before_and_takes_the_request_off_the_list() -> None:
    room = opened()
    room.do(BB, RequestFloor())
    room.do(CHAIR, GiveFloor("CC"))
    events = [d.event for d in room.do(CHAIR, GiveFloor("BB"))]
    assert events == [e.FloorYielded("CC"), e.FloorGiven("BB")]
    assert (room.state.floor, room.state.queue) == ("BB", ())


def test_the_speaker_yields_and_so_may_the_chair_end_the_turn() -> None:
    room = opened()
    room.do(CHAIR, GiveFloor("OO"))
    with pytest.raises(no.NotPresiding):
        room.do(BB, YieldFloor())
    room.do(OO, YieldFloor())
    with pytest.raises(no.NobodySpeaks):
        room.do(CHAIR, YieldFloor())
    room.do(CHAIR, GiveFloor("OO"), YieldFloor())
    assert room.state.floor is None


def test_a_request_can_be_withdrawn_once() -> None:
    room = opened()
    room.do(BB, RequestFloor(), WithdrawFloorRequest())
    assert room.state.queue == ()
    with pytest.raises(no.NotAsked):
        room.do(BB, WithdrawFloorRequest())


def test_asking_twice_or_while_speaking_is_refused() -> None:
    room = opened()
    room.do(CC, RequestFloor())
    room.do(BB, RequestFloor())
    with pytest.raises(no.AlreadyAsked, match="at place 2"):
        room.do(BB, RequestFloor())
    room.do(CHAIR, GiveFloor("BB"))
    with pytest.raises(no.AlreadySpeaking):
        room.do(BB, RequestFloor())
    with pytest.raises(no.AlreadySpeaking):
        room.do(CHAIR, GiveFloor("BB"))


def test_the_floor_is_for_delegations_in_an_open_meeting() -> None:
    with pytest.raises(no.NotOpen, match="it is called"):
        gathered().do(BB, RequestFloor())
    room = opened()
    for actor in (GUEST, SECRETARIAT, CHAIR):
        with pytest.raises(no.NoSuchRight):
            room.do(actor, RequestFloor())
    room.do(BB, Leave("BB"))
    with pytest.raises(no.NotHere):
        room.do(BB, RequestFloor())
    with pytest.raises(no.NotHere, match="Bor is not in the room"):
        room.do(CHAIR, GiveFloor("BB"))
    with pytest.raises(no.NotPresiding):
        room.do(CC, GiveFloor("CC"))
