"""Canonical bytes and hashes of texts.

Canonical JSON is RFC 8785, restricted: no floats, integers up to 2^53-1, strings in NFC, depth at most 16.

    clause   SHA-256("kenesh/clause/v1\\n" || language || "\\n" || NFC(text))
    text     SHA-256("kenesh/text/v1\\n" || JCS(outline)), where the outline holds language, title and, for
             each clause in order, its kind, its number as printed, its hash and its sub-clauses

Ids, spans, phrases and other marks are not part of a text hash: every edition of a text has the same one.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable

import rfc8785

from kenesh.errors import BadInput
from kenesh.statement.model import Clause, Statement
from kenesh.statement.nfc import nfc

MAX_DEPTH = 16


def canonical(value: object) -> bytes:
    """RFC 8785 bytes of `value`, which holds only None, bool, int, NFC str, list/tuple and dict.

    Raises:
        BadInput: a float, a huge integer, a string that is not NFC, or nesting deeper than 16.
    """
    _check(value, 0)
    try:
        return bytes(rfc8785.dumps(value))  # type: ignore[arg-type]
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as error:
        raise BadInput(name="canonical JSON", reason=str(error)) from error


def _check(value: object, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise BadInput(name="canonical JSON", reason=f"nested deeper than {MAX_DEPTH}")
    if isinstance(value, float):
        raise BadInput(name="canonical JSON", reason="floating-point numbers are not allowed")
    if isinstance(value, str) and not unicodedata.is_normalized("NFC", value):
        raise BadInput(name="canonical JSON", reason="a string is not in Unicode form NFC")
    if isinstance(value, dict):
        for key, item in value.items():
            _check(key, depth)
            _check(item, depth + 1)
    elif isinstance(value, list | tuple):
        for item in value:
            _check(item, depth + 1)


def clause_hash(language: str, text: str) -> str:
    """The hash of one clause's text, 64 hexadecimal digits."""
    body = nfc(text)
    return hashlib.sha256(f"kenesh/clause/v1\n{language}\n{body}".encode()).hexdigest()


def text_hash(statement: Statement) -> str:
    """The hash that adoption binds: the same for every edition of the same text."""
    outline = {
        "language": statement.language,
        "title": nfc(statement.title or ""),
        "clauses": _outline(statement.language, statement.clauses),
        "annexes": [[a.title, _outline(statement.language, a.clauses)] for a in statement.annexes],
        "footnotes": [[f.marker, f.text] for f in statement.footnotes],
    }
    return hashlib.sha256(b"kenesh/text/v1\n" + canonical(outline)).hexdigest()


def _outline(language: str, clauses: Iterable[Clause]) -> list[list[object]]:
    return [[c.kind, c.number, clause_hash(language, c.text), _outline(language, c.clauses)] for c in clauses]


def derived_id(kind: str, text: str, taken: set[str], start: int = 0) -> str:
    """An id for a clause whose source carries none: from its content, so that reading is repeatable.

    The second clause of the same kind and text gets another id; `taken` is updated.
    `start` says how many of the same are known to stand before it, so that many of them cost no more each.
    """
    nth = start
    while True:
        seed = f"kenesh/clause-id/v1\n{kind}\n{nth}\n{unicodedata.normalize('NFC', text)}"
        made = "c" + hashlib.sha256(seed.encode()).hexdigest()[:10]
        if made not in taken:
            taken.add(made)
            return made
        nth += 1
