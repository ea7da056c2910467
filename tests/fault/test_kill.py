"""`kill -9` at random moments: every acknowledged event is there, once, and the record verifies.

KENESH_FAULT_ROUNDS sets how many kills; 30 without it.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from kenesh.store.sqlite import SqliteStore

ROUNDS = int(os.environ.get("KENESH_FAULT_ROUNDS", "30"))
AT = datetime(2026, 11, 23, tzinfo=UTC)
WRITERS = 2  # at once, on the same file
ORIGIN = "council.example/record"
WRITER = Path(__file__).with_name("writer.py")
HOUSE = Path(__file__).parents[2]


def start(path: Path, name: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, str(WRITER), str(path), name],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(HOUSE)},
    )


def acknowledged(writer: subprocess.Popen[bytes]) -> dict[str, tuple[int, int]]:
    """Kill a writer; what it had acknowledged until then: command to first seq and number of events."""
    writer.send_signal(signal.SIGKILL)
    out = writer.communicate()[0]
    assert writer.returncode == -signal.SIGKILL, "it ended by itself"
    lines = [line.split() for line in out.decode().split("\n")[:-1]]
    return {command: (int(seq), int(count)) for command, seq, count in lines}


def test_what_was_acknowledged_survives_kill_9_exactly_once(tmp_path: Path):
    path, rng = tmp_path / "kenesh.db", random.Random(1)
    known: dict[str, tuple[int, int]] = {}
    kills = 0
    while kills < ROUNDS:
        writers = [start(path, f"w{kills + n}") for n in range(WRITERS)]
        first = [w.stdout.readline() for w in writers]
        assert first == [b"ready\n"] * WRITERS
        time.sleep(rng.uniform(0, 0.15))
        for writer in writers:
            known |= acknowledged(writer)
            time.sleep(rng.uniform(0, 0.05))
        kills += WRITERS
        compare(path, known)
    assert len(known) > ROUNDS, "too little was written for this to mean anything"


def compare(path: Path, known: dict[str, tuple[int, int]]) -> None:
    store = SqliteStore.open(path, ORIGIN)
    try:
        report = store.verify()
        assert report.sound, report.fault
        found: dict[str, list[int]] = {}
        after = -1
        while page := store.read_all(after, 1000):
            for event in page:
                found.setdefault(event.body["command"], []).append(event.seq)
            after = page[-1].seq
        for command, (seq, count) in known.items():
            assert found[command] == list(range(seq, seq + count)), command
        for command, seqs in found.items():  # what was not acknowledged is there whole, or not at all
            assert len(seqs) == 1 + int(command.split("-")[1]) % 3
            done = store.done(command)
            assert done is not None
            assert [e.seq for e in done] == seqs
        again = store.append("meeting/a", 0, [], at=AT, command_id=command)
        assert [e.seq for e in again] == seqs, "a repetition is not carried out again"
        assert Counter(seq for seqs in found.values() for seq in seqs).most_common(1)[0][1] == 1
    finally:
        store.close()
