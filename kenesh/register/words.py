"""Words of a text, folded for searching, with their places in the text as it stands.

Invariants
* Folding is the same for texts and for queries; the original text is never changed, only pointed into.
* A word is a run of letters and digits. Marks inside a word (apostrophes, ʻ, ʼ, joiners) do not break it.
* Case, Latin, Greek, Arabic and Hebrew marks, and the dot of the Turkish i are folded; the letters of other
  scripts keep their marks, because there a mark is often a vowel. Cyrillic ё is е, and й stays й.
* Chinese and Japanese characters are each a word, since nothing stands between words there.

>>> [word.folded for word in words("Işıl Karadağlı's İSTANBUL")]
['isil', 'karadaglis', 'istanbul']
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import msgspec

from kenesh.statement.model import Span

MAX_WORD = 80  # characters of a folded word that count; no natural word is longer

_LETTERS = {
    "ı": "i",
    "İ": "i",
    "ə": "e",
    "Ə": "e",
    "ø": "o",
    "Ø": "o",
    "đ": "d",
    "Đ": "d",
    "ð": "d",
    "Ð": "d",
    "ł": "l",
    "Ł": "l",
    "þ": "th",
    "Þ": "th",
    "æ": "ae",
    "Æ": "ae",
    "œ": "oe",
    "Œ": "oe",
    "ŋ": "n",
    "Ŋ": "n",
    "ё": "е",
    "Ё": "е",
    "ى": "ي",
    "ة": "ه",
    "ـ": "",
}
_JOINS = frozenset("'’‘ʻʼʹ`´\u00ad\u200c\u200d")
_FOLDED_MARKS = ("LATIN", "GREEK", "ARABIC", "HEBREW")


class Word(msgspec.Struct, frozen=True):
    """A word as it is searched for, and where it stands in the original text."""

    folded: str
    span: Span


@lru_cache(maxsize=8192)
def fold(character: str) -> str:
    """The searchable form of one character; empty where it carries none."""
    if character in _LETTERS:
        return _LETTERS[character]
    plain = unicodedata.normalize("NFKC", character).casefold()
    parts = unicodedata.normalize("NFD", plain)
    if unicodedata.name(parts[:1], "").startswith(_FOLDED_MARKS):
        plain = "".join(_LETTERS.get(part, part) for part in parts if unicodedata.category(part) != "Mn")
    return "".join(part for part in plain if part.isalnum() or unicodedata.category(part)[0] == "M")


@lru_cache(maxsize=8192)
def _is_dropped_mark(character: str, before: str) -> bool:
    return unicodedata.category(character) == "Mn" and unicodedata.name(before, "").startswith(_FOLDED_MARKS)


@lru_cache(maxsize=8192)
def _stands_alone(character: str) -> bool:
    return unicodedata.name(character, "").startswith(("CJK UNIFIED", "CJK COMPAT", "HIRAGANA", "KATAKANA"))


def words(text: str) -> tuple[Word, ...]:
    """The words of `text` in order; spans count characters of `text` and never overlap.

    Never fails: a text without letters and digits has no words.
    """
    found: list[Word] = []
    start, end, run, before = 0, 0, "", ""
    for at, character in enumerate(text):
        kind = unicodedata.category(character)[0]
        if run and kind == "M" and _is_dropped_mark(character, before):
            end = at + 1
            continue
        if run and character in _JOINS:
            continue
        may_stand = kind in "LN" or (kind == "M" and run)  # a mark does not begin a word
        folded = fold(character) if may_stand else ""
        if not folded and character != "ـ":
            run = _close(found, run, start, end)
        elif _stands_alone(character):
            _close(found, run, start, end)
            found.append(Word(folded, (at, at + 1)))
            run = ""
        else:
            start = start if run else at
            run, before, end = run + folded, character, at + 1
    _close(found, run, start, end)
    return tuple(found)


def _close(found: list[Word], run: str, start: int, end: int) -> str:
    if run:
        found.append(Word(run[:MAX_WORD], (start, end)))
    return ""
