"""How fast, and how truly, the register finds a clause: the index beside a scan of every clause.

The clauses are those of the United Nations' resolutions (KENESH_SHARED/corpus/scale, 99,152 of them), and
where they are absent those of the demo's texts. Asked are, of clauses taken at even steps: the whole clause,
its second half, and the clause with every seventh word replaced. Found means that the first answer is the
clause or one that holds the same words. The peer is rapidfuzz's `partial_ratio` over all clauses that are
long enough to hold the question.

    python benchmarks/precedents.py [--short]
"""

from __future__ import annotations

import gzip
import json
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from importlib.resources import files
from itertools import groupby
from pathlib import Path

from rapidfuzz import fuzz, process

from kenesh.register import Entry, Index
from kenesh.register.words import words
from kenesh.statement.model import BodyRef, Clause, MeetingRef, Statement

SHARED = Path(os.environ.get("KENESH_SHARED", Path(__file__).parents[2] / "shared"))
CORPUS = SHARED / "corpus/scale/un_en_clauses.jsonl.gz"
PATIENCE = 40.0  # seconds for one kind of question; a scan that takes longer answers fewer
MIN_WORDS = 12  # shorter clauses are formulas that a hundred texts share


def records(limit: int) -> list[dict[str, str]]:
    if not CORPUS.is_file():
        return demo_records()
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line, _ in zip(lines, range(limit), strict=False)]


def demo_records() -> list[dict[str, str]]:
    folder = files("kenesh.demo") / "data" / "texts"
    return [
        {"symbol": f.name, "date": f.name[:10], "body": "mc-cfm", "text": line}
        for f in sorted(folder.iterdir(), key=lambda f: f.name)
        for line in f.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]


def entries(found: Iterable[dict[str, str]]) -> Iterable[Entry]:
    for nth, (symbol, group) in enumerate(groupby(found, key=lambda r: r["symbol"])):
        rows = list(group)
        clauses = tuple(Clause(id=str(i), kind="operative", text=r["text"]) for i, r in enumerate(rows))
        statement = Statement(
            kind="resolution",
            title=symbol,
            body=BodyRef(name=rows[0]["body"]),
            meeting=MeetingRef(start=rows[0]["date"]),
            clauses=clauses,
        )
        yield Entry(id=f"{nth}-{symbol}", statement=statement, origin="added")


def folded(text: str) -> str:
    return " ".join(word.folded for word in words(text))


def questions(text: str) -> dict[str, str]:
    parts = text.split()
    changed = [("otherwise" if n % 7 == 3 else part) for n, part in enumerate(parts)]
    return {
        "whole clause": text,
        "second half": " ".join(parts[len(parts) // 2 :]),
        "every 7th word changed": " ".join(changed),
    }


def run(ask: Callable[[str], str | None], asked: list[tuple[str, str]]) -> tuple[list[float], list[bool]]:
    """Milliseconds and whether it was found, for each (question, target), until PATIENCE ends."""
    times: list[float] = []
    hits: list[bool] = []
    for question, target in asked:
        if sum(times) > PATIENCE * 1000:
            break
        begun = time.perf_counter()
        answer = ask(question)
        times.append((time.perf_counter() - begun) * 1000)
        same = answer is not None and (folded(answer) == folded(target) or folded(question) in folded(answer))
        hits.append(same)
    return times, hits


def report(name: str, times: list[float], hits: list[bool]) -> None:
    ordered = sorted(times)
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    share = f"{sum(hits)}/{len(hits)}"
    print(f"  {name:28} p50 {statistics.median(times):9.2f} ms   p95 {p95:9.2f} ms   recall@1 {share}")


def main() -> None:
    short = "--short" in sys.argv
    found = records(5_000 if short else 1_000_000)
    rare = [r["text"] for r in found if len(r["text"].split()) >= MIN_WORDS]
    sample = 10 if short else 40
    chosen = rare[:: max(1, len(rare) // sample)][:sample]
    with tempfile.TemporaryDirectory() as folder, Index.open(Path(folder)) as index:
        begun = time.perf_counter()
        for seq, entry in enumerate(entries(found)):
            index.add(seq, entry)
        index.commit()
        built = time.perf_counter() - begun
        size = sum(f.stat().st_size for f in Path(folder).iterdir()) / 1e6
        print(f"{len(found):,} clauses; index filled in {built:.1f} s, {size:.0f} MB on disk")
        compare(index, [r["text"] for r in found], chosen)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB (index and scan together)")


def compare(index: Index, texts: list[str], chosen: list[str]) -> None:
    flat = [folded(text) for text in texts]

    def by_index(question: str) -> str | None:
        answers = index.search(question, limit=10)
        return answers[0].text if answers else None

    def by_scan(question: str) -> str | None:
        asked = folded(question)
        fit = [
            n for n, text in enumerate(flat) if len(text) >= 0.9 * len(asked)
        ]  # a shorter one is no answer
        best = process.extractOne(asked, {n: flat[n] for n in fit}, scorer=fuzz.partial_ratio)
        return texts[best[2]] if best else None

    for kind in questions("a b"):
        asked = [(questions(text)[kind], text) for text in chosen]
        print(f"{kind} ({len(asked)} questions)")
        ours, our_hits = run(by_index, asked)
        scan, scan_hits = run(by_scan, asked)
        report("kenesh.register (tantivy)", ours, our_hits)
        report("rapidfuzz scan", scan, scan_hits)
        pairs = list(zip(our_hits, scan_hits, strict=False))  # those that both had the time to answer
        gained, lost = pairs.count((True, False)), pairs.count((False, True))
        print(f"  of {len(pairs)} that both answered: gained {gained}, lost {lost} against the scan")


if __name__ == "__main__":
    main()
