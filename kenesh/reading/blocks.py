"""What a format adapter hands to the grammar: pieces of text in order, with hints of how they looked.

Invariants
* The blocks' texts, joined, are the text of the source up to white space.
* `Block.span` counts characters of the decoded source; `Block.text` is NFC, one line, single spaces.
* A hint says how a piece looked, never what it means: the grammar alone decides that.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from kenesh.statement.model import Span
from kenesh.statement.nfc import nfc

Look = Literal["text", "heading", "footnote", "rule"]

_SPACE = re.compile(r"\s+")


class Block(msgspec.Struct, frozen=True):
    """One piece of a source: a paragraph, a heading line, a list item, a footnote.

    Attributes:
        text: what stands there, number included where the source prints it as text.
        span: characters of the decoded source it was taken from.
        look: how it was set. A "rule" is a line of dashes; it carries no words.
        number: number as printed, only where the form keeps it apart from the text ("1.", "(a)").
        depth: nesting of the list item or indentation, 0 outermost.
        lead: words at its beginning that were set in italics or bold, None where the form has no styles.
        marker: for a footnote, its marker as printed.
    """

    text: str
    span: Span
    look: Look = "text"
    number: str | None = None
    depth: int = 0
    lead: str | None = None
    marker: str | None = None


Blocks = tuple[Block, ...]


def one_line(text: str) -> str:
    """The text in NFC, on one line, with single spaces (a no-break space is a space too)."""
    return _SPACE.sub(" ", nfc(text)).strip()
