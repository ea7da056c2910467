"""Where a party's text differs from the base, and how it reads best."""

from __future__ import annotations

import pytest

from kenesh.drafting import compile_clause


def printed(base: str, **versions: str) -> str:
    rolling = compile_clause(base, versions)
    assert {p: rolling.project(p) for p in versions} == versions
    return rolling.to_text()


def test_a_change_begins_where_a_phrase_begins() -> None:
    base = "to protect lives, order, peace, and property"
    assert (
        printed(base, AZ="to protect lives, order, and property")
        == "to protect lives, order[, peace / – (AZ)], and property"
    )
    base = "for peace and security and stability"
    assert printed(base, AZ="for peace and stability") == "for peace [and security / – (AZ)] and stability"


def test_a_small_gap_between_two_changes_of_one_party_is_closed() -> None:
    base = "to support the upholding of norms in Avenor"
    assert printed(base, AZ="to support the defence of law in Avenor") == (
        "to support the [upholding of norms / defence of law (AZ)] in Avenor"
    )


def test_a_gap_stays_open_where_somebody_else_has_a_say() -> None:
    base = "to support the upholding of norms in Avenor"
    made = printed(
        base, AZ="to support the defence of law in Avenor", KS="to support the upholding of norms, in Avenor"
    )
    assert made == "to support the [upholding of norms / defence of law (AZ)][, (KS)] in Avenor"
    made = printed(
        base, AZ="to support the defence of law in Avenor", KS="to support the upholding of rules in Avenor"
    )
    assert made == "to support the [upholding / defence (AZ)] of [norms / law (AZ) / rules (KS)] in Avenor"


def test_a_gap_with_a_bracket_or_a_full_stop_stays_open() -> None:
    made = printed("of resolution 1572 (2004) and", AZ="of resolution 1171 (1998) and")
    assert made == "of resolution [1572 / 1171 (AZ)] ([2004 / 1998 (AZ)]) and"


def test_another_text_is_one_alternative_and_no_confetti() -> None:
    base = (
        "Stressed the importance of the free passage of all ships in the strait, and of the safety of crews."
    )
    other = "Called upon the parties, in the spirit of good will, to return to the table of the talks."
    assert printed(base, AZ=other).count("[") == 1


def test_an_insertion_beside_a_change_that_shares_its_words_is_not_doubled() -> None:
    base = "the acts of violence and vandalism"
    made = printed(
        base,
        AV="the acts of violence, terror and vandalism",
        KS="the acts of violence or of terror, vandalism",
    )
    assert made == "the acts of violence [[, terror (AV)] and / or of terror, (KS)] vandalism"


@pytest.mark.parametrize("size", [20_000])
def test_a_long_monotonous_text_comes_back(size: int) -> None:
    base = "a " * (size // 2)
    versions = {f"P{n}": "a " * (size // 2 - n) for n in range(1, 7)}
    rolling = compile_clause(base, versions)
    assert {p: rolling.project(p) for p in versions} == versions
    assert len(rolling.brackets) == 6
