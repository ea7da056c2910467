"""A fictional council at its table, for tests of meetings: three members, two observers, a secretariat."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from kenesh.bodies import Profile
from kenesh.meeting import (
    Actor,
    Amend,
    AnyCommand,
    Arrive,
    CallMeeting,
    Decided,
    DraftClause,
    MeetingState,
    OpenMeeting,
    PublishedFile,
    PutText,
    Recorded,
    TableDraft,
    composed,
    decide,
    evolve,
)

PROFILE_TOML = """
id = "tc-cfm"
name = "Council of Foreign Ministers of the Tern Compact"
organization = "Tern Compact"
jurisdiction = "aa-tc"
quorum = { need = ">1/2", decide = { need = "all" } }

[[member]]
code = "AA"
name = "Republic of Avia"
short = "Avia"
minister = { name = "Ada Alm", title = "Minister of Foreign Affairs" }
[[member]]
code = "BB"
name = "Kingdom of Bor"
short = "Bor"
[[member]]
code = "CC"
name = "Cara"

[[observer]]
code = "OO"
name = "Ola"
[[observer]]
code = "PP"
name = "State of Pia"
short = "Pia"
rights = ["attend", "speak"]

[extraordinary]
call = [ { who = "chair" }, { who = "member", count = 2 } ]
notice_hours = 24
emergency_hours = 2
modes = ["in-person", "video"]
"""
PROFILE = Profile.from_toml(PROFILE_TOML, "tern.toml")

CALLED_AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
STARTS = CALLED_AT + timedelta(days=2)

SECRETARIAT = Actor("secretariat", "secretariat", "Sol Sark")
CHAIR = Actor("chair", "chair", "Ada Alm", "AA")
AA = Actor("aa", "member", "Abe Ash", "AA")
BB = Actor("bb", "member", "Bea Birk", "BB")
CC = Actor("cc", "member", "Cai Crow", "CC")
OO = Actor("oo", "observer", "Ole Orn", "OO")
PP = Actor("pp", "observer", "Pip Poe", "PP")
GUEST = Actor("guest", "guest", "Gil Gar")
EVERYBODY = (SECRETARIAT, CHAIR, AA, BB, CC, OO, PP, GUEST)

DRAFT = (
    DraftClause("pp1", "preambular", "Recalling the Tern Treaty of 3 May 2001,"),
    DraftClause("f", "formula", "The Council of Foreign Ministers of the Tern Compact has:"),
    DraftClause("op1", "operative", "Condemned the acts of violence and vandalism in the islands.", "1."),
    DraftClause("op2", "operative", "Supported the inquiry of the islands.", "2."),
    DraftClause("op3", "operative", "Declared their readiness to help.", "3."),
    DraftClause("end", "operative", "The Council agreed to remain in consultation."),
)

CALL = CallMeeting(
    meeting="m1",
    kind="extraordinary",
    mode="video",
    purpose="the situation in the islands",
    starts="2026-03-04T09:00:00Z",
    zone="Europe/Istanbul",
    chair="chair",
    chair_delegation="AA",
)
FILE = PublishedFile("txt", "a.txt", "0" * 64, 10)


class Room:
    """A meeting that remembers what was recorded; `now` moves when a test moves it."""

    def __init__(self, profile: Profile = PROFILE) -> None:
        self.profile = profile
        self.state = MeetingState()
        self.record: list[Recorded] = []
        self.now = CALLED_AT

    def do(self, actor: Actor, *commands: AnyCommand) -> tuple[Decided, ...]:
        """Carry out commands; returns what the last one decided."""
        decided: tuple[Decided, ...] = ()
        for command in commands:
            decided = decide(self.state, command, actor, self.now, self.profile)
            for one in decided:
                recorded = Recorded(self.state.version + 1, self.now, actor, one.audience, one.event)
                self.record.append(recorded)
                self.state = evolve(self.state, recorded)
        return decided

    def text(self, clause: str) -> str:
        found = self.state.clause(clause)
        assert found is not None
        return found.text

    def status(self, proposal: str) -> str:
        found = self.state.proposal(proposal)
        assert found is not None
        return found.status

    def amend(self, actor: Actor, clause: str, text: str) -> str:
        """Propose against the revision on the table; returns the proposal's id."""
        found = self.state.clause(clause)
        assert found is not None
        self.do(actor, Amend(clause, found.revision, text))
        return self.state.proposals[-1].id

    def put(self) -> None:
        self.do(CHAIR, PutText(composed(self.state, self.profile, self.now)))


def called(profile: Profile = PROFILE) -> Room:
    room = Room(profile)
    room.do(SECRETARIAT, CALL)
    room.now = STARTS
    return room


def gathered(profile: Profile = PROFILE) -> Room:
    """Called, everybody in the room, at the hour, not yet open."""
    room = called(profile)
    room.do(CHAIR, Arrive("AA", "Ada Alm"))
    room.do(BB, Arrive("BB", "Bea Birk", "Minister of State"))
    room.do(CC, Arrive("CC", "Cai Crow"))
    room.do(OO, Arrive("OO", "Ole Orn"))
    return room


def opened(profile: Profile = PROFILE) -> Room:
    room = gathered(profile)
    room.do(CHAIR, OpenMeeting())
    return room


def drafted(profile: Profile = PROFILE) -> Room:
    """Open, with a draft of six clauses on the table."""
    room = opened(profile)
    room.do(SECRETARIAT, TableDraft("STATEMENT ON THE ISLANDS", "eng", DRAFT, "draft.txt", "0" * 64))
    return room


def text_put(profile: Profile = PROFILE) -> Room:
    room = drafted(profile)
    room.put()
    return room
