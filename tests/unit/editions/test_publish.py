"""All editions of one statement."""

from __future__ import annotations

import msgspec
import pytest
from strait import STRAIT

from kenesh.editions import ENDINGS, FORMS, MEDIA_TYPES, NotWritable, UnknownForm, publish
from kenesh.statement.model import Clause, Source, Statement


def test_every_form_has_an_ending_and_a_media_type():
    assert set(FORMS) == set(ENDINGS) == set(MEDIA_TYPES)


@pytest.mark.parametrize("form", FORMS)
def test_the_same_statement_gives_the_same_bytes(form):
    assert publish(STRAIT, form) == publish(STRAIT, form)


@pytest.mark.parametrize("form", FORMS)
def test_where_a_text_was_read_from_is_not_published(form):
    read = msgspec.structs.replace(STRAIT, source=Source(file="/home/someone/secret.txt", sha256="00"))
    assert publish(read, form) == publish(STRAIT, form)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_carries_adoption_identifier_hash_and_reservation(form):
    text = publish(STRAIT, form).decode()
    assert STRAIT.iri in text
    assert STRAIT.adoption.text_sha256 in text
    assert "consensus, no objection" in text
    assert "Kesteria &amp; all." in text or "Kesteria & all." in text
    assert "MC/CFM/2026/7" in text


def test_an_unknown_form_is_refused():
    with pytest.raises(UnknownForm, match="docx"):
        publish(STRAIT, "docx")


@pytest.mark.parametrize("form", FORMS)
def test_half_a_surrogate_pair_is_refused_or_replaced(form):
    broken = Statement(kind="declaration", clauses=(Clause("c1", "operative", "Regrets \ud800 this"),))
    if form == "akn":
        assert "Regrets \ufffd this" in publish(broken, form).decode()
    else:
        with pytest.raises(NotWritable, match="U\\+D800"):
            publish(broken, form)


@pytest.mark.parametrize("form", FORMS)
def test_control_characters_do_not_break_a_form(form):
    odd = Statement(kind="declaration", title="A\x00B", clauses=(Clause("c\x01", "operative", "a\x0bb"),))
    assert publish(odd, form)
