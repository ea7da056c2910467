"""A full disk: refused with Unavailable, nothing lost, readable, and it goes on when there is room again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from kenesh.store.sqlite import SqliteStore

HOUSE = Path(__file__).parents[2]
CHILD = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from kenesh.errors import Unavailable
from kenesh.store.ports import NewEvent
from kenesh.store.sqlite import SqliteStore

AT = datetime(2026, 11, 23, tzinfo=UTC)
store = SqliteStore.open(Path(sys.argv[1]), "council.example/record")
store.add_link("t", "av", at=AT, expires=datetime(2027, 1, 1, tzinfo=UTC))
version, refused = 0, 0

def append():
    event = NewEvent("x/1", {"text": "x" * 3000, "n": version}, bytes(32))
    store.append("meeting/a", version, [event], at=AT, command_id=f"c{version}")

soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
for full in range(3):
    size = max(f.stat().st_size for f in Path(sys.argv[1]).parent.iterdir())
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 300_000, hard))
    while True:
        try:
            append()
            version += 1
        except Unavailable as error:
            assert error.advice
            refused += 1
            break
    for _ in range(3):
        try:
            append()
            raise SystemExit("it was acknowledged on a full disk")
        except Unavailable as error:
            assert error.advice
    assert len(store.read("meeting/a")) == version == store.head().size
    assert store.link_seat("t", at=AT) == "av"
    assert store.verify().sound
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    append()
    version += 1
print(version, refused)
"""


def test_a_full_disk_refuses_and_loses_nothing(tmp_path: Path):
    path = tmp_path / "kenesh.db"
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(path)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(HOUSE)},
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    version, refused = map(int, done.stdout.split())
    assert refused == 3
    assert version > 30
    store = SqliteStore.open(path, "council.example/record")
    assert [e.body["n"] for e in store.read("meeting/a")] == list(range(version))
    assert store.verify().sound
    store.close()
