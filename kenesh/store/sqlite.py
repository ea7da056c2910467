"""The embedded store: one SQLite file.

store = SqliteStore.open(Path("data/kenesh.db"), "council.example/record")
"""

from __future__ import annotations

from pathlib import Path

import apsw

from kenesh.store import migrate
from kenesh.store.copying import copy_connection
from kenesh.store.database import check_library, connect
from kenesh.store.errors import OtherLog, translated
from kenesh.store.sqlite_access import SqliteAccess
from kenesh.store.sqlite_events import SqliteEvents


class SqliteStore(SqliteEvents, SqliteAccess):
    """`Store` in one SQLite file, safe to use from several threads and several processes.

    Reads never wait for the writer; a write lasts as long as the disk needs to confirm it, so one
    asyncio loop calls `append` in a worker thread.
    """

    def __init__(self, path: Path, origin: str) -> None:
        """Open the file, making or upgrading it first; an older one is copied into `backups/` before.

        Raises:
            NewerSchema: it was written by a newer Kenesh; nothing was changed.
            OtherLog: it holds another log than `origin`; nothing was changed.
            CorruptFile: it is damaged, or no database of Kenesh.
            Unavailable: the machine refuses.
        """
        super().__init__(path)
        self.origin = origin
        check_library()
        with translated(path):
            writer = connect(path, create=True)
            try:
                _prepare(writer, path, origin)
            except BaseException:
                writer.close()
                raise
        self._start(writer)

    @classmethod
    def open(cls, path: Path, origin: str) -> SqliteStore:
        """The same as the constructor, by the name that says what happens."""
        return cls(path, origin)


def _prepare(db: apsw.Connection, path: Path, origin: str) -> None:
    if migrate.missing(db, path):
        if migrate.taken(db, path):
            _copy_before_upgrade(db, path)
        migrate.migrate(db, path)
    if db.pragma("journal_mode") != "wal":
        db.pragma("journal_mode", "wal")
    row = db.execute("SELECT origin FROM head").fetchone()
    if row is None:
        db.execute("INSERT OR IGNORE INTO head (one, origin, size, range) VALUES (1, ?, 0, x'')", (origin,))
        row = db.execute("SELECT origin FROM head").fetchone()
    if row != (origin,):
        raise OtherLog(path=path, actual=row and row[0], expected=origin)


def _copy_before_upgrade(db: apsw.Connection, path: Path) -> Path:
    """Copy the database beside itself, named after the last migration it has taken."""
    folder = path.parent / "backups"
    folder.mkdir(exist_ok=True)
    stem, number = f"{path.stem}-{migrate.taken(db, path)[-1]}", 1
    while (copy := folder / f"{stem}-{number}{path.suffix}").exists():
        number += 1
    copy_connection(db, copy)
    return copy
