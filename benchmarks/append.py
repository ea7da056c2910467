"""How many appends per second are acknowledged, beside plain inserts into SQLite.

    python benchmarks/append.py [--short] [FOLDER]

The plain insert is the least that any durable store can do: one row, one transaction, WAL, synchronous=FULL.
What Kenesh adds to it is the seal: canonical JSON, HMAC, Merkle tree, the head row, the command's id. The
ratio is what a change here may be judged by; the disk decides the rest. FOLDER is on the disk to measure.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import apsw

from kenesh.store.memory import MemoryStore
from kenesh.store.ports import NewEvent, Store
from kenesh.store.sqlite import SqliteStore

AT = datetime(2026, 11, 23, tzinfo=UTC)
TEXT = (
    "Condemned the acts of violence and vandalism that endanger lives, undermine public order and damage "
    "property, and called upon all parties to resolve their differences through dialogue."
)
BODY = {
    "clause_id": "c0123456789",
    "text": TEXT,
    "audience": "members",
    "actor": {"seat": "av", "person": "A"},
}


def plain(folder: Path) -> Callable[[int], None]:
    """One plain insert into a table of its own."""
    db = apsw.Connection(str(folder / "plain.db"))
    db.pragma("journal_mode", "wal")
    db.pragma("synchronous", "FULL")
    db.execute("CREATE TABLE events (seq INTEGER PRIMARY KEY, body TEXT)")

    def insert(number: int) -> None:
        db.execute("BEGIN IMMEDIATE")
        db.execute("INSERT INTO events VALUES (?, ?)", (number, TEXT))
        db.execute("COMMIT")

    return insert


def sealed(store: Store) -> Callable[[int], None]:
    """One append of one event."""

    def append(number: int) -> None:
        event = NewEvent("proposal.made/1", BODY, bytes(32))
        store.append("meeting/a", number, [event], at=AT, command_id=f"c{number}")

    return append


def rate(act: Callable[[int], None], seconds: float) -> tuple[float, float]:
    """Acts per second, and the 99th percentile of one act in milliseconds."""
    times, end = [], time.perf_counter() + seconds
    while (began := time.perf_counter()) < end:
        act(len(times))
        times.append(time.perf_counter() - began)
    return len(times) / sum(times), sorted(times)[int(len(times) * 0.99)] * 1000


def main(seconds: float, folder: str | None = None) -> None:
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        store = SqliteStore.open(Path(scratch) / "kenesh.db", "bench.example/record")
        base, base_p99 = rate(plain(Path(scratch)), seconds)
        ours, ours_p99 = rate(sealed(store), seconds)
        memory, _ = rate(sealed(MemoryStore("bench.example/record")), seconds / 3)
        began = time.perf_counter()
        size = store.verify().size
        verified = size / (time.perf_counter() - began)
        store.close()
    print(f"plain insert      {base:9.0f} a second   p99 {base_p99:7.2f} ms")
    print(f"append (SQLite)   {ours:9.0f} a second   p99 {ours_p99:7.2f} ms   {ours / base:.2f} of plain")
    print(f"append (memory)   {memory:9.0f} a second")
    print(f"verify            {verified:9.0f} events a second, of {size}")
    print(f"peak memory       {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:9.0f} MB")


if __name__ == "__main__":
    named = [a for a in sys.argv[1:] if a != "--short"]
    main(0.5 if "--short" in sys.argv else 5.0, *named[:1])
