"""Events in SQLite: `EventStore` over one file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Self

import apsw

from kenesh.record import HeadRow, Held, Report, Row, verify_events
from kenesh.store.database import Database, connect
from kenesh.store.errors import CorruptFile, translated
from kenesh.store.ports import Head, NewEvent, StaleVersion, StoredEvent
from kenesh.store.rows import limited, seal, to_head, to_stored

PAGE = 1_000  # rows of one look in `read`, so that no long look keeps the WAL from being emptied
_COLUMNS = "seq, stream, version, header, salt, body, root"


class SqliteEvents(Database):
    """The record's part of `SqliteStore`."""

    origin: str

    @classmethod
    def inspect(cls, path: Path, origin: str) -> Self:
        """Open a file as it is, without making, upgrading or renaming anything; to verify it."""
        store = cls(path)
        store.origin = origin
        with translated(path):
            store._start(connect(path))
        return store

    def append(
        self,
        stream: str,
        expected: int,
        events: Sequence[NewEvent],
        *,
        at: datetime,
        command_id: str | None = None,
    ) -> tuple[StoredEvent, ...]:
        """As `EventStore.append` promises, in these steps.

        1. A command that was carried out answers as the first time.
        2. The version must be the one the caller saw.
        3. Events grow from the head row; events, head row and command are written in one transaction.
        4. Only what was committed and confirmed by the disk is returned.
        """
        with self.writing() as db:
            if command_id is not None and (before := _done(db, command_id)) is not None:  # 1
                return before
            if (actual := _version(db, stream)) != expected:  # 2
                raise StaleVersion(stream=stream, actual=actual, expected=expected)
            rows, head = seal(self._head_row(db), stream, actual, events, at)  # 3
            _write(db, rows, head)
            if command_id is not None:
                ends = (rows[0].seq, rows[-1].seq) if rows else (None, None)
                db.execute("INSERT INTO commands (id, first, last) VALUES (?, ?, ?)", (command_id, *ends))
        return tuple(to_stored(row) for row in rows)  # 4

    def read(self, stream: str, after: int = 0) -> tuple[StoredEvent, ...]:
        found: list[StoredEvent] = []
        while True:
            with self.reading() as db:
                rows = _rows(db, "WHERE stream = ? AND version > ? ORDER BY version", (stream, after), PAGE)
                page = [to_stored(row) for row in rows]
            found.extend(page)
            if len(page) < PAGE:
                return tuple(found)
            after = page[-1].version

    def read_all(self, after: int = -1, limit: int = 1000) -> tuple[StoredEvent, ...]:
        with self.reading() as db:
            rows = _rows(db, "WHERE seq > ? ORDER BY seq", (after,), limited(limit))
            return tuple(to_stored(row) for row in rows)

    def version(self, stream: str) -> int:
        with self.reading() as db:
            return _version(db, stream)

    def streams(self, prefix: str) -> tuple[str, ...]:
        asked = "SELECT stream FROM events WHERE version = 1 AND substr(stream, 1, ?) = ? ORDER BY seq"
        with self.reading() as db:
            return tuple(name for (name,) in db.execute(asked, (len(prefix), prefix)))

    def head(self) -> Head:
        with self.reading() as db:
            return to_head(self._head_row(db))

    def done(self, command_id: str) -> tuple[StoredEvent, ...] | None:
        with self.reading() as db:
            return _done(db, command_id)

    def erase(self, stream: str, versions: Sequence[int]) -> int:
        """As `EventStore.erase` promises; the deleted bytes are overwritten in the file, not in backups.

        Raises:
            StoreBusy: it is erased, but a reader in another process keeps the old bytes in the WAL for now.
        """
        asked = (
            "UPDATE events SET body = NULL, salt = NULL WHERE stream = ? AND version = ? AND body IS NOT NULL"
        )
        erased = 0
        with self.writing() as db:
            for version in versions:
                db.execute(asked, (stream, version))
                erased += db.changes()
        if erased:
            self._empty_wal()
        return erased

    def verify(self, held: Sequence[Held] = ()) -> Report:
        """As `EventStore.verify` promises; where the record is sound, SQLite checks its file too.

        Raises:
            CorruptFile: the file itself is damaged.
        """
        with self.reading(seconds=None) as db:
            head = self._head_row(db)
            report = verify_events(_all(db), head, origin=self.origin, held=held)
            if report.sound:
                self._check_file(db)
            return report

    def _check_file(self, db: apsw.Connection) -> None:
        found = [str(row[0]) for row in db.execute("PRAGMA integrity_check(5)")]
        if found != ["ok"]:
            raise CorruptFile(path=self.path, detail="; ".join(found))
        if (lost := db.execute("PRAGMA foreign_key_check").get) is not None:
            raise CorruptFile(path=self.path, detail=f"a command points to no event: {lost}")

    def _head_row(self, db: apsw.Connection) -> HeadRow:
        row = db.execute("SELECT origin, size, time, range FROM head").fetchone()
        if row is None:
            raise CorruptFile(path=self.path, detail="the head row is missing")
        head = HeadRow(*row)
        if not isinstance(head.size, int) or not isinstance(head.range, bytes):
            raise CorruptFile(path=self.path, detail="the head row is of another kind")
        return head

    def _empty_wal(self) -> None:
        with self._lock:
            if self._writer is not None:
                with translated(self.path):
                    self._writer.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)


def _write(db: apsw.Connection, rows: Sequence[Row], head: HeadRow) -> None:
    for row in rows:
        db.execute(
            f"INSERT INTO events ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - our own constant
            (row.seq, row.stream, row.version, row.header, row.salt, row.body, row.root),
        )
    if rows:
        db.execute("UPDATE head SET size = ?, time = ?, range = ?", (head.size, head.time, head.range))


def _rows(db: apsw.Connection, where: str, values: tuple[object, ...], limit: int) -> list[Row]:
    asked = f"SELECT {_COLUMNS} FROM events {where} LIMIT ?"  # noqa: S608 - our own constants
    return [Row(*row) for row in db.execute(asked, (*values, limit))]


def _all(db: apsw.Connection) -> Iterator[Row]:
    """Every row; a stream's name that is no text at all is shown as far as it is, not refused."""
    columns = _COLUMNS.replace("stream", "CAST(stream AS BLOB)")
    for seq, stream, *rest in db.execute(f"SELECT {columns} FROM events ORDER BY seq"):  # noqa: S608
        yield Row(seq, stream.decode("utf-8", "replace"), *rest)


def _version(db: apsw.Connection, stream: str) -> int:
    asked = "SELECT coalesce(max(version), 0) FROM events WHERE stream = ?"
    return int(db.execute(asked, (stream,)).get)


def _done(db: apsw.Connection, command_id: str) -> tuple[StoredEvent, ...] | None:
    row = db.execute("SELECT first, last FROM commands WHERE id = ?", (command_id,)).fetchone()
    if row is None:
        return None
    written = _rows(db, "WHERE seq BETWEEN ? AND ? ORDER BY seq", row, -1)
    return tuple(to_stored(r) for r in written)
