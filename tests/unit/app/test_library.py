"""The library and the search index follow the record, whoever wrote it and whatever became of the index."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from councils import DRAFT, NOW, published

from kenesh.app.find_precedents import find_precedents
from kenesh.app.house import House, open_house
from kenesh.app.init_house import init_house
from kenesh.app.library import catch_up, entries
from kenesh.app.register_text import register_text
from kenesh.app.settings import Settings
from kenesh.clock import FixedClock

HALF = "endanger seafarers and damage undersea"
OTHER = DRAFT.replace(b"undersea cables", b"undersea pipelines")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A register with one text."""
    made = tmp_path / "data"
    house = init_house(made, settings=Settings(origin="test/record"))
    register_text(house, DRAFT, "a.txt")
    house.close()
    return made


def found(house: House, words: str = HALF) -> list[str]:
    return [p.text for p in find_precedents(house, words) if p.match == "exact"]


def test_a_restart_finds_what_was_there(folder: Path) -> None:
    house = open_house(folder, clock=FixedClock(NOW))
    assert len(entries(house)) == 1
    assert len(found(house)) == 1
    house.close()


@pytest.mark.parametrize("write", [True, False])
@pytest.mark.parametrize("damage", ["missing", "broken"])
def test_an_index_that_is_gone_is_made_again(folder: Path, damage: str, write: bool) -> None:
    if damage == "missing":
        shutil.rmtree(folder / "index")
    else:
        (folder / "index/meta.json").write_text("no index")
    house = open_house(folder, write=write)
    assert len(found(house)) == 1
    house.close()


def test_each_text_is_found_once_after_any_number_of_restarts(folder: Path) -> None:
    for _ in range(3):
        house = open_house(folder)
        assert len(found(house)) == 1
        house.close()


def test_what_another_process_wrote_is_found(folder: Path) -> None:
    """The server holds the index; a text is entered at the command line beside it."""
    server = open_house(folder)
    assert len(found(server)) == 1
    beside = open_house(folder)
    register_text(beside, OTHER, "b.txt")
    assert [e.id for e in entries(server)] == [e.id for e in entries(beside)]
    assert len(found(server)) == 2
    beside.close()
    server.close()


def test_who_only_reads_finds_what_the_index_has_not_taken_yet(folder: Path) -> None:
    """The server that holds the index was not asked since the text came in."""
    server = open_house(folder)
    assert len(found(server)) == 1
    beside = open_house(folder)
    register_text(beside, OTHER, "b.txt")
    assert len(found(beside)) == 2
    reader = open_house(folder, write=False)
    assert len(found(reader)) == 2
    for house in (reader, beside, server):
        house.close()


def test_nothing_new_costs_no_look_at_the_events(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house = open_house(folder)
    catch_up(house)
    monkeypatch.setattr(house.store, "read_all", None)
    catch_up(house)
    house.close()


def test_an_adopted_statement_is_a_precedent_for_the_next_meeting() -> None:
    council = published()
    first = find_precedents(council.house, HALF)[0]
    assert (first.origin, first.match, first.number, first.date) == ("adopted", "exact", "1.", "2026-11-23")
    assert first.text.startswith("Condemned the acts of sabotage")
    assert find_precedents(council.house, HALF, body="other") == ()
    assert find_precedents(council.house, HALF, year_to=2025) == ()
    assert find_precedents(council.house, HALF, act="condemns")[0] == first
