"""The rolling text of one clause, in the words of the field."""

from __future__ import annotations

import pytest

from kenesh.drafting import RollingText, UnknownParty, Words, compile_clause

REST = " the acts of violence and vandalism that endanger lives, undermine public order and damage property."
BASE = "Condemned" + REST


def rolling(**versions: str) -> RollingText:
    made = compile_clause(BASE, versions)
    assert made.project(None) == BASE
    assert {party: made.project(party) for party in versions} == versions
    return made


def test_the_printed_example_comes_out_as_printed() -> None:
    made = rolling(
        AZ="Strongly condemned" + REST,
        KG="Condemned in the strongest terms" + REST,
        UZ="Deplored the acts of violence that endanger lives and damage property.",
    )
    assert made.to_text() == (
        "[Condemned / Strongly condemned (AZ) / Condemned in the strongest terms (KG) / Deplored (UZ)] "
        "the acts of violence [and vandalism / – (UZ)] that endanger lives"
        "[, undermine public order / – (UZ)] and damage property."
    )


def test_a_long_deletion_does_not_swallow_the_small_change_inside_it() -> None:
    made = rolling(
        TR="Condemned the acts of violence and vandalism.",
        UZ="Condemned the acts of violence and vandalism that endanger lives and damage property.",
    )
    assert made.to_text() == (
        "Condemned the acts of violence and vandalism "
        "[that endanger lives[, undermine public order / – (UZ)] and damage property / – (TR)]."
    )


def test_an_insertion_alone_prints_without_its_empty_base() -> None:
    made = rolling(TR=BASE.replace("violence", "violence, terror"))
    assert "the acts of violence[, terror (TR)] and vandalism" in made.to_text()


def test_insertions_at_one_place_are_alternatives_of_one_bracket() -> None:
    made = rolling(
        TR=BASE.replace("violence", "violence, terror"), KG=BASE.replace("violence", "violence, arson")
    )
    assert "violence[– / , arson (KG) / , terror (TR)] and" in made.to_text()


def test_equal_proposals_are_one_alternative_though_one_goes_further() -> None:
    made = rolling(
        KG=BASE.replace("violence and", "violence, terror or"),
        TR=BASE.replace("violence", "violence, terror"),
    )
    assert "violence[, terror (KG, TR)] [and / or (KG)] vandalism" in made.to_text()


def test_the_whole_clause_gone_keeps_the_other_changes_inside() -> None:
    made = rolling(TR=BASE.replace("violence", "violence, terror"), UZ="")
    assert made.to_text().startswith("[Condemned the acts of violence[, terror (TR)] and vandalism")
    assert made.to_text().endswith("property. / – (UZ)]")


def test_no_difference_no_bracket() -> None:
    made = rolling(AZ=BASE)
    assert made.to_text() == BASE
    assert made.brackets == ()


def test_a_clause_that_is_only_proposed_has_an_empty_base() -> None:
    made = compile_clause("", {"AZ": "Welcomed the offer.", "UZ": ""})
    assert made.to_text() == "[Welcomed the offer. (AZ)]"
    assert made.project("UZ") == ""


def test_names_are_printed_once_where_several_proposals_are_of_one_delegation() -> None:
    made = compile_clause("Welcomed it.", {"p1": "Noted it.", "p2": "Noted it.", "p3": "Hailed it."})
    names = {"p1": "TR", "p2": "TR", "p3": "AZ"}
    assert made.to_text(names) == "[Welcomed / Hailed (AZ) / Noted (TR)] it."


def test_parties_stand_in_the_order_given() -> None:
    versions = {"AZ": "Strongly condemned" + REST, "UZ": "Deplored" + REST}
    made = compile_clause(BASE, versions, order=("UZ", "AZ"))
    assert made.to_text().startswith("[Condemned / Deplored (UZ) / Strongly condemned (AZ)] the acts")


def test_words_carry_the_white_space_around_brackets() -> None:
    made = rolling(
        UZ="Condemned the acts of violence that endanger lives, undermine public order and damage property."
    )
    first, bracket, last = made.nodes
    assert isinstance(first, Words)
    assert isinstance(last, Words)
    assert (first.text, last.text[:5]) == ("Condemned the acts of violence ", " that")
    assert bracket.words == 2  # type: ignore[union-attr]


def test_a_party_without_a_version_is_named_in_the_refusal() -> None:
    with pytest.raises(UnknownParty, match="HU"):
        rolling(AZ=BASE).project("HU")


def test_keys_stay_while_base_place_and_words_stay() -> None:
    one = compile_clause("Welcomed it.", {"AZ": "Noted it."})
    two = compile_clause("Welcomed it.", {"AZ": "Noted it.", "KG": "Hailed it."})
    assert {a.key for a in one.alternatives} < {a.key for a in two.alternatives}
    other = compile_clause("Welcomed it", {"AZ": "Noted it"})
    assert not {a.key for a in one.alternatives} & {a.key for a in other.alternatives}
