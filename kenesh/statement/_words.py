"""Words of a text with their places, folded so that spelling variants meet.

Invariants
* `Words.spans[i]` are the characters of word i in the text as it was given; nothing is lost by folding.
* Folding knows case, -ise/-ize, curly apostrophes and possessives (its, their, our: one slot).
* Work is linear in the text; only the first `REACH` characters are looked at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kenesh.statement.model import Span

# The longest of 2,706 clauses of annotated resolutions has 8,211 characters.
REACH = 20_000

POSSESSIVE = "<its>"
REFLEXIVE = "<itself>"

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_ISE = re.compile(r"is(e|es|ed|ing)$")
_SLOTS = {
    **dict.fromkeys(("its", "their", "our"), POSSESSIVE),
    **dict.fromkeys(("itself", "themselves", "ourselves"), REFLEXIVE),
}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of `text`, folded, and where each stands."""

    text: str
    folded: tuple[str, ...]
    spans: tuple[Span, ...]

    @classmethod
    def of(cls, text: str) -> Words:
        """Split the first `REACH` characters of `text` into words."""
        found = [(fold(m[0]), m.span()) for m in _WORD.finditer(text, 0, REACH)]
        return cls(text, tuple(f for f, _ in found), tuple(s for _, s in found))

    def __len__(self) -> int:
        return len(self.folded)

    def gap(self, index: int) -> str:
        """What stands between word `index` and the word before it."""
        start = self.spans[index - 1][1] if index else 0
        return self.text[start : self.spans[index][0]]

    def joined(self, index: int) -> bool:
        """Whether only white space stands before word `index`."""
        return self.gap(index).isspace()


def fold(word: str) -> str:
    """One spelling for a word: lower case, -ize for -ise, possessives and reflexives as slots."""
    low = word.lower().replace("’", "'")
    if low in _SLOTS:
        return _SLOTS[low]
    return _ISE.sub(r"iz\1", low) if len(low) > 5 else low
