"""Reading the format `kenesh.statement/1`: strict about what it knows, quiet about what it does not.

* A key that stands twice in one object is refused: two readers could see two texts.
* Keys that are not of the format are passed over, so that later versions may add some.
* Ids are unique, spans lie within their text; numbers and types are as the model says.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import msgspec

from kenesh.reading.errors import BrokenJson
from kenesh.statement.model import SCHEMA, Clause, Source, Statement

if TYPE_CHECKING:
    from kenesh.bodies import Profile


def read_json(data: bytes, name: str, profiles: Sequence[Profile] = ()) -> Statement:
    """Read one statement from its JSON.

    Args:
        data: UTF-8, one object; line ends around it are allowed.
        name: the file, for `source` and for errors.
        profiles: not needed, since the format names the body by id.

    Raises:
        BrokenJson: not JSON, not of this format, not whole, a key twice, or more than one object.
    """
    text = data.removeprefix(b"\xef\xbb\xbf").strip()
    try:
        found = msgspec.json.decode(text, type=Statement)
        raw = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:  # msgspec's errors and _Twice are ValueErrors
        raise BrokenJson(name=name, reason=_reason(text, error)) from error
    if raw.get("schema") != SCHEMA:
        raise BrokenJson(name=name, reason=f"schema: expected {SCHEMA!r}, got {raw.get('schema')!r}")
    if (fault := _fault(found)) is not None:
        raise BrokenJson(name=name, reason=fault)
    source = Source(file=name, sha256=hashlib.sha256(data).hexdigest())
    return msgspec.structs.replace(found, source=source)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {twice[:40]!r} stands twice in one object")
    return made


def _no_constant(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _reason(text: bytes, error: Exception) -> str:
    if b"\n" in text and "trailing" in str(error):
        return "holds more than one object; give each statement a file of its own"
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)


def _fault(statement: Statement) -> str | None:
    """What contradicts itself in a statement whose types are right; None where nothing does."""
    seen: set[str] = set()
    for clauses in (statement.clauses, *(annex.clauses for annex in statement.annexes)):
        for clause in (found for top in clauses for found in top.walk()):
            if clause.id in seen:
                return f"the clause id {clause.id[:40]!r} stands twice"
            seen.add(clause.id)
            if (fault := _mark_fault(clause)) is not None:
                return fault
    return None


def _mark_fault(clause: Clause) -> str | None:
    spans = [p.span for p in clause.phrases] + [c.span for c in clause.citations]
    for start, end in spans:
        if not 0 <= start <= end <= len(clause.text):
            return f"clause {clause.id[:40]!r}: the span [{start}, {end}] lies outside its text"
    return None
