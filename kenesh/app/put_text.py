"""Put the text: ask the meeting whether there is any objection to exactly these words."""

from __future__ import annotations

import msgspec

from kenesh.app.house import House
from kenesh.app.loading import load_meeting
from kenesh.app.perform import Outcome, perform
from kenesh.errors import Conflict, NotFound
from kenesh.meeting import Actor, PutText, composed, may
from kenesh.meeting.state import MeetingState
from kenesh.reading import mark
from kenesh.statement.hashes import text_hash
from kenesh.statement.model import Statement


def text_on_the_table(house: House, state: MeetingState) -> Statement:
    """The statement as it would be adopted now: composed from the table, with the marks of reading."""
    if state.called is None:
        raise NotFound(what="meeting", id="")
    bare = composed(state, house.profile_of(state.called.body), house.now())
    return msgspec.structs.replace(bare, clauses=tuple(mark(c) for c in bare.clauses))


def put_text(
    house: House, actor: Actor, meeting: str, *, seen_sha256: str | None = None, command_id: str | None = None
) -> Outcome:
    """Put the text on the table before the meeting.

    Args:
        seen_sha256: the hash of the text that the chair has read; if the table says something else by now,
            nothing is put. A chair is never surprised.

    Raises:
        Conflict: the text has changed since it was read.
        Refused: brackets are open, there is no quorum, or this seat does not preside.
    """
    with house.lock:
        state = load_meeting(house, meeting)
        if state.called is None:
            raise NotFound(what="meeting", id=meeting)
        body = house.profile_of(state.called.body)
        if reason := may(state, PutText, actor, body, house.now()):  # who may not put learns nothing of it
            raise reason
        statement = text_on_the_table(house, state)
        if seen_sha256 and seen_sha256 != text_hash(statement):
            raise Conflict(what="The text")
        return perform(house, actor, meeting, PutText(statement), command_id=command_id)
