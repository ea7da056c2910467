"""Matching the clauses of two versions of a text, in order.

    align_clauses(["Welcomed it.", "Noted it."], ["Noted it.", "Ended."])
    -> Pair(0, None), Pair(1, 0), Pair(None, 1)

Invariants
* Every clause of both rows stands in exactly one pair, in order: matching never crosses.
* What was moved is a clause gone and a clause added.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
from rapidfuzz.distance import Indel

_ALIKE = 0.4  # of the words: less is another clause ("the", "of" and "and" alone give about 0.2)
_ALIKE_BY_NUMBER = 0.2  # enough where the number is the same, or where no other clause is left beside it
_NUMBER = 0.1  # what an equal number adds when several clauses could be meant


class Pair(msgspec.Struct, frozen=True):
    """A clause of the base and the same clause edited, by index; None where it has no counterpart.

    `similarity` is the share of words in common, 0 to 1, and 0 without a counterpart.
    """

    base: int | None
    edited: int | None
    similarity: float


def align_clauses(
    base: Sequence[str],
    edited: Sequence[str],
    *,
    numbers: tuple[Sequence[str | None], Sequence[str | None]] | None = None,
) -> tuple[Pair, ...]:
    """Match two rows of clauses in order, so that what is matched is most alike.

    Equal clauses are matched first; between them, those alike in words, the more so with an equal number. One
    clause against one is a match whatever they say.

    Args:
        base, edited: the texts, in order.
        numbers: as printed, for each row; None where there are none.
    """
    if len(base) == len(edited) == 1:
        return (Pair(0, 0, _similarity(_words(base[0]), _words(edited[0]))),)
    printed = numbers or ([None] * len(base), [None] * len(edited))
    ids: dict[str, int] = {}
    left, right = ([ids.setdefault(t, len(ids)) for t in row] for row in (base, edited))
    pairs: list[Pair] = []
    for op in Indel.opcodes(left, right):
        if op.tag == "equal":
            pairs += [
                Pair(op.src_start + n, op.dest_start + n, 1.0) for n in range(op.src_end - op.src_start)
            ]
    return tuple(_with_gaps(pairs, base, edited, printed))


def _with_gaps(
    equal: Sequence[Pair],
    base: Sequence[str],
    edited: Sequence[str],
    numbers: tuple[Sequence[str | None], Sequence[str | None]],
) -> Iterator[Pair]:
    i = j = 0
    for pair in (*equal, Pair(len(base), len(edited), 1.0)):
        assert pair.base is not None
        assert pair.edited is not None
        gap_i, gap_j = range(i, pair.base), range(j, pair.edited)
        yield from _align_gap(gap_i, gap_j, base, edited, numbers)
        if pair.base < len(base):
            yield pair
        i, j = pair.base + 1, pair.edited + 1


def _align_gap(
    left: range,
    right: range,
    base: Sequence[str],
    edited: Sequence[str],
    numbers: tuple[Sequence[str | None], Sequence[str | None]],
) -> list[Pair]:
    """The best matching in order of two short rows, by dynamic programming from the end."""
    rows, columns = [_words(base[i]) for i in left], [_words(edited[j]) for j in right]
    alone = len(left) == len(right) == 1
    gain: dict[tuple[int, int], tuple[float, float]] = {}
    for n, i in enumerate(left):
        for m, j in enumerate(right):
            alike = _similarity(rows[n], columns[m])
            same = numbers[0][i] is not None and numbers[0][i] == numbers[1][j]
            if alike >= (_ALIKE_BY_NUMBER if same or alone else _ALIKE):
                gain[n, m] = alike + (_NUMBER if same else 0), alike
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for n in reversed(range(len(left))):
        for m in reversed(range(len(right))):
            paired = gain[n, m][0] + best[n + 1][m + 1] if (n, m) in gain else -1.0
            best[n][m] = max(paired, best[n + 1][m], best[n][m + 1])
    pairs, n, m = [], 0, 0
    while n < len(left) or m < len(right):
        if (n, m) in gain and best[n][m] == gain[n, m][0] + best[n + 1][m + 1]:
            pairs.append(Pair(left[n], right[m], gain[n, m][1]))
            n, m = n + 1, m + 1
        elif m == len(right) or (n < len(left) and best[n][m] == best[n + 1][m]):
            pairs.append(Pair(left[n], None, 0.0))
            n += 1
        else:
            pairs.append(Pair(None, right[m], 0.0))
            m += 1
    return pairs


def _words(text: str) -> list[str]:
    return text.casefold().split()


def _similarity(one: Sequence[str], other: Sequence[str]) -> float:
    return Indel.normalized_similarity(one, other)
