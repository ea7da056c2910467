"""The secretariat's page of seats: who sits where, links and their end."""

from __future__ import annotations

from litestar import Response, get, post
from litestar.response import Redirect

from kenesh.app.house import House
from kenesh.app.seats import Seat, add_seat, find_seat, link_of, list_seats, revoke_seat
from kenesh.errors import KeneshError
from kenesh.web.meetings import seat_line
from kenesh.web.pages import page
from kenesh.web.session import AnyRequest, TheHouse, secretariat_seat


def _seats_page(
    house: House, seat: Seat, *, problem: str = "", link: str = "", link_seat: str = "", status: int = 200
) -> Response[str]:
    names = {d.code: house.body.short_of(d.code) for d in (*house.body.members, *house.body.observers)}
    lines = [seat_line(house, s) for s in list_seats(house)]
    return page(
        house,
        seat,
        "seats.html",
        section="seats",
        status=status,
        seats=lines,
        names=names,
        problem=problem,
        link=link,
        link_seat=link_seat,
    )


@get("/seats", sync_to_thread=True)
def seats_page(request: AnyRequest, house: TheHouse) -> Response[str]:
    return _seats_page(house, secretariat_seat(request, house))


@post("/seats/link", status_code=200)
async def new_link(request: AnyRequest, house: TheHouse) -> Response[str]:
    wanted = str((await request.form()).get("seat", ""))
    seat = secretariat_seat(request, house)  # after the body: rights are those of now
    opens = find_seat(house, wanted)
    return _seats_page(house, seat, link=link_of(house, seat.actor, opens), link_seat=opens.id)


@post("/seats/revoke", status_code=303)
async def end_seat(request: AnyRequest, house: TheHouse) -> Redirect:
    wanted = str((await request.form()).get("seat", ""))
    seat = secretariat_seat(request, house)
    revoke_seat(house, seat.actor, wanted)
    return Redirect("/seats", status_code=303)


@post("/seats/add", status_code=303)
async def new_seat(request: AnyRequest, house: TheHouse) -> Response[str] | Redirect:
    form = {k: str(v) for k, v in (await request.form()).items()}
    seat = secretariat_seat(request, house)
    made = Seat(
        id=form.get("id", ""),
        role=form.get("role", ""),  # type: ignore[arg-type]
        person=form.get("person", ""),
        delegation=form.get("delegation") or None,
        title=form.get("title") or None,
    )
    try:
        add_seat(house, seat.actor, made)
    except KeneshError as error:
        return _seats_page(house, seat, problem=f"{error} {error.advice}", status=error.http_status)
    return Redirect("/seats", status_code=303)
