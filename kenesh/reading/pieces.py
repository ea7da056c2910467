"""Blocks to clauses: which kind each block is, and which stands under which.

Invariants
* Every block that is not a rule becomes exactly one clause; none is dropped, none is joined to another.
* A block that is not understood is a clause of kind "paragraph".
* A sub-clause has the kind of its clause.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from kenesh.reading.blocks import Block
from kenesh.reading.marks import mark
from kenesh.reading.shapes import (
    Number,
    is_closing,
    is_formula,
    is_heading,
    is_roman,
    is_sentence,
    number,
)
from kenesh.statement.hashes import derived_id
from kenesh.statement.lexicon import Lead, Lexicon
from kenesh.statement.model import Clause, ClauseKind, Span

_PREAMBLE_ENDS = (",", ";", ":", "،", ", and", "; and")


@dataclass(slots=True)
class _Node:
    """A clause being built."""

    kind: ClauseKind
    text: str
    span: Span
    number: str | None = None
    lead: str | None = None
    children: list[_Node] = field(default_factory=list)


@dataclass(slots=True)
class _Progress:
    """What has been seen so far, and the clauses that are open for sub-clauses, outermost first."""

    formula: bool = False
    preamble: bool = False
    operative: bool = False
    path: list[tuple[str, _Node]] = field(default_factory=list)


def build(
    blocks: Sequence[Block], taken: set[str], *, opening: int = 0
) -> tuple[tuple[Clause, ...], dict[str, Span]]:
    """The clauses of `blocks`, marked, and where each stands in the source by its id.

    Args:
        blocks: in order; rules are passed over.
        taken: ids already given; those made here are added.
        opening: index of the first block of the text itself; what stands before it is its head.
    """
    nodes: list[_Node] = []
    progress = _Progress()
    for index, block in enumerate(blocks):
        if block.look == "rule":
            continue
        node, kind = (_head(block), None) if index < opening else _body(block, progress)
        parent = _parent(kind, node, block.depth, progress) if index >= opening else None
        if parent is None:
            nodes.append(node)
        else:
            node.kind = parent.kind
            parent.children.append(node)
    spans: dict[str, Span] = {}
    seen: Counter[tuple[str, str]] = Counter()
    return tuple(_clause(node, taken, spans, seen) for node in nodes), spans


def opening_of(blocks: Sequence[Block]) -> int:
    """The index of the first block of the text itself, after title, masthead and session lines."""
    for index, block in enumerate(blocks):
        text = block.text
        if block.look == "rule" or is_closing(text) or block.look == "heading":
            continue
        found = _number(block)
        if found is not None and found.kind == "arabic" and not is_heading(text[found.end :]):
            return index
        if is_formula(text) or (is_sentence(text) and not text.isupper()):
            return index
        if text.endswith((",", ";", ".", ":")) and Lexicon.english().lead(text) is not None:
            return index
    return len(blocks)


def _head(block: Block) -> _Node:
    titled = block.look == "heading" or is_closing(block.text) or is_heading(block.text)
    return _node(block, "heading" if titled else "paragraph", None)


def _number(block: Block) -> Number | None:
    if block.number is not None:
        found = number(f"{block.number} x")
        return Number(block.number, found.kind if found else "arabic", 0)
    return number(block.text)


def _node(block: Block, kind: ClauseKind, found: Number | None) -> _Node:
    text = block.text[found.end :] if found else block.text
    return _Node(kind, text, block.span, found.printed if found else None, block.lead)


def _body(block: Block, progress: _Progress) -> tuple[_Node, str | None]:
    """The clause of a block, and the class of its number where it may be a sub-clause."""
    found = _number(block)
    text = block.text[found.end :] if found else block.text
    if found is not None and found.kind != "arabic":
        kind = progress.path[-1][1].kind if progress.path else _lonely(text, progress)
        return _node(block, kind, found), _class(found, progress)
    kind = _numbered(found, text, progress) if found else _unnumbered(block, text, progress)
    _note(kind, progress)
    return _node(block, kind, found), None


def _numbered(found: Number, text: str, progress: _Progress) -> ClauseKind:
    lead = Lexicon.english().lead(text)
    if found.printed.startswith("PP"):
        return "preambular"
    only_participle = lead is not None and lead.styles == {"participle"} and not lead.subject
    if only_participle and not progress.operative and text.endswith(_PREAMBLE_ENDS):
        return "preambular"
    return "operative"


def _lonely(text: str, progress: _Progress) -> ClauseKind:
    """An item that stands under no clause: after a formula it acts itself."""
    lead = Lexicon.english().lead(text)
    if lead is not None and lead.styles == {"participle"} and not progress.operative:
        return "preambular"
    return "operative" if progress.formula or lead is not None else "paragraph"


def _unnumbered(block: Block, text: str, progress: _Progress) -> ClauseKind:
    lead = Lexicon.english().lead(text)
    if block.look == "heading":
        return "heading"
    if is_formula(text) and (lead is None or text.endswith(":")):
        return "formula"
    if progress.operative and is_closing(text):
        return "closing"
    if lead is None and is_heading(text):
        return "heading"
    in_preamble = (progress.formula or progress.preamble) and not progress.operative
    if lead is None:
        return "preambular" if in_preamble and text.endswith(_PREAMBLE_ENDS) else "paragraph"
    return _by_lead(lead, text, in_preamble, progress)


def _by_lead(lead: Lead, text: str, in_preamble: bool, progress: _Progress) -> ClauseKind:
    if lead.subject.lower() not in ("", "to"):
        return "operative"
    if "participle" in lead.styles and not progress.operative:
        if text.endswith(_PREAMBLE_ENDS) or (in_preamble and lead.styles == {"participle"}):
            return "preambular"
        if lead.styles == {"participle"}:
            return "preambular" if text == lead.phrase.text else "paragraph"
    if lead.styles & {"third-present", "third-past", "first-plural-past"}:
        return "operative"
    if "participle" in lead.styles and text.endswith(","):
        return "preambular"
    return "paragraph"


def _note(kind: ClauseKind, progress: _Progress) -> None:
    progress.formula |= kind == "formula"
    progress.preamble |= kind == "preambular"
    progress.operative |= kind == "operative"


def _class(found: Number, progress: _Progress) -> str:
    """Letter or Roman numeral: "(i)" after "(h)" is a letter, else it opens or goes on with numerals."""
    if found.kind not in ("letter", "roman") or not is_roman(found.printed):
        return found.kind
    bare = found.printed.strip("().")
    for kind, node in reversed(progress.path):
        before = (node.number or "").strip("().")
        if kind == "letter" and len(before) == len(bare) == 1 and ord(bare) == ord(before) + 1:
            return "letter"
        if kind == "roman":
            return "roman"
    return "roman" if bare in ("i", "ii", "iii") or len(bare) > 1 else "letter"


def _parent(kind: str | None, node: _Node, depth: int, progress: _Progress) -> _Node | None:
    """The clause that `node` stands under, None for the outermost; keeps the path of open clauses."""
    path = progress.path
    if depth and path and (kind is not None or node.number is not None or node.kind == "paragraph"):
        del path[depth:]
        path.append((kind or "arabic", node))
        return path[-2][1]
    if kind is None or not path:
        opens = node.kind in ("operative", "preambular") or node.text.endswith(":")
        progress.path = [(kind or "top", node)] if opens and node.kind != "formula" else []
        if kind is not None:
            _note(node.kind, progress)
        return None
    classes = [known for known, _ in path]
    if kind in classes:
        at = classes.index(kind)
        del path[at:]
        if not path:
            progress.path = [(kind, node)]
            return None
    path.append((kind, node))
    return path[-2][1]


def _clause(node: _Node, taken: set[str], spans: dict[str, Span], seen: Counter[tuple[str, str]]) -> Clause:
    same = (node.kind, node.text)
    made = derived_id(*same, taken, start=seen[same])
    seen[same] += 1
    spans[f"clauses/{made}"] = node.span
    children = tuple(_clause(child, taken, spans, seen) for child in node.children)
    clause = mark(Clause(id=made, kind=node.kind, text=node.text, number=node.number))
    lead = (node.lead or "").strip(" ,;:")
    if lead and node.text.startswith(lead):
        clause = msgspec.structs.replace(clause, lead=lead)
    return msgspec.structs.replace(clause, clauses=children)
