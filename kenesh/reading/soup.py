"""Parsing HTML that may be hostile: a page that nests without end is refused before it is parsed.

HTML's parser repeats open formatting elements in every later paragraph and takes time that grows with the
square of the depth, so both depths are bounded first, by one linear look at the tags.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from kenesh.errors import BadInput

MAX_DEPTH = 120  # elements; pages made by hand or by machine stay below 60
_MAX_FORMATTING = 40
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
_FORMATTING = frozenset(("a", "b", "big", "code", "em", "font", "i", "s", "small", "strong", "tt", "u"))
# Empty elements, and those whose end tag may be left out.
_OPEN_ENDED = (
    "area base br col embed hr img input link meta param source track wbr html head body p li dt dd tr td th "
    "tbody thead tfoot option optgroup rb rt rtc rp colgroup caption"
)
_NOT_NESTING = frozenset(_OPEN_ENDED.split())


class HostileHtml(BadInput):
    """A page that nests without end."""

    code = "input.hostile-html"
    advice = "Save the page's text and give that."


def parse(text: str, name: str) -> LexborHTMLParser:
    """The tree of a page.

    Raises:
        HostileHtml: elements nest deeper than 120, or formatting that is never closed deeper than 40.
    """
    depth = formatting = 0
    for match in _TAG.finditer(text):
        tag = match[2].lower()
        if tag in _NOT_NESTING:
            continue
        step = -1 if match[1] else 1
        depth = max(0, depth + step)
        if tag in _FORMATTING:
            formatting = max(0, formatting + step)
        if depth > MAX_DEPTH or formatting > _MAX_FORMATTING:
            raise HostileHtml(name=name, reason=f"elements nest deeper than {MAX_DEPTH} at {match.start():,}")
    return LexborHTMLParser(text)
