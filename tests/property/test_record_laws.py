"""Laws of the record, for any history and any tampering."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kenesh.record import (
    BadProof,
    HeadRow,
    Held,
    Range,
    Row,
    Unsealed,
    consistency_proof,
    extend,
    inclusion_proof,
    leaf_hash,
    root_of,
    verify_consistency,
    verify_events,
    verify_inclusion,
)
from kenesh.store.memory import MemoryStore
from kenesh.store.ports import NewEvent

ORIGIN = "council.example/record"
LEAVES = st.lists(st.binary(max_size=8), max_size=70).map(lambda data: [leaf_hash(d) for d in data])


@given(LEAVES)
def test_a_compact_range_has_the_root_of_the_whole_tree(leaves: list[bytes]):
    grown = Range()
    for leaf in leaves:
        grown = grown.append(leaf)
    assert grown.root() == root_of(leaves)
    assert len(grown.hashes) == len(leaves).bit_count()
    assert Range.from_bytes(grown.size, grown.to_bytes()) == grown


@settings(max_examples=60)
@given(LEAVES.filter(bool), st.data())
def test_proofs_lead_where_they_say_and_nowhere_else(leaves: list[bytes], data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    size, root = len(leaves), root_of(leaves)
    proof = inclusion_proof(leaves, index)
    verify_inclusion(leaves[index], index, size, proof, root)
    with pytest.raises(BadProof):
        verify_inclusion(leaf_hash(b"\xffother"), index, size, proof, root)

    earlier = data.draw(st.integers(1, size))
    old, path = root_of(leaves[:earlier]), consistency_proof(leaves, earlier)
    verify_consistency(earlier, old, size, root, path)
    with pytest.raises(BadProof):
        verify_consistency(earlier, leaf_hash(b"\xffother"), size, root, path)
    if path:
        with pytest.raises(BadProof):
            verify_consistency(earlier, old, size, root, path[:-1])
        with pytest.raises(BadProof):
            verify_consistency(earlier, old, size, root, (*path, path[-1]))


BODIES = st.dictionaries(
    st.text("abcdeğşқ", min_size=1, max_size=4).filter(lambda s: s.isalpha()),
    st.one_of(
        st.none(), st.booleans(), st.integers(-(2**53) + 1, 2**53 - 1), st.text("Кеңеш ğüş", max_size=6)
    ),
    max_size=3,
)


@st.composite
def records(draw) -> tuple[list[Row], HeadRow]:
    """A record of 2 to 12 rows in up to three streams."""
    head, rows, versions = HeadRow(ORIGIN), [], {}
    while len(rows) < 2 or (len(rows) < 12 and draw(st.booleans())):
        stream = draw(st.sampled_from(["meeting/a", "meeting/b", "texts"]))
        body, salt = draw(BODIES), draw(st.binary(min_size=32, max_size=32))
        time = f"2026-11-23T10:00:{draw(st.integers(0, 59)):02}.000000Z"
        new, head = extend(head, stream, versions.get(stream, 0), [Unsealed("x/1", body, salt)], time=time)
        versions[stream] = new[-1].version
        rows.extend(new)
    return rows, head


@given(records())
def test_an_untouched_record_is_sound(record):
    rows, head = record
    report = verify_events(rows, head, origin=ORIGIN)
    assert report.sound
    assert report.size == len(rows)
    assert report.root == rows[-1].root.hex()


@given(records(), st.data())
def test_any_subset_may_be_erased(record, data):
    rows, head = record
    gone = data.draw(st.sets(st.integers(0, len(rows) - 1)))
    erased = [msgspec.structs.replace(r, body=None, salt=None) if r.seq in gone else r for r in rows]
    report = verify_events(erased, head, origin=ORIGIN)
    assert report.sound
    assert set(report.erased) == gone


def flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


@settings(max_examples=200)
@given(records(), st.data())
def test_any_flipped_bit_of_a_row_names_that_row(record, data):
    rows, head = record
    at = data.draw(st.integers(0, len(rows) - 1))
    field = data.draw(st.sampled_from(["header", "salt", "body", "root"]))
    value = getattr(rows[at], field)
    rows[at] = msgspec.structs.replace(
        rows[at], **{field: flipped(value, data.draw(st.integers(0, len(value) * 8 - 1)))}
    )
    fault = verify_events(rows, head, origin=ORIGIN).fault
    assert fault is not None
    assert (fault.seq, fault.stream, fault.version) == (at, rows[at].stream, rows[at].version)


@given(records(), st.data())
def test_a_row_that_is_gone_is_named_by_its_place(record, data):
    rows, head = record
    at = data.draw(st.integers(0, len(rows) - 1))
    fault = verify_events(rows[:at] + rows[at + 1 :], head, origin=ORIGIN).fault
    assert fault is not None
    assert fault.seq == at


@given(records(), st.data())
def test_two_rows_that_changed_places_are_found_at_the_first(record, data):
    rows, head = record
    i, j = sorted(data.draw(st.sets(st.integers(0, len(rows) - 1), min_size=2, max_size=2)))
    a, b = rows[i], rows[j]
    rows[i] = msgspec.structs.replace(b, seq=a.seq)
    rows[j] = msgspec.structs.replace(a, seq=b.seq)
    fault = verify_events(rows, head, origin=ORIGIN).fault
    assert fault is not None
    assert fault.seq == i


@given(records(), st.data())
def test_a_changed_head_is_found_and_no_row_is_blamed(record, data):
    rows, head = record
    field, value = data.draw(
        st.sampled_from(
            [
                ("size", head.size + 1),
                ("size", head.size - 1),
                ("time", None),
                ("time", "2027-01-01T00:00:00.000000Z"),
                ("range", b""),
                ("range", flipped(head.range, 3)),
                ("origin", "elsewhere.example/record"),
            ]
        )
    )
    fault = verify_events(rows, msgspec.structs.replace(head, **{field: value}), origin=ORIGIN).fault
    assert fault is not None
    assert (fault.step, fault.seq) == ("head", None)


@given(records(), records())
def test_a_record_written_anew_contradicts_a_head_held_elsewhere(record, other):
    (rows, _), (forged, head) = record, other
    assume(forged[0].header != rows[0].header)
    assert verify_events(forged, head, origin=ORIGIN).sound, "by itself it cannot be told"
    for held in (Held(1, rows[0].root.hex()), Held(len(rows), rows[-1].root.hex())):
        fault = verify_events(forged, head, origin=ORIGIN, held=[held]).fault
        assert fault is not None
        assert fault.step == "held"


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3), st.integers(-60, 60)), max_size=25))
def test_reading_all_gives_what_the_streams_give(acts):
    store, at = MemoryStore(ORIGIN), datetime(2026, 11, 23, tzinfo=UTC)
    for stream, count, seconds in acts:
        events = [NewEvent("x/1", {"n": n}, bytes(32)) for n in range(count)]
        store.append(stream, store.version(stream), events, at=at + timedelta(seconds=seconds))
    everything = store.read_all()
    assert [e.seq for e in everything] == list(range(len(everything)))
    assert [e.time for e in everything] == sorted(e.time for e in everything)
    for stream in "abc":
        mine = tuple(e for e in everything if e.stream == stream)
        assert store.read(stream) == mine
        assert [e.version for e in mine] == list(range(1, store.version(stream) + 1))
    assert store.verify().sound
