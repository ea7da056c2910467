"""Reading our JSON: strict about what it knows."""

from __future__ import annotations

import json

import pytest
from strait import STRAIT

from kenesh.editions import publish
from kenesh.reading.errors import BrokenJson
from kenesh.reading.json import read_json

GOOD = json.loads(publish(STRAIT, "json"))


def refused(data: bytes | dict[str, object], reason: str) -> None:
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    with pytest.raises(BrokenJson, match=reason) as caught:
        read_json(raw, "strait.json")
    assert "strait.json" in str(caught.value)


def test_a_key_that_is_not_known_is_passed_over():
    later = GOOD | {"seal": "wax", "body": GOOD["body"] | {"flag": "blue"}}
    assert read_json(json.dumps(later).encode(), "s").body == STRAIT.body


def test_a_key_that_stands_twice_is_refused():
    raw = json.dumps(GOOD)[:-1] + ', "title": "Another"}'
    refused(raw.encode(), "'title' stands twice")


def test_another_schema_is_refused():
    refused(GOOD | {"schema": "kenesh.statement/2"}, "kenesh.statement/2")
    refused({"kind": "decision"}, "schema: expected")


def test_what_is_not_json_is_refused():
    refused(b"{", "truncated")
    refused(b'{"kind": NaN}', "malformed")
    refused(b"[" * 100_000, "Expected `object`|deep")


def test_types_are_as_the_model_says():
    refused(GOOD | {"title": 7}, "Expected `str")
    refused(GOOD | {"kind": "poem"}, "poem")


def test_two_statements_in_one_file_are_refused():
    refused(publish(STRAIT, "json") * 2, "more than one object")


def test_an_id_that_stands_twice_is_refused():
    clauses = [GOOD["clauses"][0], GOOD["clauses"][0]]
    refused(GOOD | {"clauses": clauses}, "'c0' stands twice")


def test_a_span_outside_its_text_is_refused():
    clause = dict(GOOD["clauses"][1], citations=[dict(GOOD["clauses"][1]["citations"][0], span=[0, 999])])
    refused(GOOD | {"clauses": [clause]}, "lies outside its text")
