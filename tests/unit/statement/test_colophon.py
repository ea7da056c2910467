"""The lines after a plain text."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kenesh.statement import colophon
from kenesh.statement.model import Adoption, Reservation, Statement

ADOPTION = Adoption(
    how="consensus",
    when="2026-11-23T20:11:05.000000Z",
    rule="consensus, no objection",
    text_sha256="ab" * 32,
    present=6,
    entitled=6,
    reservations=(
        Reservation(
            "KS", "reservation", "Kesteria reads this clause: as it stands.", "4.", "Republic of Kesteria"
        ),
        Reservation("OZ", "explanation", "Özgen explains on 3.: nothing.", None, None),
    ),
)
ADOPTED = Statement(
    kind="joint-statement",
    iri="/akn/aa-mc/statement/deliberation/mc-cfm/2026-11-23/northern-strait",
    adoption=ADOPTION,
)


def test_a_colophon_says_how_when_and_by_which_rule():
    assert colophon.to_lines(ADOPTED) == (
        "----------------------------------------",
        "Adopted by consensus on 23 November 2026 at 20:11:05 UTC.",
        "Rule: consensus, no objection; 6 of 6 members present; 0 objections.",
        "Reservation by KS (Republic of Kesteria) on 4.: Kesteria reads this clause: as it stands.",
        "Explanation by OZ: Özgen explains on 3.: nothing.",
        "Identifier: /akn/aa-mc/statement/deliberation/mc-cfm/2026-11-23/northern-strait",
        "Text SHA-256: " + "ab" * 32,
    )


def test_a_draft_has_no_colophon():
    assert colophon.to_lines(Statement(kind="joint-statement", language="fra")) == ()


def test_microseconds_are_kept_where_they_are_not_zero():
    assert (
        colophon.instant_in_words("2026-11-23T20:11:05.123456Z") == "23 November 2026 at 20:11:05.123456 UTC"
    )


def test_an_adoption_told_in_part_is_refused():
    with pytest.raises(colophon.BadColophon):
        colophon.from_lines(["Adopted by consensus on 23 November 2026 at 20:11:05 UTC."])


def test_a_line_break_in_a_voice_stays_on_its_line():
    text = "first\nsecond \\n third \\u000a"
    told = msgspec.structs.replace(ADOPTION, reservations=(Reservation("OZ", "reservation", text),))
    lines = colophon.to_lines(msgspec.structs.replace(ADOPTED, adoption=told))
    assert all(len(line.splitlines()) == 1 for line in lines)
    assert colophon.from_lines(lines).adoption == told


def test_a_rule_inside_a_text_is_text():
    lines = ["Title", colophon.RULE, "1. Condemned the acts."]
    assert colophon.split(lines) == (tuple(lines), None)


def test_the_text_before_a_colophon_is_given_back():
    text, found = colophon.split(["Title", "", *colophon.to_lines(ADOPTED), ""])
    assert text == ("Title", "")
    assert found == colophon.Colophon(adoption=ADOPTION, iri=ADOPTED.iri)


words = st.text(min_size=1).filter(lambda t: t == t.strip())
codes = st.from_regex(r"[A-Z]{2,4}", fullmatch=True)
numbers = st.from_regex(r"([0-9]{1,3}\.|\([a-z]\)|[0-9]{1,2} bis\.)", fullmatch=True)
states = st.from_regex(r"[A-Z][a-zö ]{0,10}[a-z]( \([A-Z][a-z]+\))?", fullmatch=True)
voices = st.builds(
    Reservation,
    code=codes,
    kind=st.sampled_from(["reservation", "disassociation", "interpretation", "explanation"]),
    text=words,
    clause=st.none() | numbers,
    state=st.none() | states,
)
instants = st.datetimes().map(lambda at: at.isoformat(timespec="microseconds") + "Z")
adoptions = st.builds(
    Adoption,
    how=st.sampled_from(["consensus", "vote", "silence"]),
    when=instants,
    rule=words,
    text_sha256=st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
    present=st.integers(0, 200),
    entitled=st.integers(0, 200),
    objections=st.integers(0, 3),
    reservations=st.lists(voices, max_size=3).map(tuple),
)


@settings(max_examples=150)
@given(st.none() | adoptions, st.none() | words, st.none() | words, st.sampled_from(["eng", "fra", "tur"]))
def test_a_colophon_is_read_back_as_it_was_written(adoption, symbol, iri, language):
    statement = Statement(kind="declaration", adoption=adoption, symbol=symbol, iri=iri, language=language)
    found = colophon.from_lines(colophon.to_lines(statement))
    told = any((adoption, symbol is not None, iri is not None)) and language != "eng"
    assert found == colophon.Colophon(adoption, symbol, iri, language if told else None)
    assert msgspec.json.decode(msgspec.json.encode(found), type=colophon.Colophon) == found
