"""Power lost at every write: what was acknowledged is there, and the record verifies.

The model is that of SQLite's own crash tests, written as a VFS: what was written to a file since the disk
last confirmed it may each be kept, lost, or torn at a sector of 512 bytes. The control does the same with
`synchronous=NORMAL` and must lose something, or this test would prove nothing.

KENESH_FAULT_ROUNDS sets how many times every point is tried; 2 without it.
"""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import apsw
import pytest

from kenesh.errors import KeneshError
from kenesh.store.ports import NewEvent
from kenesh.store.sqlite import SqliteStore

ORIGIN = "council.example/record"
AT = datetime(2026, 11, 23, tzinfo=UTC)
ROUNDS = max(1, int(os.environ.get("KENESH_FAULT_ROUNDS", "2")))
EVENTS = 10
SECTOR = 512


class World:
    """The disk: what it has not confirmed, and when the power fails."""

    def __init__(self) -> None:
        self.writes = 0
        self.fails_at: int | None = None
        self.dead = False
        self.unconfirmed: dict[str, list[tuple[int, bytes, int]]] = {}

    def tick(self) -> None:
        self.writes += 1
        self.dead = self.dead or self.writes == self.fails_at
        if self.dead:
            raise apsw.IOError("the power is gone")

    def lose(self, rng: random.Random) -> None:
        """Undo, newest first, a random part of what was not confirmed."""
        for name, writes in self.unconfirmed.items():
            if not Path(name).exists():
                continue
            with Path(name).open("r+b") as file:
                for offset, before, length in reversed(writes):
                    chance = rng.random()
                    cut = 0 if chance < 0.45 else rng.randrange(length // SECTOR + 1) * SECTOR
                    if chance < 0.65:
                        file.seek(offset + cut)
                        file.write(before[cut:])


class FailingFile(apsw.VFSFile):
    def __init__(
        self, base: str, world: World, name: str | apsw.URIFilename | None, flags: list[int]
    ) -> None:
        self.world, self.name = world, name.filename() if isinstance(name, apsw.URIFilename) else name
        super().__init__(base, name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - SQLite's name
        self.world.tick()
        with Path(self.name).open("rb") as file:
            file.seek(offset)
            before = file.read(len(data)).ljust(len(data), b"\0")
        self.world.unconfirmed.setdefault(self.name, []).append((offset, before, len(data)))
        super().xWrite(data, offset)

    def xSync(self, flags: int) -> None:  # noqa: N802 - SQLite's name
        self.world.tick()
        super().xSync(flags)
        self.world.unconfirmed.pop(self.name, None)


class FailingDisk(apsw.VFS):
    """The default VFS while it lives, so that the store under test is the one that is shipped."""

    def __init__(self) -> None:
        self.world, self.base = World(), apsw.vfs_names()[0]
        super().__init__("failing", self.base, makedefault=True)

    def xOpen(self, name, flags):  # noqa: N802 - SQLite's name
        return FailingFile(self.base, self.world, name, flags)


@pytest.fixture
def disk() -> Iterator[FailingDisk]:
    before = apsw.vfs_names()[0]
    disk = FailingDisk()
    yield disk
    disk.unregister()
    assert apsw.vfs_names()[0] == before


@pytest.fixture
def ram(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: the disk is simulated, the real one need not work for it."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else tmp_path) as folder:
        yield Path(folder)


def write(store: SqliteStore) -> int:
    """Append until the power fails; how many events were acknowledged."""
    rng, acknowledged = random.Random(5), 0
    with suppress(KeneshError, apsw.Error):  # the power fails
        for number in range(EVENTS):
            body = {"n": number, "text": "x" * rng.choice([40, 300, 3000, 9000])}
            store.append(
                "meeting/a", number, [NewEvent("x/1", body, bytes(32))], at=AT, command_id=f"c{number}"
            )
            acknowledged += 1
            if number % 4 == 3:
                store._writer.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)
    return acknowledged


def trial(disk: FailingDisk, folder: Path, synchronous: str, at: int | None, seed: int) -> tuple[bool, int]:
    """Write until the power fails at write number `at`; whether all is well then, and the writes made."""
    path, after = folder / "kenesh.db", folder / "after.db"
    disk.world = World()
    store = SqliteStore.open(path, ORIGIN)
    store._writer.pragma("synchronous", synchronous)
    disk.world.writes, disk.world.fails_at = 0, at
    acknowledged, writes = write(store), disk.world.writes
    disk.world.dead = True
    disk.world.lose(random.Random(seed))
    for suffix in ("", "-wal"):
        if Path(f"{path}{suffix}").exists():
            shutil.copy(f"{path}{suffix}", f"{after}{suffix}")
    disk.world = World()
    store.close()
    return survived(after, acknowledged), writes


def survived(path: Path, acknowledged: int) -> bool:
    """Whether a database after a power loss is sound and has all that was acknowledged."""
    try:
        store = SqliteStore.open(path, ORIGIN)
    except KeneshError:
        return False
    try:
        events = [e.body["n"] for e in store.read("meeting/a")]
        return store.verify().sound and len(events) >= acknowledged and events == list(range(len(events)))
    except KeneshError:
        return False
    finally:
        store.close()


def lost(disk: FailingDisk, ram: Path, synchronous: str) -> tuple[int, int]:
    """How many power losses lost or broke something, and of how many."""
    blank, folder = ram / "blank.db", ram / "data"
    SqliteStore.open(blank, ORIGIN).close()

    def once(at: int | None, seed: int) -> tuple[bool, int]:
        folder.mkdir()
        shutil.copy(blank, folder / "kenesh.db")
        try:
            return trial(disk, folder, synchronous, at, seed)
        finally:
            shutil.rmtree(folder)

    at_the_end, points = once(None, 0)
    tried = [at_the_end] + [
        once(at, n * 10_007 + at)[0] for n in range(ROUNDS) for at in range(1, points + 1)
    ]
    return tried.count(False), len(tried)


def test_nothing_acknowledged_is_lost_with_the_power(disk: FailingDisk, ram: Path):
    failed, tried = lost(disk, ram, "FULL")
    assert tried > 100
    assert failed == 0


def test_without_full_synchronisation_this_test_finds_losses(disk: FailingDisk, ram: Path):
    failed, _ = lost(disk, ram, "NORMAL")
    assert failed > 50
