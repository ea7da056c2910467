"""Unicode form NFC in bounded time.

Normalizing sorts runs of combining marks, which takes quadratic time in the length of a run; no language
needs runs of more than a few. Such text is refused before it is normalized.

Source: Unicode Standard Annex #15, Stream-Safe Text Format (at most 30 combining marks in a row).
"""

from __future__ import annotations

import unicodedata

from kenesh.errors import BadInput

MAX_MARKS = 30


class TooManyMarks(BadInput):
    """A letter with more combining marks than any language has."""

    code = "input.combining-marks"
    template = "{name}: more than {most} combining marks stand on one letter, at character {at}."
    advice = "Take the marks away and send the text again."


def nfc(text: str, name: str = "text") -> str:
    """The text in form NFC, in linear time.

    Raises:
        TooManyMarks: more than 30 combining marks in a row.
    """
    if text.isascii():
        return text
    run = 0
    for at, char in enumerate(text):
        run = run + 1 if char > "\u02ff" and unicodedata.combining(char) else 0
        if run > MAX_MARKS:
            raise TooManyMarks(name=name, most=MAX_MARKS, at=at)
    return unicodedata.normalize("NFC", text)
