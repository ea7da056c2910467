"""The attendance: who was there, with which title, for which state.

    "attended by H.E. Péter Szijjártó, Minister of Foreign Affairs and Trade of Hungary, H.E. Rashid Meredov
    Deputy Chairman of the Cabinet of Ministers and Minister of Foreign Affairs of Turkmenistan and ..."

A person begins at an honorific; the comma after the name may be missing. The state is the first known name
after an "of"; what is no state (an organization) ends where the next person or sentence begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kenesh.reading.states import state_at
from kenesh.statement.model import Span

_HONORIFIC = re.compile(
    r"\b(?:H\.\s?E\.|(?:His|Her|Their) Excellenc(?:y|ies)|H\.\s?R\.\s?H\.|the (?:Right )?Hon(?:ou?rable|\.))"
    r"(?:\s(?:Mr|Mrs|Ms|Dr|Prof|Sheikh|Amb|Ambassador)\b\.?)?\s"
    r"|\b(?:Mr|Mrs|Ms|Dr)\.?\s(?=[A-Z])",
    re.IGNORECASE,
)
_TITLE_WORDS = """
Minister Deputy Secretary President Prime Chairman Chairperson Chair Chairwoman Ambassador Foreign
Under Head Permanent State Director High First Second Vice Acting Special Charg Chancellor Member
Speaker Commissioner Representative Assistant Adviser Advisor Undersecretary Federal Executive
Governor King Prince Crown Sultan Emir General Senior
"""
_TITLE_START = re.compile(rf"\s(?=(?:{'|'.join(_TITLE_WORDS.split())})\b)")
_OF = re.compile(r"\s(?:of|for|from|to)\s(?:the\s)?|,\s(?=[A-Z])")
_END = re.compile(
    r",?\s(?:and\s)?(?:attended|accompanied|with the participation)\b|;|\.(?=\s[A-Z]|$)|,?\sand$|,$|\s\("
)
_CHAIR = re.compile(
    r"(?:chaired by|chairmanship of|chairpersonship of|presided over by|presidency of|under the chair of)"
    r"\s(?:the\s)?$",
    re.IGNORECASE,
)
_OBSERVED = re.compile(r"\bas (?:an )?observers?\b[^.]{0,40}$", re.IGNORECASE)
_SECRETARY = re.compile(
    r"((?:Deputy |Assistant |Acting )?(?:Secretary[- ]General|President|Chairman|Commissioner))"
    r"\sof\s(?:the\s)?"
)
# "Minister of ..." goes on with what the minister is for, not with the state.
_OFFICES = frozenset(
    ("Minister", "Secretary", "State", "Chairman", "Ministry", "Head", "Director", "Cabinet")
)
_OFFICE_IN = re.compile(r"\b(?:Minist|Affairs|Trade|Foreign|Cabinet|Cooperation|Secretar|Defen[cs]e|Economy)")
_STATE = re.compile(r"[A-ZÀ-Þİ][\w’-]*(?:\s(?:of\s|and\s|the\s)*[A-ZÀ-Þİ][\w’-]*){0,6}")
_REACH = 400  # characters of one person's entry


class Person(NamedTuple):
    """One named participant and where name, title and state stand in the text."""

    name: str
    title: str | None
    state: str | None
    code: str | None
    chairs: bool
    span: Span


def find_people(text: str, own: Mapping[str, str]) -> tuple[Person, ...]:
    """The people named in `text`, in order; a person named twice stands twice.

    Args:
        text: a paragraph of the attendance, at most 20,000 characters are looked at.
        own: names of states in the body's profile, and their codes.
    """
    return tuple(_people(text[:20_000], own))


def _people(text: str, own: Mapping[str, str]) -> Iterator[Person]:
    starts = list(_HONORIFIC.finditer(text))
    for index, match in enumerate(starts):
        limit = starts[index + 1].start() if index + 1 < len(starts) else len(text)
        segment = text[match.end() : min(limit, match.end() + _REACH)].rstrip()
        chairs = _CHAIR.search(text, max(0, match.start() - 60), match.start()) is not None
        person = _person(segment, own, match.end(), chairs)
        if person is not None:
            yield person


def _person(segment: str, own: Mapping[str, str], at: int, chairs: bool) -> Person | None:
    comma = segment.find(",")
    title_start = _TITLE_START.search(segment)
    ends = [e for e in (comma, title_start.start() if title_start else -1) if e > 0]
    name = segment[: min(ends)] if ends else re.split(r"\sof\s|\.", segment)[0]
    if not 2 <= len(name) <= 80 or not name[:1].isupper():
        return None
    rest = segment[len(name) :].lstrip(", ")
    offset = len(segment) - len(rest)
    title, state, code, length = _office(rest, own)
    return Person(
        name.strip(), title, state, code, chairs, (at, at + (offset + length if title else len(name)))
    )


def _office(rest: str, own: Mapping[str, str]) -> tuple[str | None, str | None, str | None, int]:
    """Title, state, code, and how many characters of `rest` they take."""
    for link in _OF.finditer(rest):
        found = state_at(rest, link.end(), own)
        if found is not None and link.start() > 0:
            return rest[: link.start()], found.name, found.code, found.end
    return _unknown(rest)


def _unknown(rest: str) -> tuple[str | None, str | None, str | None, int]:
    """The same where the state is in no table: it follows the last office, in capitals."""
    end = _END.search(rest)
    rest = rest[: end.start()] if end else rest
    rest = rest.rstrip(" ,.")
    if not rest:
        return None, None, None, 0
    head = _SECRETARY.match(rest)
    if head is not None and head.end() < len(rest):
        return head[1], rest[head.end() :], None, len(rest)
    for link in _OF.finditer(rest):
        office = rest[: link.start()].rsplit(" ", 1)[-1]
        state = rest[link.end() :]
        if office not in _OFFICES and _STATE.fullmatch(state) and not _OFFICE_IN.search(state):
            return rest[: link.start()], state, None, len(rest)
    return rest, None, None, len(rest)
