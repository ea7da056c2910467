"""What clauses are called while they are negotiated: PP1, OP5, OP5(a), OP5 bis.

Invariants
* A label belongs to a place of the draft and is apart from the number that is printed at the end.
* Clauses of the draft as tabled keep their labels when others are inserted: those are bis, ter, quater.
* No two clauses have the same label.
"""

from __future__ import annotations

from collections.abc import Sequence

from kenesh.statement.model import ClauseKind

_NAMES: dict[ClauseKind, str] = {
    "preambular": "PP",
    "operative": "OP",
    "paragraph": "Para ",
    "heading": "Heading ",
    "formula": "Formula ",
    "closing": "Closing ",
}
_LATIN = ("bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "novies", "decies")
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))

Place = tuple[str, ClauseKind, str | None, bool]  # id, kind, id of the parent, whether it was inserted


def labels(clauses: Sequence[Place]) -> dict[str, str]:
    """The label of each clause, by id.

    Args:
        clauses: all clauses in the order of the text, a parent before its sub-clauses; an inserted one is
            called after the last one before it, at the same level, that was not inserted ("OP5 bis"), and
            "OP1 ante" where there is none.
    """
    made: dict[str, str] = {}
    last: dict[str, tuple[int, int]] = {}  # series -> how many as tabled, how many inserted since
    for clause, kind, parent, inserted in clauses:
        depth = made[parent].count("(") if parent in made else -1
        series = made[parent] if parent in made else _NAMES[kind]
        tabled, since = last.get(series, (0, 0))
        tabled, since = (tabled, since + 1) if inserted else (tabled + 1, 0)
        last[series] = tabled, since
        made[clause] = series + _number(depth, max(tabled, 1)) + _suffix(tabled, since)
    return made


def _number(depth: int, n: int) -> str:
    if depth < 0:
        return str(n)
    return f"({_roman(n)})" if depth % 2 else f"({_letter(n)})"


def _suffix(tabled: int, since: int) -> str:
    if not since:
        return ""
    if tabled:
        return " " + latin(since)
    return " ante" if since == 1 else f" ante {latin(since - 1)}"


def latin(n: int) -> str:
    """The name of the nth clause put after another: 1 is bis, 2 is ter."""
    return _LATIN[n - 1] if n <= len(_LATIN) else f"{_LATIN[0]} {n}"


def _letter(n: int) -> str:
    """1 -> a, 26 -> z, 27 -> aa."""
    return (_letter((n - 1) // 26) if n > 26 else "") + chr(ord("a") + (n - 1) % 26)


def _roman(n: int) -> str:
    out = ""
    for value, letters in _ROMAN:
        out += letters * (n // value)
        n %= value
    return out
