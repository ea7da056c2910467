"""The application: routes, errors, headers. `create_app` is all a server needs."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files
from urllib.parse import urlsplit

from litestar import Litestar, Response, Router
from litestar.datastructures import CacheControlHeader
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.static_files import create_static_files_router

from kenesh import __version__
from kenesh.app.house import House
from kenesh.errors import KeneshError
from kenesh.web import api, entrance, meetings, public, room, seats_page
from kenesh.web.live import Hub
from kenesh.web.pages import problem
from kenesh.web.security import MAX_BODY, Guard
from kenesh.web.session import AnyRequest

log = logging.getLogger("kenesh.web")
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")

ROUTES = [
    public.register_home,
    public.statement_page,
    public.search_page,
    public.healthz,
    entrance.sign_in_help,
    entrance.sign_in_page,
    entrance.enter,
    entrance.leave,
    meetings.meetings_page,
    meetings.call_page,
    meetings.call,
    meetings.invitations_page,
    meetings.make_links,
    meetings.invitation,
    seats_page.seats_page,
    seats_page.new_link,
    seats_page.end_seat,
    seats_page.new_seat,
    room.room_page,
    room.screen_page,
    room.draft_page,
    room.record_page,
    room.act,
    room.table,
    room.seen,
    room.events,
    room.screen_events,
]
API_ROUTES = [
    api.api_register,
    api.api_statement,
    api.api_precedents,
    api.api_meetings,
    api.api_meeting,
    api.api_call,
    api.api_table,
    api.api_act,
]


def create_app(house: House, hub: Hub | None = None) -> Guard:
    """The site of one open data folder, as an ASGI application.

    Args:
        hub: what wakes the live streams; a server that gives its own can end them before it stops.

    The pages are left out of the OpenAPI description at `/schema`; it describes the JSON interface.
    """
    hub = hub or Hub(house)
    settings = house.settings
    for handler in ROUTES:
        handler.include_in_schema = False

    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncIterator[None]:
        if not settings.is_secure:
            log.warning("serving without TLS: session cookies are plain; use this on loopback only")
        yield
        hub.close()

    site = Litestar(
        route_handlers=[*ROUTES, *API_ROUTES, _static()],
        dependencies={
            "house": Provide(lambda: house, sync_to_thread=False),
            "hub": Provide(lambda: hub, sync_to_thread=False),
        },
        exception_handlers={
            KeneshError: lambda request, error: problem(request, error, house),
            HTTPException: lambda request, error: _http_problem(request, error, house),
            RecursionError: lambda request, _: problem(request, _Framework(400, "Nested too deeply."), house),
            Exception: lambda request, error: _fault(request, error, house),
        },
        lifespan=[lifespan],
        openapi_config=OpenAPIConfig(
            title="Kenesh",
            version=__version__,
            description="Meetings, texts and the register, over the same acts as the pages.",
            path="/schema",
            render_plugins=[JsonRenderPlugin(path=["/", "/openapi.json"])],
            use_handler_docstrings=True,
        ),
        request_max_body_size=MAX_BODY,
        logging_config=None,
    )
    host = urlsplit(settings.base_url).hostname or ""
    return Guard(site, hosts=(*LOOPBACK, host), seat_hosts=settings.seat_hosts, secure=settings.is_secure)


def _static() -> Router:
    return create_static_files_router(
        path="/static",
        directories=[str(files("kenesh.web") / "static")],
        cache_control=CacheControlHeader(max_age=3600, public=True),
    )


def _http_problem(request: AnyRequest, error: HTTPException, house: House) -> Response[str]:
    """What the framework refused: an unknown address, a wrong method, a body that cannot be read."""
    words = {404: "There is no such page.", 405: "This address does not take that.", 413: "Too large."}
    detail = words.get(error.status_code, error.detail)
    return problem(request, _Framework(error.status_code, detail), house)


def _fault(request: AnyRequest, error: Exception, house: House) -> Response[str]:
    """A mistake of ours: logged with its trace, told without it."""
    route = request.scope.get("path_template", "an unknown address")  # the path itself may hold a token
    log.error("fault at %s", route, exc_info=error)
    detail = "Something went wrong here. Nothing that was acknowledged is lost; try again."
    return problem(request, _Framework(500, detail), house)


class _Framework(KeneshError):
    """An answer of the framework in our words."""

    code = "http"

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail=detail)
        self.http_status = status  # type: ignore[misc]
