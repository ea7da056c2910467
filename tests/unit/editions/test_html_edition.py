"""The HTML edition is one page that needs nothing else."""

from __future__ import annotations

import re

import msgspec
from selectolax.lexbor import LexborHTMLParser
from strait import STRAIT

from kenesh.editions.html import to_html
from kenesh.statement.hashes import text_hash

PAGE = to_html(STRAIT).decode()
TREE = LexborHTMLParser(PAGE)


def test_nothing_is_fetched_and_nothing_runs():
    assert not TREE.css("script, img, iframe, link[rel=stylesheet], [onclick], [style]")
    assert not re.search(r"url\(|@import|https?://", PAGE)


def test_a_clause_is_found_by_its_permanent_id():
    assert "Condemned" in TREE.css_first("#c4").text()
    assert TREE.css_first("#c4 #c5 .number").text() == "(a)"


def test_the_lead_is_set_in_italics_and_citations_are_marked():
    assert TREE.css_first("#c1 em.lead").text() == "Recalling"
    assert TREE.css_first("#c1 cite").attributes["data-date"] == "2015-05-14"


def test_the_number_is_printed_as_text():
    assert TREE.css_first("#c7 .number").text() == "2."


def test_other_forms_are_found_beside_the_page():
    hrefs = [a.attributes["href"] for a in TREE.css("footer .forms a")]
    stem = "mc-cfm-2026-11-23-northern-strait"
    assert hrefs == [f"{stem}.txt", f"{stem}.json", f"{stem}.xml"]


def test_the_page_has_one_heading_of_the_first_level_even_without_a_title():
    untitled = LexborHTMLParser(to_html(msgspec.structs.replace(STRAIT, title=None)).decode())
    assert len(TREE.css("h1")) == len(untitled.css("h1")) == 1


def test_a_text_written_from_right_to_left_says_so():
    arabic = LexborHTMLParser(to_html(msgspec.structs.replace(STRAIT, language="ara")).decode())
    assert arabic.css_first("html").attributes == {"lang": "ar", "dir": "rtl"}
    assert arabic.css_first("footer").attributes["dir"] == "ltr"


def test_text_is_never_mark_up():
    assert TREE.css_first("#c4 > p > .words").text() == "Condemned <the laying> of mines & nets:"


def test_a_draft_shows_the_hash_it_has():
    draft = msgspec.structs.replace(STRAIT, adoption=None)
    assert text_hash(draft) in to_html(draft).decode()


def test_a_footnote_stands_where_its_marker_stood():
    words = TREE.css_first("#c1 .words")
    assert words.text() == "Recalling the Lysk Declaration of 14 May 20151, and its own statements,"
    assert words.css_first("sup a").attributes["href"] == "#note-1"
