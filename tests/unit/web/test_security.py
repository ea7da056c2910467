from __future__ import annotations

import pytest
from browsing import HOST, Site
from councils import drafted, published, seated

from kenesh.app.settings import Settings
from kenesh.web.security import CSP, MAX_BODY, is_known_host, is_same_origin

WANTED = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
TLS = Settings(base_url="https://council.example")


@pytest.fixture(scope="module")
def site() -> Site:
    return Site(drafted())


@pytest.mark.parametrize(
    ("fetch_site", "origin", "passes"),
    [
        (None, None, True),  # a program, no browser
        (None, f"http://{HOST}", True),
        (None, "http://evil.example", False),
        (None, "http://127.0.0.1:8001", False),
        (None, "null", False),
        (None, "", False),
        ("same-origin", None, True),
        ("same-origin", f"http://{HOST}", True),
        ("same-origin", "http://evil.example", True),  # no browser says both; the first is the stronger word
        ("none", None, True),
        ("same-site", f"http://{HOST}", False),
        ("cross-site", None, False),
        ("cross-site", f"http://{HOST}", False),
        ("", f"http://{HOST}", False),
        ("SAME-ORIGIN", None, False),
    ],
)
def test_what_changes_something_comes_from_here(
    site: Site, fetch_site: str | None, origin: str | None, passes: bool
) -> None:
    assert is_same_origin("POST", fetch_site, origin, HOST) is passes
    given = {"sec-fetch-site": fetch_site, "origin": origin}
    headers = {k: v for k, v in given.items() if v is not None}
    site.session("av")
    size = site.council.size
    answer = site.post(f"{site.room}/acts/nothing", "av", headers=headers)
    assert answer.status_code == (404 if passes else 403)
    for method in ("PUT", "PATCH", "DELETE"):
        assert site.ask(method, site.room, "av", headers=headers).status_code == (405 if passes else 403)
    assert site.get("/", headers=headers).status_code == 200, "looking is free"
    assert site.council.size == size


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("127.0.0.1", True),
        ("127.0.0.1:9", True),
        ("localhost:8000", True),
        ("[::1]", True),
        ("[::1]:8000", True),
        ("council.example", True),
        ("council.example:443", True),
        ("evil.example", False),
        ("council.example.evil.example", False),
        ("evil.example:8000", False),
        ("az.localhost", False),
        ("", False),
        (":8000", False),
        ("127.0.0.1.evil.example", False),
    ],
)
def test_only_our_own_names_are_answered(host: str, known: bool) -> None:
    site = Site(seated(settings=TLS))
    assert site.get("/healthz", host=host).status_code == (200 if known else 421)


def test_seats_have_hosts_of_their_own_only_where_they_are_set_so() -> None:
    assert is_known_host("az.localhost:8000", ("localhost",), seat_hosts=True)
    assert not is_known_host("az.localhost:8000", ("localhost",), seat_hosts=False)
    assert not is_known_host("localhost.evil.example", ("localhost",), seat_hosts=True)
    site = Site(seated(settings=Settings(seat_hosts=True)))
    assert site.get("/healthz", host="av.localhost:8000").status_code == 200
    answer = site.post("/sign-out", host="av.localhost:8000", headers={"sec-fetch-site": "same-site"})
    assert answer.status_code == 403, "one seat's page does not act for another's"


@pytest.mark.parametrize(
    ("method", "path", "given"),
    [
        ("GET", "/", {}),
        ("GET", "/healthz", {}),
        ("GET", "/schema", {}),
        ("GET", "/static/kenesh.css", {}),
        ("GET", "/static/nothing.css", {}),
        ("GET", "/nothing", {}),
        ("PUT", "/", {}),
        ("OPTIONS", "/", {}),
        ("GET", "/meetings", {}),
        ("GET", "/api/meetings", {}),
        ("GET", "/sign-in/x", {}),
        ("GET", "/api/precedents", {}),
        ("POST", "/api/meetings", {"content": b"{"}),
        ("POST", "/sign-out", {"headers": {"origin": "http://evil.example"}}),
        ("POST", "/sign-out", {"headers": {"content-length": str(MAX_BODY + 1)}}),
        ("POST", "/sign-out", {"headers": {"content-length": "many"}}),
        ("GET", "/", {"host": "evil.example"}),
    ],
    ids=lambda v: str(v)[:40],
)
def test_every_answer_carries_the_headers(
    site: Site, method: str, path: str, given: dict[str, object]
) -> None:
    answer = site.ask(method, path, **given)  # type: ignore[arg-type]
    assert answer.status_code < 500
    assert {k: answer.headers.get(k) for k in WANTED} == WANTED
    assert answer.headers["content-security-policy"] == CSP
    assert "strict-transport-security" not in answer.headers
    assert answer.headers["cache-control"]


def test_no_page_needs_an_inline_script_or_style(site: Site) -> None:
    room = site.room
    for path in ("/", "/search?q=x", "/meetings", room, f"{room}/screen", f"{room}/draft", "/seats"):
        html = site.get(path, "secretariat").text
        assert "<style" not in html, path
        assert " style=" not in html, path
        assert "javascript:" not in html, path
        assert all('src="/' in tag for tag in html.split("<script")[1:]), path
        assert " onclick" not in html, path


def test_a_published_page_is_shown_as_recorded_in_a_sandbox() -> None:
    council = published()
    site = Site(council)
    answer = site.get("/statements/mc-cfm-2026-11-23-northern-strait.html")
    policy = answer.headers["content-security-policy"]
    assert "sandbox" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


def test_pages_of_seats_are_not_kept_by_caches(site: Site) -> None:
    assert site.get(site.room, "av").headers["cache-control"] == "no-store"
    assert "max-age" in site.get("/static/kenesh.css").headers["cache-control"]


class TestBehindTls:
    def test_the_cookie_is_bound_to_the_host(self) -> None:
        from kenesh.app.seats import OPERATOR, issue_link

        site = Site(seated(settings=TLS))
        token = issue_link(site.council.house, OPERATOR, "av")
        answer = site.post(f"/sign-in/{token}", host="council.example")
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-kenesh=")
        for attribute in ("Secure", "HttpOnly", "Path=/", "SameSite=lax"):
            assert attribute.lower() in cookie.lower()
        assert "domain" not in cookie.lower()

    def test_every_answer_says_to_stay_with_tls(self) -> None:
        site = Site(seated(settings=TLS))
        assert "max-age" in site.get("/", host="council.example").headers["strict-transport-security"]
        assert "max-age" in site.get("/", host="evil.example").headers["strict-transport-security"]

    def test_a_plain_cookie_is_not_taken(self) -> None:
        site = Site(seated(settings=TLS))
        session = site.session("av")
        assert site.get("/meetings", headers={"cookie": f"kenesh={session}"}).status_code == 401
        assert site.get("/meetings", "av").status_code == 200
