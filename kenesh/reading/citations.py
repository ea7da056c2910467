"""References to other texts, with their date and a normalized target.

    "the Nakhchivan Agreement on the Establishment of ... of 3 October 2009"  date 2009-10-03
    "the statement of the Organization of Turkic States of 6 January 2022"    date 2022-01-06
    "resolutions 70/262 and 2282 (2016)", "S/2021/175", "«Turkic World Vision - 2040»"

Invariants
* Spans count characters of the clause's own text and never overlap; they are in order.
* A target is a symbol as its body writes it ("A/RES/70/262"), else the cited name without date and quotes.
* Work is linear: each beginning looks at most `_REACH` characters around it, in the first `_TEXT` only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kenesh.reading.dates import find_dates
from kenesh.statement.model import Citation

_REACH = 300  # characters of a cited title: more than any title, few enough to keep the work linear
_TEXT = 20_000  # characters of a clause that are looked at; the longest annotated one has 8,211

_KIND = re.compile(
    r"\b(?:Agreement|Charter|Convention|Covenant|Treaty|Declaration|Protocols?|Pact|Accords?|Communiqu[ée]|"
    r"Statement|Memorandum|Programme of Action|Plan of Action|Action Plan|Road ?map|Vision|Agenda|Strategy|"
    r"Global Compact|Framework|Concept|Constitution|Rules of Procedure|Final Act)\b"
)
_SMALL_KIND = re.compile(
    r"\b(?:(?:joint|political|ministerial|final|press|presidential)\s)?"
    r"(?:agreement|charter|convention|treaty|declaration|protocol|communiqu[ée]|statement|memorandum)s?"
    r"\s(?=(?:of|by|on|adopted by)\s)"
)
# These need a name beside them: "the Charter" alone is no citation.
_VAGUE_TEXT = """
Framework Vision Agenda Strategy Concept Statement Communiqué Constitution Agreement Treaty
Declaration Convention Charter Covenant Pact
"""
_VAGUE = frozenset(_VAGUE_TEXT.split())
_WORD = re.compile(r"[^\W_][\w’'.–-]*")
_LINKS_TEXT = "of the on for against concerning between among its and de la"
_LINKS = frozenset(_LINKS_TEXT.split())
_NOT_NAMES_TEXT = "The This That These In On For And By All Its Their His Her"
_NOT_NAMES = frozenset(_NOT_NAMES_TEXT.split())
_DATE_BRIDGE = re.compile(
    r",?\s(?:of|dated|from|adopted (?:in [A-Z]\w+ )?on|signed (?:in [A-Z]\w+ )?on|issued on)\s"
)

_QUOTED = re.compile(r"[«“\"]([^«»“”\"]{3,200})[»”\"]")
_QUOTED_KIND = re.compile(
    r"vision|strateg|agenda|declaration|programme|\bplan\b|road ?map|initiative|concept|compact"
    r"|agreement|statement",
    re.IGNORECASE,
)
_AFTER_QUOTE = re.compile(r"\s(?:document|declaration|statement|programme|plan|strategy|concept|report)\b")

_SYMBOL = re.compile(
    r"\b(?:[A-Z]{1,5}(?:-[A-Z]+)?)/(?:[A-Z0-9][A-Za-z0-9.-]{0,15}/){0,4}[A-Z0-9][A-Za-z0-9.-]{0,15}"
    r"(?:\s?\((?:19|20)\d\d\))?"
)
_NUMBER = (
    r"(?:(?:ES-\d{1,2}|S-\d{1,2}|\d{1,4})/(?:\d{1,3}(?:\s[A-Z]\b)?|[A-Z]{2,5}\.\d{1,3})"
    r"|\d{1,4}(?:\s[A-Z])?\s\((?:(?:19|20)\d\d|[SE-]{0,3}[IVXL]{1,8})\))"
)
_NUMBERED = re.compile(
    rf"\b(?:[Rr]esolutions?|[Dd]ecisions?)\s(?={_NUMBER})|\b(?=\d{{1,4}}\s\((?:19|20)\d\d\))"
)
_ONE_NUMBER = re.compile(_NUMBER)
_NEXT_NUMBER = re.compile(
    rf"(?:,(?:\sand)?|\sand|\sto|\sor)\s(?:Assembly |Council )?(?:resolutions?\s)?(?={_NUMBER})"
)


# Years and numbers of well-known resolutions of the Security Council; the last is a guess at its pace.
_COUNCIL_SERIES = (
    (1946, 1),
    (1950, 84),
    (1967, 242),
    (1973, 338),
    (1987, 598),
    (1992, 777),
    (1999, 1244),
    (2006, 1701),
    (2013, 2118),
    (2021, 2563),
    (2024, 2728),
    (2099, 6400),
)
_SERIES_SLACK = 120  # about two years of resolutions


def find_citations(text: str) -> tuple[Citation, ...]:
    """The texts that `text` refers to, in order, without overlaps (the first and longest wins)."""
    shown = text[:_TEXT]
    found = [*_numbered(shown), *_symbols(shown), *_quoted(shown), *_named(shown), *_small(shown)]
    kept: list[Citation] = []
    for citation in sorted(found, key=lambda c: (c.span[0], -c.span[1])):
        if not kept or citation.span[0] >= kept[-1].span[1]:
            kept.append(citation)
    return tuple(kept)


def _numbered(text: str) -> Iterator[Citation]:
    """Resolutions and decisions by number, with those listed after them."""
    reached = 0
    for head in _NUMBERED.finditer(text):
        at: int | None = head.end()
        while at is not None and at >= reached:
            match = _ONE_NUMBER.match(text, at)
            if match is None:
                break
            date, end = _date_after(text, match.end())
            yield Citation(match[0], match.span(), date, _symbol_of(match[0]))
            reached = end
            following = _NEXT_NUMBER.match(text, end)
            at = following.end() if following else None


def _symbol_of(number: str) -> str:
    """The symbol under which a numbered resolution is filed, the number itself where that is unknown.

    Source: the numbering of the United Nations' bodies (session/number for the Assembly, number (year) for
    the Security Council, year/number for the Economic and Social Council).
    """
    tight = number.replace(" ", "")
    if numbered := re.fullmatch(r"(\d{1,4})\(((?:19|20)\d\d)\)", tight):
        ours = _in_council_series(int(numbered[1]), int(numbered[2]))
        return f"S/RES/{tight}" if ours else f"resolution {number}"
    if re.fullmatch(r"(?:19|20)\d\d/\d{1,3}[A-Z]?", tight):
        return f"E/RES/{tight}"
    if re.fullmatch(r"(?:\d{1,3}|ES-\d+|S-\d+)/\d{1,3}[A-Z]?|\d{1,4}[A-Z]?\([SE-]*[IVXL]+\)", tight):
        return f"A/RES/{tight}"
    return number


def _in_council_series(number: int, year: int) -> bool:
    """Whether the Security Council, which numbers through since 1946, can have reached `number` in `year`.

    Other councils number their own resolutions in the same way: "resolution 18 (2026)" is none of its.
    """
    for (first, low), (last, high) in pairwise(_COUNCIL_SERIES):
        if year <= last:
            expected = low + (high - low) * (year - first) / (last - first)
            return abs(number - expected) <= _SERIES_SLACK
    return False


def _symbols(text: str) -> Iterator[Citation]:
    for match in _SYMBOL.finditer(text):
        symbol = match[0].rstrip(".-")
        if any(letter.isdigit() for letter in symbol):
            span = (match.start(), match.start() + len(symbol))
            yield Citation(symbol, span, None, symbol.replace(" ", ""))


def _quoted(text: str) -> Iterator[Citation]:
    for match in _QUOTED.finditer(text):
        name = match[1]
        if name[:1].isupper() and (_QUOTED_KIND.search(name) or _AFTER_QUOTE.match(text, match.end())):
            date, _ = _date_after(text, match.end())
            yield Citation(name, match.span(1), date, _target(name))


def _named(text: str) -> Iterator[Citation]:
    for match in _KIND.finditer(text):
        start = _left(text, match.start())
        end = _right(text, match.end())
        bare = (start, end) == match.span()
        if bare and match[0] in _VAGUE:
            continue
        date, _ = _date_after(text, end)
        yield Citation(text[start:end], (start, end), date, _target(text[start:end]))


def _small(text: str) -> Iterator[Citation]:
    """ "the statement of the Organization of 6 January 2022": lower-case, so only with a date."""
    for match in _SMALL_KIND.finditer(text):
        end = _right(text, match.end() - 1)
        date, _ = _date_after(text, end)
        if date is not None:
            yield Citation(
                text[match.start() : end], (match.start(), end), date, _target(text[match.start() : end])
            )


def _left(text: str, start: int) -> int:
    """Where the capitalised words before a kind of text begin; a clause's first word is its verb."""
    for _ in range(9):
        before = text.rfind(" ", max(0, start - 30), max(0, start - 1)) + 1
        word = text[before : start - 1]
        if (
            before == 0
            or text[start - 1 : start] != " "
            or not _is_name(word)
            or word.endswith((",", ".", ";"))
        ):
            return start
        start = before
    return start


def _right(text: str, end: int) -> int:
    """Where the name that begins before `end` ends: link words only if a capitalised word follows."""
    limit = min(len(text), end + _REACH)
    at = end
    while (match := _WORD.match(text, at + 1, limit)) and text[at] == " ":
        word = match[0].rstrip(".")
        at = match.start() + len(word)
        if _is_name(word):
            if (
                find_dates(text[match.start() : match.start() + 24])
                and word[0].isdigit()
                and text[at : at + 1] == " "
            ):
                return end
            end = at
        elif word == "to" and text[end - 5 : end] == "Right":
            continue
        elif word not in _LINKS or (word == "the" and text[match.start() - 5 : match.start()] == " and "):
            return end
    return end


def _is_name(word: str) -> bool:
    return bool(word) and (word[0].isupper() or word[0].isdigit()) and word not in _NOT_NAMES


def _date_after(text: str, end: int) -> tuple[str | None, int]:
    """The date that belongs to what ends at `end`, and where it ends."""
    bridge = _DATE_BRIDGE.match(text, end)
    if bridge is None:
        return None, end
    found = find_dates(text[bridge.end() : bridge.end() + 40])
    if not found or found[0].span[0] != 0:
        return None, end
    return found[0].start, bridge.end() + found[0].span[1]


def _target(name: str) -> str:
    """A cited name so that two ways to write it meet: no quotes, plain dashes, first letter upper."""
    plain = re.sub(r"\s?[–—‒‑-]\s?", "-", name.strip("«»“”\"' ")).replace("’", "'")
    return plain[:1].upper() + plain[1:]
