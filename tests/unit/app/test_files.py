from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from councils import DRAFT

from kenesh.app.files import UnreadableFile, compile_files, publish_file, read_file
from kenesh.editions import ENDINGS, FORMS
from kenesh.errors import BadInput


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.txt"
    path.write_bytes(DRAFT)
    return path


def test_the_source_is_the_path_as_it_was_given(
    draft: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for given in (draft, Path("draft.txt"), Path("../") / tmp_path.name / "draft.txt"):
        source = read_file(given).source
        assert source is not None
        assert source.file == str(given)


@pytest.mark.parametrize("name", ["absent.txt", ".", "draft.txt/inside", "a" * 300])
def test_a_file_that_cannot_be_opened_is_named(draft: Path, name: str) -> None:
    with pytest.raises(UnreadableFile, match=name[:20]):
        read_file(draft.parent / name)


def test_a_name_that_is_no_unicode_can_be_said(tmp_path: Path) -> None:
    path = Path(str(tmp_path) + "/caf\udce9.txt")
    path.write_bytes(DRAFT)
    source = read_file(path).source
    assert source is not None
    assert msgspec.json.encode(source)
    assert source.file.startswith(str(tmp_path))
    absent = Path(str(tmp_path) + "/th\udce9.txt")
    with pytest.raises(UnreadableFile) as raised:
        read_file(absent)
    assert str(raised.value).encode()


def test_only_the_editions_are_written(draft: Path, tmp_path: Path) -> None:
    out = tmp_path / "deep/out"
    paths = publish_file(read_file(draft), FORMS, out, "strait")
    assert paths == [out / f"strait{ENDINGS[form]}" for form in FORMS]
    assert sorted(out.iterdir()) == sorted(paths)
    read_again = [read_file(p) for p in paths]
    assert len({msgspec.structs.replace(s, source=None).title for s in read_again}) == 1


def test_publishing_twice_gives_the_same_bytes(draft: Path, tmp_path: Path) -> None:
    statement = read_file(draft)
    first = [p.read_bytes() for p in publish_file(statement, FORMS, tmp_path / "out")]
    assert [p.read_bytes() for p in publish_file(statement, FORMS, tmp_path / "out")] == first


@pytest.mark.parametrize("name", ["../escape", "a/b", "/srv/x", "", ".", "..", "a\0b"])
def test_a_name_stays_in_the_folder(draft: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput):
        publish_file(read_file(draft), ("txt",), tmp_path / "out", name)
    assert not (tmp_path / "escape.txt").exists()


def test_a_folder_that_cannot_be_made_is_named(draft: Path) -> None:
    with pytest.raises(BadInput, match=r"draft\.txt"):
        publish_file(read_file(draft), ("txt",), draft)


def test_versions_are_compiled_by_clause(draft: Path, tmp_path: Path) -> None:
    other = tmp_path / "av.txt"
    other.write_bytes(DRAFT.replace(b"Condemned", b"Strongly condemned"))
    text = compile_files(draft, {"AV": other}).to_text()
    assert "[Condemned / Strongly condemned (AV)] the acts of sabotage" in text
