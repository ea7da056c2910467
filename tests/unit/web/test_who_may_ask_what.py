"""Every route, asked by everybody. The table below is the site's law: a route without a row is a failure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from browsing import Site
from councils import DRAFT, STRONGLY, drafted, published

from kenesh.app.seats import OPERATOR, Seat, add_seat, issue_link
from kenesh.meeting import EndMeeting

ROLES = ("public", "guest", "observer", "member", "chair", "secretariat")
SEAT = {"public": None, "guest": "gil", "observer": "wy", "member": "av", "chair": "chair",
        "secretariat": "secretariat"}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """What each role is answered, in the order of ROLES; one number stands for all."""

    method: str
    route: str
    answers: tuple[int, ...]
    asked: str = ""  # the address, where the route has a parameter
    given: dict[str, Any] = field(default_factory=dict)


def everybody(status: int) -> tuple[int, ...]:
    return (status,) * len(ROLES)


ROOM = "/meetings/{meeting:str}"
IN_ROOM = (401, 404, 200, 200, 200, 200)
SECRETARIAT = (401, 403, 403, 403, 403, 200)
SECRETARIAT_MOVES_ON = (401, 403, 403, 403, 403, 303)
CALL = {"kind": "extraordinary", "mode": "video", "purpose": "the ferry", "zone": "UTC", "urgent": True,
        "starts": "2026-11-23T12:00"}  # fmt: skip
ROWS = (
    # what everybody may see
    Row("GET", "/", everybody(200)),
    Row("GET", "/search", everybody(200), "/search?q=sabotage"),
    Row("GET", "/statements/{name:str}", everybody(200), "/statements/NAME"),
    Row("GET", "/statements/{name:str}", everybody(200), "/statements/NAME.txt"),
    Row("GET", "/statements/{name:str}", everybody(404), "/statements/nothing"),
    Row("GET", "/healthz", everybody(200)),
    Row("GET", "/sign-in", everybody(200)),
    Row("GET", "/sign-in/{token:str}", everybody(410), "/sign-in/nothing"),
    Row("POST", "/sign-in/{token:str}", everybody(410), "/sign-in/nothing"),
    Row("POST", "/sign-out", everybody(303)),
    Row("GET", "/static/{file_path:path}", everybody(200), "/static/live.js"),
    Row("HEAD", "/static/{file_path:path}", everybody(200), "/static/live.js"),
    Row("GET", "/static/{file_path:path}", everybody(404), "/static/../../cli.py"),
    Row("GET", "/schema", everybody(200)),
    Row("GET", "/schema/openapi.json", everybody(200)),
    Row("GET", "/schema/{path:str}", everybody(404), "/schema/swagger"),
    Row("GET", "/api/register", everybody(200)),
    Row("GET", "/api/register/{entry:str}", everybody(200), "/api/register/NAME"),
    Row("GET", "/api/precedents", everybody(200), "/api/precedents?q=sabotage"),
    # what belongs to seats
    Row("GET", "/meetings", (401, 200, 200, 200, 200, 200)),
    Row("GET", "/api/meetings", (401, 200, 200, 200, 200, 200)),
    Row("GET", ROOM, IN_ROOM),
    Row("GET", f"{ROOM}/screen", IN_ROOM),
    Row("GET", f"{ROOM}/draft", IN_ROOM),
    Row("GET", f"{ROOM}/record", IN_ROOM),
    Row("GET", f"{ROOM}/invitation.ics", IN_ROOM),
    Row("GET", "/api/meetings/{meeting:str}", IN_ROOM),
    Row("POST", f"{ROOM}/seen", (401, 404, 303, 303, 303, 303), given={"data": {"version": "3"}}),
    # what the secretariat does
    Row("GET", "/meetings/new", SECRETARIAT),
    Row("POST", "/meetings/new", SECRETARIAT_MOVES_ON, given={"data": {**CALL, "urgent": "true"}}),
    Row("POST", "/api/meetings", (401, 403, 403, 403, 201, 201), given={"json": CALL}),
    Row("GET", f"{ROOM}/invitations", SECRETARIAT),
    Row("POST", f"{ROOM}/invitations", SECRETARIAT),
    Row("GET", "/seats", SECRETARIAT),
    Row("POST", "/seats/link", SECRETARIAT, given={"data": {"seat": "av"}}),
    Row("POST", "/seats/revoke", SECRETARIAT_MOVES_ON, given={"data": {"seat": "dr"}}),
    Row(
        "POST",
        "/seats/add",
        SECRETARIAT_MOVES_ON,
        given={"data": {"id": "x", "role": "member", "person": "A", "delegation": "AV"}},
    ),
    Row("POST", f"{ROOM}/draft", (401, 404, 403, 403, 303, 303), given={"data": {"text": DRAFT.decode()}}),
    Row(
        "POST",
        "/api/meetings/{meeting:str}/draft",
        (401, 404, 403, 403, 201, 201),
        given={"json": {"text": DRAFT.decode()}},
    ),
    # acts in the room; the rules themselves are tested where they stand
    Row("POST", f"{ROOM}/acts/{{act:str}}", (401, 404, 303, 303, 403, 403), f"{ROOM}/acts/request-floor"),
    Row(
        "POST",
        f"{ROOM}/acts/{{act:str}}",
        (401, 404, 403, 303, 403, 403),
        f"{ROOM}/acts/amend",
        given={"data": {"clause": "CLAUSE", "revision": "1", "text": STRONGLY}},
    ),
    Row("POST", f"{ROOM}/acts/{{act:str}}", (401, 404, 403, 403, 303, 403), f"{ROOM}/acts/put-text"),
    Row("POST", f"{ROOM}/acts/{{act:str}}", (401, 404, 404, 404, 404, 404), f"{ROOM}/acts/nothing"),
    Row(
        "POST",
        "/api/meetings/{meeting:str}/acts",
        (401, 404, 403, 201, 403, 403),
        given={"json": {"act": "amend", "fields": {"clause": "CLAUSE", "revision": "1", "text": STRONGLY}}},
    ),
)
STREAMS = {f"{ROOM}/events", f"{ROOM}/screen/events"}  # they do not end: test_live.py opens them


def site() -> Site:
    """A published statement, and a meeting with a draft on the table."""
    council = published()
    council.do("chair", EndMeeting("adopted"))
    council.call("the ferry")
    council.gather()
    council.table()
    add_seat(council.house, OPERATOR, Seat("gil", "guest", "Gil Gar"))
    return Site(council)


def test_every_route_has_a_row() -> None:
    routes = {
        (method, route.path)
        for route in site().app.app.routes  # type: ignore[attr-defined]
        for method in route.methods - {"OPTIONS"}
    }
    rows = {(row.method, row.route) for row in ROWS} | {("GET", s) for s in STREAMS}
    assert routes == rows


def _filled(site: Site, row: Row) -> tuple[str, dict[str, Any]]:
    name = "mc-cfm-2026-11-23-northern-strait"
    path = (row.asked or row.route).replace("{meeting:str}", site.council.meeting).replace("NAME", name)
    clause = site.council.clause("Condemned").id

    def fill(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: fill(v) for k, v in value.items()}
        return clause if value == "CLAUSE" else value

    return path, fill(row.given)


@pytest.mark.parametrize("row", ROWS, ids=lambda r: f"{r.method} {r.asked or r.route}")
def test_each_role_is_answered_as_the_table_says(row: Row) -> None:
    shared = site() if row.method in ("GET", "HEAD") else None
    found = []
    for role in ROLES:
        here = shared or site()
        path, given = _filled(here, row)
        size = here.council.size
        seat = SEAT[role]
        if seat:
            here.session(seat)
            size = here.council.size
        answer = here.ask(row.method, path, seat, **given)
        found.append(answer.status_code)
        if answer.status_code >= 400 or row.method == "GET":
            assert here.council.size == size, "what was refused, or only looked at, changed something"
        assert "Traceback" not in answer.text
    assert dict(zip(ROLES, found, strict=True)) == dict(zip(ROLES, row.answers, strict=True))


@pytest.mark.parametrize("path", [f"/meetings/MEETING{tail}" for tail in ("/events", "/screen/events")])
@pytest.mark.parametrize(("role", "status"), [("public", 401), ("guest", 404)])
def test_streams_are_for_seats_of_the_meeting(path: str, role: str, status: int) -> None:
    here = site()
    answer = here.get(path.replace("MEETING", here.council.meeting), SEAT[role])
    assert answer.status_code == status


def test_what_is_hidden_and_what_is_not_there_are_answered_alike() -> None:
    here = site()
    hidden = here.get(here.room, "gil")
    absent = here.get("/meetings/no-such-meeting", "gil")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.text.replace(here.council.meeting, "X") == absent.text.replace("no-such-meeting", "X")


def test_a_session_that_was_ended_is_the_public() -> None:
    here = site()
    assert here.get("/meetings", "av").status_code == 200
    here.post("/seats/revoke", "secretariat", data={"seat": "av"})
    assert here.get("/meetings", "av").status_code == 401


@pytest.mark.parametrize("cookie", ["kenesh=", "kenesh=x", "kenesh=" + "x" * 5000, "__Host-kenesh=x"])
def test_a_cookie_that_opens_nothing_is_the_public(cookie: str) -> None:
    here = Site(drafted())
    assert here.get(here.room, headers={"cookie": cookie}).status_code == 401


def test_a_fresh_link_for_a_seat_is_shown_once_and_opens_it() -> None:
    here = site()
    page = here.post("/seats/link", "secretariat", data={"seat": "av"})
    link = page.text.split("/sign-in/")[1][:22]
    assert link not in here.get("/seats", "secretariat").text
    assert "Delegate of AV" in here.get(f"/sign-in/{link}").text
    assert issue_link(here.council.house, OPERATOR, "av") != link
