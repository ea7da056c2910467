"""What may be a clause's text."""

from __future__ import annotations

import unicodedata

import pytest

from kenesh.drafting import ControlCharacter, DeceptiveText, EmptyText, TooLong, check_text

KEPT = [
    "Azərbaycanın ərazi bütövlüyü",
    "İstanbul'da ışıklı görüşme",
    "Қазақстанның егемендігі мен тұтастығы",
    "نؤكد من جديد دعمنا",
    "می‌خواهیم خانه‌ها",  # ZWNJ inside Persian words
    "क्‍ष",  # ZWJ after a virama
    "O‘zbekiston Respublikasi",
    "維持和平與安全。",
    "<b>Stressed</b> & <script>alert(1)</script>",
    "«Turkic World Vision - 2040» – 5 % … “quoted”",
]


@pytest.mark.parametrize("text", KEPT)
def test_letters_of_every_script_and_html_are_kept(text: str) -> None:
    assert check_text(text) == unicodedata.normalize("NFC", text)


def test_white_space_is_folded_and_letters_composed() -> None:
    assert check_text("\tRe\u0301affirmed\r\n their\u00a0 support\u2028") == "Réaffirmed their support"


@pytest.mark.parametrize("character", ["\u202e", "\u202a", "\u2066", "\u2069", "\u200e", "\u061c"])
def test_bidirectional_controls_are_refused(character: str) -> None:
    with pytest.raises(DeceptiveText, match=rf"Character 3 is U\+{ord(character):04X}"):
        check_text(f"no{character}t condemned")


@pytest.mark.parametrize(
    "character", ["\u200b", "\ufeff", "\u00ad", "\u2060", "\u3164", "\ufe0f", "\U000e0041"]
)
def test_invisible_characters_are_refused(character: str) -> None:
    with pytest.raises(DeceptiveText):
        check_text(f"con{character}demned")


@pytest.mark.parametrize(
    "text", ["con\u200cdemned", "\u200cخانه", "خانه\u200d", "خانه \u200cها", "осу\u200dдил"]
)
def test_joiners_are_refused_where_they_do_not_spell(text: str) -> None:
    with pytest.raises(DeceptiveText):
        check_text(text)


@pytest.mark.parametrize(
    "character", ["\x00", "\x07", "\x1b", "\x1f", "\x7f", "\x9b", "\ud800", "\ue000", "\uffff"]
)
def test_what_is_no_text_is_refused_with_its_place(character: str) -> None:
    with pytest.raises(ControlCharacter, match="Character 5 is U\\+"):
        check_text(f"lead{character}ing")


@pytest.mark.parametrize("text", ["", " \n\t "])
def test_nothing_is_refused(text: str) -> None:
    with pytest.raises(EmptyText):
        check_text(text)


def test_a_text_too_long_is_refused_with_its_length() -> None:
    assert len(check_text("a" * 20_000)) == 20_000
    with pytest.raises(TooLong, match="20001"):
        check_text("a" * 20_001)
