"""The folder of the index is derived: it survives, and where it is not sound it is made anew."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from register_samples import clause, entry

from kenesh.errors import Unavailable
from kenesh.register import Index
from kenesh.register.errors import IndexBroken, IndexLocked, IndexReadOnly

SEA = entry("sea", clause("1", "Reaffirms the freedom of navigation."))
LAND = entry("land", clause("1", "Reaffirms the freedom of transit."))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A folder with one entry in it, seen up to 41."""
    folder = tmp_path / "deep" / "index"
    with Index.open(folder) as index:
        index.add(41, SEA)
        index.commit()
    return folder


def found(index: Index) -> list[str]:
    return [one.entry for one in index.search("reaffirms the freedom")]


def test_what_was_committed_is_there_after_opening_again(path: Path) -> None:
    with Index.open(path) as index:
        assert (index.seen(), found(index)) == (41, ["sea"])
        index.add(42, LAND)
        index.commit()
    with Index.open(path, write=False) as index:
        assert (index.seen(), sorted(found(index))) == (42, ["land", "sea"])


def test_what_was_not_committed_is_neither_found_nor_seen(path: Path) -> None:
    with Index.open(path) as index:
        index.add(42, LAND)
        assert (index.seen(), found(index)) == (41, ["sea"])
    with Index.open(path) as index:
        assert (index.seen(), found(index)) == (41, ["sea"])
        index.add(3, LAND)  # an older one, late
        index.commit()
        assert index.seen() == 41


def test_a_new_index_has_seen_nothing(tmp_path: Path) -> None:
    assert Index.open().seen() == -1
    with Index.open(tmp_path / "new") as index:
        assert index.seen() == -1
        index.commit()
        assert index.seen() == -1
        index.add(0, SEA)
        index.commit()
        assert index.seen() == 0


def test_a_cleared_index_has_seen_nothing(path: Path) -> None:
    with Index.open(path) as index:
        index.clear()
        assert (index.seen(), found(index)) == (-1, [])
        index.add(2, SEA)
        index.commit()
        assert index.seen() == 2


def test_a_second_writer_is_refused_and_may_read(path: Path) -> None:
    with Index.open(path) as writer:
        with pytest.raises(IndexLocked) as refusal:
            Index.open(path)
        assert isinstance(refusal.value, Unavailable)
        assert str(path) in str(refusal.value)
        with Index.open(path, write=False) as reader:
            assert not reader.is_writable
            assert found(reader) == ["sea"]
            writer.add(42, LAND)
            writer.commit()
            assert sorted(found(reader)) == ["land", "sea"]
            assert reader.seen() == 42
    with Index.open(path) as writer:
        assert writer.is_writable


def test_a_writer_in_another_process_is_respected(path: Path) -> None:
    script = (
        "import sys; from kenesh.register import Index\n"
        "with Index.open(sys.argv[1]):\n"
        "    print('held', flush=True); sys.stdin.readline()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, os.fspath(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(IndexLocked):
            Index.open(path)
        with Index.open(path, write=False) as reader:
            assert found(reader) == ["sea"]
        other.communicate("\n")
    with Index.open(path) as index:
        assert index.seen() == 41


def test_a_reader_may_not_write(path: Path) -> None:
    with Index.open(path, write=False) as reader:
        for act in (lambda: reader.add(50, LAND), reader.commit, reader.clear):
            with pytest.raises(IndexReadOnly):
                act()


def test_a_closed_index_may_not_be_written_and_closing_twice_is_harmless(path: Path) -> None:
    index = Index.open(path)
    index.close()
    index.close()
    with pytest.raises(IndexReadOnly):
        index.add(50, LAND)


def spoil_version(path: Path) -> None:
    (path / "VERSION").write_text("kenesh.register/0")


def spoil_meta(path: Path) -> None:
    (path / "meta.json").write_text('{"segments": [')


def remove_meta(path: Path) -> None:
    (path / "meta.json").unlink()


def spoil_segments(path: Path) -> None:
    for file in [*path.glob("*.term"), *path.glob("*.idx"), *path.glob("*.store")]:
        file.write_bytes(b"junk")


def remove_segments(path: Path) -> None:
    for file in path.glob("*.idx"):
        file.unlink()


SPOILS = [spoil_version, spoil_meta, remove_meta, spoil_segments, remove_segments]


@pytest.mark.parametrize("spoil", SPOILS)
def test_a_folder_that_is_not_sound_is_made_anew(path: Path, spoil) -> None:  # type: ignore[no-untyped-def]
    spoil(path)
    with Index.open(path) as index:
        assert (index.seen(), found(index)) == (-1, [])
        index.add(9, LAND)
        index.commit()
    with Index.open(path) as index:
        assert (index.seen(), found(index)) == (9, ["land"])


@pytest.mark.parametrize("spoil", SPOILS)
def test_a_reader_leaves_an_unsound_folder_alone_and_can_be_filled_in_memory(path: Path, spoil) -> None:  # type: ignore[no-untyped-def]
    spoil(path)
    before = {file.name: file.read_bytes() for file in path.iterdir()}
    with Index.open(path, write=False) as index:
        assert index.seen() == -1
        index.add(3, SEA)
        index.commit()
        assert found(index) == ["sea"]
    assert before == {file.name: file.read_bytes() for file in path.iterdir()}


def test_a_reader_does_not_make_a_folder(tmp_path: Path) -> None:
    with Index.open(tmp_path / "absent", write=False) as index:
        assert index.seen() == -1
    assert not (tmp_path / "absent").exists()


def test_a_folder_that_holds_other_things_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.docx").write_text("Excellency,")
    with pytest.raises(IndexBroken, match=r"letter\.docx"):
        Index.open(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["letter.docx"]


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("")
    with pytest.raises(IndexBroken):
        Index.open(tmp_path / "index")
