"""Reading Akoma Ntoso, ours and others'."""

from __future__ import annotations

import msgspec
import pytest
from strait import STRAIT

from kenesh.editions import publish
from kenesh.reading.akn import read_akn
from kenesh.reading.errors import BrokenXml, EmptyInput, HostileXml
from kenesh.reading.inline import BadEdition

FILE = publish(STRAIT, "akn")
NS = 'xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"'
OTHER = f"""<akomaNtoso {NS}><statement name="resolution"><meta><identification source="#x"><FRBRWork>
<FRBRuri value="/akn/aa-mc/statement/deliberation/mc-cfm/2026-06-18/18/"/>
<FRBRdate date="2026-06-18" name="adoption"/><FRBRauthor href="cfm"/></FRBRWork>
<FRBRExpression><FRBRlanguage language="eng"/></FRBRExpression></identification>
<references source="#x">
<TLCOrganization eId="cfm" href="/x" showAs="Council of Foreign Ministers"/></references>
</meta><coverPage><p><docNumber>MC/RES/18</docNumber></p></coverPage>
<preface><p><docTitle> Northern
 Strait </docTitle></p></preface>
<preamble><formula name="enactingFormula"><p><span class="italic">The Council</span>,</p></formula>
<container name="Recalling"><p><span class="italic">Recalling</span> the Lysk Declaration,<authorialNote
 marker="1"><p>MC/2015/1.</p></authorialNote> and its aims,</p></container></preamble>
<mainBody><paragraph><num>1.</num>
<content><p><span class="italic">Decides</span> to meet;</p></content></paragraph>
<paragraph><num>2.</num><list><intro><p>Requests the Secretary General:</p></intro>
<point><num>(a)</num><content><p>To report;</p></content></point>
<point><num>(b)</num><content><p>To return.</p></content></point></list></paragraph></mainBody>
<conclusions><p>18 June 2026</p></conclusions></statement></akomaNtoso>""".encode()


def test_our_own_file_gives_the_statement_back():
    found = read_akn(FILE, "s.xml")
    assert msgspec.structs.replace(found, source=None) == STRAIT


def test_another_file_gives_what_it_holds_of_a_statement():
    found = read_akn(OTHER, "o.xml")
    assert (found.kind, found.title, found.symbol) == ("resolution", "Northern Strait", "MC/RES/18")
    assert found.body is not None
    assert found.body.name == "Council of Foreign Ministers"
    assert found.meeting is not None
    assert found.meeting.start == "2026-06-18"
    assert [(c.kind, c.number, c.text) for c in found.walk()] == [
        ("formula", None, "The Council,"),
        ("preambular", None, "Recalling the Lysk Declaration, and its aims,"),
        ("operative", "1.", "Decides to meet;"),
        ("operative", "2.", "Requests the Secretary General:"),
        ("operative", "(a)", "To report;"),
        ("operative", "(b)", "To return."),
        ("closing", None, "18 June 2026"),
    ]
    assert [c.lead for c in found.clauses[1:3]] == ["Recalling", "Decides"]


def test_a_footnote_in_the_middle_of_its_sentence_is_taken_out_of_it():
    found = read_akn(OTHER, "o.xml")
    (note,) = found.footnotes
    recital = found.clauses[1]
    assert (note.marker, note.text, note.clause) == ("1", "MC/2015/1.", recital.id)
    assert recital.text[: note.at] == "Recalling the Lysk Declaration,"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused(encoding):
    bomb = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    with pytest.raises(HostileXml, match=r"o\.xml"):
        read_akn(bomb.encode(encoding), "o.xml")


@pytest.mark.parametrize("data", [b"<a>", b"<a></b>", b"<?xml", b"<a>" * 400, b"\x00<a/>"])
def test_what_is_not_well_formed_is_refused(data):
    with pytest.raises(BrokenXml, match=r"o\.xml"):
        read_akn(data, "o.xml")


def test_other_xml_is_no_statement_and_keeps_its_words():
    found = read_akn(b"<treaty><article>Goods are <b>free</b>.</article></treaty>", "t.xml")
    assert (found.kind, found.reason) == ("other", "XML of another kind: treaty")
    assert [c.text for c in found.clauses] == ["Goods are", "free", "."]


def test_xml_without_words_is_refused():
    with pytest.raises(EmptyInput):
        read_akn(b"<akomaNtoso/>", "o.xml")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b' kind="joint-statement"', b' kind="poem"'),
        (b' present="6"', b' present="six"'),
        (b' kenesh:role="chair"', b' kenesh:role="king"'),
    ],
)
def test_an_edition_with_an_impossible_fact_is_refused(old, new):
    assert old in FILE
    with pytest.raises(BadEdition, match=r"s\.xml"):
        read_akn(FILE.replace(old, new), "s.xml")


@pytest.mark.shared
def test_malformed_files_as_published_are_refused(shared):
    files = sorted((shared / "corpus/un/malformed").glob("*.xml"))
    assert files
    for path in files:
        with pytest.raises(BrokenXml, match=r"not well-formed"):
            read_akn(path.read_bytes(), path.name)


@pytest.mark.shared
def test_a_real_resolution_is_read_clause_by_clause(shared):
    path = shared / "corpus/un/ecosoc/E_RES_2021_11-2107772E.en.akn.xml"
    found = read_akn(path.read_bytes(), path.name)
    kinds = [c.kind for c in found.clauses]
    assert found.symbol == "E/RES/2021/11"
    assert found.body is not None
    assert found.body.name == "Economic and Social Council"
    assert kinds[0] == "formula"
    assert kinds.count("operative") == 14
    assert found.clauses[1].lead == "Recalling"
