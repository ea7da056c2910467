from __future__ import annotations

import pytest
from councils import STRONGLY, drafted

from kenesh.app.put_text import put_text, text_on_the_table
from kenesh.errors import Conflict, NotFound, Refused
from kenesh.meeting import AcceptProposal, Amend
from kenesh.meeting.state import MeetingState
from kenesh.statement.hashes import text_hash


def test_what_the_chair_read_is_what_is_put() -> None:
    council = drafted()
    shown = text_on_the_table(council.house, council.state)
    put_text(council.house, council.actor("chair"), council.meeting, seen_sha256=text_hash(shown))
    assert council.state.put is not None
    assert council.state.put.text_sha256 == text_hash(shown)
    assert council.state.put.statement == shown
    assert [c.lead for c in shown.clauses if c.kind == "operative"] == [
        "Condemned",
        "Supported",
        "Reiterated",
    ]


def test_a_text_that_has_changed_since_is_not_put() -> None:
    council = drafted()
    stale = text_hash(text_on_the_table(council.house, council.state))
    clause = council.clause("Condemned")
    made = council.do("av", Amend(clause.id, clause.revision, STRONGLY)).proposals[-1]
    council.do("chair", AcceptProposal(made.id, clause.revision))
    size = council.size
    with pytest.raises(Conflict, match="text has moved on"):
        put_text(council.house, council.actor("chair"), council.meeting, seen_sha256=stale)
    assert council.state.put is None
    assert council.size == size


def test_no_text_is_put_while_a_bracket_is_open() -> None:
    council = drafted()
    clause = council.clause("Condemned")
    council.do("av", Amend(clause.id, clause.revision, STRONGLY))
    with pytest.raises(Refused):
        council.put()


def test_only_the_chair_puts() -> None:
    council = drafted()
    with pytest.raises(Refused):
        put_text(council.house, council.actor("av"), council.meeting)


def test_a_meeting_that_was_never_called_has_no_text() -> None:
    council = drafted()
    with pytest.raises(NotFound):
        put_text(council.house, council.actor("chair"), "no-such-meeting")
    with pytest.raises(NotFound):
        text_on_the_table(council.house, MeetingState())
