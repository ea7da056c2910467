"""Everything in the room with the keyboard alone; the focus is always seen and never lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rooms import Page, Server, Window, Windows, expect, serve_demo

pytestmark = pytest.mark.browser

SABOTAGE = "the acts of sabotage"
SHIPPING = "Underlined the importance"
FOCUS = """() => { const a = document.activeElement;
  const style = getComputedStyle(a), box = a.getBoundingClientRect();
  return { body: a === document.body, name: (a.innerText || a.value || '').trim().replace(/\\s+/g, ' '),
           ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1.5,
           seen: box.bottom > 0 && box.top < innerHeight && box.width > 0 }; }"""
MANY = 400  # tabs; the room has fewer stops


@pytest.fixture(scope="module")
def meeting(tmp_path_factory: pytest.TempPathFactory, demo_template: Path, windows: Windows) -> Iterator[str]:
    """The demo's meeting, entered by Enter on the sign-in page: no mouse is used in this file."""
    server: Server = serve_demo(demo_template, tmp_path_factory.mktemp("keys") / "demo")
    links = server.links()
    room = ""
    for seat in ("chair", "oz"):
        window = windows.open(seat)
        window.page.goto(links[seat])
        tab_to(window.page, "Enter as")
        window.page.keyboard.press("Enter")
        expect(window.page.get_by_role("heading", name="Meetings")).to_be_visible()
        room = window.open_room(room)
    yield room
    server.stop()


@pytest.fixture
def chair(windows: Windows, meeting: str) -> Window:
    return _fresh(windows, "chair", meeting)


@pytest.fixture
def member(windows: Windows, meeting: str) -> Window:
    return _fresh(windows, "oz", meeting)


def _fresh(windows: Windows, name: str, meeting: str) -> Window:
    window = next(w for w in windows.all if w.name == name)
    window.open_room(meeting)
    return window


def focus_is_seen(page: Page) -> str:
    """What the element in focus says; it stands in the window and has a ring."""
    found = page.evaluate(FOCUS)
    assert not found["body"], "the focus is lost"
    assert found["ring"], f"the focus on {found['name'][:60]!r} has no ring"
    assert found["seen"], f"the focus on {found['name'][:60]!r} is out of sight"
    return str(found["name"])


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the element in focus begins with these words."""
    for _ in range(MANY):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUS)["name"].startswith(name):
            focus_is_seen(page)
            return
    raise AssertionError(f"no tab stop is called {name!r}")


def walk_to(page: Page, words: str) -> None:
    """Walk the clauses to the top with k, then down with j until the one with these words is in focus."""
    for _ in range(20):
        page.keyboard.press("k")
    if words in focus_is_seen(page):
        return
    for _ in range(20):
        page.keyboard.press("j")
        if words in focus_is_seen(page):
            return
    raise AssertionError(f"no clause says {words!r}")


def test_every_stop_of_the_room_shows_its_focus(chair: Window) -> None:
    page = chair.page
    page.keyboard.press("Tab")
    assert focus_is_seen(page) == "Skip to the text"
    stops = 0
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUS)["body"]:
            break
        focus_is_seen(page)
        stops += 1
    assert stops >= 40


def test_j_and_k_walk_the_clauses_and_a_question_mark_tells_the_keys(member: Window) -> None:
    page = member.page
    page.keyboard.press("j")
    first = focus_is_seen(page)
    page.keyboard.press("j")
    assert focus_is_seen(page) != first
    page.keyboard.press("k")
    assert focus_is_seen(page) == first
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()
    assert focus_is_seen(page) == first


def test_a_delegation_proposes_withdraws_and_takes_positions(member: Window) -> None:
    page = member.page
    walk_to(page, SHIPPING)
    page.keyboard.press("p")
    expect(page.locator("textarea:focus")).to_have_count(1)
    page.keyboard.press("Control+End")
    page.keyboard.type(" So said Özgen, with keys.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert focus_is_seen(page) == "Propose"
    page.keyboard.press("Enter")
    expect(member.clause(SHIPPING).locator(".rolling").first).to_contain_text("with keys")
    assert "Propose a change" in focus_is_seen(page)  # the form is closed, the focus on what opened it
    walk_to(page, SHIPPING)
    tab_to(page, "Withdraw P")  # one's own proposals are unfolded
    page.keyboard.press("Space")
    expect(member.clause(SHIPPING).locator(".proposal")).to_have_count(0)
    assert SHIPPING in focus_is_seen(page)  # its button is gone; the focus is on the clause


def test_a_position_is_taken_and_undone_where_the_focus_is(member: Window) -> None:
    page = member.page
    walk_to(page, "Called upon")
    tab_to(page, "Oppose P")
    page.keyboard.press("Enter")
    expect(member.clause("Called upon").get_by_role("button", name="Undo my opposition")).to_have_count(1)
    assert focus_is_seen(page).startswith("Undo my opposition")
    page.keyboard.press("Enter")
    expect(member.clause("Called upon").get_by_role("button", name="Undo my opposition")).to_have_count(0)
    assert "P" in focus_is_seen(page)


def test_the_floor_is_asked_and_given(member: Window, chair: Window) -> None:
    tab_to(member.page, "No longer ask")  # in the demo Özgen waits
    member.page.keyboard.press("Enter")
    expect(member.page.get_by_role("button", name="Ask for the floor")).to_be_visible()
    assert focus_is_seen(member.page) == "Ask for the floor"
    member.page.keyboard.press("Enter")
    expect(chair.page.get_by_role("button", name="Give the floor to Özgen")).to_be_visible()
    tab_to(chair.page, "Give the floor to Özgen")
    chair.page.keyboard.press("Enter")
    expect(member.page.locator("#floor .speaker")).to_contain_text("Özgen has the floor")
    focus_is_seen(chair.page)


def test_the_chair_rules_on_brackets_agrees_pauses_and_resumes(chair: Window) -> None:
    page = chair.page
    walk_to(page, SABOTAGE)
    tab_to(page, "Decide on the brackets")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(page.locator("input[type=radio]:focus")).to_be_checked()
    focus_is_seen(page)
    before = chair.clause(SABOTAGE).locator(".mark").count()
    page.keyboard.press("Tab")
    assert focus_is_seen(page).startswith("Accept")
    page.keyboard.press("Enter")
    expect(chair.clause(SABOTAGE).locator(".mark")).not_to_have_count(before)
    focus_is_seen(page)
    page.reload()
    walk_to(page, "Conveyed")
    tab_to(page, "Agree OP1")
    page.keyboard.press("Enter")
    expect(chair.clause("Conveyed")).to_contain_text("agreed ad ref")
    assert "Conveyed" in focus_is_seen(page)
    page.reload()
    tab_to(page, "Pause")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("for consultations")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Resume the meeting")).to_be_visible()
    focus_is_seen(page)
    if page.evaluate(FOCUS)["name"] != "Resume the meeting":
        tab_to(page, "Resume the meeting")
    page.keyboard.press("Enter")
    expect(page.locator("#status .phase")).to_have_text("in session")
    focus_is_seen(page)


def test_an_update_by_others_leaves_the_focus_where_it_is(chair: Window, member: Window) -> None:
    """The clause in focus changes, and the button next to the one in focus goes away."""
    walk_to(member.page, SABOTAGE)
    shown = member.clause(SABOTAGE).locator(".rolling").first.inner_text()
    chair.act(chair.clause(SABOTAGE).locator("form[action$='/set-aside']").first.get_attribute("id") or "")
    expect(member.clause(SABOTAGE).locator(".rolling").first).not_to_have_text(shown)
    assert SABOTAGE in focus_is_seen(member.page)
    walk_to(chair.page, SHIPPING)
    tab_to(chair.page, "Agree OP3")
    member.propose(SHIPPING, "Underlined the importance of shipping.")
    expect(chair.clause(SHIPPING).locator(".rolling").first).to_contain_text("(OZ)")
    assert SHIPPING in focus_is_seen(chair.page)


SETTLE = """async meeting => {
  const answer = await fetch('/api/meetings/' + meeting), state = await answer.json();
  for (const p of state.proposals.filter(p => ['open', 'flagged'].includes(p.status))) {
    await fetch('/api/meetings/' + meeting + '/acts', { method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ act: 'set-aside', fields: { proposal: p.id } }) });
  }
}"""


def test_the_decision_is_taken_with_keys(chair: Window, member: Window, meeting: str) -> None:
    """Putting, objecting, reserving, deciding; it comes last, for it ends the negotiation."""
    chair.page.evaluate(SETTLE, meeting)
    tab_to(chair.page, "Put the text to the meeting")
    chair.page.keyboard.press("Enter")
    tab_to(chair.page, "Put this text")
    chair.page.keyboard.press("Enter")
    question = member.page.get_by_role("heading", name="Is there any objection to this text?")
    expect(question).to_be_visible()

    tab_to(member.page, "Object")
    member.page.keyboard.press("Enter")
    member.page.keyboard.press("Tab")
    member.page.keyboard.type("The capital has not answered.")
    member.page.keyboard.press("Tab")
    assert focus_is_seen(member.page) == "Object to the adoption"
    member.page.keyboard.press("Enter")
    expect(chair.page.locator(".objections")).to_contain_text("The capital has not answered.")
    tab_to(member.page, "Withdraw our objection")
    member.page.keyboard.press("Enter")
    expect(chair.page.locator(".objections")).to_have_count(0)

    tab_to(member.page, "Reserve")
    member.page.keyboard.press("Enter")
    for _ in range(3):  # as what, on what, in which words
        member.page.keyboard.press("Tab")
    member.page.keyboard.type("Subject to our laws.")
    member.page.keyboard.press("Tab")
    assert focus_is_seen(member.page).startswith("Enter it")
    member.page.keyboard.press("Enter")
    expect(chair.page.locator(".reservations")).to_contain_text("Subject to our laws.")

    tab_to(chair.page, "I see no objection")
    chair.page.keyboard.press("Enter")
    expect(member.page.get_by_role("heading", name="Adopted by consensus")).to_be_visible()
    focus_is_seen(chair.page)
