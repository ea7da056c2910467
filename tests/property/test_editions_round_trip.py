"""Law 3 of reading: what is published is read back as it was."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from made_statements import statements

from kenesh.editions import publish
from kenesh.reading.akn import read_akn
from kenesh.reading.html import read_html
from kenesh.reading.json import read_json
from kenesh.statement.model import Statement

READERS = {"html": read_html, "json": read_json, "akn": read_akn}


def bare(statement: Statement) -> Statement:
    return msgspec.structs.replace(statement, source=None)


@pytest.mark.parametrize("form", READERS)
def test_a_published_statement_is_read_back_as_it_was(form):
    @settings(max_examples=150)
    @given(statements())
    def holds(statement):
        data = publish(statement, form)
        found = READERS[form](data, f"s.{form}", ())
        assert bare(found) == statement
        assert found.source is not None
        assert found.source.file == f"s.{form}"
        assert publish(found, form) == data, "published again, it is the same file"

    holds()
