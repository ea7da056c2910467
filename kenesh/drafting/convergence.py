"""How far parties are apart: a number the chair can watch.

convergence([rolling, ...]) -> Convergence(clauses=4, open=2, brackets=3, words=17, of=120, alone={"UZ": 2})
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from kenesh.drafting.rolling import Bracket, RollingText
from kenesh.drafting.units import tokens, word_count


class Convergence(msgspec.Struct, frozen=True):
    """What is left between brackets.

    clauses: clauses counted; open: of these, with a bracket.
    brackets: brackets, each inner one too.
    words: words printed between brackets, each once; of: words of the base of all clauses.
    alone: name -> brackets in which nobody else stands behind its alternative; most first.
    """

    clauses: int
    open: int
    brackets: int
    words: int
    of: int
    alone: dict[str, int]


def convergence(rollings: Iterable[RollingText], names: Mapping[str, str] | None = None) -> Convergence:
    """Count what is open in the rolling texts of all clauses.

    Args:
        names: party label -> delegation, where labels are ids of proposals; a delegation with several
            proposals of the same words stands alone with them.
    """
    texts = list(rollings)
    brackets = [bracket for text in texts for bracket in text.brackets]
    outer = [node for text in texts for node in text.nodes if isinstance(node, Bracket)]
    alone: dict[str, int] = {}
    for bracket in brackets:
        for name in _alone_in(bracket, names or {}):
            alone[name] = alone.get(name, 0) + 1
    return Convergence(
        clauses=len(texts),
        open=sum(bool(text.brackets) for text in texts),
        brackets=len(brackets),
        words=sum(bracket.words for bracket in outer),
        of=sum(word_count(tokens(text.text)) for text in texts),
        alone=dict(sorted(alone.items(), key=lambda item: (-item[1], item[0]))),
    )


def _alone_in(bracket: Bracket, names: Mapping[str, str]) -> set[str]:
    behind = [{names.get(p, p) for p in a.parties} for a in bracket.alternatives]
    return {name for who in behind if len(who) == 1 for name in who}
