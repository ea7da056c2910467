"""The library: every text in the register, in order of entering, and the search index that follows it."""

from __future__ import annotations

import msgspec

from kenesh.app.house import House
from kenesh.app.loading import load_meeting
from kenesh.editions.naming import work_iri
from kenesh.errors import NotFound
from kenesh.meeting.state import MeetingState
from kenesh.register import Entry, Index
from kenesh.statement.model import Statement
from kenesh.store.ports import StoredEvent

STREAM = "register"


class TextRegistered(msgspec.Struct, frozen=True, tag_field="type", tag="text.registered/1"):
    """A text from elsewhere entered the register."""

    id: str
    statement: Statement
    source_name: str
    source_sha256: str


def catch_up(house: House) -> None:
    """Take every newer text into the library and into the index.

    Where another process writes the index and has not taken all of it yet, this one searches a copy of its
    own in memory.
    """
    with house.lock:
        if house.store.head().size - 1 == house.library_seen:
            return
        indexed = house.index.seen() if house.library_seen < 0 else house.library_seen
        fresh: list[tuple[int, Entry]] = []
        for stored in house.all_events(after=house.library_seen):
            entry = _entry(house, stored)
            if entry is not None:
                house.library[entry.id] = entry
                if stored.seq > indexed:
                    fresh.append((stored.seq, entry))
            house.library_seen = stored.seq
        if fresh:
            _index(house, fresh)


def _index(house: House, fresh: list[tuple[int, Entry]]) -> None:
    last = fresh[-1][0]
    if not house.index.is_writable and house.index.seen() < last:
        house.index.close()
        house.index = Index.open(None)
        fresh = [(last, entry) for entry in house.library.values()]
    if house.index.is_writable:
        for seq, entry in fresh:
            house.index.add(seq, entry)
        house.index.commit()


def entries(house: House) -> tuple[Entry, ...]:
    """All texts of the register, in order of entering."""
    catch_up(house)
    return tuple(house.library.values())


def find_entry(house: House, entry: str) -> Entry:
    """The entry of this id. Raises NotFound."""
    catch_up(house)
    if entry not in house.library:
        raise NotFound(what="statement", id=entry)
    return house.library[entry]


def _entry(house: House, stored: StoredEvent) -> Entry | None:
    if stored.type == "text.registered/1":
        data = msgspec.convert(stored.body["data"], TextRegistered)
        return Entry(id=data.id, statement=data.statement, origin="added")
    if stored.type == "statement.published/1":
        state = load_meeting(house, stored.stream.removeprefix("meeting/"))
        if state.published is not None:
            return Entry(id=state.published.name, statement=final_statement(house, state), origin="adopted")
    return None


def final_statement(house: House, state: MeetingState) -> Statement:
    """The adopted statement with its identifier: what every edition is made of.

    The identifier is the recorded one; before publication it is one that no other statement has.
    """
    assert state.adopted is not None
    assert state.called is not None
    statement = state.adopted.statement
    if state.published is not None:
        return msgspec.structs.replace(statement, iri=state.published.iri)
    body = house.profile_of(state.called.body)
    stem = made = work_iri(statement, body.jurisdiction, body.actor)
    taken = {e.statement.iri for e in entries(house)}
    nth = 1
    while made in taken:
        nth += 1
        made = f"{stem}-{nth}"
    return msgspec.structs.replace(statement, iri=made)
