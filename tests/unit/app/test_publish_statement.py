from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from councils import Council, drafted

from kenesh.app import publish_statement as module
from kenesh.app.library import find_entry
from kenesh.app.publish_statement import EditionLost, edition_bytes, publish_statement
from kenesh.editions import ENDINGS, FORMS
from kenesh.errors import Refused
from kenesh.meeting import EndMeeting


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Council]:
    """The text is adopted, and not yet published."""
    made = drafted(tmp_path / "data")
    made.adopt()
    yield made
    made.house.close()


def folder(council: Council) -> Path:
    assert council.house.folder is not None
    return council.house.folder / "published"


def files(council: Council) -> dict[str, bytes]:
    return {f.name: f.read_bytes() for f in folder(council).iterdir()} if folder(council).exists() else {}


def test_four_editions_lie_in_the_folder_as_they_were_recorded(council: Council) -> None:
    council.publish()
    published = council.state.published
    assert published is not None
    assert [f.form for f in published.files] == [*FORMS]
    assert {f.name: (f.sha256, f.size) for f in published.files} == {
        name: (hashlib.sha256(data).hexdigest(), len(data)) for name, data in files(council).items()
    }
    assert published.name == "mc-cfm-2026-11-23-northern-strait"
    assert find_entry(council.house, published.name).origin == "adopted"


def test_the_same_publishing_sent_twice_answers_the_same(council: Council) -> None:
    actor = council.actor("secretariat")
    first = publish_statement(council.house, actor, council.meeting, command_id="p1")
    before, size = files(council), council.size
    again = publish_statement(council.house, actor, council.meeting, command_id="p1")
    assert again.events == first.events
    assert (files(council), council.size) == (before, size)


def test_a_second_publishing_is_refused_and_writes_no_file(council: Council) -> None:
    council.publish()
    before, size = files(council), council.size
    with pytest.raises(Refused):
        council.publish()
    assert (files(council), council.size) == (before, size)


def test_who_may_not_publish_leaves_no_file_behind(council: Council) -> None:
    with pytest.raises(Refused):
        publish_statement(council.house, council.actor("av"), council.meeting)
    assert files(council) == {}


def test_nothing_is_published_before_it_is_adopted(tmp_path: Path) -> None:
    council = drafted(tmp_path / "data")
    try:
        with pytest.raises(Refused):
            council.publish()
        with pytest.raises(Refused):
            publish_statement(council.house, council.actor("chair"), "no-such-meeting")
        assert files(council) == {}
    finally:
        council.house.close()


def test_files_of_a_publishing_that_was_cut_off_are_written_again(council: Council) -> None:
    """Killed between the files and the event: the next try gives the same names and bytes."""
    folder(council).mkdir()
    (folder(council) / "mc-cfm-2026-11-23-northern-strait.txt").write_bytes(b"half a fi")
    (folder(council) / ".mc-cfm-2026-11-23-northern-strait.txt.new").write_bytes(b"ha")
    council.publish()
    assert sorted(files(council)) == sorted(f"mc-cfm-2026-11-23-northern-strait{e}" for e in ENDINGS.values())
    assert all(edition_bytes(council.house, council.state, form) for form in FORMS)


def test_two_statements_of_one_day_get_two_names(council: Council) -> None:
    council.publish()
    council.do("chair", EndMeeting("adopted"))
    council.call()
    council.gather()
    council.table()
    council.adopt()
    council.publish()
    assert council.state.published is not None
    assert council.state.published.name == "mc-cfm-2026-11-23-northern-strait-2"
    assert len(files(council)) == 2 * len(FORMS)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("damage", ["lost", "cut", "other", "folder"])
def test_a_lost_or_damaged_file_is_made_again(council: Council, form: str, damage: str) -> None:
    council.publish()
    before = files(council)
    name = next(name for name in before if name.endswith(ENDINGS[form]))
    path = folder(council) / name
    match damage:
        case "lost":
            path.unlink()
        case "cut":
            path.write_bytes(before[name][:-1])
        case "other":
            path.write_bytes(before[name].replace(b"sabotage", b"heroism "))
        case _:
            for file in folder(council).iterdir():
                file.unlink()
            folder(council).rmdir()
    assert edition_bytes(council.house, council.state, form) == before[name]
    assert path.read_bytes() == before[name]


def test_a_good_file_is_served_as_it_is(council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    council.publish()

    def never(*_: object) -> bytes:
        raise AssertionError("made again without need")

    monkeypatch.setattr(module, "publish", never)
    assert edition_bytes(council.house, council.state, "txt").startswith(b"STATEMENT OF THE COUNCIL")


def test_what_cannot_be_made_again_is_said_to_be_lost(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A later version writes other bytes; the recorded ones are gone: nothing false is served."""
    council.publish()
    monkeypatch.setattr(module, "publish", lambda *_: b"other bytes")
    assert edition_bytes(council.house, council.state, "txt")
    (folder(council) / "mc-cfm-2026-11-23-northern-strait.txt").unlink()
    with pytest.raises(EditionLost, match=r"mc-cfm-2026-11-23-northern-strait\.txt"):
        edition_bytes(council.house, council.state, "txt")
    assert "mc-cfm-2026-11-23-northern-strait.txt" not in files(council)
