"""Folding: what a delegate types finds what was printed, and spans point into the printed text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenesh.register.words import words


def folded(text: str) -> list[str]:
    return [word.folded for word in words(text)]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("isil karadagli", "Işıl Karadağlı"),
        ("ISTANBUL", "İstanbul"),
        ("ıstanbul", "ISTANBUL"),
        ("leman serdarova", "Ləman Sərdarova"),
        ("ozbekiston", "Oʻzbekiston"),
        ("councils", "Council’s"),
        ("thordis eldjarn", "Þórdís Eldjárn"),
        ("еще", "Ещё"),
        ("strasse", "STRAẞE"),
        ("الاطراف", "الأَطْراف"),
        ("мир", "МИР"),
    ],
)
def test_what_is_typed_folds_to_what_is_printed(typed: str, printed: str) -> None:
    assert folded(typed) == folded(printed)


def test_letters_that_differ_stay_apart() -> None:
    assert folded("мои") != folded("мой")
    assert folded("हिन्दी") != folded("हन्द")


def test_chinese_characters_are_words() -> None:
    assert folded("北海峡") == ["北", "海", "峡"]


@pytest.mark.parametrize("text", ["", "   ", "«»—…!?", "'", "\u200d\u00ad", "\u0301"])
def test_a_text_without_letters_has_no_words(text: str) -> None:
    assert words(text) == ()


def test_a_span_holds_its_word_without_the_marks_around_it() -> None:
    text = "«Meridian Vision 2035», the Council’s ‘guide’"
    assert [text[slice(*word.span)] for word in words(text)] == [
        "Meridian",
        "Vision",
        "2035",
        "the",
        "Council’s",
        "guide",
    ]


@given(st.text(max_size=60))
def test_spans_are_in_order_and_inside_the_text(text: str) -> None:
    ends = 0
    for word in words(text):
        start, end = word.span
        assert ends <= start < end <= len(text)
        assert word.folded
        assert " " not in word.folded
        ends = end


@given(st.text(max_size=60))
def test_folding_is_deaf_to_the_unicode_form_of_latin_and_greek(text: str) -> None:
    plain = "".join(c for c in text if unicodedata.name(c, "").startswith(("LATIN", "GREEK", "SPACE")))
    assert folded(unicodedata.normalize("NFC", plain)) == folded(unicodedata.normalize("NFD", plain))
