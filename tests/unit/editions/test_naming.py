"""Names of published texts."""

from __future__ import annotations

import msgspec

from kenesh.editions.naming import date_of, file_name, slug, subject, work_iri
from kenesh.statement.model import BodyRef, MeetingRef, Statement

STRAIT = Statement(
    kind="joint-statement",
    title="Statement of the Council of Foreign Ministers of the Meridian Compact "
    "on the Situation in the Northern Strait",
    body=BodyRef("Council of Foreign Ministers of the Meridian Compact", "mc-cfm"),
    meeting=MeetingRef(kind="extraordinary", mode="video", start="2026-11-23", end="2026-11-23"),
)


def test_a_file_is_named_by_body_date_and_subject():
    unnamed = msgspec.structs.replace(STRAIT, iri=None)
    assert file_name(unnamed) == "mc-cfm-2026-11-23-situation-in-the-northern-strait"


IRI_2 = "/akn/aa-mc/statement/deliberation/mc-cfm/2026-11-23/strait-2"


def test_a_statement_with_an_iri_takes_its_name_from_it():
    named = msgspec.structs.replace(
        STRAIT, iri="/akn/aa-mc/statement/deliberation/mc-cfm/2026-11-23/strait-2"
    )
    assert file_name(named) == "mc-cfm-2026-11-23-strait-2"


def test_a_work_is_named_by_what_it_speaks_on():
    assert (
        work_iri(STRAIT, "aa-mc", "mc-cfm")
        == "/akn/aa-mc/statement/deliberation/mc-cfm/2026-11-23/northern-strait"
    )


def test_a_symbol_is_the_number_of_a_work():
    numbered = Statement(kind="resolution", symbol="MC/RES/2026/7", title="Fisheries")
    assert work_iri(numbered, "aa-mc", "mc-cfm").endswith("/0001-01-01/mc-res-2026-7")


def test_letters_of_other_scripts_have_a_name_too():
    assert slug("Özgen'de ışık") == "ozgende-isik"
    assert slug("Заявление о положении") == "zayavlenie-o-polozhenii"
    assert slug("声明") == slug("声明") != slug("宣言")


def test_a_long_subject_is_cut_between_words():
    assert slug("word " * 40) == "-".join(["word"] * 12)
    assert len(slug("w" * 400)) == 60


def test_the_name_of_a_body_with_on_in_it_is_not_the_subject():
    title = "Statement of the Committee on Trade on the Price of Salt"
    trade = Statement(kind="joint-statement", title=title, body=BodyRef("Committee on Trade"))
    assert subject(trade) == "Price of Salt"


def test_no_date_is_guessed():
    assert date_of(Statement(kind="other")) == "0001-01-01"
    assert date_of(Statement(kind="other", meeting=MeetingRef(start="spring"))) == "0001-01-01"
