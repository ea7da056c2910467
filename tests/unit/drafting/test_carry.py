"""Accepting an alternative and carrying the others over."""

from __future__ import annotations

import pytest

from kenesh.drafting import UnknownAlternative, accept, close, compile_clause, rebase

REST = " the acts of violence and vandalism that endanger lives, undermine public order and damage property."
BASE = "Condemned" + REST
VERSIONS = {
    "AZ": "Strongly condemned" + REST,
    "KG": "Condemned in the strongest terms" + REST,
    "UZ": "Deplored the acts of violence that endanger lives and damage property.",
}


def key_of(words: str, versions: dict[str, str] | None = None) -> str:
    rolling = compile_clause(BASE, versions or VERSIONS)
    return next(a.key for a in rolling.alternatives if a.text == words)


def test_the_accepted_words_stand_in_the_new_base_and_others_keep_theirs() -> None:
    done = accept(compile_clause(BASE, VERSIONS), key_of("Strongly condemned"))
    assert done.text == VERSIONS["AZ"]
    assert done.versions == VERSIONS
    assert done.alternative.parties == ("AZ",)


def test_who_had_the_base_there_gets_the_new_words() -> None:
    versions = {**VERSIONS, "HU": BASE.replace("public order", "the public order")}
    rolling = compile_clause(BASE, versions)
    done = accept(rolling, next(a.key for a in rolling.alternatives if a.text == "" and a.parties == ("UZ",)))
    assert done.text == BASE.replace(" and vandalism", "")
    assert done.versions["HU"] == versions["HU"].replace(" and vandalism", "")
    assert done.versions["UZ"] == VERSIONS["UZ"]


def test_accepting_the_base_changes_nothing() -> None:
    done = accept(compile_clause(BASE, VERSIONS), key_of("Condemned"))
    assert (done.text, done.versions) == (BASE, VERSIONS)


def test_a_small_change_inside_an_accepted_deletion_is_not_lost() -> None:
    versions = {
        "TR": "Condemned the acts of violence and vandalism.",
        "UZ": BASE.replace(", undermine public order", ""),
    }
    rolling = compile_clause(BASE, versions)
    done = accept(rolling, next(a.key for a in rolling.alternatives if a.parties == ("TR",)))
    assert done.text == versions["TR"]
    assert done.versions == versions


def test_accepting_a_small_change_leaves_the_long_deletion_as_it_is() -> None:
    versions = {
        "TR": "Condemned the acts of violence and vandalism.",
        "UZ": BASE.replace(", undermine public order", ""),
    }
    rolling = compile_clause(BASE, versions)
    done = accept(rolling, next(a.key for a in rolling.alternatives if a.parties == ("UZ",)))
    assert done.text == versions["UZ"]
    assert done.versions == versions


def test_a_key_of_another_text_is_refused() -> None:
    with pytest.raises(UnknownAlternative):
        accept(compile_clause(BASE, VERSIONS), "000000000000")


def test_rebasing_carries_over_what_does_not_meet() -> None:
    new = "Strongly condemned" + REST
    assert rebase(BASE, new, BASE.replace("vandalism", "arson")) == new.replace("vandalism", "arson")
    assert rebase(BASE, new, new) == new
    assert rebase(BASE, BASE, new) == new


@pytest.mark.parametrize("text", ["Deplored" + REST, "", "Deplored it."])
def test_rebasing_says_none_where_changes_meet(text: str) -> None:
    assert rebase(BASE, "Strongly condemned" + REST, text) is None


def test_closing_a_bracket_on_the_base_leaves_every_other_change() -> None:
    base = "Condemned the violence and the vandalism."
    rolling = compile_clause(
        base,
        {
            "AZ": "Strongly condemned the violence and the vandalism.",
            "UZ": "Deplored the violence.",
        },
    )
    key = next(a.key for a in rolling.alternatives if a.is_base and a.text.strip() == "Condemned")
    closed = close(rolling, key)
    assert closed.text == base
    assert closed.versions == {"AZ": base, "UZ": "Condemned the violence."}
