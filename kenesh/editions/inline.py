"""The words of a clause with the marks upon them, as a tree that any form with nesting can print.

A lead, leading phrases and citations are spans over one text. Where they nest, they are printed as nested
elements and nothing else needs to be written down. Where they cross, or where a mark does not say what
stands at its span, the words are printed plain and the marks are carried as JSON beside them: so every form
gives back exactly what it was given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from kenesh.statement.model import Citation, Clause, Footnote, LeadingPhrase, Span

_RANK = {"phrase": 0, "citation": 1, "lead": 2}


class Mark(msgspec.Struct, frozen=True):
    """Words under a mark; `value` is None for a lead, which is its words and nothing more."""

    kind: Literal["lead", "phrase", "citation"]
    value: LeadingPhrase | Citation | None
    nodes: tuple[Node, ...]


class NoteMark(msgspec.Struct, frozen=True):
    """The place of a footnote: `n` counts from 1 in the order of the statement's footnotes."""

    n: int
    marker: str


Node = str | Mark | NoteMark


class Marks(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is carried beside the words where marks do not nest."""

    lead: str | None = None
    phrases: tuple[LeadingPhrase, ...] = ()
    citations: tuple[Citation, ...] = ()


class Inline(msgspec.Struct, frozen=True):
    """The printed words of a clause; `beside` is JSON of the marks that they do not carry, or None."""

    nodes: tuple[Node, ...]
    beside: str | None = None


class _Range(msgspec.Struct, frozen=True):
    span: Span
    kind: Literal["lead", "phrase", "citation"]
    value: LeadingPhrase | Citation | None = None


def inline(clause: Clause, footnotes: Sequence[Footnote] = ()) -> Inline:
    """The words of one clause, without its sub-clauses, with its marks and the places of its footnotes."""
    notes = [
        (note.at, NoteMark(n, note.marker))
        for n, note in enumerate(footnotes, 1)
        if note.clause == clause.id and note.at is not None and 0 <= note.at <= len(clause.text)
    ]
    ranges = _ranges(clause)
    if _carried(clause, ranges):
        return Inline(_nodes(clause.text, (0, len(clause.text)), ranges, sorted(notes, key=lambda x: x[0])))
    marks = Marks(clause.lead, clause.phrases, clause.citations)
    plain = _nodes(clause.text, (0, len(clause.text)), [], sorted(notes, key=lambda x: x[0]))
    return Inline(plain, msgspec.json.encode(marks).decode())


def _ranges(clause: Clause) -> list[_Range]:
    found = [_Range(p.span, "phrase", p) for p in clause.phrases]
    found += [_Range(c.span, "citation", c) for c in clause.citations]
    if clause.lead is not None:
        found.append(_Range((0, len(clause.lead)), "lead"))
    return sorted(found, key=lambda r: (r.span[0], -r.span[1], _RANK[r.kind]))


def _carried(clause: Clause, ranges: list[_Range]) -> bool:
    """Whether nested elements say the marks of the clause completely, in their order."""
    if clause.lead is not None and not clause.text.startswith(clause.lead):
        return False
    if not all(_stands(r, clause.text) for r in ranges) or not _nest(ranges):
        return False
    phrases = tuple(r.value for r in ranges if r.kind == "phrase")
    citations = tuple(r.value for r in ranges if r.kind == "citation")
    return phrases == clause.phrases and citations == clause.citations


def _stands(found: _Range, text: str) -> bool:
    start, end = found.span
    return 0 <= start < end <= len(text) and (found.value is None or found.value.text == text[start:end])


def _nest(ranges: list[_Range]) -> bool:
    open_ends: list[int] = []
    for start, end in (r.span for r in ranges):
        while open_ends and open_ends[-1] <= start:
            open_ends.pop()
        if open_ends and end > open_ends[-1]:
            return False
        open_ends.append(end)
    return True


def _nodes(
    text: str, within: Span, ranges: list[_Range], notes: list[tuple[int, NoteMark]]
) -> tuple[Node, ...]:
    """The nodes of `text` within a span; takes the ranges and notes that it has printed off their lists."""
    nodes: list[Node] = []
    at, end = within
    while ranges and ranges[0].span[0] < end:
        found = ranges.pop(0)
        nodes += _words(text, (at, found.span[0]), notes)
        inner = _nodes(text, found.span, ranges, notes)
        nodes.append(Mark(found.kind, found.value, inner))
        at = found.span[1]
    nodes += _words(text, (at, end), notes)
    return tuple(nodes)


def _words(text: str, span: Span, notes: list[tuple[int, NoteMark]]) -> Iterator[Node]:
    at, end = span
    while notes and notes[0][0] <= end:
        place, note = notes.pop(0)
        if place > at:
            yield text[at:place]
            at = place
        yield note
    if at < end:
        yield text[at:end]
