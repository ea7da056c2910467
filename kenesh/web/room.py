"""The meeting room, its screen, its paper and its acts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial

from anyio import to_thread
from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath, FromQuery
from litestar.response import Stream

from kenesh.app.house import House
from kenesh.app.loading import history, seen_meeting
from kenesh.app.table_draft import MAX_BYTES, BadDraft, table_draft
from kenesh.errors import KeneshError
from kenesh.web.acts import carry_out
from kenesh.web.fragments import room_fragments, screen_fragments
from kenesh.web.live import Fragments, Hub, TheHub, stream
from kenesh.web.pages import done, page, problem, whole_number
from kenesh.web.room_view import room_for
from kenesh.web.session import AnyRequest, TheHouse, needed_seat, session_token
from kenesh.web.telling import tell

MAX_STREAMS_OF_ONE = 24  # open pages of one session; a browser holds six connections to a host
MAX_STREAMS = 2000  # open pages per process; more are told to come back


@get("/meetings/{meeting:str}", sync_to_thread=True)
def room_page(request: AnyRequest, house: TheHouse, meeting: FromPath[str]) -> Response[str]:
    seat = needed_seat(request, house)
    room = room_for(house, seen_meeting(house, meeting, seat.actor), seat)
    fragments = room_fragments(room, seat)
    return page(house, seat, "room.html", section="meetings", room=room.view, fragments=fragments)


@get("/meetings/{meeting:str}/screen", sync_to_thread=True)
def screen_page(request: AnyRequest, house: TheHouse, meeting: FromPath[str]) -> Response[str]:
    """The text for the wall: large, without a single button."""
    seat = needed_seat(request, house)
    room = room_for(house, seen_meeting(house, meeting, seat.actor), seat)
    fragments = screen_fragments(room, seat)
    return page(house, seat, "screen.html", room=room.view, fragments=fragments, names=room.names)


@get("/meetings/{meeting:str}/draft", sync_to_thread=False)  # see entrance
def draft_page(request: AnyRequest, house: TheHouse, meeting: FromPath[str]) -> Response[str]:
    """The draft with its brackets, to print."""
    seat = needed_seat(request, house)
    room = room_for(house, seen_meeting(house, meeting, seat.actor), seat)
    return page(house, seat, "draft.html", room=room.view, clauses=room.clauses, names=room.names)


@get("/meetings/{meeting:str}/record", sync_to_thread=True)
def record_page(request: AnyRequest, house: TheHouse, meeting: FromPath[str]) -> Response[str]:
    """Everything that happened, as far as this seat may see it."""
    seat = needed_seat(request, house)
    room = room_for(house, seen_meeting(house, meeting, seat.actor), seat)
    events = history(house, meeting, actor=seat.actor)
    told = [tell(r, room.said, room.labels) for r in events]
    return page(house, seat, "record.html", section="meetings", room=room.view, told=told)


@post("/meetings/{meeting:str}/acts/{act:str}", status_code=200)
async def act(
    request: AnyRequest, house: TheHouse, meeting: FromPath[str], act: FromPath[str]
) -> Response[str] | Response[None]:
    """Carry out the act of a form."""
    form = {k: str(v) for k, v in (await request.form()).items()}
    seat = needed_seat(request, house)  # after the body, which may come slowly: rights are those of now
    try:
        seen_meeting(house, meeting, seat.actor)
        command_id = _command_id(request, seat.id, meeting)
        await to_thread.run_sync(carry_out, house, seat, meeting, act, form, command_id)
    except KeneshError as error:
        return problem(request, error, house, kept=form.get("text") or form.get("reason"))
    about = form.get("clause") or form.get("after")
    return done(request, f"/meetings/{meeting}" + (f"#{about}" if about else ""))


@post("/meetings/{meeting:str}/draft", status_code=200)
async def table(
    request: AnyRequest, house: TheHouse, meeting: FromPath[str]
) -> Response[str] | Response[None]:
    """Table a draft, pasted or uploaded."""
    form = await request.form()
    seat = needed_seat(request, house)
    pasted = str(form.get("text") or "")
    try:
        seen_meeting(house, meeting, seat.actor)
        data, name = await _draft_of(form.get("file"), pasted)
        title = str(form.get("title") or "") or None
        command_id = _command_id(request, seat.id, meeting)
        tabling = partial(table_draft, title=title, command_id=command_id)
        await to_thread.run_sync(tabling, house, seat.actor, meeting, data, name)
    except KeneshError as error:
        return problem(request, error, house, kept=pasted or None)
    return done(request, f"/meetings/{meeting}#text")


async def _draft_of(file: object, pasted: str) -> tuple[bytes, str]:
    if isinstance(file, UploadFile) and file.filename:
        return await file.read(MAX_BYTES + 1), file.filename
    if not pasted.strip():
        raise BadDraft(name="draft", reason="nothing was pasted and no file was chosen")
    return pasted.encode(), "pasted text"


@post("/meetings/{meeting:str}/seen", status_code=200)
async def seen(request: AnyRequest, house: TheHouse, meeting: FromPath[str]) -> Response[None]:
    """Remember how far this seat has read."""
    version = whole_number(str((await request.form()).get("version", "")))
    seat = needed_seat(request, house)
    state = seen_meeting(house, meeting, seat.actor)
    if version is not None:
        house.store.mark_seen(seat.id, meeting, min(version, state.version))
    return done(request, f"/meetings/{meeting}")


@get("/meetings/{meeting:str}/events", sync_to_thread=False)
def events(
    request: AnyRequest, house: TheHouse, hub: TheHub, meeting: FromPath[str], since: FromQuery[str] = "0"
) -> Response[str] | Stream:
    """The live stream of the room."""
    return _stream(request, house, hub, meeting, since, room_fragments)


@get("/meetings/{meeting:str}/screen/events", sync_to_thread=False)
def screen_events(
    request: AnyRequest, house: TheHouse, hub: TheHub, meeting: FromPath[str], since: FromQuery[str] = "0"
) -> Response[str] | Stream:
    """The live stream of the screen."""
    return _stream(request, house, hub, meeting, since, screen_fragments)


def _stream(
    request: AnyRequest, house: House, hub: Hub, meeting: str, since: str, fragments: Fragments
) -> Response[str] | Stream:
    seat = needed_seat(request, house)
    seen_meeting(house, meeting, seat.actor)
    session = session_token(request, house.settings) or ""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return Response("a stream is for its own page only", status_code=403)
    if len(hub.waiting) >= MAX_STREAMS or hub.by_session[session] >= MAX_STREAMS_OF_ONE:
        return Response("too many open pages; close some and come back", status_code=503)
    last = request.headers.get("last-event-id") or since
    pieces: AsyncIterator[str] = stream(hub, session, seat, meeting, whole_number(last) or 0, fragments)
    return Stream(pieces, media_type="text/event-stream", headers={"x-accel-buffering": "no"})


def _command_id(request: AnyRequest, seat: str, meeting: str) -> str | None:
    """The page's own name for an act, so that an act sent twice is carried out once."""
    given = request.headers.get("x-command-id", "")
    return f"{seat}:{meeting}:{given}" if 0 < len(given) <= 64 else None
