"""The rolling text of a clause: the base with nested brackets, computed and never stored.

    rolling = compile_clause("Condemned the violence.", {"AZ": "Strongly condemned the violence."})
    rolling.to_text()      -> "[Condemned / Strongly condemned (AZ)] the violence."
    rolling.project("AZ")  -> "Strongly condemned the violence."
    rolling.project(None)  -> "Condemned the violence."

Invariants (the laws of the rolling text)
* Projection is exact, character for character, for every party and for the base.
* The order in which versions come does not matter; parties stand in the order given, else by their labels.
* Brackets are tight, nested and not swallowed, and never open inside a unit: see `places`, `hunks`, `units`.

In print the base comes first without a name and "–" stands for no words: `[and vandalism / – (UZ)]`. An
insertion that stands alone prints without its empty base, `violence[, terror (TR)] and`; competing insertions
print it, `violence[– / , arson (KG) / , terror (TR)] and`. White space stands outside the brackets.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from kenesh.drafting.hunks import Edited, Hunk, Tokens, hunks_of, settle
from kenesh.drafting.places import WHOLE, Place, children, family
from kenesh.drafting.units import bare, expected, joined, split, tokens, word_count
from kenesh.errors import BadInput

NOTHING = "–"  # in print: no words at all


class UnknownParty(BadInput):
    """Nobody of this name has a version of the clause."""

    code = "drafting.unknown-party"
    template = "{party} has no version of this clause."
    advice = "Use one of the labels the rolling text was compiled with."


class UnknownAlternative(BadInput):
    """The rolling text holds no alternative of this key: it has moved on, or the key is wrong."""

    code = "drafting.unknown-alternative"
    template = "There is no alternative {key} in this rolling text."
    advice = "Look at the new rolling text and choose again."


class Words(msgspec.Struct, frozen=True, tag="words"):
    """Words nobody disputes here. `text` is as it prints, with the white space towards its neighbours."""

    text: str
    tokens: Tokens = ()


class Alternative(msgspec.Struct, frozen=True, tag="alternative"):
    """One way to say it. `key` is a hash of the base, the place and the words; `text` is what it says when
    every bracket inside it is read as the base; `parties` are empty for the base alone."""

    key: str
    text: str
    parties: tuple[str, ...]
    is_base: bool
    nodes: tuple[Words | Bracket, ...]


class Bracket(msgspec.Struct, frozen=True, tag="bracket"):
    """A place where parties differ: the base first, then the others in the order of their parties.

    `place` is in atoms of the base (see `hunks`); `words` counts every word printed between the brackets.
    """

    key: str
    place: Place
    words: int
    alternatives: tuple[Alternative, ...]

    @property
    def base(self) -> Alternative:
        return self.alternatives[0]

    def of(self, party: str | None) -> Alternative:
        """The alternative a party stands behind here: its own, else the base."""
        return next((a for a in self.alternatives if party in a.parties), self.base)


Node = Words | Bracket


class RollingText(msgspec.Struct, frozen=True):
    """A clause with everybody's changes to it. `parties` are all who gave a version, changed or not."""

    text: str  # of the base
    parties: tuple[str, ...]
    nodes: tuple[Node, ...]
    ordered: bool = False  # whether somebody said in which order parties stand

    @property
    def brackets(self) -> tuple[Bracket, ...]:
        """Every bracket, outer before inner, left to right."""
        return tuple(_walk(self.nodes))

    @property
    def alternatives(self) -> tuple[Alternative, ...]:
        """Every alternative of every bracket."""
        return tuple(a for bracket in self.brackets for a in bracket.alternatives)

    def find(self, key: str) -> tuple[Bracket, Alternative]:
        """The alternative of this key and its bracket.

        Raises:
            UnknownAlternative: there is none.
        """
        for bracket in self.brackets:
            for alternative in bracket.alternatives:
                if alternative.key == key:
                    return bracket, alternative
        raise UnknownAlternative(key=key)

    def project(self, party: str | None = None) -> str:
        """The text that choosing one party's alternatives everywhere gives; None chooses the base.

        Raises:
            UnknownParty: the party gave no version.
        """
        return joined(self.tokens_of(party))

    def tokens_of(self, party: str | None) -> Tokens:
        """As `project`, in tokens."""
        if party is not None and party not in self.parties:
            raise UnknownParty(party=party)
        return tuple(_chosen(self.nodes, party))

    def to_builtins(self) -> list[dict[str, Any]]:
        """The nodes as JSON can hold them: {"type": "words", "text"} and {"type": "bracket", "key",
        "alternatives": [{"key", "text", "parties", "base", "nodes"}]}."""
        return _plain(self.nodes)

    def to_text(self, names: Mapping[str, str] | None = None) -> str:
        """The rolling text in one line, with brackets.

        Args:
            names: how to print party labels, where they are ids of proposals; a name is printed once per
                alternative. Labels that are not in it print as they are.
        """
        return _print(self.nodes, names or {}, by_name=bool(names) and not self.ordered)


def compile_clause(base: str, versions: Mapping[str, str], *, order: Sequence[str] = ()) -> RollingText:
    """The rolling text of one clause.

    Args:
        base: the text as it stands; "" for a clause that is only proposed.
        versions: party label -> the full text the party wants; "" wants the clause gone.
        order: labels in the order they should stand (protocol order); labels not in it follow by name.
    """
    place_of = {label: n for n, label in enumerate(order)}
    parties = tuple(sorted(versions, key=lambda p: (place_of.get(p, len(place_of)), p)))
    row = tokens(base)
    rows = {p: tokens(versions[p]) for p in parties}
    edited = {p: Edited(rows[p], hunks_of(row, rows[p])) for p in parties}
    settled = {p: Edited(rows[p], hunks) for p, hunks in settle(row, edited).items()}
    places, hunks = family(row, settled)
    nodes = _Tree(base, row, rows, places, hunks).nodes(WHOLE, 0, 2 * len(row) + 1)
    return RollingText(base, parties, nodes, bool(order))


class _Tree:
    """Builds nodes from places."""

    def __init__(
        self,
        base: str,
        row: Tokens,
        rows: Mapping[str, Tokens],
        places: Sequence[Place],
        hunks: Mapping[str, Sequence[Hunk]],
    ) -> None:
        self.row = row
        self.seed = hashlib.sha256(f"kenesh/bracket/v1\n{base}".encode("utf-8", "surrogatepass"))
        self.inner = children(places)
        self.said: dict[Place, dict[Tokens, list[str]]] = {}
        for party, found in hunks.items():
            for h in found:
                self.said.setdefault((h.a, h.b), {}).setdefault(rows[party][h.x : h.y], []).append(party)

    def nodes(self, place: Place, a: int, b: int) -> tuple[Node, ...]:
        """The nodes of the base from atom `a` to `b`, with the brackets directly inside `place`."""
        row: list[Tokens | Bracket] = []
        for inner in self.inner[place]:
            row += [self.row[a // 2 : inner[0] // 2], self._bracket(inner)]
            a = inner[1]
        return _spaced([*row, self.row[a // 2 : b // 2]])

    def _bracket(self, place: Place) -> Bracket:
        base = self._alternative(
            place, self.row[place[0] // 2 : place[1] // 2], (), self.nodes(place, *place)
        )
        others = [
            self._alternative(place, words, tuple(parties), _spaced([words]))
            for words, parties in self.said[place].items()
        ]
        alternatives = (base, *others)
        words = sum(_words_in(a.nodes) for a in alternatives)
        return Bracket(self._key(place, None), place, words, alternatives)

    def _alternative(
        self, place: Place, words: Tokens, parties: tuple[str, ...], nodes: tuple[Node, ...]
    ) -> Alternative:
        return Alternative(self._key(place, words), joined(words), parties, not parties, nodes)

    def _key(self, place: Place, words: Tokens | None) -> str:
        sha = self.seed.copy()
        said = "\n".join(words).encode("utf-8", "surrogatepass") if words is not None else b"\0"
        sha.update(b"\n%d-%d\n%s" % (*place, said))
        return sha.hexdigest()[:12]


def _spaced(row: Sequence[Tokens | Bracket]) -> tuple[Node, ...]:
    """Words and brackets with the white space between them, which belongs to the words in print."""
    nodes: list[Node] = []
    before = ""
    for item in row:
        edges = _edges(item) if isinstance(item, Bracket) else item
        if not edges:
            continue
        space, word = split(edges[0])
        gap = (expected(before, word) if space is None else space) if before else ""
        if isinstance(item, Bracket):
            if gap and nodes and isinstance(nodes[-1], Words):
                nodes[-1] = Words(nodes[-1].text + gap, nodes[-1].tokens)
            elif gap:
                nodes.append(Words(gap))
            nodes.append(item)
        else:
            text = joined(item)
            nodes.append(Words(gap + text[len(space or "") :], item))
        before = bare(edges[-1]) or before
    return tuple(nodes)


def _edges(bracket: Bracket) -> Tokens:
    """The words that decide the white space around a bracket: the base's, or the first that has some."""
    for alternative in bracket.alternatives:
        found = tuple(_chosen(alternative.nodes, None))
        if found:
            return found
    return tuple(t for a in bracket.alternatives for inner in _walk(a.nodes) for t in _edges(inner))


def _walk(nodes: Sequence[Node]) -> Iterator[Bracket]:
    for node in nodes:
        if isinstance(node, Bracket):
            yield node
            for alternative in node.alternatives:
                yield from _walk(alternative.nodes)


def _chosen(nodes: Sequence[Node], party: str | None) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Bracket):
            yield from _chosen(node.of(party).nodes, party)
        else:
            yield from node.tokens


def _words_in(nodes: Sequence[Node]) -> int:
    return sum(node.words if isinstance(node, Bracket) else word_count(node.tokens) for node in nodes)


def _plain(nodes: Sequence[Node]) -> list[dict[str, Any]]:
    return [
        {
            "type": "bracket",
            "key": node.key,
            "alternatives": [_plain_alternative(a) for a in node.alternatives],
        }
        if isinstance(node, Bracket)
        else {"type": "words", "text": node.text}
        for node in nodes
    ]


def _plain_alternative(a: Alternative) -> dict[str, Any]:
    said = {"key": a.key, "text": a.text, "parties": list(a.parties), "base": a.is_base}
    return {**said, "nodes": _plain(a.nodes)}


def _print(nodes: Sequence[Node], names: Mapping[str, str], *, by_name: bool) -> str:
    return "".join(
        node.text if isinstance(node, Words) else _print_bracket(node, names, by_name=by_name)
        for node in nodes
    )


def _print_bracket(bracket: Bracket, names: Mapping[str, str], *, by_name: bool) -> str:
    base, *others = bracket.alternatives
    said = [(_print(a.nodes, names, by_name=by_name) or NOTHING, _named(a, names, by_name)) for a in others]
    if by_name:
        said.sort(key=lambda s: s[1])
    shown = [f"{words} ({', '.join(who)})" for words, who in said]
    first = _print(base.nodes, names, by_name=by_name)
    if first or len(shown) > 1:
        shown.insert(0, first or NOTHING)
    return "[" + " / ".join(shown) + "]"


def _named(alternative: Alternative, names: Mapping[str, str], by_name: bool) -> list[str]:
    found = list(dict.fromkeys(names.get(p, p) for p in alternative.parties))
    return sorted(found) if by_name else found
