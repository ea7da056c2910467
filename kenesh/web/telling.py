"""Events as sentences: for the list of what changed, the screen reader's live line and the record page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import assert_never

import msgspec

from kenesh.meeting import events as e
from kenesh.meeting.events import Recorded
from kenesh.web.rendering import title_case


class Told(msgspec.Struct, frozen=True):
    """One line of the story: when, what, and the clause it leads to, if any."""

    version: int
    at: str  # RFC 3339, UTC
    who: str
    text: str
    clause: str | None = None


def tell(recorded: Recorded, name: Callable[[str], str], labels: Mapping[str, str]) -> Told:
    """One event as a sentence.

    Args:
        name: delegation code to its short name.
        labels: clause id to its label on the table ("OP4").
    """

    def clause(clause_id: str | None) -> str:
        return labels.get(clause_id or "", "a clause")

    text, about = _sentence(recorded.event, name, clause)
    return Told(recorded.version, recorded.at.isoformat(), recorded.actor.person, text, about)


def _sentence(
    event: e.AnyEvent, name: Callable[[str], str], clause: Callable[[str | None], str]
) -> tuple[str, str | None]:
    match event:
        case e.MeetingCalled():
            return f"The {event.kind} meeting on {event.purpose} was called.", None
        case e.DelegationArrived():
            return f"{name(event.delegation)} took its seat: {event.person}.", None
        case e.DelegationLeft():
            return f"{name(event.delegation)} left{f' ({event.reason})' if event.reason else ''}.", None
        case e.MeetingOpened():
            return f"The meeting was opened: {len(event.present)} of {event.entitled} members present.", None
        case e.MeetingPaused():
            return f"The meeting was paused: {event.reason}", None
        case e.MeetingResumed():
            return "The meeting was resumed.", None
        case e.MeetingEnded():
            return f"The meeting ended {_ENDINGS[event.outcome]}.", None
        case e.ChairHandedOver():
            return f"{name(event.delegation)} now presides: {event.reason}", None
        case e.FloorRequested():
            return f"{name(event.delegation)} asked for the floor.", None
        case e.FloorRequestWithdrawn():
            return f"{name(event.delegation)} no longer asks for the floor.", None
        case e.FloorGiven():
            return f"{name(event.delegation)} has the floor.", None
        case e.FloorYielded():
            return f"{name(event.delegation)} yielded the floor.", None
        case _:
            return _sentence_on_text(event, name, clause)


_ENDINGS = {
    "adopted": "with an adopted text",
    "no-text": "without a text",
    "chair-summary": "with a summary by the chair",
}


def _sentence_on_text(
    event: e.AnyEvent, name: Callable[[str], str], clause: Callable[[str | None], str]
) -> tuple[str, str | None]:
    match event:
        case e.DraftTabled():
            return f"A draft was tabled: {title_case(event.title or event.source_name)}.", None
        case e.ProposalMade():
            return _proposal(event, name, clause), event.clause
        case e.ProposalWithdrawn():
            return f"{event.proposal} was withdrawn.", None
        case e.ProposalSupported():
            return f"{name(event.delegation)} supports {event.proposal}.", None
        case e.ProposalOpposed():
            return f"{name(event.delegation)} opposes {event.proposal}.", None
        case e.PositionWithdrawn():
            return f"{name(event.delegation)} no longer takes a position on {event.proposal}.", None
        case e.ClauseAmended():
            return _ruling(event, name, clause), event.clause
        case e.ClauseInserted():
            return f"A new clause was accepted ({event.proposal}).", event.clause.id
        case e.ClauseDeleted():
            return f"A clause was struck ({event.proposal}).", None
        case e.ProposalSetAside():
            return f"{event.proposal} was set aside by the chair.", None
        case e.ClauseAgreed():
            manner = " ad referendum" if event.ad_referendum else ""
            return f"{clause(event.clause)} was agreed{manner}.", event.clause
        case e.ClauseReopened():
            who = name(event.delegation) if event.delegation else "The chair"
            return f"{who} reopened {clause(event.clause)}.", event.clause
        case _:
            return _sentence_on_decision(event, name), None


def _ruling(event: e.ClauseAmended, name: Callable[[str], str], clause: Callable[[str | None], str]) -> str:
    words = f"“{event.alternative.strip()}”" if event.alternative.strip() else "the deletion"
    if not event.delegations:
        return f"The chair kept {words} in {clause(event.clause)} as it stands."
    behind = ", ".join(name(d) for d in event.delegations)
    return f"The chair accepted {words} in {clause(event.clause)}, proposed by {behind}."


def _proposal(event: e.ProposalMade, name: Callable[[str], str], clause: Callable[[str | None], str]) -> str:
    who = name(event.delegation)
    late = " against an older text" if event.late else ""
    match event.kind:
        case "amend":
            return f"{who} proposed a change to {clause(event.clause)}{late} ({event.proposal})."
        case "insert":
            where = f" after {clause(event.clause)}" if event.clause else " at the top"
            return f"{who} proposed a new clause{where} ({event.proposal})."
        case "delete":
            return f"{who} proposed to strike {clause(event.clause)} ({event.proposal})."
        case _:
            assert_never(event.kind)


def _sentence_on_decision(event: e.AnyEvent, name: Callable[[str], str]) -> str:
    match event:
        case e.TextPut():
            return "The chair put the text: is there any objection?"
        case e.ObjectionRaised():
            return f"{name(event.delegation)} objected: {event.reason}"
        case e.ObjectionWithdrawn():
            return f"{name(event.delegation)} withdrew its objection."
        case e.ReservationEntered():
            return f"{name(event.delegation)} entered a {event.kind}: {event.text}"
        case e.ReservationWithdrawn():
            return f"{name(event.delegation)} withdrew its reservation."
        case e.TextTakenBack():
            return f"The chair took the text back: {event.reason}"
        case e.TextAdopted():
            return "The statement was adopted by consensus."
        case e.StatementPublished():
            return f"The statement was published as {event.name}."
        case _:
            raise AssertionError(f"no sentence for {type(event).__name__}")
