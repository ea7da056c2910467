from __future__ import annotations

import pytest
from sittings import (
    AA,
    BB,
    CC,
    CHAIR,
    DRAFT,
    GUEST,
    OO,
    PP,
    PROFILE_TOML,
    SECRETARIAT,
    drafted,
    opened,
    text_put,
)

from kenesh.bodies import Profile
from kenesh.drafting import DeceptiveText
from kenesh.meeting import (
    AcceptProposal,
    AgreeClause,
    Amend,
    Delete,
    DraftClause,
    Insert,
    Oppose,
    SetAside,
    Support,
    TableDraft,
    WithdrawPosition,
    WithdrawProposal,
)
from kenesh.meeting import errors as no
from kenesh.meeting import events as e

WELCOMED = "Welcomed the inquiry of the islands."
AGAIN = TableDraft("Another", "eng", DRAFT[:3], "b.txt", "1" * 64)


# -- tabling --------------------------------------------------------------------------------------------


def test_the_chair_or_the_secretariat_tables_a_draft_and_replaces_it_while_nobody_proposed() -> None:
    room = drafted()
    assert (room.state.draft, len(room.state.clauses)) == ("zero", 6)
    room.do(CHAIR, AGAIN)
    room.do(SECRETARIAT, AGAIN)
    assert (room.state.draft, room.state.title, len(room.state.clauses)) == ("rev2", "Another", 3)


def test_a_draft_with_proposals_is_not_replaced() -> None:
    room = drafted()
    room.amend(BB, "op2", WELCOMED)
    with pytest.raises(no.DraftInUse, match="Proposals have been made"):
        room.do(CHAIR, AGAIN)


@pytest.mark.parametrize("actor", [BB, OO, GUEST])
def test_others_do_not_table(actor: e.Actor) -> None:
    with pytest.raises(no.NoSuchRight):
        opened().do(actor, AGAIN)


@pytest.mark.parametrize(
    "clauses",
    [
        (),
        (DraftClause("h", "heading", "A heading"),),
        (DraftClause("a", "operative", "One."), DraftClause("a", "operative", "Two.")),
        (DraftClause("a", "operative", "One.", parent="b"), DraftClause("b", "operative", "Two.")),
    ],
)
def test_a_draft_that_is_no_draft_is_refused(clauses: tuple[DraftClause, ...]) -> None:
    room = opened()
    with pytest.raises(no.BadDraftText):
        room.do(CHAIR, TableDraft(None, "eng", clauses, "x", "0"))
    assert room.state.draft is None


# -- proposing ------------------------------------------------------------------------------------------


def test_a_member_amends_against_the_revision_it_saw() -> None:
    room = drafted()
    made = room.do(BB, Amend("op2", 1, f"  {WELCOMED} ", "as in June"))[0].event
    assert made == e.ProposalMade("P1", "BB", "amend", "op2", 1, WELCOMED, note="as in June")
    assert room.state.open_on("op2")[0].status == "open"


def test_proposing_is_for_members_and_for_observers_only_where_the_profile_says_so() -> None:
    for actor in (OO, PP, GUEST, SECRETARIAT, CHAIR):
        with pytest.raises(no.NoSuchRight, match="may not propose changes to the text"):
            drafted().do(actor, Amend("op2", 1, WELCOMED))
    toml = PROFILE_TOML.replace('name = "Ola"', 'name = "Ola"\nrights = ["attend", "read", "propose"]')
    room = drafted(Profile.from_toml(toml, "open.toml"))
    assert room.amend(OO, "op2", WELCOMED) == "P1"


def test_no_change_and_the_same_again_are_refused() -> None:
    room = drafted()
    with pytest.raises(no.NothingChanged):
        room.do(BB, Amend("op2", 1, "Supported  the inquiry of the islands."))
    room.amend(BB, "op2", WELCOMED)
    with pytest.raises(no.SameAgain, match="P1"):
        room.do(BB, Amend("op2", 1, WELCOMED))
    room.do(CC, Delete("op3", 1))
    with pytest.raises(no.SameAgain):
        room.do(CC, Delete("op3", 1))
    room.do(CC, Insert("op3", "operative", "Invited the media."))
    with pytest.raises(no.SameAgain):
        room.do(CC, Insert("op3", "operative", "Invited the media."))


def test_a_text_that_would_deceive_is_refused() -> None:
    room = drafted()
    with pytest.raises(DeceptiveText):
        room.do(BB, Amend("op2", 1, "Welcomed\u202e the inquiry."))
    with pytest.raises(DeceptiveText):
        room.do(BB, Amend("op2", 1, WELCOMED, "a note\u202e"))
    assert room.state.proposals == ()


def test_a_newer_proposal_replaces_the_delegations_earlier_one() -> None:
    room = drafted()
    room.amend(BB, "op2", WELCOMED)
    room.do(BB, Delete("op2", 1))
    assert (room.status("P1"), room.status("P2")) == ("replaced", "open")
    room.amend(CC, "op2", "Noted the inquiry.")
    assert room.status("P2") == "open"


def test_a_late_proposal_is_kept_beside_the_new_text() -> None:
    room = drafted()
    room.amend(BB, "op2", WELCOMED)
    room.do(CHAIR, AcceptProposal("P1", 1))
    late = room.do(CC, Amend("op2", 1, "Noted the inquiry of the islands."))[0].event
    assert isinstance(late, e.ProposalMade)
    assert late.late
    proposal = room.state.proposal("P2")
    assert proposal is not None
    assert (proposal.status, proposal.revision, proposal.text) == ("flagged", 1, late.text)


def test_a_proposal_on_a_deleted_clause_is_kept_too() -> None:
    room = drafted()
    room.do(BB, Delete("op2", 1))
    room.do(CHAIR, AcceptProposal("P1"))
    room.do(CC, Amend("op2", 1, WELCOMED))
    assert room.status("P2") == "flagged"


def test_a_revision_that_never_was_and_an_unknown_clause_are_refused() -> None:
    with pytest.raises(no.ClauseMovedOn):
        drafted().do(BB, Amend("op2", 2, WELCOMED))
    with pytest.raises(no.UnknownClause):
        drafted().do(BB, Delete("nowhere", 1))
    with pytest.raises(no.UnknownClause):
        drafted().do(BB, Insert("nowhere", "operative", WELCOMED))


def test_new_text_reopens_an_agreed_clause() -> None:
    room = drafted()
    room.do(CHAIR, AgreeClause("op2", 1))
    events = [type(d.event) for d in room.do(BB, Amend("op2", 1, WELCOMED))]
    assert events == [e.ClauseReopened, e.ProposalMade]
    clause = room.state.clause("op2")
    assert clause is not None
    assert clause.agreed is None


def test_nothing_is_proposed_without_a_draft_or_on_a_text_that_is_put() -> None:
    with pytest.raises(no.NoDraft):
        opened().do(BB, Amend("op2", 1, WELCOMED))
    with pytest.raises(no.TextIsPut):
        text_put().do(BB, Amend("op2", 1, WELCOMED))


def test_only_its_author_withdraws_a_proposal() -> None:
    room = drafted()
    room.amend(BB, "op2", WELCOMED)
    with pytest.raises(no.NotYourProposal, match="Bor's proposal"):
        room.do(CC, WithdrawProposal("P1"))
    room.do(BB, WithdrawProposal("P1", "taken up elsewhere"))
    assert room.status("P1") == "withdrawn"
    with pytest.raises(no.ProposalClosed, match="P1 is not open any more: it was withdrawn"):
        room.do(BB, WithdrawProposal("P1"))
    with pytest.raises(no.UnknownProposal):
        room.do(BB, WithdrawProposal("P9"))


# -- positions ------------------------------------------------------------------------------------------


def test_supporting_ends_opposing_and_the_reverse() -> None:
    room = drafted()
    room.amend(BB, "op2", WELCOMED)
    room.do(CC, Oppose("P1", "too warm"), Support("P1"))
    proposal = room.state.proposal("P1")
    assert proposal is not None
    assert (proposal.supporters, proposal.opponents) == (("CC",), ())
    room.do(CC, Oppose("P1"))
    room.do(CC, WithdrawPosition("P1"))
    proposal = room.state.proposal("P1")
    assert proposal is not None
    assert (proposal.supporters, proposal.opponents) == ((), ())


def test_a_position_is_taken_once_by_another_member_on_an_open_proposal() -> None:
    room = drafted()
    room.amend(BB, "op2", WELCOMED)
    with pytest.raises(no.OwnProposal):
        room.do(BB, Support("P1"))
    with pytest.raises(no.NoPosition):
        room.do(CC, WithdrawPosition("P1"))
    for actor in (OO, CHAIR, GUEST):
        with pytest.raises(no.NoSuchRight):
            room.do(actor, Oppose("P1"))
    room.do(AA, Support("P1"))
    room.do(CC, Oppose("P1"))
    with pytest.raises(no.PositionTaken, match="Avia supports P1 already"):
        room.do(AA, Support("P1"))
    with pytest.raises(no.PositionTaken, match="Cara opposes P1 already"):
        room.do(CC, Oppose("P1"))
    room.do(CHAIR, SetAside("P1"))
    with pytest.raises(no.ProposalClosed, match="set aside by the chair"):
        room.do(AA, WithdrawPosition("P1"))


# -- who sees it ----------------------------------------------------------------------------------------


def test_an_observer_without_the_right_to_read_is_not_shown_the_text() -> None:
    room = drafted()
    assert room.do(BB, Amend("op2", 1, WELCOMED))[0].audience == "members+OO"
    none = PROFILE_TOML.replace('name = "Ola"', 'name = "Ola"\nrights = ["attend"]')
    room = drafted(Profile.from_toml(none, "closed.toml"))
    assert room.do(BB, Amend("op2", 1, WELCOMED))[0].audience == "members"
    every = PROFILE_TOML.replace('rights = ["attend", "speak"]', "")
    room = drafted(Profile.from_toml(every, "open.toml"))
    assert room.do(BB, Amend("op2", 1, WELCOMED))[0].audience == "meeting"
