from __future__ import annotations

import msgspec
import pytest
from sittings import (
    AA,
    BB,
    CC,
    CHAIR,
    FILE,
    GUEST,
    OO,
    PROFILE_TOML,
    SECRETARIAT,
    Room,
    drafted,
    opened,
    text_put,
)

from kenesh.bodies import Profile
from kenesh.meeting import (
    Amend,
    DeclareAdopted,
    EndMeeting,
    Leave,
    Object,
    PauseMeeting,
    Publish,
    PutText,
    Reserve,
    TakeBackText,
    WithdrawObjection,
    WithdrawReservation,
    composed,
)
from kenesh.meeting import errors as no
from kenesh.meeting import events as e
from kenesh.statement.hashes import text_hash


def adopted() -> Room:
    room = text_put()
    room.do(CHAIR, DeclareAdopted(1))
    return room


# -- putting --------------------------------------------------------------------------------------------


def test_the_chair_puts_exactly_the_text_on_the_table() -> None:
    room = text_put()
    assert room.state.put is not None
    assert room.state.put.text_sha256 == text_hash(room.state.put.statement)
    assert (room.state.calls, room.state.put.call) == (1, 1)


def test_marks_of_reading_do_not_make_another_text() -> None:
    room = drafted()
    statement = composed(room.state, room.profile, room.now)
    marked = tuple(msgspec.structs.replace(c, lead=c.text[:3]) for c in statement.clauses)
    room.do(CHAIR, PutText(msgspec.structs.replace(statement, clauses=marked)))
    assert room.state.put is not None
    assert room.state.put.statement.clauses[0].lead == "The"


@pytest.mark.parametrize(
    "change", [{"title": "ANOTHER"}, {"participants": ()}, {"clauses": ()}, {"symbol": "X/1"}]
)
def test_a_text_that_differs_from_the_table_is_not_put(change: dict[str, object]) -> None:
    room = drafted()
    statement = msgspec.structs.replace(composed(room.state, room.profile, room.now), **change)
    with pytest.raises(no.TextDiffers):
        room.do(CHAIR, PutText(statement))
    assert room.state.put is None


def test_an_open_proposal_stops_putting() -> None:
    room = drafted()
    room.amend(BB, "op2", "Welcomed the inquiry.")
    with pytest.raises(no.ProposalsOpen, match="1 proposal is open: P1 of Bor"):
        room.put()


def test_the_quorum_to_decide_may_be_higher_than_the_quorum_to_open() -> None:
    room = drafted()
    room.do(CC, Leave("CC"))
    with pytest.raises(no.QuorumNotMet, match="no quorum to decide: 2 of 3"):
        room.put()


def test_only_the_chair_puts_a_draft_in_an_open_meeting_and_not_twice() -> None:
    room = drafted()
    statement = composed(room.state, room.profile, room.now)
    with pytest.raises(no.NotPresiding):
        room.do(BB, PutText(statement))
    room.do(CHAIR, PauseMeeting("tea"))
    with pytest.raises(no.NotOpen):
        room.do(CHAIR, PutText(statement))
    with pytest.raises(no.NoDraft):
        opened().put()
    with pytest.raises(no.TextIsPut):
        text_put().put()


def test_a_rule_that_is_not_known_is_not_guessed() -> None:
    toml = PROFILE_TOML + '[[rule]]\nchain = [ { kind = "vote", need = "2/3" } ]\n'
    with pytest.raises(no.RuleNotCarriedOut, match="“vote”"):
        drafted(Profile.from_toml(toml, "votes.toml")).put()


def test_where_a_videoconference_does_not_decide_no_text_is_put() -> None:
    toml = PROFILE_TOML + "video_decides = false\n"
    with pytest.raises(no.VideoDoesNotDecide):
        drafted(Profile.from_toml(toml, "room.toml")).put()


# -- three different acts -------------------------------------------------------------------------------


def test_an_objection_stops_the_adoption_until_it_is_withdrawn() -> None:
    room = text_put()
    room.do(BB, Object(1, "not without my capital", "op1"))
    with pytest.raises(no.ObjectionStands) as refusal:
        room.do(CHAIR, DeclareAdopted(1))
    assert str(refusal.value) == "Bor's objection stands: the text cannot be adopted."
    assert "Ask Bor to withdraw it" in refusal.value.advice
    with pytest.raises(no.AlreadyObjecting):
        room.do(BB, Object(1, "again"))
    room.do(BB, WithdrawObjection(1))
    room.do(CHAIR, DeclareAdopted(1))
    assert room.state.adopted is not None


def test_two_objections_are_named_together() -> None:
    room = text_put()
    room.do(CC, Object(1, "no"))
    room.do(BB, Object(1, "no"))
    with pytest.raises(no.ObjectionStands, match="The objection of Bor and Cara stands"):
        room.do(CHAIR, DeclareAdopted(1))


def test_a_reservation_stops_nothing_and_stands_beside_the_text() -> None:
    room = text_put()
    room.do(BB, Reserve(1, "reservation", "Bor is not bound by this.", "op2"))
    room.do(CC, Reserve(1, "explanation", "Cara understands the Treaty so.", "pp1"))
    room.do(AA, Reserve(1, "interpretation", "Avia reads the whole so."))
    room.do(CHAIR, DeclareAdopted(1))
    assert room.state.adopted is not None
    adoption = room.state.adopted.statement.adoption
    assert adoption is not None
    assert [(r.code, r.state, r.clause) for r in adoption.reservations] == [
        ("AA", "Republic of Avia", None),
        ("BB", "Kingdom of Bor", "2."),
        ("CC", "Cara", "PP1"),
    ]


def test_to_say_nothing_consents_and_the_adoption_says_why() -> None:
    room = adopted()
    assert room.state.adopted is not None
    assert room.state.put is not None
    adoption = room.state.adopted.statement.adoption
    assert adoption is not None
    assert (adoption.how, adoption.rule, adoption.present, adoption.entitled, adoption.objections) == (
        "consensus",
        "consensus, no objection",
        3,
        3,
        0,
    )
    assert adoption.when == "2026-03-04T09:00:00.000000Z"
    assert adoption.text_sha256 == room.state.put.text_sha256 == text_hash(room.state.adopted.statement)


def test_an_objection_or_reservation_is_on_a_clause_of_the_text() -> None:
    room = text_put()
    with pytest.raises(no.UnknownClause):
        room.do(BB, Object(1, "no", "nowhere"))
    with pytest.raises(no.UnknownClause):
        room.do(BB, Reserve(1, "reservation", "no", "nowhere"))


@pytest.mark.parametrize("actor", [OO, CHAIR, SECRETARIAT, GUEST])
def test_only_members_object_and_reserve(actor: e.Actor) -> None:
    for command in (
        Object(1, "no"),
        Reserve(1, "reservation", "no"),
        WithdrawObjection(1),
        WithdrawReservation(1),
    ):
        with pytest.raises(no.NoSuchRight):
            text_put().do(actor, command)


def test_a_member_whose_line_is_lost_can_still_object() -> None:
    room = text_put()
    room.do(SECRETARIAT, Leave("CC", "connection lost"))
    room.do(CC, Object(1, "I was cut off"))
    assert room.state.objections[0].delegation == "CC"


def test_reservations_are_entered_once_per_place_and_withdrawn_together() -> None:
    room = text_put()
    with pytest.raises(no.NoReservation):
        room.do(BB, WithdrawReservation(1))
    room.do(BB, Reserve(1, "reservation", "One.", "op1"), Reserve(1, "reservation", "Two.", "op2"))
    with pytest.raises(no.AlreadyReserved):
        room.do(BB, Reserve(1, "reservation", "Three.", "op2"))
    room.do(BB, WithdrawReservation(1))
    assert room.state.reservations == ()
    with pytest.raises(no.NoObjection):
        room.do(BB, WithdrawObjection(1))


def test_an_instrument_the_body_does_not_know_is_refused() -> None:
    toml = PROFILE_TOML + '[opt_out]\nkinds = ["reservation"]\n'
    room = text_put(Profile.from_toml(toml, "strict.toml"))
    with pytest.raises(no.InstrumentNotProvided):
        room.do(BB, Reserve(1, "disassociation", "not us"))


def test_nothing_is_said_on_a_text_that_is_not_put_or_on_another_call() -> None:
    with pytest.raises(no.NoTextPut):
        drafted().do(BB, Object(1, "no"))
    for command in (Object(2, "no"), DeclareAdopted(2), TakeBackText(2, "x"), Reserve(2, "reservation", "x")):
        actor = CHAIR if isinstance(command, DeclareAdopted | TakeBackText) else BB
        with pytest.raises(no.CallMovedOn):
            text_put().do(actor, command)


# -- taking back, adopting, publishing ------------------------------------------------------------------


def test_a_text_taken_back_is_negotiated_again() -> None:
    room = text_put()
    room.do(BB, Object(1, "one word"))
    event = room.do(CHAIR, TakeBackText(1, "one word is open"))[0].event
    assert event == e.TextTakenBack(1, "one word is open", ("BB",))
    assert (room.state.put, room.state.objections) == (None, ())
    room.do(BB, Amend("op2", 1, "Welcomed the inquiry."))
    with pytest.raises(no.NoTextPut):
        room.do(CHAIR, TakeBackText(1, "again"))
    with pytest.raises(no.NotPresiding):
        text_put().do(BB, TakeBackText(1, "me"))


def test_a_second_call_has_its_own_number() -> None:
    room = text_put()
    room.do(CHAIR, TakeBackText(1, "one word is open"))
    room.put()
    assert room.state.put is not None
    assert room.state.put.call == 2


def test_only_the_chair_adopts_and_only_with_a_quorum_in_an_open_meeting() -> None:
    with pytest.raises(no.NotPresiding):
        text_put().do(BB, DeclareAdopted(1))
    room = text_put()
    room.do(CC, Leave("CC"))
    with pytest.raises(no.QuorumNotMet):
        room.do(CHAIR, DeclareAdopted(1))
    room = text_put()
    room.do(CHAIR, PauseMeeting("tea"))
    with pytest.raises(no.NotOpen):
        room.do(CHAIR, DeclareAdopted(1))


def test_where_absent_members_stop_a_consensus_their_absence_is_named() -> None:
    toml = PROFILE_TOML.replace('decide = { need = "all" }', 'decide = { need = "2/3" }')
    toml += '[[rule]]\nchain = [ { kind = "consensus", presence = "all" } ]\n'
    room = text_put(Profile.from_toml(toml, "all.toml"))
    room.do(CC, Leave("CC"))
    with pytest.raises(no.AbsentMembersStop, match="Cara is absent"):
        room.do(CHAIR, DeclareAdopted(1))


def test_an_adopted_text_changes_no_more() -> None:
    room = adopted()
    for actor, command in [(BB, Amend("op1", 1, "x")), (BB, Object(1, "late")), (CHAIR, DeclareAdopted(1))]:
        with pytest.raises(no.TextIsAdopted):
            room.do(actor, command)


@pytest.mark.parametrize("actor", [CHAIR, SECRETARIAT])
def test_an_adopted_text_is_published_once_also_after_the_end(actor: e.Actor) -> None:
    room = adopted()
    room.do(CHAIR, EndMeeting("adopted"))
    assert room.state.adopted is not None
    digest = room.state.adopted.text_sha256
    decided = room.do(actor, Publish("a", "/akn/a", digest, (FILE,)))
    assert decided[0].audience == "public"
    with pytest.raises(no.AlreadyPublished):
        room.do(actor, Publish("a", "/akn/a", digest, (FILE,)))


def test_only_the_adopted_text_is_published_and_not_by_delegations() -> None:
    with pytest.raises(no.NothingAdopted):
        text_put().do(SECRETARIAT, Publish("a", "i", "0", (FILE,)))
    with pytest.raises(no.NotPresiding):
        adopted().do(BB, Publish("a", "i", "0", (FILE,)))
    room = adopted()
    with pytest.raises(no.WrongText):
        room.do(SECRETARIAT, Publish("a", "i", "0" * 64, (FILE,)))
    assert room.state.adopted is not None
    with pytest.raises(no.WrongText):
        room.do(SECRETARIAT, Publish("a", "i", room.state.adopted.text_sha256, ()))
