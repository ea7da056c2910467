"""One SQLite file: one writer, some readers, and the errors that come out of it.

Invariants
* WAL and `synchronous=FULL`: what was committed survives power loss; NORMAL would lose it.
* One connection writes, under a lock, always with BEGIN IMMEDIATE; other processes wait for it.
* Readers have connections of their own, see the last commit, never wait for the writer, and are stopped
  when they run longer than READ_SECONDS.
* After the disk failed to confirm a write, nothing more is written through this object.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import apsw

from kenesh.store.errors import CannotUseFile, OldSqlite, StoreStopped, TookTooLong, to_kenesh

NEEDED = (3, 51, 3)  # the first SQLite without the WAL-reset bug (sqlite.org/wal.html)
BUSY_MS = 5_000  # how long a writer waits for one in another process
READ_SECONDS = 10.0  # for one answer; verification and backup have no limit
READERS = 8  # idle connections kept; more are opened when needed
_STEPS = 20_000  # SQLite's virtual machine steps between looks at the clock, about a millisecond


def check_library() -> None:
    """Raises OldSqlite if the linked SQLite can corrupt a database with several writers."""
    actual = tuple(int(part) for part in apsw.sqlite_lib_version().split("."))
    if actual < NEEDED:
        raise OldSqlite(actual=apsw.sqlite_lib_version(), needed=".".join(map(str, NEEDED)))


def connect(path: Path, *, create: bool = False, query_only: bool = False) -> apsw.Connection:
    """Open the file as every connection of ours is opened. Raises apsw.Error."""
    flags = apsw.SQLITE_OPEN_READWRITE | (apsw.SQLITE_OPEN_CREATE if create else 0)
    db = apsw.Connection(str(path), flags=flags)
    try:
        db.set_busy_timeout(BUSY_MS)
        db.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
        db.config(apsw.SQLITE_DBCONFIG_DQS_DML, 0)
        db.config(apsw.SQLITE_DBCONFIG_DQS_DDL, 0)
        db.pragma("foreign_keys", True)
        db.pragma("trusted_schema", False)
        db.pragma("synchronous", "FULL")
        db.pragma("secure_delete", True)  # what a retention rule erases is gone from the file
        if query_only:
            db.pragma("query_only", True)
    except BaseException:
        db.close()
        raise
    return db


class Database:
    """The connections to one file; the stores inherit it and add the questions."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._writer: apsw.Connection | None = None
        self._stopped: str | None = "it is closed"
        self._idle: list[apsw.Connection] = []
        self._idle_lock = threading.Lock()

    def _start(self, writer: apsw.Connection) -> None:
        self._writer, self._stopped = writer, None

    @contextmanager
    def writing(self) -> Iterator[apsw.Connection]:
        """One transaction; committed at the end, undone by any exception.

        Raises:
            Unavailable: it was not written, and may be tried again.
            StoreStopped: the disk did not confirm; open the file again.
        """
        with self._lock:
            if self._writer is None or self._stopped:
                raise StoreStopped(path=self.path, detail=self._stopped)
            db = self._writer
            try:
                db.execute("BEGIN IMMEDIATE")
                yield db
                db.execute("COMMIT")
            except (apsw.Error, UnicodeError) as error:
                if getattr(error, "extendedresult", 0) == apsw.SQLITE_IOERR_FSYNC:
                    self._stopped = "the disk did not confirm a write"
                raise to_kenesh(error, self.path) from error
            finally:
                _undo(db)

    @contextmanager
    def reading(self, seconds: float | None = READ_SECONDS) -> Iterator[apsw.Connection]:
        """A look at the last commit, the same for all questions asked within.

        Raises:
            TookTooLong: it lasted longer than `seconds`.
            Unavailable, BadRecord: the file cannot be read, or is damaged.
        """
        db = self._borrow()
        try:
            end = None if seconds is None else time.monotonic() + seconds
            db.set_progress_handler(None if end is None else lambda: time.monotonic() > end, _STEPS)
            db.execute("BEGIN")
            yield db
        except apsw.InterruptError as error:
            raise TookTooLong(path=self.path, seconds=seconds) from error
        except (apsw.Error, UnicodeError) as error:
            raise to_kenesh(error, self.path) from error
        finally:
            self._give_back(db)

    def _borrow(self) -> apsw.Connection:
        with self._idle_lock:
            if self._writer is None:
                raise CannotUseFile(path=self.path, detail="it is closed")
            if self._idle:
                return self._idle.pop()
        try:
            return connect(self.path, query_only=True)
        except (apsw.Error, UnicodeError) as error:
            raise to_kenesh(error, self.path) from error

    def _give_back(self, db: apsw.Connection) -> None:
        with suppress(apsw.Error):
            db.set_progress_handler(None)
            _undo(db)
            with self._idle_lock:
                if self._writer is not None and len(self._idle) < READERS:
                    self._idle.append(db)
                    return
        db.close()

    def close(self) -> None:
        """Close all connections; may be called twice. What was acknowledged needs no closing."""
        with self._lock, self._idle_lock:
            writer, self._writer = self._writer, None
            self._stopped = "it is closed"
            idle, self._idle = self._idle, []
        for db in (*idle, writer):
            if db is not None:
                with suppress(apsw.Error):  # a disk that fails now fails only to tidy up
                    db.close()


def _undo(db: apsw.Connection) -> None:
    """Leave no transaction open; SQLite may have ended it itself after an error."""
    if not db.get_autocommit():
        db.execute("ROLLBACK")
