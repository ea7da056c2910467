"""Somebody with the database file in hands: triggers dropped, rows rewritten; `verify` finds all of it."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import apsw
import pytest

from kenesh.errors import BadRecord
from kenesh.record import Held
from kenesh.store.errors import CorruptFile, OtherLog
from kenesh.store.ports import NewEvent
from kenesh.store.rows import BrokenRow
from kenesh.store.sqlite import SqliteStore

ORIGIN = "council.example/record"
AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
ROWS = 24
ROUNDS = 150


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a database with 24 events in three streams."""
    path = tmp_path_factory.mktemp("sound") / "kenesh.db"
    store, rng = SqliteStore.open(path, ORIGIN), random.Random(7)
    for n in range(ROWS):
        stream = f"meeting/{'abc'[n % 3]}"
        event = NewEvent("clause.amended/1", {"text": f"Clause {n}"}, rng.randbytes(32))
        at = AT + timedelta(minutes=n)
        store.append(stream, store.version(stream), [event], at=at, command_id=f"c{n}")
    store.close()
    return path.read_bytes()


@pytest.fixture
def tampered(sound: bytes, tmp_path: Path) -> Callable[..., SqliteStore]:
    """Open the sound database after some SQL was done to it behind our back."""
    opened: list[SqliteStore] = []

    def tamper(*changes: tuple[str, tuple]) -> SqliteStore:
        path = tmp_path / f"kenesh-{len(opened)}.db"
        path.write_bytes(sound)
        db = apsw.Connection(str(path))
        db.pragma("synchronous", "OFF")
        triggers = db.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            db.execute(f'DROP TRIGGER "{name}"')
        db.execute("PRAGMA ignore_check_constraints = ON")
        for sql, values in changes:
            db.execute(sql, values)
        db.close()
        opened.append(SqliteStore.open(path, ORIGIN))
        return opened[-1]

    yield tamper
    for store in opened:
        store.close()


def test_dropping_the_triggers_alone_changes_nothing(tampered):
    report = tampered().verify()
    assert report.sound
    assert report.size == ROWS


@pytest.mark.parametrize(
    ("column", "value", "step"),
    [
        ("body", b'{"text":"Another"}', "body"),
        ("body", b"", "body"),
        ("salt", bytes(32), "body"),
        ("salt", b"short", "body"),
        ("salt", None, "body"),
        ("body", None, "body"),
        ("root", bytes(32), "tree"),
        ("header", b"{}", "header"),
        ("header", b"", "header"),
        ("stream", "meeting/a/", "order"),
        ("version", 99, "order"),
        ("version", -1, "order"),
    ],
)
@pytest.mark.parametrize("seq", [0, 11, ROWS - 1])
def test_an_edited_row_is_named(tampered, seq: int, column: str, value: object, step: str):
    store = tampered((f"UPDATE events SET {column} = ? WHERE seq = ?", (value, seq)))
    fault = store.verify().fault
    assert fault is not None
    assert fault.seq == seq
    assert fault.step == step or (column, seq, fault.step) == ("stream", 0, "header")
    assert fault.stream is not None


def test_a_new_event_in_a_well_made_header_is_still_named(tampered):
    change = "UPDATE events SET header = replace(CAST(header AS TEXT), 'amended', 'deleted') WHERE seq = 9"
    store = tampered((change.replace("replace(", "CAST(replace(").replace(") WHERE", ") AS BLOB) WHERE"), ()))
    fault = store.verify().fault
    assert fault is not None
    assert (fault.seq, fault.stream, fault.version, fault.step) == (9, "meeting/a", 4, "tree")


@pytest.mark.parametrize("column", ["origin", "size", "time", "range"])
def test_a_changed_head_row_is_found(tampered, column: str):
    value = {"origin": "x", "size": ROWS + 1, "time": "2030-01-01T00:00:00.000000Z", "range": bytes(64)}[
        column
    ]
    if column == "origin":
        with pytest.raises(OtherLog, match=r"holds the log x"):
            tampered(("UPDATE head SET origin = ?", (value,)))
        return
    fault = tampered((f"UPDATE head SET {column} = ?", (value,))).verify().fault
    assert fault is not None
    assert (fault.step, fault.seq) == ("head", None)


def test_a_head_row_that_is_gone_is_a_bad_record(tampered):
    with pytest.raises(CorruptFile, match="head row is missing"):
        tampered(("DELETE FROM head", ()))


def test_names_that_are_no_text_are_found(tampered):
    store = tampered(("UPDATE events SET stream = CAST(x'ff6f' AS TEXT) WHERE seq = 5", ()))
    fault = store.verify().fault
    assert fault is not None
    assert (fault.seq, fault.stream) == (5, "\ufffdo")
    with pytest.raises(CorruptFile):
        store.read_all()


def test_broken_content_is_not_read_as_if_it_were_whole(tampered):
    for change in ("body = x'5b5d'", "body = x'7b'", "header = x'7b7d'", "header = x'ff'"):
        with pytest.raises(BrokenRow) as refused:
            tampered((f"UPDATE events SET {change} WHERE seq = 7", ())).read_all()
        assert refused.value.values["seq"] == 7


def test_nothing_is_written_behind_a_forged_row(tampered):
    forged = "INSERT INTO events SELECT 24, stream, 9, header, salt, body, root FROM events WHERE seq = 0"
    store = tampered((forged, ()))
    with pytest.raises(BadRecord):
        store.append("meeting/z", 0, [NewEvent("x/1", {}, bytes(32))], at=AT)
    fault = store.verify().fault
    assert fault is not None
    assert fault.seq == 24


def test_a_range_that_cannot_be_is_found_before_anything_is_written(tampered):
    store = tampered(("UPDATE head SET range = x'00'", ()))
    with pytest.raises(BadRecord):
        store.append("meeting/z", 0, [NewEvent("x/1", {}, bytes(32))], at=AT)
    with pytest.raises(BadRecord):
        store.head()
    assert store.read("meeting/z") == ()


def test_a_table_that_is_gone_is_a_bad_record(tampered):
    with pytest.raises(CorruptFile):
        tampered(("DROP TABLE head", ()))


def test_a_cut_off_end_is_found_by_the_commands_that_wrote_it_or_by_a_noted_head(tampered):
    whole = tampered().head()
    cut = (
        ("DELETE FROM events WHERE seq >= 16", ()),
        (
            "UPDATE head SET size = 16, range = (SELECT root FROM events WHERE seq = 15), time = ?",
            ("2026-11-23T10:15:00.000000Z",),
        ),
    )
    with pytest.raises(BadRecord):
        tampered(*cut).verify()
    store = tampered(*cut, ("DELETE FROM commands", ()))
    assert store.verify().sound, "by itself the shorter record cannot be told"
    fault = store.verify([Held(whole.size, whole.root)]).fault
    assert fault is not None
    assert fault.step == "held"


def random_change(rng: random.Random) -> tuple[list[tuple[str, tuple]], int]:
    """A random tampering, and the seq of the first row it touches."""
    i, j = sorted(rng.sample(range(ROWS), 2))
    kind = rng.choice(["edit", "delete", "swap", "insert", "append", "move"])
    columns = "stream, version, header, salt, body, root"
    if kind == "edit":
        column = rng.choice(["header", "salt", "body", "root"])
        changed = rng.choice(["randomblob(32)", f"CAST({column} || x'20' AS BLOB)", f"substr({column}, 2)"])
        return [(f"UPDATE events SET {column} = {changed} WHERE seq = ?", (i,))], i
    if kind == "delete":
        gone = [("DELETE FROM commands", ()), ("DELETE FROM events WHERE seq = ?", (i,))]
        return gone, i
    if kind == "swap":
        moves = [(i, -1), (j, i), (-1, j)]
        return [("UPDATE events SET seq = ? WHERE seq = ?", (to, at)) for at, to in moves], i
    shift = [
        ("UPDATE events SET seq = -seq - 2 WHERE seq >= ?", (i,)),
        ("UPDATE events SET seq = -seq - 1 WHERE seq < 0", ()),
    ]
    if kind == "insert":
        new = f"INSERT INTO events (seq, {columns}) SELECT ?, stream, 99, header, salt, body, root "
        return [*shift, (new + "FROM events WHERE seq = ?", (i, j + 1))], i
    if kind == "append":
        new = f"INSERT INTO events (seq, {columns}) SELECT ?, stream, 99, header, salt, body, root "
        return [(new + "FROM events WHERE seq = ?", (ROWS, i))], ROWS
    back = ("UPDATE events SET seq = ? WHERE seq = ?", (ROWS + 5, i))
    return [("DELETE FROM commands", ()), back], i


def test_random_tampering_is_always_found_and_its_first_row_named(tampered):
    rng, missed = random.Random(2026), []
    for number in range(ROUNDS):
        changes, first = random_change(rng)
        fault = tampered(*changes).verify().fault
        if fault is None or fault.seq != first:
            missed.append((number, changes, first, fault))
    assert missed == []
