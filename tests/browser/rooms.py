"""Seats in a real browser: a served folder, one context for each seat, and what each page complained of."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from kenesh.app.init_house import init_house
from kenesh.app.seats import OPERATOR, Seat, add_seat, issue_link
from kenesh.app.settings import Settings


def needed(module: str) -> Any:
    """A module of the test requirements; where it is absent the tests are skipped, or fail if required."""
    try:
        return import_module(module)
    except ImportError:
        if "browser" in os.environ.get("KENESH_REQUIRE", "").split():
            raise
        pytest.skip(f"{module} is not installed: pip install 'kenesh[test]'", allow_module_level=True)


needed("playwright.sync_api")
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect  # noqa: E402 - tests take them from here

ROOT = Path(__file__).parents[2]
PROFILE = files("kenesh.demo") / "data" / "mc-cfm.toml"
DRAFT = (files("kenesh.demo") / "data" / "draft.txt").read_text(encoding="utf-8")
WITHIN = 5_000  # ms; the promise is a second, a busy machine gets five
SEATS = (
    Seat("secretariat", "secretariat", "Nurlan Bektemir", title="Secretary General"),
    Seat("chair", "chair", "Ləman Sərdarova", "EL", "Minister of Foreign Affairs"),
    Seat("av", "member", "Ilona Várkonyi", "AV", "Minister of Foreign Affairs"),
    Seat("dr", "member", "Sigrún Håkansen", "DR", "Minister for Foreign Affairs and Trade"),
    Seat("ks", "member", "Tymofii Shchedrenko", "KS", "Minister of Foreign Affairs"),
    Seat("nv", "member", "Arkadii Zhuravlyov", "NV", "Minister of Foreign Affairs"),
    Seat("wy", "observer", "Gwendolyn Pryce", "WY", "Secretary of State for Foreign Affairs"),
)
# Violations of the content security policy do not always reach the console; this sends them there, and notes
# when a form was sent.
WATCH = """
addEventListener('securitypolicyviolation', e =>
  console.error(`csp violation: ${e.violatedDirective} ${e.blockedURI}`));
addEventListener('submit', () => { window.__sent = Date.now(); }, true);
"""


def free_port() -> int:
    with closing(socket.socket()) as s:
        s.bind(("127.0.0.1", 0))
        port: int = s.getsockname()[1]
        return port


def fresh_body(folder: Path, port: int, seats: Sequence[Seat] = SEATS) -> dict[str, str]:
    """Make the data folder of a body that never met; a sign-in link for each seat."""
    settings = Settings(
        title="The Meridian Compact", base_url=f"http://127.0.0.1:{port}", port=port, seat_hosts=True
    )
    house = init_house(folder, body=Path(str(PROFILE)), settings=settings)
    try:
        for seat in seats:
            add_seat(house, OPERATOR, seat)
        return {
            s.id: f"http://{s.id}.localhost:{port}/sign-in/{issue_link(house, OPERATOR, s.id)}" for s in seats
        }
    finally:
        house.close()


class Server:
    """The real server as a process of its own, on loopback."""

    def __init__(self, command: Sequence[str], port: int, log: Path) -> None:
        self.command = command
        self.port = port
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> Server:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "kenesh", *self.command],
                cwd=ROOT,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
            )
        deadline = time.monotonic() + 30
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"the server did not come up:\n{self.log.read_text()[-4000:]}")
            time.sleep(0.05)
        return self

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return True
        except OSError:
            return False

    def links(self) -> dict[str, str]:
        """The sign-in links that the demo printed last, by seat."""
        found = re.findall(r"http://([\w-]+)\.localhost:\d+/sign-in/\S+", self.log.read_text())
        links = re.findall(r"http://[\w-]+\.localhost:\d+/sign-in/\S+", self.log.read_text())
        return dict(zip(found, links, strict=True))

    def signal(self, number: signal.Signals) -> None:
        assert self.process is not None
        self.process.send_signal(number)

    def kill(self) -> None:
        """Cut it off in the middle of whatever it does."""
        self.signal(signal.SIGKILL)
        assert self.process is not None
        self.process.wait(10)

    def stop(self) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        self.signal(signal.SIGCONT)
        self.signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()


def serve_body(folder: Path, seats: Sequence[Seat] = SEATS) -> tuple[Server, dict[str, str]]:
    """A fresh body, served; and a sign-in link for each seat."""
    port = free_port()
    links = fresh_body(folder, port, seats)
    server = Server(["serve", str(folder), "--port", str(port)], port, folder.with_suffix(".log"))
    return server.start(), links


def serve_demo(template: Path, folder: Path) -> Server:
    """The demo, served from a copy of one that was built before."""
    shutil.copytree(template, folder)
    port = free_port()
    return Server(["demo", str(folder), "--port", str(port)], port, folder.with_suffix(".log")).start()


class Window:
    """One browser context with one page at first; it remembers every complaint of every page."""

    def __init__(self, browser: Browser, name: str = "public", **options: object) -> None:
        self.name = name
        self.complaints: list[str] = []
        self.forgiven: list[str] = []
        self.context: BrowserContext = browser.new_context(**options)  # type: ignore[arg-type]
        self.context.set_default_timeout(WITHIN)
        self.context.set_default_navigation_timeout(15_000)
        self.context.add_init_script(WATCH)
        self.context.on("console", lambda m: self._complain(m.text) if m.type == "error" else None)
        self.context.on("weberror", lambda e: self._complain(f"page error: {e.error}"))
        self.page: Page = self.context.new_page()

    def _complain(self, text: str) -> None:
        self.complaints.append(f"{self.name}: {text}")

    def forgive(self, pattern: str) -> None:
        """Complaints of this pattern are expected: a refusal answers 409, and the browser says so."""
        self.forgiven.append(pattern)

    def unforgiven(self) -> list[str]:
        return [c for c in self.complaints if not any(re.search(p, c) for p in self.forgiven)]

    def enter(self, link: str) -> Window:
        """Come in by a sign-in link; the page then is the list of meetings."""
        self.page.goto(link)
        self.page.locator("main button.strong").click()
        expect(self.page.get_by_role("heading", name="Meetings")).to_be_visible()
        return self

    def open_room(self, meeting: str = "") -> str:
        """Go into the room of a meeting, of the only one if none is named; its id."""
        if not meeting:
            link = self.page.locator("main ul.register a[href^='/meetings/']").first
            meeting = (link.get_attribute("href") or "").removeprefix("/meetings/")
        self.page.goto(f"{self.origin}/meetings/{meeting}")
        expect(self.page.locator("html")).to_have_attribute("data-connection", "on")
        return meeting

    @property
    def origin(self) -> str:
        scheme, rest = self.page.url.split("://", 1)
        return f"{scheme}://{rest.split('/', 1)[0]}"

    def clause(self, words: str) -> Locator:
        return self.page.locator("article.clause").filter(has_text=words)

    def clause_id(self, words: str) -> str:
        return self.clause(words).first.get_attribute("id") or ""

    def form(self, form: str) -> Locator:
        return self.page.locator(f"form[id='{form}']")

    def unfold(self, inner: Locator) -> None:
        """Open every closed details around an element, as a person would."""
        for details in reversed(inner.locator("xpath=ancestor::details").all()):
            if details.get_attribute("open") is None:
                details.locator("> summary").click()

    def fill_in(self, form: str, **fields: str) -> Locator:
        """Fill in a form of the room; fields are named as in the form. Its button."""
        found = self.form(form)
        self.unfold(found)
        for name, value in fields.items():
            field = found.locator(f"[name='{name}']")
            if field.evaluate("f => f.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        return found.locator("button")

    def act(self, form: str, **fields: str) -> None:
        """Fill in a form of the room and send it."""
        self.fill_in(form, **fields).click()

    def call(self, purpose: str) -> None:
        """As the secretariat, call an urgent meeting; the page then is its invitations."""
        self.page.goto(f"{self.origin}/meetings/new")
        self.page.get_by_label("To discuss").fill(purpose)
        self.page.get_by_label("Urgent").check()
        self.page.get_by_role("button", name="Send the call").click()

    def call_and_enter(self, purpose: str) -> str:
        """As the secretariat, call an urgent meeting and go into its room; its id."""
        self.call(purpose)
        expect(self.page.get_by_role("heading", name="Invitations")).to_be_visible()
        return self.open_room(self.page.url.split("/meetings/")[1].split("/")[0])

    def propose(self, words: str, text: str, note: str = "") -> None:
        """Propose another wording of the clause that holds these words."""
        self.act(f"{self.clause_id(words)}-amend", text=text, note=note)

    def close(self) -> None:
        self.context.close()


class Windows:
    """All windows of a module, and how long the slowest of them took to see an act of another."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.all: list[Window] = []
        self.slowest = (0, "nothing")  # ms, act

    def __getitem__(self, name: str) -> Window:
        return next(w for w in self.all if w.name == name)

    def open(self, name: str = "public", **options: object) -> Window:
        window = Window(self.browser, name, **options)
        self.all.append(window)
        return window

    def drop(self, window: Window) -> None:
        window.close()
        self.all.remove(window)

    def complaints(self) -> list[str]:
        return [c for w in self.all for c in w.unforgiven()]

    def forget(self) -> None:
        for window in self.all:
            window.complaints.clear()
            window.forgiven.clear()

    def seen(
        self, what: str, act: Callable[[], object], pages: Sequence[Page], selector: str, says: str
    ) -> None:
        """Carry out an act and wait until each page shows it without being reloaded.

        Measured from the moment the form is sent to the moment the words stand in the slowest page, by the
        one clock that all pages of this machine share.
        """
        for page in pages:
            already = page.evaluate(_LOOK_OUT, [selector, says, WITHIN + 3_000])
            assert not already, f"{what}: {says} stands at {page.url} before the act"
        act()
        sent = max(page.evaluate("() => window.__sent || 0") for page in pages)
        for page in pages:
            if not (at := page.evaluate("() => window.__seen")):
                shown = " | ".join(page.locator(selector).all_inner_texts())[-3000:]
                raise AssertionError(f"{what}: not seen at {page.url} ({says}) in: {shown}")
            self.slowest = max(self.slowest, (at - sent, what))

    def close(self) -> None:
        for window in self.all:
            window.close()
        self.all.clear()


# Looks out for an element with these words (where they begin with "!": for their being gone); answers at
# once whether that is so already. `__seen` becomes the time at which it was so, 0 if it never was.
_LOOK_OUT = """([selector, says, within]) => {
  const is = () => {
    const found = [...document.querySelectorAll(selector)].map(e => e.textContent);
    const text = found.join(' ').replace(/\\s+/g, ' ');
    return says.startsWith('!') ? !text.includes(says.slice(1)) : text.includes(says);
  };
  window.__seen = new Promise(tell => {
    const eye = new MutationObserver(() => { if (is()) { eye.disconnect(); tell(Date.now()); } });
    eye.observe(document.body, { subtree: true, childList: true, characterData: true });
    setTimeout(() => { eye.disconnect(); tell(is() ? Date.now() : 0); }, within);
  });
  return is();
}"""
