"""What somebody is writing is never taken away: not by an update, not by a lost connection."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator

import pytest
from rooms import DRAFT, WITHIN, Page, Server, Window, Windows, expect, serve_body

pytestmark = pytest.mark.browser

SABOTAGE = "Condemned the acts of sabotage"
PARTIES = "Called upon all parties concerned"
INQUIRY = "Supported the technical inquiry"
RECONNECT = 20_000  # ms: the page's own patience between two tries is at most 15 s and a third


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, windows: Windows) -> Iterator[Server]:
    """A meeting with a draft on the table and chair, Avenor, Dravia, Kesteria and Norvask in the room."""
    served, links = serve_body(tmp_path_factory.mktemp("typing") / "house")
    secretariat = windows.open("secretariat").enter(links["secretariat"])
    meeting = secretariat.call_and_enter("typing")
    secretariat.act("table-draft", text=DRAFT)
    expect(secretariat.clause(SABOTAGE)).to_be_visible()
    for seat in ("chair", "av", "dr", "ks"):
        window = windows.open(seat).enter(links[seat])
        window.open_room(meeting)
        window.act("arrive")
        expect(window.form("arrive")).to_have_count(0)
    windows["chair"].act("open-meeting")
    expect(secretariat.page.locator("#status .phase")).to_have_text("in session")
    yield served
    served.stop()


@pytest.fixture
def av(server: Server, windows: Windows) -> Window:
    return windows["av"]


@pytest.fixture
def dr(server: Server, windows: Windows) -> Window:
    return windows["dr"]


@pytest.fixture
def chair(server: Server, windows: Windows) -> Window:
    return windows["chair"]


def begin_to_write(window: Window, words: str, text: str) -> str:
    """Open the form of a clause and type, as a hand does; the id of its text area."""
    clause = window.clause_id(words)
    area = window.page.locator(f"[id='{clause}-text']")
    window.unfold(area)
    area.click()
    area.press("Control+A")
    area.press_sequentially(text)
    for _ in range(5):
        area.press("ArrowLeft")
    return f"{clause}-text"


def caret(page: Page) -> list[object]:
    """The field in focus, its text, and where the caret stands in it."""
    found: list[object] = page.evaluate(
        "() => (a => [a.id, a.value, a.selectionStart, a.selectionEnd])(document.activeElement)"
    )
    return found


def test_text_being_typed_keeps_focus_caret_and_words_when_its_clause_changes(
    av: Window, dr: Window, chair: Window
) -> None:
    area = begin_to_write(av, SABOTAGE, "Deplored the acts that endanger seafarers.")
    before = caret(av.page)
    assert before[0] == area
    assert before[2] == len("Deplored the acts that endanger seafarers.") - 5
    dr.propose(SABOTAGE, DRAFT_CLAUSE.replace("Condemned", "Strongly condemned"))
    expect(av.clause("sabotage").locator(".rolling").first).to_contain_text("(DR)")
    form = av.form(area.replace("-text", "-amend"))
    expect(form.locator(".stale-note")).to_be_hidden()  # a proposal beside it changes nothing for the writer
    chair.act("P1-accept")
    expect(av.clause("Strongly condemned the acts of sabotage")).to_be_visible()
    expect(form.locator(".stale-note")).to_be_visible()
    assert caret(av.page) == before
    av.page.keyboard.type("!")
    assert caret(av.page)[1] == "Deplored the acts that endanger seafa!rers."
    form.get_by_role("button", name="Propose").click()
    proposal = av.page.locator("#P2-line")
    expect(proposal).to_contain_text("seafa!rers")
    expect(proposal.locator(".flag")).to_contain_text("beside the new text")
    expect(dr.page.locator("#P2-line .flag")).to_be_attached()
    expect(form.locator(".stale-note")).to_be_hidden()
    expect(form.locator("[name='revision']")).to_have_value(
        "2"
    )  # the next one is written against what stands


DRAFT_CLAUSE = next(line for line in DRAFT.splitlines() if SABOTAGE in line).partition(" ")[2]


def test_text_typed_and_left_for_another_field_is_kept(av: Window, dr: Window) -> None:
    area = begin_to_write(av, PARTIES, "Urged all parties to wait.")
    av.page.locator("h1").click()
    dr.propose(PARTIES, "Called upon all parties concerned to refrain.")
    expect(av.clause(PARTIES).locator(".rolling").first).to_contain_text("(DR)")
    expect(av.page.locator(f"[id='{area}']")).to_have_value("Urged all parties to wait.")
    av.page.locator(f"[id='{area}']").fill(av.page.locator(f"[id='{area}']").evaluate("a => a.defaultValue"))
    av.page.locator("h1").click()


def test_a_server_killed_and_started_again_is_caught_up_with(
    av: Window, dr: Window, server: Server, windows: Windows
) -> None:
    for window in windows.all:
        window.forgive("Failed to load resource|ERR_")
    area = begin_to_write(av, INQUIRY, "Welcomed the inquiry.")
    server.kill()
    for page in (av.page, dr.page):
        expect(page.locator("html")).to_have_attribute("data-connection", "off")
    shown = av.page.locator(".connection").evaluate("e => getComputedStyle(e, '::after').content")
    assert "connection lost" in shown
    form = av.form(area.replace("-text", "-amend"))
    form.get_by_role("button", name="Propose").click()
    expect(form.locator(".problem")).to_contain_text("Not sent")
    expect(form.locator("textarea")).to_have_value("Welcomed the inquiry.")
    av.page.evaluate("() => { window.notReloaded = true; }")
    server.start()
    expect(dr.page.locator("html")).to_have_attribute("data-connection", "on", timeout=RECONNECT)
    dr.propose(INQUIRY, "Supported the technical inquiry of both.")
    expect(dr.page.locator("#P4-line")).to_be_attached()
    expect(av.page.locator("#P4-line")).to_be_attached(timeout=RECONNECT)
    expect(form.locator("textarea")).to_have_value("Welcomed the inquiry.")
    expect(form.locator(".stale-note")).to_be_hidden()
    form.get_by_role("button", name="Propose").click()
    expect(dr.page.locator("#P5-line")).to_contain_text("Welcomed the inquiry.")
    expect(form.locator(".problem")).to_have_count(0)
    assert av.page.evaluate("() => window.notReloaded") is True


def test_an_act_on_a_server_that_hangs_is_carried_out_once(av: Window, dr: Window, server: Server) -> None:
    """The server stops in the middle; the page waits, and when it goes on, nothing is lost or doubled."""
    server.signal(signal.SIGSTOP)
    try:
        av.form("request-floor").locator("button").click()
        expect(av.form("request-floor")).to_have_attribute("aria-busy", "true")
        av.form("request-floor").locator("button").click()
        time.sleep(0.5)  # nothing may come: there is no event to wait for
        expect(dr.page.locator("#floor .queue")).to_have_count(0)
    finally:
        server.signal(signal.SIGCONT)
    expect(dr.page.locator("#floor .queue li")).to_have_count(1, timeout=WITHIN)
    expect(av.form("withdraw-floor")).to_be_visible()
    assert av.page.locator(".problem").count() == 0


def test_what_is_being_written_outlives_the_session(av: Window, windows: Windows, server: Server) -> None:
    """The secretariat ends the seat's sessions; the page says so and leaves the words where they are."""
    av.forgive("status of 401")
    area = begin_to_write(av, PARTIES, "Called upon nobody.")
    secretariat = windows["secretariat"]
    secretariat.page.goto(f"{secretariat.origin}/seats")
    secretariat.page.get_by_role("button", name="End its sessions and links of av").click()
    expect(av.page.locator("html")).to_have_attribute("data-connection", "ended")
    expect(av.page.locator(f"[id='{area}']")).to_have_value("Called upon nobody.")
    form = av.form(area.replace("-text", "-amend"))
    form.get_by_role("button", name="Propose").click()
    expect(form.locator(".problem")).to_contain_text("sign-in link")
    expect(av.page.locator(f"[id='{area}']")).to_have_value("Called upon nobody.")
