"""The laws of reading, over real texts and over generated ones."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kenesh.errors import BadInput
from kenesh.reading import mark, read
from kenesh.reading.decode import decode
from kenesh.statement.model import Statement

pytestmark = pytest.mark.shared

_FRONT = re.compile(r"\ufeff?---\n.*?\n---\n", re.DOTALL)
_MARKUP = re.compile(r"</?u>")
_FOLDERS = ("un/sc", "un/ga", "un/sc-early", "un/sc-prst", "un/multi", "statements/wh", "statements/trove",
            "statements/dfat", "bipm", "unfccc", "itu", "un/eosg")  # fmt: skip


@cache
def sample(shared: Path) -> tuple[Path, ...]:
    """Five files of each folder, the first, the last and some between: the same ones each time."""
    found: list[Path] = [shared / "seed/statement.txt"]
    for folder in _FOLDERS:
        files = sorted(f for f in (shared / "corpus" / folder).iterdir() if f.suffix in (".txt", ".md"))
        found += [files[i * (len(files) - 1) // 4] for i in range(5)]
    return tuple(dict.fromkeys(found))


@cache
def statements(shared: Path) -> tuple[tuple[Path, str, Statement], ...]:
    """Each sampled file, its text and what was read; XML and HTML are read elsewhere."""
    made = []
    for path in sample(shared):
        data = path.read_bytes()
        made.append((path, decode(data, path.name), read(data, path.name)))
    return tuple(made)


def letters(text: str) -> str:
    """All letters and digits of a text, in order."""
    return "".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text)))


def parts(statement: Statement) -> list[tuple[int, str]]:
    """Where each part of a statement begins in its source, and its words."""
    assert statement.source is not None
    spans = statement.source.spans
    named = (("title", statement.title), ("symbol", statement.symbol))
    found = [(spans[key][0], text or "") for key, text in named if key in spans]
    for clause in statement.walk():
        found.append((spans[f"clauses/{clause.id}"][0], f"{clause.number or ''} {clause.text}"))
    for nth, annex in enumerate(statement.annexes):
        found.append((spans[f"annexes/{nth}/title"][0], annex.title))
        below = (clause for top in annex.clauses for clause in top.walk())
        found += [(spans[f"clauses/{c.id}"][0], f"{c.number or ''} {c.text}") for c in below]
    found += [(10**9 + nth, f"{n.marker} {n.text}") for nth, n in enumerate(statement.footnotes)]
    return sorted(found)


def test_nothing_is_lost(shared: Path) -> None:
    for path, text, statement in statements(shared):
        source = _MARKUP.sub("", _FRONT.sub("", text, count=1) if _FRONT.match(text) else text)
        assert letters(" ".join(words for _, words in parts(statement))) == letters(source), path.name


def test_facts_and_clauses_are_found_again_in_the_source(shared: Path) -> None:
    for path, text, statement in statements(shared):
        assert statement.source is not None
        spans = statement.source.spans
        for clause in statement.walk():
            where = text[slice(*spans[f"clauses/{clause.id}"])]
            assert letters(clause.text) in letters(_MARKUP.sub("", where)), path.name
        for nth, person in enumerate(statement.participants):
            for field in ("name", "title", "state"):
                words = getattr(person, field)
                if words:
                    where = text[slice(*spans[f"participants/{nth}/{field}"])]
                    assert letters(words) in letters(where), (path.name, words)


def test_marks_stand_where_they_say(shared: Path) -> None:
    for path, _, statement in statements(shared):
        for clause in statement.walk():
            for found in (*clause.phrases, *clause.citations):
                assert clause.text[slice(*found.span)] == found.text, path.name


def test_reading_is_the_same_again(shared: Path) -> None:
    for path, _, statement in statements(shared)[::3]:
        assert read(path.read_bytes(), path.name) == statement


def test_marking_a_marked_clause_changes_nothing(shared: Path) -> None:
    for _, _, statement in statements(shared)[::3]:
        assert all(mark(clause) == clause for clause in statement.clauses)


def test_texts_that_are_no_statements_are_labelled_so(shared: Path) -> None:
    files = sorted(f for f in (shared / "corpus/negative").rglob("*") if f.is_file())
    forced = [f.name for f in files if read(f.read_bytes(), f.name).kind != "other"]
    assert len(files) == 21
    assert not forced


def test_resolutions_are_read_as_their_gold_says(shared: Path) -> None:
    import json

    hit = read_count = gold_count = 0
    for gold_file in sorted((shared / "corpus/un/hrc").glob("*.gold.json")):
        gold = json.loads(gold_file.read_text("utf-8"))
        wanted = {_plain(c["text"]) for part in ("preambular", "operative") for c in _flat(gold[part])}
        text_file = gold_file.with_name(gold_file.name.replace(".gold.json", ".txt"))
        made = read(text_file.read_bytes(), text_file.name)
        got = {_plain(c.text) for c in made.walk() if c.kind in ("preambular", "operative")}
        hit, read_count, gold_count = hit + len(wanted & got), read_count + len(got), gold_count + len(wanted)
    assert 2 * hit / (read_count + gold_count) > 0.97


def _flat(clauses: list[dict[str, object]]) -> list[dict[str, str]]:
    flat: list[dict[str, str]] = []
    for clause in clauses:
        flat.append(clause)  # type: ignore[arg-type]
        flat += _flat(clause.get("children") or [])  # type: ignore[arg-type]
    return flat


def _plain(text: str) -> str:
    return " ".join(re.sub("[¹²³⁰⁴-⁹]+", "", text).split())


PIECES = st.sampled_from(
    [
        "1. ", "(a) ", "(i) ", "– ", "Requests", "Recalling", " the report", ",", ";", ".", ":", "\n", "\n\n",
        "    ", "The Council has:", "We reaffirm", " and condemned", "# ", "**", "----\n", "¹ ", "[1] ",
        "Annex\n", "H.E. ", "Işıl Karadağlı", ", Minister of Foreign Affairs of Wyland", " of 3 May 2019",
        "Lysk Declaration", "«", "»", "\u00a0", "\u200d", "é", "\u0301", "I ", "Q: ", "II. ", "A/RES/1/1",
        "The General Assembly,\n",
    ]
)  # fmt: skip


@settings(max_examples=200)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_no_text_breaks_the_reader_or_loses_words(text: str) -> None:
    try:
        statement = read(text.encode(), "made.txt")
    except BadInput:
        return
    plain = text.replace("**", "") if re.search(r"(?m)^#{1,6}\s+\S|^\*\*\S", text) else text
    assert letters(" ".join(words for _, words in parts(statement))) == letters(plain)
    ids = [clause.id for clause in statement.walk()]
    assert len(ids) == len(set(ids))
