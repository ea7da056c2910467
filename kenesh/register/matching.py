"""How near a clause comes to the words asked for: exact, near or related. Pure.

    exact    the words asked for stand in the clause, in order and without a gap; the last may be unfinished
    near     nearly the same words: at least three, and alike by NEAR or more
    related  words in common, weighed by how rare they are, that make up RELATED of the question or more

Judging is done on folded words; highlights are spans of the clause's own text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, LCSseq

from kenesh.register.entry import MatchKind
from kenesh.register.words import Word, words
from kenesh.statement.model import Span

NEAR = 0.78  # "Deplored the acts of sabotage" against "Condemned the acts of sabotage" is 0.81
RELATED = 0.34  # under a third of the question's weight the kinship is of grammar, not of matter
MIN_NEAR_WORDS = 3
MIN_SHARED_RUN = 2  # words; a single shared "the" is not worth a highlight
NOTABLE = 0.25  # of the rarest word's weight; commoner words are not highlighted one by one
IN_ORDER = 0.5  # of the words asked for must stand in order before letters are compared: 20 times faster
PART = 0.97  # likeness of a part counts a little less, so that a twin stands before a longer cousin


class Question(msgspec.Struct, frozen=True):
    """What is asked, folded. `unfinished` says that the last word may go on, as it does while one types."""

    folded: tuple[str, ...]
    unfinished: bool

    @classmethod
    def of(cls, text: str) -> Question:
        """The question that `text` asks. Whatever stands in it is text: there is no query language."""
        found = words(text)
        unfinished = bool(found) and found[-1].span[1] == len(text)
        return cls(tuple(word.folded for word in found), unfinished)


class Judgement(msgspec.Struct, frozen=True):
    """The nearest kind of match, and how well it holds within its kind, 0 to 1."""

    kind: MatchKind
    score: float


def judge(question: Question, folded: Sequence[str], weights: Mapping[str, float]) -> Judgement | None:
    """Compare the question with a clause's folded words; None where they have too little in common.

    `weights` gives the rarity (0 or more) of the question's words; words absent from it weigh nothing.
    """
    if not question.folded or not folded:
        return None
    if _places(question, folded):
        share = sum(map(len, question.folded)) / sum(map(len, folded))
        return Judgement("exact", min(share, 1.0))
    alike = _near_score(question.folded, folded)
    if alike >= NEAR:
        return Judgement("near", alike)
    shared = _shared_weight(question.folded, folded, weights)
    return Judgement("related", shared) if shared >= RELATED else None


def highlights(
    question: Question, kind: MatchKind, text: str, weights: Mapping[str, float]
) -> tuple[Span, ...]:
    """What of `text` answers the question, in order: for `kind` as judged."""
    present = words(text)
    folded = [word.folded for word in present]
    if kind == "exact":
        size = len(question.folded)
        return tuple(_span(present, at, at + size) for at in _places(question, folded))
    runs = _shared_runs(question.folded, folded)
    spans = [_span(present, start, end) for start, end in runs if end - start >= MIN_SHARED_RUN]
    if kind == "near" and spans:
        return tuple(spans)
    floor = NOTABLE * max(weights.values(), default=0.0)
    notable = {word for word in question.folded if weights.get(word, 0.0) >= floor}
    return joined(word.span for word in present if word.folded in notable)


def _places(question: Question, folded: Sequence[str]) -> list[int]:
    """Where the question stands in the clause: indices of its first word, without overlaps."""
    size = len(question.folded)
    at, found = 0, []
    while at + size <= len(folded):
        if _stands_at(question, folded, at):
            found.append(at)
            at += size
        else:
            at += 1
    return found


def _stands_at(question: Question, folded: Sequence[str], at: int) -> bool:
    asked, last = question.folded, at + len(question.folded) - 1
    if tuple(folded[at:last]) != asked[:-1]:
        return False
    return folded[last] == asked[-1] or (question.unfinished and folded[last].startswith(asked[-1]))


def _near_score(asked: Sequence[str], folded: Sequence[str]) -> float:
    if min(len(asked), len(folded)) < MIN_NEAR_WORDS:
        return 0.0
    in_order = LCSseq.similarity(asked, folded)
    return likeness(asked, folded) if in_order >= len(asked) * IN_ORDER else 0.0


def likeness(asked: Sequence[str], present: Sequence[str]) -> float:
    """How alike two runs of folded words are, 0 to 1: as wholes, or the asked one as part of the other."""
    left, right = " ".join(asked), " ".join(present)
    whole = fuzz.ratio(left, right)
    if len(left) > len(right) * 0.9:
        return whole / 100
    window = " ".join(_window(asked, present))
    return max(whole, fuzz.ratio(left, window) * PART) / 100


def _window(asked: Sequence[str], present: Sequence[str]) -> Sequence[str]:
    """The part of `present` that comes nearest: where most of the words asked for stand closest together."""
    pairs = [
        (block.src_start + n, block.dest_start + n)
        for block in Indel.opcodes(asked, present)
        if block.tag == "equal"
        for n in range(block.dest_end - block.dest_start)
    ]
    reach = len(asked) * 1.2 + 1
    best, start = (0, 0, 0), 0  # how many, first and last of `pairs`
    for end in range(len(pairs)):
        while pairs[end][1] - pairs[start][1] > reach:
            start += 1
        best = max(best, (end - start + 1, -start, end))
    if not best[0]:
        return ()
    first, last = pairs[-best[1]], pairs[best[2]]
    return present[max(0, first[1] - first[0]) : last[1] + len(asked) - last[0]]


def _shared_weight(asked: Sequence[str], folded: Sequence[str], weights: Mapping[str, float]) -> float:
    standing = set(folded)
    asked_once = dict.fromkeys(asked)
    total = sum(weights.get(word, 0.0) for word in asked_once)
    shared = sum(weights.get(word, 0.0) for word in asked_once if word in standing)
    return shared / total if total else 0.0


def _shared_runs(asked: Sequence[str], folded: Sequence[str]) -> list[tuple[int, int]]:
    blocks = Indel.opcodes(asked, folded)
    return [(block.dest_start, block.dest_end) for block in blocks if block.tag == "equal"]


def _span(present: Sequence[Word], start: int, end: int) -> Span:
    return present[start].span[0], present[end - 1].span[1]


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order, those that stand one character apart or less made one."""
    made: list[Span] = []
    for start, end in sorted(spans):
        if made and start - made[-1][1] <= 1:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return tuple(made)
