"""The words by which a clause acts, found in its text.

    Lexicon.english().phrases("Conveyed their condolences ... and wished a speedy recovery", "operative")
    -> "Conveyed their condolences" (condoles, 4), "wished a speedy recovery" (condoles, 3)

Invariants
* The longest phrase wins; act and strength come from the table, else from the small grammar beside it.
* Spans count characters of the text as given. Equal text and kind give equal phrases.
* All work is linear in the text.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from kenesh.statement._emotions import expressed, with_feeling
from kenesh.statement._phrase_table import BARE, Entry, Node, tree
from kenesh.statement._words import POSSESSIVE, Words
from kenesh.statement.model import ClauseKind, LeadingPhrase

MODIFIERS = frozenset({"also", "further", "again"})
_SPELLED = (("once", "again"), ("once", "more"))
# Phrases that may stand between a conjunction and its verb.
_ASIDES = (
    ("in", "this", "regard"), ("in", "that", "regard"), ("in", "this", "context"), ("in", "this", "respect"),
    ("in", "this", "connection"), ("to", "this", "end"), ("at", "the", "same", "time"), ("accordingly",),
    ("therefore",), ("hereby",), ("inter", "alia"), ("in", "particular"),
)  # fmt: skip
INTENSIFIERS: dict[str, int] = {
    "strongly": 1, "firmly": 1, "deeply": 1, "warmly": 1, "highly": 1, "fully": 1, "urgently": 1,
    "seriously": 1, "particularly": 1, "gravely": 2, "profoundly": 2, "solemnly": 1, "categorically": 2,
    "unequivocally": 2, "vehemently": 2, "resolutely": 1, "sincerely": 1, "utterly": 2, "unreservedly": 2,
    "especially": 0,
}  # fmt: skip
_FINITE = frozenset({"third-present", "third-past", "first-plural-past"})
_SUBJECT_REACH = 30  # words before the verb of "The Ministers of Foreign Affairs of ... reaffirmed"
_SUBJECT_TEXT = """
the of and for to on in at by both two three all other these this their its each meeting council sides
side members member ministers minister leaders heads state states government governments countries
country parties party delegations participants conference committee assembly commission summit president
they we have has had also further again once as well being first second third general representatives
foreign regard context he she it
"""
_SUBJECT_WORDS = frozenset(_SUBJECT_TEXT.split())


@dataclass(frozen=True, slots=True)
class _Match:
    """Words `start` to `end` (not included) and what they mean; one entry per style of the form."""

    start: int
    end: int
    entries: tuple[Entry, ...]
    modifier: str | None = None
    raised: int = 0

    @property
    def styles(self) -> frozenset[str]:
        return frozenset(entry.style for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Lead:
    """How a text begins: the phrase, the styles its form can have, and the words of a subject before it."""

    phrase: LeadingPhrase
    styles: frozenset[str]
    subject: str


class Lexicon:
    """Leading phrases of one language."""

    def __init__(self, root: Node) -> None:
        self._root = root

    @classmethod
    def english(cls) -> Lexicon:
        """The packaged English table, loaded at the first use and kept."""
        return _english()

    def phrases(self, text: str, kind: ClauseKind, *, style: str | None = None) -> tuple[LeadingPhrase, ...]:
        """All phrases by which `text` acts, the leading one first, in the order of the text.

        Args:
            text: the text of one clause, without its number.
            kind: headings, formulas and closing lines have no phrases.
            style: one of the six person styles where it is known; else any is taken.
        """
        if kind in ("heading", "formula", "closing"):
            return ()
        words = Words.of(text)
        first = self._lead(words, style)
        if first is None:
            return ()
        found = [first, *self._later(words, first)]
        return tuple(_phrase(words, match) for match in found)

    def lead(self, text: str, *, style: str | None = None) -> Lead | None:
        """How `text` begins, None where it does not begin with an act."""
        words = Words.of(text[:2000])
        match = self._lead(words, style)
        if match is None:
            return None
        phrase = _phrase(words, match)
        return Lead(phrase, match.styles, text[: phrase.span[0]].strip())

    def lead_unit(self, text: str) -> int:
        """The number of characters of the leading phrase at the start of `text`, 0 if there is none.

        "We" or "To" before the verb belongs to the unit.
        """
        lead = self.lead(text)
        if lead is None or lead.subject.lower() not in ("", "we", "to"):
            return 0
        return lead.phrase.span[1]

    def _lead(self, words: Words, style: str | None) -> _Match | None:
        if not len(words):
            return None
        start = _after_asides(words, 0)
        direct = self._at(words, start)
        if direct is not None and _fits(direct, style):
            return direct
        return self._after_subject(words, 0, style)

    def _after_subject(self, words: Words, start: int, style: str | None) -> _Match | None:
        """The first finite verb after a subject: "The Ministers reaffirmed", "We reaffirm"."""
        folded = words.folded
        plural = folded[start] == "we"
        infinitive = folded[start] == "to"
        for index in range(start, min(len(words), start + _SUBJECT_REACH)):
            if index > start:
                match = self._at(words, index)
                if match is not None and _agrees(match, plural, infinitive, style):
                    return match
            if not _in_subject(words, index) or (index > start and "." in words.gap(index).strip()):
                return None
        return None

    def _later(self, words: Words, first: _Match) -> list[_Match]:
        """Phrases of the same person style after "and", a comma or a new sentence."""
        styles = first.styles
        found: list[_Match] = []
        index = first.end
        while index < len(words):
            match = self._joined_at(words, index, styles)
            if match is None:
                index += 1
                continue
            found.append(match)
            index = max(match.end, index + 1)
        return found

    def _joined_at(self, words: Words, index: int, styles: frozenset[str]) -> _Match | None:
        gap = words.gap(index)
        if ". " in gap or ".” " in gap:
            match = self._after_subject(words, index, None)
            return match if match and match.styles & (styles | _FINITE | BARE) else None
        if words.folded[index - 1] != "and" and "," not in gap and ";" not in gap:
            return None
        match = self._at(words, _after_asides(words, index))
        if match is None or not match.styles & styles:
            return None
        if words.text[words.spans[match.start][0]].isupper() and gap.isspace():
            return None  # "Members and Supports Unit": a name
        return match if _is_coordinate(words, index, match, styles) else None

    def _at(self, words: Words, start: int) -> _Match | None:
        """The longest phrase that starts at word `start`, after also/further and an adverb."""
        index, modifier, raised = start, None, 0
        while index < len(words):
            step, spelled = _modifier(words, index)
            if step:
                modifier = modifier or spelled
                index += step
            elif words.folded[index] in INTENSIFIERS and words.folded[index] not in self._root:
                raised = max(raised, INTENSIFIERS[words.folded[index]])
                index += 1
            else:
                break
        match = self._longest(words, index)
        if match is None and index > start and words.folded[start] in self._root:
            match = self._longest(words, start)
        if match is None and index < len(words) and words.folded[index] in INTENSIFIERS:
            raised = INTENSIFIERS[words.folded[index]]
            match = self._longest(words, index + 1)
        if match is None:
            return None
        return replace(match, start=start, modifier=match.modifier or modifier, raised=raised)

    def _longest(self, words: Words, start: int) -> _Match | None:
        best: _Match | None = None
        node, index, modifier = self._root, start, None
        while index < len(words) and (index == start or words.joined(index)):
            step, spelled = _modifier(words, index) if index > start else (0, None)
            word = words.folded[index]
            if word in node:
                node = node[word]
                index += 1
            elif step:
                modifier = modifier or spelled
                index += step
                if best is not None and best.end == index - step:
                    best = replace(best, end=index, modifier=modifier)
                continue
            else:
                break
            if "" in node:
                best = _Match(start, index, node[""], modifier)
        return _extended(words, start, best)


@cache
def _english() -> Lexicon:
    return Lexicon(tree())


def _extended(words: Words, start: int, best: _Match | None) -> _Match | None:
    """The grammar's reading where it reaches further than the table's."""
    feeling = expressed(words, start)
    if feeling is None and best is not None:
        entry = best.entries[0]
        feeling = with_feeling(words, best.end, entry.lemma, entry.act, entry.style)
    if feeling is None or (best is not None and best.end >= feeling.end):
        return best
    entry = Entry(feeling.lemma, feeling.act, feeling.strength, feeling.style)
    return _Match(start, feeling.end, (entry,), best.modifier if best else None)


def _modifier(words: Words, index: int) -> tuple[int, str | None]:
    """How many words a modifier at `index` takes, and its spelling."""
    if words.folded[index] in MODIFIERS:
        return 1, words.folded[index]
    pair = words.folded[index : index + 2]
    return (2, " ".join(pair)) if pair in _SPELLED else (0, None)


def _after_asides(words: Words, index: int) -> int:
    """The first word after "in this regard" and its like."""
    for aside in _ASIDES:
        if words.folded[index : index + len(aside)] == aside:
            return index + len(aside)
    return index


def _in_subject(words: Words, index: int) -> bool:
    word = words.text[slice(*words.spans[index])]
    return word[0].isupper() or words.folded[index] in _SUBJECT_WORDS or word[0].isdigit()


def _fits(match: _Match, style: str | None) -> bool:
    return style is None or style in match.styles


def _agrees(match: _Match, plural: bool, infinitive: bool, style: str | None) -> bool:
    if style is not None:
        return style in match.styles
    wanted = _FINITE | (BARE if plural or infinitive else frozenset())
    return bool(match.styles & wanted)


def _is_coordinate(words: Words, index: int, match: _Match, styles: frozenset[str]) -> bool:
    """Whether a phrase after a bare "and" goes on with the leading verb, not with a nearer one."""
    if index < 2 or words.folded[index - 1] != "and" or "," in words.gap(index - 1):
        return True
    nearer = words.folded[index - 2]
    if "participle" in styles:
        return not nearer.endswith("ing")
    if styles & {"third-past", "first-plural-past"}:
        return not nearer.endswith("ed")
    if styles & BARE and not styles & _FINITE:
        return match.end - match.start > 1
    return True


def _phrase(words: Words, match: _Match) -> LeadingPhrase:
    entry = match.entries[0]
    start, end = words.spans[match.start][0], words.spans[match.end - 1][1]
    inside = range(match.start, match.end)
    owned = next((i for i in inside if words.folded[i] == POSSESSIVE), None)
    return LeadingPhrase(
        text=words.text[start:end],
        lemma=entry.lemma,
        act=entry.act,
        strength=min(7, entry.strength + match.raised),
        span=(start, end),
        modifier=match.modifier,
        intensifier=_intensifier(words, match),
        possessive=None if owned is None else words.text[slice(*words.spans[owned])].lower(),
    )


def _intensifier(words: Words, match: _Match) -> str | None:
    for index in range(match.start, match.end):
        word = words.folded[index]
        if word in INTENSIFIERS:
            return word
        if word == "in" and words.folded[index + 1 : index + 3] == ("the", "strongest"):
            return words.text[words.spans[index][0] : words.spans[match.end - 1][1]].lower()
    return None


_CUT = frozenset({POSSESSIVE, "<itself>", "that", "it", "of", "by", "under"})
_CUT_TO_TEXT = "decide agree commit undertake resolve vow pledge drew draw call having appeal"
_CUT_TO = frozenset(_CUT_TO_TEXT.split())


def lead_words(phrase: LeadingPhrase) -> str:
    """The words of a phrase that an editor would set in italics: "Conveyed" of "Conveyed their condolences".

    The verb with its modifiers and feelings stays; possessive, article and what depends on it go.
    """
    words = Words.of(phrase.text)
    end = len(words)
    for index in range(1, len(words)):
        word = words.folded[index]
        before = words.folded[index - 1]
        if word in _CUT or (word == "the" and before != "in"):
            end = index
            break
        if word == "to" and phrase.lemma.split(" ")[0] in _CUT_TO:
            end = index
            break
    return phrase.text[: words.spans[end - 1][1]] if len(words) else phrase.text
