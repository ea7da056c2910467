"""What each step of verification says, and what it cannot see."""

from __future__ import annotations

import msgspec
import pytest

from kenesh.record import HeadRow, Held, Row, Unsealed, extend, header, leaf_hash, verify_events
from kenesh.record.verify import Fault

ORIGIN = "council.example/record"
EMPTY = HeadRow(ORIGIN)


def record(count: int = 5) -> tuple[list[Row], HeadRow]:
    events = [Unsealed("clause.amended/1", {"n": n}, bytes([n]) * 32) for n in range(count)]
    rows, head = extend(EMPTY, "meeting/a", 0, events, time="2026-11-23T10:00:00.000000Z")
    return list(rows), head


def fault_of(rows: list[Row], head: HeadRow, *held: Held) -> Fault:
    fault = verify_events(rows, head, origin=ORIGIN, held=held).fault
    assert fault is not None
    return fault


def test_an_empty_record_is_sound():
    assert verify_events([], EMPTY, origin=ORIGIN).sound


def test_the_steps_before_the_fault_hold_and_those_after_are_not_reached():
    rows, head = record()
    rows[2] = msgspec.structs.replace(rows[2], body=b"{}")
    steps = verify_events(rows, head, origin=ORIGIN).steps
    assert [(s.number, s.holds) for s in steps[:5]] == [
        (1, True),
        (2, True),
        (3, True),
        (4, False),
        (5, None),
    ]


def test_the_report_of_a_broken_record_describes_the_sound_rows():
    rows, head = record()
    sound = rows[1].root.hex()
    rows[2] = msgspec.structs.replace(rows[2], body=b"{}")
    report = verify_events(rows, head, origin=ORIGIN)
    assert (report.size, report.root, report.sound) == (2, sound, False)


def test_rows_of_another_log_are_not_taken():
    events = [Unsealed("x/1", {}, bytes(32))]
    rows, head = extend(HeadRow("elsewhere/record"), "a", 0, events, time="2026-11-23T10:00:00.000000Z")
    fault = fault_of(list(rows), head)
    assert (fault.step, fault.seq) == ("header", 0)
    assert "elsewhere/record" in fault.reason


@pytest.mark.parametrize(
    ("prev_time", "time"),
    [
        ("2026-11-23T09:00:00.000000Z", "2026-11-23T10:00:01.000000Z"),
        (None, "2026-11-23T10:00:01.000000Z"),
        ("2026-11-23T10:00:00.000000Z", "2026-11-23T09:00:00.000000Z"),
    ],
)
def test_a_row_whose_time_does_not_follow_is_named_even_if_its_tree_was_made_anew(
    prev_time: str | None, time: str
):
    rows, head = record(2)
    forged = header(
        log=ORIGIN, seq=2, prev_time=prev_time, time=time, type="x/1", meeting="meeting/a", body_c="x"
    )
    tree = head.to_range().append(leaf_hash(forged))
    rows.append(Row(2, "meeting/a", 3, forged, None, None, tree.root()))
    fault = fault_of(rows, HeadRow(ORIGIN, 3, time, tree.to_bytes()))
    assert (fault.step, fault.seq, fault.version) == ("time", 2, 3)


def test_a_row_behind_the_head_is_named():
    rows, _ = record(5)
    _, head = record(4)
    fault = fault_of(rows, head)
    assert (fault.step, fault.seq, fault.version) == ("order", 4, 5)


def test_rows_missing_at_the_end_are_named_by_the_first_of_them():
    rows, head = record(5)
    fault = fault_of(rows[:3], head)
    assert (fault.step, fault.seq, fault.stream) == ("order", 3, None)


def test_a_head_held_elsewhere_finds_the_row_up_to_which_history_was_written_anew():
    (rows, head), held = record(5), Held(3, "00" * 32)
    fault = fault_of(rows, head, held)
    assert (fault.step, fault.seq) == ("held", 2)


def test_two_heads_held_for_one_size_cannot_both_be_true():
    rows, head = record(3)
    fault = fault_of(rows, head, Held(3, rows[2].root.hex()), Held(3, "00" * 32))
    assert fault.step == "held"


def test_the_end_cut_off_with_its_head_is_only_seen_by_who_held_a_head():
    rows, _ = record(5)
    shorter, its_head = record(3)
    assert verify_events(shorter, its_head, origin=ORIGIN).sound
    assert fault_of(shorter, its_head, Held(5, rows[4].root.hex())).step == "held"
