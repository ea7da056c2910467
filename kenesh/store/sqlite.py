"""The embedded store: one SQLite file.

store = SqliteStore.open(Path("data/kenesh.db"), "council.example/record")
"""

from __future__ import annotations

import time
from contextlib import suppress
from itertools import count
from pathlib import Path

import apsw

from kenesh.store import migrate
from kenesh.store.copying import copy_connection
from kenesh.store.database import BUSY_MS, check_library, connect
from kenesh.store.errors import CorruptFile, OtherLog, translated
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
            new = not path.exists()
            writer = connect(path, create=True)
            try:
                if new:  # only its owner reads it; by name, as closing a handle would drop SQLite's locks
                    path.chmod(0o600)
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
    have, waiting = migrate.look(db, path)
    if waiting:
        if have and _is_in_use(db):
            _copy_before_upgrade(db, path, have[-1])
        migrate.migrate(db, path)
    _use_wal(db)
    row = db.execute("SELECT origin FROM head").fetchone()
    if row is None and db.execute("SELECT 1 FROM events LIMIT 1").fetchone():
        raise CorruptFile(path=path, detail="the head row is missing")
    if row is None:
        db.execute("INSERT OR IGNORE INTO head (one, origin, size, range) VALUES (1, ?, 0, x'')", (origin,))
        row = db.execute("SELECT origin FROM head").fetchone()
    if row != (origin,):
        raise OtherLog(path=path, actual=row and row[0], expected=origin)


def _is_in_use(db: apsw.Connection) -> bool:
    """Whether the database holds a record; one that is just being made has no head yet."""
    return db.execute("SELECT 1 FROM head").fetchone() is not None


def _use_wal(db: apsw.Connection) -> None:
    """Switch to WAL, once in the life of a file; SQLite does not wait here for others who do the same."""
    end = time.monotonic() + BUSY_MS / 1000
    while db.pragma("journal_mode") != "wal":
        try:
            db.pragma("journal_mode", "wal")
        except apsw.BusyError:
            if time.monotonic() > end:
                raise
            time.sleep(0.01)


def _copy_before_upgrade(db: apsw.Connection, path: Path, last: str) -> None:
    """Copy the database into `backups/`, named after the last migration it has taken."""
    folder = path.parent / "backups"
    folder.mkdir(exist_ok=True)
    for number in count(1):
        with suppress(FileExistsError):
            copy_connection(db, folder / f"{path.stem}-{last}-{number}{path.suffix}")
            return
