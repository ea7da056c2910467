"""The live stream: what changed, to each seat what it may see, once.

A page says which version it shows; the stream begins with everything that changed since. The state at that
version is folded from the events, so there is no "too far behind". Seats that may not see an event get no
byte of it, and their version does not move.

    event: hello            the stream is open
    event: patch            fragments of HTML, matched by id; `id:` is the version they show
    event: say              one sentence for the screen reader
    event: ping             every 15 s
    event: bye              the session has ended; the stream closes
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import suppress
from functools import partial, reduce
from time import monotonic

from anyio import to_thread
from litestar.di import NamedDependency
from markupsafe import Markup

from kenesh.app.house import House
from kenesh.app.loading import history, seen_meeting
from kenesh.app.seats import Seat
from kenesh.app.sign_in import who_is
from kenesh.meeting import evolve
from kenesh.meeting.events import StatementPublished
from kenesh.meeting.state import MeetingState
from kenesh.web.fragments import PANELS, changed
from kenesh.web.room_view import Room, room_for
from kenesh.web.telling import tell

PING_SECONDS = 15.0
LOOK_SECONDS = 0.5  # how often a stream looks whether its session lives and other processes wrote

Fragments = Callable[[Room, Seat], dict[str, Markup]]


class Hub:
    """Wakes the streams of this process when something was committed."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.waiting: set[asyncio.Event] = set()
        self.by_session: Counter[str] = Counter()
        self.loop: asyncio.AbstractEventLoop | None = None
        self.closing = False
        house.listeners.append(self.wake)

    def wake(self) -> None:
        """Wake every stream; called from any thread, after the commit."""
        if self.loop is not None and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._set_all)

    def _set_all(self) -> None:
        for event in self.waiting:
            event.set()

    def open(self, session: str, woken: asyncio.Event) -> None:
        self.waiting.add(woken)
        self.by_session[session] += 1

    def done(self, session: str, woken: asyncio.Event) -> None:
        self.waiting.discard(woken)
        self.by_session -= Counter({session: 1})  # forgets who has none left

    def close(self) -> None:
        """Let every stream end, so that the server can stop."""
        self.closing = True
        self.wake()


TheHub = NamedDependency[Hub]  # what `create_app` gives to the handlers of streams


async def stream(
    hub: Hub, session: str, seat: Seat, meeting: str, since: int, fragments: Fragments
) -> AsyncIterator[str]:
    """The events of one page, for as long as its session lives."""
    hub.loop = asyncio.get_running_loop()
    woken = asyncio.Event()
    still_there = partial(who_is, hub.house, session, present=False)
    hub.open(session, woken)  # first listen, then look: nothing falls between
    try:
        shown, version = await to_thread.run_sync(_shown_at, hub.house, seat, meeting, since, fragments)
        yield _event("hello", ".", version)
        texts, heard = len(hub.house.library), monotonic()
        woken.set()
        while not hub.closing:
            with suppress(TimeoutError):
                await asyncio.wait_for(woken.wait(), LOOK_SECONDS)
                woken.clear()
            patch: list[Markup] = []
            said = ""
            state = seen_meeting(hub.house, meeting, seat.actor)
            if state.version != version or len(hub.house.library) != texts:  # new texts: new precedents
                texts = len(hub.house.library)
                said, now = await to_thread.run_sync(_news, hub.house, seat, state, version, fragments)
                patch = changed(shown, now)
                shown, version = now, state.version
            # Looked at last: who was shown the door before this was written does not read it any more.
            if await to_thread.run_sync(still_there) != seat:
                yield _event("bye", ".")
                return
            if patch:
                yield _event("patch", "\n".join(patch), version)
            if said:
                yield _event("say", said)
            if patch or said:
                heard = monotonic()
            elif monotonic() - heard >= PING_SECONDS:  # by the clock: what is not shown does not delay it
                heard = monotonic()
                yield _event("ping", ".")
    finally:
        hub.done(session, woken)


def _shown_at(
    house: House, seat: Seat, meeting: str, since: int, fragments: Fragments
) -> tuple[dict[str, Markup], int]:
    """What a page of version `since` shows; nothing where it says a version that never was."""
    events = history(house, meeting, actor=seat.actor)
    state = reduce(evolve, (r for r in events if r.version <= since), MeetingState())
    if state.called is None or state.version != since:
        return {}, 0
    shown = fragments(room_for(house, state, seat), seat)
    if any(r.version > since and isinstance(r.event, StatementPublished) for r in events):
        return {name: shown[name] for name in PANELS if name in shown}, since  # its precedents are others now
    return shown, since


def _news(
    house: House, seat: Seat, state: MeetingState, version: int, fragments: Fragments
) -> tuple[str, dict[str, Markup]]:
    room = room_for(house, state, seat)
    assert state.called is not None
    events = history(house, state.called.meeting, after=version, actor=seat.actor)
    told = [tell(r, room.said, room.labels).text for r in events if r.version <= state.version]
    return " ".join(told[-3:]) if version else "", fragments(room, seat)


def _event(name: str, data: str, version: int | None = None) -> str:
    lines: Iterable[str] = data.splitlines() or [""]
    head = f"id: {version}\n" if version is not None else ""
    return head + f"event: {name}\n" + "".join(f"data: {line}\n" for line in lines) + "\n"
