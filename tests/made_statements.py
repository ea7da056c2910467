"""Statements made by Hypothesis: every part of the model, several scripts, marks that nest or cross."""

from __future__ import annotations

import unicodedata

import msgspec
from hypothesis import strategies as st

from kenesh.statement.model import (
    Adoption,
    Annex,
    BodyRef,
    Citation,
    Clause,
    Footnote,
    LeadingPhrase,
    MeetingRef,
    Participant,
    Reservation,
    Statement,
)

_SPOKEN = (
    "Reaffirmed Condemned the its of and condolences Özgen Çağrı ışık İstanbul Şərq Қазақстан Ўзбекистон "
    "Совет осуждает 理事会 重申 المجلس يؤكد शांति Kesteria's «Vision» “quoted” <b> & &amp; ]]> [bracketed] "
    "{x} -- 2026 4. (a) 50 % e\u0301 \U0001f54a a\u200db \xa7 =\"x\" '' © A/RES/75/1 http://x.example/?a=1&b=2"
)
WORDS = _SPOKEN.split()


def _line(parts: list[str]) -> str:
    return unicodedata.normalize("NFC", " ".join(parts))


lines = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(_line)
odd_lines = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn", "Zl", "Zp"]), min_size=1, max_size=20
).map(lambda text: unicodedata.normalize("NFC", " ".join(text.split())) or "x")
texts = lines | odd_lines
maybe = st.none() | texts
dates = st.dates().map(lambda date: date.isoformat())
numbers = st.none() | st.sampled_from(
    ["1.", "2.", "10.", "(a)", "(b)", "(iv)", "4 bis.", "•", "–", "§ 3", "١."]
)
kinds = st.sampled_from(["preambular", "operative", "heading", "formula", "closing", "paragraph"])


@st.composite
def spans(draw: st.DrawFn, text: str) -> tuple[int, int]:
    start = draw(st.integers(0, max(0, len(text) - 1)))
    return start, draw(st.integers(min(start + 1, len(text)), len(text)))


@st.composite
def phrases(draw: st.DrawFn, text: str) -> LeadingPhrase:
    start, end = span = draw(spans(text))
    return LeadingPhrase(
        text=text[start:end],
        lemma=draw(texts),
        act=draw(st.sampled_from(["condemns", "affirms", "supports"])),
        strength=draw(st.integers(1, 7)),
        span=span,
        modifier=draw(st.sampled_from([None, "also", "further"])),
        intensifier=draw(st.sampled_from([None, "strongly"])),
        possessive=draw(st.sampled_from([None, "their"])),
    )


@st.composite
def citations(draw: st.DrawFn, text: str) -> Citation:
    start, end = span = draw(spans(text))
    return Citation(text[start:end], span, draw(st.none() | dates), draw(maybe))


@st.composite
def clauses(draw: st.DrawFn, depth: int = 2, kind: str | None = None) -> Clause:
    text = draw(texts)
    own = kind or draw(kinds)
    count = draw(st.sampled_from([0, 0, 1, len(text)]))
    marks = st.lists(phrases(text), max_size=2) if count else st.just([])
    found = st.lists(citations(text), max_size=2) if count else st.just([])
    below = st.lists(clauses(depth - 1, own), max_size=2) if depth else st.just([])
    return Clause(
        id="",
        kind=own,
        text=text,
        number=draw(numbers),
        lead=text[: draw(st.integers(1, len(text)))]
        if draw(st.booleans())
        else draw(st.sampled_from([None, "x"])),
        phrases=tuple(draw(marks)),
        citations=tuple(draw(found)),
        clauses=tuple(draw(below)),
    )


def _with_ids(tops: list[Clause], prefix: str) -> tuple[Clause, ...]:
    return tuple(
        msgspec.structs.replace(
            clause, id=f"{prefix}{n}", clauses=_with_ids(list(clause.clauses), f"{prefix}{n}-")
        )
        for n, clause in enumerate(tops, 1)
    )


bodies = st.builds(BodyRef, name=texts, id=st.none() | st.sampled_from(["mc-cfm", "x y", "совет"]))
meetings = st.builds(
    MeetingRef,
    kind=st.sampled_from([None, "ordinary", "extraordinary", "informal", "special"]),
    mode=st.sampled_from([None, "in-person", "video", "hybrid", "written"]),
    session=maybe,
    place=maybe,
    start=st.none() | dates,
    end=st.none() | dates | st.just("2026-02-30"),
)
participants = st.builds(
    Participant,
    name=texts,
    title=maybe,
    state=maybe,
    code=st.none() | st.sampled_from(["AV", "DR", "ÖZ"]),
    role=st.sampled_from(["chair", "member", "observer", "secretariat", "guest", "participant"]),
)
reservations = st.builds(
    Reservation,
    code=st.sampled_from(["AV", "KS", "OZ"]),
    kind=st.sampled_from(["reservation", "disassociation", "interpretation", "explanation"]),
    text=texts,
    clause=st.none() | st.sampled_from(["4.", "(a)"]),
    state=maybe,
)
adoptions = st.builds(
    Adoption,
    how=st.sampled_from(["consensus", "vote", "silence"]),
    when=st.datetimes().map(lambda at: at.isoformat(timespec="microseconds") + "Z"),
    rule=texts,
    text_sha256=st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
    present=st.integers(0, 200),
    entitled=st.integers(0, 200),
    objections=st.integers(0, 3),
    reservations=st.lists(reservations, max_size=2).map(tuple),
)


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    """Any statement that the model allows, with text on one line in NFC and unique ids."""
    tops = _with_ids(draw(st.lists(clauses(), max_size=5)), "c")
    annexes = [
        Annex(draw(texts), _with_ids(draw(st.lists(clauses(1), max_size=2)), f"a{n}-"))
        for n in range(draw(st.integers(0, 2)))
    ]
    every = [found for top in tops for found in top.walk()]
    notes = [
        Footnote(
            marker=draw(st.sampled_from(["1", "*", "†", "12"])),
            text=draw(texts),
            clause=(where.id if (where := draw(st.sampled_from(every))) else None) if every else None,
            at=draw(st.integers(0, len(where.text)) | st.none()) if every else None,
        )
        for _ in range(draw(st.integers(0, 3)))
    ]
    kind = draw(
        st.sampled_from(["joint-statement", "declaration", "communique", "resolution", "decision", "other"])
    )
    return Statement(
        kind=kind,
        reason=draw(texts) if kind == "other" else None,
        title=draw(maybe),
        symbol=draw(maybe),
        iri=draw(
            st.sampled_from(
                [
                    None,
                    "/akn/aa-mc/statement/deliberation/mc-cfm/2026-11-23/northern-strait",
                    "urn:x:1",
                    "< ж >",
                ]
            )
        ),
        language=draw(st.sampled_from(["eng", "fra", "tur", "kaz", "ara", "zho", "rus", "mul"])),
        body=draw(st.none() | bodies),
        meeting=draw(st.none() | meetings),
        participants=tuple(draw(st.lists(participants, max_size=3))),
        clauses=tops,
        footnotes=tuple(notes),
        annexes=tuple(annexes),
        adoption=draw(st.none() | adoptions),
    )
