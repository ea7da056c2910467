"""The table of leading phrases as a tree of words.

`data/phrases.tsv` has one row per form; rows of one lemma stand together, in the order of `STYLES`. A lemma
is the bare verb without possessive: "convey condolences". Participles that the table lacks are made from
the bare form ("Conveying their condolences"), so that every operative phrase can stand in a preamble.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from kenesh.statement._words import POSSESSIVE, REFLEXIVE, Words

STYLES = ("participle", "third-present", "third-past", "first-plural", "first-plural-past", "infinitive")
BARE = frozenset({"first-plural", "infinitive"})

# A branch of the tree: the next folded word leads on, "" holds the entries that end here.
Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """One meaning of one form."""

    lemma: str
    act: str
    strength: int
    style: str


@dataclass(frozen=True, slots=True)
class _Row:
    phrase: str
    act: str
    strength: int
    style: str


@cache
def tree() -> Node:
    """The phrases of the packaged table, read once; about 25 ms."""
    root: Node = {}
    for group in _groups(_rows()):
        lemma = _lemma(group)
        for row in group:
            _add(root, _bare_words(row), Entry(lemma, row.act, row.strength, row.style))
        made = _participle(group)
        if made:
            _add(root, made, Entry(lemma, group[0].act, group[0].strength, "participle"))
    return root


def _rows() -> Iterator[_Row]:
    table = resources.files("kenesh.statement").joinpath("data/phrases.tsv").read_text("utf-8")
    for line in table.splitlines()[1:]:
        phrase, _part, act, strength, style = line.split("\t")
        yield _Row(phrase, act, int(strength), style)


def _groups(rows: Iterable[_Row]) -> Iterator[list[_Row]]:
    group: list[_Row] = []
    for row in rows:
        last = group[-1] if group else None
        if last is not None and (
            STYLES.index(row.style) <= STYLES.index(last.style)
            or (row.act, row.strength) != (last.act, last.strength)
        ):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _bare_words(row: _Row) -> tuple[str, ...]:
    """The folded words of a form without the "We" or "To" before it."""
    words = Words.of(row.phrase).folded
    return words[1:] if words[0] in ("we", "to") else words


def _lemma(group: list[_Row]) -> str:
    best = next((r for r in group if r.style == "first-plural"), group[0])
    words = [w for w in _bare_words(best) if w != POSSESSIVE]
    words = ["oneself" if w == REFLEXIVE else w for w in words]
    if words[0] in ("is", "are", "were", "be"):
        return " ".join(["be", *words[1:]])
    if best.style == "third-present":
        words[0] = _without_s(words[0])
    elif best.style == "participle" and words[0].endswith("ing") and words[0] != "having":
        words[0] = words[0].removesuffix("ing")
    return " ".join(words)


def _without_s(word: str) -> str:
    return word[:-1] if word.endswith("s") else word


def _participle(group: list[_Row]) -> tuple[str, ...]:
    """The participle of a verb that the table gives only in finite forms, empty where it has one."""
    bare = next((r for r in group if r.style == "first-plural"), None)
    if bare is None or group[0].style == "participle":
        return ()
    words = list(_bare_words(bare))
    at = next((i for i, word in enumerate(words) if not word.endswith("ly") and word != "once"), 0)
    words[at] = _ing(words[at])
    return tuple(words)


def _ing(verb: str) -> str:
    if verb.endswith("e") and not verb.endswith(("ee", "ye", "oe")):
        return verb[:-1] + "ing"
    if verb in ("commit", "transmit", "concur", "refer"):
        return verb + verb[-1] + "ing"
    return verb + "ing"


def _add(root: Node, words: tuple[str, ...], entry: Entry) -> None:
    node = root
    for word in words:
        node = node.setdefault(word, {})
    entries: tuple[Entry, ...] = node.get("", ())
    if entry not in entries:
        node[""] = (*entries, entry)
