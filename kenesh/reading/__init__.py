"""Reading: bytes of any form to blocks, blocks to a statement.

    statement = read(data, "statement.txt")

Invariants (each a property over real texts)
* Nothing is lost: all words of the source stand in exactly one part of the statement.
* Everything is traceable: `source.spans` leads facts and clauses to characters of the decoded source.
* The same bytes give the same statement; a form's own editions give back what was published.
* What is no statement of a council has kind "other" and a reason, and keeps its paragraphs.
* Anything else is a typed `BadInput` that names the file and the reason.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from kenesh.reading import grammar, txt
from kenesh.reading.decode import decode
from kenesh.reading.errors import NoClause, TooLarge
from kenesh.reading.marks import mark
from kenesh.statement import colophon
from kenesh.statement.model import Clause, Statement

if TYPE_CHECKING:
    from kenesh.bodies import Profile

__all__ = ["mark", "read", "read_clauses"]

MAX_DRAFT = 2_000_000  # characters of a pasted draft


def read(data: bytes, name: str, *, profiles: Sequence[Profile] = ()) -> Statement:
    """Read one text of any known form; the content decides which, not the ending of its name.

    Args:
        data: the bytes as they came, at most 20 MB.
        name: the file as it was given, for `source` and for errors.
        profiles: bodies beside the packaged ones; they come first.

    Raises:
        BadInput: `EmptyInput`, `TooLarge`, `NotText`, `WrongEncoding`, or an error of one form.
    """
    from kenesh.bodies import known

    bodies = (*profiles, *(p for p in known() if p.id not in {q.id for q in profiles}))
    form = _form(data)
    if form == "json":
        from kenesh.reading.json import read_json

        return read_json(data, name, bodies)
    if form == "akn":
        from kenesh.reading.akn import read_akn

        return read_akn(data, name, bodies)
    if form == "xml":
        from kenesh.reading.records import read_records

        return read_records(data, name, bodies)
    if form == "html":
        from kenesh.reading.html import read_html

        return read_html(data, name, bodies)
    return _read_text(data, name, bodies)


def read_clauses(text: str, *, language: str = "eng") -> tuple[Clause, ...]:
    """The clauses of a pasted draft, with or without a title before them; one bare line is enough.

    Args:
        text: plain text or markdown, at most 2,000,000 characters.
        language: of the draft, ISO 639-2; leading phrases are known for "eng" only.

    Raises:
        TooLarge: longer than that.
        NoClause: nothing in it acts.
    """
    if len(text) > MAX_DRAFT:
        raise TooLarge(name="draft", reason=f"{len(text):,} characters; at most {MAX_DRAFT:,} are read")
    blocks, _ = txt.blocks(text)
    clauses = grammar.to_clauses(blocks)
    if not any(c.kind in ("preambular", "operative") for c in clauses):
        raise NoClause(name="draft", reason="no paragraph is numbered or begins with a verb that acts")
    return clauses


def _form(data: bytes) -> str:
    """The form by its first characters: json, akn, xml (any other), html or txt."""
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"{") and b'"' in start and not start.startswith(b"{\\rtf"):
        return "json"
    if not start.startswith(b"<"):
        return "txt"
    if start.startswith(b"<!doctype html") or b"<html" in start or b"<body" in start:
        return "xml" if start.startswith(b"<?xml") and b"<html" not in start else "html"
    if b"akomantoso" in start:
        return "akn"
    if start.startswith((b"<?xml", b"<!doctype")):
        return "xml"
    return "html" if b"</p>" in data[:65_536].lower() else "txt"


def _read_text(data: bytes, name: str, profiles: Sequence[Profile]) -> Statement:
    source = decode(data, name)
    text, facts = _colophon(source)
    blocks, envelope = txt.blocks(text)
    statement = grammar.to_statement(
        blocks,
        name,
        profiles,
        sha256=hashlib.sha256(data).hexdigest(),
        source=source,
        title=envelope.title,
        date=envelope.date,
    )
    if facts is None:
        return statement
    return msgspec.structs.replace(
        statement,
        adoption=facts.adoption,
        symbol=facts.symbol or statement.symbol,
        iri=facts.iri,
        language=facts.language or statement.language,
    )


def _colophon(source: str) -> tuple[str, colophon.Colophon | None]:
    """The text before its colophon; spans in it count as in the whole source."""
    if colophon.RULE not in source:
        return source, None
    lines = source.splitlines(keepends=True)
    kept, facts = colophon.split([line.rstrip("\r\n") for line in lines])
    return "".join(lines[: len(kept)]), facts
