"""What SQLite adds to the contract: the file, its guards, other processes, and errors that say what to do."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import apsw
import pytest

from kenesh.errors import BadInput, BadRecord, Unavailable
from kenesh.store import database
from kenesh.store.errors import (
    CannotUseFile,
    CorruptFile,
    DiskFull,
    OldSqlite,
    OtherLog,
    StoreBusy,
    StoreStopped,
    TookTooLong,
    to_kenesh,
)
from kenesh.store.ports import NewEvent
from kenesh.store.sqlite import SqliteStore

ORIGIN = "council.example/record"
AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def event(text: str = "Expressed concern.") -> NewEvent:
    return NewEvent("clause.amended/1", {"text": text}, bytes(32))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kenesh.db"


@pytest.fixture
def store(path: Path):
    store = SqliteStore.open(path, ORIGIN)
    yield store
    store.close()


def test_a_record_outlives_its_process(path: Path):
    first = SqliteStore.open(path, ORIGIN)
    written = first.append("meeting/a", 0, [event()], at=AT, command_id="c1")
    first.close()
    again = SqliteStore.open(path, ORIGIN)
    assert again.read("meeting/a") == written == again.done("c1")
    again.close()


def test_the_file_is_in_wal_mode_and_every_commit_is_confirmed_by_the_disk(store: SqliteStore):
    with store.writing() as db:
        assert db.pragma("journal_mode") == "wal"
        assert db.pragma("synchronous") == 2
        assert db.pragma("foreign_keys") == 1


def test_an_old_library_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(apsw, "sqlite_lib_version", lambda: "3.40.1")
    with pytest.raises(OldSqlite) as refused:
        SqliteStore.open(path, ORIGIN)
    assert refused.value.values == {"actual": "3.40.1", "needed": "3.51.3"}
    assert not path.exists()


def test_another_log_is_refused_and_left_alone(store: SqliteStore, path: Path):
    with pytest.raises(OtherLog):
        SqliteStore.open(path, "elsewhere.example/record")
    store.append("meeting/a", 0, [event()], at=AT)


def test_two_open_stores_share_one_order(store: SqliteStore, path: Path):
    other = SqliteStore.open(path, ORIGIN)
    store.append("meeting/a", 0, [event("1")], at=AT)
    other.append("meeting/a", 1, [event("2")], at=AT)
    store.append("meeting/b", 0, [event("3")], at=AT)
    assert [e.body["text"] for e in other.read_all()] == ["1", "2", "3"]
    assert other.verify().sound
    other.close()


def test_a_new_file_made_by_many_at_once_is_one_record(tmp_path: Path):
    for number in range(10):
        path, opened = tmp_path / f"{number}.db", []

        def open_it(path: Path = path, opened: list[SqliteStore] = opened) -> None:
            opened.append(SqliteStore.open(path, ORIGIN))

        threads = [threading.Thread(target=open_it) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for version, store in enumerate(opened):
            store.append("meeting/a", version, [event()], at=AT)
        assert len(opened) == 4
        assert opened[0].verify().size == 4
        for store in opened:
            store.close()


def test_only_its_owner_can_read_the_file(store: SqliteStore, path: Path):
    store.append("meeting/a", 0, [event()], at=AT)
    assert {f.stat().st_mode & 0o077 for f in path.parent.glob("kenesh.db*")} == {0}


# -- guards in the file ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE events SET body = x'7b7d' WHERE seq = 0",
        "UPDATE events SET salt = NULL WHERE seq = 0",
        "UPDATE events SET header = x'7b7d' WHERE seq = 0",
        "UPDATE events SET stream = 'meeting/b'",
        "UPDATE events SET body = NULL, salt = NULL, version = 9 WHERE seq = 0",
        "DELETE FROM events WHERE seq = 1",
        "INSERT INTO events SELECT 7, stream, 3, header, salt, body, root FROM events WHERE seq = 0",
        "REPLACE INTO events SELECT 2, stream, 1, header, salt, body, root FROM events WHERE seq = 0",
        "UPDATE head SET size = 1",
        "UPDATE head SET origin = 'elsewhere'",
        "DELETE FROM head",
        "UPDATE commands SET first = 1",
        "DELETE FROM commands",
        "INSERT INTO commands VALUES ('c9', 77, 77)",
        "INSERT INTO events VALUES (2, 'a', 'one', x'', NULL, NULL, x'')",
    ],
)
def test_the_file_itself_refuses_to_rewrite_history(store: SqliteStore, path: Path, change: str):
    store.append("meeting/a", 0, [event(), event()], at=AT, command_id="c1")
    db = database.connect(path)
    with pytest.raises(apsw.ConstraintError):
        db.execute(change)
    db.close()
    assert store.verify().sound


# -- reading beside writing -----------------------------------------------------------------------------


def test_readers_do_not_wait_for_the_writer(store: SqliteStore):
    store.append("meeting/a", 0, [event()], at=AT)
    with store.writing() as db:
        db.execute("UPDATE links SET used = NULL")  # the writer is in the middle of something
        reader = threading.Thread(target=lambda: found.extend(store.read("meeting/a")))
        found: list[object] = []
        reader.start()
        reader.join(timeout=2)
        assert not reader.is_alive()
    assert len(found) == 1


def test_a_reader_that_takes_too_long_is_stopped(store: SqliteStore):
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    began = time.monotonic()
    with pytest.raises(TookTooLong), store.reading(seconds=0.05) as db:
        db.execute(endless).fetchall()
    assert time.monotonic() - began < 5
    assert store.head().size == 0, "the connection can be used again"


def test_a_reader_cannot_write(store: SqliteStore):
    with pytest.raises(Unavailable), store.reading() as db:
        db.execute("DELETE FROM links")


def test_read_all_never_gives_more_than_its_limit_of_rows(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("kenesh.store.rows.MAX_ROWS", 3)
    store.append("meeting/a", 0, [event(str(n)) for n in range(5)], at=AT)
    assert len(store.read_all(limit=1_000_000)) == 3
    assert len(store.read_all(limit=-1)) == 0


# -- errors ---------------------------------------------------------------------------------------------


def test_a_writer_in_another_process_is_waited_for_and_then_named(
    store: SqliteStore, path: Path, monkeypatch: pytest.MonkeyPatch
):
    other = apsw.Connection(str(path))
    other.execute("BEGIN IMMEDIATE")
    with store._lock:
        store._writer.set_busy_timeout(20)
    with pytest.raises(StoreBusy):
        store.append("meeting/a", 0, [event()], at=AT)
    other.execute("ROLLBACK")
    other.close()
    store.append("meeting/a", 0, [event()], at=AT)


def test_an_error_in_the_middle_of_a_transaction_leaves_nothing(store: SqliteStore):
    def interrupted() -> None:
        with store.writing() as db:
            db.execute("INSERT INTO links VALUES ('t', 'av', '', '', NULL)")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    with store.reading() as db:
        assert db.execute("SELECT count(*) FROM links").get == 0


def test_a_write_that_the_disk_did_not_confirm_stops_all_writing(store: SqliteStore):
    store.append("meeting/a", 0, [event()], at=AT)
    unconfirmed = apsw.IOError("fsync")
    unconfirmed.extendedresult = apsw.SQLITE_IOERR_FSYNC
    with pytest.raises(CannotUseFile), store.writing():
        raise unconfirmed
    with pytest.raises(StoreStopped):
        store.append("meeting/a", 1, [event()], at=AT)
    assert len(store.read("meeting/a")) == 1


def test_a_closed_store_says_so(path: Path):
    store = SqliteStore.open(path, ORIGIN)
    store.close()
    with pytest.raises(Unavailable):
        store.append("meeting/a", 0, [event()], at=AT)
    with pytest.raises(Unavailable):
        store.read("meeting/a")


def test_a_file_that_is_no_database_is_a_bad_record(path: Path):
    path.write_bytes(b"Meridian Compact\n" * 500)
    with pytest.raises(CorruptFile):
        SqliteStore.open(path, ORIGIN)
    assert path.read_bytes().startswith(b"Meridian")


def test_a_database_of_something_else_is_left_alone(path: Path):
    other = apsw.Connection(str(path))
    other.execute("CREATE TABLE recipes (name)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(CorruptFile):
        SqliteStore.open(path, ORIGIN)
    assert path.read_bytes() == before


def test_damaged_pages_are_a_bad_record(path: Path):
    store = SqliteStore.open(path, ORIGIN)
    store.append("meeting/a", 0, [event("x" * 500) for _ in range(40)], at=AT)
    store.close()
    data = bytearray(path.read_bytes())
    data[4096:] = bytes(len(data) - 4096)
    path.write_bytes(data)
    with pytest.raises(BadRecord):
        SqliteStore.open(path, ORIGIN)


def test_a_folder_that_is_not_there_is_unavailable(tmp_path: Path):
    with pytest.raises(CannotUseFile) as refused:
        SqliteStore.open(tmp_path / "nowhere" / "kenesh.db", ORIGIN)
    assert refused.value.advice


@pytest.mark.parametrize(
    ("error", "ours"),
    [
        (apsw.FullError, DiskFull),
        (apsw.BusyError, StoreBusy),
        (apsw.CorruptError, CorruptFile),
        (apsw.NotADBError, CorruptFile),
        (apsw.SQLError, CorruptFile),
        (apsw.ConstraintError, CorruptFile),
        (apsw.IOError, CannotUseFile),
        (apsw.ReadOnlyError, CannotUseFile),
        (apsw.CantOpenError, CannotUseFile),
    ],
)
def test_errors_of_sqlite_leave_as_ours_with_advice(error: type[apsw.Error], ours: type, path: Path):
    translated = to_kenesh(error("what it said"), path)
    assert type(translated) is ours
    assert "what it said" in str(translated)
    assert translated.advice


def test_text_that_is_no_unicode_is_refused(store: SqliteStore):
    with pytest.raises(BadInput):
        store.append("meeting/\ud800", 0, [event()], at=AT)
    with pytest.raises(BadInput):
        store.read("meeting/\ud800")
    with pytest.raises(BadInput):
        store.append("meeting/a", 0, [event("\ud800")], at=AT)
    assert store.head().size == 0


def test_a_session_lives_on_where_nothing_can_be_written(store: SqliteStore, path: Path):
    store.add_link("t1", "av", at=AT, expires=AT + timedelta(days=1))
    store.use_link("t1", "s1", at=AT)
    other = apsw.Connection(str(path))
    other.execute("BEGIN IMMEDIATE")
    store._writer.set_busy_timeout(20)
    assert store.session("s1", at=AT + timedelta(hours=1)).seat == "av"
    other.close()


def test_erased_words_are_gone_from_the_file(store: SqliteStore, path: Path):
    store.append("meeting/a", 0, [event("Canary " * 20), event("stays")], at=AT)
    store.erase("meeting/a", [1])
    files = b"".join(f.read_bytes() for f in path.parent.iterdir() if f.is_file())
    assert b"Canary" not in files
    assert b"stays" in files
