"""Meetings: the list, the call, the invitations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from zoneinfo import available_timezones

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from kenesh.app.call_meeting import call_meeting, invitation_ics
from kenesh.app.house import House
from kenesh.app.loading import list_meetings, seen_meeting
from kenesh.app.seats import Seat, link_of, list_seats
from kenesh.errors import KeneshError
from kenesh.web.pages import page, seat_name
from kenesh.web.session import AnyRequest, TheHouse, needed_seat, secretariat_seat

CALL_FIELDS = ("kind", "mode", "purpose", "starts", "zone", "place", "link", "urgent")


@get("/meetings", sync_to_thread=True)
def meetings_page(request: AnyRequest, house: TheHouse) -> Response[str]:
    seat = needed_seat(request, house)
    return page(
        house,
        seat,
        "meetings.html",
        section="meetings",
        meetings=list_meetings(house, seat.actor),
        may_call=seat.role == "secretariat",
    )


@get("/meetings/new", sync_to_thread=False)
def call_page(request: AnyRequest, house: TheHouse) -> Response[str]:
    seat = secretariat_seat(request, house)
    soon = (house.now() + timedelta(minutes=5)).replace(second=0, microsecond=0)
    form = dict.fromkeys(CALL_FIELDS, "") | {
        "kind": "extraordinary",
        "mode": "video",
        "starts": f"{soon:%Y-%m-%dT%H:%M}",
        "zone": "UTC",
    }
    return _call_page(house, seat, form)


@post("/meetings/new", status_code=303)
async def call(request: AnyRequest, house: TheHouse) -> Response[str] | Redirect:
    given = {k: str(v) for k, v in (await request.form()).items()}
    seat = secretariat_seat(request, house)
    form = {name: given.get(name, "") for name in CALL_FIELDS}
    try:
        outcome = call_meeting(house, seat.actor, **{**form, "urgent": form["urgent"] == "true"})  # type: ignore[arg-type]
    except KeneshError as error:
        return _call_page(house, seat, form, error)
    assert outcome.state.called is not None
    return Redirect(f"/meetings/{outcome.state.called.meeting}/invitations", status_code=303)


def _call_page(
    house: House, seat: Seat, form: Mapping[str, str], error: KeneshError | None = None
) -> Response[str]:
    chair = next((s for s in list_seats(house) if s.role == "chair"), None)
    hours = house.body.extraordinary.notice_hours
    return page(
        house,
        seat,
        "call.html",
        section="meetings",
        status=error.http_status if error else 200,
        form=form,
        problem=str(error) if error else "",
        advice=error.advice if error else "",
        chair=f"{chair.person} ({seat_name(house, chair)})" if chair else "who has no seat yet",
        notice=f"Extraordinary meetings need {hours} hours' notice, unless they are urgent." if hours else "",
        zones=sorted(z for z in available_timezones() if "/" in z and not z.startswith("Etc/")),
    )


@get("/meetings/{meeting:str}/invitations", sync_to_thread=False)
def invitations_page(request: AnyRequest, house: TheHouse, meeting: FromPath[str]) -> Response[str]:
    return _invitations(house, secretariat_seat(request, house), meeting, {})


@post("/meetings/{meeting:str}/invitations", sync_to_thread=False, status_code=200)
def make_links(request: AnyRequest, house: TheHouse, meeting: FromPath[str]) -> Response[str]:
    """Fresh links for every seat but one's own; they are shown once and kept only as hashes."""
    seat = secretariat_seat(request, house)
    seen_meeting(house, meeting, seat.actor)
    links = {s.id: link_of(house, seat.actor, s) for s in list_seats(house) if s.id != seat.id}
    return _invitations(house, seat, meeting, links)


def _invitations(house: House, seat: Seat, meeting: str, links: Mapping[str, str]) -> Response[str]:
    names = {d.code: house.body.short_of(d.code) for d in (*house.body.members, *house.body.observers)}
    return page(
        house,
        seat,
        "invitations.html",
        section="meetings",
        m=seen_meeting(house, meeting, seat.actor),
        seats=[seat_line(house, s) for s in list_seats(house)],
        links=links,
        names=names,
    )


def seat_line(house: House, seat: Seat) -> dict[str, str | None]:
    """A seat for a table: with how it stands with sessions and links."""
    sessions = len(house.store.sessions(seat.id))
    links = house.store.open_links(seat.id, at=house.now())
    note = f"{sessions} session{'s' if sessions != 1 else ''}" if sessions else "not signed in"
    if links:
        note += f", {links} unused link{'s' if links != 1 else ''}"
    return {
        "id": seat.id,
        "role": seat.role,
        "delegation": seat.delegation,
        "person": seat.person,
        "title": seat.title,
        "note": note,
    }


@get("/meetings/{meeting:str}/invitation.ics", sync_to_thread=True)
def invitation(request: AnyRequest, house: TheHouse, meeting: FromPath[str]) -> Response[bytes]:
    seat = needed_seat(request, house)
    data = invitation_ics(house, seen_meeting(house, meeting, seat.actor))
    return Response(
        data,
        media_type="text/calendar; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="invitation.ics"'},
    )
