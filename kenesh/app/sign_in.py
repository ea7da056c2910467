"""Signing in: a link becomes a session once, a session leads to a seat until it is ended."""

from __future__ import annotations

import base64
from datetime import timedelta

from kenesh.app.house import House
from kenesh.app.seats import TOKEN_BYTES, Seat, find_seat, secret_hash
from kenesh.errors import NotFound, Refused


class LinkSpent(Refused):
    """The link was used, has expired, was ended, or never was: the answer is the same."""

    code = "refused.link-spent"
    template = "This sign-in link does not open a seat (any more)."
    advice = "A link works once. Ask the secretariat for a new one; it takes them a moment."
    http_status = 410


def whose_link(house: House, token: str) -> Seat:
    """The seat a link would open, without using it: a mail scanner that looks must not spend it.

    Raises:
        LinkSpent: it opens nothing.
    """
    seat = house.store.link_seat(secret_hash(token), at=house.now())
    return _seat_or_spent(house, seat)


def sign_in(house: House, token: str) -> tuple[str, Seat]:
    """Spend the link and open a session.

    Returns:
        The session's token for the cookie, and the seat.

    Raises:
        LinkSpent: it opens nothing.
    """
    whose_link(house, token)  # a read: what opens nothing waits for nobody
    session = base64.urlsafe_b64encode(house.random(TOKEN_BYTES)).rstrip(b"=").decode()
    with house.lock:
        seat = house.store.use_link(secret_hash(token), secret_hash(session), at=house.now())
        return session, _seat_or_spent(house, seat)


def sign_out(house: House, session: str) -> None:
    house.store.end_session(secret_hash(session))


def who_is(house: House, session: str, *, present: bool = True) -> Seat | None:
    """The seat behind a session, None where it has ended, expired or never was.

    Args:
        present: whether a person is there; a page that is merely open does not keep its session alive.
    """
    now = house.now()
    since = now - timedelta(hours=house.settings.session_hours)
    found = house.store.session(secret_hash(session), at=now if present else since, since=since)
    if found is None:
        return None
    try:
        return find_seat(house, found.seat)
    except NotFound:
        return None


def _seat_or_spent(house: House, seat: str | None) -> Seat:
    if seat is None:
        raise LinkSpent
    try:
        return find_seat(house, seat)
    except NotFound as error:
        raise LinkSpent from error
