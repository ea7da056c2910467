from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenesh.bodies import (
    ImpossibleCount,
    Profile,
    QuorumNeed,
    Rule,
    Step,
    judge,
    needed,
    quorum_met,
    quorum_on,
    rights,
    rule_for,
)

PROFILE = Profile.from_toml(
    """
id = "tc-cfm"
name = "Council of the Twin Compact"
member = [ { code = "AA", name = "Avia" }, { code = "BB", name = "Bor" }, { code = "CC", name = "Cara" } ]
observer = [ { code = "OO", name = "Ola" },
  { code = "PP", name = "Pia", rights = ["read", "propose", "object"] } ]
rule = [ { acts = ["procedure"], chain = [ { kind = "vote", need = ">1/2" } ] }, { acts = ["*"] } ]
""",
    "twin.toml",
)


@pytest.mark.parametrize(
    ("need", "of_six", "of_five"),
    [
        ("all", 6, 5),
        ("none", 0, 0),
        ("2/3", 4, 4),
        (">1/2", 4, 3),
        ("1/2", 3, 3),
        (">2/3", 5, 4),
        ("4", 4, 4),
    ],
)
def test_the_needed_number_is_exact(need: str, of_six: int, of_five: int) -> None:
    assert (needed(6, need), needed(5, need)) == (of_six, of_five)


@given(st.integers(1, 200), st.integers(0, 200), st.sampled_from(["all", "none", "2/3", ">1/2", "1/3", "9"]))
def test_one_more_delegation_never_breaks_a_quorum(entitled: int, present: int, need: str) -> None:
    if present < entitled and quorum_met(present, entitled, need):
        assert quorum_met(present + 1, entitled, need)


@pytest.mark.parametrize(("present", "entitled"), [(7, 6), (-1, 6), (0, 0)])
def test_counts_that_contradict_each_other_are_refused(present: int, entitled: int) -> None:
    with pytest.raises(ImpossibleCount):
        quorum_met(present, entitled, "all")


def test_observers_do_not_count_for_the_quorum() -> None:
    status = quorum_on(PROFILE, ("OO", "BB", "AA"), date(2026, 1, 1), QuorumNeed("all"))
    assert (status.present, status.missing, status.needed, status.met) == (("AA", "BB"), ("CC",), 3, False)
    assert status.rule == "all of 3 members"
    assert quorum_on(PROFILE, ("AA", "BB"), date(2026, 1, 1), QuorumNeed("2/3")).met


def test_a_member_proposes_and_objects_and_an_observer_reads_and_speaks() -> None:
    assert {"propose", "position", "object", "reserve", "speak"} <= rights(PROFILE, "member", "AA", False)
    assert rights(PROFILE, "observer", "OO", False) == {"attend", "read", "speak"}


def test_a_profile_may_let_an_observer_propose_but_never_object() -> None:
    assert rights(PROFILE, "observer", "PP", False) == {"read", "propose"}


def test_who_presides_has_the_chairs_rights_beside_its_own() -> None:
    assert "preside" in rights(PROFILE, "member", "AA", True)
    assert "object" in rights(PROFILE, "member", "AA", True)
    assert "preside" not in rights(PROFILE, "chair", "AA", False)
    assert "object" not in rights(PROFILE, "chair", "AA", True)


def test_a_guest_has_no_rights_of_its_own() -> None:
    assert rights(PROFILE, "guest", None, False) == frozenset()


def test_the_first_rule_that_names_the_act_is_used() -> None:
    vote, consensus = rule_for(PROFILE, "procedure"), rule_for(PROFILE, "statement")
    assert vote is not None
    assert vote.chain[0].kind == "vote"
    assert consensus is not None
    assert consensus.chain[0].kind == "consensus"


def test_silence_and_absence_consent_and_one_objection_stops() -> None:
    rule = rule_for(PROFILE, "statement")
    assert judge(rule, present=2, entitled=3, objections=0).verdict == "adopted"
    assert judge(rule, present=3, entitled=3, objections=1).reason == "objection"


def test_absent_members_stop_a_consensus_that_needs_all() -> None:
    rule = Rule(chain=(Step("consensus", presence="all"),))
    assert judge(rule, present=2, entitled=3, objections=0).reason == "member-absent"
    assert judge(rule, present=3, entitled=3, objections=0).verdict == "adopted"


@pytest.mark.parametrize(
    "rule",
    [
        None,
        Rule(chain=()),
        Rule(chain=(Step("vote", need="2/3"),)),
        Rule(chain=(Step("consensus", minus="concerned"),)),
    ],
)
def test_a_rule_that_cannot_be_carried_out_is_never_guessed(rule: Rule | None) -> None:
    assert judge(rule, present=3, entitled=3, objections=0).verdict == "cannot-tell"
