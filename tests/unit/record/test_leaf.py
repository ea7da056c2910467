import pytest

from kenesh.record import commitment, from_header, header
from kenesh.record.leaf import BadSalt

MADE = header(
    log="council.example/record",
    seq=123,
    prev_time="2026-11-23T09:59:00.000000Z",
    time="2026-11-23T10:00:00.000000Z",
    type="decision.act/1",
    meeting="2026-11",
    body_c=commitment(bytes(32), b"{}"),
)


def test_a_header_is_canonical_json_with_these_keys_in_this_order():
    assert MADE == (
        b'{"body_c":"chHseNbKfXgXBCdLFMfVMsVkEN2hhpB7itb0jpf5bDk","log":"council.example/record",'
        b'"meeting":"2026-11","prev_time":"2026-11-23T09:59:00.000000Z","seq":123,'
        b'"time":"2026-11-23T10:00:00.000000Z","type":"decision.act/1","v":1}'
    )


def test_a_header_is_read_again():
    read = from_header(MADE)
    assert read is not None
    assert (read.seq, read.meeting, read.type) == (123, "2026-11", "decision.act/1")


@pytest.mark.parametrize(
    "data",
    [
        MADE + b" ",
        MADE.replace(b'"v":1', b'"v":2'),
        MADE.replace(b'"v":1', b'"v":1,"w":1'),
        MADE.replace(b'"seq":123', b'"seq":123,"seq":123'),
        MADE.replace(b'"seq":123', b'"seq":"123"'),
        MADE.replace(b'"seq":123', b'"seq":1.5'),
        MADE.replace(b"2026-11", b"\xff"),
        b"",
        b"[]",
    ],
)
def test_anything_but_the_canonical_bytes_is_no_header(data: bytes):
    assert from_header(data) is None


def test_a_commitment_hides_the_body_behind_its_salt():
    assert commitment(bytes(32), b"{}") != commitment(b"\x01" * 32, b"{}")
    assert commitment(bytes(32), b"{}") != commitment(bytes(32), b"[]")
    assert len(commitment(bytes(32), b"{}")) == 43


def test_a_salt_of_another_length_is_refused():
    for length in (0, 16, 31, 33):
        with pytest.raises(BadSalt):
            commitment(bytes(length), b"{}")
