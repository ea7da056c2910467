"""Look whether this machine and a data folder are in order."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import apsw
import msgspec
import tantivy

from kenesh.app.house import House, opened
from kenesh.app.library import entries
from kenesh.app.loading import load_meeting, meeting_ids
from kenesh.app.publish_statement import edition_bytes
from kenesh.errors import KeneshError
from kenesh.meeting.state import MeetingState
from kenesh.store.database import check_library


class Finding(msgspec.Struct, frozen=True):
    what: str
    ok: bool
    detail: str


def examine(folder: Path) -> tuple[Finding, ...]:
    """Every finding, about the machine first, then about the folder where there is one."""
    found = [*_machine()]
    if not folder.exists():
        return (*found, Finding("data folder", True, f"{folder} is not there yet; nothing to look at"))
    try:
        with opened(folder, write=False) as house:
            found += _folder(house)
    except KeneshError as error:
        found.append(Finding("data folder", False, f"{error} {error.advice}"))
    return tuple(found)


def _machine() -> Iterator[Finding]:
    yield Finding("python", sys.version_info >= (3, 11), sys.version.split()[0])
    yield _tried("sqlite", _sqlite)
    yield Finding("search", True, f"tantivy {getattr(tantivy, '__version__', 'installed')}")
    yield _tried("time zones", lambda: str(ZoneInfo("Asia/Bishkek")))


def _edition(house: House, state: MeetingState, form: str) -> str:
    return f"{len(edition_bytes(house, state, form))} bytes, as recorded"


def _sqlite() -> str:
    check_library()
    return apsw.sqlite_lib_version()


def _folder(house: House) -> Iterator[Finding]:
    yield Finding("settings", True, f"base URL {house.settings.base_url}")
    yield Finding("body", True, house.profile.name if house.profile else "none: a register only")
    report = house.store.verify()
    detail = report.fault.reason if report.fault else f"{report.size} events, root {report.root}"
    yield Finding("record", report.sound, detail)
    yield _tried("register", lambda: f"{len(entries(house))} texts")
    for meeting in meeting_ids(house):
        state = load_meeting(house, meeting)
        if state.published:
            for file in state.published.files:
                yield _tried(file.name, partial(_edition, house, state, file.form))


def _tried(what: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(what, True, look())
    except KeneshError as error:
        return Finding(what, False, f"{error} {error.advice}")
    except OSError as error:
        return Finding(what, False, str(error))
