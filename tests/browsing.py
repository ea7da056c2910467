"""The site in this process: requests as a seat, and the live stream as a browser hears it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

import httpx
from councils import Council

from kenesh.app.seats import OPERATOR, issue_link
from kenesh.app.sign_in import sign_in
from kenesh.web.app import create_app
from kenesh.web.session import cookie_name

HOST = "127.0.0.1:8000"


class Site:
    """A council's site; `get` and `post` ask it as a seat, or as the public where none is named."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.app = create_app(council.house)
        self.sessions: dict[str, str] = {}

    def session(self, seat: str) -> str:
        """The session of a seat, opened by a link where there is none yet."""
        if seat not in self.sessions:
            token = issue_link(self.council.house, OPERATOR, seat)
            self.sessions[seat], _ = sign_in(self.council.house, token)
        return self.sessions[seat]

    def headers(self, seat: str | None) -> dict[str, str]:
        if seat is None:
            return {}
        return {"cookie": f"{cookie_name(self.council.house.settings)}={self.session(seat)}"}

    def ask(
        self, method: str, path: str, seat: str | None = None, *, host: str = HOST, **given: Any
    ) -> httpx.Response:
        headers = {**self.headers(seat), "host": host, **given.pop("headers", {})}

        async def asked() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)  # type: ignore[arg-type]
            async with httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}") as client:
                return await client.request(method, path, headers=headers, **given)

        return asyncio.run(asked())

    def get(self, path: str, seat: str | None = None, **given: Any) -> httpx.Response:
        return self.ask("GET", path, seat, **given)

    def post(self, path: str, seat: str | None = None, **given: Any) -> httpx.Response:
        return self.ask("POST", path, seat, **given)

    @property
    def room(self) -> str:
        return f"/meetings/{self.council.meeting}"

    def act(self, seat: str, act: str, **fields: object) -> httpx.Response:
        """Send a form of the room, as the page without its script does."""
        return self.post(f"{self.room}/acts/{act}", seat, data={k: str(v) for k, v in fields.items()})


class Event(NamedTuple):
    name: str
    data: str
    id: int | None


class Ended(Exception):
    """The server closed the stream."""


class Hearing:
    """An open stream: `next` waits for an event, `quiet` says that none came."""

    def __init__(self) -> None:
        self.events: asyncio.Queue[Event | None] = asyncio.Queue()
        self.raw = ""
        self.status = 0

    async def next(self, *names: str, seconds: float = 5) -> Event:
        """The next event of one of these names (any, but for pings); fails after `seconds`."""
        while True:
            event = await asyncio.wait_for(self.events.get(), seconds)
            if event is None:
                raise Ended
            if event.name in names if names else event.name != "ping":
                return event

    async def quiet(self, seconds: float = 1.2) -> bool:
        """Whether nothing (but pings) is said for so long."""
        try:
            await self.next(seconds=seconds)
        except TimeoutError:
            return True
        return False


@asynccontextmanager
async def listening(
    site: Site, path: str, seat: str | None, headers: dict[str, str] | None = None
) -> AsyncIterator[Hearing]:
    """Open a stream in this event loop; it is closed at the end, as when a window is closed."""
    hearing = Hearing()
    gone = asyncio.Event()
    asked = {**site.headers(seat), "host": HOST, **(headers or {})}
    bare, _, query = path.partition("?")
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
        "path": bare, "raw_path": bare.encode(), "query_string": query.encode(), "root_path": "",
        "headers": [(k.encode(), v.encode()) for k, v in asked.items()],
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8000),
    }  # fmt: skip
    first = [True]

    async def receive() -> dict[str, object]:
        if first:
            first.clear()
            return {"type": "http.request", "body": b"", "more_body": False}
        await gone.wait()
        return {"type": "http.disconnect"}

    buffer = [""]

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            hearing.status = message["status"]
        elif message["type"] == "http.response.body":
            text = message.get("body", b"").decode()
            hearing.raw += text
            *whole, buffer[0] = (buffer[0] + text).split("\n\n")
            for block in whole:
                hearing.events.put_nowait(_event(block))
            if not message.get("more_body"):
                hearing.events.put_nowait(None)

    task = asyncio.create_task(_run(site.app, scope, receive, send))
    try:
        yield hearing
    finally:
        gone.set()
        task.cancel()
        await asyncio.wait([task], timeout=5)


async def _run(app: Callable[..., Awaitable[None]], *arguments: object) -> None:
    await app(*arguments)


def _event(block: str) -> Event:
    name, data, at = "message", [], None
    for line in block.split("\n"):
        field, _, value = line.partition(": ")
        match field:
            case "event":
                name = value
            case "data":
                data.append(value)
            case "id":
                at = int(value)
    return Event(name, "\n".join(data), at)
