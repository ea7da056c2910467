"""A browser that runs no script reads everything and acts by plain forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from rooms import Server, Window, Windows, expect, serve_demo

pytestmark = pytest.mark.browser

SABOTAGE = "the acts of sabotage"
SHIPPING = "Underlined the importance"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, demo_template: Path) -> Iterator[Server]:
    served = serve_demo(demo_template, tmp_path_factory.mktemp("plain") / "demo")
    yield served
    served.stop()


@pytest.fixture(scope="module")
def oz(server: Server, windows: Windows) -> Window:
    """Özgen, with scripts switched off, in the room."""
    window = windows.open("oz", java_script_enabled=False).enter(server.links()["oz"])
    window.page.locator("ul.register a").first.click()
    expect(window.page.locator("#text")).to_be_visible()
    return window


def test_the_room_is_read_with_brackets_codes_and_precedents(oz: Window) -> None:
    page = oz.page
    expect(page.locator("article.clause.operative")).to_have_count(9)
    rolling = oz.clause(SABOTAGE).locator(".rolling").first
    for words in ("[", "Strongly condemned", "(AV", "(NV", "]"):
        expect(rolling).to_contain_text(words)
    expect(page.locator(".precedents a").first).to_be_visible()
    expect(page.locator("#people")).to_contain_text("6 of 6 members present")
    assert page.locator(".connection").inner_text() == ""  # it claims no live connection


def test_a_proposal_is_made_supported_and_withdrawn_by_plain_forms(oz: Window) -> None:
    page, clause = oz.page, oz.clause_id(SHIPPING)
    oz.propose(SHIPPING, "Underlined the great importance of navigation.", note="for the record")
    expect(page).to_have_url(re.compile(f"#{clause}$"))
    made = oz.clause(SHIPPING).locator(".proposal", has_text="great importance")
    expect(made).to_be_attached()
    number = (made.get_attribute("id") or "").removesuffix("-line")
    oz.act(f"{number}-withdraw")
    expect(oz.clause(SHIPPING).locator(".proposal")).to_have_count(0)
    oz.act("P1-support")
    expect(page.locator("#P1-line")).to_contain_text("Undo my support")
    oz.act("P1-undo")
    expect(page.locator("#P1-support")).to_be_attached()


def test_what_is_refused_is_a_page_that_keeps_what_was_written(oz: Window) -> None:
    oz.forgive("status of 422")
    room = oz.page.url
    oz.propose(SHIPPING, "Underlined \u202ethe importance.")
    expect(oz.page.get_by_role("heading", level=1)).to_have_text("This cannot be taken")
    expect(oz.page.locator("main")).to_contain_text("cannot be seen")
    expect(oz.page.get_by_label("What you wrote is kept here")).to_have_value(
        "Underlined \u202ethe importance."
    )
    oz.page.get_by_role("link", name="Back").click()
    expect(oz.page.locator("#text")).to_be_visible()
    assert oz.page.url.split("#")[0] == room.split("#")[0]


def test_a_draft_that_is_none_is_given_back(server: Server, windows: Windows) -> None:
    window = windows.open("secretariat", java_script_enabled=False).enter(server.links()["secretariat"])
    window.forgive("status of 422")
    page = window.page
    page.get_by_role("link", name="Call a meeting").click()
    page.get_by_label("To discuss").fill("plain forms")
    page.get_by_label("Urgent").check()
    page.get_by_role("button", name="Send the call").click()
    page.get_by_role("link", name="To the room").click()
    window.act("table-draft", text="Dear colleague, thank you for lunch.")
    expect(page.locator("main")).to_contain_text("pasted text")
    expect(page.get_by_label("What you wrote is kept here")).to_have_value(
        "Dear colleague, thank you for lunch."
    )
    page.get_by_role("link", name="Back").click()
    window.act("table-draft", text="The Council:\n1. Condemned the acts.\n2. Thanked the crew.")
    expect(page.locator("article.clause.operative")).to_have_count(2)


def test_the_seat_is_left_by_a_plain_form(oz: Window) -> None:
    oz.forgive("status of 401")
    room = oz.page.url
    oz.page.locator("form[action='/sign-out'] button").click()
    expect(oz.page.get_by_role("link", name="Sign in")).to_be_visible()
    oz.page.goto(room)
    expect(oz.page.get_by_role("heading", name="Sign in")).to_be_visible()
