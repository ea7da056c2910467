from __future__ import annotations

import re

import pytest
from browsing import Site
from councils import drafted

from kenesh.app.seats import OPERATOR, issue_link


@pytest.fixture
def site() -> Site:
    return Site(drafted())


def link(site: Site, seat: str = "av") -> str:
    return f"/sign-in/{issue_link(site.council.house, OPERATOR, seat)}"


def cookie_of(answer: object) -> str:
    found = re.match(r"kenesh=([^;]*)", answer.headers["set-cookie"])  # type: ignore[attr-defined]
    assert found
    return found[1].strip('"')


def test_looking_at_a_link_does_not_spend_it(site: Site) -> None:
    path = link(site)
    for _ in range(3):
        page = site.get(path)
        assert page.status_code == 200
        assert "Delegate of AV" in page.text
        assert "set-cookie" not in page.headers
    assert site.post(path).status_code == 303


def test_a_link_opens_its_seat_once(site: Site) -> None:
    path = link(site)
    first = site.post(path)
    assert (first.status_code, first.headers["location"]) == (303, "/meetings")
    token = cookie_of(first)
    page = site.get("/meetings", headers={"cookie": f"kenesh={token}"})
    assert page.status_code == 200
    assert "Delegate of AV" in page.text
    second = site.post(path)
    assert second.status_code == 410
    assert "set-cookie" not in second.headers
    assert site.get(path).status_code == 410


def test_a_spent_link_leaves_who_is_signed_in_where_they_are(site: Site) -> None:
    path = link(site)
    site.post(path)
    assert site.post(path, "dr").status_code == 410
    assert site.get("/meetings", "dr").status_code == 200


def test_a_new_link_ends_the_session_that_was_open_here(site: Site) -> None:
    old = site.session("dr")
    answer = site.post(link(site), "dr")
    assert answer.status_code == 303
    assert site.get("/meetings", headers={"cookie": f"kenesh={old}"}).status_code == 401
    assert site.get("/meetings", headers={"cookie": f"kenesh={cookie_of(answer)}"}).status_code == 200


def test_leaving_ends_the_session_and_takes_the_cookie_away(site: Site) -> None:
    token = site.session("av")
    answer = site.post("/sign-out", "av")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert site.get("/meetings", headers={"cookie": f"kenesh={token}"}).status_code == 401


def test_the_cookie_is_out_of_reach_of_scripts(site: Site) -> None:
    cookie = site.post(link(site)).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
