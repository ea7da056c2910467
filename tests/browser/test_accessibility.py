"""Every page by the rules of WCAG 2.2 AA, as far as a machine can judge: light and dark, small and large."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rooms import Page, Server, Windows, expect, needed, serve_demo

axe_module = needed("axe_playwright_python.sync_playwright")

pytestmark = pytest.mark.browser

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
SIZES = ((390, 844), (1500, 1000))
SEATS = ("secretariat", "chair", "av", "nv", "wy")


class House:
    """The demo, served, with seats signed in once; each window then looks at many pages."""

    def __init__(self, server: Server, windows: Windows) -> None:
        self.server = server
        self.links = server.links()
        self.windows = {seat: windows.open(seat).enter(self.links[seat]) for seat in SEATS}
        self.windows["public"] = windows.open("public")
        self.windows["public"].page.goto(server.base)
        self.meeting = self.windows["chair"].open_room()

    def address(self, seat: str, path: str) -> str:
        base = self.server.base if seat == "public" else self.windows[seat].origin
        return base + path.format(meeting=self.meeting)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, demo_template: Path, windows: Windows) -> Iterator[House]:
    server = serve_demo(demo_template, tmp_path_factory.mktemp("axe") / "demo")
    yield House(server, windows)
    server.stop()


def statement_path(house: House) -> str:
    public = house.windows["public"].page
    public.goto(house.server.base)
    return public.locator("ul.register a").first.get_attribute("href") or ""


def unfolded(page: Page) -> None:
    """With everything open that can be opened."""
    page.evaluate("() => document.querySelectorAll('details').forEach(d => { d.open = true; })")


def judged(page: Page) -> list[str]:
    """What axe finds wrong, one line for each place."""
    page.wait_for_function(_SETTLED, polling=50)
    found = axe_module.Axe().run(page, options={**RULES, "resultTypes": ["violations"]}).response
    lines = []
    for rule in found["violations"]:
        for node in rule["nodes"]:
            facts = re.sub(r"\s+", " ", node["failureSummary"])[:220]
            lines.append(f"{rule['id']}: {node['target']}: {facts}")
    return lines


def judged_everywhere(page: Page, prepare: Callable[[Page], None] | None = None) -> dict[str, list[str]]:
    """In light and dark, small and large; and no page scrolls sideways at 320 px."""
    found = {}
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            if prepare:
                prepare(page)
            if lines := judged(page):
                found[f"{scheme} {width}"] = lines
    page.set_viewport_size({"width": 320, "height": 700})
    wide = page.evaluate("() => document.documentElement.scrollWidth")
    if wide > 320:
        found["320 px"] = [f"scrolls sideways: {wide} px wide: {page.evaluate(_WIDEST)}"]
    return found


_SETTLED = "() => document.fonts.status === 'loaded' && !document.querySelector('.is-fresh')"
_WIDEST = """() => [...document.querySelectorAll('main *, header *')]
  .filter(e => e.getBoundingClientRect().right > 321)
  .slice(0, 6).map(e => `${e.tagName}.${e.className}#${e.id}`).join(', ')"""

PAGES = (
    ("register", "public", "/"),
    ("search with hits", "public", "/search?q=freedom%2C+safety+and+security+of+navigation"),
    ("search without a query", "public", "/search"),
    ("sign-in help", "public", "/sign-in"),
    ("a link that is spent", "public", "/sign-in/nothing"),
    ("a page that is not", "public", "/statements/nothing"),
    ("a room without a session", "public", "/meetings/{meeting}"),
    ("meetings", "chair", "/meetings"),
    ("call", "secretariat", "/meetings/new"),
    ("invitations", "secretariat", "/meetings/{meeting}/invitations"),
    ("seats", "secretariat", "/seats"),
    ("room of the secretariat", "secretariat", "/meetings/{meeting}"),
    ("room of the chair", "chair", "/meetings/{meeting}"),
    ("room of a member", "av", "/meetings/{meeting}"),
    ("room of an observer", "wy", "/meetings/{meeting}"),
    ("screen", "chair", "/meetings/{meeting}/screen"),
    ("printable draft", "chair", "/meetings/{meeting}/draft"),
    ("record", "chair", "/meetings/{meeting}/record"),
)


@pytest.mark.parametrize(("name", "seat", "path"), PAGES, ids=[p[0] for p in PAGES])
def test_no_page_breaks_a_rule(house: House, name: str, seat: str, path: str) -> None:
    window = house.windows[seat]
    window.forgive("status of 4")
    window.page.goto(house.address(seat, path))
    assert judged_everywhere(window.page, unfolded) == {}


def test_the_page_of_a_statement_breaks_no_rule(house: House) -> None:
    page = house.windows["public"].page
    page.goto(house.server.base + statement_path(house))
    assert judged_everywhere(page) == {}


def test_the_page_behind_a_sign_in_link_breaks_no_rule(house: House, windows: Windows) -> None:
    window = windows.open("newcomer")
    window.page.goto(house.links["dr"])
    expect(window.page.get_by_role("button", name="Enter as")).to_be_visible()
    assert judged_everywhere(window.page) == {}


def test_the_page_of_a_problem_breaks_no_rule(house: House) -> None:
    window = house.windows["av"]
    window.forgive("status of 4")
    window.open_room(house.meeting)
    form = window.page.locator("article.clause.operative form[action$='/amend']").first
    window.unfold(form)
    form.locator("textarea").fill("Called upon \u202eeverybody.")
    form.evaluate("form => form.submit()")  # as it is sent where no script runs
    expect(window.page.get_by_label("What you wrote is kept here")).to_be_visible()
    assert judged_everywhere(window.page) == {}


def test_small_screens_and_large_ones_show_the_dialog_of_keys(house: House) -> None:
    page = house.windows["av"].page
    page.goto(house.address("av", "/meetings/{meeting}"))
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert judged(page) == []
    page.keyboard.press("Escape")


def test_who_asks_for_less_motion_gets_none(house: House) -> None:
    chair, member = house.windows["chair"], house.windows["av"]
    for window in (chair, member):
        window.page.emulate_media(reduced_motion="reduce")
        window.open_room(house.meeting)
    chair.act("yield-floor")
    expect(member.page.locator("#floor")).to_have_class(re.compile("is-fresh"))
    moving = "() => document.getAnimations().filter(a => a.playState === 'running').length"
    assert member.page.evaluate(moving) == 0
    chair.page.emulate_media(reduced_motion="no-preference")
    member.page.emulate_media(reduced_motion="no-preference")


def test_the_room_breaks_no_rule_while_the_text_is_put_and_when_it_is_adopted(house: House) -> None:
    """The chair sets everything aside and puts the text; a member objects, another reserves."""
    chair, member, other = house.windows["chair"], house.windows["av"], house.windows["nv"]
    for window in (chair, member, other):
        window.open_room(house.meeting)
    while (aside := chair.page.locator("form[action$='/set-aside']")).count():
        form = aside.first.get_attribute("id") or ""
        chair.act(form)
        expect(chair.form(form)).to_have_count(0)
    expect(chair.page.locator("#put-box")).to_be_attached()
    assert judged_everywhere(chair.page, unfolded) == {}
    chair.act("put-text")
    expect(member.page.locator("#decision")).to_contain_text("Is there any objection")
    member.act("object", reason="We await instructions.")
    other.act("reserve", text="Norvask does not read this as a finding.")
    expect(chair.page.locator("#decision .reservations")).to_be_visible()
    expect(chair.page.locator("#decision .objections")).to_be_visible()
    for window in (chair, member):
        assert judged_everywhere(window.page, unfolded) == {}
    member.act("withdraw-objection")
    chair.act("declare-adopted")
    expect(member.page.locator("#decision")).to_contain_text("Adopted")
    house.windows["secretariat"].open_room(house.meeting)
    house.windows["secretariat"].act("publish")
    expect(member.page.locator("#decision a")).to_have_text("The published statement")
    assert judged_everywhere(member.page, unfolded) == {}
    public = house.windows["public"].page
    public.goto(house.server.base + statement_path(house))
    expect(public.locator(".proof")).to_contain_text("finding")
    assert judged_everywhere(public) == {}
