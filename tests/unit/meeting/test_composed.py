from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from sittings import BB, CALL, CHAIR, DRAFT, PROFILE_TOML, SECRETARIAT, STARTS, Room, called, drafted, opened

from kenesh.bodies import Profile
from kenesh.meeting import (
    AcceptProposal,
    Arrive,
    Delete,
    DraftClause,
    HandOverChair,
    Insert,
    TableDraft,
    composed,
)
from kenesh.statement.model import BodyRef, MeetingRef, Statement


def statement_of(room: Room) -> Statement:
    return composed(room.state, room.profile, room.now)


def tabled(*clauses: DraftClause) -> Room:
    room = opened()
    room.do(SECRETARIAT, TableDraft("STATEMENT ON THE ISLANDS", "eng", clauses, "x", "0"))
    return room


def test_a_draft_without_an_opening_gets_one_from_the_record() -> None:
    room = drafted()
    room.do(SECRETARIAT, Arrive("secretariat", "Sol Sark", "Secretary General"))
    held, attended, *rest = statement_of(room).clauses
    assert held.text == (
        "The Council of Foreign Ministers of the Tern Compact held an extraordinary videoconference meeting "
        "on 4 March 2026 to discuss the situation in the islands, upon the invitation of H.E. Ada Alm, "
        "Minister of Foreign Affairs of the Republic of Avia."
    )
    assert attended.text == (
        "The Meeting was chaired by H.E. Ada Alm, Minister of Foreign Affairs of the Republic of Avia and "
        "attended by H.E. Bea Birk, Minister of State of the Kingdom of Bor, H.E. Cai Crow, Representative "
        "of Cara, H.E. Ole Orn, Representative of Ola and H.E. Sol Sark, Secretary General of the Tern "
        "Compact."
    )
    assert [c.id for c in rest] == [c.id for c in DRAFT]


def test_the_statement_says_who_met_how_and_when() -> None:
    statement = statement_of(drafted())
    assert (statement.kind, statement.title) == ("joint-statement", "STATEMENT ON THE ISLANDS")
    assert statement.body == BodyRef("Council of Foreign Ministers of the Tern Compact", "tc-cfm")
    assert statement.meeting == MeetingRef("extraordinary", "video", None, None, "2026-03-04", "2026-03-04")
    assert [(p.name, p.code, p.role) for p in statement.participants] == [
        ("Ada Alm", "AA", "chair"),
        ("Bea Birk", "BB", "member"),
        ("Cai Crow", "CC", "member"),
        ("Ole Orn", "OO", "observer"),
    ]


def test_a_meeting_that_runs_past_midnight_names_both_days() -> None:
    room = drafted()
    room.now += timedelta(hours=13)  # the zone is three hours ahead of UTC
    statement = statement_of(room)
    assert "held an extraordinary videoconference meeting on 4–5 March 2026 to" in statement.clauses[0].text
    assert statement.meeting is not None
    assert (statement.meeting.start, statement.meeting.end) == ("2026-03-04", "2026-03-05")


def test_after_a_handover_the_inviter_and_the_chair_are_told_apart() -> None:
    room = drafted()
    room.do(CHAIR, HandOverChair("bb", "BB", "the chair must leave"))
    held, attended, *_ = statement_of(room).clauses
    assert "upon the invitation of H.E. Ada Alm" in held.text
    assert attended.text.startswith("The Meeting was chaired by H.E. Bea Birk")
    assert "attended by H.E. Ada Alm" in attended.text


def test_an_inviter_who_never_came_is_named_by_its_state() -> None:
    room = called()
    room.do(SECRETARIAT, HandOverChair("bb", "BB", "line lost"))
    room.do(BB, Arrive("BB", "Bea Birk"))
    room.do(SECRETARIAT, TableDraft(None, "eng", DRAFT, "x", "0"))
    statement = statement_of(room)
    assert statement.clauses[0].text.endswith("upon the invitation of the Republic of Avia.")
    assert statement.title == (
        "Statement of the Council of Foreign Ministers of the Tern Compact on the situation in the islands"
    )


@pytest.mark.parametrize(
    ("kind", "mode", "words"),
    [
        ("extraordinary", "in-person", "held an extraordinary meeting in person in Terna on"),
        ("informal", "hybrid", "held an informal hybrid meeting in Terna on"),
        ("special", "video", "held a special meeting by videoconference on"),
    ],
)
def test_each_kind_and_means_of_meeting_has_its_words(kind: str, mode: str, words: str) -> None:
    room = Room()
    room.do(SECRETARIAT, msgspec.structs.replace(CALL, kind=kind, mode=mode, place="Terna"))
    room.do(SECRETARIAT, TableDraft(None, "eng", DRAFT, "x", "0"))
    assert words in statement_of(room).clauses[0].text


def test_a_draft_with_an_opening_of_its_own_is_left_alone_and_orders_the_participants() -> None:
    room = tabled(DraftClause("o", "paragraph", "Present were Cai Crow, Bea Birk and Ada Alm."), *DRAFT)
    statement = statement_of(room)
    assert [c.id for c in statement.clauses] == ["o", *(c.id for c in DRAFT)]
    assert [p.name for p in statement.participants] == ["Cai Crow", "Bea Birk", "Ada Alm", "Ole Orn"]


def test_a_draft_that_begins_with_the_organ_is_left_alone() -> None:
    room = tabled(
        DraftClause("f", "formula", "The Council,"), DraftClause("a", "operative", "Requests help;", "1.")
    )
    assert len(statement_of(room).clauses) == 2


def test_operative_clauses_are_numbered_anew_and_the_unnumbered_last_one_is_not() -> None:
    room = drafted()
    room.do(BB, Delete("op1", 1), Insert("op2", "operative", "Invited the media."))
    room.do(CHAIR, AcceptProposal("P1"), AcceptProposal("P2"))
    numbered = [(c.number, c.text) for c in statement_of(room).clauses if c.kind == "operative"]
    assert numbered == [
        ("1.", "Supported the inquiry of the islands."),
        ("2.", "Invited the media."),
        ("3.", "Declared their readiness to help."),
        (None, "The Council agreed to remain in consultation."),
    ]


def test_an_unchanged_draft_keeps_its_numbers_in_its_own_form() -> None:
    forms = (
        ["(1)", "(2)"],
        ["1)", "2)"],
        ["(a)", "(b)"],
        ["(i)", "(ii)", "(iii)", "(iv)"],
        [None],
        ["1.", "2.", "1."],
    )
    for numbers in forms:
        room = tabled(*(DraftClause(f"c{n}", "operative", f"Did {n}.", k) for n, k in enumerate(numbers)))
        assert [c.number for c in statement_of(room).clauses[2:]] == numbers


def test_a_list_of_ten_letters_stays_one_list() -> None:
    letters = [f"({letter})" for letter in "abcdefghij"]
    room = tabled(*(DraftClause(f"c{n}", "operative", f"Did {n}.", k) for n, k in enumerate(letters)))
    assert [c.number for c in statement_of(room).clauses[2:]] == letters


def test_sub_clauses_stand_under_their_clause_and_are_numbered_there() -> None:
    room = tabled(
        DraftClause("a", "operative", "Decided:", "1."),
        DraftClause("a1", "operative", "to meet;", "(a)", "a"),
        DraftClause("a2", "operative", "to talk;", "(b)", "a"),
        DraftClause("b", "operative", "Ended.", "2."),
    )
    room.do(BB, Insert("a1", "operative", "to eat;"))
    room.do(CHAIR, AcceptProposal("P1"))
    first, second = statement_of(room).clauses[2:]
    assert [(c.number, c.text) for c in first.clauses] == [
        ("(a)", "to meet;"),
        ("(b)", "to eat;"),
        ("(c)", "to talk;"),
    ]
    assert (first.number, second.number) == ("1.", "2.")


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("JOINT COMMUNIQUÉ ON TRADE", "communique"),
        ("Resolution 3 on a statement", "resolution"),
        ("The Terna Declaration", "declaration"),
        ("Press statement on the floods", "press-statement"),
        ("On the islands", "joint-statement"),
    ],
)
def test_the_kind_is_what_the_title_names_first(title: str, kind: str) -> None:
    room = opened()
    room.do(SECRETARIAT, TableDraft(title, "eng", DRAFT, "x", "0"))
    assert statement_of(room).kind == kind


def test_a_title_noted_with_its_state_and_a_name_with_honorifics_are_not_doubled() -> None:
    room = called(Profile.from_toml(PROFILE_TOML, "t.toml"))
    room.do(BB, Arrive("BB", "H.E. Mr Ben Birk", "Minister of Trade of the Kingdom of Bor"))
    room.do(SECRETARIAT, TableDraft(None, "eng", DRAFT, "x", "0"))
    attended = statement_of(room).clauses[1].text
    assert attended == "The Meeting was attended by H.E. Ben Birk, Minister of Trade of the Kingdom of Bor."
    assert room.now == STARTS
