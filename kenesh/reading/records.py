"""XML of a schema that is not known: its words, element by element, for the grammar to judge."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lxml import etree

from kenesh.reading.blocks import Block, one_line
from kenesh.reading.errors import EmptyInput
from kenesh.reading.grammar import to_statement
from kenesh.reading.xml import parse
from kenesh.statement.model import Statement

if TYPE_CHECKING:
    from kenesh.bodies import Profile


def read_records(data: bytes, name: str, profiles: Sequence[Profile] = ()) -> Statement:
    """Read XML of an unknown schema by the words of its elements, in order.

    Spans count characters of those words, one element per line.

    Raises:
        HostileXml: it declares a document type.
        BrokenXml: it is not well-formed.
        EmptyInput: it holds no words.
    """
    texts = _texts(parse(data, name))
    if not texts:
        raise EmptyInput(name=name, reason="no words are in it")
    blocks, at = [], 0
    for text in texts:
        blocks.append(Block(text=text, span=(at, at + len(text))))
        at += len(text) + 1
    digest = hashlib.sha256(data).hexdigest()
    return to_statement(blocks, name, profiles, sha256=digest, source="\n".join(texts))


def _texts(root: etree._Element) -> list[str]:
    """The words before, in and after each element; an element without children is one text."""
    pieces = (one_line(str(piece)) for piece in root.itertext())
    return [piece for piece in pieces if piece]
