"""A whole demo goes into one file and comes out again; the doctor says what is not in order."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from councils import NOW as DAY
from councils import published

from kenesh.app.backup import backup_house, restore_house
from kenesh.app.doctor import Finding, examine
from kenesh.app.find_precedents import find_precedents
from kenesh.app.house import open_house
from kenesh.app.library import entries
from kenesh.app.loading import load_meeting, meeting_ids
from kenesh.app.settings import Settings
from kenesh.clock import FixedClock
from kenesh.demo.build import build_demo
from kenesh.errors import BadRecord, Refused


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "data"
    build_demo(folder, Settings(origin="demo.invalid/record"), clock=FixedClock(DAY)).close()
    return folder


def bad(findings: tuple[Finding, ...]) -> list[str]:
    return [f.what for f in findings if not f.ok]


def test_a_whole_demo_comes_back_as_it_was(demo: Path, tmp_path: Path) -> None:
    archive = tmp_path / "demo.tar"
    manifest = backup_house(demo, archive, clock=FixedClock(DAY))
    report = restore_house(archive, tmp_path / "again")
    assert report.sound
    before, after = open_house(demo), open_house(tmp_path / "again")
    try:
        assert manifest.root == after.store.head().root == before.store.head().root
        assert after.settings == before.settings
        assert after.body == before.body
        assert meeting_ids(after) == meeting_ids(before)
        for meeting in meeting_ids(before):
            assert load_meeting(after, meeting) == load_meeting(before, meeting)
        assert entries(after) == entries(before)
        words = "freedom, safety and security of navigation"
        assert find_precedents(after, words) == find_precedents(before, words) != ()
    finally:
        before.close()
        after.close()


def test_published_files_come_back_byte_for_byte(tmp_path: Path) -> None:
    council = published(tmp_path / "data")
    backup_house(tmp_path / "data", tmp_path / "a.tar")  # while it is in use
    council.house.close()
    restore_house(tmp_path / "a.tar", tmp_path / "again")
    first, second = tmp_path / "data/published", tmp_path / "again/published"
    assert {f.name: f.read_bytes() for f in first.iterdir()} == {
        f.name: f.read_bytes() for f in second.iterdir()
    }
    assert not bad(examine(tmp_path / "again"))


def test_nothing_is_overwritten_and_nothing_damaged_is_restored(demo: Path, tmp_path: Path) -> None:
    archive = tmp_path / "demo.tar"
    backup_house(demo, archive)
    with pytest.raises(Refused):
        backup_house(demo, archive)
    with pytest.raises(Refused):
        restore_house(archive, demo)
    data = bytearray(archive.read_bytes())
    data[len(data) // 2] ^= 1
    archive.write_bytes(data)
    with pytest.raises(BadRecord):
        restore_house(archive, tmp_path / "again")
    assert not (tmp_path / "again").exists()


class TestDoctor:
    def test_a_demo_is_in_order(self, demo: Path) -> None:
        findings = examine(demo)
        assert bad(findings) == []
        assert {"python", "sqlite", "search", "time zones", "settings", "body", "record", "register"} <= {
            f.what for f in findings
        }

    def test_a_folder_that_is_not_there_is_no_fault(self, tmp_path: Path) -> None:
        assert bad(examine(tmp_path / "absent")) == []

    def test_a_folder_of_something_else_is(self, tmp_path: Path) -> None:
        (finding,) = [f for f in examine(tmp_path) if not f.ok]
        assert "kenesh.toml" in finding.detail

    @pytest.mark.parametrize(
        ("file", "content"),
        [
            ("kenesh.toml", "prot = 1"),
            ("kenesh.toml", "\0"),
            ("body.toml", "id = 3"),
            ("kenesh.db", "no database"),
        ],
    )
    def test_what_is_damaged_is_named(self, demo: Path, tmp_path: Path, file: str, content: str) -> None:
        shutil.copytree(demo, tmp_path / "data")
        (tmp_path / "data" / file).write_text(content)
        (finding,) = [f for f in examine(tmp_path / "data") if not f.ok]
        assert file in finding.detail

    def test_an_edition_that_is_lost_for_good_is_named(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        council = published(tmp_path / "data")
        council.house.close()
        shutil.rmtree(tmp_path / "data/published")
        from kenesh.app import publish_statement

        monkeypatch.setattr(publish_statement, "publish", lambda *_: b"other bytes")
        assert len(bad(examine(tmp_path / "data"))) == 4
