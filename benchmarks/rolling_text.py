"""How long the rolling text of one clause takes, and how many brackets come out.

    python -m benchmarks.rolling_text

Six parties each time. Prints characters of the base, brackets and seconds; nothing is asserted.
"""

from __future__ import annotations

import random
import time
from collections.abc import Mapping

from kenesh.drafting import compile_clause

WORDS = "the of and violence condemned in order public peace security , . stability region support".split()  # noqa: SIM905


def edited(base: str, times: int, chance: random.Random) -> str:
    row = base.split(" ")
    for _ in range(times):
        at = chance.randrange(len(row))
        row[at : at + chance.choice((0, 1, 2))] = [
            chance.choice(WORDS) for _ in range(chance.choice((0, 1, 2)))
        ]
    return " ".join(row)


def cases() -> Mapping[str, tuple[str, list[str]]]:
    chance = random.Random(3)
    prose = " ".join(chance.choice(WORDS) for _ in range(3500))[:20_000]
    marks = ["".join(chance.choice(",.;") for _ in range(20_000)) for _ in range(7)]
    return {
        "a clause, few edits": (prose[:600], [edited(prose[:600], 4, chance) for _ in range(6)]),
        "20,000 characters, 20 edits": (prose, [edited(prose, 20, chance) for _ in range(6)]),
        "20,000 characters, 600 edits": (prose, [edited(prose, 600, chance) for _ in range(6)]),
        "one word again and again": ("a " * 10_000, ["a " * (5_000 + n * 700) for n in range(6)]),
        "random marks (worst known)": (marks[0], marks[1:]),
    }


def main() -> None:
    compile_clause("Welcomed it.", {})  # loads the lexicon
    for name, (base, texts) in cases().items():
        start = time.perf_counter()
        rolling = compile_clause(base, {f"P{n}": text for n, text in enumerate(texts)})
        took = time.perf_counter() - start
        print(f"{name:32} {len(base):6} characters {len(rolling.brackets):6} brackets {took:7.3f} s")


if __name__ == "__main__":
    main()
