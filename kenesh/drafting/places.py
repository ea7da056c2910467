"""The places of brackets: hunks of all parties brought into one family in which no two places cross.

Invariants
* Two places of a family are apart or one lies inside the other; equal places are one bracket.
* Only hunks that cross are united. A hunk inside another keeps its own place there.
* No first and no last unit is common to the base and all other alternatives at a place.
* A party has one alternative at a place, or none: then it has the base there, with its smaller changes.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from kenesh.drafting.hunks import Edited, Hunk, Tokens, span_units

Place = tuple[int, int]  # atoms, see `hunks`
WHOLE: Place = (-1, -1)


def family(base: Tokens, parties: Mapping[str, Edited]) -> tuple[list[Place], dict[str, list[Hunk]]]:
    """All places, outer before inner, left before right, and each party's hunks at exactly these places."""
    current = dict(parties)
    while True:
        places = laminar(h[:2] for p in current.values() for h in p.hunks)
        united = {name: Edited(p.version, _absorb(p, places)) for name, p in current.items()}
        shrunk = _shrink(base, united)
        if all(shrunk[name].hunks == p.hunks for name, p in current.items()):
            return places, {name: p.hunks for name, p in shrunk.items()}
        current = shrunk


def laminar(spans: Iterable[Place]) -> list[Place]:
    """The smallest growth of `spans` in which nothing crosses, in one sweep from left to right."""
    made: list[list[int]] = []
    around: list[list[int]] = []  # those that reach beyond the sweep, outer first
    for a, b in sorted(set(spans), key=lambda s: (s[0], -s[1])):
        while around and around[-1][1] <= a:
            around.pop()
        crossing = [s for s in around if s[0] < a and s[1] < b]
        if crossing:
            crossing[0][1] = b  # the outermost grows; what it crossed stays inside
            continue
        around.append([a, b])
        made.append(around[-1])
    return sorted({(a, b) for a, b in made}, key=lambda s: (s[0], -s[1]))


def _absorb(party: Edited, places: Sequence[Place]) -> list[Hunk]:
    """One hunk for each outermost place at which the party has something to say."""
    starts = [h.a for h in party.hunks]
    out: list[Hunk] = []
    for a, b in sorted(set(_homes(party.hunks, places)), key=lambda s: (s[0], -s[1])):
        if out and b <= out[-1].b:
            continue
        first, last = bisect_left(starts, a), bisect_left(starts, b)
        g, h = party.hunks[first], party.hunks[last - 1]
        out.append(Hunk(a, b, g.x - span_units(a, g.a), h.y + span_units(h.b, b)))
    return out


def _homes(hunks: Sequence[Hunk], places: Sequence[Place]) -> list[Place]:
    """For each hunk the smallest place around it."""
    homes: list[Place] = []
    around: list[Place] = []
    at = 0
    for h in hunks:
        while at < len(places) and (places[at][0], -places[at][1]) <= (h.a, -h.b):
            while around and around[-1][1] <= places[at][0]:
                around.pop()
            around.append(places[at])
            at += 1
        homes.append(next(s for s in reversed(around) if s[0] <= h.a and h.b <= s[1]))
    return homes


def _shrink(base: Tokens, parties: Mapping[str, Edited]) -> dict[str, Edited]:
    """Let go of the units that all alternatives at a place begin or end with."""
    said: dict[Place, set[Tokens]] = {}
    for p in parties.values():
        for h in p.hunks:
            said.setdefault((h.a, h.b), set()).add(p.version[h.x : h.y])
    inner = children(said)
    cuts = {}
    for place, rows in said.items():
        rows.discard(base[place[0] // 2 : place[1] // 2])
        cuts[place] = _cut(base, place, rows, inner[place])
    return {
        name: Edited(p.version, [cut for h in p.hunks for cut in _cut_hunk(base, h, p.version, cuts)])
        for name, p in parties.items()
    }


def _cut_hunk(
    base: Tokens, hunk: Hunk, version: Tokens, cuts: Mapping[Place, tuple[Place, int, int]]
) -> list[Hunk]:
    if version[hunk.x : hunk.y] == base[hunk.a // 2 : hunk.b // 2]:
        return []
    (a, b), front, back = cuts[hunk.a, hunk.b]
    return [Hunk(a, b, hunk.x + front, hunk.y - back)]


def _cut(base: Tokens, place: Place, said: set[Tokens], inner: Sequence[Place]) -> tuple[Place, int, int]:
    """The place without common units at its edges, and how many fell at the start and at the end."""
    i, j = place[0] // 2, place[1] // 2
    rows = [base[i:j], *said]
    front = _common(rows)
    while front and any(s <= 2 * (i + front) < e - 1 for s, e in inner):
        front -= 1
    back = _common([row[front:][::-1] for row in rows])
    while back and any(s < 2 * (j - back) < e for s, e in inner):
        back -= 1
    a = 2 * (i + front) + 1 if front else place[0]
    b = 2 * (j - back) if back else place[1]
    if i + front == j - back:  # no unit of the base is left: an insertion
        return (2 * (i + front), 2 * (i + front) + 1), front, back
    if a % 2 == 0 and not any(s == a for s, _ in inner):
        a += 1
    if b % 2 and not any(e == b for _, e in inner):
        b -= 1
    return (a, b), front, back


def _common(rows: Sequence[Tokens]) -> int:
    """How many units all rows begin with."""
    low, high = min(rows), max(rows)
    return next(
        (n for n, (s, t) in enumerate(zip(low, high, strict=False)) if s != t), min(len(low), len(high))
    )


def children(places: Iterable[Place]) -> dict[Place, list[Place]]:
    """For each place those directly inside it, left to right; the whole text is (-1, -1)."""
    found: dict[Place, list[Place]] = {WHOLE: []}
    around: list[Place] = []
    for place in sorted(places, key=lambda s: (s[0], -s[1])):
        while around and around[-1][1] <= place[0]:
            around.pop()
        found[around[-1] if around else WHOLE].append(place)
        found[place] = []
        around.append(place)
    return found
