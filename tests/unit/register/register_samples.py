"""Entries for the tests of the register: the demo's texts, split by lines, and small hand-made ones."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from kenesh.register import Entry
from kenesh.statement.model import BodyRef, Clause, LeadingPhrase, MeetingRef, Statement

COMPACT = BodyRef(name="Council of Foreign Ministers of the Meridian Compact", id="mc-cfm")


def clause(id: str, text: str, *, act: str | None = None, kind: str = "operative") -> Clause:
    phrases = ()
    if act:
        phrases = (LeadingPhrase(text=text.split()[0], lemma=act, act=act, strength=4, span=(0, 1)),)
    return Clause(id=id, kind=kind, text=text, phrases=phrases)  # type: ignore[arg-type]


def entry(
    id: str,
    *clauses: Clause,
    date: str | None = "2024-03-07",
    body: BodyRef | None = COMPACT,
    language: str = "eng",
) -> Entry:
    statement = Statement(
        kind="joint-statement",
        title=f"Statement {id}",
        body=body,
        meeting=MeetingRef(start=date) if date else None,
        language=language,
        clauses=clauses,
    )
    return Entry(id=id, statement=statement)


@cache
def demo_entries() -> tuple[Entry, ...]:
    """The demo's texts: a line is a clause, a number makes it operative."""
    folder = files("kenesh.demo") / "data" / "texts"
    found = sorted((f for f in folder.iterdir() if f.name.endswith(".txt")), key=lambda f: f.name)
    return tuple(_demo_entry(f.name, f.read_text(encoding="utf-8")) for f in found)


def _demo_entry(name: str, text: str) -> Entry:
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    made = []
    for nth, line in enumerate(lines):
        numbered = re.match(r"\d+\. ", line)
        kind = "operative" if numbered else "preambular"
        made.append(clause(f"{name[:10]}-{nth}", line[numbered.end() :] if numbered else line, kind=kind))
    return entry(name.removesuffix(".txt"), *made, date=name[:10])
