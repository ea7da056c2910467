from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from sittings import (
    AA,
    BB,
    CALL,
    CC,
    CHAIR,
    GUEST,
    OO,
    PP,
    PROFILE,
    PROFILE_TOML,
    SECRETARIAT,
    STARTS,
    Room,
    called,
    drafted,
    gathered,
    opened,
    text_put,
)

from kenesh.bodies import Profile
from kenesh.meeting import (
    Arrive,
    DeclareAdopted,
    EndMeeting,
    HandOverChair,
    Leave,
    OpenMeeting,
    PauseMeeting,
    ResumeMeeting,
)
from kenesh.meeting import errors as no
from kenesh.meeting import events as e


def _call(**changes: object) -> object:
    return msgspec.structs.replace(CALL, **changes)


# -- calling --------------------------------------------------------------------------------------------


def test_the_secretariat_calls_a_meeting_and_everybody_is_invited() -> None:
    room = called()
    assert room.state.phase == "called"
    assert room.state.called is not None
    assert room.state.called.invited == ("AA", "BB", "CC", "OO", "PP")
    assert room.state.called.called_by == "secretariat"
    assert (room.state.presiding, room.state.presiding_delegation) == ("chair", "AA")


def test_the_chair_calls_where_the_profile_says_so() -> None:
    room = Room()
    room.do(CHAIR, CALL)
    assert room.state.called is not None
    assert room.state.called.called_by == "AA"


@pytest.mark.parametrize("actor", [AA, OO, GUEST])
def test_who_cannot_call_alone_is_refused(actor: e.Actor) -> None:
    with pytest.raises(no.NoSuchRight, match="may not call a meeting"):
        Room().do(actor, CALL)


def test_a_meeting_is_called_once() -> None:
    with pytest.raises(no.AlreadyCalled):
        called().do(SECRETARIAT, CALL)


def test_the_purpose_is_said_without_to_discuss() -> None:
    room = Room()
    room.do(SECRETARIAT, _call(purpose="to discuss the floods."))  # type: ignore[arg-type]
    assert room.state.called is not None
    assert room.state.called.purpose == "the floods"


def test_a_notice_too_short_is_refused_and_an_urgent_call_shortens_it() -> None:
    soon = "2026-03-02T12:00:00Z"
    with pytest.raises(no.NoticeTooShort, match="3 hours given, at least 24 hours needed"):
        Room().do(SECRETARIAT, _call(starts=soon))  # type: ignore[arg-type]
    room = Room()
    room.do(SECRETARIAT, _call(starts=soon, urgent=True))  # type: ignore[arg-type]
    assert room.state.phase == "called"
    with pytest.raises(no.NoticeTooShort, match="at least 2 hours"):
        Room().do(SECRETARIAT, _call(starts="2026-03-02T10:00:00Z", urgent=True))  # type: ignore[arg-type]


def test_an_urgent_call_is_refused_where_the_body_knows_none() -> None:
    calm = Profile.from_toml(PROFILE_TOML.replace("emergency_hours = 2", ""), "calm.toml")
    with pytest.raises(no.NoUrgentCalls):
        Room(calm).do(SECRETARIAT, _call(urgent=True))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"starts": "2026-03-01T09:00:00Z"}, no.InThePast),
        ({"starts": "tomorrow"}, no.BadInstant),
        ({"starts": "2026-03-04T09:00:00"}, no.BadInstant),
        ({"zone": "Mars/Base"}, no.BadInstant),
        ({"mode": "written"}, no.MeansNotProvided),
        ({"chair_delegation": "OO"}, no.NotAMember),
    ],
)
def test_a_call_that_cannot_be_kept_is_refused(changes: dict[str, object], refusal: type[Exception]) -> None:
    room = Room()
    with pytest.raises(refusal):
        room.do(SECRETARIAT, _call(**changes))  # type: ignore[arg-type]
    assert room.state.phase == "none"


# -- arriving and leaving -------------------------------------------------------------------------------


def test_the_chairs_arrival_makes_its_delegation_present() -> None:
    room = called()
    room.do(CHAIR, Arrive("AA", "Ada Alm"))
    assert room.state.present == ("AA",)


def test_the_secretariat_notes_an_invited_delegation_and_its_own_head() -> None:
    room = called()
    room.do(SECRETARIAT, Arrive("BB", "Bea Birk"), Arrive("secretariat", "Sol Sark", "Secretary General"))
    assert room.state.present == ("BB",)
    assert [a.person for a in room.state.attendance] == ["Bea Birk", "Sol Sark"]


def test_nobody_sits_down_for_another_or_uninvited() -> None:
    with pytest.raises(no.NotYourSeat, match="cannot act for Bor"):
        called().do(AA, Arrive("BB", "Bea Birk"))
    with pytest.raises(no.NotInvited):
        called().do(SECRETARIAT, Arrive("ZZ", "Zed"))
    with pytest.raises(no.NoSuchRight):
        called().do(GUEST, Arrive("AA", "Gil Gar"))


def test_the_same_person_does_not_arrive_twice_but_comes_back() -> None:
    room = gathered()
    with pytest.raises(no.AlreadyHere):
        room.do(BB, Arrive("BB", "Bea Birk", "Minister of State"))
    room.do(BB, Leave("BB"), Arrive("BB", "Bea Birk", "Minister of State"))
    assert room.state.present[-1] == "BB"
    assert sum(a.delegation == "BB" for a in room.state.attendance) == 1


def test_a_delegation_that_leaves_loses_floor_and_place_in_the_queue() -> None:
    from kenesh.meeting import GiveFloor, RequestFloor

    room = opened()
    room.do(BB, RequestFloor())
    room.do(CHAIR, GiveFloor("CC"))
    room.do(SECRETARIAT, Leave("BB", "connection lost"), Leave("CC"))
    assert (room.state.floor, room.state.queue, room.state.present) == (None, (), ("AA", "OO"))


def test_who_is_not_here_cannot_leave_and_nobody_leaves_for_another() -> None:
    with pytest.raises(no.NotHere):
        called().do(BB, Leave("BB"))
    with pytest.raises(no.NotYourSeat):
        gathered().do(BB, Leave("CC"))


def test_the_presiding_delegation_is_noted_as_gone_by_its_chair_or_the_secretariat_only() -> None:
    room = gathered()
    with pytest.raises(no.ChairPresides):
        room.do(AA, Leave("AA"))
    room.do(CHAIR, Leave("AA"))
    assert "AA" not in room.state.present


# -- opening and the course -----------------------------------------------------------------------------


def test_the_chair_opens_with_a_quorum() -> None:
    room = gathered()
    opened_event = room.do(CHAIR, OpenMeeting())[0].event
    assert opened_event == e.MeetingOpened(("AA", "BB", "CC"), 3, "more than 1/2 of 3 members")
    assert (room.state.phase, room.state.opened) == ("open", STARTS)


def test_without_a_quorum_the_meeting_does_not_open() -> None:
    room = called()
    room.do(CHAIR, Arrive("AA", "Ada Alm"))
    room.do(OO, Arrive("OO", "Ole Orn"))
    with pytest.raises(no.QuorumNotMet, match="1 of 3 members present, 2 needed") as refusal:
        room.do(CHAIR, OpenMeeting())
    assert "Bor, Cara" in refusal.value.advice


def test_a_meeting_opens_at_most_half_an_hour_early() -> None:
    room = gathered()
    room.now = STARTS - timedelta(minutes=31)
    with pytest.raises(no.TooEarly, match="can be opened from 08:30 UTC on 4 March 2026"):
        room.do(CHAIR, OpenMeeting())
    room.now += timedelta(minutes=1)
    room.do(CHAIR, OpenMeeting())


def test_only_the_chair_in_the_room_opens() -> None:
    with pytest.raises(no.NotPresiding, match="Only the chair may open the meeting"):
        gathered().do(BB, OpenMeeting())
    room = called()
    room.do(BB, Arrive("BB", "Bea Birk"))
    with pytest.raises(no.NotHere):
        room.do(CHAIR, OpenMeeting())
    with pytest.raises(no.NotCalled):
        Room().do(CHAIR, OpenMeeting())
    with pytest.raises(no.AlreadyOpen):
        opened().do(CHAIR, OpenMeeting())


def test_a_meeting_pauses_and_resumes() -> None:
    room = opened()
    room.do(CHAIR, PauseMeeting("consultations", "2026-03-04T10:00:00Z"))
    assert (room.state.phase, room.state.pause_reason) == ("paused", "consultations")
    with pytest.raises(no.NotOpen, match="it is paused"):
        room.do(CHAIR, PauseMeeting("again"))
    room.do(CHAIR, ResumeMeeting())
    assert (room.state.phase, room.state.pause_reason) == ("open", None)
    with pytest.raises(no.NotPaused):
        room.do(CHAIR, ResumeMeeting())


@pytest.mark.parametrize("command", [PauseMeeting("tea"), EndMeeting("no-text")])
def test_only_the_chair_pauses_and_ends(command: object) -> None:
    with pytest.raises(no.NotPresiding):
        opened().do(BB, command)  # type: ignore[arg-type]


def test_a_meeting_may_end_without_a_text_or_with_a_chairs_summary() -> None:
    room = opened()
    room.do(CHAIR, EndMeeting("no-text"))
    assert room.state.phase == "ended"
    room = opened()
    with pytest.raises(no.SummaryMissing):
        room.do(CHAIR, EndMeeting("chair-summary", " "))
    room.do(CHAIR, EndMeeting("chair-summary", "Views were exchanged."))
    assert room.state.ended == e.MeetingEnded("chair-summary", "Views were exchanged.")


def test_a_meeting_ends_as_adopted_only_if_it_was() -> None:
    with pytest.raises(no.OutcomeContradicts, match="no text has been adopted"):
        opened().do(CHAIR, EndMeeting("adopted"))
    room = text_put()
    with pytest.raises(no.TextIsPut):
        room.do(CHAIR, EndMeeting("no-text"))
    room.do(CHAIR, DeclareAdopted(1))
    with pytest.raises(no.OutcomeContradicts, match="a text has been adopted"):
        room.do(CHAIR, EndMeeting("no-text"))
    room.do(CHAIR, EndMeeting("adopted"))


def test_nothing_happens_after_the_end() -> None:
    room = opened()
    room.do(CHAIR, EndMeeting("no-text"))
    for actor, command in [(BB, Arrive("BB", "X")), (CHAIR, ResumeMeeting()), (CHAIR, EndMeeting("no-text"))]:
        with pytest.raises(no.MeetingOver):
            room.do(actor, command)


# -- the chair ------------------------------------------------------------------------------------------


def test_the_chair_hands_over_and_keeps_none_of_its_rights() -> None:
    room = opened()
    room.do(CHAIR, HandOverChair("bb", "BB", "the chair must leave"))
    assert (room.state.presiding, room.state.presiding_delegation) == ("bb", "BB")
    with pytest.raises(no.NotPresiding):
        room.do(CHAIR, PauseMeeting("tea"))
    room.do(BB, PauseMeeting("tea"))


def test_who_presides_keeps_the_rights_of_its_own_seat() -> None:
    room = drafted()
    room.do(CHAIR, HandOverChair("bb", "BB", "the chair must leave"))
    assert room.amend(BB, "op2", "Welcomed the inquiry of the islands.") == "P1"


def test_the_secretariat_hands_over_only_when_the_chair_has_dropped_out() -> None:
    room = opened()
    with pytest.raises(no.ChairStillHere):
        room.do(SECRETARIAT, HandOverChair("bb", "BB", "line lost"))
    room.do(SECRETARIAT, Leave("AA", "connection lost"), HandOverChair("bb", "BB", "line lost"))
    assert room.state.presiding == "bb"


def test_a_chair_whose_line_is_lost_takes_its_seat_again_before_it_rules() -> None:
    room = opened()
    room.do(SECRETARIAT, Leave("AA", "connection lost"))
    with pytest.raises(no.NotHere):
        room.do(CHAIR, PauseMeeting("tea"))
    room.do(CHAIR, Arrive("AA", "Ada Alm"), PauseMeeting("tea"))


def test_the_chair_goes_to_a_member_in_the_room_and_to_another_seat() -> None:
    room = opened()
    with pytest.raises(no.NotAMember):
        room.do(CHAIR, HandOverChair("oo", "OO", "why not"))
    with pytest.raises(no.AlreadyPresides):
        room.do(CHAIR, HandOverChair("chair", "AA", "again"))
    with pytest.raises(no.NotPresiding):
        room.do(CC, HandOverChair("cc", "CC", "me"))
    room.do(CC, Leave("CC"))
    with pytest.raises(no.NotHere):
        room.do(CHAIR, HandOverChair("cc", "CC", "absent"))


def test_an_observer_without_reading_rights_attends_all_the_same() -> None:
    room = called()
    room.do(PP, Arrive("PP", "Pip Poe"))
    assert PROFILE.observers_on(STARTS.date())[1].code in room.state.present
