"""Verify a record against itself, and against what others hold of it.

Every row is taken in order and checked completely before the next one, so that the first fault found is the
first row that was tampered with:

    1 order      `seq` counts 0, 1, 2, … and each stream's versions count 1, 2, 3, …
    2 header     it is canonical, of this log, and says the same place and stream as its row
    3 time       it follows the time of the row before and does not go back
    4 body       it fits the header's commitment under its salt, or both were erased
    5 tree       the root stored with the row is the root of the tree up to it
    6 held       a checkpoint that somebody holds has the root of the tree of its size
    7 head       size, time and compact range of the head row are those of the rows

What this cannot see: a record whose owner wrote it anew from some row to the end, or cut its end off and the
head with it. That is what checkpoints held elsewhere are for (step 6).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from kenesh.record.leaf import SALT_BYTES, Header, commitment, from_header
from kenesh.record.merkle import Range, leaf_hash
from kenesh.record.rows import HeadRow, Row

STEPS = ("order", "header", "time", "body", "tree", "held", "head")


class Held(msgspec.Struct, frozen=True):
    """A head of this log that somebody noted earlier; `root` is 64 hexadecimal digits."""

    size: int
    root: str


class Fault(msgspec.Struct, frozen=True):
    """The first thing that is wrong; `seq`, `stream` and `version` name the row, None means the head."""

    step: str
    reason: str
    seq: int | None = None
    stream: str | None = None
    version: int | None = None


class Step(msgspec.Struct, frozen=True):
    """One numbered step: True it holds as far as was looked, False it does not, None it was not reached."""

    number: int
    name: str
    holds: bool | None


class Report(msgspec.Struct, frozen=True):
    """What verification found. `size` and `root` describe the sound rows before the fault."""

    size: int
    root: str
    erased: tuple[int, ...]  # seq of rows whose content was deleted by a retention rule
    fault: Fault | None

    @property
    def sound(self) -> bool:
        return self.fault is None

    @property
    def steps(self) -> tuple[Step, ...]:
        """The numbered steps, for printing."""
        failed = STEPS.index(self.fault.step) if self.fault else len(STEPS)
        holds = [True] * failed + [False, *[None] * len(STEPS)]
        return tuple(Step(n, name, holds[n - 1]) for n, name in enumerate(STEPS, start=1))


class _Wrong(Exception):
    def __init__(self, step: str, reason: str) -> None:
        self.step, self.reason = step, reason


class _Walk:
    """What is known of the rows so far."""

    def __init__(self, origin: str, held: Sequence[Held]) -> None:
        self.origin = origin
        self.tree = Range()
        self.time: str | None = None
        self.versions: dict[str, int] = {}
        self.erased: list[int] = []
        self.held: dict[int, set[str]] = {}
        for one in held:
            self.held.setdefault(one.size, set()).add(one.root)

    def take(self, row: Row) -> None:
        expected = self.versions.get(row.stream, 0) + 1
        if row.seq != self.tree.size:  # 1
            raise _Wrong("order", f"row {self.tree.size} is missing: row {row.seq} follows")
        if row.version != expected:
            raise _Wrong("order", f"version {row.version} of {row.stream} stands where {expected} must")
        header = self._header(row)  # 2
        self._time(header)  # 3
        self._body(row, header)  # 4
        tree = self.tree.append(leaf_hash(row.header))
        if tree.root() != row.root:  # 5
            raise _Wrong("tree", "the row's header is not the one that was recorded")
        self.tree, self.time = tree, header.time
        self.versions[row.stream] = row.version
        self.compare_held()  # 6

    def _header(self, row: Row) -> Header:
        header = from_header(row.header) if isinstance(row.header, bytes) else None
        if header is None:
            raise _Wrong("header", "it is not the canonical header of an event")
        if header.log != self.origin:
            raise _Wrong("header", f"it belongs to the log {header.log}, not {self.origin}")
        if header.seq != row.seq:
            raise _Wrong("header", f"it was written as row {header.seq}")
        if header.meeting != row.stream:
            raise _Wrong("header", f"it was written for {header.meeting}")
        return header

    def _time(self, header: Header) -> None:
        if header.prev_time != self.time:
            raise _Wrong("time", f"it was written after an event of {header.prev_time}, not of {self.time}")
        if self.time is not None and header.time < self.time:
            raise _Wrong("time", f"{header.time} goes back behind {self.time}")

    def _body(self, row: Row, header: Header) -> None:
        if row.body is None and row.salt is None:
            self.erased.append(row.seq)
            return
        if not isinstance(row.body, bytes) or not isinstance(row.salt, bytes):
            raise _Wrong("body", "body and salt may only be deleted together")
        if len(row.salt) != SALT_BYTES or commitment(row.salt, row.body) != header.body_c:
            raise _Wrong("body", "body and salt do not fit what was recorded")

    def compare_held(self) -> None:
        root = self.tree.root().hex()
        if self.held.pop(self.tree.size, {root}) != {root}:
            raise _Wrong("held", f"a checkpoint held elsewhere has another root at size {self.tree.size}")

    def end(self, head: HeadRow) -> None:
        if self.held:
            raise _Wrong(
                "held", f"a checkpoint counts {max(self.held)} rows, the record has {self.tree.size}"
            )
        if head.origin != self.origin:
            raise _Wrong("head", f"the head belongs to {head.origin}, not {self.origin}")
        if head.size != self.tree.size:
            raise _Wrong("head", f"the head counts {head.size} rows, there are {self.tree.size}")
        if head.time != self.time:
            raise _Wrong("head", f"the head says the last event was at {head.time}, not {self.time}")
        if head.range != self.tree.to_bytes():
            raise _Wrong("head", "the head's compact range is not that of the rows")


def verify_events(rows: Iterable[Row], head: HeadRow, *, origin: str, held: Sequence[Held] = ()) -> Report:
    """Take every row in order through the steps above and report; never raises for what it finds.

    Args:
        rows: all rows in order of `seq`.
        head: the head row, read in the same transaction.
        origin: the log that this is said to be.
        held: heads noted earlier or elsewhere, in any order.
    """
    walk = _Walk(origin, held)
    row: Row | None = None
    try:
        walk.compare_held()
        for row in rows:
            if row.seq >= head.size == walk.tree.size and walk.tree.to_bytes() == head.range:
                raise _Wrong("order", f"the row stands behind the head, which counts {head.size}")
            walk.take(row)
        row = None
        if walk.tree.size < head.size and walk.tree.to_bytes() != head.range:
            raise _Wrong("order", f"row {walk.tree.size} is missing: the head counts {head.size}")
        walk.end(head)
    except _Wrong as wrong:
        return _report(walk, _fault(wrong, row, walk))
    return _report(walk, None)


def _fault(wrong: _Wrong, row: Row | None, walk: _Walk) -> Fault:
    if row is None:
        missing = walk.tree.size if wrong.step == "order" else None
        return Fault(wrong.step, wrong.reason, missing)
    if wrong.step == "order" and row.seq > walk.tree.size:  # the row that is gone, not the one after it
        return Fault(wrong.step, wrong.reason, walk.tree.size)
    return Fault(wrong.step, wrong.reason, row.seq, row.stream, row.version)


def _report(walk: _Walk, fault: Fault | None) -> Report:
    return Report(walk.tree.size, walk.tree.root().hex(), tuple(walk.erased), fault)
