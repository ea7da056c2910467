"""The live stream: a page that was away gets what it missed, once; a page kept live is a fresh one."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from functools import wraps
from typing import Any

import pytest
from browsing import Ended, Event, Hearing, Site, listening
from councils import CLOSED, STRONGLY, Council, drafted
from lxml import etree, html

from kenesh.app.seats import OPERATOR, Seat, add_seat, revoke_seat
from kenesh.meeting import (
    AcceptProposal,
    AgreeClause,
    Amend,
    DeclareAdopted,
    Delete,
    Insert,
    Leave,
    Object,
    PauseMeeting,
    RequestFloor,
    ResumeMeeting,
    Support,
    WithdrawObjection,
    WithdrawProposal,
)
from kenesh.web import live

PANELS = ("status", "decision", "floor", "people", "since", "text")


def in_a_loop(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    @wraps(test)
    def run(*args: Any, **kwargs: Any) -> None:
        asyncio.run(test(*args, **kwargs))

    return run


@pytest.fixture
def site() -> Site:
    made = Site(drafted())
    for seat in ("av", "dr", "wy", "chair"):
        made.session(seat)
    return made


class Page:
    """The room as a browser holds it: fragments are replaced by their ids."""

    def __init__(self, source: str) -> None:
        self.root = html.document_fromstring(source)
        self.version = int(self.root.get_element_by_id("main").getparent().get("data-version"))

    def take(self, event: Event) -> None:
        for piece in html.fragments_fromstring(event.data):
            old = self.root.get_element_by_id(piece.get("id"))
            piece.tail = old.tail
            old.getparent().replace(old, piece)
        if event.id is not None:
            self.version = event.id

    def panels(self) -> dict[str, str]:
        found = {name: self.root.get_element_by_id(name) for name in PANELS}
        return {
            name: " ".join(etree.tostring(e, method="c14n").decode().split()) for name, e in found.items()
        }


async def page(site: Site, seat: str) -> Page:
    return Page((await asyncio.to_thread(site.get, site.room, seat)).text)


async def caught_up(site: Site, seat: str, held: Page) -> list[str]:
    """Open the stream where the page stands and take everything; the names of the events that came."""
    names: list[str] = []
    async with listening(site, f"{site.room}/events?since={held.version}", seat) as stream:
        assert (await stream.next()).name == "hello"
        while True:
            try:
                event = await stream.next(seconds=0.4)
            except TimeoutError:
                return names
            names.append(event.name)
            if event.name == "patch":
                held.take(event)


def propose(c: Council) -> None:
    clause = c.clause("Condemned")
    c.do("av", Amend(clause.id, clause.revision, STRONGLY))
    c.do("dr", Amend(clause.id, clause.revision, clause.text.replace("seafarers", "crews")))


def negotiate(c: Council) -> None:
    propose(c)
    c.do("ks", Support("P1"))
    c.do("chair", AcceptProposal("P1", 1))
    c.do("dr", WithdrawProposal("P2"))


def insert_and_strike(c: Council) -> None:
    supported = c.clause("Supported")
    c.do("av", Insert(supported.id, "operative", "Requested the Centre to report."))
    c.do("dr", Delete(c.clause("Reiterated").id, 1))
    c.do("chair", AcceptProposal("P1"), AcceptProposal("P2", 1))


def speak(c: Council) -> None:
    c.do("nv", RequestFloor())
    c.do("wy", RequestFloor())
    c.do("oz", Leave("OZ"))


def pause(c: Council) -> None:
    c.do("chair", PauseMeeting("for lunch"))


def pause_and_resume(c: Council) -> None:
    c.do("chair", PauseMeeting("for lunch"), ResumeMeeting())


def agree(c: Council) -> None:
    c.do("chair", AgreeClause(c.clause("Condemned").id, 1))


def put_and_object(c: Council) -> None:
    c.put()
    c.do("nv", Object(1, "not yet"))


def adopt(c: Council) -> None:
    c.put()
    c.do("nv", Object(1, "not yet"), WithdrawObjection(1))
    c.do("chair", DeclareAdopted(1))
    c.publish()


STORIES = (
    propose,
    negotiate,
    insert_and_strike,
    speak,
    pause,
    pause_and_resume,
    agree,
    put_and_object,
    adopt,
)


class TestCatchingUp:
    @pytest.fixture(autouse=True)
    def _looks_often(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(live, "LOOK_SECONDS", 0.05)

    @pytest.mark.parametrize("seat", ["av", "chair", "wy", "secretariat"])
    @pytest.mark.parametrize("story", STORIES, ids=lambda s: s.__name__)
    @in_a_loop
    async def test_a_stale_page_and_what_it_missed_are_a_fresh_page(
        self, site: Site, story: Callable[[Council], None], seat: str
    ) -> None:
        site.session(seat)
        held = await page(site, seat)
        stale = held.panels()
        story(site.council)
        names = await caught_up(site, seat, held)
        fresh = await page(site, seat)
        assert names.count("patch") == 1
        assert held.version == fresh.version
        assert held.panels() == fresh.panels()
        assert stale != fresh.panels(), "this story exercises nothing"

    @pytest.mark.parametrize("story", STORIES, ids=lambda s: s.__name__)
    @in_a_loop
    async def test_a_page_that_watches_is_a_fresh_page(
        self, site: Site, story: Callable[[Council], None]
    ) -> None:
        held = await page(site, "dr")
        async with listening(site, f"{site.room}/events?since={held.version}", "dr") as stream:
            await stream.next("hello")
            await asyncio.to_thread(story, site.council)
            while held.version < site.council.state.version:
                held.take(await stream.next("patch"))
            with suppress(TimeoutError):
                while True:
                    held.take(await stream.next("patch", seconds=1))
        assert held.panels() == (await page(site, "dr")).panels()

    @in_a_loop
    async def test_nothing_is_said_where_nothing_changed(self, site: Site) -> None:
        held = await page(site, "av")
        assert await caught_up(site, "av", held) == []

    @in_a_loop
    async def test_what_was_missed_comes_once(self, site: Site) -> None:
        held = await page(site, "av")
        propose(site.council)
        assert "patch" in await caught_up(site, "av", held)
        assert await caught_up(site, "av", held) == [], "the same page, come back"

    @in_a_loop
    async def test_the_last_event_id_wins_over_the_address(self, site: Site) -> None:
        stale = await page(site, "av")
        propose(site.council)
        headers = {"last-event-id": str(site.council.state.version)}
        async with listening(site, f"{site.room}/events?since={stale.version}", "av", headers) as stream:
            await stream.next("hello")
            assert await stream.quiet()

    @pytest.mark.parametrize("since", ["", "x", "-1", "999999", "9" * 5000, "1.5"])
    @in_a_loop
    async def test_a_version_that_never_was_gets_the_whole_room(self, site: Site, since: str) -> None:
        held = await page(site, "av")
        propose(site.council)
        async with listening(site, f"{site.room}/events?since={since}", "av") as stream:
            hello = await stream.next()
            assert (hello.name, hello.id) == ("hello", 0)
            patch = await stream.next("patch")
        held.take(patch)
        assert held.panels() == (await page(site, "av")).panels()

    @in_a_loop
    async def test_each_sentence_is_said_once(self, site: Site) -> None:
        held = await page(site, "dr")
        said = ""
        async with listening(site, f"{site.room}/events?since={held.version}", "dr") as stream:
            await stream.next("hello")

            def all_ask() -> None:
                for seat in ("av", "nv", "ks", "oz", "el"):
                    site.council.do(seat, RequestFloor())

            await asyncio.to_thread(all_ask)
            with suppress(TimeoutError):
                while True:
                    said += " " + (await stream.next("say", seconds=1)).data
        names = [s.strip() for s in said.split("asked for the floor.") if s.strip()]
        assert len(names) == len(set(names)) >= 3


class TestBeingTold:
    @in_a_loop
    async def test_others_hear_of_an_act_within_a_second(self, site: Site) -> None:
        held = await page(site, "dr")
        async with listening(site, f"{site.room}/events?since={held.version}", "dr") as stream:
            await stream.next("hello")
            begun = time.monotonic()
            await asyncio.to_thread(site.council.do, "av", RequestFloor())
            patch = await stream.next("patch", seconds=1)
            assert time.monotonic() - begun < 1
            assert 'id="floor"' in patch.data
            said = await stream.next("say", seconds=1)
            assert "Avenor asked for the floor." in said.data

    @in_a_loop
    async def test_a_window_that_closes_is_forgotten(self, site: Site) -> None:
        listeners = len(site.council.house.listeners)
        for _ in range(3):
            async with listening(site, f"{site.room}/events?since=0", "dr") as stream:
                await stream.next("hello")
        assert len(site.council.house.listeners) == listeners

    @in_a_loop
    async def test_the_screen_follows_too(self, site: Site) -> None:
        async with listening(site, f"{site.room}/screen/events?since=0", "wy") as stream:
            await stream.next("hello")
            assert 'id="screen"' in (await stream.next("patch")).data
            await asyncio.to_thread(propose, site.council)
            seen = ""
            while "crews" not in seen:
                seen = (await stream.next("patch")).data


class TestTheEnd:
    async def bye(self, stream: Hearing) -> float:
        begun = time.monotonic()
        assert (await stream.next("bye", "patch", seconds=2)).name == "bye"
        with pytest.raises(Ended):
            await stream.next(seconds=1)
        return time.monotonic() - begun

    @in_a_loop
    async def test_a_revoked_seat_is_told_goodbye_within_a_second(self, site: Site) -> None:
        held = await page(site, "dr")
        async with listening(site, f"{site.room}/events?since={held.version}", "dr") as stream:
            await stream.next("hello")
            await asyncio.to_thread(revoke_seat, site.council.house, OPERATOR, "dr")
            assert await self.bye(stream) < 1.2

    @in_a_loop
    async def test_a_revoked_seat_hears_nothing_that_came_after(self, site: Site) -> None:
        held = await page(site, "dr")
        async with listening(site, f"{site.room}/events?since={held.version}", "dr") as stream:
            await stream.next("hello")

            def both() -> None:
                revoke_seat(site.council.house, OPERATOR, "dr")
                propose(site.council)

            await asyncio.to_thread(both)
            await self.bye(stream)
            assert STRONGLY not in stream.raw

    @in_a_loop
    async def test_a_replaced_holder_is_out(self, site: Site) -> None:
        async with listening(site, f"{site.room}/events?since=0", "dr") as stream:
            await stream.next("hello")
            await stream.next("patch")
            other = Seat("dr", "member", "Another Envoy", "DR")
            await asyncio.to_thread(add_seat, site.council.house, OPERATOR, other)
            await self.bye(stream)

    @in_a_loop
    async def test_leaving_in_another_window_ends_the_stream(self, site: Site) -> None:
        held = await page(site, "dr")
        async with listening(site, f"{site.room}/events?since={held.version}", "dr") as stream:
            await stream.next("hello")
            await asyncio.to_thread(site.post, "/sign-out", "dr")
            assert await self.bye(stream) < 1.2


class TestWhatIsNotSeen:
    @in_a_loop
    async def test_a_seat_that_may_not_read_hears_nothing_of_the_draft(self) -> None:
        site = Site(drafted(profile=CLOSED))
        for seat in ("wy", "av"):
            site.session(seat)
        held = await page(site, "wy")
        async with listening(site, f"{site.room}/events?since={held.version}", "wy") as stream:
            await stream.next("hello")
            await asyncio.to_thread(negotiate, site.council)
            assert await stream.quiet(), "not even that something happened"
            await asyncio.to_thread(site.council.do, "av", RequestFloor())
            await stream.next("patch")
            assert "sabotage" not in stream.raw
            assert "P1" not in stream.raw
