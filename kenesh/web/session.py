"""Who is asking: from the cookie to the seat."""

from __future__ import annotations

from typing import Any

from litestar import Request
from litestar.datastructures import Cookie
from litestar.di import NamedDependency

from kenesh.app.house import House
from kenesh.app.seats import Seat
from kenesh.app.settings import Settings
from kenesh.app.sign_in import who_is
from kenesh.errors import NotAllowed, Refused

AnyRequest = Request[Any, Any, Any]
TheHouse = NamedDependency[House]  # what `create_app` gives to every handler


class SignInNeeded(Refused):
    """A page of the meeting was asked for without a session."""

    code = "refused.sign-in"
    template = "This page belongs to a seat at the table."
    advice = "Open the sign-in link that the secretariat sent you."
    http_status = 401


def cookie_name(settings: Settings) -> str:
    """`__Host-kenesh` behind TLS; a plain name on loopback, where browsers refuse the prefix."""
    return "__Host-kenesh" if settings.is_secure else "kenesh"


def session_cookie(settings: Settings, token: str) -> Cookie:
    """The cookie that carries a session: this host only, out of reach of scripts. Lax, so that the address in
    an invitation opens the room; what changes something is checked by origin (`security`).

    An empty token takes the cookie away.
    """
    return Cookie(
        key=cookie_name(settings),
        value=token,
        path="/",
        max_age=settings.session_hours * 3600 if token else 0,
        httponly=True,
        secure=settings.is_secure,
        samesite="lax",
    )


def session_token(request: AnyRequest, settings: Settings) -> str | None:
    return request.cookies.get(cookie_name(settings))


def seat_of(request: AnyRequest, house: House) -> Seat | None:
    """The seat that asks, None for the public."""
    token = session_token(request, house.settings)
    return who_is(house, token) if token else None


def needed_seat(request: AnyRequest, house: House) -> Seat:
    """The seat that asks. Raises SignInNeeded."""
    seat = seat_of(request, house)
    if seat is None:
        raise SignInNeeded
    return seat


def secretariat_seat(request: AnyRequest, house: House) -> Seat:
    """The secretariat's seat. Raises SignInNeeded, NotAllowed."""
    seat = needed_seat(request, house)
    if seat.role != "secretariat":
        raise NotAllowed(role=f"A {seat.role}", act="open this page")
    return seat
