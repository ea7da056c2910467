"""The numbers that are printed: operative clauses anew from 1 where the draft was numbered.

Invariants
* A draft that nobody changed keeps its numbers.
* What stood without a number (the last sentence of a statement) stays without one; an inserted clause
  among numbered ones gets one.
* The form is the draft's own: "1.", "(1)", "(a)", "(ii)". A list that the draft began again begins again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kenesh.meeting.state import LiveClause

_NUMBER = re.compile(r"(\W*)(\d+|[A-Za-z]+)(\W*)")
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_SERIES = ("operative",)  # other kinds keep what the draft printed


def numbers(clauses: tuple[LiveClause, ...]) -> dict[str, str | None]:
    """The printed number of each clause, by id; None where it has none."""
    made: dict[str, str | None] = {c.id: c.number for c in clauses}
    for group in _groups(clauses):
        made.update(_numbered(group))
    return made


def _groups(clauses: tuple[LiveClause, ...]) -> Iterable[list[LiveClause]]:
    """Operative clauses of the same level, list by list."""
    lists: dict[str | None, list[LiveClause]] = {}
    for clause in clauses:
        if clause.kind not in _SERIES:
            continue
        group = lists.setdefault(clause.parent, [])
        if group and _begins(clause.number, _last_number(group)):
            yield group
            group = lists[clause.parent] = []
        group.append(clause)
    yield from lists.values()


def _last_number(group: list[LiveClause]) -> str | None:
    return next((c.number for c in reversed(group) if c.number), None)


def _begins(number: str | None, before: str | None) -> bool:
    """Whether a list begins again with this number; "(i)" after "(h)" is the ninth letter."""
    if number is None or before is None:
        return False
    found, last = _NUMBER.fullmatch(number), _NUMBER.fullmatch(before)
    if found is None or last is None:
        return False
    return found[2].lower() in ("1", "a") or (found[2].lower() == "i" and last[2].lower() != "h")


def _numbered(group: list[LiveClause]) -> dict[str, str | None]:
    form = next((m for c in group if c.number and (m := _NUMBER.fullmatch(c.number))), None)
    if form is None:
        return {}
    made: dict[str, str | None] = {}
    nth = 0
    for clause in group:
        if clause.number is None and clause.proposal is None:
            made[clause.id] = None
            continue
        nth += 1
        made[clause.id] = f"{form[1]}{_as(form[2], nth)}{form[3]}"
    return made


def _as(example: str, nth: int) -> str:
    """`nth` written like the example: digits, roman where a list begins with i, letters."""
    if example.isdigit():
        return str(nth)
    written = _roman(nth) if example.lower() in ("i", "ii", "iii", "iv") else _letter(nth)
    return written.upper() if example.isupper() else written


def _letter(nth: int) -> str:
    return chr(ord("a") + nth - 1) if nth <= 26 else _letter((nth - 1) // 26) + _letter((nth - 1) % 26 + 1)


def _roman(nth: int) -> str:
    return next((sign + _roman(nth - value) for value, sign in _ROMAN if nth >= value), "")
