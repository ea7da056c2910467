"""What is no text, or in letters we cannot know, is refused with a reason."""

from __future__ import annotations

import pytest

from kenesh.errors import BadInput
from kenesh.reading import read
from kenesh.reading.decode import decode
from kenesh.reading.errors import EmptyInput, HostileXml, NotText, TooLarge, WrongEncoding

TEXT = "JOINT STATEMENT\n\n1. Requests a report from Işıl Karadağlı.\n"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_declared_encoding_is_read(codec: str) -> None:
    assert decode(TEXT.encode(codec), "s.txt") == TEXT


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (b"", EmptyInput, "nothing"),
        (b" \n\t ", EmptyInput, "nothing"),
        (b"%PDF-1.7\n", NotText, "PDF"),
        (b"PK\x03\x04 docx", NotText, "ZIP"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), NotText, "PNG"),
        (bytes(range(256)) * 8, NotText, "zero"),
        ("Совет министров призывает".encode("cp1251"), WrongEncoding, "windows-1251"),
        ("Réaffirmant la Déclaration".encode("latin-1"), WrongEncoding, "latin-1"),
        ("Requests a report".encode("utf-16-le"), NotText, "UTF-16"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", HostileXml, "document type"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, error: type[BadInput], words: str) -> None:
    with pytest.raises(error, match=words) as caught:
        read(data, "given.bin")
    assert caught.value.values["name"] == "given.bin"


def test_more_than_the_limit_is_refused_unread() -> None:
    with pytest.raises(TooLarge):
        read(b"a" * 20_000_001, "long.txt")


def test_too_many_paragraphs_are_refused() -> None:
    with pytest.raises(TooLarge, match="paragraphs"):
        read(b"1. R.\n" * 60_000, "lines.txt")
