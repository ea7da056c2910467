from __future__ import annotations

import pytest
from councils import DRAFT, Council, seated

from kenesh.app.library import STREAM, entries, find_entry
from kenesh.app.register_text import NotAStatement, register_text
from kenesh.errors import BadInput, NotAllowed, NotFound

LETTER = b"Dear colleague,\n\nsee you at lunch.\n\nYours, A.\n"


@pytest.fixture
def council() -> Council:
    return seated()


def test_a_text_enters_with_where_it_came_from(council: Council) -> None:
    entry, new = register_text(council.house, DRAFT, "papers/strait.txt")
    assert new
    assert entry.origin == "added"
    assert entry.statement.source is not None
    assert entry.statement.source.file == "papers/strait.txt"
    assert entries(council.house) == (entry,)
    assert find_entry(council.house, entry.id) == entry


def test_the_same_bytes_enter_once(council: Council) -> None:
    first, _ = register_text(council.house, DRAFT, "one.txt")
    size = council.size
    again, new = register_text(council.house, DRAFT, "two.txt")
    assert (again, new) == (first, False)
    assert council.size == size


def test_two_texts_of_one_name_get_two_ids(council: Council) -> None:
    first, _ = register_text(council.house, DRAFT, "a.txt")
    second, new = register_text(council.house, DRAFT.replace(b"cables", b"pipes"), "a.txt")
    assert new
    assert second.id == f"{first.id}-2"


@pytest.mark.parametrize(
    ("data", "error"), [(LETTER, NotAStatement), (b"", BadInput), (b"\x00\x01\x02\xff", BadInput)]
)
def test_what_is_no_statement_stays_out(council: Council, data: bytes, error: type[BadInput]) -> None:
    size = council.size
    with pytest.raises(error, match=r"letter\.txt"):
        register_text(council.house, data, "letter.txt")
    assert council.size == size
    assert entries(council.house) == ()


def test_only_the_secretariat_enters_texts(council: Council) -> None:
    with pytest.raises(NotAllowed):
        register_text(council.house, DRAFT, "a.txt", actor=council.actor("av"))
    assert council.house.store.version(STREAM) == 0


def test_an_unknown_entry_is_not_found(council: Council) -> None:
    with pytest.raises(NotFound):
        find_entry(council.house, "nothing")
