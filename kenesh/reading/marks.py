"""The marks of a clause: what it does and what it refers to, predicted from its text alone.

Every path into Kenesh (a pasted draft, a published edition, a text typed in the room) marks with this one
function, so that equal text always carries equal marks.
"""

from __future__ import annotations

import msgspec

from kenesh.reading.citations import find_citations
from kenesh.statement.lexicon import Lexicon, lead_words
from kenesh.statement.model import Clause


def mark(clause: Clause) -> Clause:
    """The clause with `lead`, `phrases` and `citations` filled from its text, sub-clauses too.

    Marks it had before are replaced; id, kind, number and text stay. Pure and repeatable:
    `mark(mark(c)) == mark(c)`.
    """
    phrases = Lexicon.english().phrases(clause.text, clause.kind)
    return msgspec.structs.replace(
        clause,
        lead=lead_words(phrases[0]) if phrases else None,
        phrases=phrases,
        citations=() if clause.kind == "heading" else find_citations(clause.text),
        clauses=tuple(mark(child) for child in clause.clauses),
    )
