"""Web pages that others made, to blocks.

* The words stand in the element that holds most of the page's paragraphs; banners, menus and forms around it
  are left away.
* Items of an `ol` get the number that a browser prints; headings, depth and the italics or bold that a
  paragraph begins with are hints for the grammar.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborNode

from kenesh.reading.blocks import Block, Blocks, Look, one_line
from kenesh.reading.decode import decode
from kenesh.reading.errors import EmptyInput
from kenesh.reading.soup import parse
from kenesh.statement.model import Statement

if TYPE_CHECKING:
    from kenesh.bodies import Profile

_CHROME = (
    "head, script, style, noscript, template, nav, form, button, select, iframe, svg, aside, dialog, "
    "[hidden], [role=navigation], [role=banner], [role=contentinfo], [role=search]"
)
_INLINE_TAGS = (
    "-text a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark "
    "nobr q s samp small span strike strong sub sup time tt u var wbr"
)
_INLINE = frozenset(_INLINE_TAGS.split())
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_STYLED = frozenset(("em", "i", "b", "strong"))
_SPREAD = 8  # characters of mark-up for one of words, in the densest real pages
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([A-Za-z0-9_-]{2,20})""", re.IGNORECASE)


def read_page(data: bytes, name: str, profiles: Sequence[Profile] = ()) -> Statement:
    """Read a page that is no edition of ours.

    Raises:
        EmptyInput: there are no words in it.
        HostileHtml: its elements nest without end.
        WrongEncoding: it is neither UTF-8 nor in the encoding it names.
    """
    from kenesh.reading.grammar import to_statement

    text = _decoded(data, name)
    sha256 = hashlib.sha256(data).hexdigest()
    return to_statement(blocks(text, name), name, profiles, sha256=sha256, source=text)


def blocks(text: str, name: str) -> Blocks:
    """The pieces of a decoded page in their order.

    Raises:
        EmptyInput: there are no words in it.
        HostileHtml: its elements nest without end.
    """
    tree = parse(text, name)
    for node in tree.css(_CHROME):
        node.decompose()
    root = tree.body or tree.root
    made = tuple(_Walk(text).blocks(_main(root))) if root is not None else ()
    if not made:
        raise EmptyInput(name=name, reason="a page without words")
    return made


def _decoded(data: bytes, name: str) -> str:
    """The text; a page that is not UTF-8 is believed when it names its encoding."""
    named = _CHARSET.search(data[:4096])
    if named is not None:
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            with suppress(LookupError, UnicodeDecodeError):  # it names what it is not: `decode` says so
                return data.decode(named[1].decode("ascii"))
    return decode(data, name)


def _main(root: LexborNode) -> LexborNode:
    """The innermost element that holds nearly all words of the page's paragraphs and list items.

    The share is 3/5: a page of notes under a short resolution still has its resolution inside.
    """
    here = next((found for found in root.css("main, [role=main], article") if _weight(found)), root)
    all_words = _weight(here)
    while True:
        inner = max(here.iter(), key=_weight, default=None)
        if inner is None or inner.tag in ("p", "ol", "ul", "table") or _weight(inner) * 5 < all_words * 3:
            return here
        if inner.tag in _INLINE or inner.tag == "li":
            return here
        here = inner


def _weight(node: LexborNode) -> int:
    """Characters of the paragraphs and list items below."""
    return sum(len(found.text(deep=True)) for found in node.css("p, ol > li"))


class _Walk:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0

    def blocks(self, node: LexborNode, depth: int = 0) -> Iterator[Block]:
        """The blocks below an element: runs of inline words, and what block elements hold."""
        look: Look = "heading" if node.tag in _HEADINGS else "text"
        yield from self._mixed(node, look, None, depth)

    def _mixed(self, node: LexborNode, look: Look, number: str | None, depth: int) -> Iterator[Block]:
        run: list[LexborNode] = []
        items = 0
        for child in node.iter(include_text=True):
            if _is_inline(child):
                run.append(child)
                continue
            made = self._block(run, look, number, depth)
            if made is not None:
                number, run = None, []
                yield made
            run = []
            if child.tag == "li" and node.tag == "ol":
                yield from self._mixed(child, "text", _number(node, child, items), depth)
                items += 1
            elif child.tag in ("ol", "ul"):
                yield from self._mixed(child, "text", None, depth + (node.tag == "li"))
            elif child.tag == "hr":
                yield Block(text="---", span=(self._at, self._at), look="rule")
            elif child.tag == "p" and number is not None:
                yield from self._mixed(child, look, number, depth)
                number = None
            else:
                yield from self.blocks(child, depth)
        made = self._block(run, look, number, depth)
        if made is not None:
            yield made

    def _block(self, run: Sequence[LexborNode], look: Look, number: str | None, depth: int) -> Block | None:
        words = one_line("".join(_inline_words(node) for node in run))
        if not words:
            return None
        span = self._span(words)
        return Block(text=words, span=span, look=look, number=number, depth=depth, lead=_lead(run))

    def _span(self, words: str) -> tuple[int, int]:
        """Where the words begin and end in the source: first and last word looked for from the last place."""
        first, last = words.split(" ")[0], words.split(" ")[-1]
        start = self._source.find(first, self._at)
        if start < 0:
            return self._at, self._at
        end = self._source.find(
            last, start + max(0, len(words) - len(last)), start + _SPREAD * len(words) + 1000
        )
        self._at = end + len(last) if end >= 0 else start + len(first)
        return start, self._at


def _is_inline(node: LexborNode) -> bool:
    return node.tag in _INLINE and not any(child.tag not in _INLINE for child in node.iter())


def _inline_words(node: LexborNode) -> str:
    if node.tag == "-text":
        return node.text_content or ""
    if node.tag == "br":
        return " "
    return "".join(_inline_words(child) for child in node.iter(include_text=True))


def _lead(run: Sequence[LexborNode]) -> str | None:
    """The words in italics or bold that a run begins with."""
    first = next((node for node in run if _inline_words(node).strip()), None)
    while first is not None and first.tag in ("a", "span", "font"):
        inner = list(first.iter(include_text=True))
        first = next((node for node in inner if _inline_words(node).strip()), None)
    if first is None or first.tag not in _STYLED:
        return None
    return one_line(_inline_words(first)).rstrip(" ,:;") or None


def _number(listed: LexborNode, item: LexborNode, n: int) -> str:
    """The number that a browser prints before the item in place `n`, from 0, of an ordered list."""
    start, value = listed.attributes.get("start") or "", item.attributes.get("value") or ""
    counted = n + (int(start) if re.fullmatch(r"\d{1,4}", start) else 1)
    if re.fullmatch(r"\d{1,4}", value):
        counted = int(value)
    style = listed.attributes.get("type") or "1"
    if style in ("a", "A") and 1 <= counted <= 26:
        return f"({chr(ord(style) + counted - 1)})"
    return f"{counted}."
