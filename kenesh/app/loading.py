"""Loading: from stored events to states, for everything or for what one seat may see."""

from __future__ import annotations

from kenesh.app.house import House
from kenesh.errors import NotFound
from kenesh.meeting import Actor, Recorded, evolve, from_body, may_see
from kenesh.meeting.state import MeetingState
from kenesh.store.ports import StoredEvent

ALL = "*"  # the class of sight that sees every event; for the acts, never for a face


def stream_of(meeting: str) -> str:
    """The name of a meeting's stream in the store."""
    return f"meeting/{meeting}"


def to_recorded(stored: StoredEvent) -> Recorded:
    """A stored meeting event as the meeting room knows it."""
    return from_body(stored.type, stored.body, stored.version, stored.time)


def load_meeting(house: House, meeting: str) -> MeetingState:
    """The whole state of a meeting; the state of an uncalled one where the id is unknown."""
    return _folded(house, meeting, ALL, None)


def seen_meeting(house: House, meeting: str, actor: Actor) -> MeetingState:
    """The state of a meeting as this actor may see it.

    Raises:
        NotFound: there is no such meeting, or nothing of it is visible: the answer is the same.
    """
    state = _folded(house, meeting, sight(actor), actor)
    if not _is_invited(state, actor):
        raise NotFound(what="meeting", id=meeting)
    return state


def _is_invited(state: MeetingState, actor: Actor) -> bool:
    """Whether the meeting concerns this seat: its delegation was invited, or it acts for none."""
    if state.called is None:
        return False
    return actor.delegation is None or actor.delegation in state.called.invited


def sight(actor: Actor) -> str:
    """The class of sight of an actor: seats of one class see the same events."""
    return f"{actor.role}:{actor.delegation or ''}"


def _folded(house: House, meeting: str, sight_class: str, actor: Actor | None) -> MeetingState:
    key = (meeting, sight_class)
    state = house.meetings.get(key, MeetingState())
    for recorded in history(house, meeting, after=state.version):
        if actor is None or may_see(recorded.audience, actor):
            state = evolve(state, recorded)
    if state.called is not None:  # what was never called is not kept
        house.meetings[key] = state
    return state


def history(
    house: House, meeting: str, *, after: int = 0, actor: Actor | None = None
) -> tuple[Recorded, ...]:
    """The events of a meeting above a version, in order; with an actor, those it may see."""
    stored = house.store.read(stream_of(meeting), after)
    events = (to_recorded(s) for s in stored)
    return tuple(r for r in events if actor is None or may_see(r.audience, actor))


def meeting_ids(house: House) -> tuple[str, ...]:
    """All meetings, in the order they were called."""
    return tuple(s.removeprefix("meeting/") for s in house.store.streams("meeting/"))


def list_meetings(house: House, actor: Actor) -> tuple[MeetingState, ...]:
    """The meetings this actor may see, newest first."""
    states = (_folded(house, m, sight(actor), actor) for m in meeting_ids(house))
    return tuple(s for s in reversed([*states]) if _is_invited(s, actor))
