"""The opening that is written from the record is read back to the same facts."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from sittings import (
    BB,
    CALL,
    CC,
    CHAIR,
    DRAFT,
    OO,
    PROFILE,
    PROFILE_TOML,
    SECRETARIAT,
    STARTS,
    Room,
)

from kenesh.bodies import Profile
from kenesh.editions import publish
from kenesh.meeting import Arrive, HandOverChair, OpenMeeting, TableDraft, composed
from kenesh.reading import mark, read
from kenesh.statement.model import Clause, Statement

ANY_MODE = Profile.from_toml(
    PROFILE_TOML.replace('modes = ["in-person", "video"]', 'modes = ["in-person", "video", "hybrid"]'),
    "any.toml",
)


def _room(**call: object) -> Room:
    room = Room(ANY_MODE)
    room.do(SECRETARIAT, msgspec.structs.replace(CALL, **call))
    room.now = STARTS
    room.do(CHAIR, Arrive("AA", "Ada Alm"))
    room.do(BB, Arrive("BB", "Bea Birk", "Deputy Prime Minister and Minister of State"))
    room.do(CC, Arrive("CC", "Caı Çrow"))
    room.do(OO, Arrive("OO", "Ole Orn", "Ambassador"))
    room.do(SECRETARIAT, Arrive("secretariat", "Sol Sark", "Secretary General"))
    room.do(CHAIR, OpenMeeting())
    room.do(SECRETARIAT, TableDraft("STATEMENT ON THE ISLANDS", "eng", DRAFT, "d.txt", "0" * 64))
    return room


def _plain(statement: Statement) -> Statement:
    """Without source and ids: plain text carries neither."""

    def bare(clause: Clause) -> Clause:
        return msgspec.structs.replace(clause, id="", clauses=tuple(map(bare, clause.clauses)))

    return msgspec.structs.replace(statement, source=None, clauses=tuple(map(bare, statement.clauses)))


def _read_back(room: Room) -> tuple[Statement, Statement]:
    made = composed(room.state, room.profile, room.now)
    marked = msgspec.structs.replace(made, clauses=tuple(mark(c) for c in made.clauses))
    return _plain(read(publish(marked, "txt"), "made.txt", profiles=(PROFILE,))), _plain(marked)


@pytest.mark.parametrize(
    "call",
    [
        {},
        {"kind": "informal"},
        {"kind": "special"},
        {"kind": "ordinary"},
        {"mode": "in-person", "place": "Terna"},
        {"mode": "hybrid", "place": "Terna"},
        {"kind": "special", "mode": "hybrid", "place": "Terna"},
        {"purpose": "the loss of the ferry «Tern» in the Strait of Bor"},
    ],
)
def test_a_composed_statement_reads_back_from_plain_text(call: dict[str, object]) -> None:
    read_back, made = _read_back(_room(**call))
    assert read_back.meeting == made.meeting
    assert read_back.participants == made.participants
    assert read_back == made


def test_a_meeting_past_midnight_reads_back() -> None:
    room = _room()
    room.now += timedelta(hours=13)
    read_back, made = _read_back(room)
    assert read_back == made


def test_a_chair_handed_over_reads_back() -> None:
    room = _room()
    room.do(CHAIR, HandOverChair("bb", "BB", "the chair must leave"))
    read_back, made = _read_back(room)
    assert read_back == made
    assert [(p.code, p.role) for p in made.participants[:2]] == [("AA", "member"), ("BB", "chair")]
