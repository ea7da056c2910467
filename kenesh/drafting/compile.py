"""The rolling text of a whole statement from several delegations' edited versions of it.

    compilation = compile_texts(base, {"AZ": statement, "KG": statement})
    print(compilation.to_text())

Invariants
* Every clause of the base stands in the result once, in order; so does every clause somebody adds.
* Clauses are matched in order, by what they say and by their number; a moved one is deleted and added.
* Each party's clauses can be told from the result exactly: its projections and the clauses it adds.

`Compilation` as JSON (`msgspec.json.encode`) is the format `kenesh.compilation/1`: keys may be added.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from kenesh.drafting.alignment import Pair, align_clauses
from kenesh.drafting.labels import labels, latin
from kenesh.drafting.rolling import RollingText, compile_clause
from kenesh.statement.model import Clause, ClauseKind, Statement

SCHEMA = "kenesh.compilation/1"


class CompiledClause(msgspec.Struct, frozen=True):
    """A clause of the base with everybody's changes. `nodes` are as `RollingText.to_builtins` says; `text` is
    as it prints; `projections` hold the text of each party, "" where it deletes the clause."""

    id: str
    kind: ClauseKind
    number: str | None
    label: str
    depth: int
    base: str
    text: str
    amended_by: tuple[str, ...]
    deleted_by: tuple[str, ...]
    projections: dict[str, str]
    nodes: list[dict[str, Any]]


class AddedClause(msgspec.Struct, frozen=True):
    """A clause that stands in no base. `after` is the id of the clause before it, None at the start; `number`
    is as its party printed it, `label` tells it from the numbers of the base: "7 bis."."""

    after: str | None
    kind: ClauseKind
    number: str | None
    label: str | None
    text: str
    parties: tuple[str, ...]


class Tally(msgspec.Struct, frozen=True):
    """How many clauses a party touches."""

    amended: int = 0
    inserted: int = 0
    deleted: int = 0


class Compilation(msgspec.Struct, frozen=True, kw_only=True):
    """Several versions of one text as one rolling text."""

    schema: str = SCHEMA
    title: str | None  # as it prints, with brackets where parties change it
    parties: tuple[str, ...]
    clauses: tuple[CompiledClause, ...]
    inserted: tuple[AddedClause, ...]
    summary: dict[str, Tally]

    def to_text(self) -> str:
        """The rolling text for people: a paragraph per clause, added clauses in brackets at their place."""
        blocks = [self.title] if self.title else []
        blocks += self._added(None)
        for clause in self.clauses:
            number = f"{clause.number} " if clause.number else ""
            blocks.append("   " * clause.depth + number + clause.text)
            blocks += self._added(clause.id)
        return "\n\n".join(blocks) + "\n"

    def _added(self, after: str | None) -> list[str]:
        return [
            f"[{f'{c.label} ' if c.label else ''}{c.text} ({', '.join(c.parties)})]"
            for c in self.inserted
            if c.after == after
        ]


def compile_texts(
    base: Statement, versions: Mapping[str, Statement], *, order: Sequence[str] = ()
) -> Compilation:
    """The rolling text of `base` with each party's edited version of it.

    Args:
        base: the text all started from.
        versions: party label -> the whole text as the party wants it.
        order: labels in protocol order; labels not in it follow by name.
    """
    rows = list(_rows(base.clauses))
    parties = compile_clause("", dict.fromkeys(versions, ""), order=order).parties
    matched = {p: _match(rows, versions[p]) for p in parties}
    said = {p: {m.base: m.edited for m in pairs if m.base is not None} for p, (pairs, _) in matched.items()}
    names = labels([(c.id, c.kind, parent, False) for c, parent, _ in rows])
    clauses = []
    for n, (clause, _, depth) in enumerate(rows):
        texts = {p: _text_at(matched[p][1], said[p][n]) for p in parties}
        clauses.append(
            _compiled(clause, names[clause.id], depth, compile_clause(clause.text, texts, order=order))
        )
    inserted = _inserted(rows, matched)
    return Compilation(
        title=_title(base, versions, order),
        parties=parties,
        clauses=tuple(clauses),
        inserted=inserted,
        summary={p: _tally(p, clauses, inserted) for p in parties},
    )


def _rows(
    clauses: Sequence[Clause], parent: str | None = None, depth: int = 0
) -> Iterator[tuple[Clause, str | None, int]]:
    for clause in clauses:
        yield clause, parent, depth
        yield from _rows(clause.clauses, clause.id, depth + 1)


def _match(
    rows: Sequence[tuple[Clause, str | None, int]], version: Statement
) -> tuple[tuple[Pair, ...], list[Clause]]:
    base, edited = [c for c, _, _ in rows], list(version.walk())
    numbers = [c.number for c in base], [c.number for c in edited]
    return align_clauses([c.text for c in base], [c.text for c in edited], numbers=numbers), edited


def _text_at(clauses: Sequence[Clause], at: int | None) -> str:
    return "" if at is None else clauses[at].text


def _compiled(clause: Clause, label: str, depth: int, rolling: RollingText) -> CompiledClause:
    projections = {p: rolling.project(p) for p in rolling.parties}
    return CompiledClause(
        id=clause.id,
        kind=clause.kind,
        number=clause.number,
        label=label,
        depth=depth,
        base=clause.text,
        text=rolling.to_text(),
        amended_by=tuple(p for p, text in projections.items() if text not in ("", clause.text)),
        deleted_by=tuple(p for p, text in projections.items() if not text and clause.text),
        projections=projections,
        nodes=rolling.to_builtins(),
    )


def _inserted(
    rows: Sequence[tuple[Clause, str | None, int]],
    matched: Mapping[str, tuple[tuple[Pair, ...], list[Clause]]],
) -> tuple[AddedClause, ...]:
    """Added clauses by place; the same words added by several at one place are one clause."""
    found: dict[tuple[int, str], tuple[Clause, list[str]]] = {}
    for party, (pairs, edited) in matched.items():
        after = -1
        for pair in pairs:
            after = after if pair.base is None else pair.base
            if pair.base is None and pair.edited is not None:
                clause = edited[pair.edited]
                found.setdefault((after, clause.text), (clause, []))[1].append(party)
    added: list[AddedClause] = []
    for (after, _), (c, who) in sorted(found.items(), key=lambda item: item[0][0]):
        before = rows[after][0] if after >= 0 else None
        place = before.id if before else None
        label = _label(before, 1 + sum(a.after == place for a in added)) if c.number else None
        parties = tuple(dict.fromkeys(who))
        added.append(AddedClause(place, c.kind, c.number, label or c.number, c.text, parties))
    return tuple(added)


def _label(before: Clause | None, nth: int) -> str | None:
    """ "7." -> "7 bis.", "(a)" -> "(a) bis"; None after a clause without number."""
    if before is None or not before.number:
        return None
    number = before.number.rstrip(".")
    return f"{number} {latin(nth)}{before.number[len(number) :]}"


def _title(base: Statement, versions: Mapping[str, Statement], order: Sequence[str]) -> str | None:
    titles = {p: v.title or base.title or "" for p, v in versions.items()}
    return compile_clause(base.title or "", titles, order=order).to_text() or None


def _tally(party: str, clauses: Sequence[CompiledClause], inserted: Sequence[AddedClause]) -> Tally:
    return Tally(
        amended=sum(party in c.amended_by for c in clauses),
        inserted=sum(party in c.parties for c in inserted),
        deleted=sum(party in c.deleted_by for c in clauses),
    )
