from __future__ import annotations

import pytest
from councils import STRONGLY, Council, drafted, opened

from kenesh.app.loading import history, load_meeting, seen_meeting
from kenesh.app.perform import TRIES, perform
from kenesh.errors import Conflict, NotFound, Refused, Unavailable
from kenesh.meeting import Actor, Amend, RequestFloor, Support
from kenesh.store.ports import StaleVersion


def amend(council: Council, opening: str = "Condemned", text: str = STRONGLY) -> Amend:
    clause = council.clause(opening)
    return Amend(clause.id, clause.revision, text)


def test_an_act_is_written_and_told() -> None:
    council = drafted()
    told: list[int] = []
    council.house.listeners.append(lambda: told.append(council.size))
    before = council.state.version
    outcome = perform(council.house, council.actor("av"), council.meeting, amend(council))
    assert outcome.state.version == before + 1
    assert [r.version for r in outcome.events] == [before + 1]
    assert outcome.events[0].actor == council.actor("av")
    assert told == [council.size], "listeners hear of it once, after the commit"


def test_the_same_command_id_is_carried_out_once() -> None:
    council = drafted()
    command = amend(council)
    first = perform(council.house, council.actor("av"), council.meeting, command, command_id="av:1")
    size = council.size
    again = perform(council.house, council.actor("av"), council.meeting, command, command_id="av:1")
    assert again.events == first.events
    assert council.size == size


def test_a_refused_act_writes_nothing_and_may_be_tried_again() -> None:
    council = drafted()
    made = council.do("av", amend(council)).proposals[-1].id
    size = council.size
    with pytest.raises(Refused):
        perform(council.house, council.actor("av"), council.meeting, Support(made), command_id="x")
    assert council.size == size
    perform(council.house, council.actor("dr"), council.meeting, Support(made), command_id="x")
    assert council.size == size + 1


def test_a_lost_race_is_decided_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process writes between loading and appending; the act lands on the new state."""
    council = opened()
    append, rival = council.house.store.append, council.actor("dr")

    def slower(stream: str, expected: int, *args: object, **kwargs: object) -> object:
        monkeypatch.setattr(council.house.store, "append", append)
        perform(council.house, rival, council.meeting, RequestFloor())
        return append(stream, expected, *args, **kwargs)

    monkeypatch.setattr(council.house.store, "append", slower)
    outcome = perform(council.house, council.actor("av"), council.meeting, RequestFloor())
    assert outcome.state.queue == ("DR", "AV")


def test_many_lost_races_in_a_row_are_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    council = opened()
    tried: list[int] = []

    def stale(stream: str, expected: int, *args: object, **kwargs: object) -> object:
        tried.append(expected)
        raise StaleVersion(stream=stream, actual=expected + 1, expected=expected)

    monkeypatch.setattr(council.house.store, "append", stale)
    with pytest.raises(Conflict):
        perform(council.house, council.actor("av"), council.meeting, RequestFloor())
    assert len(tried) == TRIES


def test_what_the_store_cannot_write_is_not_acknowledged(monkeypatch: pytest.MonkeyPatch) -> None:
    council = opened()

    def full(*args: object, **kwargs: object) -> object:
        raise Unavailable(detail="no space left")

    monkeypatch.setattr(council.house.store, "append", full)
    told: list[int] = []
    council.house.listeners.append(lambda: told.append(1))
    with pytest.raises(Unavailable):
        perform(council.house, council.actor("av"), council.meeting, RequestFloor())
    assert told == []
    assert council.state.queue == ()


def test_an_unknown_meeting_takes_no_act() -> None:
    council = opened()
    size = council.size
    with pytest.raises(Refused):
        perform(council.house, council.actor("av"), "no-such-meeting", RequestFloor())
    assert council.size == size


def test_what_is_folded_step_by_step_is_what_is_folded_at_once() -> None:
    council = drafted()
    council.do("av", amend(council))
    kept = load_meeting(council.house, council.meeting)
    council.house.meetings.clear()
    assert load_meeting(council.house, council.meeting) == kept


def test_a_meeting_that_is_not_visible_is_not_there() -> None:
    council = opened()
    stranger = Actor("x", "guest", "Somebody")
    with pytest.raises(NotFound) as hidden:
        seen_meeting(council.house, council.meeting, stranger)
    with pytest.raises(NotFound) as absent:
        seen_meeting(council.house, "no-such-meeting", stranger)
    assert type(hidden.value) is type(absent.value)
    assert history(council.house, council.meeting, actor=stranger) == ()
