"""The Akoma Ntoso edition keeps to the shape of AKN4UN's statements."""

from __future__ import annotations

import msgspec
from lxml import etree
from strait import STRAIT

from kenesh.editions.akn import to_akn
from kenesh.editions.akn_names import Names, uri
from kenesh.statement.model import Clause, Statement

AKN = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}
ROOT = etree.fromstring(to_akn(STRAIT))


def one(path: str) -> etree._Element:
    (found,) = ROOT.xpath(path, namespaces=AKN)
    return found


def test_each_part_stands_where_akoma_ntoso_has_its_place():
    assert one("//a:preface//a:docTitle").text == STRAIT.title
    assert one("//a:preface/a:container[@name='opening']").get("GUID") == "c0"
    assert one("//a:preamble/a:recitals/a:recital").get("GUID") == "c1"
    assert one("//a:preamble/a:formula/a:p").text == "The Council has:"
    assert one("//a:mainBody/a:hcontainer/a:heading").text == "Safety of navigation"
    assert one("//a:conclusions/a:container[@name='closing']").get("GUID") == "c8"
    assert one("//a:attachment/a:heading").text == "Annex"


def test_an_eid_follows_the_number_and_the_guid_never_changes():
    renumbered = tuple(msgspec.structs.replace(c, number="5.") if c.id == "c7" else c for c in STRAIT.clauses)
    after = etree.fromstring(to_akn(msgspec.structs.replace(STRAIT, clauses=renumbered)))
    assert one("//*[@GUID='c7']").get("eId") == "para_2"
    assert after.xpath("//*[@GUID='c7']")[0].get("eId") == "para_5"


def test_sub_clauses_are_points_of_a_list():
    points = ROOT.xpath("//a:paragraph[@eId='para_1']/a:list/a:point", namespaces=AKN)
    assert [point.get("eId") for point in points] == ["para_1__list_1__point_a", "para_1__list_1__point_b"]


def test_a_date_that_is_not_known_is_written_as_the_united_nations_write_it():
    root = etree.fromstring(to_akn(Statement(kind="declaration")))
    dates = root.xpath("//a:FRBRdate/@date", namespaces=AKN)
    assert set(dates) == {"0001-01-01"}


def test_a_number_makes_an_eid_by_the_naming_convention():
    names = Names()
    made = [names.e_id("para", number) for number in ("8.", "11.2 Rev. A", "(a)", None, None, "8.", "•")]
    assert made == ["para_8", "para_11-2RevA", "para_a", "para_nn_1", "para_nn_2", "para_8-2", "para_nn_3"]


def test_what_may_not_stand_in_a_reference_is_encoded():
    assert uri("/akn/aa-mc/a b<ж>") == "/akn/aa-mc/a%20b%3C%D0%B6%3E"


def test_an_id_that_cannot_be_a_guid_is_kept_as_our_own():
    twins = (
        Clause("x y", "operative", "Regrets."),
        Clause("c", "operative", "a"),
        Clause("c", "operative", "b"),
    )
    root = etree.fromstring(to_akn(Statement(kind="decision", clauses=twins)))
    ids = root.xpath("//@k:id", namespaces={"k": "https://kenesh.example/ns/1.0"})
    assert ids == ["x y", "c"]
