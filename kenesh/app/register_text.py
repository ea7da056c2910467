"""Enter a text from elsewhere in the register."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from kenesh.app.house import House
from kenesh.app.library import STREAM, TextRegistered, catch_up
from kenesh.app.seats import OPERATOR
from kenesh.editions.naming import file_name
from kenesh.errors import BadInput, NotAllowed
from kenesh.meeting import Actor
from kenesh.reading import read
from kenesh.register import Entry
from kenesh.store.ports import NewEvent


class NotAStatement(BadInput):
    code = "input.not-a-statement"
    template = "{name}: {reason}"
    advice = "Only texts with clauses enter the register. `kenesh read` shows what was understood."


def register_text(house: House, data: bytes, name: str, *, actor: Actor = OPERATOR) -> tuple[Entry, bool]:
    """Read a text and enter it, with where it came from.

    Returns:
        The entry, and whether it is new: the same bytes enter once.

    Raises:
        BadInput: it cannot be read, or is no statement.
        NotAllowed: the actor is not the secretariat.
    """
    if actor.role != "secretariat":
        raise NotAllowed(role=f"A {actor.role}", act="enter a text in the register")
    digest = hashlib.sha256(data).hexdigest()
    with house.lock:
        catch_up(house)
        for known in house.library.values():
            if known.statement.source and known.statement.source.sha256 == digest:
                return known, False
        statement = read(data, name, profiles=house.profiles)
        if statement.kind == "other":
            raise NotAStatement(name=name, reason=statement.reason or "no clause was found in it")
        event = TextRegistered(
            _free_id(house, statement_id(file_name(statement), name)), statement, name, digest
        )
        body = {
            "actor": msgspec.to_builtins(actor),
            "audience": "public",
            "data": msgspec.to_builtins(event),
        }
        new = NewEvent(type="text.registered/1", body=body, salt=house.salt())
        house.store.append(STREAM, house.store.version(STREAM), [new], at=house.now())
        catch_up(house)
        house.notify()
        return house.library[event.id], True


def statement_id(derived: str, name: str) -> str:
    """The id of an entry: from the text's own facts, else from its file name."""
    return derived or Path(name).stem or "text"


def _free_id(house: House, stem: str) -> str:
    made, nth = stem, 1
    while made in house.library:
        nth += 1
        made = f"{stem}-{nth}"
    return made
