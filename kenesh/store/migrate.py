"""Migrations: named, in order, each in its own transaction, never changed once released.

The table `migrations` lists what a database has taken. A database that has taken one we do not know was
written by a newer Kenesh and is left alone.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

import apsw
import msgspec

from kenesh.store.errors import CorruptFile, NewerSchema

APPLICATION_ID = 0x4B4E5348  # "KNSH", so that `file` and we know our own


class Migration(msgspec.Struct, frozen=True):
    name: str  # "0001_record"
    sql: str


@cache
def known() -> tuple[Migration, ...]:
    """All migrations of this version, in order."""
    folder = resources.files("kenesh.store") / "migrations"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".sql")), key=lambda f: f.name)
    return tuple(Migration(f.name.removesuffix(".sql"), f.read_text(encoding="utf-8")) for f in files)


def taken(db: apsw.Connection, path: Path) -> tuple[str, ...]:
    """Names of the migrations a database has taken; none for a new file.

    Raises:
        CorruptFile: it is a database of something else.
    """
    if db.pragma("application_id") != APPLICATION_ID:
        if db.execute("SELECT count(*) FROM sqlite_schema").get:
            raise CorruptFile(path=path, detail="it was not made by Kenesh")
        return ()
    return tuple(name for (name,) in db.execute("SELECT name FROM migrations ORDER BY name"))


def missing(db: apsw.Connection, path: Path, upto: str | None = None) -> tuple[Migration, ...]:
    """The migrations a database has not taken.

    Raises:
        NewerSchema: it has taken one we do not know.
    """
    have, all_known = taken(db, path), known()
    for name in have:
        if name not in {m.name for m in all_known}:
            raise NewerSchema(path=path, name=name)
    return tuple(m for m in all_known if m.name not in have and (upto is None or m.name <= upto))


def look(db: apsw.Connection, path: Path) -> tuple[tuple[str, ...], tuple[Migration, ...]]:
    """The migrations a database has taken and those it has not, in one look. Raises as both do."""
    db.execute("BEGIN")
    try:
        return taken(db, path), missing(db, path)
    finally:
        _end(db, "ROLLBACK")


def migrate(db: apsw.Connection, path: Path, *, upto: str | None = None) -> None:
    """Bring a database up to date, or up to the migration named `upto`; several may do so at once."""
    while True:
        db.execute("BEGIN IMMEDIATE")
        try:
            waiting = missing(db, path, upto)
            if not waiting:
                return
            _take(db, waiting[0])
            _end(db, "COMMIT")
        finally:
            _end(db, "ROLLBACK")


def _end(db: apsw.Connection, how: str) -> None:
    if not db.get_autocommit():
        db.execute(how)


def _take(db: apsw.Connection, migration: Migration) -> None:
    db.execute("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID")
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(migration.sql)
    db.execute("INSERT INTO migrations (name) VALUES (?)", (migration.name,))
