from __future__ import annotations

import pytest
from sittings import (
    AA,
    BB,
    CC,
    CHAIR,
    EVERYBODY,
    GUEST,
    OO,
    PROFILE,
    SECRETARIAT,
    STARTS,
    Room,
    called,
    drafted,
    gathered,
    opened,
    text_put,
)

from kenesh.errors import Refused
from kenesh.meeting import (
    Actor,
    Amend,
    Arrive,
    CallMeeting,
    DeclareAdopted,
    Line,
    Object,
    OpenMeeting,
    attendance,
    decide,
    may,
    quorum_status,
    refusal,
    what_next,
)
from kenesh.meeting import errors as no
from kenesh.meeting.decide import GATES


def acts(room: Room, actor: Actor) -> set[tuple[str, str | None]]:
    return {(a.command, a.target) for a in what_next(room.state, actor, room.profile, room.now)}


def test_every_command_has_a_gate() -> None:
    from typing import get_args

    from kenesh.meeting import AnyCommand

    assert set(GATES) == set(get_args(AnyCommand))


def test_a_meeting_not_yet_called_can_only_be_called() -> None:
    assert acts(Room(), SECRETARIAT) == {("CallMeeting", None)}
    assert acts(Room(), BB) == set()
    assert may(Room().state, CallMeeting, BB, PROFILE, STARTS) is not None


def test_the_chair_opens_only_when_it_could() -> None:
    assert ("OpenMeeting", None) not in acts(called(), CHAIR)
    assert ("OpenMeeting", None) in acts(gathered(), CHAIR)
    assert isinstance(may(gathered().state, OpenMeeting, BB, PROFILE, STARTS), no.NotPresiding)


def test_a_member_is_offered_what_concerns_others_proposals_and_its_own() -> None:
    room = drafted()
    room.amend(BB, "op1", "Deplored the acts.")
    assert {("Support", "P1"), ("Oppose", "P1")} <= acts(room, CC)
    assert ("WithdrawProposal", "P1") not in acts(room, CC)
    assert ("WithdrawProposal", "P1") in acts(room, BB)
    assert ("Support", "P1") not in acts(room, BB)


def test_the_chair_is_offered_rulings_that_would_hold() -> None:
    room = drafted()
    room.amend(BB, "op1", "Deplored the acts.")
    offered = acts(room, CHAIR)
    assert {
        ("AcceptProposal", "P1"),
        ("SetAside", "P1"),
        ("AgreeClause", "op2"),
        ("AcceptAlternative", None),
    } <= offered
    assert ("AgreeClause", "op1") not in offered
    assert ("PutText", None) not in offered
    assert ("PutText", None) in acts(drafted(), CHAIR)


def test_an_observer_reads_and_speaks_and_is_offered_nothing_else() -> None:
    assert acts(drafted(), OO) == {("Leave", None), ("RequestFloor", None)}


def test_before_a_text_a_member_objects_or_withdraws_its_objection() -> None:
    room = text_put()
    assert ("Object", None) in acts(room, BB)
    room.do(BB, Object(1, "no"))
    assert ("Object", None) not in acts(room, BB)
    assert ("WithdrawObjection", None) in acts(room, BB)
    assert ("DeclareAdopted", None) not in acts(room, CHAIR)
    assert isinstance(may(room.state, DeclareAdopted, CHAIR, PROFILE, STARTS), no.ObjectionStands)


def test_a_guest_is_offered_nothing() -> None:
    for room in (Room(), gathered(), drafted(), text_put()):
        assert acts(room, GUEST) == set()


def test_a_refusal_is_told_without_trying() -> None:
    room = drafted()
    assert refusal(room.state, Amend("op1", 1, "Deplored."), BB, PROFILE, STARTS) is None
    told = refusal(room.state, Amend("op1", 1, "Deplored."), OO, PROFILE, STARTS)
    assert isinstance(told, no.NoSuchRight)


@pytest.mark.parametrize("actor", EVERYBODY)
def test_a_closed_gate_is_a_refused_command(actor: Actor) -> None:
    room = drafted()
    for command in (OpenMeeting(), Amend("op1", 1, "Deplored."), DeclareAdopted(1)):
        reason = may(room.state, type(command), actor, PROFILE, STARTS)
        if reason is not None:
            with pytest.raises(type(reason)):
                decide(room.state, command, actor, STARTS, PROFILE)


def test_the_attendance_list_names_who_came_and_who_did_not() -> None:
    room = called()
    room.do(CHAIR, Arrive("AA", "Ada Alm"))
    room.do(AA, Arrive("AA", "Abe Ash", "Ambassador"))
    lines = attendance(room.state, PROFILE, STARTS.date())
    assert lines[0] == Line(
        "AA", "Republic of Avia", "Ada Alm", "Minister of Foreign Affairs", "member", True, True, ("Abe Ash",)
    )
    assert lines[1] == Line("BB", "Kingdom of Bor", None, None, "member", False)
    assert [line.role for line in lines] == ["member"] * 3 + ["observer"] * 2


def test_the_quorum_that_counts_is_to_open_first_and_to_decide_then() -> None:
    day = STARTS.date()
    assert quorum_status(gathered().state, PROFILE, day).needed == 2
    status = quorum_status(opened().state, PROFILE, day)
    assert (status.needed, status.met, status.rule) == (3, True, "all of 3 members")


def test_every_refusal_has_words_for_people() -> None:
    found = [
        e for e in vars(no).values() if isinstance(e, type) and issubclass(e, Refused) and e is not Refused
    ]
    codes = [e.code for e in found if e.__module__ == no.__name__]
    assert len(codes) == len(set(codes))
    for error in found:
        assert error.template
        assert error.advice
