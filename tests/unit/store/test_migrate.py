"""Upgrades: named, each in its transaction, after a copy; a newer schema is left alone."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import apsw
import pytest

from kenesh.store import migrate
from kenesh.store.database import connect
from kenesh.store.errors import NewerSchema
from kenesh.store.migrate import Migration
from kenesh.store.ports import NewEvent
from kenesh.store.sqlite import SqliteStore
from kenesh.store.sqlite_events import SqliteEvents

ORIGIN = "council.example/record"
AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kenesh.db"


@pytest.fixture
def old(path: Path) -> Path:
    """A database that has taken the first migration only, with one event in it."""
    db = connect(path, create=True)
    migrate.migrate(db, path, upto="0001_record")
    db.execute("INSERT INTO head (one, origin, size, range) VALUES (1, ?, 0, x'')", (ORIGIN,))
    db.close()
    store = SqliteEvents.inspect(path, ORIGIN)
    store.append("meeting/a", 0, [NewEvent("x/1", {"n": 1}, bytes(32))], at=AT)
    store.close()
    return path


def names(path: Path) -> tuple[str, ...]:
    db = connect(path)
    found = migrate.taken(db, path)
    db.close()
    return found


def test_migrations_are_named_and_numbered_without_gaps():
    numbers = [int(m.name.split("_")[0]) for m in migrate.known()]
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_new_file_takes_all_migrations_and_is_not_copied(path: Path):
    SqliteStore.open(path, ORIGIN).close()
    assert names(path) == tuple(m.name for m in migrate.known())
    assert not (path.parent / "backups").exists()


def test_an_old_folder_is_upgraded_after_a_copy(old: Path):
    store = SqliteStore.open(old, ORIGIN)
    assert [e.body for e in store.read("meeting/a")] == [{"n": 1}]
    store.mark_seen("av", "meeting/a", 1)
    assert store.verify().sound
    store.close()
    (copy,) = (old.parent / "backups").iterdir()
    assert copy.name == "kenesh-0001_record-1.db"
    assert names(copy) == ("0001_record",)
    before = SqliteEvents.inspect(copy, ORIGIN)
    assert before.verify().size == 1
    before.close()


def test_opening_an_upgraded_folder_again_copies_nothing(old: Path):
    for _ in range(3):
        SqliteStore.open(old, ORIGIN).close()
    assert len(list((old.parent / "backups").iterdir())) == 1


def test_a_failed_migration_leaves_the_database_as_it_was(old: Path, monkeypatch: pytest.MonkeyPatch):
    broken = Migration("0002_broken", "CREATE TABLE half (a) STRICT; CREATE TABLE half (a);")
    monkeypatch.setattr(migrate, "known", lambda: (Migration("0001_record", ""), broken))
    db = connect(old)
    before = db.execute("SELECT sql FROM sqlite_schema").fetchall()
    with pytest.raises(apsw.SQLError):
        migrate.migrate(db, old)
    assert db.execute("SELECT sql FROM sqlite_schema").fetchall() == before
    assert migrate.taken(db, old) == ("0001_record",)
    db.close()


def test_a_newer_schema_is_refused_and_left_alone(path: Path):
    SqliteStore.open(path, ORIGIN).close()
    db = connect(path)
    db.execute("INSERT INTO migrations VALUES ('0999_from_the_future')")
    db.close()
    before = path.read_bytes()
    with pytest.raises(NewerSchema) as refused:
        SqliteStore.open(path, ORIGIN)
    assert refused.value.values["name"] == "0999_from_the_future"
    assert path.read_bytes() == before
