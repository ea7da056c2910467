"""What may be a clause's text: one line that says what it seems to say.

    check_text("  Reaffirmed\\n their  support ")  -> "Reaffirmed their support"
    check_text("paid \\u202eevif\\u202c")           -> DeceptiveText

Invariants
* The result is NFC, one line, single plain spaces, trimmed, 1 to 20,000 characters; checked again it
  stays as it is.
* Every visible character of every script is kept. HTML and Markdown are text like any other.
* Nothing invisible is kept, but for the joiners that Arabic, Indic and other joining scripts spell with.

Source: Unicode 15, UAX #9 (bidirectional controls), UTS #39 (joiners in identifiers), DerivedCoreProperties
(Default_Ignorable_Code_Point).
"""

from __future__ import annotations

import unicodedata

from kenesh.errors import BadInput
from kenesh.statement.nfc import nfc

MAX_CHARACTERS = 20_000  # of 99,152 paragraphs of UN texts two are longer; half have 309 or fewer

_JOINERS = "\u200c\u200d"
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_DO_NOT_JOIN = (
    "LATIN",
    "CYRILLIC",
    "GREEK",
    "ARMENIAN",
    "GEORGIAN",
    "HEBREW",
    "CJK",
    "HIRAGANA",
    "KATAKANA",
    "HANGUL",
)


class EmptyText(BadInput):
    """There is no text."""

    code = "drafting.empty-text"
    template = "The text is empty."
    advice = "Write the clause, or propose to delete it."


class TooLong(BadInput):
    """The text is longer than a clause may be."""

    code = "drafting.too-long"
    template = "The text has {length} characters; a clause may have {limit}."
    advice = "Divide it into several clauses."


class ControlCharacter(BadInput):
    """The text holds a character that is no text at all."""

    code = "drafting.control-character"
    template = "Character {position} is {character}, which is not text."
    advice = "Remove it; it often comes from copying out of another program."


class DeceptiveText(BadInput):
    """The text holds something invisible, so that it may say other than it seems to."""

    code = "drafting.deceptive-text"
    template = (
        "Character {position} is {character}, which cannot be seen and may change what the text seems to say."
    )
    advice = "Remove it, or type the passage again."


def check_text(text: str) -> str:
    """The text of a clause as it will be kept.

    Args:
        text: what somebody typed or pasted; line breaks and runs of white space become one space.

    Raises:
        EmptyText: nothing but white space.
        TooLong: more than 20,000 characters after white space is folded.
        ControlCharacter: a control character, a lone surrogate, a private-use or non-character.
        DeceptiveText: a bidirectional control, or another invisible character, other than a joiner between
            letters of a script that joins.
    Both of the last name the character and its position, counted from 1 in the text as given.
    """
    if len(text) > 20 * MAX_CHARACTERS:
        raise TooLong(length=len(text), limit=MAX_CHARACTERS)
    for at, character in enumerate(text):
        _check_character(text, at, character)
    folded = " ".join(nfc(text).split())
    if not folded:
        raise EmptyText()
    if len(folded) > MAX_CHARACTERS:
        raise TooLong(length=len(folded), limit=MAX_CHARACTERS)
    return folded


def _check_character(text: str, at: int, character: str) -> None:
    if character < "\x7f" and character >= " ":
        return
    category = unicodedata.category(character)
    where = {"position": at + 1, "character": _named(character)}
    if category in ("Cs", "Co") or _is_noncharacter(character):
        raise ControlCharacter(**where)
    if category == "Cc" and character not in "\t\n\v\f\r\x85":
        raise ControlCharacter(**where)
    if character in _JOINERS:
        if not _joins(text, at):
            raise DeceptiveText(**where)
    elif character in _BIDI or character in _INVISIBLE or category == "Cf" or _is_selector(character):
        raise DeceptiveText(**where)


def _joins(text: str, at: int) -> bool:
    """Whether a joiner stands between letters (or their marks) of a script in which it spells."""
    if not 0 < at < len(text) - 1:
        return False
    before, after = text[at - 1], text[at + 1]
    if unicodedata.category(before)[0] not in "LM" or not after.isalpha():
        return False
    return not any(unicodedata.name(c, "").startswith(_DO_NOT_JOIN) for c in (before, after))


def _is_selector(character: str) -> bool:
    """Variation selectors, which change at most the look of what is before them."""
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def _is_noncharacter(character: str) -> bool:
    return ord(character) & 0xFFFE == 0xFFFE or "\ufdd0" <= character <= "\ufdef"


def _named(character: str) -> str:
    name = unicodedata.name(character, "a control character" if ord(character) < 0xA0 else "unnamed")
    return f"U+{ord(character):04X} ({name.lower()})"
