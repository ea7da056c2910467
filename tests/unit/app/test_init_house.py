from __future__ import annotations

import stat
from pathlib import Path

import pytest
from councils import PROFILE, PROFILE_TOML

from kenesh.app.house import NoHouse, open_house
from kenesh.app.init_house import FolderTaken, init_house
from kenesh.app.settings import Settings
from kenesh.errors import BadInput, Unavailable
from kenesh.store.errors import OtherLog


@pytest.fixture
def body(tmp_path: Path) -> Path:
    path = tmp_path / "body.toml"
    path.write_text(PROFILE_TOML, encoding="utf-8")
    return path


def test_a_folder_is_made_with_its_profile_and_settings(tmp_path: Path, body: Path) -> None:
    folder = tmp_path / "deep/data"
    init_house(folder, body=body).close()
    assert sorted(f.name for f in folder.iterdir()) == ["body.toml", "index", "kenesh.db", "kenesh.toml"]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    house = open_house(folder)
    assert house.body == PROFILE
    assert house.settings.origin == "mc-cfm.invalid/record"
    house.close()


def test_a_register_alone_needs_no_body(tmp_path: Path) -> None:
    house = init_house(tmp_path / "data")
    with pytest.raises(Unavailable, match="register only"):
        _ = house.body
    house.close()


def test_a_folder_that_holds_something_is_left_as_it_is(tmp_path: Path, body: Path) -> None:
    with pytest.raises(FolderTaken):
        init_house(tmp_path, body=body)
    assert [f.name for f in tmp_path.iterdir()] == ["body.toml"]


@pytest.mark.parametrize("text", ["id = ", "nonsense = 1", 'id = "x"', b"\xff\xfe"])
def test_a_bad_profile_makes_nothing(tmp_path: Path, body: Path, text: str | bytes) -> None:
    body.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(BadInput, match=r"body\.toml"):
        init_house(tmp_path / "data", body=body)
    assert not (tmp_path / "data").exists()


def test_a_missing_profile_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"absent\.toml"):
        init_house(tmp_path / "data", body=tmp_path / "absent.toml")


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path, body: Path) -> None:
    with pytest.raises(BadInput, match=r"body\.toml"):
        init_house(body, body=body)


class TestOpening:
    def test_a_folder_of_something_else_is_no_house(self, tmp_path: Path) -> None:
        with pytest.raises(NoHouse):
            open_house(tmp_path)

    @pytest.mark.parametrize("text", [b"\xff", b"id = 7"])
    def test_a_damaged_profile_is_named(self, tmp_path: Path, body: Path, text: bytes) -> None:
        init_house(tmp_path / "data", body=body).close()
        (tmp_path / "data/body.toml").write_bytes(text)
        with pytest.raises(BadInput, match=r"body\.toml"):
            open_house(tmp_path / "data")

    def test_the_record_of_another_house_is_not_taken_for_ours(self, tmp_path: Path, body: Path) -> None:
        init_house(tmp_path / "data", body=body).close()
        with pytest.raises(OtherLog):
            open_house(tmp_path / "data", settings=Settings(origin="other/record"))

    def test_a_house_that_could_not_open_lets_go_of_everything(self, tmp_path: Path, body: Path) -> None:
        init_house(tmp_path / "data", body=body).close()
        (tmp_path / "data/index/foreign.txt").write_text("not ours")
        with pytest.raises(Unavailable):
            open_house(tmp_path / "data")
        (tmp_path / "data/index/foreign.txt").unlink()
        open_house(tmp_path / "data").close()
