"""Several delegations' edited versions of one text."""

from __future__ import annotations

import json

import msgspec

from kenesh.drafting import Pair, Tally, align_clauses, compile_clause, compile_texts, convergence
from kenesh.statement.model import Clause, Statement

WELCOMED = "Welcomed the offer of the Republic of Avenor to host the talks."
CONDEMNED = "Condemned the acts of violence that endanger lives and damage property."
STRESSED = "Stressed the importance of free passage through the Northern Strait for all ships."
REQUESTED = "Requested the Secretary General to report to the next meeting."


def text_of(*texts: str, title: str | None = "Statement") -> Statement:
    clauses = tuple(Clause(f"c{n}", "operative", t, f"{n}.") for n, t in enumerate(texts, 1))
    return Statement(kind="joint-statement", title=title, clauses=clauses)


BASE = text_of(WELCOMED, CONDEMNED, STRESSED, REQUESTED)


def test_clauses_are_matched_in_order_though_one_is_gone_and_one_is_new() -> None:
    edited = [
        WELCOMED,
        STRESSED.replace("all ships", "all peaceful ships"),
        "Decided to meet again in spring.",
        REQUESTED,
    ]
    made = align_clauses([WELCOMED, CONDEMNED, STRESSED, REQUESTED], edited)
    assert [(p.base, p.edited) for p in made] == [(0, 0), (1, None), (2, 1), (None, 2), (3, 3)]
    assert made[0].similarity == 1.0 > made[2].similarity > 0.9


def test_one_clause_against_one_is_a_match_whatever_they_say() -> None:
    assert align_clauses(["Welcomed it."], ["Deplored everything."]) == (Pair(0, 0, 0.0),)
    assert align_clauses([], []) == ()
    assert align_clauses(["a"], []) == (Pair(0, None, 0.0),)


def test_an_equal_number_decides_between_two_that_are_alike() -> None:
    row = ["Noted the report of the first group.", "Noted the report of the second group."]
    edited = ["Noted with thanks the report of the new group."]
    made = align_clauses(row, edited, numbers=(["4.", "5."], ["5."]))
    assert [(p.base, p.edited) for p in made] == [(0, None), (1, 0)]


def test_the_compilation_tells_who_amends_inserts_and_deletes() -> None:
    amended = CONDEMNED.replace("violence", "violence and vandalism")
    made = compile_texts(
        BASE,
        {
            "KS": text_of(WELCOMED, amended, STRESSED, "Decided to meet again in spring.", REQUESTED),
            "AV": text_of(WELCOMED, amended, REQUESTED),
        },
    )
    assert made.parties == ("AV", "KS")
    assert [c.text for c in made.clauses] == [
        WELCOMED,
        "Condemned the acts of violence [and vandalism (AV, KS)] that endanger lives and damage property.",
        f"[{STRESSED} / – (AV)]",
        REQUESTED,
    ]
    assert [(c.after, c.text, c.parties) for c in made.inserted] == [
        ("c3", "Decided to meet again in spring.", ("KS",))
    ]
    assert made.summary == {"AV": Tally(amended=1, deleted=1), "KS": Tally(amended=1, inserted=1)}
    assert made.clauses[2].deleted_by == ("AV",)
    assert [c.label for c in made.clauses] == ["OP1", "OP2", "OP3", "OP4"]


def test_it_prints_for_people_with_numbers_and_added_clauses_in_place() -> None:
    made = compile_texts(BASE, {"AV": text_of(WELCOMED, CONDEMNED, "Took note of it.", STRESSED, REQUESTED)})
    blocks = made.to_text().split("\n\n")
    assert blocks[0] == "Statement"
    assert blocks[3] == "[2 bis. Took note of it. (AV)]"
    assert blocks[4] == f"3. {STRESSED}"


def test_a_text_of_one_line_works() -> None:
    made = compile_texts(
        text_of(CONDEMNED, title=None),
        {"AV": text_of("Deplored them.", title=None), "KS": text_of(title=None)},
    )
    assert made.to_text() == (
        "1. [[Condemned the acts of violence that endanger lives and damage property / Deplored them (AV)]."
        " / – (KS)]\n"
    )
    assert made.clauses[0].projections == {"AV": "Deplored them.", "KS": ""}


def test_the_title_has_brackets_too() -> None:
    made = compile_texts(BASE, {"AV": text_of(title="Joint statement"), "KS": text_of(title=None)})
    assert made.title == "[Statement / Joint statement (AV)]"


def test_it_goes_through_json() -> None:
    made = compile_texts(
        BASE, {"AV": text_of(WELCOMED, CONDEMNED.replace("lives", "people"), STRESSED, REQUESTED)}
    )
    data = json.loads(msgspec.json.encode(made))
    assert data["schema"] == "kenesh.compilation/1"
    bracket = data["clauses"][1]["nodes"][1]
    assert bracket["type"] == "bracket"
    assert [(a["text"], a["parties"], a["base"]) for a in bracket["alternatives"]] == [
        ("lives", [], True),
        ("people", ["AV"], False),
    ]


def test_convergence_counts_what_is_open_and_who_stands_alone() -> None:
    rollings = [
        compile_clause(
            CONDEMNED, {"p1": CONDEMNED.replace("violence", "terror"), "p2": CONDEMNED.replace("lives", "us")}
        ),
        compile_clause(WELCOMED, {"p3": WELCOMED}),
    ]
    made = convergence(rollings, {"p1": "KS", "p2": "KS", "p3": "AV"})
    assert (made.clauses, made.open, made.brackets, made.words, made.of) == (2, 1, 2, 4, 23)
    assert made.alone == {"KS": 2}
    assert convergence([]).words == 0
