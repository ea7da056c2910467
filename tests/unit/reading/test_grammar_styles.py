"""Person styles, sub-clauses, headings, columns and drafts."""

from __future__ import annotations

import pytest

from kenesh.reading import read, read_clauses
from kenesh.reading.errors import NoClause, TooLarge
from kenesh.statement.model import Clause, Statement

RESOLUTION = """\
RESOLUTION 4 (2017)

The Council of the Meridian Compact,

Recalling its resolution 3 (2016) of 22 September 2016,

Deeply concerned at the closure of the harbour of Kesrin,

1. Requests the Secretary General:

(a) to report on the closure, including:

(i) its causes;

(ii) its cost;

(b) to propose a remedy;

2. Decides to remain seized of the matter.

7th meeting
12 October 2017
"""

COMMUNIQUE = """\
JOINT COMMUNIQUÉ OF THE MERIDIAN COMPACT

We, the Foreign Ministers of the Meridian Compact, meeting in Lysk on 4 May 2018,

1. We strongly condemn the seizure of the ferry and call upon all parties to show restraint.
2. We reaffirm our commitment to the Lysk Declaration.
"""


def outline(clauses: tuple[Clause, ...]) -> list[tuple[str, str | None, str | None]]:
    return [(c.kind, c.number, c.lead) for c in clauses]


def parse(text: str) -> Statement:
    return read(text.encode(), "sample.txt")


def test_a_resolution_speaks_in_the_third_person() -> None:
    made = parse(RESOLUTION)
    assert (made.kind, made.title) == ("resolution", "RESOLUTION 4 (2017)")
    assert outline(made.clauses) == [
        ("formula", None, None),
        ("preambular", None, "Recalling"),
        ("preambular", None, "Deeply concerned"),
        ("operative", "1.", "Requests"),
        ("operative", "2.", "Decides"),
        ("closing", None, None),
        ("closing", None, None),
    ]


def test_sub_clauses_nest_by_their_numbers_and_have_their_clauses_kind() -> None:
    requests = next(c for c in parse(RESOLUTION).clauses if c.number == "1.")
    assert [(c.number, [d.number for d in c.clauses]) for c in requests.clauses] == [
        ("(a)", ["(i)", "(ii)"]),
        ("(b)", []),
    ]
    assert {c.kind for c in requests.walk()} == {"operative"}


def test_a_communique_speaks_in_the_first_plural() -> None:
    made = parse(COMMUNIQUE)
    assert made.kind == "communique"
    assert outline(made.clauses) == [
        ("formula", None, None),
        ("operative", "1.", "strongly condemn"),
        ("operative", "2.", "reaffirm"),
    ]
    assert [p.act for p in made.clauses[1].phrases] == ["condemns", "requests"]
    assert made.meeting is not None
    assert (made.meeting.place, made.meeting.start) == ("Lysk", "2018-05-04")


def test_dashes_after_agreed_to_are_clauses() -> None:
    made = parse(
        "JOINT STATEMENT ON SEARCH AND RESCUE\n\nThe Ministers agreed to:\n\n"
        "– strengthen the centre in Lysk;\n– share their charts.\n"
    )
    assert [(c.kind, c.number) for c in made.clauses] == [
        ("formula", None),
        ("operative", "–"),
        ("operative", "–"),
    ]


def test_prose_of_ministers_acts_too() -> None:
    made = parse(
        "JOINT PRESS STATEMENT\n\n"
        "The Ministers met in Lysk on 3 March 2020 to exchange views on the drought.\n\n"
        "The Ministers reaffirmed their support for the farmers of Elmara. They also urged banks to wait.\n"
    )
    assert made.kind == "press-statement"
    assert [c.kind for c in made.clauses] == ["paragraph", "operative"]
    assert [p.text for p in made.clauses[1].phrases] == ["reaffirmed their support", "also urged"]


def test_hard_wrapped_columns_are_joined() -> None:
    made = parse(
        "Resolution of 12 August 2017\n\nThe Council of the Compact,\n\n"
        "Having received and considered the report submitted\nby the committee on the re-examination of the\n"
        "applications for membership in the Compact,\n\n"
        "Recommends to the members that they admit as soon\nas possible the State of Yrsa and Wyland, the\n"
        "applicants.\n"
    )
    assert [c.text[-11:] for c in made.clauses] == ["he Compact,", "he Compact,", "applicants."]
    assert [c.kind for c in made.clauses] == ["formula", "preambular", "operative"]


def test_headings_stand_between_clauses() -> None:
    made = parse(
        "LYSK DECLARATION\n\nI. Peace and Security\n\n"
        "1. We reaffirm the armistice of the Northern Strait.\n\n"
        "II. Trade\n\n2. We welcome the new customs union.\n"
    )
    assert [(c.kind, c.number) for c in made.clauses] == [
        ("heading", None),
        ("operative", "1."),
        ("heading", None),
        ("operative", "2."),
    ]


def test_footnotes_after_a_rule_are_set_apart() -> None:
    made = parse(RESOLUTION + "\n_______________\n¹ MC/2017/3.\n² Ibid., annex.\n")
    assert [(n.marker, n.text) for n in made.footnotes] == [("¹", "MC/2017/3."), ("²", "Ibid., annex.")]


def test_one_bare_numbered_line_is_a_draft() -> None:
    (clause,) = read_clauses("1. Condemned the seizure of the ferry.")
    assert (clause.kind, clause.number, clause.text, clause.lead) == (
        "operative",
        "1.",
        "Condemned the seizure of the ferry.",
        "Condemned",
    )


def test_a_draft_may_have_a_title() -> None:
    clauses = read_clauses(RESOLUTION)
    assert clauses[0].kind == "formula"
    assert len([c for c in clauses if c.kind == "operative"]) == 2


def test_labels_of_a_negotiation_are_numbers() -> None:
    first, second = read_clauses("PP1 Recalling its statement of 3 May 2019,\n\nOP1 bis Requests a report.")
    assert (first.kind, first.number) == ("preambular", "PP1")
    assert (second.kind, second.number) == ("operative", "OP1 bis")


@pytest.mark.parametrize("text", ["", "   \n", "hello", "Dear colleague, see below."])
def test_a_text_without_any_clause_is_no_draft(text: str) -> None:
    with pytest.raises(NoClause):
        read_clauses(text)


def test_a_draft_has_a_limit() -> None:
    with pytest.raises(TooLarge):
        read_clauses("1. Requests a report. " * 100_000)


def test_a_clause_read_twice_has_the_same_id_and_equal_clauses_have_two() -> None:
    text = "1. Requests a report.\n2. Requests a report.\n"
    first, second = read_clauses(text)
    assert first.id != second.id
    assert read_clauses(text) == (first, second)


def test_the_colophon_of_an_edition_is_read_back() -> None:
    made = parse(
        COMMUNIQUE + "\n----------------------------------------\n"
        "Adopted by consensus on 4 May 2018 at 20:11:05 UTC.\n"
        "Rule: consensus, no objection; 6 of 6 members present; 0 objections.\n"
        "Identifier: /akn/aa-mc/statement/deliberation/mc-cfm/2018-05-04/lysk\n"
        f"Text SHA-256: {'0' * 64}\n"
    )
    assert made.adoption is not None
    assert made.adoption.when == "2018-05-04T20:11:05.000000Z"
    assert made.iri == "/akn/aa-mc/statement/deliberation/mc-cfm/2018-05-04/lysk"
    assert made.clauses == parse(COMMUNIQUE).clauses
