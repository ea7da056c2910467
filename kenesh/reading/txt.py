"""Plain text and markdown to blocks.

* A blank line ends a paragraph. Where lines are hard-wrapped in a column they are joined again; else each
  line is a block of its own, as secretariats and their word processors write it.
* A line that begins with a number, a letter or a dash begins a block.
* Markdown: front matter is an envelope (its title and date are hints, not text); `#`, `**` and escapes go.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import msgspec

from kenesh.reading.blocks import Block, Blocks, one_line
from kenesh.reading.shapes import is_rule, number

_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(.{0,20000}?)\n---[ \t]*(?:\r?\n|$)", re.DOTALL)
_FIELD = re.compile(r"(?m)^(title|date|doc_date):[ \t]*(.*(?:\n[ \t]+\S.*){0,6})")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+")
_ESCAPE = re.compile(r"\\([.\\*_#()\[\]-])")
_BOLD = re.compile(r"\*\*(?=\S)|(?<=\S)\*\*|</?u>")
_ALL_BOLD = re.compile(r"\s*(?:\*\*|__|<u>).{1,200}(?:\*\*|__|</u>)\s*$")
_MARKDOWN = re.compile(r"(?m)^#{1,6}\s+\S|^\*\*\S")
_WIDEST = 110  # characters of a hard-wrapped line; longer ones are whole paragraphs


class Envelope(NamedTuple):
    """What a file says about its text beside it."""

    title: str | None = None
    date: str | None = None


class _Line(NamedTuple):
    text: str
    start: int
    end: int


def blocks(text: str) -> tuple[Blocks, Envelope]:
    """The pieces of a decoded text, in order, and the envelope it came in. Linear in its length."""
    front = _FRONT.match(text)
    start = front.end() if front else 0
    envelope = _envelope(front[1]) if front else Envelope()
    markdown = front is not None or _MARKDOWN.search(text) is not None
    groups = _groups(text, start)
    width = _column(groups)
    made = [block for group in groups for block in _group_blocks(group, width, markdown)]
    return tuple(_rejoined(made) if width else made), envelope


def _groups(text: str, start: int) -> list[list[_Line]]:
    """Runs of lines without a blank line between them."""
    groups: list[list[_Line]] = [[]]
    at = start
    for raw in text[start:].splitlines(keepends=True):
        kept = raw.rstrip()
        if kept:
            groups[-1].append(_Line(kept.lstrip("\ufeff"), at, at + len(kept)))
        elif groups[-1]:
            groups.append([])
        at += len(raw)
    return [group for group in groups if group]


def _column(groups: list[list[_Line]]) -> int:
    """The width of the column that lines are wrapped in, 0 where they are not."""
    inner = sorted(len(line.text) for group in groups for line in group[:-1])
    if len(inner) < 3:
        return 0
    median, wide = inner[len(inner) // 2], inner[(len(inner) * 9) // 10]
    return wide if median >= 28 and wide <= _WIDEST and wide <= 2 * median else 0


def _group_blocks(group: list[_Line], width: int, markdown: bool) -> list[Block]:
    made: list[list[_Line]] = []
    for line in group:
        stripped = line.text.lstrip()
        joins = bool(made) and width > 0 and not _begins(stripped) and not is_rule(made[-1][-1].text)
        if joins and (stripped[0].islower() or len(made[-1][-1].text) >= 0.55 * width):
            made[-1].append(line)
        else:
            made.append([line])
    return [_block(lines, first=lines[0] is group[0], markdown=markdown) for lines in made]


def _begins(line: str) -> bool:
    plain = _ESCAPE.sub(r"\1", line[:40])
    found = number(plain + " x")
    return found is not None or plain.startswith("#") or is_rule(line)


def _block(lines: list[_Line], *, first: bool, markdown: bool) -> Block:
    raw = _unwrapped(lines)
    span = (lines[0].start, lines[-1].end)
    if is_rule(raw):
        return Block(text=one_line(raw), span=span, look="rule")
    indent = len(raw) - len(raw.lstrip(" "))
    depth = 0 if first else indent // 4
    heading = False
    if markdown:
        heading = bool(_HEADING.match(raw) or _ALL_BOLD.match(raw))
        raw = _ESCAPE.sub(r"\1", _BOLD.sub("", _HEADING.sub("", raw, count=1)))
    return Block(text=one_line(raw), span=span, look="heading" if heading else "text", depth=depth)


def _unwrapped(lines: list[_Line]) -> str:
    """Wrapped lines as one; a hyphen at a line's end keeps its word together."""
    text = lines[0].text
    for line in lines[1:]:
        glue = "" if text.endswith(("-", "‐")) and line.text.lstrip()[:1].islower() else " "
        text = f"{text}{glue}{line.text.lstrip()}" if len(lines) < 50 else text
    if len(lines) < 50:
        return text
    return " ".join(line.text.strip() for line in lines)


def _rejoined(made: list[Block]) -> list[Block]:
    """A paragraph of a column that a page break has cut: it goes on in lower case."""
    joined: list[Block] = []
    for block in made:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.look == block.look == "text"
            and block.text[:1].islower()
            and number(block.text) is None
            and not last.text.endswith((".", ",", ";", ":", ")", "”"))
            and 40 < len(last.text) < 5000
        ):
            text = f"{last.text} {block.text}"
            joined[-1] = msgspec.structs.replace(last, text=text, span=(last.span[0], block.span[1]))
        else:
            joined.append(block)
    return joined


def _envelope(front: str) -> Envelope:
    fields = {match[1]: _unquoted(match[2]) for match in _FIELD.finditer(front)}
    date = fields.get("date") or fields.get("doc_date")
    return Envelope(fields.get("title") or None, date[:10] if date else None)


def _unquoted(value: str) -> str:
    """A YAML scalar of one or more lines, plain or quoted."""
    joined = re.sub(r"\\\n[ \t]*", "", value)
    line = one_line(joined)
    if line[:1] == '"':
        try:
            return one_line(msgspec.json.decode(_json_string(line).encode(), type=str))
        except msgspec.DecodeError:
            return line.strip('"')
    return line[1:-1].replace("''", "'") if len(line) > 1 and line[0] == line[-1] == "'" else line


def _json_string(line: str) -> str:
    return re.sub(r"\\([ _])", lambda m: "\\u00a0" if m[1] == "_" else " ", line)
