"""One grammar for all forms: blocks to a statement.

    1. set footnotes apart, then annexes, then the head (title, symbol, session lines) from the text
    2. each block becomes a clause, with its kind and its place under others
    3. facts: body, meeting, participants, kind, language, each with its span in the source
    4. what is no statement of a council is labelled so, and keeps every paragraph

Invariants
* Every block stands in exactly one part: title, symbol, a clause, an annex or a footnote.
* The same blocks, name and profiles give the same statement.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from kenesh.reading.blocks import Block, one_line
from kenesh.reading.errors import TooLarge
from kenesh.reading.facts import find_body, find_meeting, find_symbol, find_title, kind_of, language_of
from kenesh.reading.outsiders import why_not
from kenesh.reading.people import Person, find_people
from kenesh.reading.pieces import build, opening_of
from kenesh.reading.shapes import is_annex
from kenesh.statement.model import (
    Annex,
    BodyRef,
    Clause,
    Footnote,
    MeetingRef,
    Participant,
    Role,
    Source,
    Span,
    Statement,
)

if TYPE_CHECKING:
    from kenesh.bodies import Profile

# The longest text of the corpus, a volume of decisions, has 844 paragraphs.
MAX_BLOCKS = 50_000

_NOTE = re.compile(r"\[([^\]\s]{1,4})\]\s+|([¹²³⁰⁴-⁹]{1,4})\s*|(\*{1,4}|†|‡)\s*(?=\S)")
_ATTENDS = re.compile(
    r"\b(?:attended|chaired|chairmanship|participat|presided|invitation of|present|delegations? of"
    r"|led by|headed by)",
    re.IGNORECASE,
)


def to_statement(
    blocks: Sequence[Block],
    name: str,
    profiles: Sequence[Profile] = (),
    *,
    sha256: str = "",
    source: str = "",
    title: str | None = None,
    date: str | None = None,
) -> Statement:
    """Read blocks as a statement.

    Args:
        blocks: all pieces of the source, in order.
        name: the file as it was given.
        profiles: bodies whose names and members are known, the packaged ones included by the caller.
        sha256: of the source's bytes, hexadecimal.
        source: the decoded source that the blocks' spans count in; facts get block spans where it is "".
        title: title that the form carries beside the text, used where the text has none.
        date: ISO date that the form carries beside the text, used where the text tells no date.

    Raises:
        TooLarge: more than `MAX_BLOCKS` blocks.
    """
    if len(blocks) > MAX_BLOCKS:
        raise TooLarge(name=name, reason=f"{len(blocks):,} paragraphs; at most {MAX_BLOCKS:,} are read")
    main, notes = _apart(blocks)
    cut = _annex_at(main)
    main, rest = main[:cut], main[cut:]
    opening = opening_of(main)
    titled = find_title(main[:opening])
    symbol = find_symbol(main[:opening])
    used = {at for at in (titled, symbol) if at is not None}
    taken: set[str] = set()
    kept = [block for at, block in enumerate(main) if at not in used]
    clauses, spans = build(kept, taken, opening=opening - len(used))
    annexes = _annexes(rest, taken, spans)
    shown = main[titled].text if titled is not None else title
    mark = main[symbol].text if symbol is not None else None
    if titled is not None:
        spans["title"] = main[titled].span
    if symbol is not None:
        spans["symbol"] = main[symbol].span
    language = language_of(" ".join(c.text for c in clauses[:60]))
    titles = " – ".join(dict.fromkeys(t for t in (title, shown) if t)) or None
    official = mark is not None and any(part in mark for part in ("/RES/", "/DEC/", "/PRST/"))
    reason = why_not(titles, clauses, official=official) if language == "eng" else None
    body = find_body(shown, clauses, profiles)
    meeting = _meeting(shown, clauses, date, spans, source)
    made = Statement(
        kind="other" if reason else kind_of(shown, mark, clauses),
        reason=reason,
        title=shown,
        symbol=mark,
        language=language,
        body=None if reason else body,
        meeting=meeting,
        participants=() if reason else _participants(clauses, body, meeting, profiles, spans, source),
        clauses=clauses,
        footnotes=notes,
        annexes=annexes,
    )
    if body is not None and not reason:
        _body_span(body, made, spans, source)
    return msgspec.structs.replace(made, source=Source(name, sha256, dict(sorted(spans.items()))))


def to_clauses(blocks: Sequence[Block]) -> tuple[Clause, ...]:
    """The clauses of a pasted draft, in order; a title before them is left to the caller's own field."""
    main, _ = _apart(blocks)
    opening = opening_of(main)
    titled = find_title(main[:opening]) if opening < len(main) else None
    kept = [block for at, block in enumerate(main) if at != titled]
    return build(kept, set(), opening=opening - (titled is not None))[0]


def _apart(blocks: Sequence[Block]) -> tuple[list[Block], tuple[Footnote, ...]]:
    """The text and the footnotes at its end: after a rule, or in square brackets."""
    cut = _notes_at(blocks)
    notes: list[Footnote] = []
    for block in blocks[cut:]:
        match = _NOTE.match(block.text)
        if block.look == "rule":
            continue
        if match is None:
            last = notes[-1]
            notes[-1] = msgspec.structs.replace(last, text=f"{last.text} {block.text}".strip())
        else:
            notes.append(Footnote(marker=match[1] or match[2] or match[3], text=block.text[match.end() :]))
    return list(blocks[:cut]), tuple(notes)


def _notes_at(blocks: Sequence[Block]) -> int:
    tail = len(blocks)
    while tail > 0 and (match := _NOTE.match(blocks[tail - 1].text)) is not None and match[1]:
        tail -= 1
    if tail < len(blocks):
        return tail
    for at in range(len(blocks) - 1, 0, -1):
        if blocks[at].look == "rule":
            after = [block for block in blocks[at + 1 :] if block.look != "rule"]
            hits = sum(1 for block in after if _NOTE.match(block.text))
            return at if after and hits * 5 >= len(after) * 3 and _NOTE.match(after[0].text) else len(blocks)
    return len(blocks)


def _annex_at(blocks: Sequence[Block]) -> int:
    opening = opening_of(blocks)
    for at in range(opening + 1, len(blocks)):
        if is_annex(blocks[at].text) and blocks[at].look != "rule":
            return at
    return len(blocks)


def _annexes(blocks: Sequence[Block], taken: set[str], spans: dict[str, Span]) -> tuple[Annex, ...]:
    starts = [at for at, block in enumerate(blocks) if is_annex(block.text)]
    annexes = []
    for nth, start in enumerate(starts):
        end = starts[nth + 1] if nth + 1 < len(starts) else len(blocks)
        clauses, found = build(blocks[start + 1 : end], taken)
        spans.update(found)
        spans[f"annexes/{nth}/title"] = blocks[start].span
        annexes.append(Annex(title=blocks[start].text, clauses=clauses))
    return tuple(annexes)


def _meeting(
    title: str | None, clauses: Sequence[Clause], date: str | None, spans: dict[str, Span], source: str
) -> MeetingRef | None:
    meeting, told, dates = find_meeting(title, clauses)
    if meeting is None or told is None or dates is None:
        return MeetingRef(start=date, end=date) if date else None
    words = told.text[dates.span[0] : dates.span[1]]
    where = _locate(words, spans[f"clauses/{told.id}"], source)
    spans["meeting.start"] = spans["meeting.end"] = where
    return meeting


def _participants(
    clauses: Sequence[Clause],
    body: BodyRef | None,
    meeting: MeetingRef | None,
    profiles: Sequence[Profile],
    spans: dict[str, Span],
    source: str,
) -> tuple[Participant, ...]:
    profile = next((p for p in profiles if body is not None and p.id == body.id), None)
    on = meeting.start if meeting else None
    own = _own_names(profile)
    found: dict[str, tuple[Person, Clause]] = {}
    for clause in clauses[:20]:
        if clause.kind in ("paragraph", "formula") and _ATTENDS.search(clause.text[:20_000]):
            for person in find_people(clause.text, own):
                before = found.get(person.name)
                if before is None:
                    found[person.name] = (person, clause)
                elif person.chairs:
                    found[person.name] = (before[0]._replace(chairs=True), before[1])
    people = []
    for nth, (person, clause) in enumerate(found.values()):
        people.append(_participant(person, profile, on))
        where = _locate(clause.text[slice(*person.span)], spans[f"clauses/{clause.id}"], source)
        spans[f"participants/{nth}"] = where
        for key, words in (("name", person.name), ("title", person.title), ("state", person.state)):
            if words:
                spans[f"participants/{nth}/{key}"] = _locate(words, where, source)
    return tuple(people)


def _own_names(profile: Profile | None) -> Mapping[str, str]:
    if profile is None:
        return {}
    sitting = (*profile.members, *profile.observers)
    return {name: d.code for d in sitting for name in (d.name, getattr(d, "short", None)) if name}


def _participant(person: Person, profile: Profile | None, on: str | None) -> Participant:
    role = _role(person, profile, on)
    return Participant(name=person.name, title=person.title, state=person.state, code=person.code, role=role)


def _role(person: Person, profile: Profile | None, on: str | None) -> Role:
    from datetime import date

    if person.chairs:
        return "chair"
    if person.title and re.match(r"(?:Deputy |Assistant )?Secretary[- ]General", person.title):
        return "secretariat"
    if profile is None or on is None or person.code is None:
        return "participant"
    day = date.fromisoformat(on)
    if any(m.code == person.code for m in profile.members_on(day)):
        return "member"
    return "observer" if any(o.code == person.code for o in profile.observers_on(day)) else "guest"


def _body_span(body: BodyRef, made: Statement, spans: dict[str, Span], source: str) -> None:
    """Where the body's name stands: in a clause, else in the title, in capitals perhaps."""
    for clause in made.clauses[:40]:
        if body.name in clause.text:
            spans["body"] = _locate(body.name, spans[f"clauses/{clause.id}"], source)
            return
    if "title" in spans:
        spans["body"] = spans["title"]


def _locate(words: str, within: Span, source: str) -> Span:
    """Where `words` stand in the source, inside `within`; all of `within` where that cannot be said."""
    segment = source[within[0] : within[1]]
    if not segment or not words:
        return within
    at = segment.find(words)
    if at >= 0:
        return within[0] + at, within[0] + at + len(words)
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    match = pattern.search(segment) if len(words) < 2000 else None
    if match is None or one_line(match[0]) != words:
        return within
    return within[0] + match.start(), within[0] + match.end()
