"""The model of a statement: frozen values, the same for reading, drafting and publishing.

Invariants
* A clause has a permanent id, never reused, never a number. Citing, diffing and proposing use the id.
* Text is NFC, one line, single spaces. Spans count characters (code points) of the clause's own text.
* Every part of a text stands in order in `Statement.clauses` (or an annex or a footnote); what was not
  understood is a clause of kind "paragraph".
* `source` tells where a text was read from; two statements are the same text if they are equal but for
  `source` (and for ids, where the form they were read from carries none).

The JSON of these values is the format `kenesh.statement/1`: keys may be added, none is renamed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

Span = tuple[int, int]

ClauseKind = Literal["preambular", "operative", "heading", "formula", "closing", "paragraph"]
StatementKind = Literal[
    "joint-statement",
    "declaration",
    "communique",
    "resolution",
    "decision",
    "presidential-statement",
    "press-statement",
    "chair-statement",
    "other",
]
Role = Literal["chair", "member", "observer", "secretariat", "guest", "participant"]
MeetingKind = Literal["ordinary", "extraordinary", "informal", "special"]
MeetingMode = Literal["in-person", "video", "hybrid", "written"]

SCHEMA = "kenesh.statement/1"

# What a clause does; strength is ordinal within one of these (Searle's families, split as diplomats do).
_ACT_WORDS = """
    affirms bases commends commits concern condemns condoles considers decides demands encourages endorses
    hopes instructs notes recalls recognizes regrets rejects requests stresses supports thanks warns welcomes
"""
ACTS = tuple(_ACT_WORDS.split())


class LeadingPhrase(msgspec.Struct, frozen=True, omit_defaults=True):
    """The words by which a clause acts: "Strongly condemned", "Reaffirming their support"."""

    text: str
    lemma: str
    act: str  # one of the 25 classes, as "condemns"
    strength: int  # 1 to 7, ordinal within the class
    span: Span
    modifier: str | None = None  # also, further, again, once again
    intensifier: str | None = None  # strongly, in the strongest terms
    possessive: str | None = None  # its, their, our


class Citation(msgspec.Struct, frozen=True):
    """A reference to another text. `target` is a normalized name or symbol, None where none was found."""

    text: str
    span: Span
    date: str | None = None  # ISO 8601 date
    target: str | None = None


class Clause(msgspec.Struct, frozen=True):
    """A unit of the text that can be proposed on, cited and found again."""

    id: str
    kind: ClauseKind
    text: str
    number: str | None = None  # as printed, "1." or "(a)"
    lead: str | None = None  # the words an editor would set in italics
    phrases: tuple[LeadingPhrase, ...] = ()
    citations: tuple[Citation, ...] = ()
    clauses: tuple[Clause, ...] = ()

    def walk(self) -> Iterator[Clause]:
        """This clause and all below it, in order."""
        yield self
        for child in self.clauses:
            yield from child.walk()


class BodyRef(msgspec.Struct, frozen=True):
    """The body that speaks. `id` is None where the name is in no known profile."""

    name: str
    id: str | None = None


class MeetingRef(msgspec.Struct, frozen=True):
    """The meeting at which the text was made; dates are ISO 8601."""

    kind: MeetingKind | None = None
    mode: MeetingMode | None = None
    session: str | None = None
    place: str | None = None
    start: str | None = None
    end: str | None = None


class Participant(msgspec.Struct, frozen=True):
    """A person named in the attendance. `code` is ISO 3166-1 alpha-2 or the profile's own."""

    name: str
    title: str | None = None
    state: str | None = None
    code: str | None = None
    role: Role = "participant"


class Footnote(msgspec.Struct, frozen=True):
    marker: str
    text: str
    clause: str | None = None  # id of the clause it hangs on
    at: int | None = None  # character of that clause's text where the marker stood


class Annex(msgspec.Struct, frozen=True):
    title: str
    clauses: tuple[Clause, ...] = ()


class Reservation(msgspec.Struct, frozen=True):
    """A member's own voice beside an adopted text; it is no objection."""

    code: str
    kind: Literal["reservation", "disassociation", "interpretation", "explanation"]
    text: str
    clause: str | None = None  # number as printed, None for the whole text
    state: str | None = None


class Adoption(msgspec.Struct, frozen=True):
    """How, when and by which rule the text was adopted, bound to its hash."""

    how: Literal["consensus", "vote", "silence"]
    when: str  # RFC 3339, UTC
    rule: str
    text_sha256: str  # `statement.hashes.text_hash` of the adopted text, hexadecimal
    present: int
    entitled: int
    objections: int = 0
    reservations: tuple[Reservation, ...] = ()


class Source(msgspec.Struct, frozen=True):
    """Where a statement was read from. `spans` leads each fact to characters of the decoded source:
    keys are "title", "body", "meeting.start", "participants/0/name", "clauses/<id>"."""

    file: str
    sha256: str  # of the bytes as they came
    spans: dict[str, Span] = {}


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """A text issued by a council, or `kind="other"` with a `reason` where it is none."""

    schema: str = SCHEMA
    kind: StatementKind
    reason: str | None = None
    title: str | None = None
    symbol: str | None = None
    iri: str | None = None
    language: str = "eng"  # ISO 639-2
    body: BodyRef | None = None
    meeting: MeetingRef | None = None
    participants: tuple[Participant, ...] = ()
    clauses: tuple[Clause, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    annexes: tuple[Annex, ...] = ()
    adoption: Adoption | None = None
    source: Source | None = None

    def walk(self) -> Iterator[Clause]:
        """Every clause of the body of the text, in order, sub-clauses after their parent."""
        for clause in self.clauses:
            yield from clause.walk()


def to_json(statement: Statement) -> bytes:
    """One line of JSON, keys in the order of the model."""
    return msgspec.json.encode(statement)
