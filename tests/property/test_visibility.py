"""What a seat may not see is never sent to it: not in a page, not in the stream, not in an answer.

Each random meeting is held twice by the same acts, once with words of its own in every draft, proposal,
reason and note. Who may not read gets no byte of those words, and the same bytes as if nothing had been
negotiated at all.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from browsing import Site, listening
from councils import CLOSED, DRAFT, NOW, PROFILE, Council, opened
from hypothesis import given, settings
from hypothesis import strategies as st

from kenesh.errors import KeneshError
from kenesh.meeting import (
    AcceptProposal,
    AgreeClause,
    Amend,
    AnyCommand,
    Delete,
    Insert,
    Object,
    Oppose,
    ReopenClause,
    Reserve,
    SetAside,
    Support,
    TakeBackText,
    WithdrawProposal,
)

CANARY = "Qanariyaword"
LATER = NOW + timedelta(hours=2)  # when everybody looks
ACTS = ("amend", "insert", "delete", "support", "oppose", "withdraw", "accept", "aside", "agree", "reopen",
        "put", "object", "reserve", "take-back")  # fmt: skip
PAGES = ("", "/draft", "/screen", "/record", "/invitation.ics")
SEATS = ("av", "dr", "ks", "nv", "oz", "el")


@dataclass(frozen=True)
class Step:
    act: str
    seat: str
    nth: int  # which clause or proposal, counted round


steps = st.lists(
    st.builds(Step, st.sampled_from(ACTS), st.sampled_from(SEATS), st.integers(0, 9)), min_size=1, max_size=12
)


def negotiated(council: Council, story: list[Step]) -> int:
    """Carry the story out as far as the rules allow; how many of its acts were done."""
    council.table(DRAFT.replace(b"seafarers", CANARY.encode()))
    done = 0
    for n, step in enumerate(story):
        try:
            act(council, step, f"Deplored the {CANARY} number {n}.", f"because of {CANARY} {n}")
        except KeneshError:
            continue
        done += 1
    return done


def act(council: Council, step: Step, text: str, why: str) -> None:
    state = council.state
    clauses = [c for c in state.clauses if c.kind == "operative"]
    clause = clauses[step.nth % len(clauses)]
    proposal = state.proposals[step.nth % len(state.proposals)].id if state.proposals else "P0"
    if step.act == "put":
        council.put()
        return
    commands: dict[str, tuple[str, AnyCommand]] = {
        "amend": (step.seat, Amend(clause.id, clause.revision, text, why)),
        "insert": (step.seat, Insert(clause.id, "operative", text, why)),
        "delete": (step.seat, Delete(clause.id, clause.revision, why)),
        "support": (step.seat, Support(proposal)),
        "oppose": (step.seat, Oppose(proposal, why)),
        "withdraw": (step.seat, WithdrawProposal(proposal, why)),
        "accept": ("chair", AcceptProposal(proposal, clause.revision)),
        "aside": ("chair", SetAside(proposal, why)),
        "agree": ("chair", AgreeClause(clause.id, clause.revision)),
        "reopen": (step.seat, ReopenClause(clause.id, why)),
        "object": (step.seat, Object(state.calls, why)),
        "reserve": (step.seat, Reserve(state.calls, "reservation", text)),
        "take-back": ("chair", TakeBackText(state.calls, why)),
    }
    council.do(*commands[step.act])


def everything(site: Site, seat: str) -> dict[str, str]:
    """All that a seat can ask of the room, and what the stream tells it from the beginning."""
    room = site.room
    found = {path: site.get(f"{room}{path}", seat).text for path in PAGES}
    found |= {
        p: site.get(p, seat).text for p in ("/", "/meetings", "/api/meetings", f"/api{room}", "/search?q=x")
    }
    found["stream"] = asyncio.run(_heard(site, seat, f"{room}/events?since=0"))
    found["screen"] = asyncio.run(_heard(site, seat, f"{room}/screen/events?since=0"))
    return found


async def _heard(site: Site, seat: str, path: str) -> str:
    async with listening(site, path, seat) as stream:
        await stream.next("hello")
        await stream.next("patch")
        return stream.raw


@cache
def _of_a_room_without_a_draft() -> dict[str, str]:
    site = Site(opened(profile=CLOSED))
    site.session("wy")
    site.council.clock.at = LATER
    return everything(site, "wy")


@settings(max_examples=40)
@given(steps)
def test_who_may_not_read_gets_no_byte_of_what_is_negotiated(story: list[Step]) -> None:
    site = Site(opened(profile=CLOSED))
    site.session("wy")
    negotiated(site.council, story)
    site.council.clock.at = LATER
    told = everything(site, "wy")
    assert [path for path, text in told.items() if CANARY.lower() in text.lower()] == []
    assert told == _of_a_room_without_a_draft(), "the same bytes, whether or not anything was negotiated"


def test_who_may_read_gets_it() -> None:
    """The test above would see a word that got out."""
    site = Site(opened(profile=PROFILE))
    assert negotiated(site.council, [Step("amend", "av", 0), Step("insert", "dr", 0)]) == 2
    told = everything(site, "wy")
    shown = ("", "/draft", "/screen", f"/api{site.room}", "stream", "screen")
    assert [path for path in shown if CANARY not in told[path]] == []


@settings(max_examples=12)
@given(steps)
def test_the_public_sees_published_statements_only(story: list[Step]) -> None:
    site = Site(opened())
    negotiated(site.council, story)
    words = "acts+of+sabotage"
    for path in (
        "/",
        "/search",
        f"/search?q={words}",
        "/api/register",
        f"/api/precedents?q={words}",
        "/schema",
    ):
        assert CANARY not in site.get(path).text, path
    for path in (*PAGES, "/events", "/screen/events"):
        answer = site.get(f"{site.room}{path}")
        assert answer.status_code == 401
        assert CANARY not in answer.text
