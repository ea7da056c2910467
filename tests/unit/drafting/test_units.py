"""The smallest pieces a bracket may hold."""

from __future__ import annotations

import pytest

from kenesh.drafting import units
from kenesh.drafting.units import expected, is_light, joined, tokens, word_count


def test_the_leading_phrase_is_one_unit() -> None:
    assert units("Condemned in the strongest terms the acts.")[0] == "Condemned in the strongest terms"
    assert units("Strongly condemned the acts, and") == ("Strongly condemned", " the", " acts", ",", " and")


@pytest.mark.parametrize(
    "word",
    [
        "counter-terrorist",
        "H.E.",
        "100,000",
        "S/PRST/2020/11",
        "O‘zbekiston",
        "Oʻzbekiston",
        "people’s",
        "10:30",
        "and/or",
        "می\u200cخواهیم",
        "тұтастығы",
        "دَعم",
        "état",
    ],
)
def test_a_word_is_never_cut(word: str) -> None:
    assert units(f"to {word} it") == ("to", f" {word}", " it")


def test_marks_and_ideographs_stand_alone() -> None:
    assert units("lives, (order).") == ("lives", ",", " (", "order", ")", ".")
    assert units("维持和平。") == ("维", "持", "和", "平", "。")


def test_a_word_is_the_same_token_wherever_it_stands() -> None:
    assert set(tokens("acts (acts) acts, acts")) == {"acts", "(", ")", ","}


@pytest.mark.parametrize(
    "text", ["", " ", "a  b", " a", "a ", 'the "acts" of', "a ,b", "x\n\ty", "( a )", "«Vision » "]
)
def test_white_space_that_nobody_expects_is_kept(text: str) -> None:
    assert joined(tokens(text)) == text == "".join(units(text))


def test_what_a_reader_expects_between_two_units() -> None:
    pairs = [("", "a"), ("a", "b"), ("a", ","), ("(", "a"), (")", "a"), ("和", "平")]
    assert [expected(a, b) for a, b in pairs] == [
        "", " ", "", "", " ", "",
    ]  # fmt: skip


def test_words_are_counted_as_a_reader_counts() -> None:
    assert word_count(tokens("Strongly condemned the acts, and – in 2022 – more.")) == 8
    assert is_light("and")
    assert is_light(",")
    assert not is_light("violence")
