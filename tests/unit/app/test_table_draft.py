from __future__ import annotations

import pytest
from councils import DRAFT, opened

from kenesh.app.table_draft import MAX_BYTES, MAX_CLAUSES, table_draft
from kenesh.errors import BadInput, Refused

PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256))
LATIN = "1. Réaffirme l'amitié des peuples; à l'unanimité.".encode("latin-1")


def test_a_text_becomes_clauses_on_the_table() -> None:
    council = opened()
    council.table()
    state = council.state
    assert state.draft == "zero"
    assert state.title is not None
    assert state.title.startswith("STATEMENT OF THE COUNCIL")
    assert [(c.kind, c.number) for c in state.clauses] == [
        ("preambular", None),
        ("formula", None),
        ("operative", "1."),
        ("operative", "2."),
        ("operative", "3."),
    ]


def test_a_title_may_be_given_beside_the_text() -> None:
    council = opened()
    body = DRAFT.split(b"\n\n", 1)[1]
    actor = council.actor("secretariat")
    table_draft(council.house, actor, council.meeting, body, "pasted text", title="  On the Strait ")
    assert council.state.title == "On the Strait"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("photo.png", PICTURE, "text"),
        ("nothing.txt", b"", "nothing is in it"),
        ("blank.txt", b" \n\t\n", "nothing is in it|no text|white space"),
        ("huge.txt", b"1. Condemns it.\n" * (50_000_000 // 16), "50,000,000 bytes"),
        ("latin.txt", LATIN, "not utf-8 at byte 5"),
        ("wide.txt", "1. Condemns it.".encode("utf-16-be"), "UTF-8|UTF-16|NUL|text"),
        ("noise.txt", b"zxq zxq zxq\n", "clause"),
        ("letter.txt", b"Dear colleague,\n\nsee you at lunch.\n\nYours, A.\n", "a letter"),
        (
            "long.txt",
            b"\n".join(b"%d. Condemned act number %d." % (n, n) for n in range(1, MAX_CLAUSES + 2)),
            f"{MAX_CLAUSES + 1} clauses",
        ),
    ],
)
def test_what_is_no_draft_is_named_with_its_reason_and_changes_nothing(
    name: str, data: bytes, reason: str
) -> None:
    council = opened()
    before, size = council.state, council.size
    with pytest.raises(BadInput, match=reason) as raised:
        council.table(data, name)
    assert name in str(raised.value)
    assert raised.value.advice
    assert council.state == before
    assert council.size == size


def test_a_name_with_mark_up_is_only_a_name() -> None:
    council = opened()
    with pytest.raises(BadInput, match=r"\{0\}<b>\.txt"):
        council.table(b"", "{0}<b>.txt")


def test_the_limit_is_the_last_size_that_passes() -> None:
    council = opened()
    padding = b" " * (MAX_BYTES - len(DRAFT))
    council.table(DRAFT + padding)
    assert len(council.state.clauses) == 5


def test_letters_that_would_deceive_are_refused_on_the_table() -> None:
    council = opened()
    size = council.size
    with pytest.raises(BadInput):
        council.table("1. Condemned the acts\u202eof peace\u202c.\n".encode())
    assert council.size == size


def test_another_seat_does_not_table() -> None:
    council = opened()
    with pytest.raises(Refused):
        table_draft(council.house, council.actor("av"), council.meeting, DRAFT, "draft.txt")
    assert council.state.draft is None


def test_the_same_tabling_sent_twice_tables_once() -> None:
    council = opened()
    for _ in range(2):
        table_draft(
            council.house, council.actor("secretariat"), council.meeting, DRAFT, "d.txt", command_id="t1"
        )
    assert council.state.draft == "zero"
