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
from rapidfuzz.distance import Indel

from kenesh.drafting.labels import labels
from kenesh.drafting.rolling import RollingText, compile_clause
from kenesh.statement.model import Clause, ClauseKind, Statement

SCHEMA = "kenesh.compilation/1"

_ALIKE = 0.4  # of the words: less is another clause ("the", "of" and "and" alone give about 0.2)
_ALIKE_BY_NUMBER = 0.2  # enough where the number is the same, or where no other clause is left beside it
_NUMBER = 0.1  # what an equal number adds when several clauses could be meant


class Pair(msgspec.Struct, frozen=True):
    """A clause of the base and the same clause edited, by index; None where it has no counterpart.

    `similarity` is the share of words in common, 0 to 1, and 0 without a counterpart.
    """

    base: int | None
    edited: int | None
    similarity: float


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
    """A clause that stands in no base. `after` is the id of the clause before it, None at the start."""

    after: str | None
    kind: ClauseKind
    number: str | None
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
            f"[{f'{c.number} ' if c.number else ''}{c.text} ({', '.join(c.parties)})]"
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


def align_clauses(
    base: Sequence[str],
    edited: Sequence[str],
    *,
    numbers: tuple[Sequence[str | None], Sequence[str | None]] | None = None,
) -> tuple[Pair, ...]:
    """Match two rows of clauses in order, so that what is matched is most alike.

    Equal clauses are matched first; between them, those alike in words, the more so with an equal number. One
    clause against one is a match whatever they say.

    Args:
        base, edited: the texts, in order.
        numbers: as printed, for each row; None where there are none.
    """
    if len(base) == len(edited) == 1:
        return (Pair(0, 0, _similarity(_words(base[0]), _words(edited[0]))),)
    printed = numbers or ([None] * len(base), [None] * len(edited))
    ids: dict[str, int] = {}
    left, right = ([ids.setdefault(t, len(ids)) for t in row] for row in (base, edited))
    pairs: list[Pair] = []
    for op in Indel.opcodes(left, right):
        if op.tag == "equal":
            pairs += [
                Pair(op.src_start + n, op.dest_start + n, 1.0) for n in range(op.src_end - op.src_start)
            ]
    return tuple(_with_gaps(pairs, base, edited, printed))


def _with_gaps(
    equal: Sequence[Pair],
    base: Sequence[str],
    edited: Sequence[str],
    numbers: tuple[Sequence[str | None], Sequence[str | None]],
) -> Iterator[Pair]:
    i = j = 0
    for pair in (*equal, Pair(len(base), len(edited), 1.0)):
        assert pair.base is not None
        assert pair.edited is not None
        gap_i, gap_j = range(i, pair.base), range(j, pair.edited)
        yield from _align_gap(gap_i, gap_j, base, edited, numbers)
        if pair.base < len(base):
            yield pair
        i, j = pair.base + 1, pair.edited + 1


def _align_gap(
    left: range,
    right: range,
    base: Sequence[str],
    edited: Sequence[str],
    numbers: tuple[Sequence[str | None], Sequence[str | None]],
) -> list[Pair]:
    """The best matching in order of two short rows, by dynamic programming from the end."""
    rows, columns = [_words(base[i]) for i in left], [_words(edited[j]) for j in right]
    alone = len(left) == len(right) == 1
    gain: dict[tuple[int, int], tuple[float, float]] = {}
    for n, i in enumerate(left):
        for m, j in enumerate(right):
            alike = _similarity(rows[n], columns[m])
            same = numbers[0][i] is not None and numbers[0][i] == numbers[1][j]
            if alike >= (_ALIKE_BY_NUMBER if same or alone else _ALIKE):
                gain[n, m] = alike + (_NUMBER if same else 0), alike
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for n in reversed(range(len(left))):
        for m in reversed(range(len(right))):
            paired = gain[n, m][0] + best[n + 1][m + 1] if (n, m) in gain else -1.0
            best[n][m] = max(paired, best[n + 1][m], best[n][m + 1])
    pairs, n, m = [], 0, 0
    while n < len(left) or m < len(right):
        if (n, m) in gain and best[n][m] == gain[n, m][0] + best[n + 1][m + 1]:
            pairs.append(Pair(left[n], right[m], gain[n, m][1]))
            n, m = n + 1, m + 1
        elif m == len(right) or (n < len(left) and best[n][m] == best[n + 1][m]):
            pairs.append(Pair(left[n], None, 0.0))
            n += 1
        else:
            pairs.append(Pair(None, right[m], 0.0))
            m += 1
    return pairs


def _words(text: str) -> list[str]:
    return text.casefold().split()


def _similarity(one: Sequence[str], other: Sequence[str]) -> float:
    return Indel.normalized_similarity(one, other)


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
    return tuple(
        AddedClause(
            rows[after][0].id if after >= 0 else None, c.kind, c.number, c.text, tuple(dict.fromkeys(who))
        )
        for (after, _), (c, who) in sorted(found.items(), key=lambda item: item[0][0])
    )


def _title(base: Statement, versions: Mapping[str, Statement], order: Sequence[str]) -> str | None:
    titles = {p: v.title or base.title or "" for p, v in versions.items()}
    return compile_clause(base.title or "", titles, order=order).to_text() or None


def _tally(party: str, clauses: Sequence[CompiledClause], inserted: Sequence[AddedClause]) -> Tally:
    return Tally(
        amended=sum(party in c.amended_by for c in clauses),
        inserted=sum(party in c.parties for c in inserted),
        deleted=sum(party in c.deleted_by for c in clauses),
    )
