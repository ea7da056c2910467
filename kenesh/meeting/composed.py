"""The statement that the table makes: title, body, meeting, attendance, clauses in order with final numbers.

Where a draft begins with its preamble, two paragraphs are written before it from the record, in the manner
of councils that write them:

    The Council … held an extraordinary videoconference meeting on 11 January 2022 to discuss …, upon the
    invitation of H.E. …, Minister of Foreign Affairs of the Republic of ….

    The Meeting was chaired by H.E. … and attended by H.E. …, … and H.E. …, Secretary General of ….

Invariants
* Pure and deterministic: the same table, profile and day give the same statement.
* A draft that brings an opening of its own, or begins with the name of the organ, is left as it is.
* The leads, phrases and citations of clauses are left empty; reading fills them.
"""

from __future__ import annotations

from datetime import date, datetime

from msgspec.structs import replace

from kenesh.bodies import Profile
from kenesh.meeting.attendance import listed, participants
from kenesh.meeting.events import MeetingCalled
from kenesh.meeting.instants import day_in, to_instant
from kenesh.meeting.numbering import numbers
from kenesh.meeting.state import LiveClause, MeetingState
from kenesh.statement.hashes import derived_id
from kenesh.statement.model import (
    BodyRef,
    Clause,
    MeetingRef,
    Participant,
    Statement,
    StatementKind,
)

_KINDS: tuple[tuple[str, StatementKind], ...] = (
    ("communiqu", "communique"),
    ("statement by the president of the", "presidential-statement"),
    ("press statement", "press-statement"),
    ("chair's statement", "chair-statement"),
    ("chair’s statement", "chair-statement"),
    ("statement", "joint-statement"),
    ("declaration", "declaration"),
    ("resolution", "resolution"),
    ("decision", "decision"),
)
_MEETINGS = {
    ("special", "video"): "a special meeting by videoconference",
    ("special", "hybrid"): "a special meeting in hybrid format",
}
_KIND_WORDS = {
    "ordinary": "an ordinary",
    "extraordinary": "an extraordinary",
    "informal": "an informal",
    "special": "a special",
}
_MODE_WORDS = {
    "video": "videoconference meeting",
    "hybrid": "hybrid meeting",
    "in-person": "meeting in person",
    "written": "meeting by written procedure",
}


def composed(state: MeetingState, profile: Profile, now: datetime) -> Statement:
    """The statement as it would be put now.

    Args:
        state: of a meeting that was called; without a draft the statement has no clauses but its opening.
        now: aware, UTC; a meeting that ran into another day says so.
    """
    called = state.called
    assert called is not None
    start, end = _days(state, called, now)
    people = participants(state, profile, start)
    clauses = _nested(state.clauses)
    if _wants_opening(state.clauses):
        clauses = (*_opening(state, profile, called, people, (start, end)), *clauses)
    title = state.title or _title(profile, called)
    return Statement(
        kind=_kind(title, state.clauses),
        title=title,
        language=state.language,
        body=BodyRef(profile.name, profile.id),
        meeting=MeetingRef(
            kind=called.kind,
            mode=called.mode,
            place=called.place if called.mode != "video" else None,
            start=start.isoformat(),
            end=end.isoformat(),
        ),
        participants=_as_named(people, clauses),
        clauses=clauses,
    )


def without_marks(statement: Statement) -> Statement:
    """The statement without what reading adds: leads, phrases, citations."""
    return replace(statement, clauses=tuple(_unmarked(c) for c in statement.clauses))


def _unmarked(clause: Clause) -> Clause:
    below = tuple(_unmarked(c) for c in clause.clauses)
    return replace(clause, lead=None, phrases=(), citations=(), clauses=below)


def _days(state: MeetingState, called: MeetingCalled, now: datetime) -> tuple[date, date]:
    start = day_in(state.opened or to_instant(called.starts), called.zone)
    return start, max(start, day_in(now, called.zone)) if state.opened else start


def _nested(clauses: tuple[LiveClause, ...]) -> tuple[Clause, ...]:
    """Flat clauses as a tree, with the numbers that will be printed."""
    printed = numbers(clauses)
    here = {c.id for c in clauses}

    def below(parent: str | None) -> tuple[Clause, ...]:
        return tuple(
            Clause(c.id, c.kind, c.text, printed[c.id], clauses=below(c.id))
            for c in clauses
            if (c.parent if c.parent in here else None) == parent
        )

    return below(None)


def _kind(title: str, clauses: tuple[LiveClause, ...]) -> StatementKind:
    """The kind that the title names first; a text in the manner of a resolution is one."""
    folded = title.casefold()
    found = [(folded.index(word), rank) for rank, (word, _) in enumerate(_KINDS) if word in folded]
    if found:
        return _KINDS[min(found)[1]][1]
    organ = any(c.kind == "formula" and c.text.endswith(",") for c in clauses)
    acts = any(c.kind == "operative" and c.text.endswith(";") for c in clauses)
    return "resolution" if organ and acts else "joint-statement"


def _title(profile: Profile, called: MeetingCalled) -> str:
    return f"Statement of the {profile.name} on {called.purpose}"


# -- the opening ----------------------------------------------------------------------------------------


def _wants_opening(clauses: tuple[LiveClause, ...]) -> bool:
    """Whether the draft begins with its preamble or its operative part, and says nothing of the meeting."""
    first = next((c for c in clauses if c.kind != "heading"), None)
    return first is not None and first.kind in ("preambular", "operative")


def _as_named(people: tuple[Participant, ...], clauses: tuple[Clause, ...]) -> tuple[Participant, ...]:
    """Participants in the order in which the opening names them, as a reader finds them; others after."""
    text = " ".join(c.text for c in clauses[:20] if c.kind in ("paragraph", "formula"))
    return tuple(sorted(people, key=lambda p: at if (at := text.find(p.name)) >= 0 else len(text)))


def _opening(
    state: MeetingState,
    profile: Profile,
    called: MeetingCalled,
    people: tuple[Participant, ...],
    days: tuple[date, date],
) -> tuple[Clause, ...]:
    texts = [_held(profile, called, people, days)]
    if people:
        texts.append(_attended(profile, people))
    taken = {c.id for c in (*state.clauses, *state.deleted)}
    return tuple(Clause(derived_id("paragraph", text, taken), "paragraph", text) for text in texts)


def _held(
    profile: Profile,
    called: MeetingCalled,
    people: tuple[Participant, ...],
    days: tuple[date, date],
) -> str:
    meeting = _MEETINGS.get((called.kind, called.mode)) or (
        f"{_KIND_WORDS[called.kind]} {_MODE_WORDS[called.mode]}"
    )
    place = f" in {called.place}" if called.place and called.mode != "video" else ""
    invited = _inviter(profile, called, people)
    invitation = f", upon the invitation of {invited}" if invited else ""
    when = _spoken_days(*days)
    return f"The {profile.name} held {meeting}{place} on {when} to discuss {called.purpose}{invitation}."


def _inviter(profile: Profile, called: MeetingCalled, people: tuple[Participant, ...]) -> str | None:
    """Who called: the person in the chair's seat, by name if it is among those who attended."""
    if called.chair_delegation is None or called.kind == "ordinary":
        return None
    person = next((p for p in people if p.code == called.chair_delegation), None)
    if person is not None:
        return _named(profile, person)
    found = profile.delegation(called.chair_delegation)
    return found.with_article if found else called.chair_delegation


def _attended(profile: Profile, people: tuple[Participant, ...]) -> str:
    chairs = [p for p in people if p.role == "chair"]
    others = [_named(profile, p) for p in people if p.role != "chair"]
    if not chairs:
        return f"The Meeting was attended by {listed(others)}."
    chaired = f"The Meeting was chaired by {_named(profile, chairs[0])}"
    return f"{chaired} and attended by {listed(others)}." if others else f"{chaired}."


def _named(profile: Profile, person: Participant) -> str:
    """ "H.E. Name, Title of the Republic of X"."""
    if person.code is None:
        of = f" of the {person.state}" if person.state else ""
    else:
        found = profile.delegation(person.code)
        of = f" of {found.with_article if found else person.state}"
    return f"H.E. {person.name}, {person.title}{of}"


def _spoken_days(start: date, end: date) -> str:
    """ "11 January 2022", "11–12 January 2022", "31 January – 1 February 2022"."""
    last = f"{end.day} {end:%B} {end.year}"
    if start == end:
        return last
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{last}"
    year = f" {start.year}" if start.year != end.year else ""
    return f"{start.day} {start:%B}{year} – {last}"
