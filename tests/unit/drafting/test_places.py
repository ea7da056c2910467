"""Places of brackets: apart or inside one another, never crossing."""

from __future__ import annotations

from kenesh.drafting import compile_clause
from kenesh.drafting.places import laminar


def test_what_crosses_is_united_and_what_lies_around_stays() -> None:
    assert laminar([(0, 20), (2, 8), (5, 12)]) == [(0, 20), (2, 12)]


def test_what_lies_inside_what_crosses_keeps_its_place() -> None:
    assert laminar([(1, 10), (4, 6), (8, 12)]) == [(1, 12), (4, 6)]
    assert laminar([(1, 10), (1, 5), (3, 12)]) == [(1, 12), (1, 5)]


def test_a_chain_of_crossings_is_one() -> None:
    assert laminar([(1, 4), (3, 6), (5, 9), (9, 11)]) == [(1, 9), (9, 11)]


def printed(base: str, *versions: str) -> str:
    rolling = compile_clause(base, dict(zip(("AV", "DR", "EL"), versions, strict=False)))
    assert tuple(rolling.project(p) for p in rolling.parties) == versions
    return rolling.to_text()


def test_united_alternatives_let_go_of_what_they_share() -> None:
    assert printed("peace order peace", "peace", "peace law", "peace") == (
        "peace [order peace / – (AV, EL) / law (DR)]"
    )


def test_a_small_change_stays_inside_changes_that_cross_around_it() -> None:
    assert printed("peace law order trade", "peace", "peace law", "order") == (
        "[peace law [order trade / – (DR)] / peace (AV) / order (EL)]"
    )
