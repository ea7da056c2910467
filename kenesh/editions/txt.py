"""A statement as plain text, set as a secretariat sets it.

The title on its first line; a blank line between paragraphs; numbered clauses that follow one another stand
one per line without blank lines; sub-clauses are indented by four spaces for each level; the colophon last
(`kenesh.statement.colophon`). Lines are not wrapped: one clause, one line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kenesh.statement import colophon
from kenesh.statement.model import Clause, Footnote, Statement

_INDENT = " " * 4


def to_txt(statement: Statement) -> bytes:
    """The text, UTF-8, one line end after its last line."""
    paragraphs = [statement.title] if statement.title is not None else []
    paragraphs += _paragraphs(statement.clauses)
    for annex in statement.annexes:
        paragraphs += [annex.title, *_paragraphs(annex.clauses)]
    paragraphs += [_footnote(note) for note in statement.footnotes]
    if lines := colophon.to_lines(statement):
        paragraphs.append("\n".join(lines))
    return ("\n\n".join(paragraphs) + "\n").encode()


def _paragraphs(clauses: Iterable[Clause]) -> list[str]:
    """Runs of numbered clauses as one paragraph of lines, every other clause as its own."""
    paragraphs: list[str] = []
    open_run = False
    for clause in clauses:
        lines = "\n".join(_lines(clause, 0))
        numbered = clause.number is not None and clause.kind != "heading"
        if numbered and open_run:
            paragraphs[-1] += "\n" + lines
        else:
            paragraphs.append(lines)
        open_run = numbered
    return paragraphs


def _lines(clause: Clause, depth: int) -> Iterator[str]:
    number = f"{clause.number} " if clause.number is not None else ""
    yield f"{_INDENT * depth}{number}{clause.text}"
    for child in clause.clauses:
        yield from _lines(child, depth + 1)


def _footnote(note: Footnote) -> str:
    return f"[{note.marker}] {note.text}"
