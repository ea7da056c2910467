"""Laws of a meeting, over random histories: commands that seats could send, most of them plausible."""

from __future__ import annotations

from functools import reduce

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from sittings import AA, BB, CALL, CC, CHAIR, DRAFT, EVERYBODY, FILE, OO, PP, SECRETARIAT, STARTS, Room

from kenesh.drafting import compile_clause
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


@st.composite
def a_step(draw: st.DrawFn, room: Room) -> tuple[Actor, AnyCommand]:
    """One seat and one command that refers to what is there (or was)."""
    state = room.state
    seats = draw(st.sampled_from((*EVERYBODY, CHAIR, CHAIR, BB, CC, AA)))
    clauses = [c.id for c in (*state.clauses, *state.deleted)] or ["op1"]
    proposals = [p.id for p in state.proposals] or ["P1"]
    clause = draw(st.sampled_from(clauses))
    proposal = draw(st.sampled_from(proposals))
    code = draw(st.sampled_from(CODES))
    text = draw(st.sampled_from(WORDS))
    live = state.clause(clause)
    revision = max(1, (live.revision if live else 1) - draw(st.sampled_from((0, 0, 0, 1))))
    call = state.calls or 1
    kinds: tuple[AnyCommand, ...] = (
        CALL,
        Arrive(seats.delegation or code, seats.person),
        Arrive(code, "Somebody"),
        Leave(seats.delegation or code),
        OpenMeeting(),
        PauseMeeting("tea"),
        ResumeMeeting(),
        HandOverChair(code.lower(), code, "must leave"),
        RequestFloor(),
        WithdrawFloorRequest(),
        GiveFloor(code),
        YieldFloor(),
        TableDraft(None, "eng", DRAFT, "e.txt", "0" * 64),
        Amend(clause, revision, text),
        Amend(clause, revision, text),
        Amend(clause, revision, text),
        Insert(draw(st.sampled_from((clause, None))), "operative", text),
        Delete(clause, revision),
        WithdrawProposal(proposal),
        Support(proposal),
        Oppose(proposal),
        WithdrawPosition(proposal),
        AcceptProposal(proposal),
        SetAside(proposal),
        AgreeClause(clause, revision),
        ReopenClause(clause),
        Object(call, "no"),
        WithdrawObjection(call),
        Reserve(call, "reservation", "not bound", draw(st.sampled_from((clause, None)))),
        WithdrawReservation(call),
        TakeBackText(call, "open again"),
        DeclareAdopted(call),
        EndMeeting(draw(st.sampled_from(("adopted", "no-text", "chair-summary")))),
        Publish("a", "/akn/a", state.adopted.text_sha256 if state.adopted else "0", (FILE,)),
    )
    options = [*kinds]
    if live:
        versions = {p.id: p.text for p in state.open_on(clause)}
        rolling = compile_clause(live.text, versions, order=tuple(versions))
        options += [AcceptAlternative(clause, a.key) for a in rolling.alternatives[:4]]
    if state.called:
        statement = composed(state, room.profile, room.now)
        if draw(st.booleans()):
            options += [PutText(statement)] * 4
        else:
            options += [PutText(msgspec.structs.replace(statement, title="ANOTHER"))]
    return seats, draw(st.sampled_from(options))


@st.composite
def histories(draw: st.DrawFn) -> Room:
    """A meeting after up to forty steps; refused commands are tried too and must change nothing."""
    room = Room()
    started = draw(st.sampled_from((0, 3, 7, 7, 7, 7)))
    for actor, command in LIKELY[:started]:
        if isinstance(command, OpenMeeting):
            room.now = STARTS
        room.do(actor, command)
    if started:
        room.now = STARTS
    for _ in range(draw(st.integers(0, 40))):
        actor, command = draw(a_step(room))
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
    return room


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
