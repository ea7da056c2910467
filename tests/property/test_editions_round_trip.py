"""Law 3 of reading: what is published is read back as it was, through the one door that all files take."""

from __future__ import annotations

import random
from contextlib import suppress
from importlib.resources import files

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_statements import adoptions, statements

from kenesh.editions import ENDINGS, publish
from kenesh.errors import BadInput
from kenesh.reading import mark, read
from kenesh.statement.hashes import derived_id, text_hash
from kenesh.statement.model import Clause, ClauseKind, Statement

IRI = "/akn/aa-mc/statement/deliberation/mc-cfm/2026-11-23/northern-strait"
REAL = ("un/sc/*.txt", "un/ga/*.xml", "statements/wh/*.md", "bipm/*.html", "un/multi/*.txt")
EXACT = ("html", "json", "akn")
OPENINGS = {
    "preambular": ("Reaffirming", "Recalling", "Deeply concerned by", "Noting with appreciation"),
    "operative": ("Condemns", "Calls upon", "Expresses its support for", "Requests"),
}
NOUNS = (
    "the members of the Compact",
    "peace in the strait",
    "the work of the centre",
    "safe & open sea lanes",
)


def bare(statement: Statement) -> Statement:
    return msgspec.structs.replace(statement, source=None)


def without_ids(statement: Statement) -> Statement:
    """The statement with ids that say the place, for forms that carry none."""
    return msgspec.structs.replace(bare(statement), clauses=_placed(statement.clauses, "c"))


def _placed(clauses: tuple[Clause, ...], prefix: str) -> tuple[Clause, ...]:
    return tuple(
        msgspec.structs.replace(clause, id=f"{prefix}{n}", clauses=_placed(clause.clauses, f"{prefix}{n}."))
        for n, clause in enumerate(clauses)
    )


@pytest.mark.parametrize("form", EXACT)
def test_a_published_statement_is_read_back_as_it_was(form):
    @settings(max_examples=100)
    @given(statements())
    def holds(statement):
        data = publish(statement, form)
        found = read(data, f"s.{form}")
        assert bare(found) == statement
        assert found.source is not None
        assert found.source.file == f"s.{form}"
        assert publish(found, form) == data, "published again, it is the same file"

    holds()


@st.composite
def plain_clauses(draw: st.DrawFn, kind: ClauseKind, number: str | None, taken: set[str]) -> Clause:
    opening, noun = draw(st.sampled_from(OPENINGS[kind])), draw(st.sampled_from(NOUNS))
    end = "," if kind == "preambular" else draw(st.sampled_from([";", "."]))
    text = f"{opening} {noun}, as in {draw(st.integers(2, 99))} other cases{end}"
    below: tuple[Clause, ...] = ()
    if kind == "operative" and draw(st.booleans()):
        text = f"{text[:-1]}:"
        lines = [(letter, f"to act on {draw(st.sampled_from(NOUNS))} in {letter};") for letter in "ab"]
        below = tuple(Clause(derived_id(kind, line, taken), kind, line, f"({at})") for at, line in lines)
    return mark(Clause(derived_id(kind, text, taken), kind, text, number, clauses=below))


@st.composite
def plain_statements(draw: st.DrawFn) -> Statement:
    """A resolution in the shape that plain text carries: opening words, recitals, numbered clauses."""
    taken: set[str] = set()
    recitals = [draw(plain_clauses("preambular", None, taken)) for _ in range(draw(st.integers(1, 4)))]
    acts = [draw(plain_clauses("operative", f"{n}.", taken)) for n in range(1, draw(st.integers(2, 6)))]
    title = "Resolution on the safety of navigation"
    texts = Statement(kind="resolution", title=title, clauses=(*recitals, *acts))
    base = bare(read(publish(texts, "txt"), "s.txt"))
    return msgspec.structs.replace(
        texts,
        body=base.body,
        iri=draw(st.sampled_from([None, IRI])),
        symbol=draw(st.sampled_from([None, "MC/RES/7"])),
        adoption=draw(st.none() | adoptions),
    )


@settings(max_examples=80)
@given(plain_statements())
def test_plain_text_is_read_back_but_for_ids(statement):
    found = read(publish(statement, "txt"), "s.txt")
    assert without_ids(found) == without_ids(statement)


def samples() -> list[str]:
    folder = files("kenesh.demo") / "data/texts"
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


@pytest.mark.parametrize("name", samples())
@pytest.mark.parametrize("form", ENDINGS)
def test_the_texts_of_the_compact_are_read_back_as_they_were(name, form):
    path = files("kenesh.demo") / "data/texts" / name
    statement = read(path.read_bytes(), name)
    again = read(publish(statement, form), f"s{ENDINGS[form]}")
    same = without_ids if form == "txt" else bare
    assert same(again) == same(statement)
    assert text_hash(again) == text_hash(statement)


@pytest.mark.shared
@pytest.mark.parametrize("form", ENDINGS)
def test_the_seed_is_read_back_as_it_was(shared, form):
    data = (shared / "seed/statement.txt").read_bytes()
    statement = read(data, "statement.txt")
    again = read(publish(statement, form), f"s{ENDINGS[form]}")
    assert bare(again) == bare(statement), "ids too: they are derived from the same text"


@pytest.mark.shared
def test_the_seed_as_plain_text_is_the_seed(shared):
    data = (shared / "seed/statement.txt").read_bytes()
    printed = publish(read(data, "statement.txt"), "txt").decode()
    assert printed.strip() == data.decode().replace("## ", "").strip()


@pytest.mark.shared
@pytest.mark.parametrize(
    "pattern", ["un/sc/*.txt", "un/ga/*.xml", "statements/wh/*.md", "bipm/*.html", "un/multi/*.txt"]
)
def test_what_is_read_from_real_texts_is_read_back_as_it_was(shared, pattern):
    for path in sorted((shared / "corpus").glob(pattern))[:6]:
        statement = read(path.read_bytes(), path.name)
        for form in EXACT:
            assert bare(read(publish(statement, form), "again")) == bare(statement), f"{path.name} as {form}"


@pytest.mark.parametrize("form", EXACT)
def test_a_damaged_edition_is_read_or_refused_and_nothing_else(form):
    @settings(max_examples=60)
    @given(statements(), st.integers(0, 2**32))
    def holds(statement, seed):
        damaged = _damaged(publish(statement, form), random.Random(seed))
        with suppress(BadInput):
            read(damaged, "damaged")

    holds()


def _damaged(data: bytes, chance: random.Random) -> bytes:
    raw = bytearray(data)
    for _ in range(chance.choice((1, 3))):
        at = chance.randrange(len(raw))
        match chance.randrange(4):
            case 0:
                raw[at] = chance.randrange(256)
            case 1:
                del raw[at : at + chance.randrange(1, 60)]
            case 2:
                raw[at:at] = chance.choice((b"</p>", b"<div>", b'"', b"{", b"&#0;", b"null", b"-1"))
            case _:
                raw[at:at] = raw[chance.randrange(len(raw)) :][:80]
    return bytes(raw)
