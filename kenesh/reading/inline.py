"""Marks upon words, gathered while an element tree is walked.

    gather = Gather()
    with gather.mark("lead", {}):
        gather.words("Conveyed")
    gather.words(" their condolences ...")
    clause = gather.clause(id="c1", kind="operative", number="1.", clauses=(), beside=None)

A mark takes its text and span from the words it stands on, so it always fits them. Where a mark is not whole
(no act, a strength that is no number) or where marks carried beside the words do not fit them any more, the
words are marked anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import msgspec

from kenesh.errors import BadInput
from kenesh.statement.model import Citation, Clause, ClauseKind, LeadingPhrase, Span


class BadEdition(BadInput):
    """A file says that it is an edition of ours, but what it says cannot be."""

    code = "input.edition"
    advice = "Take the edition again from where it was published, or read its text form."


class Beside(msgspec.Struct, frozen=True):
    """Marks that an edition carries beside the words."""

    lead: str | None = None
    phrases: tuple[LeadingPhrase, ...] = ()
    citations: tuple[Citation, ...] = ()


class Gather:
    """The words of one clause and the marks upon them, in the order of the text."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._marks: list[tuple[str, Mapping[str, str], Span]] = []

    def words(self, text: str) -> None:
        """Add words as they stand."""
        self._parts.append(text)
        self._length += len(text)

    @contextmanager
    def mark(self, kind: str, facts: Mapping[str, str]) -> Iterator[None]:
        """What is added inside stands under a mark: "lead", "phrase" or "citation", with its attributes."""
        place, start = len(self._marks), self._length
        self._marks.append((kind, facts, (start, start)))
        yield
        self._marks[place] = (kind, facts, (start, self._length))

    @property
    def text(self) -> str:
        """All words so far."""
        return "".join(self._parts)

    def clause(
        self, id: str, kind: ClauseKind, number: str | None, clauses: tuple[Clause, ...], beside: str | None
    ) -> Clause:
        """The clause that these words make.

        Args:
            id: permanent id of the clause.
            kind: its kind.
            number: as printed, None where it has none.
            clauses: its sub-clauses, already marked.
            beside: JSON of marks carried beside the words, None where the words carry them all.
        """
        bare = Clause(id=id, kind=kind, text=self.text, number=number, clauses=clauses)
        try:
            if beside is not None:
                return _with(bare, msgspec.json.decode(beside, type=Beside))
            return _with(bare, self._own())
        except (msgspec.MsgspecError, LookupError, ValueError):
            return _anew(bare)

    def _own(self) -> Beside:
        text = self.text
        lead: str | None = None
        phrases: list[LeadingPhrase] = []
        citations: list[Citation] = []
        for kind, facts, (start, end) in self._marks:
            words = text[start:end]
            if kind == "lead":
                lead = words
            elif kind == "phrase":
                phrases.append(_phrase(words, facts, (start, end)))
            else:
                citations.append(Citation(words, (start, end), facts.get("date"), facts.get("target")))
        return Beside(lead, tuple(phrases), tuple(citations))


def _phrase(words: str, facts: Mapping[str, str], span: Span) -> LeadingPhrase:
    return LeadingPhrase(
        text=words,
        lemma=facts["lemma"],
        act=facts["act"],
        strength=int(facts["strength"]),
        span=span,
        modifier=facts.get("modifier"),
        intensifier=facts.get("intensifier"),
        possessive=facts.get("possessive"),
    )


def _with(clause: Clause, marks: Beside) -> Clause:
    spans = [p.span for p in marks.phrases] + [c.span for c in marks.citations]
    if any(not 0 <= start <= end <= len(clause.text) for start, end in spans):
        raise ValueError("a mark stands outside its words")
    return msgspec.structs.replace(clause, lead=marks.lead, phrases=marks.phrases, citations=marks.citations)


def _anew(clause: Clause) -> Clause:
    from kenesh.reading.marks import mark  # the lexicon is loaded only where it is needed

    return mark(clause)
