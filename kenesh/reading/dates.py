"""Dates in running text: "11 January 2022", "29 April to 6 May 1975", "March 12, 2021", "2022-01-11"."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from kenesh.statement.model import Span

_NAMES = "january february march april may june july august september october november december"
MONTHS = {name: index for index, name in enumerate(_NAMES.split(), 1)}
_MONTH = "|".join(MONTHS)
_DAY = r"(?:[0-2]?\d|3[01])(?:st|nd|rd|th)?"
_DASH = r"\s{0,3}(?:-|–|—|to|and|until)\s{0,3}"
_RANGE = re.compile(
    rf"\b(?:"
    rf"(?P<iso>\d{{4}}-\d\d-\d\d)"
    rf"|(?P<d1>{_DAY})(?:\s(?P<m1>{_MONTH}))?(?:\s(?P<y1>\d{{4}}))?{_DASH}(?P<d2>{_DAY})\s(?P<m2>{_MONTH}),?\s(?P<y2>\d{{4}})"
    rf"|(?P<d3>{_DAY})\s(?P<m3>{_MONTH}),?\s(?P<y3>\d{{4}})"
    rf"|(?P<m4>{_MONTH})\s(?P<d4>{_DAY})(?:{_DASH}(?:(?P<m5>{_MONTH})\s)?(?P<d5>{_DAY}))?,?\s(?P<y4>\d{{4}})"
    rf")\b",
    re.IGNORECASE,
)


class Dates(NamedTuple):
    """First and last day, ISO 8601, equal for a single day, and where they stand."""

    start: str
    end: str
    span: Span


def find_dates(text: str, reach: int = 20_000) -> tuple[Dates, ...]:
    """Every date or range of days in the first `reach` characters of `text`, in order.

    What only looks like a date ("31 February 2022") is passed over.
    """
    found = (_dates(match) for match in _RANGE.finditer(text, 0, reach))
    return tuple(dates for dates in found if dates is not None)


def _dates(match: re.Match[str]) -> Dates | None:
    part = match.groupdict()
    if part["iso"]:
        start = end = _checked(part["iso"])
    elif part["d2"]:
        end = _iso(part["d2"], part["m2"], part["y2"])
        start = _iso(part["d1"], part["m1"] or part["m2"], part["y1"] or part["y2"])
    elif part["d3"]:
        start = end = _iso(part["d3"], part["m3"], part["y3"])
    else:
        start = _iso(part["d4"], part["m4"], part["y4"])
        end = _iso(part["d5"], part["m5"] or part["m4"], part["y4"]) if part["d5"] else start
    if start is None or end is None or end < start:
        return None
    return Dates(start, end, match.span())


def _iso(day: str, month: str, year: str) -> str | None:
    number = int(day.rstrip("stndrhSTNDRH"))
    return _checked(f"{int(year):04d}-{MONTHS[month.lower()]:02d}-{number:02d}")


def _checked(iso: str) -> str | None:
    try:
        return date.fromisoformat(iso).isoformat()
    except ValueError:
        return None
