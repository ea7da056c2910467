"""Where one party's text differs from the base: hunks, each a place in the base and words of the version.

Places are counted in atoms, so that a place *between* two words is a place like any other: a base of n units
has 2n + 1 atoms, atom 2k is the slot before unit k and atom 2k + 1 is unit k. A hunk covers atoms `a` to `b`
(not included) of the base and units `x` to `y` (not included) of the version:

    an insertion before unit k      [2k, 2k + 1)
    units i to j, changed or gone   [2i + 1, 2j)
    the whole clause gone           [0, 2n + 1)

Two hunks then either are apart, lie inside one another, are at the same place, or cross: no special cases.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel

from kenesh.drafting.units import CONJUNCTIONS, bare, is_light

Tokens = tuple[str, ...]

_REWRITE = 3  # units: two changes at least this long are a rewriting, and its small gaps say little
_STOPS = frozenset('.;:()[]{}«»“”"')  # a gap with one of these divides thoughts: it is never closed
_ANOTHER = 4  # of the weighty units fewer than one in four is kept: it is another text, not an edit

_MOST = 1_000  # changes of one party that anybody could read; 20,000 random marks would give 5,000 and 8 s


class Hunk(NamedTuple):
    a: int
    b: int
    x: int
    y: int

    @property
    def taken(self) -> int:
        """Units of the base that the hunk covers."""
        return span_units(self.a, self.b)

    @property
    def given(self) -> int:
        """Units of the version that stand there instead."""
        return self.y - self.x


def span_units(a: int, b: int) -> int:
    """How many units lie within atoms `a` to `b`."""
    return b // 2 - a // 2


def hunks_of(base: Tokens, version: Tokens) -> list[Hunk]:
    """The fewest units changed, each change slid to where a phrase begins. Equal texts have no hunks."""
    if not version and base:
        return [Hunk(0, 2 * len(base) + 1, 0, 0)]
    ids: dict[str, int] = {}
    left, right = ([ids.setdefault(t, len(ids)) for t in row] for row in (base, version))
    raw: list[list[int]] = []
    for op in Indel.opcodes(left, right):
        if op.tag == "equal":
            continue
        if raw and raw[-1][1] == op.src_start and raw[-1][3] == op.dest_start:
            raw[-1][1], raw[-1][3] = op.src_end, op.dest_end
        else:
            raw.append([op.src_start, op.src_end, op.dest_start, op.dest_end])
    if len(raw) > _MOST or (len(raw) > 2 and _is_another(base, version, raw)):
        raw = [[raw[0][0], raw[-1][1], raw[0][2], raw[-1][3]]]
    _slide(base, version, raw)
    return [_hunk(i, j, x, y) for i, j, x, y in raw]


def _is_another(base: Tokens, version: Tokens, raw: list[list[int]]) -> bool:
    """Whether so little weighty is kept between the first and the last change that its words are chance."""
    old = sum(not is_light(t) for t in base[raw[0][0] : raw[-1][1]])
    new = sum(not is_light(t) for t in version[raw[0][2] : raw[-1][3]])
    kept = old - sum(not is_light(t) for i, j, _, _ in raw for t in base[i:j])
    return kept * _ANOTHER < min(old, new)


def _hunk(i: int, j: int, x: int, y: int) -> Hunk:
    return Hunk(2 * i, 2 * i + 1, x, y) if i == j else Hunk(2 * i + 1, 2 * j, x, y)


def _slide(base: Tokens, version: Tokens, raw: list[list[int]]) -> None:
    """Move each pure insertion or deletion, among the places that say the same, to the best reading one."""
    for n, (i, j, x, y) in enumerate(raw):
        if i < j and x < y:
            continue
        row, start, end = (version, x, y) if i == j else (base, i, j)
        low = start - (i - raw[n - 1][1] - 1 if n else min(i, x))
        room = raw[n + 1][0] - j - 1 if n + 1 < len(raw) else min(len(base) - j, len(version) - y)
        by = _best_slide(row, start, end, max(low, 0), start + max(room, 0))
        raw[n] = [i + by, j + by, x + by, y + by]


def _best_slide(row: Tokens, start: int, end: int, low: int, high: int) -> int:
    """How far to move the window [start, end) of equal meaning: to a comma, a conjunction, else leftmost."""
    first, last = start, start
    while first > low and row[first - 1] == row[first - 1 + end - start]:
        first -= 1
    while last < high and last + end - start < len(row) and row[last] == row[last + end - start]:
        last += 1
    best = max(range(first, min(last, first + 200) + 1), key=lambda at: (_opens(row[at]), -at))
    return best - start


def _opens(token: str) -> int:
    """How well a phrase can begin with this token."""
    word = bare(token).casefold()
    return 3 if word in {",", ";"} else 2 if word in CONJUNCTIONS else 0


class Edited(NamedTuple):
    """A party's version and its hunks, in order of place."""

    version: Tokens
    hunks: list[Hunk]


def settle(base: Tokens, parties: Mapping[str, Edited]) -> dict[str, list[Hunk]]:
    """The hunks of all parties, made to fit beside one another. The order of the parties does not matter.

    1. An insertion that another party makes too, as the beginning or end of a larger change at the same
       place, is split from that change: equal proposals are one alternative.
    2. A change that shares words with somebody's insertion beside it takes that place in: accepting the
       one must not double the words of the other.
    3. Small gaps are closed where nobody else touches them.
    """
    inserted: dict[int, set[Tokens]] = {}
    for party in parties.values():
        for h in party.hunks:
            if h.taken == 0:
                inserted.setdefault(h.a, set()).add(party.version[h.x : h.y])
    ready = {
        name: Edited(p.version, [part for h in p.hunks for part in _split(h, p.version, inserted)])
        for name, p in parties.items()
    }
    ready = {name: Edited(p.version, _reach(p, inserted)) for name, p in ready.items()}
    return _close_gaps(base, ready)


def _split(hunk: Hunk, version: Tokens, inserted: Mapping[int, set[Tokens]]) -> list[Hunk]:
    a, b, x, y = hunk
    if hunk.taken == 0 or hunk.given < 2 or a % 2 == 0:
        return [hunk]
    before = max((len(t) for t in inserted.get(a - 1, ()) if _begins(version, x, y, t)), default=0)
    x += before
    after = max((len(t) for t in inserted.get(b, ()) if _ends(version, x, y, t)), default=0)
    y -= after
    parts = [Hunk(a - 1, a, hunk.x, x)] if before else []
    parts.append(Hunk(a, b, x, y))
    return [*parts, Hunk(b, b + 1, y, hunk.y)] if after else parts


def _begins(version: Tokens, x: int, y: int, words: Tokens) -> bool:
    return len(words) < y - x and version[x : x + len(words)] == words


def _ends(version: Tokens, x: int, y: int, words: Tokens) -> bool:
    return len(words) < y - x and version[y - len(words) : y] == words


def _reach(party: Edited, inserted: Mapping[int, set[Tokens]]) -> list[Hunk]:
    own = {h.a for h in party.hunks if h.taken == 0}
    out = []
    for h in party.hunks:
        a, b = h.a, h.b
        if h.taken and h.given and a % 2:
            words = {t for t in party.version[h.x : h.y] if not is_light(t)}
            shared = {s for s in (a - 1, b) if s not in own for t in inserted.get(s, ()) if words & set(t)}
            a, b = (a - 1 if a - 1 in shared else a), (b + 1 if b in shared else b)
        out.append(Hunk(a, b, h.x, h.y))
    return out


def _close_gaps(base: Tokens, parties: Mapping[str, Edited]) -> dict[str, list[Hunk]]:
    """Join two changes of a party over a small gap, where nobody else says something else."""
    wanted: Counter[tuple[int, int, int, int]] = Counter()
    for p in parties.values():
        for g, h in zip(p.hunks, p.hunks[1:], strict=False):
            if _gap_says_little(base, g, h):
                wanted[g.a, g.b, h.a, h.b] += 1
    places = {name: [(h.a, h.b) for h in p.hunks] for name, p in parties.items()}
    closed = {
        pair
        for pair, count in wanted.items()
        if sum(_undisturbed(spans, pair) for spans in places.values()) == len(parties)
        and sum(_has_pair(spans, pair) for spans in places.values()) == count
    }
    return {name: _joined_hunks(p.hunks, closed) for name, p in parties.items()}


def _gap_says_little(base: Tokens, g: Hunk, h: Hunk) -> bool:
    gap = base[g.b // 2 : h.a // 2]
    if not gap or not (g.taken and g.given and h.taken and h.given) or _STOPS & set(gap):
        return False
    rewriting = min(max(g.taken, g.given), max(h.taken, h.given)) >= _REWRITE
    if len(gap) == 1:
        return rewriting or is_light(gap[0])
    return rewriting and len(gap) <= _REWRITE and all(map(is_light, gap))


def _has_pair(spans: Sequence[tuple[int, int]], pair: tuple[int, int, int, int]) -> bool:
    n = bisect_left(spans, pair[:2])
    return n + 1 < len(spans) and (*spans[n], *spans[n + 1]) == pair


def _undisturbed(spans: Sequence[tuple[int, int]], pair: tuple[int, int, int, int]) -> bool:
    """Whether a party has nothing at these places, the same pair of hunks, or one hunk around them all."""
    if _has_pair(spans, pair):
        return True
    a, b = pair[0], pair[3]
    last = bisect_right(spans, (b, -1)) - 1  # the last hunk that starts before b
    return last < 0 or spans[last][1] <= a or (spans[last][0] <= a and b <= spans[last][1])


def _joined_hunks(hunks: Sequence[Hunk], closed: set[tuple[int, int, int, int]]) -> list[Hunk]:
    out: list[Hunk] = []
    for n, h in enumerate(hunks):
        if n and (hunks[n - 1].a, hunks[n - 1].b, h.a, h.b) in closed:
            out[-1] = Hunk(out[-1].a, h.b, out[-1].x, h.y)
        else:
            out.append(h)
    return out
