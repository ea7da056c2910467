"""Dates, citations, people, and what is no statement."""

from __future__ import annotations

import pytest

from kenesh.reading import read
from kenesh.reading.citations import find_citations
from kenesh.reading.dates import find_dates
from kenesh.reading.people import find_people


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("on 11 January 2022", "2022-01-11", "2022-01-11"),
        ("from 29 April to 6 May 1975", "1975-04-29", "1975-05-06"),
        ("2 to 3 April 1968", "1968-04-02", "1968-04-03"),
        ("March 12, 2021", "2021-03-12", "2021-03-12"),
        ("July 15-16, 2022", "2022-07-15", "2022-07-16"),
        ("2026-11-23", "2026-11-23", "2026-11-23"),
        ("3rd April, 1968", "1968-04-03", "1968-04-03"),
    ],
)
def test_a_date_is_read_in_the_ways_councils_write_it(text: str, start: str, end: str) -> None:
    (found,) = find_dates(text)
    assert (found.start, found.end) == (start, end)


def test_what_only_looks_like_a_date_is_passed_over() -> None:
    assert find_dates("31 February 2022, 2022-13-40, may 5 of us") == ()


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        (
            "its resolutions 67/123 of 18 December 2012, 68/85 and 2282 (2016) of 27 April 2016",
            [
                ("67/123", "2012-12-18", "A/RES/67/123"),
                ("68/85", None, "A/RES/68/85"),
                ("2282 (2016)", "2016-04-27", "S/RES/2282(2016)"),
            ],
        ),
        ("the letter MC/CFM/2026/7", [("MC/CFM/2026/7", None, "MC/CFM/2026/7")]),
        ("the Lysk Declaration of 14 May 2015", [("Lysk Declaration", "2015-05-14", "Lysk Declaration")]),
        (
            "the Charter of the United Nations and the Compact",
            [("Charter of the United Nations", None, "Charter of the United Nations")],
        ),
        ("the Declaration, the vision of peace and its statement", []),
    ],
)
def test_cited_texts_have_date_and_target(text: str, cited: list[tuple[str, str | None, str]]) -> None:
    found = find_citations(text)
    assert [(c.text, c.date, c.target) for c in found] == cited
    assert all(text[slice(*c.span)] == c.text for c in found)


def test_a_person_of_an_unknown_state_has_title_and_state() -> None:
    text = (
        "The Meeting was chaired by H.E. Torvald Grimsby, Minister for Foreign Affairs of the Kingdom of "
        "Dravia and attended by H.E. Owain Tregarth Secretary of State for Foreign Affairs of Wyland."
    )
    chair, guest = find_people(text, {"Kingdom of Dravia": "DR"})
    assert chair[:5] == ("Torvald Grimsby", "Minister for Foreign Affairs", "Kingdom of Dravia", "DR", True)
    assert guest[:5] == (
        "Owain Tregarth",
        "Secretary of State for Foreign Affairs",
        "Wyland",
        None,
        False,
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "# Remarks by the Minister\n\nThank you all. I am glad. I came by ship, and I will go by ship.",
            "speech",
        ),
        (
            "Dear colleague,\n\nthank you for the charts which you sent. They have been of use to us.",
            "letter",
        ),
        ("MR. GRIMSBY: Good day.\n\nQ: Why?\n\nMR. GRIMSBY: Because.\n\nQ: Thanks.", "transcript"),
        ("# FACT SHEET: The Northern Strait\n\n- It is 40 miles wide.\n- It is deep.", "fact sheet"),
        ("Article 1\n\nThe parties trade.\n\nArticle 2\n\nFreely.\n\nArticle 3\n\nAlways.", "treaty"),
        ("lorem ipsum dolor sit amet", "nothing in it acts"),
    ],
)
def test_what_is_no_statement_says_why_and_keeps_its_words(text: str, reason: str) -> None:
    made = read(text.encode(), "x.md")
    assert made.kind == "other"
    assert reason in (made.reason or "")
    kept = " ".join([made.title or "", *((c.number or "") + " " + c.text for c in made.walk())])
    assert kept.split() == [word for word in text.replace("# ", "").split() if word]


def test_a_line_of_adoption_tells_the_meeting() -> None:
    text = (
        "RESOLUTION 3 (2016)\n\nAdopted by the Council at its second session, on 22 September 2016\n\n"
        "The Council of the Meridian Compact,\n\nRecalling its statement,\n\n1. Requests a report.\n"
    )
    meeting = read(text.encode(), "r.txt").meeting
    assert meeting is not None
    assert (meeting.session, meeting.start) == ("second", "2016-09-22")


def test_a_number_that_the_security_council_cannot_have_reached_is_another_councils() -> None:
    ours, theirs = find_citations("Recalling resolution 18 (2026) and resolution 2563 (2021),")
    assert ours.target == "resolution 18 (2026)"
    assert theirs.target == "S/RES/2563(2021)"
