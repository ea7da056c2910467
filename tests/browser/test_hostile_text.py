"""What people write is shown as text wherever it comes up, and never runs; what deceives is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from rooms import SEATS, Server, Windows, expect, serve_body

from kenesh.app.seats import Seat

pytestmark = pytest.mark.browser

SCRIPT = (
    "<img src=x onerror='window.__pwned=1'><script>window.__pwned=2</script>'\">"
    "<svg/onload=window.__pwned=3> {{ 7 * 7 }} </textarea></template>"
)
ARABIC = "وإذ تؤكد من جديد سيادة الدول الأعضاء، recalling resolution 7 (2019), وسلامتها الإقليمية"
HEBREW = "<b dir=rtl>שלום</b>"
FILE = '<img src=x onerror="window.__pwned=4">.txt'
DRAFT = f"""STATEMENT ON {SCRIPT}

The Council has:

1. Condemned {SCRIPT}.
2. Noted {ARABIC}.
3. Thanked the crew.
"""
SEATED = tuple(
    Seat(
        s.id, s.role, f"{HEBREW} {s.id} <script>window.__pwned=5</script>", s.delegation, f"Minister {SCRIPT}"
    )
    for s in SEATS
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    served, links = serve_body(tmp_path_factory.mktemp("hostile") / "house", SEATED)
    served.links = lambda: links  # type: ignore[method-assign]
    yield served
    served.stop()


@pytest.fixture(scope="module")
def meeting(server: Server, windows: Windows) -> str:
    """A meeting whose purpose, people, draft, notes and file name all try to break out."""
    secretariat = windows.open("secretariat").enter(server.links()["secretariat"])
    page = secretariat.page
    page.goto(f"{secretariat.origin}/meetings/new")
    page.get_by_label("To discuss").fill(SCRIPT)
    page.get_by_label("Place").fill(SCRIPT)
    page.get_by_label("Urgent").check()
    page.get_by_role("button", name="Send the call").click()
    expect(page.locator("main")).to_contain_text("<script>window.__pwned=2</script>")
    page.goto(f"{secretariat.origin}/meetings")
    meeting = secretariat.open_room()
    for seat in ("chair", "av", "dr", "ks"):
        window = windows.open(seat).enter(server.links()[seat])
        window.open_room(meeting)
        window.act("arrive")
        expect(window.form("arrive")).to_have_count(0)
    chair = windows["chair"]
    chair.act("open-meeting")
    expect(chair.page.locator("#status .phase")).to_have_text("in session")
    form = secretariat.form("table-draft")
    secretariat.unfold(form)
    file = {"name": FILE, "mimeType": "text/plain", "buffer": DRAFT.encode()}
    form.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    form.locator("button").click()
    expect(secretariat.clause("Thanked the crew")).to_be_visible()
    return meeting


def nothing_ran(windows: Windows) -> None:
    for window in windows.all:
        for page in window.context.pages:
            assert page.evaluate("() => window.__pwned") is None, page.url
            assert page.locator("main img, main script, main svg, main b[dir]").count() == 0, page.url


def test_proposals_with_markup_and_arabic_are_shown_as_text_to_all(meeting: str, windows: Windows) -> None:
    av, dr, chair = (windows[n] for n in ("av", "dr", "chair"))
    av.propose("Thanked the crew", f"Thanked {SCRIPT} the crew.", note=SCRIPT)
    dr.propose("Noted", f"Noted {ARABIC} {HEBREW}.")
    for window in (av, dr, chair):
        expect(window.clause("the crew").locator(".rolling").first).to_contain_text("</textarea></template>")
        expect(window.page.locator("#P1-line .note")).to_have_text(re.compile(re.escape("<svg/onload")))
        expect(window.page.locator("#P2-line .proposed")).to_contain_text(f"{ARABIC} {HEBREW}")
    expect(av.page.locator(f"[id='{av.clause_id('the crew')}-text']")).to_have_value(
        f"Thanked {SCRIPT} the crew."
    )
    nothing_ran(windows)


@pytest.mark.parametrize("path", ["", "/screen", "/draft", "/record", "/invitations"])
def test_every_page_of_the_meeting_shows_it_as_text(meeting: str, windows: Windows, path: str) -> None:
    secretariat = windows["secretariat"]
    secretariat.page.goto(f"{secretariat.origin}/meetings/{meeting}{path}")
    expect(secretariat.page.locator("body")).to_contain_text("<script>window.__pwned=2</script>")
    nothing_ran(windows)


def test_lists_searches_and_problems_show_it_as_text(meeting: str, windows: Windows) -> None:
    secretariat = windows["secretariat"]
    secretariat.forgive("status of 4")
    page = secretariat.page
    for path in ("/meetings", "/seats"):
        page.goto(secretariat.origin + path)
        expect(page.locator("main")).to_contain_text("__pwned")
        nothing_ran(windows)
    page.goto(f"{secretariat.origin}/search")
    page.get_by_label("Words of a clause").fill(SCRIPT)
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_label("Words of a clause")).to_have_value(SCRIPT)
    page.goto(f"{secretariat.origin}/statements/%3Cscript%3Ewindow.__pwned=6%3C%2Fscript%3E")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    nothing_ran(windows)


def test_the_name_of_a_file_that_is_refused_is_shown_as_text(meeting: str, windows: Windows) -> None:
    secretariat = windows["secretariat"]
    secretariat.forgive("status of 4")
    secretariat.call_and_enter("files")
    form = secretariat.form("table-draft")
    file = {"name": FILE, "mimeType": "text/plain", "buffer": b"no clause here"}
    form.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    form.locator("button").click()
    expect(form.locator(".problem")).to_contain_text("<img src=x onerror=")
    nothing_ran(windows)


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\u200b", "\x07"])
def test_what_deceives_is_refused_with_its_place(meeting: str, windows: Windows, mark: str) -> None:
    av = windows["av"]
    av.forgive("status of 422")
    av.open_room(meeting)
    clause = av.clause_id("Condemned")
    area = av.page.locator(f"[id='{clause}-text']")
    av.act(f"{clause}-amend", text=f"Condemned {mark}not all of it.")
    problem = av.form(f"{clause}-amend").locator(".problem")
    expect(problem).to_contain_text(f"U+{ord(mark):04X}")
    expect(problem).to_contain_text("11")
    expect(problem).to_be_focused()
    expect(area).to_have_value(f"Condemned {mark}not all of it.")


def test_names_and_purposes_that_deceive_are_refused(meeting: str, windows: Windows) -> None:
    secretariat = windows["secretariat"]
    secretariat.forgive("status of 422")
    page = secretariat.page
    secretariat.call("the \u202estrait")
    expect(page.get_by_role("alert")).to_contain_text("U+202E")
    page.goto(f"{secretariat.origin}/seats")
    form = page.locator("form[action='/seats/add']")
    secretariat.unfold(form)
    form.get_by_label("Id").fill("oz")
    form.get_by_label("Delegation").select_option("OZ")
    form.get_by_label("Person").fill("Işıl \u2067Karadağlı")
    form.get_by_role("button", name="Add").click()
    expect(page.get_by_role("alert")).to_contain_text("U+2067")


def test_an_address_that_would_run_is_no_address(meeting: str, windows: Windows) -> None:
    secretariat = windows["secretariat"]
    secretariat.forgive("status of 4")
    page = secretariat.page
    page.goto(f"{secretariat.origin}/meetings/new")
    page.get_by_label("To discuss").fill("links")
    page.get_by_label("Address of the videoconference").fill("javascript:window.__pwned=7")
    page.get_by_label("Urgent").check()
    page.get_by_role("button", name="Send the call").click()
    expect(page.get_by_role("alert")).to_be_visible()
    nothing_ran(windows)


def test_the_published_text_shows_it_as_text(meeting: str, windows: Windows, server: Server) -> None:
    chair, secretariat = windows["chair"], windows["secretariat"]
    chair.open_room(meeting)
    for proposal in ("P1", "P2"):
        chair.act(f"{proposal}-accept")
        expect(chair.page.locator(f"#{proposal}-line")).to_have_count(0)
    chair.act("put-text")
    expect(chair.form("declare-adopted")).to_be_visible()
    chair.act("declare-adopted")
    secretariat.open_room(meeting)
    secretariat.act("publish")
    expect(secretariat.page.locator("#decision a")).to_have_text("The published statement")
    public = windows.open("public").page
    public.goto(server.base)
    expect(public.locator("ul.register")).to_contain_text("__pwned=2", ignore_case=True)
    public.locator("ul.register a").first.click()
    expect(public.locator("article.statement")).to_contain_text("</textarea></template> the crew")
    expect(public.locator("article.statement")).to_contain_text(f"{ARABIC} {HEBREW}")
    nothing_ran(windows)
    public.locator(".forms a", has_text="Web page").click()
    expect(public.locator("body")).to_contain_text("</textarea></template> the crew")
    nothing_ran(windows)
