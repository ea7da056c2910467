"""Publish an adopted statement: the editions, byte for byte, and their hashes in the record."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from kenesh.app.house import House
from kenesh.app.library import catch_up, final_statement
from kenesh.app.loading import load_meeting
from kenesh.app.perform import Outcome, perform
from kenesh.editions import ENDINGS, FORMS, publish
from kenesh.editions.naming import file_name
from kenesh.errors import BadRecord, NotFound
from kenesh.meeting import Actor, Publish, PublishedFile, may
from kenesh.meeting.state import MeetingState
from kenesh.statement.model import Statement


class EditionLost(BadRecord):
    """A published file is missing or damaged and cannot be made again with the recorded hash."""

    code = "record.edition-lost"
    template = "{name} is missing or damaged, and this version would write other bytes."
    advice = "Restore the folder `published/` from a backup."


def publish_statement(house: House, actor: Actor, meeting: str, *, command_id: str | None = None) -> Outcome:
    """Write all editions of the adopted statement, record their hashes, enter it in the register.

    Who may not publish writes no file. The files are durable before the event names them; writing them
    again gives the same bytes.

    Raises:
        Refused: nothing is adopted, it is published already, or this seat may not.
    """
    with house.lock:
        state = load_meeting(house, meeting)
        if state.called is None:
            raise NotFound(what="meeting", id=meeting)
        body = house.profile_of(state.called.body)
        if reason := may(state, Publish, actor, body, house.now()):
            if command_id and state.published and house.store.done(command_id):
                return perform(house, actor, meeting, _done_already(state), command_id=command_id)
            raise reason
        assert state.adopted is not None
        statement = final_statement(house, state)
        name = file_name(statement)
        files = tuple(_edition(house, statement, name, form) for form in FORMS)
        command = Publish(
            name=name, iri=statement.iri or "", text_sha256=state.adopted.text_sha256, files=files
        )
        outcome = perform(house, actor, meeting, command, command_id=command_id)
        catch_up(house)
        return outcome


def _done_already(state: MeetingState) -> Publish:
    """The command that was carried out, for an answer to its repetition; nothing is written."""
    assert state.published is not None
    p = state.published
    return Publish(name=p.name, iri=p.iri, text_sha256=p.text_sha256, files=p.files)


def edition_bytes(house: House, state: MeetingState, form: str) -> bytes:
    """The published file of a form, checked against the record; made again where the folder lost it.

    Raises:
        EditionLost: what is there, or can be made, is not what was recorded.
    """
    assert state.published is not None
    recorded = next(f for f in state.published.files if f.form == form)
    kept = house.folder / "published" / recorded.name if house.folder else None
    if kept and kept.is_file() and _sha256(data := kept.read_bytes()) == recorded.sha256:
        return data
    data = publish(final_statement(house, state), form)
    if _sha256(data) != recorded.sha256:
        raise EditionLost(name=recorded.name)
    if kept:
        _write_durably(kept, data)
    return data


def _edition(house: House, statement: Statement, name: str, form: str) -> PublishedFile:
    data = publish(statement, form)
    file = name + ENDINGS[form]
    if house.folder:
        _write_durably(house.folder / "published" / file, data)
    return PublishedFile(form=form, name=file, sha256=_sha256(data), size=len(data))


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _write_durably(path: Path, data: bytes) -> None:
    """Write to a temporary name, flush to disk, rename: a reader sees the old file or the whole new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.new")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
