"""Facts about a text as a whole: title, symbol, kind, body, meeting, language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from kenesh.reading.blocks import Block
from kenesh.reading.dates import Dates, find_dates
from kenesh.statement.model import (
    BodyRef,
    Clause,
    MeetingKind,
    MeetingMode,
    MeetingRef,
    StatementKind,
)

if TYPE_CHECKING:
    from kenesh.bodies import Profile

T = TypeVar("T")

_KIND_WORDS = re.compile(
    r"\b(?:statement|declaration|communiqu[ée]|resolution|decision|conclusions|press release|vision|readout"
    r"|principles|roadmap|pledge)\b",
    re.IGNORECASE,
)
_KINDS: tuple[tuple[re.Pattern[str], StatementKind], ...] = (
    (re.compile(r"communiqu[ée]", re.IGNORECASE), "communique"),
    (
        re.compile(r"statement by the president of the (?:security )?council", re.IGNORECASE),
        "presidential-statement",
    ),
    (re.compile(r"press (?:statement|release)", re.IGNORECASE), "press-statement"),
    (
        re.compile(r"chair(?:man|woman|person)?[’']?s?[’']? (?:statement|summary)", re.IGNORECASE),
        "chair-statement",
    ),
    (re.compile(r"\bstatement", re.IGNORECASE), "joint-statement"),
    (re.compile(r"\bdeclaration", re.IGNORECASE), "declaration"),
    (re.compile(r"\bresolution", re.IGNORECASE), "resolution"),
    (re.compile(r"\bdecision", re.IGNORECASE), "decision"),
)
_SYMBOL = re.compile(r"[A-Z]{1,6}(?:/[A-Za-z0-9.()-]{1,16}){1,6}(?:\s\((?:19|20)\d\d\)|\s[A-Z])?$")
_MASTHEAD = re.compile(
    r"United Nations$|Distr|Original:|Agenda item|Item \d|\[|\d[\d/]{0,9}\.?$|[A-Z]$"
    r"|[\w-]+(?: [\w-]+)? session\b|General Assembly$"
    r"|Security Council$|Economic and Social Council$|Human Rights Council$|Plenary$|Decision$|Corrigendum"
    r"|(?:Resolution|Decision)s? adopted|Adopted|ADOPTED|PR\s?\d|FOR THE PRESS|Annex\b|Provisional|Verbatim"
)
_DATE_LINE = re.compile(r"\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]+,? \d{4}$")

_ORGAN = re.compile(r"(?:The|THE)\s(.{3,160}?)(?:,| has| have| had| agreed| decided)(?:\s.{0,60})?[,:]?$")
_HELD = re.compile(
    r"(?:The|the)\s((?:[A-ZÀ-Þİ][\w’-]*|\d+\w*|of|the|for|and|on)(?:\s(?:[A-ZÀ-Þİ][\w’-]*|of|the|for|and|on)){0,20})"
    r"\s(?:held|met|convened|gathered|has met|was held|took place)\b"
)
_MEETS = re.compile(
    r"\b(?:held|met|meeting|convened|gathered|session|summit|conference|took place|assembled)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:held|met|convened|gathered|meeting|session|summit|conference|place|assembled)\b[^.;]{0,80}?"
    r"\b(?:in|at)\s((?:the\s)?[A-ZÀ-Þİ][\w’-]+(?:\s[A-ZÀ-Þİ][\w’-]+){0,3}(?:,\s(?:[A-ZÀ-Þİ][\w’-]+)(?:\s[A-ZÀ-Þİ][\w’-]+){0,2})?)"
)
# What follows says what was discussed, not where.
_PURPOSE = re.compile(
    r"\bto (?:discuss|exchange|consider|review|address)\b|\b(?:concerning|regarding|developments|situation)\b"
)
_MONTHS = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_ORDINAL = (
    r"(?:\d{1,3}(?:st|nd|rd|th)|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-?\w{0,8}"
    r"|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth"
    r"|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth)"
)
_ADOPTED = re.compile(r"\badopted (?:by|at|on|in)\b", re.IGNORECASE)
_SESSION = re.compile(rf"\b({_ORDINAL})\s(?:\w+\s){{0,3}}?(?:meeting|session|summit)\b", re.IGNORECASE)

_MODES: tuple[tuple[re.Pattern[str], MeetingMode], ...] = (
    (re.compile(r"\bhybrid\b", re.IGNORECASE), "hybrid"),
    (
        re.compile(
            r"video-?\s?(?:tele)?conferenc|\bvirtual(?:ly)?\b|\bonline\b|\bvideo link\b", re.IGNORECASE
        ),
        "video",
    ),
    (re.compile(r"\bin[- ]person\b", re.IGNORECASE), "in-person"),
)
_MEETINGS: tuple[tuple[re.Pattern[str], MeetingKind], ...] = (
    (re.compile(r"\b(?:extraordinary|emergency)\b", re.IGNORECASE), "extraordinary"),
    (re.compile(r"\binformal\b", re.IGNORECASE), "informal"),
    (re.compile(r"\bspecial (?:meeting|session|summit)\b", re.IGNORECASE), "special"),
    (re.compile(r"\b(?:regular|ordinary|annual)\b", re.IGNORECASE), "ordinary"),
)

_LANGUAGES = {
    "eng": "the and of to in that with its their", "fra": "le la les des et du dans que aux par",
    "spa": "el la los las del que con por para una", "deu": "der die das und den von zu mit im des",
}  # fmt: skip


def find_title(head: Sequence[Block]) -> int | None:
    """The index of the title among the blocks before the text, None where none is one."""
    able = [
        index
        for index, block in enumerate(head)
        if block.look != "rule" and len(block.text) <= 500 and any(c.isalpha() for c in block.text)
    ]
    heading = next((i for i in able if head[i].look == "heading"), None)
    if heading is not None:
        return heading
    plain = [
        i
        for i in able
        if not (_MASTHEAD.match(head[i].text) or _SYMBOL.match(head[i].text) or _is_date(head[i].text))
    ]
    if any(_SYMBOL.match(head[i].text) for i in able):
        organs = {f"The {head[i].text}" for i in able}
        return next((i for i in reversed(plain) if head[i].text not in organs), None)
    named = [i for i in plain if _KIND_WORDS.search(head[i].text) and not head[i].text.endswith((".", ":"))]
    ending = [i for i in plain if not head[i].text.endswith((".", ";", ",", ":", "?", "!"))]
    return next(iter(named or ending), None)


def _is_date(text: str) -> bool:
    return _DATE_LINE.match(text) is not None


def find_symbol(head: Sequence[Block]) -> int | None:
    """The index of the block that is a document symbol and nothing else."""
    return next(
        (i for i, b in enumerate(head) if _SYMBOL.match(b.text) and any(c.isdigit() for c in b.text)), None
    )


def kind_of(title: str | None, symbol: str | None, clauses: Sequence[Clause]) -> StatementKind:
    """Which kind of text: by its symbol, else by the first kind its title names, else by how it speaks."""
    if symbol is not None:
        for mark, kind in (
            ("/RES/", "resolution"),
            ("/PRST/", "presidential-statement"),
            ("/DEC/", "decision"),
        ):
            if mark in symbol:
                return kind  # type: ignore[return-value]
    found = [(m.start(), rank, kind) for rank, (p, kind) in enumerate(_KINDS) if (m := p.search(title or ""))]
    if found:
        return min(found)[2]
    organ = any(c.kind == "formula" and c.text.endswith(",") for c in clauses)
    numbered = any(c.kind == "operative" and c.text.endswith(";") for c in clauses)
    return "resolution" if organ and numbered else "joint-statement"


def find_body(title: str | None, clauses: Sequence[Clause], profiles: Sequence[Profile]) -> BodyRef | None:
    """The body that speaks, by a profile's name where one stands in the text."""
    texts = [
        t for t in (title, *(c.text for c in clauses if c.kind in ("formula", "paragraph", "operative"))) if t
    ]
    shown = " \n ".join(text[:600] for text in texts[:12]).casefold()
    known = [p for p in profiles if p.name.casefold() in shown]
    if known:
        best = max(known, key=lambda p: len(p.name))
        return BodyRef(best.name, best.id)
    for clause in clauses[:40]:
        if clause.kind == "formula" and (match := _ORGAN.match(clause.text)) is not None:
            return BodyRef(_plain_name(match[1]))
        if clause.kind == "paragraph" and (match := _HELD.match(clause.text[:600])) is not None:
            return BodyRef(match[1])
    return None


def _plain_name(name: str) -> str:
    return name.title() if name.isupper() else name


def find_meeting(
    title: str | None, clauses: Sequence[Clause]
) -> tuple[MeetingRef | None, Clause | None, Dates | None]:
    """The meeting, the clause that tells of it, and the date there; all None where nothing does."""
    telling = ("paragraph", "formula", "operative", "closing")
    opening = [c for c in clauses[:30] if c.kind in telling or _ADOPTED.search(c.text[:200])][:10]
    closing = [c for c in clauses if c.kind == "closing"]
    best = next((c for c in opening if _MEETS.search(c.text[:800]) and find_dates(c.text, 1500)), None)
    best = best or next(
        (c for c in (*opening, *closing) if find_dates(c.text, 400) and len(c.text) < 400), None
    )
    if best is None:
        return None, None, None
    dates = find_dates(best.text, 1500)[0]
    text = best.text[:1500]
    session = _SESSION.search(text)
    return (
        MeetingRef(
            kind=_first(_MEETINGS, text),
            mode=_first(_MODES, text),
            session=session[1] if session else None,
            place=_place(text),
            start=dates.start,
            end=dates.end,
        ),
        best,
        dates,
    )


def _first(table: Sequence[tuple[re.Pattern[str], T]], text: str) -> T | None:
    found = [(m.start(), rank, value) for rank, (p, value) in enumerate(table) if (m := p.search(text))]
    return min(found, key=lambda f: f[:2])[2] if found else None


def _place(text: str) -> str | None:
    purpose = _PURPOSE.search(text)
    for match in _PLACE.finditer(text[: min(600, purpose.start() if purpose else 600)]):
        if not _MONTHS.match(match[1]) and not match[1].startswith("the "):
            return match[1]
    return None


def language_of(text: str) -> str:
    """ISO 639-2 code by script and by the commonest small words; English where nothing tells."""
    sample = text[:6000]
    for code, first, last in (
        ("ara", "\u0600", "\u06ff"),
        ("zho", "\u4e00", "\u9fff"),
        ("rus", "\u0400", "\u04ff"),
    ):
        if sum(1 for letter in sample if first <= letter <= last) > 0.3 * len(sample):
            return code
    words = re.findall(r"[^\W\d_]+", sample.lower())
    counts = {code: sum(words.count(w) for w in small.split()) for code, small in _LANGUAGES.items()}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] > 1.5 * counts["eng"] + 3 else "eng"
