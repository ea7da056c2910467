"""The generated pages are fresh, and every code, event, act, setting and route has its heading."""

from __future__ import annotations

import re
from typing import get_args

import msgspec
import pytest
from generate import ACTS, ALL_EVENTS, PAGES, REFERENCE, all_errors, all_routes, says_of, tag_of

from kenesh.app.settings import Settings
from kenesh.meeting import commands


def headings(name: str) -> set[str]:
    text = (REFERENCE / name).read_text(encoding="utf-8")
    return set(re.findall(r"^#{2,3} `?(.+?)`?$", text, re.MULTILINE))


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_fresh(name: str) -> None:
    written = (REFERENCE / name).read_text(encoding="utf-8")
    assert written == PAGES[name](), f"docs/reference/{name} is stale: run `make docs`"


def test_every_error_code_has_its_heading() -> None:
    assert {e.code for e in all_errors()} <= headings("errors.md")


def test_every_event_has_its_heading_and_a_sentence() -> None:
    assert {tag_of(e) for e in ALL_EVENTS} <= headings("events.md")
    text = (REFERENCE / "events.md").read_text(encoding="utf-8")
    assert not re.search(r"^## `.*\n\n(\||No fields)", text, re.MULTILINE), "an event has no sentence"


def test_every_act_is_described() -> None:
    assert set(ACTS) == {command.__name__ for command in get_args(commands.AnyCommand)}


def test_every_setting_has_its_heading() -> None:
    assert {f.name for f in msgspec.structs.fields(Settings)} == headings("settings.md")


def test_every_route_has_its_heading_and_a_sentence() -> None:
    for method, path, function in all_routes():
        assert f"{method} {path}" in headings("routes.md")
        assert says_of(function)


def test_no_two_errors_share_a_code_but_by_descent() -> None:
    by_code: dict[str, list[type]] = {}
    for error in all_errors():
        by_code.setdefault(error.code, []).append(error)
    for code, kinds in by_code.items():
        top = min(kinds, key=lambda k: len(k.__mro__))
        assert all(issubclass(k, top) for k in kinds), f"{code} means several things: {kinds}"
