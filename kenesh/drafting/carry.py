"""Carrying proposals over to a new base: nothing refused, nothing lost.

Invariants
* After accepting an alternative the new base says exactly what the alternative says there, and what the old
  base said everywhere else.
* A party that had the base there gets the new words and keeps all its other changes; a party that said
  something else there keeps its own words; a party that said these words says now what the base says there.
* Accepting the base changes nothing; closing a bracket gives every party the accepted words there and leaves
  all its other changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from kenesh.drafting.hunks import Tokens
from kenesh.drafting.places import Place
from kenesh.drafting.rolling import Alternative, Bracket, Node, RollingText, Words, compile_clause
from kenesh.drafting.units import joined


class Accepted(msgspec.Struct, frozen=True):
    """What accepting an alternative makes of a clause.

    `text` is the new base; `versions` holds every party's full text on top of it (equal to `text` where the
    party has nothing left to change); `alternative` is what was accepted.
    """

    text: str
    versions: dict[str, str]
    alternative: Alternative


def accept(rolling: RollingText, key: str) -> Accepted:
    """Take one alternative of one bracket into the base and carry every version over.

    Raises:
        UnknownAlternative: the rolling text holds no alternative of this key.
    """
    bracket, taken = rolling.find(key)
    words = tuple(_base_of(taken.nodes))
    versions = {
        party: rolling.project(party)
        if taken.is_base
        else joined(_with(rolling.nodes, party, bracket.place, words))
        for party in rolling.parties
    }
    text = rolling.text if taken.is_base else joined(_with(rolling.nodes, None, bracket.place, words))
    return Accepted(text, versions, taken)


def close(rolling: RollingText, key: str) -> Accepted:
    """Take an alternative into the base and let nobody say anything else in its bracket.

    Where the alternative is the base itself, brackets inside it stay as they are.

    Raises:
        UnknownAlternative: the rolling text holds no alternative of this key.
    """
    bracket, taken = rolling.find(key)
    versions = {
        party: joined(_closed(rolling.nodes, party, bracket.place, taken)) for party in rolling.parties
    }
    text = rolling.text if taken.is_base else joined(_closed(rolling.nodes, None, bracket.place, taken))
    return Accepted(text, versions, taken)


def rebase(old_base: str, new_base: str, text: str) -> str | None:
    """`text`, written against `old_base`, on top of `new_base`; None where the two changes meet.

    Changes that are the same on both sides do not meet. Where neither side changed, nothing changes.
    """
    rolling = compile_clause(old_base, {"new": new_base, "own": text})
    if any(_meets(bracket) for bracket in rolling.brackets):
        return None
    return joined(_both(rolling.nodes))


def _with(nodes: Sequence[Node], party: str | None, place: Place, words: Tokens) -> Iterator[str]:
    """What a party says, with `words` where it has nothing of its own at `place`."""
    for node in nodes:
        if isinstance(node, Words):
            yield from node.tokens
        elif node.place == place and _has_base(node, party):
            yield from words
        else:
            yield from _with(node.of(party).nodes, party, place, words)


def _closed(nodes: Sequence[Node], party: str | None, place: Place, taken: Alternative) -> Iterator[str]:
    """What a party says if it says `taken` at `place`, and elsewhere what it said."""
    for node in nodes:
        if isinstance(node, Words):
            yield from node.tokens
        else:
            chosen = taken if node.place == place else node.of(party)
            yield from _closed(chosen.nodes, party, place, taken)


def _has_base(bracket: Bracket, party: str | None) -> bool:
    """Whether a party says here exactly what the base says, in every bracket inside too."""
    chosen = bracket.of(party)
    inner = [node for node in chosen.nodes if isinstance(node, Bracket)]
    return chosen.is_base and all(_has_base(node, party) for node in inner)


def _base_of(nodes: Sequence[Node]) -> Iterator[str]:
    for node in nodes:
        yield from _base_of(node.base.nodes) if isinstance(node, Bracket) else node.tokens


def _meets(bracket: Bracket) -> bool:
    inner = any(isinstance(node, Bracket) for a in bracket.alternatives for node in a.nodes)
    return inner or len(bracket.alternatives) > 2


def _both(nodes: Sequence[Node]) -> Iterator[str]:
    for node in nodes:
        yield from node.tokens if isinstance(node, Words) else _base_of(node.alternatives[-1].nodes)
