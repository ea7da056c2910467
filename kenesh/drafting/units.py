"""The smallest pieces of a text that a bracket may hold: the leading phrase, a word, a mark.

    units("Strongly condemned the acts, and") -> ("Strongly condemned", " the", " acts", ",", " and")

Invariants
* Joined, the units of a text are the text, character for character: white space belongs to the unit after it.
* A leading phrase ("Condemned in the strongest terms") is one unit; so are "counter-terrorist", "H.E.",
  "100,000", "A/RES/75/1"; a mark of punctuation is one; an ideograph is one.
* Inside, a unit is a *token*: its bare characters where the white space before it is what a reader expects
  between its neighbours ("lives," but "lives and"), else marked with the white space it really has. So the
  same word is the same token at the start of a clause and in its middle, and `joined(tokens(t)) == t`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from kenesh.statement.lexicon import Lexicon

# Combining marks are letters to us: Arabic and Indic vowels, Vietnamese tones left apart by NFC.
_MARKS = "".join(chr(c) for c in range(0x0300, 0x3100) if unicodedata.category(chr(c)) in ("Mn", "Mc", "Me"))
_EAST = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_LETTER = rf"[\w{_MARKS}\u200c\u200d]"
_RUN = rf"(?:(?![{_EAST}]){_LETTER})+"
_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # H.E., U.N.
    rf"|{_RUN}(?:(?:[-\u2010\u2011'‘’/&·]|(?<=\d)[.,:](?=\d)){_RUN})*"
    rf"|[{_EAST}][{_MARKS}]*"
    r"|\S"
)
_EXPLICIT = "\x1f"  # white space itself, so it is never the first character of a bare token
_CLOSING = frozenset(",.;:!?)]}»”’…%،؛؟、。，；：）」』")
_OPENING = frozenset("([{«“‘„¿¡（「『")
_WIDE = re.compile(rf"[{_EAST}\u3000-\u303f\uff00-\uffef]")

LIGHT = frozenset(
    {"a", "an", "and", "any", "as", "at", "but", "by", "for", "from", "in", "into", "its", "nor", "of"}
    | {"on", "or", "our", "that", "the", "their", "this", "to", "which", "who", "with"}
)
CONJUNCTIONS = frozenset({"and", "or", "nor", "but", "as", "including", "while"})


def units(text: str) -> tuple[str, ...]:
    """The units of `text`; joined they are the text again."""
    return tuple(space + bare for space, bare in _pieces(text))


def tokens(text: str) -> tuple[str, ...]:
    """The units of `text` as tokens: equal words are equal whatever stands beside them."""
    made, before = [], ""
    for space, bare in _pieces(text):
        made.append(bare if bare and space == expected(before, bare) else _EXPLICIT + space + bare)
        before = bare
    return tuple(made)


def joined(parts: Iterable[str]) -> str:
    """The text of a row of tokens, with white space where a reader expects it or where it really was."""
    out, before = [], ""
    for token in parts:
        space, word = split(token)
        out.append((expected(before, word) if space is None else space) + word)
        before = word
    return "".join(out)


def split(token: str) -> tuple[str | None, str]:
    """The white space a token insists on (None: whatever is expected) and its bare characters."""
    if not token.startswith(_EXPLICIT):
        return None, token
    word = token[1:].lstrip()
    return token[1 : len(token) - len(word)], word


def bare(token: str) -> str:
    """The characters of a token without white space."""
    return split(token)[1]


def expected(before: str, word: str) -> str:
    """The white space a reader expects between two bare tokens; "" before means the start of the text."""
    if not before or not word or word[0] in _CLOSING or before[-1] in _OPENING:
        return ""
    return "" if _WIDE.match(word) and _WIDE.match(before[-1]) else " "


def is_word(token: str) -> bool:
    """Whether a token holds a letter or a digit, so that it counts as a word."""
    return any(c.isalnum() for c in token)


def is_light(token: str) -> bool:
    """Whether a token carries little on its own: an article, a conjunction, a mark."""
    word = bare(token)
    return word.casefold() in LIGHT or not is_word(word)


def word_count(parts: Iterable[str]) -> int:
    """Words in a row of tokens; a leading phrase counts each of its words."""
    return sum(len(bare(token).split()) for token in parts if is_word(token))


def _pieces(text: str) -> list[tuple[str, str]]:
    """White space and bare characters, unit by unit; white space at the very end is a piece of its own."""
    pieces, at = [], _lead(text)
    if at:
        start = len(text) - len(text.lstrip())
        pieces.append((text[:start], text[start:at]))
    for match in _TOKEN.finditer(text, at):
        pieces.append((text[at : match.start()], match[0]))
        at = match.end()
    if at < len(text):
        pieces.append((text[at:], ""))
    return pieces


def _lead(text: str) -> int:
    """Where the leading phrase ends, 0 where there is none or where it would end inside a word."""
    end = Lexicon.english().lead_unit(text)
    inside = 0 < end < len(text) and all(re.match(_LETTER, c) for c in text[end - 1 : end + 1])
    return 0 if inside or not text[:end].strip() else end
