"""Verify a published file, in numbered steps; each passes, fails, or cannot be told.

1. The file reads as a statement.
2. It says how it was adopted, and under which hash.
3. The hash of its words, computed anew, is that hash.
4. The record at hand holds the adoption of exactly these words.
5. The file is, byte for byte, the edition that was published.
6. The record itself is whole: every leaf and the tree hash, computed anew.

Steps 4 to 6 need a record (a data folder); without one they cannot be told, and the verdict is
"indeterminate": a file that agrees with itself may still have been made up as a whole.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import msgspec

from kenesh.app.house import House, NoHouse
from kenesh.app.library import entries
from kenesh.app.loading import load_meeting, meeting_ids
from kenesh.app.settings import load_settings
from kenesh.bodies import Profile, known
from kenesh.errors import BadInput
from kenesh.meeting.state import MeetingState
from kenesh.reading import read
from kenesh.record import Held
from kenesh.record import Report as RecordReport
from kenesh.statement.hashes import text_hash
from kenesh.statement.model import Statement
from kenesh.store.sqlite_events import SqliteEvents

Status = Literal["passed", "failed", "indeterminate"]  # the words of ETSI EN 319 102-1


class Step(msgspec.Struct, frozen=True):
    number: int
    name: str
    status: Status
    detail: str


class Verification(msgspec.Struct, frozen=True):
    """The verdict on one file: failed if any step failed, passed if all did, else indeterminate."""

    file: str
    verdict: Status
    steps: tuple[Step, ...]


def verify_file(
    data: bytes, name: str, *, house: House | None = None, profiles: Sequence[Profile] = ()
) -> Verification:
    """Verify one published file, offline.

    Args:
        house: the data folder whose record is the measure; None where there is none at hand.

    Raises:
        BadInput: the file cannot be read at all.
    """
    statement = read(data, name, profiles=profiles or (house.profiles if house else known()))
    if not statement.clauses:
        raise BadInput(name=name, reason="there is no text in it")
    digest = text_hash(statement)
    steps = [Step(1, "readable", "passed", f"{statement.kind}, {sum(1 for _ in statement.walk())} clauses")]
    steps += _agrees_with_itself(statement, digest)
    steps += _agrees_with_record(data, statement, digest, house) if house else [_untold(n) for n in (4, 5, 6)]
    return Verification(name, _verdict(steps), tuple(steps))


def verify_record(folder: Path, *, held: Sequence[str] = ()) -> RecordReport:
    """Recompute the whole record of a data folder as it lies there; names the first row tampered with.

    Args:
        held: heads of this record that somebody noted, as SIZE:ROOT; a record that has lost or changed what
            they cover is not sound, however well it fits together.

    Raises:
        NoHouse: there is no record.
        BadInput: a head that is none.
        CorruptFile: the file itself is damaged.
    """
    file = folder / "kenesh.db"
    if not file.is_file():
        raise NoHouse(name=str(folder), reason="there is no kenesh.db in it")
    store = SqliteEvents.inspect(file, load_settings(folder / "kenesh.toml").origin)
    try:
        return store.verify([_head(h) for h in held])
    finally:
        store.close()


def _head(text: str) -> Held:
    size, _, root = text.partition(":")
    if not size.isdecimal() or not re.fullmatch("[0-9a-f]{64}", root):
        raise BadInput(name=text, reason="a head is written SIZE:ROOT, with 64 hexadecimal digits")
    return Held(int(size), root)


def summary(report: RecordReport) -> str:
    """The report on the record in one line."""
    if report.fault is None:
        return f"sound: {report.size} events, root {report.root}"
    row = f"event {report.fault.seq}, " if report.fault.seq is not None else ""
    where = f"{row}{report.fault.stream} version {report.fault.version}: " if report.fault.stream else row
    return f"not sound: {where}{report.fault.reason}"


def _agrees_with_itself(statement: Statement, digest: str) -> list[Step]:
    adoption = statement.adoption
    if adoption is None:
        return [
            Step(2, "adoption stated", "indeterminate", "the file does not say that it was adopted"),
            Step(3, "text hash", "indeterminate", f"computed {digest}, none is stated"),
        ]
    stated = Step(2, "adoption stated", "passed", f"by {adoption.how}, {adoption.when}, {adoption.rule}")
    if adoption.text_sha256 != digest:
        return [stated, Step(3, "text hash", "failed", f"stated {adoption.text_sha256}, computed {digest}")]
    return [stated, Step(3, "text hash", "passed", digest)]


def _agrees_with_record(data: bytes, statement: Statement, digest: str, house: House) -> list[Step]:
    state = _adopting_meeting(house, digest, hashlib.sha256(data).hexdigest())
    found = _adopted_here(state) if state else _not_adopted_here(statement, digest, house)
    report = house.store.verify()
    whole = Step(6, "record whole", "passed" if report.sound else "failed", summary(report))
    return [found, _same_bytes(data, state), whole]


def _adopting_meeting(house: House, digest: str, file_digest: str) -> MeetingState | None:
    """The meeting that adopted these words; of several, the one that published this file."""
    states = (load_meeting(house, m) for m in meeting_ids(house))
    found = [s for s in states if s.adopted and s.adopted.text_sha256 == digest]
    published = [s for s in found if s.published and file_digest in {f.sha256 for f in s.published.files}]
    return next(iter(published or found), None)


def _adopted_here(state: MeetingState) -> Step:
    assert state.called is not None
    assert state.adopted is not None
    adoption = state.adopted.statement.adoption
    assert adoption is not None
    return Step(4, "adopted here", "passed", f"meeting {state.called.meeting}, {adoption.when}")


def _not_adopted_here(statement: Statement, digest: str, house: House) -> Step:
    """A text that says this body adopted it must be in its record; of others the record cannot tell."""
    holds = f"{house.store.origin} holds no adoption of these words"
    ours = house.profile is not None and statement.body is not None and statement.body.id == house.profile.id
    if ours and statement.adoption is not None:
        return Step(4, "adopted here", "failed", holds)
    entry = next((e for e in entries(house) if text_hash(e.statement) == digest), None)
    if entry is not None:
        holds += f"; they stand in the register as {entry.id}, entered from elsewhere"
    return Step(4, "adopted here", "indeterminate", holds)


def _same_bytes(data: bytes, state: MeetingState | None) -> Step:
    if state is None or state.published is None:
        return Step(5, "file as published", "indeterminate", "these words have not been published")
    digest = hashlib.sha256(data).hexdigest()
    for file in state.published.files:
        if file.sha256 == digest:
            return Step(5, "file as published", "passed", f"{file.name}, {file.size} bytes")
    return Step(
        5, "file as published", "failed", "the words are right, but this is not the file that was published"
    )


def _untold(number: int) -> Step:
    names = {4: "adopted here", 5: "file as published", 6: "record whole"}
    return Step(number, names[number], "indeterminate", "no record at hand: name one with --data")


def _verdict(steps: Sequence[Step]) -> Status:
    if any(s.status == "failed" for s in steps):
        return "failed"
    return "passed" if all(s.status == "passed" for s in steps) else "indeterminate"
