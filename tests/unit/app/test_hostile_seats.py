"""What a seat with a valid sign-in could try; each was possible once."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from councils import PROFILE, Council, drafted, opened, published, seated

import kenesh.app.table_draft as tabling
from kenesh.app.backup import backup_house, restore_house
from kenesh.app.find_precedents import find_precedents
from kenesh.app.house import open_house
from kenesh.app.loading import list_meetings, seen_meeting
from kenesh.app.put_text import put_text, text_on_the_table
from kenesh.app.seats import OPERATOR, BadSeat, Seat, add_seat, issue_link, revoke_seat
from kenesh.app.sign_in import LinkSpent, sign_in, who_is
from kenesh.app.table_draft import OWN_ID, table_draft
from kenesh.errors import NotFound, Refused
from kenesh.meeting import Insert
from kenesh.meeting.errors import TooManyInsertions
from kenesh.meeting.text import MAX_INSERTIONS
from kenesh.reading import read
from kenesh.statement.hashes import text_hash
from kenesh.statement.model import to_json
from kenesh.statement.nfc import MAX_MARKS, TooManyMarks, nfc

MARKS = "a" + "\u0301\u0323" * MAX_MARKS


def test_a_tower_of_marks_is_refused_before_it_costs_anything() -> None:
    assert nfc("a\u0301" * 100) == "á" * 100
    with pytest.raises(TooManyMarks, match="at character 31"):
        nfc(MARKS)
    with pytest.raises(TooManyMarks):
        read(f"1. Condemned {MARKS}.".encode(), "marks.txt")
    with pytest.raises(TooManyMarks):
        find_precedents(seated().house, MARKS)


def test_a_clause_cannot_take_the_name_of_a_panel() -> None:
    council = opened()
    statement = read(b"1. Condemned the acts.\n2. Stressed the need.\n", "draft.txt")
    hostile = [
        msgspec.structs.replace(c, id=i)
        for c, i in zip(statement.clauses, ("decision", 'x" on'), strict=True)
    ]
    council.table(to_json(msgspec.structs.replace(statement, clauses=tuple(hostile))), "draft.json")
    ids = [c.id for c in council.state.clauses]
    assert len(set(ids)) == 2
    assert all(OWN_ID.fullmatch(i) for i in ids)


def test_the_ids_of_an_earlier_draft_come_back() -> None:
    council = drafted()
    council.table(to_json(text_on_the_table(council.house, council.state)), "draft.json")
    assert all(OWN_ID.fullmatch(c.id) for c in council.state.clauses)


def test_a_draft_is_not_read_for_who_may_not_table_it(monkeypatch: pytest.MonkeyPatch) -> None:
    council = opened()
    monkeypatch.setattr(tabling, "read", lambda *_, **__: pytest.fail("it was read"))
    with pytest.raises(Refused):
        table_draft(council.house, council.actor("wy"), council.meeting, b"1. Condemned.", "draft.txt")


def test_the_secretariat_cannot_sit_for_a_delegation() -> None:
    with pytest.raises(BadSeat, match="acts for no delegation"):
        add_seat(seated().house, OPERATOR, Seat("mine", "secretariat", "A clerk", "AV"))


def test_a_delegation_that_was_not_invited_sees_nothing_of_a_meeting() -> None:
    gone = tuple(msgspec.structs.replace(m, until=m.since) if m.code == "NV" else m for m in PROFILE.members)
    council = seated()
    before = council.actor("nv")
    council.house.profile = msgspec.structs.replace(PROFILE, members=gone)
    council.call()
    with pytest.raises(NotFound):
        seen_meeting(council.house, council.meeting, before)
    assert list_meetings(council.house, before) == ()
    assert list_meetings(council.house, council.actor("av")) != ()


def test_who_may_not_put_the_text_cannot_try_guesses_of_it() -> None:
    council = drafted()
    right = text_hash(text_on_the_table(council.house, council.state))
    answers = []
    for guess in (right, "0" * 64):
        with pytest.raises(Refused) as refused:
            put_text(council.house, council.actor("wy"), council.meeting, seen_sha256=guess)
        answers.append((type(refused.value), str(refused.value)))
    assert answers[0] == answers[1]


def test_a_delegation_cannot_bury_the_room_in_new_clauses() -> None:
    council = drafted()
    after = council.clause("Condemned").id
    for n in range(MAX_INSERTIONS):
        council.do("av", Insert(after, "operative", f"Noted fact {n}."))
    with pytest.raises(TooManyInsertions):
        council.do("av", Insert(after, "operative", "Noted one more fact."))
    council.do("dr", Insert(after, "operative", "Noted a fact of another."))


def test_an_open_page_does_not_keep_its_session_alive() -> None:
    council = seated()
    session, seat = sign_in(council.house, issue_link(council.house, OPERATOR, "av"))
    hours = council.house.settings.session_hours
    for _ in range(hours):
        council.clock.at += timedelta(hours=1)
        still = who_is(council.house, session, present=False)
    assert still == seat
    council.clock.at += timedelta(hours=1)
    assert who_is(council.house, session, present=False) is None


def test_a_restore_brings_no_ended_access_back(tmp_path: Path) -> None:
    council = published(tmp_path / "data")
    session, _ = sign_in(council.house, issue_link(council.house, OPERATOR, "av"))
    link = issue_link(council.house, OPERATOR, "chair")
    backup_house(tmp_path / "data", tmp_path / "backup.tar")
    revoke_seat(council.house, OPERATOR, "av")
    council.house.close()
    restore_house(tmp_path / "backup.tar", tmp_path / "again")
    again = open_house(tmp_path / "again", clock=council.clock)
    try:
        assert who_is(again, session) is None
        with pytest.raises(LinkSpent):
            sign_in(again, link)
        assert again.store.verify().sound
    finally:
        again.close()
    assert (tmp_path / "again/kenesh.db").stat().st_mode & 0o077 == 0


def test_a_folder_does_not_change_its_body(tmp_path: Path) -> None:
    council: Council = published(tmp_path / "data")
    council.house.close()
    body = tmp_path / "data/body.toml"
    body.write_text(body.read_text().replace('id = "mc-cfm"', 'id = "other"'), encoding="utf-8")
    with pytest.raises(Exception, match="mc-cfm has met here"):
        open_house(tmp_path / "data")


def test_the_record_names_the_rules_that_were_in_force(tmp_path: Path) -> None:
    council = published(tmp_path / "data")
    noted = council.house.store.read("body")
    council.house.close()
    assert json.loads(json.dumps(noted[0].body["data"]["profile"])) == "mc-cfm"
