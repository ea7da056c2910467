"""What everybody may see: the register, the statements and their editions, the search."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated

import msgspec
from litestar import Response, get
from litestar.params import FromPath, FromQuery, QueryParameter

from kenesh.app.find_precedents import find_precedents
from kenesh.app.house import House
from kenesh.app.library import entries, find_entry
from kenesh.app.loading import list_meetings, load_meeting, meeting_ids
from kenesh.app.publish_statement import edition_bytes
from kenesh.editions import ENDINGS, publish
from kenesh.errors import BadInput
from kenesh.meeting.events import PublishedFile
from kenesh.meeting.state import MeetingState
from kenesh.register import Entry, Precedent
from kenesh.statement.hashes import text_hash
from kenesh.statement.model import ACTS, Citation, Statement
from kenesh.web.pages import page
from kenesh.web.rendering import day
from kenesh.web.security import EDITION_CSP
from kenesh.web.session import AnyRequest, TheHouse, seat_of

MEDIA = {
    "txt": "text/plain; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "akn": "application/akn+xml",
}
KIND_WORDS = {
    "joint-statement": "Statement",
    "declaration": "Declaration",
    "communique": "Communiqué",
    "resolution": "Resolution",
    "decision": "Decision",
    "presidential-statement": "Presidential statement",
    "press-statement": "Press statement",
    "chair-statement": "Chair’s statement",
    "other": "Text",
}
LANGUAGES = {
    "eng": "en",
    "fra": "fr",
    "spa": "es",
    "rus": "ru",
    "ara": "ar",
    "zho": "zh",
    "tur": "tr",
    "aze": "az",
}


class Shelf(msgspec.Struct, frozen=True):
    """One line of the register page."""

    id: str
    statement: Statement
    origin: str
    date: str | None
    kind_words: str
    clauses: int


@get("/", sync_to_thread=True)
def register_home(request: AnyRequest, house: TheHouse) -> Response[str]:
    seat = seat_of(request, house)
    shelves = sorted((_shelf(e) for e in entries(house)), key=lambda s: s.date or "", reverse=True)
    years = [(y, list(items)) for y, items in groupby(shelves, key=lambda s: (s.date or "undated")[:4])]
    running = [m for m in list_meetings(house, seat.actor) if m.phase != "ended"] if seat else []
    name = house.profile.name if house.profile else None
    return page(
        house, seat, "register.html", section="register", years=years, running=running, body_name=name
    )


def _shelf(entry: Entry) -> Shelf:
    return Shelf(
        id=entry.id,
        statement=entry.statement,
        origin=entry.origin,
        date=entry.date,
        kind_words=KIND_WORDS[entry.statement.kind],
        clauses=sum(1 for c in entry.statement.walk() if c.kind in ("preambular", "operative")),
    )


@get("/statements/{name:str}", sync_to_thread=True)
def statement_page(
    request: AnyRequest, house: TheHouse, name: FromPath[str]
) -> Response[str] | Response[bytes]:
    """A statement as a page; with an ending, the edition of that form."""
    for form, ending in ENDINGS.items():
        if name.endswith(ending):
            return _edition(house, name.removesuffix(ending), form)
    entry = find_entry(house, name)
    statement = entry.statement
    return page(
        house,
        seat_of(request, house),
        "statement.html",
        section="register",
        s=statement,
        kind_words=KIND_WORDS[statement.kind],
        lang=LANGUAGES.get(statement.language, "und"),
        digest=text_hash(statement),
        cited=tuple(dict.fromkeys(_cited(c) for clause in statement.walk() for c in clause.citations)),
        files=_files(house, entry),
        head=house.store.head(),
    )


def _cited(citation: Citation) -> str:
    """A citation in words: what it is called, and its date where the name does not say it."""
    name = citation.text if any(c.isalpha() for c in citation.text) else citation.target or citation.text
    return f"{name} of {day(citation.date)}" if citation.date and citation.date[:4] not in name else name


def _publishing(house: House, entry: str) -> MeetingState | None:
    states = (load_meeting(house, m) for m in meeting_ids(house))
    return next((s for s in states if s.published and s.published.name == entry), None)


def _files(house: House, entry: Entry) -> tuple[PublishedFile, ...]:
    state = _publishing(house, entry.id)
    return state.published.files if state and state.published else ()


def _edition(house: House, name: str, form: str) -> Response[bytes]:
    entry = find_entry(house, name)
    state = _publishing(house, name)
    data = edition_bytes(house, state, form) if state else publish(entry.statement, form)
    headers = {"content-security-policy": EDITION_CSP} if form == "html" else {}
    return Response(data, media_type=MEDIA[form], headers=headers)


@get("/search", sync_to_thread=True)
def search_page(
    request: AnyRequest,
    house: TheHouse,
    q: FromQuery[str] = "",
    act: FromQuery[str] = "",
    year_from: Annotated[str, QueryParameter(name="from")] = "",
    year_to: Annotated[str, QueryParameter(name="to")] = "",
) -> Response[str]:
    problem = ""
    found: tuple[Precedent, ...] = ()
    first, last = _year(year_from), _year(year_to)
    if q.strip():
        try:
            found = find_precedents(house, q, act=act or None, year_from=first, year_to=last, limit=25)
        except BadInput as error:
            problem = str(error)
    return page(
        house,
        seat_of(request, house),
        "search.html",
        section="search",
        q=q,
        found=found,
        problem=problem,
        acts=ACTS,
        filters={"act": act, "year_from": first, "year_to": last},
    )


def _year(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) == 4 else None


@get("/healthz", sync_to_thread=True)
def healthz(house: TheHouse) -> dict[str, str]:
    """Whether the record can be read; for a proxy or a supervisor."""
    house.store.head()
    return {"status": "ok"}
