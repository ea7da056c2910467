from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest
from councils import PROFILE, Council, opened, published

from kenesh.app.house import NoHouse
from kenesh.app.verify import Verification, summary, verify_file, verify_record
from kenesh.editions import ENDINGS, FORMS
from kenesh.errors import BadInput
from kenesh.meeting import EndMeeting

STEPS = [
    "readable",
    "adoption stated",
    "text hash",
    "adopted here",
    "file as published",
    "record whole",
]


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Council]:
    made = published(tmp_path_factory.mktemp("verify") / "data")
    yield made
    made.house.close()


def edition(council: Council, form: str) -> tuple[str, bytes]:
    assert council.house.folder is not None
    assert council.state.published is not None
    name = council.state.published.name + ENDINGS[form]
    return name, (council.house.folder / "published" / name).read_bytes()


def statuses(verification: Verification) -> dict[str, str]:
    assert [s.number for s in verification.steps] == [1, 2, 3, 4, 5, 6]
    assert [s.name for s in verification.steps] == STEPS
    return {s.name: s.status for s in verification.steps}


@pytest.mark.parametrize("form", FORMS)
def test_every_edition_passes_every_step(council: Council, form: str) -> None:
    name, data = edition(council, form)
    verification = verify_file(data, name, house=council.house)
    assert set(statuses(verification).values()) == {"passed"}
    assert verification.verdict == "passed"
    assert verification.file == name


@pytest.mark.parametrize("form", FORMS)
def test_without_a_record_the_rest_cannot_be_told(council: Council, form: str) -> None:
    name, data = edition(council, form)
    verification = verify_file(data, name, profiles=(PROFILE,))
    assert [s.status for s in verification.steps] == ["passed"] * 3 + ["indeterminate"] * 3
    assert verification.verdict == "indeterminate"


@pytest.mark.parametrize("form", FORMS)
def test_one_other_word_fails_with_and_without_a_record(council: Council, form: str) -> None:
    name, data = edition(council, form)
    forged = data.replace(b"endanger seafarers", b"endanger seagulls_"[:18])
    assert forged != data
    alone = verify_file(forged, name, profiles=(PROFILE,))
    assert statuses(alone)["text hash"] == "failed"
    assert alone.verdict == "failed"
    beside = statuses(verify_file(forged, name, house=council.house))
    assert beside["adopted here"] == "failed"


@pytest.mark.parametrize("form", FORMS)
def test_a_forger_who_states_a_new_hash_is_found_by_the_record(council: Council, form: str) -> None:
    """The file agrees with itself; only the record can tell, and it does."""
    name, data = edition(council, form)
    forged = data.replace(b"Condemned", b"Applauded")
    alone = verify_file(forged, name, profiles=(PROFILE,))
    stated, computed = alone.steps[2].detail.split(", computed ")
    forged = forged.replace(stated.removeprefix("stated ").encode(), computed.encode())
    found = statuses(verify_file(forged, name, house=council.house))
    assert found["text hash"] == "passed"
    assert found["adopted here"] == "failed"


@pytest.mark.parametrize(
    ("form", "old", "new"),
    [
        ("txt", b"6 of 6 members", b"5 of 6 members"),
        ("txt", b"Adopted by consensus on 23", b"Adopted by consensus on 22"),
        ("json", b"Ilona", b"Iluna"),
        ("json", b'"entitled":6', b'"entitled":7'),
        ("html", b"</html>", b"</html>\n"),
        ("akn", b"<FRBRdate ", b"<FRBRdate  "),
    ],
)
def test_the_right_words_in_another_file_are_not_what_was_published(
    council: Council, form: str, old: bytes, new: bytes
) -> None:
    name, data = edition(council, form)
    forged = data.replace(old, new)
    if forged == data:
        forged = data + b"\n"
    found = statuses(verify_file(forged, name, house=council.house))
    assert found["text hash"] == "passed"
    assert found["adopted here"] == "passed"
    assert found["file as published"] == "failed"


def test_a_text_that_states_no_adoption_cannot_be_told(council: Council) -> None:
    data = b"1. Condemned the acts.\n2. Supported the inquiry.\n"
    found = statuses(verify_file(data, "draft.txt", profiles=(PROFILE,)))
    assert found["adoption stated"] == found["text hash"] == "indeterminate"


def test_words_adopted_twice_pass_for_each_of_their_files(tmp_path: Path) -> None:
    council = published(tmp_path / "data")
    council.do("chair", EndMeeting("adopted"))
    first = edition(council, "txt")
    council.call()
    council.gather()
    council.table()
    council.adopt()
    council.publish()
    second = edition(council, "txt")
    assert first[0] != second[0]
    for name, data in (first, second):
        assert verify_file(data, name, house=council.house).verdict == "passed", name
    council.house.close()


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n\x00\x00"])
def test_what_cannot_be_read_is_bad_input(data: bytes) -> None:
    with pytest.raises(BadInput, match=r"x\.txt"):
        verify_file(data, "x.txt")


class TestRecord:
    def test_a_whole_record_is_sound_and_says_its_root(self, council: Council) -> None:
        assert council.house.folder is not None
        report = verify_record(council.house.folder)
        head = council.house.store.head()
        assert report.sound
        assert summary(report) == f"sound: {head.size} events, root {head.root}"

    def test_a_folder_without_a_record_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(NoHouse, match=r"kenesh\.db"):
            verify_record(tmp_path)

    def test_a_tampered_row_is_named_and_the_file_fails(self, tmp_path: Path) -> None:
        council = opened(tmp_path / "data")
        council.table()
        council.adopt()
        council.publish()
        name, data = edition(council, "txt")
        council.house.close()
        seq = tamper(tmp_path / "data/kenesh.db")
        report = verify_record(tmp_path / "data")
        assert not report.sound
        assert f"event {seq}" in summary(report)
        assert "meeting/" in summary(report)
        from kenesh.app.house import opened as opened_house

        with opened_house(tmp_path / "data", write=False) as house:
            verification = verify_file(data, name, house=house)
        assert statuses(verification)["record whole"] == "failed"
        assert verification.verdict == "failed"


def tamper(path: Path) -> int:
    """Change one letter of a proposal's neighbour behind the store's back; the seq of the row."""
    db = apsw.Connection(str(path))
    try:
        for (trigger,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f'DROP TRIGGER "{trigger}"')
        seq = int(db.execute("SELECT seq FROM events WHERE instr(header, 'draft.tabled')").get)
        body = bytes(db.execute("SELECT body FROM events WHERE seq = ?", (seq,)).get)
        db.execute("UPDATE events SET body = ? WHERE seq = ?", (body.replace(b"cables", b"tables"), seq))
        return seq
    finally:
        db.close()
