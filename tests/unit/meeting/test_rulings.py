from __future__ import annotations

import pytest
from sittings import AA, BB, CC, CHAIR, OO, SECRETARIAT, Room, drafted, gathered, text_put

from kenesh.meeting import (
    AcceptAlternative,
    AcceptProposal,
    AgreeClause,
    Delete,
    DraftClause,
    Insert,
    ReopenClause,
    SetAside,
    TableDraft,
    rolling_text,
)
from kenesh.meeting import errors as no
from kenesh.meeting import events as e

STRONG = "Strongly condemned the acts of violence and vandalism in the islands."
NARROW = "Condemned the acts of violence in the islands."
BOTH = "Strongly condemned the acts of violence in the islands."
OTHER = "Deplored whatever happened."


def key_of(room: Room, clause: str, words: str) -> str:
    rolling = rolling_text(room.state, clause, room.profile)
    return next(a.key for a in rolling.alternatives if a.text.strip() == words)


def competing() -> Room:
    """Avia strengthens, Bor narrows, Cara wants another clause altogether."""
    room = drafted()
    room.amend(AA, "op1", STRONG)
    room.amend(BB, "op1", NARROW)
    return room


# -- one alternative ------------------------------------------------------------------------------------


def test_accepting_an_alternative_carries_the_others_over() -> None:
    room = competing()
    event = room.do(CHAIR, AcceptAlternative("op1", key_of(room, "op1", "Strongly condemned")))[0].event
    assert isinstance(event, e.ClauseAmended)
    assert (event.revision, event.text, event.delegations) == (2, STRONG, ("AA",))
    assert room.text("op1") == STRONG
    assert room.status("P1") == "taken"
    carried = room.state.proposal("P2")
    assert carried is not None
    assert (carried.status, carried.text, carried.revision, carried.original) == ("open", BOTH, 2, NARROW)


def test_the_earlier_words_of_a_clause_are_kept() -> None:
    room = competing()
    before = room.text("op1")
    room.do(CHAIR, AcceptAlternative("op1", key_of(room, "op1", "Strongly condemned")))
    clause = room.state.clause("op1")
    assert clause is not None
    assert clause.earlier == (before,)


def test_an_alternative_of_a_bracket_that_has_changed_is_gone() -> None:
    room = competing()
    key = key_of(room, "op1", "Strongly condemned")
    room.do(CHAIR, AcceptAlternative("op1", key))
    with pytest.raises(no.AlternativeGone):
        room.do(CHAIR, AcceptAlternative("op1", key))


def test_keeping_the_words_as_they_stand_closes_their_bracket() -> None:
    room = competing()
    before = room.text("op1")
    room.do(CHAIR, AcceptAlternative("op1", key_of(room, "op1", "Condemned")))
    clause = room.state.clause("op1")
    assert clause is not None
    assert (clause.text, clause.revision) == (before, 2)
    rolling = rolling_text(room.state, "op1", room.profile)
    assert all(a.text != "Condemned" for a in rolling.alternatives)
    statuses = {p.id: p.status for p in room.state.proposals}
    assert "taken" not in statuses.values()
    assert "set-aside" in statuses.values(), "a proposal with nothing else to say is set aside"


def test_accepting_the_empty_alternative_strikes_the_clause() -> None:
    room = drafted()
    room.do(BB, Delete("op1", 1))
    room.do(CHAIR, AcceptAlternative("op1", key_of(room, "op1", "")))
    assert room.state.clause("op1") is None
    assert (room.state.deleted[0].id, room.status("P1")) == ("op1", "taken")


@pytest.mark.parametrize("actor", [AA, OO, SECRETARIAT])
def test_only_the_chair_rules(actor: e.Actor) -> None:
    room = competing()
    for command in (
        AcceptProposal("P1"),
        SetAside("P1"),
        AgreeClause("op2", 1),
        AcceptAlternative("op1", "x"),
    ):
        with pytest.raises(no.NotPresiding):
            room.do(actor, command)


def test_the_chair_rules_only_in_an_open_meeting() -> None:
    with pytest.raises(no.NotOpen):
        gathered().do(CHAIR, SetAside("P1"))
    with pytest.raises(no.TextIsPut):
        text_put().do(CHAIR, SetAside("P1"))


def test_the_rolling_text_names_proposals_in_protocol_order() -> None:
    room = drafted()
    room.amend(CC, "op1", OTHER)
    room.amend(AA, "op1", STRONG)
    assert rolling_text(room.state, "op1", room.profile).parties == ("P2", "P1")
    with pytest.raises(no.UnknownClause):
        rolling_text(room.state, "nowhere", room.profile)


# -- whole proposals ------------------------------------------------------------------------------------


def test_a_whole_amendment_is_taken_and_the_others_carried_over_or_flagged() -> None:
    room = competing()
    room.amend(CC, "op1", OTHER)
    room.do(CHAIR, AcceptProposal("P1", 1))
    assert room.text("op1") == STRONG
    assert [p.status for p in room.state.proposals] == ["taken", "open", "flagged"]
    assert [p.text for p in room.state.proposals] == [STRONG, BOTH, OTHER]


def test_the_same_words_of_another_delegation_are_taken_too() -> None:
    room = drafted()
    room.amend(AA, "op1", STRONG)
    room.amend(BB, "op1", STRONG)
    room.do(CHAIR, AcceptProposal("P2"))
    assert [p.status for p in room.state.proposals] == ["taken", "taken"]


def test_a_flagged_proposal_can_still_be_taken_as_a_whole() -> None:
    room = competing()
    room.amend(CC, "op1", OTHER)
    room.do(CHAIR, AcceptProposal("P1", 1), AcceptProposal("P3", 2))
    assert (room.text("op1"), room.status("P3")) == (OTHER, "taken")


def test_the_revision_that_was_seen_must_be_the_one_on_the_table() -> None:
    room = competing()
    room.do(CHAIR, AcceptProposal("P1", 1))
    with pytest.raises(no.ClauseMovedOn):
        room.do(CHAIR, AcceptProposal("P2", 1))


def test_an_insertion_gets_a_clause_of_its_own_after_the_one_it_follows() -> None:
    room = drafted()
    room.do(BB, Insert("op2", "operative", "Invited the media."))
    event = room.do(CHAIR, AcceptProposal("P1"))[0].event
    assert isinstance(event, e.ClauseInserted)
    assert [c.id for c in room.state.clauses] == ["pp1", "f", "op1", "op2", event.clause.id, "op3", "end"]
    assert room.status("P1") == "taken"


def test_an_insertion_at_the_top_comes_first() -> None:
    room = drafted()
    room.do(BB, Insert(None, "preambular", "Guided by the Treaty,"))
    room.do(CHAIR, AcceptProposal("P1"))
    assert room.state.clauses[0].text == "Guided by the Treaty,"


def test_an_insertion_after_a_clause_with_sub_clauses_comes_after_them() -> None:
    room = drafted()
    clauses = (
        DraftClause("a", "operative", "Decided:", "1."),
        DraftClause("a1", "operative", "to meet;", "(a)", "a"),
        DraftClause("b", "operative", "Ended.", "2."),
    )
    room.do(CHAIR, TableDraft(None, "eng", clauses, "x", "0"))
    room.do(BB, Insert("a", "operative", "Invited the media."))
    room.do(CHAIR, AcceptProposal("P1"))
    assert [c.text for c in room.state.clauses] == ["Decided:", "to meet;", "Invited the media.", "Ended."]


def test_insertions_at_one_place_stand_in_the_order_of_making() -> None:
    room = drafted()
    room.do(BB, Insert("op2", "operative", "Invited the media."))
    room.do(CC, Insert("op2", "operative", "Thanked the media."))
    room.do(CHAIR, AcceptProposal("P2"), AcceptProposal("P1"))
    texts = [c.text for c in room.state.clauses]
    assert texts.index("Thanked the media.") == texts.index("Invited the media.") + 1


def test_what_follows_a_struck_clause_stands_behind_what_follows_the_one_before_it() -> None:
    room = drafted()
    room.do(BB, Insert("op1", "operative", "Invited the media."))
    room.do(CC, Insert("op2", "operative", "Thanked the media."))
    room.do(CC, Delete("op2", 1))
    room.do(CHAIR, AcceptProposal("P3"), AcceptProposal("P1"), AcceptProposal("P2"))
    after_op1 = [c.text for c in room.state.clauses][3:5]
    assert after_op1 == ["Invited the media.", "Thanked the media."]


def test_accepting_and_closing_leaves_nobody_else_in_the_bracket() -> None:
    room = competing()
    room.amend(CC, "op1", OTHER)
    key = key_of(room, "op1", "Strongly condemned")
    room.do(CHAIR, AcceptAlternative("op1", key, close=True))
    assert room.text("op1") == STRONG
    rolling = rolling_text(room.state, "op1", room.profile)
    assert all("Strongly condemned" not in [a.text for a in b.alternatives] for b in rolling.brackets)
    assert (room.status("P1"), room.status("P2")) == ("taken", "open")


def test_a_deletion_flags_what_stood_on_the_clause_and_moves_what_followed_it() -> None:
    room = drafted()
    room.do(BB, Delete("op2", 1))
    room.amend(CC, "op2", "Noted the inquiry.")
    room.do(CC, Insert("op2", "operative", "Invited the media."))
    room.do(CHAIR, AcceptProposal("P1"))
    assert room.state.clause("op2") is None
    assert [p.status for p in room.state.proposals] == ["taken", "flagged", "open"]
    room.do(CHAIR, AcceptProposal("P3"))
    assert [c.text for c in room.state.clauses][3] == "Invited the media."
    with pytest.raises(no.UnknownClause):
        room.do(CHAIR, AcceptProposal("P2"))


def test_a_new_clause_may_follow_where_a_deleted_one_stood() -> None:
    room = drafted()
    room.do(BB, Delete("op2", 1))
    room.do(CHAIR, AcceptProposal("P1"))
    room.do(BB, Insert("op2", "operative", "Invited the media."))
    proposal = room.state.proposal("P2")
    assert proposal is not None
    assert proposal.clause == "op1"


def test_deleting_a_clause_takes_its_sub_clauses_along() -> None:
    room = drafted()
    clauses = (
        DraftClause("a", "operative", "Decided:", "1."),
        DraftClause("a1", "operative", "to meet;", "(a)", "a"),
        DraftClause("b", "operative", "Ended.", "2."),
    )
    room.do(CHAIR, TableDraft(None, "eng", clauses, "x", "0"))
    room.do(BB, Delete("a", 1))
    room.amend(CC, "a1", "to meet again;")
    room.do(CHAIR, AcceptProposal("P1"))
    assert [c.id for c in room.state.clauses] == ["b"]
    assert room.status("P2") == "flagged"


def test_a_proposal_set_aside_stays_in_the_record() -> None:
    room = competing()
    room.do(CHAIR, SetAside("P1", "no support"))
    assert room.status("P1") == "set-aside"
    with pytest.raises(no.ProposalClosed):
        room.do(CHAIR, AcceptProposal("P1"))
    with pytest.raises(no.UnknownProposal):
        room.do(CHAIR, SetAside("P9"))


# -- agreeing -------------------------------------------------------------------------------------------


def test_a_clause_without_open_proposals_is_agreed_ad_referendum_and_then_finally() -> None:
    room = drafted()
    room.do(CHAIR, AgreeClause("op2", 1))
    with pytest.raises(no.AlreadyAgreed):
        room.do(CHAIR, AgreeClause("op2", 1))
    room.do(CHAIR, AgreeClause("op2", 1, ad_referendum=False))
    clause = room.state.clause("op2")
    assert clause is not None
    assert clause.agreed == "agreed"


def test_an_open_proposal_or_another_revision_stops_agreeing() -> None:
    room = competing()
    with pytest.raises(no.ProposalsOpen, match="2 proposals are open: P1 of Avia, P2 of Bor"):
        room.do(CHAIR, AgreeClause("op1", 1))
    with pytest.raises(no.ClauseMovedOn):
        room.do(CHAIR, AgreeClause("op2", 2))
    with pytest.raises(no.UnknownClause):
        room.do(CHAIR, AgreeClause("nowhere", 1))


def test_the_chair_or_a_member_reopens_an_agreed_clause() -> None:
    room = drafted()
    with pytest.raises(no.NotAgreed):
        room.do(CHAIR, ReopenClause("op2"))
    room.do(CHAIR, AgreeClause("op2", 1))
    assert room.do(CHAIR, ReopenClause("op2"))[0].event == e.ClauseReopened("op2", None)
    room.do(CHAIR, AgreeClause("op2", 1))
    assert room.do(BB, ReopenClause("op2", "no mandate"))[0].event == e.ClauseReopened(
        "op2", "BB", "no mandate"
    )
    with pytest.raises(no.NoSuchRight):
        room.do(OO, ReopenClause("op2"))
