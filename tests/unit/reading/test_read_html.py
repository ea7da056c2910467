"""Reading pages, ours and others'."""

from __future__ import annotations

import msgspec
import pytest
from strait import STRAIT

from kenesh.editions import publish
from kenesh.errors import BadInput
from kenesh.reading.errors import EmptyInput, WrongEncoding
from kenesh.reading.html import read_html
from kenesh.reading.inline import BadEdition
from kenesh.reading.pages import blocks
from kenesh.reading.soup import HostileHtml

PAGE = publish(STRAIT, "html")
OTHER = """<html><head><title>x</title></head><body>
<nav><p>Home</p><p>Contact</p></nav>
<main><h1>Resolution 4 of the Compact</h1>
<p><em>Recalling</em> the Lysk Declaration,</p>
<p><b>Decides</b> to meet;<br>and to speak:</p>
<ol><li>first things<ol type="a"><li>early;</li></ol></li><li value="7"><p>later things</p></li></ol>
</main><footer role="contentinfo"><p>Imprint</p></footer></body></html>"""


def test_our_own_page_gives_the_statement_back():
    found = read_html(PAGE, "s.html")
    assert msgspec.structs.replace(found, source=None) == STRAIT
    assert found.source.file == "s.html"


def test_words_changed_by_hand_are_read_with_marks_that_fit_them():
    changed = PAGE.replace(b"Recalling</em>", b"Recalling again</em>")
    clause = read_html(changed, "s.html").clauses[1]
    assert clause.text.startswith("Recalling again the")
    assert clause.phrases[0].text == clause.lead == "Recalling again"
    assert clause.citations[0].span == (20, 51)


def test_a_mark_that_is_not_whole_is_made_anew():
    changed = PAGE.replace(b' data-strength="3"', b' data-strength="much"')
    clause = read_html(changed, "s.html").clauses[1]
    assert clause.phrases[0].text == "Recalling"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'data-kind="joint-statement"', b'data-kind="poem"'),
        (b'data-present="6"', b'data-present="six"'),
        (b'<div class="text">', b'<div class="other">'),
        (b'<span class="words">Agreed', b"<span>Agreed"),
    ],
)
def test_an_edition_with_an_impossible_fact_is_refused(old, new):
    assert old in PAGE
    with pytest.raises(BadEdition, match=r"s\.html"):
        read_html(PAGE.replace(old, new), "s.html")


def test_a_damaged_byte_is_not_read_over():
    with pytest.raises(WrongEncoding):
        read_html(PAGE.replace(b"Condemned", b"Conde\xffned"), "s.html")


def test_the_words_of_another_page_stand_in_blocks():
    found = [(b.look, b.number, b.depth, b.lead, b.text) for b in blocks(OTHER, "o.html")]
    assert found == [
        ("heading", None, 0, None, "Resolution 4 of the Compact"),
        ("text", None, 0, "Recalling", "Recalling the Lysk Declaration,"),
        ("text", None, 0, "Decides", "Decides to meet; and to speak:"),
        ("text", "1.", 0, None, "first things"),
        ("text", "(a)", 1, None, "early;"),
        ("text", "7.", 0, None, "later things"),
    ]


def test_blocks_know_where_their_words_stand():
    found = blocks(OTHER, "o.html")
    assert OTHER[slice(*found[0].span)] == "Resolution 4 of the Compact"
    assert OTHER[slice(*found[1].span)].startswith("Recalling")
    assert OTHER[slice(*found[1].span)].endswith("Declaration,")


def test_a_page_in_the_encoding_that_it_names_is_read():
    page = '<html><meta charset="windows-1252"><p>1. Regrets the délai.</p></html>'
    assert "délai" in read_html(page.encode("cp1252"), "o.html").clauses[-1].text


def test_a_page_without_words_is_refused():
    with pytest.raises(EmptyInput, match="without words"):
        read_html(b"<html><body><script>x()</script></body></html>", "o.html")


@pytest.mark.parametrize("page", [b"<div>" * 200_000, b"<html>" + b"<b>" * 50 + b"<p>x" * 50_000])
def test_a_page_that_nests_without_end_is_refused(page):
    with pytest.raises(HostileHtml):
        read_html(page, "o.html")


@pytest.mark.shared
def test_real_pages_are_read(shared):
    for path in sorted((shared / "corpus/bipm").glob("*.html")):
        try:
            found = read_html(path.read_bytes(), path.name)
        except BadInput as error:
            pytest.fail(f"{path.name}: {error}")
        assert found.title, path.name
        assert len(found.clauses) >= 3, path.name
