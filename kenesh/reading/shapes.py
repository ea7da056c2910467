"""What a block looks like, seen alone: numbers, formulas, headings, closing lines.

Every pattern is anchored and bounded, so that a hostile line costs no more than its length.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Class = Literal["arabic", "decimal", "letter", "roman", "bullet"]

_NUMBER = re.compile(
    r"(?P<arabic>\(?\d{1,3}(?:\s(?:bis|ter|quater|quinquies))?[.)]|\(\d{1,3}\)|(?:PP|OP)\s?\d{1,3}"
    r"(?:\s?(?:bis|ter|quater|alt(?:\s\d)?))?[.:)]?)"
    r"|(?P<decimal>\d{1,3}(?:\.\d{1,3}){1,3}\.?)"
    r"|(?P<roman>\(?[ivx]{1,6}[.)]|\([ivx]{1,6}\))"
    r"|(?P<letter>\(?[a-z]{1,2}\)|[a-z]\.)"
    r"|(?P<bullet>[–—•·▪‣◦●*-])"
)
_ROMAN = re.compile(r"\(?([ivx]{1,6})[.)]")
_SECTION = re.compile(r"(?:[IVXL]{1,6}|[A-Z])\.?\s+(?=\S)")
_RULE = re.compile(r"[\s_*=~.–—-]{1,200}$")
_ANNEX = re.compile(r"(?:ANNEX(?:ES)?|Annex(?:es)?|APPENDIX|Appendix|Attachment)\b")

_WORDS_BEFORE_COLON = re.compile(
    r"(?:\bha(?:s|ve|d)|\bagreed(?: to| on| that| upon)?|\bdecided(?: to)?|\bdeclares?(?: that)?|\bhereby"
    r"|\bas follows|\bfollowing (?:statement|declaration|communiqu[ée]|decision|resolution)[^:]{0,60}"
    r"|\bresolves?|\bunderstanding|\breached (?:the )?following[^:]{0,40}|\bissued[^:]{0,60})\s?:$",
    re.IGNORECASE,
)
_ORGAN = re.compile(r"(?:The|THE|We,|WE,|La|Le|Les|El|Los|Las|Die|Der)\s|L[’']")

_CLOSING = re.compile(
    r"\[?(?:Adopted|ADOPTED)\b"
    r"|\d{1,5}(?:st|nd|rd|th)\s(?:\((?:closing|resumed)\)\s)?(?:plenary\s|closed\s|formal\s)?(?:meeting|session)\b"
    r"|(?:Done|DONE|Signed)\s(?:at|in|on|this)\b|Issued\s(?:at|in|on)\b|(?:For|On behalf of) the\b"
    r"|\(Signed\)|Resolution adopted\b"
)
_PLACE_AND_DATE = re.compile(
    r"(?:[A-ZÀ-Þİ][\w’'-]{1,30}(?:\s[A-ZÀ-Þ][\w’'-]{1,30}){0,3},?\s)?"
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s[A-Z][a-z]{2,8}\.?,?\s\d{4}|[A-Z][a-z]{2,8}\s\d{1,2},?\s\d{4})\.?$"
)


class Number(NamedTuple):
    """A number as printed, its class, and where the words after it begin."""

    printed: str
    kind: Class
    end: int


def number(text: str) -> Number | None:
    """The number at the beginning of `text`, None where it begins with words."""
    match = _NUMBER.match(text)
    if match is None or not text[match.end() : match.end() + 1].isspace():
        return None
    kind = match.lastgroup
    end = match.end()
    while end < len(text) and text[end].isspace():
        end += 1
    if end == len(text):
        return None
    return Number(match[0], kind, end)  # type: ignore[arg-type]


def is_roman(printed: str) -> bool:
    """Whether "(i)", "v." can be a Roman numeral."""
    return _ROMAN.fullmatch(printed) is not None


def is_rule(text: str) -> bool:
    """A line of dashes, stars or dots: it carries no words."""
    return _RULE.match(text) is not None


def is_annex(text: str) -> bool:
    """The line that opens an annex."""
    return _ANNEX.match(text) is not None and len(text) <= 160 and not text.endswith((".", ";", ","))


def is_formula(text: str) -> bool:
    """The words that carry the clauses: "The General Assembly,", "... has:", "agreed to:"."""
    if len(text) > 600:
        return False
    if text.endswith(":"):
        return _WORDS_BEFORE_COLON.search(text, max(0, len(text) - 140)) is not None
    if not text.endswith(","):
        return False
    return _ORGAN.match(text) is not None and (len(text.split()) <= 16 or text.lower().startswith("we,"))


def is_closing(text: str) -> bool:
    """Meeting, place, date, vote and signatures after the last clause."""
    return len(text) <= 240 and bool(_CLOSING.match(text) or _PLACE_AND_DATE.match(text))


def is_heading(text: str) -> bool:
    """A short line without a sentence's end, in capitals or Title Case, or with a section's number."""
    if len(text) > 140 or text.endswith((".", ";", ",")) or not any(letter.isalpha() for letter in text):
        return False
    bare = text[match.end() :] if (match := _SECTION.match(text)) else text
    words = [word for word in bare.rstrip(":").split() if word[0].isalpha()]
    if not words or len(words) > 16:
        return False
    if text.isupper() or match is not None:
        return True
    large = sum(1 for word in words if word[0].isupper() or len(word) <= 4)
    return words[0][0].isupper() and large >= 0.7 * len(words) and len(words) <= 12


def is_sentence(text: str) -> bool:
    """Whether `text` is prose: long, or with a verb's end to it."""
    return len(text) > 400 or (len(text) > 60 and text.endswith((".", ";", ":", ".”")))
