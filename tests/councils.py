"""The Meridian Compact's council in a house of its own, for tests of the acts and of their faces.

council = drafted()                                  # in memory; `drafted(folder)` on disk
council.do("av", Amend(council.clause("Condemned").id, 1, "Strongly condemned …"))
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

from kenesh.app.call_meeting import call_meeting
from kenesh.app.house import House, in_memory
from kenesh.app.init_house import init_house
from kenesh.app.loading import load_meeting
from kenesh.app.perform import Outcome, perform
from kenesh.app.publish_statement import publish_statement
from kenesh.app.put_text import put_text
from kenesh.app.seats import OPERATOR, Seat, add_seat, find_seat
from kenesh.app.settings import Settings
from kenesh.app.table_draft import table_draft
from kenesh.bodies import Profile
from kenesh.clock import FixedClock
from kenesh.meeting import Actor, AnyCommand, Arrive, DeclareAdopted, OpenMeeting
from kenesh.meeting.state import LiveClause, MeetingState

PROFILE_TOML = (files("kenesh.demo") / "data" / "mc-cfm.toml").read_text(encoding="utf-8")
PROFILE = Profile.from_toml(PROFILE_TOML, "mc-cfm.toml")
# The same council, but its observers only attend and speak: they do not read drafts.
CLOSED = Profile.from_toml(
    PROFILE_TOML.replace('rights = ["attend", "speak", "read"]', 'rights = ["attend", "speak"]'),
    "closed.toml",
)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MEMBERS = ("av", "dr", "el", "ks", "nv", "oz")
SEATS = (
    Seat("secretariat", "secretariat", "Nurlan Bektemir", title="Secretary General"),
    Seat("chair", "chair", "Ləman Sərdarova", "EL", "Deputy Prime Minister and Minister of Foreign Affairs"),
    *(Seat(code, "member", f"Delegate of {code.upper()}", code.upper()) for code in MEMBERS),
    Seat("wy", "observer", "Gwendolyn Pryce", "WY", "Secretary of State for Foreign Affairs"),
)
DRAFT = b"""\
STATEMENT OF THE COUNCIL OF FOREIGN MINISTERS OF THE MERIDIAN COMPACT ON THE SITUATION IN THE NORTHERN STRAIT

Recalling the Lysk Declaration of 14 May 2015,

The Council of Foreign Ministers of the Meridian Compact has:

1. Condemned the acts of sabotage that endanger seafarers and damage undersea cables.
2. Supported the technical inquiry opened by the authorities of the Republic of Kesteria.
3. Reiterated their readiness to restore the traffic through the Northern Strait.
"""
STRONGLY = "Strongly condemned the acts of sabotage that endanger seafarers and damage undersea cables."


def counted() -> Callable[[int], bytes]:
    """Chance that is the same in every test: never twice the same bytes."""
    count = itertools.count(1)
    return lambda size: next(count).to_bytes(size, "big")


class Council:
    """A house, its clock and, once called, the meeting on the Northern Strait."""

    def __init__(self, house: House, clock: FixedClock) -> None:
        self.house = house
        self.clock = clock
        self.meeting = ""

    def actor(self, seat: str) -> Actor:
        return find_seat(self.house, seat).actor

    def do(self, seat: str, *commands: AnyCommand) -> MeetingState:
        """Carry out commands, a second apart."""
        for command in commands:
            self.clock.at += timedelta(seconds=1)
            perform(self.house, self.actor(seat), self.meeting, command)
        return self.state

    @property
    def state(self) -> MeetingState:
        return load_meeting(self.house, self.meeting)

    @property
    def size(self) -> int:
        """Events in the record."""
        return self.house.store.head().size

    def clause(self, opening: str) -> LiveClause:
        """The clause on the table that begins so."""
        return next(c for c in self.state.clauses if c.text.startswith(opening))

    def call(self, purpose: str = "the situation in the Northern Strait") -> Outcome:
        outcome = call_meeting(
            self.house,
            self.actor("secretariat"),
            kind="extraordinary",
            mode="video",
            purpose=purpose,
            starts=(self.clock.at + timedelta(minutes=10)).isoformat(),
            zone="UTC",
            urgent=True,
        )
        assert outcome.state.called is not None
        self.meeting = outcome.state.called.meeting
        return outcome

    def gather(self) -> None:
        """Everybody takes a seat, and the chair opens."""
        for seat in SEATS:
            code = seat.delegation or "secretariat"
            self.do(seat.id, Arrive(code, seat.person, seat.title))
        self.do("chair", OpenMeeting())

    def table(self, data: bytes = DRAFT, name: str = "draft.txt") -> Outcome:
        return table_draft(self.house, self.actor("secretariat"), self.meeting, data, name)

    def put(self) -> Outcome:
        return put_text(self.house, self.actor("chair"), self.meeting)

    def adopt(self) -> MeetingState:
        self.put()
        return self.do("chair", DeclareAdopted(self.state.calls))

    def publish(self) -> Outcome:
        return publish_statement(self.house, self.actor("secretariat"), self.meeting)


def seated(
    folder: Path | None = None, *, profile: Profile = PROFILE, settings: Settings | None = None
) -> Council:
    """A house with all seats and no meeting; in memory, or in a new folder."""
    clock = FixedClock(NOW)
    if folder is None:
        house = in_memory(profile, clock=clock, random=counted(), settings=settings)
    else:
        body = folder.with_name(f"{folder.name}.body.toml")
        body.write_text(PROFILE_TOML, encoding="utf-8")
        house = init_house(folder, body=body, settings=settings)
        house.clock = clock
    for seat in SEATS:
        add_seat(house, OPERATOR, seat)
    return Council(house, clock)


def opened(folder: Path | None = None, *, profile: Profile = PROFILE) -> Council:
    """Called, everybody there, open; nothing on the table."""
    council = seated(folder, profile=profile)
    council.call()
    council.gather()
    return council


def drafted(folder: Path | None = None, *, profile: Profile = PROFILE) -> Council:
    """Open, with the draft on the table."""
    council = opened(folder, profile=profile)
    council.table()
    return council


def published(folder: Path | None = None) -> Council:
    """The draft adopted as it was tabled, and published."""
    council = drafted(folder)
    council.adopt()
    council.publish()
    return council
