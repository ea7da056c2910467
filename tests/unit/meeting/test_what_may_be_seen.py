from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sittings import AA, CHAIR, GUEST, OO, PP, SECRETARIAT, Room, drafted, text_put

from kenesh.meeting import Actor, Amend, Decided, MeetingState, evolve, from_body, may_see, to_body
from kenesh.meeting import errors as no
from kenesh.meeting import events as e

AT = datetime(2026, 3, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("audience", "seen_by"),
    [
        ("public", [SECRETARIAT, CHAIR, AA, OO, PP, GUEST]),
        ("meeting", [SECRETARIAT, CHAIR, AA, OO, PP]),
        ("members", [SECRETARIAT, CHAIR, AA]),
        ("members+OO", [SECRETARIAT, CHAIR, AA, OO]),
        ("secretariat", [SECRETARIAT]),
        ("delegation:AA", [CHAIR, AA]),
        ("delegation:OO", [OO]),
        ("delegation:", []),
        ("from-a-newer-version", [SECRETARIAT]),
    ],
)
def test_an_audience_is_seen_by_its_own(audience: str, seen_by: list[Actor]) -> None:
    everyone = [SECRETARIAT, CHAIR, AA, OO, PP, GUEST]
    assert [a for a in everyone if may_see(audience, a)] == seen_by


def test_events_go_to_the_store_and_come_back_the_same() -> None:
    room = text_put()
    for recorded in room.record:
        kind, body = to_body(Decided(recorded.event, recorded.audience), recorded.actor)
        assert from_body(kind, body, recorded.version, recorded.at) == recorded


def test_a_stored_event_has_a_stable_name_and_a_plain_body() -> None:
    kind, body = to_body(Decided(e.FloorGiven("BB")), CHAIR)
    assert kind == "floor.given/1"
    assert body == {
        "actor": {"seat": "chair", "role": "chair", "person": "Ada Alm", "delegation": "AA"},
        "audience": "meeting",
        "data": {"delegation": "BB"},
    }


def test_keys_that_a_newer_version_added_are_passed_over() -> None:
    kind, body = to_body(Decided(e.FloorGiven("BB")), CHAIR)
    body["data"]["minutes"] = 5
    body["mood"] = "good"
    assert from_body(kind, body, 1, AT).event == e.FloorGiven("BB")


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (
            "floor.sung/1",
            {"actor": {"seat": "a", "role": "chair", "person": "A"}, "audience": "meeting", "data": {}},
        ),
        (
            "floor.given/1",
            {"actor": {"seat": "a", "role": "chair", "person": "A"}, "audience": "meeting", "data": {}},
        ),
        ("floor.given/1", {"audience": "meeting", "data": {"delegation": "BB"}}),
        ("floor.given/1", {}),
    ],
)
def test_an_event_that_cannot_be_read_says_which(kind: str, body: dict[str, object]) -> None:
    with pytest.raises(no.UnknownEvent, match=f"Event 7 .*{kind}"):
        from_body(kind, body, 7, AT)


def test_a_refused_command_leaves_the_state_as_it_was() -> None:
    room = drafted()
    before, length = room.state, len(room.record)
    with pytest.raises(no.NoSuchRight):
        room.do(OO, Amend("op1", 1, "Nothing."))
    assert room.state is before
    assert len(room.record) == length


def test_events_about_what_was_never_shown_change_only_what_is_visible() -> None:
    state = MeetingState()
    hidden: list[e.AnyEvent] = [
        e.ProposalSupported("P9", "BB"),
        e.ProposalSetAside("P9"),
        e.ClauseAmended("op9", 2, "x", "x", ("BB",), (e.RebasedProposal("P9", "x", "open"),)),
        e.ClauseDeleted("op9", "P9"),
        e.ClauseAgreed("op9", 1, True),
        e.ObjectionWithdrawn(1, "BB"),
        e.FloorYielded("BB"),
        e.DelegationLeft("BB"),
    ]
    for version, event in enumerate(hidden, 1):
        state = evolve(state, e.Recorded(version, AT, CHAIR, "meeting", event))
    assert state == MeetingState(version=len(hidden))


def test_a_clause_inserted_after_a_hidden_one_comes_last() -> None:
    inserted = e.ClauseInserted(e.DraftClause("n", "operative", "New."), "op9", "P1")
    state = evolve(MeetingState(), e.Recorded(1, AT, CHAIR, "meeting", inserted))
    assert [c.id for c in state.clauses] == ["n"]


def test_arrivals_are_kept_once_for_each_person() -> None:
    room = Room()
    for person in ("Ada", "Abe", "Ada"):
        event = e.DelegationArrived("AA", person)
        room.state = evolve(room.state, e.Recorded(room.state.version + 1, AT, SECRETARIAT, "meeting", event))
    assert [a.person for a in room.state.attendance] == ["Ada", "Abe"]
    assert room.state.present == ("AA",)
