"""Bytes to text, or a reason why not.

UTF-8, or UTF-16 and UTF-32 with their byte order mark. Anything else is refused rather than guessed: a wrong
guess changes names silently.
"""

from __future__ import annotations

import codecs

from kenesh.reading.errors import EmptyInput, NotText, TooLarge, WrongEncoding

# The longest text of the corpus, a volume of decisions, has 131 kB.
MAX_BYTES = 20_000_000

_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (DOCX, ODT)"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"{\\rtf", "an RTF document"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
)
# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes, name: str, *, limit: int = MAX_BYTES) -> str:
    """The text of `data`.

    Args:
        data: the bytes as they came, at most `limit`.
        name: the file, for errors.
        limit: bytes that are too many.

    Raises:
        EmptyInput: nothing, or white space only.
        TooLarge: more than `limit` bytes.
        NotText: a picture, an archive, or control characters that no text has.
        WrongEncoding: not UTF-8 and no byte order mark.
    """
    if len(data) > limit:
        raise TooLarge(name=name, reason=f"{len(data):,} bytes; at most {limit:,} are read")
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise NotText(name=name, reason=f"this is {what}, not a text")
    text = _decoded(data, name)
    if not text.strip("\ufeff \t\r\n\f\v\u00a0"):
        raise EmptyInput(name=name, reason="nothing is in it")
    _refuse_controls(text, name)
    return text


def _decoded(data: bytes, name: str) -> str:
    codec = next((codec for mark, codec in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        if b"\x00" in data[:4096]:
            raise NotText(name=name, reason="zero bytes, as no text has them") from error
        place = f"byte {error.start + 1:,}"
        guess = _likely(data)
        raise WrongEncoding(name=name, reason=f"not {codec} at {place}; it looks like {guess}") from error


def _likely(data: bytes) -> str:
    high = [byte for byte in data[:20_000] if byte >= 0x80]
    cyrillic = sum(1 for byte in high if byte >= 0xC0)
    share = len(high) / max(1, len(data[:20_000]))
    if share > 0.3 and cyrillic > 0.8 * len(high):
        return "windows-1251 (Cyrillic)"
    return "windows-1252 or latin-1" if share < 0.3 else "another 8-bit encoding"


def _refuse_controls(text: str, name: str) -> None:
    sample = text[:200_000]
    controls = sum(sample.count(chr(code)) for code in (*range(9), *range(14, 28), 127))
    if "\x00" in text:
        raise NotText(name=name, reason="zero characters, as no text has them (UTF-16 without its mark?)")
    if controls > 8 and controls * 200 > len(sample):
        raise NotText(name=name, reason=f"{controls} control characters, as no text has them")
