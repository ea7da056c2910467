"""The first measure: a real statement of a council, read fully."""

from __future__ import annotations

from pathlib import Path

import pytest

from kenesh.reading import read
from kenesh.statement.model import BodyRef, MeetingRef, Statement


@pytest.fixture(scope="module")
def seed(shared: Path) -> Statement:
    return read((shared / "seed/statement.txt").read_bytes(), "statement.txt")


def test_title_body_and_meeting_are_told(seed: Statement) -> None:
    assert seed.kind == "joint-statement"
    assert seed.title is not None
    assert seed.title.startswith("STATEMENT OF THE COUNCIL OF FOREIGN MINISTERS")
    assert seed.body == BodyRef(
        "Council of Foreign Ministers of the Organization of Turkic States", "ots-cfm"
    )
    assert seed.meeting == MeetingRef("extraordinary", "video", None, None, "2022-01-11", "2022-01-11")


def test_eight_participants_have_name_title_state_and_role(seed: Statement) -> None:
    found = [(p.name, p.state, p.code, p.role) for p in seed.participants]
    assert found == [
        ("Mevlüt Çavuşoğlu", "Republic of Türkiye", "TR", "chair"),
        ("Jeyhun Bayramov", "Republic of Azerbaijan", "AZ", "member"),
        ("Mukhtar Tileuberdi", "Republic of Kazakhstan", "KZ", "member"),
        ("Ruslan Kazakbaev", "Kyrgyz Republic", "KG", "member"),
        ("Abdulaziz Kamilov", "Republic of Uzbekistan", "UZ", "member"),
        ("Péter Szijjártó", "Hungary", "HU", "observer"),
        ("Rashid Meredov", "Turkmenistan", "TM", "observer"),
        ("Baghdad Amreyev", "Organization of Turkic States", None, "secretariat"),
    ]
    titles = [p.title for p in seed.participants]
    assert titles[5] == "Minister of Foreign Affairs and Trade"
    assert titles[6] == "Deputy Chairman of the Cabinet of Ministers and Minister of Foreign Affairs"
    assert titles[7] == "Secretary General"


def test_clauses_have_their_kinds_and_numbers(seed: Statement) -> None:
    kinds = [clause.kind for clause in seed.clauses]
    assert kinds == ["paragraph"] * 2 + ["preambular"] * 4 + ["formula"] + ["operative"] * 10
    numbers = [clause.number for clause in seed.clauses if clause.kind == "operative"]
    assert numbers == [f"{n}." for n in range(1, 10)] + [None]


def test_leads_and_acts_are_those_of_an_editor(seed: Statement) -> None:
    acting = [c for c in seed.clauses if c.phrases]
    assert [c.lead for c in acting] == [
        "Reaffirming", "Referring to", "Deeming", "Hearing", "Conveyed", "Reaffirmed", "Underlined",
        "Condemned", "Stressed", "Underscored", "Drew attention", "Reiterated", "Declared", "agreed",
    ]  # fmt: skip
    assert [[(p.act, p.strength) for p in c.phrases] for c in acting] == [
        [("affirms", 5)], [("recalls", 1)], [("affirms", 4), ("recalls", 1)],
        [("considers", 2), ("considers", 3)],
        [("condoles", 4), ("condoles", 3)], [("supports", 6)], [("stresses", 4)], [("condemns", 3)],
        [("supports", 4)], [("stresses", 4), ("supports", 4)], [("stresses", 2)], [("commits", 3)],
        [("supports", 4)], [("commits", 2)],
    ]  # fmt: skip


def test_three_texts_are_cited_with_their_dates(seed: Statement) -> None:
    cited = [(c.text, c.date) for clause in seed.clauses for c in clause.citations]
    assert cited == [
        (
            "Nakhchivan Agreement on the Establishment of the Cooperation Council of Turkic Speaking States",
            "2009-10-03",
        ),
        ("statement of the Organization of Turkic States", "2022-01-06"),
        ("Turkic World Vision - 2040", None),
    ]


def test_facts_are_found_again_in_the_source(seed: Statement, shared: Path) -> None:
    text = (shared / "seed/statement.txt").read_text("utf-8")
    assert seed.source is not None
    spans = seed.source.spans
    assert text[slice(*spans["title"])].lstrip("# ") == seed.title
    assert text[slice(*spans["meeting.start"])] == "11 January 2022"
    for nth, person in enumerate(seed.participants):
        assert text[slice(*spans[f"participants/{nth}/name"])] == person.name
        assert text[slice(*spans[f"participants/{nth}/title"])] == person.title
        assert text[slice(*spans[f"participants/{nth}/state"])] == person.state
