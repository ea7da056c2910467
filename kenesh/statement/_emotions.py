"""A small grammar for what no table can list: express + its + adjective + noun, and verb + with + noun.

"Expressed their deep and continued concern", "Conveys once again its warm thanks", "Noting with utmost
dismay". The noun gives the act and a base strength, the strongest adjective raises it, never above 7.
Source: the ladders of the classes in `data/phrases.tsv`, which the weights below continue (concern 2,
serious 3, deep 4, grave 5, gravest 6).
"""

from __future__ import annotations

from dataclasses import dataclass

from kenesh.statement._words import POSSESSIVE, Words

NOUNS: dict[str, tuple[str, int]] = {
    "concern": ("concern", 2), "concerns": ("concern", 2), "alarm": ("concern", 6), "worry": ("concern", 2),
    "anxiety": ("concern", 2), "support": ("supports", 3), "solidarity": ("supports", 4),
    "understanding": ("supports", 1), "backing": ("supports", 3), "appreciation": ("thanks", 3),
    "gratitude": ("thanks", 4), "thanks": ("thanks", 4), "satisfaction": ("welcomes", 4),
    "pleasure": ("welcomes", 4), "condolences": ("condoles", 4), "condolence": ("condoles", 4),
    "sympathy": ("condoles", 3), "sympathies": ("condoles", 3), "sorrow": ("condoles", 4),
    "regret": ("regrets", 2), "disappointment": ("regrets", 2), "dismay": ("regrets", 3),
    "condemnation": ("condemns", 4), "outrage": ("condemns", 4), "indignation": ("condemns", 4),
    "opposition": ("rejects", 3), "rejection": ("rejects", 4), "hope": ("hopes", 2), "wish": ("hopes", 2),
    "desire": ("hopes", 3), "expectation": ("hopes", 5), "conviction": ("affirms", 4),
    "confidence": ("affirms", 4), "belief": ("affirms", 2), "respect": ("affirms", 3),
    "adherence": ("affirms", 4), "commitment": ("commits", 4), "determination": ("commits", 6),
    "resolve": ("commits", 6), "readiness": ("commits", 2), "willingness": ("commits", 2),
    "intention": ("commits", 1), "congratulations": ("commends", 5), "admiration": ("commends", 5),
    "request": ("requests", 3), "appeal": ("requests", 4), "call": ("requests", 5),
    "invitation": ("encourages", 4), "interest": ("notes", 2),
}  # fmt: skip

ADJECTIVES: dict[str, int] = {
    "continued": 1, "continuing": 1, "serious": 1, "particular": 1, "sincere": 1, "warm": 1, "strong": 2,
    "firm": 2, "deep": 2, "great": 2, "high": 1, "warmest": 2, "sincerest": 2, "grave": 3, "profound": 3,
    "heartfelt": 2, "extreme": 3, "full": 3, "strongest": 3, "deepest": 3, "highest": 2, "unreserved": 3,
    "gravest": 4, "utmost": 4, "unequivocal": 4, "unwavering": 4, "unconditional": 4, "categorical": 3,
    "solemn": 2, "common": 0, "shared": 0, "collective": 0, "joint": 0, "keen": 1, "unanimous": 1,
}  # fmt: skip

_VERBS = (
    "express",
    "convey",
    "extend",
    "voice",
    "reiterate",
    "reaffirm",
    "renew",
    "restate",
    "declare",
    "offer",
)
_AGAIN = frozenset({"reiterate", "reaffirm", "renew", "restate"})
_WITH = frozenset({"note", "take note", "recall", "acknowledge", "recognize", "observe", "learn", "receive"})


def _forms(verb: str) -> dict[str, str]:
    stem = verb[:-1] if verb.endswith("e") else verb
    es = "es" if verb.endswith("s") else "s"
    return {
        verb: "first-plural",
        verb + es: "third-present",
        stem + "ed": "third-past",
        stem + "ing": "participle",
    }


_FORMS = {form: (verb, style) for verb in _VERBS for form, style in _forms(verb).items()}


@dataclass(frozen=True, slots=True)
class Feeling:
    """What the grammar found: words `start` to `end` (not included)."""

    end: int
    lemma: str
    act: str
    strength: int
    style: str


def expressed(words: Words, at: int) -> Feeling | None:
    """The phrase that starts with a verb of expression at word `at`, None where there is none."""
    if at >= len(words) or words.folded[at] not in _FORMS:
        return None
    verb, style = _FORMS[words.folded[at]]
    index = at + 1
    while index < len(words) and words.folded[index] in ("also", "further", "once", "again"):
        index += 1
    if index < len(words) and words.folded[index] == POSSESSIVE:
        index += 1
    found = _noun(words, index)
    if found is None or not words.joined(at + 1):
        return None
    end, noun, act, strength = found
    return Feeling(end, f"{verb} {noun}", act, min(7, strength + (verb in _AGAIN)), style)


def with_feeling(words: Words, at: int, lemma: str, act: str, style: str) -> Feeling | None:
    """The rest "with ADJ NOUN" after a neutral verb that ends before word `at`."""
    if lemma not in _WITH or at >= len(words) or words.folded[at] != "with":
        return None
    found = _noun(words, at + 1)
    if found is None:
        return None
    end, noun, noun_act, strength = found
    if noun_act in ("concern", "regrets", "condemns"):
        return Feeling(end, f"{lemma} with {noun}", noun_act, max(1, strength - 1), style)
    return Feeling(end, f"{lemma} with {noun}", act, 4, style)


def _noun(words: Words, at: int) -> tuple[int, str, str, int] | None:
    """Adjectives and a noun from word `at`; a second noun after "and" belongs to it."""
    index, raised = at, 0
    while index < len(words) and (words.folded[index] in ADJECTIVES or words.folded[index] == "and"):
        if not words.joined(index):
            return None
        raised = max(raised, ADJECTIVES.get(words.folded[index], 0))
        index += 1
    if index >= len(words) or words.folded[index] not in NOUNS or not words.joined(index):
        return None
    noun = words.folded[index]
    act, base = NOUNS[noun]
    return _and_noun(words, index + 1), noun, act, min(7, base + raised)


def _and_noun(words: Words, at: int) -> int:
    """The end of "and solidarity" after a noun, `at` where nothing of the kind stands there."""
    index = at
    if index < len(words) and words.folded[index] == "and" and words.joined(index):
        index += 1
        while index < len(words) and words.folded[index] in ADJECTIVES and words.joined(index):
            index += 1
        if index < len(words) and words.folded[index] in NOUNS and words.joined(index):
            return index + 1
    return at
