"""One adopted statement of the Meridian Compact with every part of the model, written by hand."""

from __future__ import annotations

import msgspec

from kenesh.statement.hashes import text_hash
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

_RECALLED = "Recalling the Lysk Declaration of 14 May 2015, and its own statements,"
_DRAFT = Statement(
    kind="joint-statement",
    title="Statement on the Situation in the Northern Strait",
    symbol="MC/CFM/2026/7",
    iri="/akn/aa-mc/statement/deliberation/mc-cfm/2026-11-23/northern-strait",
    body=BodyRef("Council of Foreign Ministers of the Meridian Compact", "mc-cfm"),
    meeting=MeetingRef("extraordinary", "video", None, None, "2026-11-23", "2026-11-23"),
    participants=(
        Participant("Ilvara Senn", "Minister of Foreign Affairs", "Republic of Avenor", "AV", "chair"),
        Participant("Ayşe Gülümser", "Minister of Foreign Affairs", "Republic of Özgen", "OZ", "member"),
    ),
    clauses=(
        Clause("c0", "paragraph", "The Council held an extraordinary videoconference meeting."),
        Clause(
            "c1",
            "preambular",
            _RECALLED,
            lead="Recalling",
            phrases=(LeadingPhrase("Recalling", "recall", "recalls", 3, (0, 9)),),
            citations=(
                Citation("Lysk Declaration of 14 May 2015", (14, 45), "2015-05-14", "Lysk Declaration"),
            ),
        ),
        Clause("c2", "formula", "The Council has:"),
        Clause("c3", "heading", "Safety of navigation", "I."),
        Clause(
            "c4",
            "operative",
            "Condemned <the laying> of mines & nets:",
            "1.",
            lead="Condemned",
            clauses=(
                Clause("c5", "operative", "in the strait;", "(a)"),
                Clause("c6", "operative", "in the ports.", "(b)"),
            ),
        ),
        Clause("c7", "operative", "Agreed to meet again.", "2."),
        Clause("c8", "closing", "Done at Lysk."),
    ),
    footnotes=(Footnote("1", "Register of the Compact.", "c1", 45),),
    annexes=(Annex("Annex", (Clause("c9", "operative", "Each state names a point of contact.", "1."),)),),
)
STRAIT = msgspec.structs.replace(
    _DRAFT,
    adoption=Adoption(
        how="consensus",
        when="2026-11-23T20:11:05.000000Z",
        rule="consensus, no objection",
        text_sha256=text_hash(_DRAFT),
        present=6,
        entitled=6,
        reservations=(Reservation("KS", "reservation", "Kesteria & all.", "1.", "Republic of Kesteria"),),
    ),
)
