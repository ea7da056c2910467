"""The laws of the rolling text, with generated edits and with real clauses."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kenesh.drafting import (
    Alternative,
    Bracket,
    Node,
    RollingText,
    Words,
    accept,
    compile_clause,
    rebase,
    units,
)
from kenesh.drafting.hunks import Edited, hunks_of, settle
from kenesh.drafting.places import laminar
from kenesh.drafting.units import joined, tokens

PARTIES = ("AZ", "HU", "KG", "KZ", "TR", "UZ")
VOCABULARY = (
    "Condemned", "Strongly condemned", "Deplored", "the", "acts", "of", "violence", "and", ",", "vandalism",
    "that", "endanger", "lives", "undermine", "public", "order", ".", "(", ")", "H.E.", "counter-terrorist",
    "egemendik", "ішкі",
)  # fmt: skip


@st.composite
def edits(draw: st.DrawFn, *, distinct: bool = False) -> tuple[str, dict[str, str]]:
    """A base and competing versions of it: insertions, deletions, substitutions, long deletions, everything
    gone, and proposals that say the same."""
    known = VOCABULARY if distinct else draw(st.sampled_from((VOCABULARY, VOCABULARY[3:9])))
    words = st.lists(st.sampled_from(known), max_size=4)
    base = draw(st.lists(st.sampled_from(known), max_size=24, unique=distinct))
    versions: dict[str, list[str]] = {}
    for party in PARTIES[: draw(st.integers(1, 6))]:
        if versions and draw(st.integers(0, 5)) == 0:
            versions[party] = draw(st.sampled_from(list(versions.values())))
            continue
        row = list(base)
        for _ in range(draw(st.integers(0, 4))):
            at = draw(st.integers(0, len(row)))
            length = draw(st.sampled_from((0, 0, 1, 1, 2, 9, 99)))
            row[at : at + length] = draw(words)
        versions[party] = row
    return joined(base), {party: joined(row) for party, row in versions.items()}


@st.composite
def any_texts(draw: st.DrawFn) -> tuple[str, dict[str, str]]:
    """Any characters whatever, white space and controls too."""
    text = st.text(alphabet="ab, .(\x1f\u00a0“”\n'-1\u0301ə中", max_size=12) | st.text(max_size=8)
    return draw(text), draw(st.dictionaries(st.sampled_from(PARTIES), text, max_size=4))


def all_brackets(nodes: tuple[Node, ...]) -> Iterator[Bracket]:
    for node in nodes:
        if isinstance(node, Bracket):
            yield node
            for alternative in node.alternatives:
                yield from all_brackets(alternative.nodes)


def first_units(alternative: Alternative, *, last: bool = False) -> set[str]:
    """The units with which an alternative can begin (or end), whatever is chosen inside it."""
    for node in reversed(alternative.nodes) if last else alternative.nodes:
        if isinstance(node, Bracket):
            return set().union(*(first_units(a, last=last) for a in node.alternatives))
        if node.tokens:
            return {node.tokens[-1 if last else 0]}
    return {""}


def assert_laws(base: str, versions: dict[str, str]) -> RollingText:
    rolling = compile_clause(base, versions)
    # 1. projection
    assert rolling.project(None) == base
    assert {p: rolling.project(p) for p in versions} == versions
    # 2. order does not matter
    assert compile_clause(base, dict(reversed(versions.items()))) == rolling
    for bracket in all_brackets(rolling.nodes):
        # 3. tight, and equal alternatives are one
        said = [a.text for a in bracket.alternatives]
        assert len(set(said)) == len(said)
        assert len(set.union(*(first_units(a) for a in bracket.alternatives))) > 1
        assert len(set.union(*(first_units(a, last=True) for a in bracket.alternatives))) > 1
        # 4. only the base has brackets inside; everybody behind an alternative is there once
        parties = [p for a in bracket.alternatives for p in a.parties]
        assert len(set(parties)) == len(parties) >= 1
        inside = {
            p for inner in all_brackets(bracket.base.nodes) for a in inner.alternatives for p in a.parties
        }
        assert not inside & set(parties)
        assert all(isinstance(n, Words) for a in bracket.alternatives if not a.is_base for n in a.nodes)
        assert len({a.key for a in bracket.alternatives}) == len(said)
    return rolling


@given(edits())
@settings(max_examples=200)
def test_the_rolling_text_keeps_its_laws(case: tuple[str, dict[str, str]]) -> None:
    assert_laws(*case)


@given(any_texts())
@settings(max_examples=200)
def test_any_characters_come_back_exactly(case: tuple[str, dict[str, str]]) -> None:
    base, versions = case
    rolling = compile_clause(base, versions)
    assert rolling.project(None) == base
    assert {p: rolling.project(p) for p in versions} == versions
    for text in (base, *versions.values()):
        assert "".join(units(text)) == text == joined(tokens(text))


@given(edits())
@settings(max_examples=150)
def test_a_hunk_that_crosses_no_other_has_its_own_bracket(case: tuple[str, dict[str, str]]) -> None:
    base, versions = case
    row = tokens(base)
    parties = {p: Edited(tokens(v), hunks_of(row, tokens(v))) for p, v in versions.items()}
    settled = settle(row, parties)
    spans = {h[:2] for hunks in settled.values() for h in hunks}
    free = {(a, b) for a, b in spans if not any(c < a < d < b or a < c < b < d for c, d in spans)}
    rolling = compile_clause(base, versions)
    for party, hunks in settled.items():
        places = [
            b.place
            for b in all_brackets(rolling.nodes)
            if party in {q for a in b.alternatives for q in a.parties}
        ]
        for h in hunks:
            around = {s for s in spans if s != h[:2] and s[0] <= h.a and h.b <= s[1]}
            if h[:2] in free and around <= free and 2 * len(row) + 1 > h.b - h.a > 1:
                assert any(a <= h.a + 1 and h.b - 1 <= b and b - a <= h.b - h.a for a, b in places)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), max_size=15))
def test_places_never_cross_and_cover_every_hunk(raw: list[tuple[int, int]]) -> None:
    spans = {(a, a + n) for a, n in raw}
    made = laminar(spans)
    assert not any(a < c < b < d for a, b in made for c, d in made)
    assert all(any(a <= c and d <= b for a, b in made) for c, d in spans)
    assert {a for a, _ in made} <= {a for a, _ in spans}
    assert {b for _, b in made} <= {b for _, b in spans}


@given(edits(), st.randoms(use_true_random=False))
@settings(max_examples=200)
def test_accepting_any_alternative_carries_everybody_over(
    case: tuple[str, dict[str, str]], chance: random.Random
) -> None:
    base, versions = case
    rolling = compile_clause(base, versions)
    for bracket in rolling.brackets[:4]:
        alternative = chance.choice(bracket.alternatives)
        done = accept(rolling, alternative.key)
        again = compile_clause(done.text, done.versions)
        assert again.project(None) == done.text
        assert {p: again.project(p) for p in versions} == done.versions
        if alternative.is_base:
            assert (done.text, done.versions) == (base, versions)
        for party in alternative.parties:
            assert done.versions[party] == versions[party]
        for party, text in versions.items():
            if text == base:
                assert done.versions[party] == done.text
            if text == done.text and not alternative.is_base:
                assert done.versions[party] == done.text


@given(edits(distinct=True))
@settings(max_examples=150)
def test_accepting_agrees_with_a_three_way_merge_where_changes_do_not_meet(
    case: tuple[str, dict[str, str]],
) -> None:
    base, versions = case
    rolling = compile_clause(base, versions)
    for alternative in rolling.alternatives[:6]:
        done = accept(rolling, alternative.key)
        for party, text in versions.items():
            merged = rebase(base, done.text, text)
            assert merged is None or done.versions[party] in (merged, text)


@given(edits())
@settings(max_examples=100)
def test_accepting_everything_of_one_party_arrives_at_its_text(case: tuple[str, dict[str, str]]) -> None:
    base, versions = case
    party = max(versions)
    for _ in range(40):
        rolling = compile_clause(base, versions)
        own = [a for a in rolling.alternatives if party in a.parties]
        if not own:
            break
        done = accept(rolling, own[0].key)
        base, versions = done.text, done.versions
    assert base == versions[party]


@given(edits())
@settings(max_examples=100)
def test_rebasing_alone_is_exact(case: tuple[str, dict[str, str]]) -> None:
    base, versions = case
    for text in versions.values():
        assert rebase(base, base, text) == text
        assert rebase(base, text, base) == text
        assert rebase(base, text, text) == text
    new, own = min(versions.values()), max(versions.values())
    assert rebase(base, new, own) == rebase(base, own, new)


def changed(text: str, chance: random.Random) -> str:
    """A clause as a delegation might change it."""
    row = list(units(text))
    for _ in range(chance.randint(1, 4)):
        at, length = chance.randrange(len(row) + 1), chance.choice((0, 1, 1, 2, 3, 12))
        new = chance.sample(row, k=min(len(row), chance.choice((0, 1, 1, 2))))
        row[at : at + length] = new
    return "".join(row)


@pytest.mark.shared
def test_real_clauses_keep_the_laws(shared: Path) -> None:
    path = shared / "corpus/scale/un_en_clauses.jsonl.gz"
    if not path.is_file():
        pytest.skip("the clauses of the scale corpus are absent")
    chance = random.Random(7)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        clauses = [json.loads(line)["text"] for line in islice(lines, 0, 60_000, 200)]
    for n, text in enumerate(clauses):
        versions = {p: changed(text, chance) for p in PARTIES[: 2 + n % 5]}
        if n % 7 == 0:
            versions["UZ"] = ""
        rolling = assert_laws(text, versions)
        for key in [a.key for a in rolling.alternatives][::5]:
            done = accept(rolling, key)
            assert compile_clause(done.text, done.versions).project(None) == done.text
