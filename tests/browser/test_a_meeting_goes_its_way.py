"""A council meets in the browser: called, opened, negotiated, adopted, published, found again.

Secretariat, chair, four delegations and an observer sit in separate browser contexts, each on its own
origin. No page is reloaded between an act and its being seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rooms import DRAFT, WITHIN, Locator, Page, Server, Window, Windows, expect, serve_body

pytestmark = pytest.mark.browser

SABOTAGE = "Condemned the acts of sabotage"
PARTIES = "Called upon all parties concerned"
INQUIRY = "Supported the technical inquiry"
ACTS = "endanger seafarers, damage undersea cables and obstruct merchant shipping in the Northern Strait."
BY_AV = f"Strongly condemned the acts of sabotage that {ACTS}".replace("cables", "cables and pipelines")
BY_KS = f"Condemned the acts of sabotage that {ACTS}".replace("seafarers", "passengers and seafarers")
BY_DR = f"Condemned the acts of sabotage that {ACTS}".replace("obstruct", "obstruct or delay")
BY_NV = "Deplored the acts of sabotage that endanger seafarers in the Northern Strait."
NEW_CLAUSE = "Requested the Secretary General to report to the Council on the findings within thirty days."
DELEGATIONS = ("av", "dr", "ks", "nv")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, dict[str, str]]]:
    server, links = serve_body(tmp_path_factory.mktemp("way") / "house")
    yield server, links
    server.stop()


class Sitting:
    """The windows of one council, by seat."""

    def __init__(self, windows: Windows, server: Server) -> None:
        self.windows = windows
        self.server = server
        self.meeting = ""
        self.seats: dict[str, Window] = {}
        self.screen: Page

    def __getitem__(self, seat: str) -> Window:
        return self.seats[seat]

    def seen(self, what: str, seat: str, form: str, selector: str, says: str, **fields: str) -> None:
        """A seat sends a form, and every seat sees what it led to."""
        button = self[seat].fill_in(form, **fields)
        self.windows.seen(what, button.click, self.pages, selector, says)

    @property
    def pages(self) -> list[Page]:
        return [w.page for w in self.seats.values()]

    def everybody_enters(self) -> None:
        for window in self.seats.values():
            window.open_room(self.meeting)


@pytest.fixture(scope="module")
def council(served: tuple[Server, dict[str, str]], windows: Windows) -> Sitting:
    """Only the secretariat is in; the others wait for their invitations."""
    server, links = served
    sitting = Sitting(windows, server)
    sitting.seats["secretariat"] = windows.open("secretariat").enter(links["secretariat"])
    return sitting


def test_a_council_meets_adopts_publishes_and_finds_its_words_again(council: Sitting) -> None:
    the_secretariat_calls(council)
    the_seats_enter_by_their_invitations(council)
    the_chair_opens_at_quorum_and_not_before(council)
    a_draft_is_tabled_by_pasting(council)
    the_floor_is_asked_given_and_yielded(council)
    four_proposals_compete(council)
    positions_are_taken_and_undone(council)
    an_observer_reads_and_has_no_say_in_the_text(council)
    the_chair_accepts_one_and_the_others_are_carried_over(council)
    the_rest_is_withdrawn_or_set_aside(council)
    a_new_clause_is_accepted(council)
    the_clauses_are_agreed_ad_referendum(council)
    the_text_is_put_objected_to_and_adopted(council)
    the_secretariat_publishes(council)
    the_record_tells_the_story(council)
    the_public_reads_downloads_and_finds(council)
    the_next_draft_is_shown_its_precedents(council)
    took, what = council.windows.slowest
    print(f"\nslowest to be seen by all {len(council.seats)} seats: {what}, {took} ms")


def the_secretariat_calls(council: Sitting) -> None:
    page = council["secretariat"].page
    page.get_by_role("link", name="Call a meeting").click()
    page.get_by_label("To discuss").fill("the situation in the Northern Strait")
    page.get_by_role("button", name="Send the call").click()
    council["secretariat"].forgive("status of 422|status of 409")
    expect(page.get_by_role("alert")).to_contain_text("notice")  # 24 hours, unless it is urgent
    expect(page.get_by_label("To discuss")).to_have_value("the situation in the Northern Strait")
    page.get_by_label("Urgent").check()
    page.get_by_role("button", name="Send the call").click()
    expect(page.get_by_role("heading", name="Invitations")).to_be_visible()
    council.meeting = page.url.split("/meetings/")[1].split("/")[0]
    with page.expect_download() as download:
        page.get_by_role("link", name="Calendar file").click()
    invitation = download.value.path().read_text(encoding="utf-8")
    assert "BEGIN:VEVENT" in invitation
    assert "Northern Strait" in invitation.replace("\r\n ", "")


def the_seats_enter_by_their_invitations(council: Sitting) -> None:
    page = council["secretariat"].page
    page.get_by_role("button", name="Make fresh links").click()
    expect(page.locator("code.link")).to_have_count(6)
    links = {link.split("//")[1].split(".")[0]: link for link in page.locator("code.link").all_inner_texts()}
    assert sorted(links) == ["av", "chair", "dr", "ks", "nv", "wy"]
    for seat, link in links.items():
        council.seats[seat] = council.windows.open(seat).enter(link)
    spent = council.windows.open("thief")
    spent.forgive("status of 410")
    spent.page.goto(links["av"])
    expect(spent.page.get_by_role("alert")).to_contain_text("does not open a seat")
    council.windows.drop(spent)
    council.everybody_enters()


def the_chair_opens_at_quorum_and_not_before(council: Sitting) -> None:
    chair = council["chair"].page
    council.seen("taking a seat", "chair", "arrive", "#people .quorum", "1 of 6 members present")
    for seat, present in (("av", 2), ("dr", 3)):
        council.seen("taking a seat", seat, "arrive", "#people .quorum", f"{present} of 6 members present")
    council.seen("taking a seat", "wy", "arrive", "#since, #people", "Gwendolyn Pryce")
    expect(chair.get_by_role("button", name="Open the meeting")).to_have_count(0)
    expect(chair.locator("#status .why")).to_contain_text("when 4 members are present; 3 are")
    council.seen("quorum", "ks", "arrive", "#people .quorum", "Quorum met")
    council.seen("taking a seat", "nv", "arrive", "#people .quorum", "5 of 6 members present")
    council.seen("opening", "chair", "open-meeting", "#status .phase", "in session")


def a_draft_is_tabled_by_pasting(council: Sitting) -> None:
    council.seen("tabling a draft", "secretariat", "table-draft", "#text", SABOTAGE, text=DRAFT)
    expect(council["ks"].page.locator("article.clause.operative")).to_have_count(9)
    expect(council["ks"].page.locator("#text .title")).to_contain_text("NORTHERN STRAIT")


def the_floor_is_asked_given_and_yielded(council: Sitting) -> None:
    council.seen("asking for the floor", "wy", "request-floor", "#floor .queue", "Wyland")
    council.seen("asking for the floor", "ks", "request-floor", "#floor .queue", "Kesteria")
    council.seen("giving the floor", "chair", "give-WY", "#floor .speaker", "Wyland has the floor")
    council.seen("yielding the floor", "wy", "yield-floor", "#floor", "Nobody has the floor")
    council.seen("giving the floor", "chair", "give-KS", "#floor .speaker", "Kesteria has the floor")


def four_proposals_compete(council: Sitting) -> None:
    clause = council["av"].clause_id(SABOTAGE)
    for seat, text in (("av", BY_AV), ("ks", BY_KS), ("dr", BY_DR), ("nv", BY_NV)):
        council.seen(
            "a proposal", seat, f"{clause}-amend", f"article[id='{clause}'] .by", seat.upper(),
            text=text, note="so that we say what we know",
        )  # fmt: skip
    for window in council.seats.values():
        rolling = window.clause(SABOTAGE).locator(".rolling").first
        for words in ("[", "(AV)", "(KS)", "(DR)", "(NV)", "pipelines", "passengers", "or delay", "Deplored"):
            expect(rolling).to_contain_text(words)
    wall = council.windows.open("screen", storage_state=council["secretariat"].context.storage_state())
    wall.page.goto(f"{council['secretariat'].origin}/meetings/{council.meeting}/screen")
    expect(wall.page.locator("#screen .clause.bracketed .rolling")).to_contain_text("(AV)")
    council.screen = wall.page


def positions_are_taken_and_undone(council: Sitting) -> None:
    council.seen("supporting", "dr", "P1-support", "#P1-line .positions", "Supported by Dravia")
    council.seen("opposing", "ks", "P4-oppose", "#P4-line .positions", "Opposed by Kesteria")
    council.seen("undoing a support", "dr", "P1-undo", "#P1-line .positions", "!Supported by")
    council.seen("supporting", "dr", "P2-support", "#P2-line .positions", "Supported by Dravia")


def an_observer_reads_and_has_no_say_in_the_text(council: Sitting) -> None:
    page = council["wy"].page
    expect(page.locator("#P1-line")).to_have_count(1)
    for act in (
        "amend",
        "insert",
        "delete",
        "support",
        "oppose",
        "object",
        "agree-clause",
        "accept-alternative",
    ):
        expect(page.locator(f"form[action$='/acts/{act}']")).to_have_count(0)
    expect(page.locator("details.propose")).to_have_count(0)


def chosen(chair: Window, clause: Locator, *, by: str, among: str = "") -> Locator:
    """Choose the alternative behind which a delegation stands; the form of its bracket."""
    choice = clause.locator("details.decide label.choice", has_text=by).filter(has_text=among).first
    chair.unfold(choice)
    choice.locator("input").check()
    return choice.locator("xpath=ancestor::form")


def the_chair_accepts_one_and_the_others_are_carried_over(council: Sitting) -> None:
    """The words "passengers and " of Kesteria go in; what the others want stays in brackets around them."""
    chair, clause = council["chair"], council["chair"].clause_id(SABOTAGE)
    form = chosen(chair, chair.clause(SABOTAGE), by="(KS")
    council.windows.seen(
        "accepting an alternative",
        form.get_by_role("button", name="the others stay").click,
        [*council.pages, council.screen],
        "#text .rolling, #screen .rolling",
        "!KS",
    )
    rolling = council["av"].clause(SABOTAGE).locator(".rolling").first
    for words in ("endanger passengers and seafarers", "(AV)", "(NV)", "or delay (DR)"):
        expect(rolling).to_contain_text(words)
    expect(council["nv"].page.locator(f"article[id='{clause}'] details.proposals > summary")).to_contain_text(
        "3"
    )


def the_rest_is_withdrawn_or_set_aside(council: Sitting) -> None:
    council.seen("withdrawing", "nv", "P4-withdraw", "#text", "!Deplored")
    chair = council["chair"]
    form = chosen(chair, chair.clause(SABOTAGE), by="(AV", among="Strongly")
    close = form.get_by_role("button", name="close the bracket")
    council.windows.seen("closing a bracket", close.click, council.pages, "#text .rolling .lead", "Strongly")
    council.seen("setting aside", "chair", "P3-aside", "#text", "!or delay")
    council.seen("accepting a proposal", "chair", "P1-accept", "#status .gauge", "0 brackets open")
    rolling = council["wy"].clause("Strongly condemned").locator(".rolling").first
    expect(rolling).to_contain_text("endanger passengers and seafarers, damage undersea cables and pipelines")


def a_new_clause_is_accepted(council: Sitting) -> None:
    clause = council["dr"].clause_id(INQUIRY)
    council.seen(
        "a new clause", "dr", f"{clause}-insert", ".insertion .rolling", "thirty days", text=NEW_CLAUSE
    )
    council.seen("accepting a clause", "chair", "P5-accept", "article.clause .label", "OP6 bis")
    expect(council["wy"].page.locator("article.clause.operative")).to_have_count(10)
    expect(council["wy"].clause("thirty days").locator(".label")).to_contain_text("bis")


def the_clauses_are_agreed_ad_referendum(council: Sitting) -> None:
    chair = council["chair"].page
    ids = [
        f.get_attribute("id") or "" for f in chair.locator("article:not(.formula) form[id$='-agree']").all()
    ]
    assert len(ids) == 14
    for nth, form in enumerate(ids, start=1):
        council.seen("agreeing a clause", "chair", form, "#status .gauge", f"{nth} of 14 clauses agreed")
    expect(council["av"].page.locator("article.clause.agreed")).to_have_count(14)


def the_text_is_put_objected_to_and_adopted(council: Sitting) -> None:
    chair = council["chair"].page
    expect(chair.locator(".put-box .preview")).to_contain_text("Strongly condemned")
    council.seen("putting the text", "chair", "put-text", "#decision h2", "Is there any objection")
    expect(council["wy"].page.locator("#decision form")).to_have_count(0)
    council.seen(
        "objecting", "nv", "object", "#decision .objections", "Norvask", reason="We await instructions."
    )
    expect(chair.get_by_role("button", name="it is so decided")).to_have_count(0)
    council.seen(
        "withdrawing an objection", "nv", "withdraw-objection", "#decision", "!We await instructions"
    )
    council.seen(
        "reserving", "dr", "reserve", "#decision .reservations", "Dravia",
        text="Dravia does not read this as touching upon its fisheries.",
        clause=council["dr"].clause_id("thirty days"),
    )  # fmt: skip
    council.seen("adopting", "chair", "declare-adopted", "#decision", "dopted")
    expect(council.screen.locator("#screen .call")).to_contain_text("Adopted")


def the_secretariat_publishes(council: Sitting) -> None:
    council.seen("publishing", "secretariat", "publish", "#decision a", "The published statement")


def the_record_tells_the_story(council: Sitting) -> None:
    page = council["wy"].context.new_page()
    page.goto(f"{council['wy'].origin}/meetings/{council.meeting}/record")
    story = page.locator("ol.told")
    for words in (
        "was called", "Kesteria took its seat", "was opened: 5 of 6", "A draft was tabled",
        "Wyland has the floor",
        "Norvask proposed a change to OP4", "Dravia supports P1", "The chair accepted", "P4 was withdrawn",
        "A new clause was accepted", "agreed ad referendum", "Norvask objected", "withdrew its objection",
        "Dravia entered a reservation", "adopted by consensus", "was published",
    ):  # fmt: skip
        expect(story).to_contain_text(words)
    page.close()


def the_public_reads_downloads_and_finds(council: Sitting) -> None:
    public = council.windows.open("public").page
    public.goto(council.server.base)
    public.locator("ul.register a").first.click()
    expect(public.locator("article.statement")).to_contain_text("endanger passengers and seafarers")
    expect(public.locator(".proof")).to_contain_text("fisheries")
    links = public.locator(".forms a")
    expect(links).to_have_count(4)
    names = [link.get_attribute("href") or "" for link in links.all()]
    assert sorted(Path(n).suffix for n in names) == [".html", ".json", ".txt", ".xml"]
    for link in links.all():
        if link.get_attribute("download") is not None:
            with public.expect_download() as download:
                link.click()
            assert "passengers and seafarers" in download.value.path().read_text(encoding="utf-8")
    links.filter(has_text="Web page").click()
    expect(public.locator("body")).to_contain_text("passengers and seafarers")
    public.goto(council.server.base)
    public.get_by_label("Words of a clause").fill("endanger passengers and seafarers, damage undersea")
    public.get_by_role("button", name="Find agreed language").click()
    expect(public.locator(".found li").first).to_contain_text("Strongly condemned")
    council.windows.all[-1].forgive("status of 401")
    public.goto(f"{council.server.base}/meetings/{council.meeting}")
    expect(public.get_by_role("heading", name="Sign in")).to_be_visible()


def the_next_draft_is_shown_its_precedents(council: Sitting) -> None:
    next_draft = DRAFT.replace("1. Conveyed", "1. Strongly condemned the acts of sabotage that endanger "
        "passengers and seafarers in the Southern Gulf.\n2. Conveyed")  # fmt: skip
    secretariat = council["secretariat"]
    secretariat.call_and_enter("the situation in the Southern Gulf")
    secretariat.act("table-draft", text=next_draft)
    beside = secretariat.clause("in the Southern Gulf").locator(".precedents a").first
    expect(beside).to_be_visible(timeout=2 * WITHIN)
    beside.click()
    expect(secretariat.page.locator("article.statement .clause:target")).to_contain_text("Strongly condemned")


def test_a_draft_is_tabled_by_uploading_a_file(council: Sitting, tmp_path: Path) -> None:
    draft = tmp_path / "zero draft.txt"
    draft.write_text(DRAFT, encoding="utf-8")
    secretariat = council["secretariat"]
    meeting = secretariat.call_and_enter("an uploaded draft")
    av = council["av"]
    av.open_room(meeting)
    form = secretariat.form("table-draft")
    secretariat.unfold(form)
    form.locator("input[type=file]").set_input_files(draft)
    council.windows.seen(
        "uploading a draft", form.locator("button").click, [av.page, secretariat.page], "#text", SABOTAGE
    )
    draft_page = av.context.new_page()
    av.act(f"{av.clause_id(SABOTAGE)}-amend", text=BY_AV)
    expect(av.page.locator("#P1-line")).to_be_attached()
    draft_page.goto(f"{av.origin}/meetings/{meeting}/draft")
    expect(draft_page.locator("main")).to_contain_text("[")
    expect(draft_page.locator("main")).to_contain_text("(AV)")
    draft_page.close()


NO_DRAFTS = (
    ("empty.txt", b"", "empty"),
    ("photo.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(200), "PNG picture"),
    ("latin.txt", "1. Condemned the façade.".encode("latin-1") + b"\x81\x8d", "utf-8"),
    ("letter.txt", b"Dear colleague,\n\nthank you for lunch.\n\nYours", "letter"),
    ("long.txt", b"1. Condemned the acts.\n" * 90_000, "at most 2 MB"),
)


def test_a_file_that_is_no_draft_is_refused_by_name_and_reason(council: Sitting, tmp_path: Path) -> None:
    secretariat = council["secretariat"]
    secretariat.forgive("status of 4(13|22)")
    secretariat.call_and_enter("files of every kind")
    form = secretariat.form("table-draft")
    secretariat.unfold(form)
    for name, data, reason in NO_DRAFTS:
        file = tmp_path / name
        file.write_bytes(data)
        form.locator("input[type=file]").set_input_files(file)
        form.locator("button").click()
        expect(form.locator(".problem")).to_contain_text(name)
        expect(form.locator(".problem")).to_contain_text(reason)
    expect(secretariat.page.locator("#text .empty")).to_contain_text("No draft is on the table")
