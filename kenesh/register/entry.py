"""What enters the register, and what it answers with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from kenesh.statement.model import Clause, ClauseKind, Span, Statement

Origin = Literal["adopted", "added"]
MatchKind = Literal["exact", "near", "related"]

_A_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UNSEARCHED: frozenset[ClauseKind] = frozenset({"formula", "heading"})


class Entry(msgspec.Struct, frozen=True):
    """A text of the register. `id` is permanent: adding the same id again replaces the older text."""

    id: str
    statement: Statement
    origin: Origin = "adopted"

    @property
    def date(self) -> str | None:
        """The ISO 8601 date the text bears: the day of the meeting, else of the adoption."""
        meeting, adoption = self.statement.meeting, self.statement.adoption
        days = (meeting and meeting.start, meeting and meeting.end, adoption and adoption.when[:10])
        return next((day for day in days if day and _A_DAY.fullmatch(day)), None)

    def clauses(self) -> Iterator[Clause]:
        """Clauses that can be precedent, in order: all but formulas and headings, annexes last."""
        annexed = (
            clause for annex in self.statement.annexes for top in annex.clauses for clause in top.walk()
        )
        for clause in [*self.statement.walk(), *annexed]:
            if clause.kind not in _UNSEARCHED:
                yield clause


class Precedent(msgspec.Struct, frozen=True):
    """A clause found. Dates are ISO 8601; `spans` are what to highlight, in characters of `text`.

    `score` orders precedents of one `match` kind, from 0 to 1: of "exact", the part of the clause that the
    words asked for make up; of "near", likeness; of "related", the weight of the words that are shared.
    """

    entry: str
    origin: Origin
    title: str | None
    body: str | None  # id of the body, or its name where the text gives no id
    body_name: str | None
    date: str | None
    language: str
    clause: str
    kind: ClauseKind
    number: str | None
    text: str
    act: str | None
    strength: int | None
    match: MatchKind
    score: float
    spans: tuple[Span, ...]
