"""Laws of a meeting, over random histories: commands that seats could send, most of them plausible."""

from __future__ import annotations

from functools import reduce
from random import Random
from typing import get_args

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from sittings import AA, BB, CALL, CC, CHAIR, DRAFT, EVERYBODY, FILE, OO, PP, SECRETARIAT, STARTS, Room

from kenesh.errors import KeneshError
from kenesh.meeting import (
    AcceptAlternative,
    AcceptProposal,
    Actor,
    AgreeClause,
    Amend,
    AnyCommand,
    Arrive,
    Decided,
    DeclareAdopted,
    Delete,
    EndMeeting,
    GiveFloor,
    HandOverChair,
    Insert,
    Leave,
    MeetingState,
    Object,
    OpenMeeting,
    Oppose,
    PauseMeeting,
    Publish,
    PutText,
    Recorded,
    ReopenClause,
    RequestFloor,
    Reserve,
    ResumeMeeting,
    SetAside,
    Support,
    TableDraft,
    TakeBackText,
    WithdrawFloorRequest,
    WithdrawObjection,
    WithdrawPosition,
    WithdrawProposal,
    WithdrawReservation,
    YieldFloor,
    composed,
    evolve,
    from_body,
    may,
    may_see,
    refusal,
    rolling_text,
    to_body,
    what_next,
)
from kenesh.meeting import events as e
from kenesh.statement.hashes import text_hash

CODES = ("AA", "BB", "CC", "OO", "PP")
WORDS = (
    "Condemned the acts of violence in the islands.",
    "Strongly condemned the acts of violence and vandalism in the islands.",
    "Deplored the acts and vandalism in the islands.",
    "Supported the inquiry of all the islands.",
    "Welcomed the inquiry.",
    "Приветствовал расследование на островах.",
    "Adalar soruşturmasını İIıi desteklediler.",
)
LIKELY = (
    (SECRETARIAT, CALL),
    (CHAIR, Arrive("AA", "Ada Alm")),
    (BB, Arrive("BB", "Bea Birk")),
    (CC, Arrive("CC", "Cai Crow")),
    (OO, Arrive("OO", "Ole Orn")),
    (CHAIR, OpenMeeting()),
    (SECRETARIAT, TableDraft("STATEMENT", "eng", DRAFT, "d.txt", "0" * 64)),
)


def a_command(room: Room, chance: Random) -> AnyCommand:
    """A command about what is there, or was."""
    state = room.state
    of = chance.choice
    clause = of([c.id for c in (*state.clauses, *state.deleted)] or ["op1"])
    proposal = of([p.id for p in state.proposals if p.status == "open"] or ["P1"])
    code, text, call = of(CODES), of(WORDS), state.calls or 1
    live = state.clause(clause)
    revision = max(1, (live.revision if live else 1) - of((0, 0, 0, 1)))
    digest = state.adopted.text_sha256 if state.adopted else "0"
    groups: list[list[AnyCommand]] = [
        [Amend(clause, revision, text)],
        [
            Amend(clause, revision, text),
            Delete(clause, revision),
            Insert(of((clause, None)), "operative", text),
        ],
        [Support(proposal), Oppose(proposal), WithdrawPosition(proposal), WithdrawProposal(proposal)],
        [
            AcceptProposal(proposal),
            AcceptProposal(proposal),
            SetAside(proposal),
            *_alternatives(room, clause),
        ],
        [AgreeClause(clause, revision), AgreeClause(clause, revision), ReopenClause(clause)],
        [RequestFloor(), WithdrawFloorRequest(), GiveFloor(code), YieldFloor()],
        [Arrive(code, "Somebody"), Leave(code), HandOverChair(code.lower(), code, "must leave")],
        [PauseMeeting("tea"), ResumeMeeting(), ResumeMeeting(), OpenMeeting(), CALL],
        [
            TableDraft(None, "eng", DRAFT, "e.txt", "0" * 64),
            EndMeeting(of(("adopted", "no-text", "chair-summary"))),
        ],
        [Object(call, "no"), WithdrawObjection(call), Reserve(call, "reservation", "no", of((clause, None)))],
        [
            WithdrawReservation(call),
            TakeBackText(call, "open again"),
            DeclareAdopted(call),
            DeclareAdopted(call),
        ],
        [Publish("a", "/akn/a", digest, (FILE,))],
    ]
    if state.called:
        statement = composed(state, room.profile, room.now)
        groups.append([PutText(statement), PutText(msgspec.structs.replace(statement, title="ANOTHER"))])
    return of(of(groups))


def _alternatives(room: Room, clause: str) -> list[AnyCommand]:
    if room.state.clause(clause) is None:
        return []
    rolling = rolling_text(room.state, clause, room.profile)
    return [AcceptAlternative(clause, a.key) for a in rolling.alternatives[:4]]


def an_actor(room: Room, command: AnyCommand, chance: Random) -> Actor:
    """Mostly a seat that may; sometimes any seat."""
    able = [a for a in EVERYBODY if refusal(room.state, command, a, room.profile, room.now) is None]
    return chance.choice(able if able and chance.random() < 0.85 else EVERYBODY)


@st.composite
def histories(draw: st.DrawFn) -> Room:
    """A meeting after up to 120 tries; refused commands are tried too and must change nothing."""
    chance = draw(st.randoms(use_true_random=True))
    room = Room()
    started = draw(st.sampled_from((7, 7, 7, 7, 3, 0)))
    for actor, command in LIKELY[:started]:
        room.now = STARTS if isinstance(command, OpenMeeting) else room.now
        room.do(actor, command)
    room.now = STARTS if started else room.now
    for _ in range(draw(st.integers(0, 120))):
        command = a_command(room, chance)
        _try(room, an_actor(room, command, chance), command)
    return room


def _try(room: Room, actor: Actor, command: AnyCommand) -> None:
    before, length = room.state, len(room.record)
    closed = may(before, type(command), actor, room.profile, room.now)
    try:
        room.do(actor, command)
    except KeneshError:
        assert room.state == before
        assert len(room.record) == length
    else:
        assert closed is None, "a closed gate let a command through"
        assert len(room.record) > length
        _keeps_its_laws(before, room)


def _keeps_its_laws(before: MeetingState, room: Room) -> None:
    after = room.state
    ids = [c.id for c in (*after.clauses, *after.deleted)]
    assert len(ids) == len(set(ids)), "two clauses have the same id"
    assert after.floor is None or after.floor in after.present
    assert set(after.queue) <= set(after.present)
    assert [p.id for p in after.proposals][: len(before.proposals)] == [p.id for p in before.proposals]
    assert all(a.original == b.original for a, b in zip(after.proposals, before.proposals, strict=False))
    if after.draft == before.draft:
        for clause in before.clauses:
            now = after.clause(clause.id)
            assert now is None or now.revision >= clause.revision
            assert now is None or len(now.earlier) == now.revision - 1
    for clause in after.clauses:
        assert clause.text, "a clause without words"
        assert clause.agreed is None or not after.open_on(clause.id), "agreed with an open proposal on it"
    for proposal in after.proposals:
        assert not set(proposal.supporters) & set(proposal.opponents)
        assert proposal.delegation not in (*proposal.supporters, *proposal.opponents)
    if before.phase == "ended":
        assert isinstance(room.record[-1].event, e.StatementPublished)
    if after.adopted and not before.adopted:
        assert before.put is not None
        assert not before.objections
        assert after.adopted.text_sha256 == before.put.text_sha256 == text_hash(after.adopted.statement)
    if before.put and before.phase != "ended":
        assert after.clauses == before.clauses, "words changed while the text was put"


def test_the_histories_exercise_every_event() -> None:
    chance, seen = Random(7), set[type]()
    for _ in range(60):
        room = Room()
        for actor, command in LIKELY:
            room.now = STARTS if isinstance(command, OpenMeeting) else room.now
            room.do(actor, command)
        for _ in range(150):
            command = a_command(room, chance)
            _try(room, an_actor(room, command, chance), command)
        seen |= {type(r.event) for r in room.record}
    assert seen == set(get_args(e.AnyEvent))


@given(histories())
@settings(max_examples=120)
def test_commands_keep_the_laws_and_replay_equals_live(room: Room) -> None:
    assert reduce(evolve, room.record, MeetingState()) == room.state
    assert [r.version for r in room.record] == [*range(1, len(room.record) + 1)]


@given(histories(), st.integers(0, 60))
@settings(max_examples=60)
def test_a_late_client_catches_up_through_the_store(room: Room, seen: int) -> None:
    stale = reduce(evolve, room.record[:seen], MeetingState())
    missed = [
        from_body(*to_body(Decided(r.event, r.audience), r.actor), r.version, r.at)
        for r in room.record[seen:]
    ]
    assert reduce(evolve, missed, stale) == room.state
    assert stale != room.state or not missed


@given(histories())
@settings(max_examples=60)
def test_a_seat_that_sees_a_part_sees_that_part_truly(room: Room) -> None:
    for actor in (AA, OO, PP, SECRETARIAT):
        seen = reduce(evolve, [r for r in room.record if may_see(r.audience, actor)], MeetingState())
        for field in ("phase", "present", "floor", "queue", "presiding", "ended", "published", "adopted"):
            assert getattr(seen, field) == getattr(room.state, field)
        if actor is PP:
            assert (seen.clauses, seen.proposals, seen.put) == ((), (), None)
        else:
            assert msgspec.structs.replace(seen, version=room.state.version) == room.state


@given(histories(), st.data())
@settings(max_examples=60)
def test_any_part_of_the_record_folds_without_an_error(room: Room, data: st.DataObject) -> None:
    kept: list[Recorded] = [r for r in room.record if data.draw(st.booleans())]
    state = reduce(evolve, kept, MeetingState())
    assert state.version == (kept[-1].version if kept else 0)


@given(histories())
@settings(max_examples=40)
def test_what_is_offered_is_open(room: Room) -> None:
    commands = {type(c).__name__: type(c) for c in (CALL, OpenMeeting(), PauseMeeting("x"), RequestFloor())}
    for actor in EVERYBODY:
        for act in what_next(room.state, actor, room.profile, room.now):
            if act.command in commands:
                assert may(room.state, commands[act.command], actor, room.profile, room.now) is None


@given(histories())
@settings(max_examples=40)
def test_the_composed_statement_holds_every_clause_once(room: Room) -> None:
    if room.state.called is None:
        return
    statement = composed(room.state, room.profile, room.now)
    ids = [c.id for c in statement.walk()]
    assert len(ids) == len(set(ids))
    assert [c.id for c in room.state.clauses] == [i for i in ids if room.state.clause(i)]
    assert statement == composed(room.state, room.profile, room.now)
