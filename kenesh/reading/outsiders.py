"""What is no statement of a council: speeches, letters, transcripts, fact sheets, treaties, noise.

The answer is a reason, or None. A text that several speak is a statement, whatever else it is called; the
signs are about who speaks and whether anything is said to be done, not about single titles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kenesh.statement.model import Clause

_JOINT = re.compile(
    r"\b(?:joint(?:ly)?|trilateral|bilateral)\b|communiqu[ée]|\bdeclaration\b|\bresolution\b|\bleaders?[’']?\s+statement|\bcouncil\b"
    r"|\bministers\b|\bdecision\b|\bconclusions\b",
    re.IGNORECASE,
)
_NAMED = (
    (
        re.compile(r"\btranscript\b|\bpress (?:gaggle|conference|briefing)\b|\binterview\b", re.IGNORECASE),
        "a transcript",
    ),
    (re.compile(r"\b(?:remarks|speech|address|toast) (?:by|of|to|at)\b", re.IGNORECASE), "a speech"),
    (re.compile(r"\breadout of\b", re.IGNORECASE), "one side's account of a conversation"),
    (
        re.compile(r"\b(?:approves|amends|signs|announces|nominates)\b", re.IGNORECASE),
        "news of one person's act",
    ),
)
_FACTS = re.compile(r"\bfact[ -]sheet\b", re.IGNORECASE)
_NEWS = re.compile(r"\b(?:approves|amends|signs|announces|nominates|vetoes)\b", re.IGNORECASE)
_ONE_SPEAKER = re.compile(
    r"\bstatement (?:by|of|from) (?:the )?"
    r"(?:(?:vice )?president|prime minister|minister|(?:press )?secretary)\s"
    r"(?!of the (?:security )?council|on behalf)",
    re.IGNORECASE,
)
_TURN = re.compile(r"(?:[A-Z][A-Z.,’' -]{2,40}|Q|PM|Question|Journalist|Reporter):\s")
_Q = re.compile(r"Q\s{1,4}[A-Z“]")
_ARTICLE = re.compile(r"(?:Article|ARTICLE|Art\.)\s(?:\d{1,3}|[IVXL]{1,6})\b")
_SINGULAR = re.compile(r"\b(?:I|I[’'](?:m|ve|d|ll)|my|me|myself)\b")
_LETTER = re.compile(r"(?:Dear|Excellenc(?:y|ies)|Sir|Madam|Mr\.? President)\b[^.]{0,60},?$")
_ORGAN_SAYS = re.compile(
    r"\b(?:We|The (?:\w+ ){0,4}(?:Council|Ministers|Leaders|Meeting|Assembly|Committee|Sides|Conference))\b",
    re.IGNORECASE,
)


def why_not(title: str | None, clauses: Sequence[Clause], *, official: bool = False) -> str | None:
    """Why a text is no statement of a council; None where it can be one.

    Args:
        title: the title as read or as its file says.
        clauses: everything that was read, in order, marked.
        official: whether it bears a symbol of a body's resolutions, decisions or statements.
    """
    flat = [clause for top in clauses for clause in top.walk()]
    texts = [clause.text for clause in flat]
    acting = sum(1 for clause in flat if clause.kind in ("preambular", "operative") and clause.phrases)
    if (turns := sum(1 for t in texts if _TURN.match(t) or _Q.match(t))) >= 3:
        return f"a transcript: {turns} turns of speakers"
    if (articles := sum(1 for t in (title or "", *texts) if _ARTICLE.match(t))) >= 3 and not _is_joint(title):
        return f"a treaty: {articles} articles"
    if any(_LETTER.match(t) for t in texts[:12]) and not acting:
        return "a letter: it begins with a salutation"
    if title and not re.search(r"\bjoint", title, re.IGNORECASE) and _NEWS.search(title):
        return "news of one person's act, by its title"
    if title and not re.search(r"\bjoint", title, re.IGNORECASE) and _FACTS.search(title):
        return "a fact sheet, by its title"
    if not _is_joint(title):
        named = next((what for pattern, what in _NAMED if title and pattern.search(title)), None)
        if named is not None:
            return f"{named}, by its title"
        if title and _ONE_SPEAKER.search(title):
            return "one person's statement, by its title"
    singular = sum(len(_SINGULAR.findall(t[:5000])) for t in texts[:400])
    if singular >= 4 and singular > 2 * acting:
        return f"one person speaks: “I” stands {singular} times"
    if (
        not acting
        and not official
        and not (_is_joint(title) and any(c.kind in ("formula", "operative") for c in flat))
    ):
        return _silent(title, texts)
    return None


def _is_joint(title: str | None) -> bool:
    return bool(title and _JOINT.search(title))


def _silent(title: str | None, texts: Sequence[str]) -> str | None:
    """Nothing acts: still a statement where its title says so and several speak in it."""
    if _is_joint(title) and (
        re.search(r"\bjoint", title or "", re.IGNORECASE)
        or any(_ORGAN_SAYS.search(t[:2000]) for t in texts[:100])
    ):
        return None
    return "nothing in it acts: no clause begins as a council's clauses do"
