"""Seats: who sits where, and the links by which they come in.

A seat is a place at the table (a delegation, the chair, the secretariat), held by a named person. Seats are
events; links and sessions are secrets and stay out of the record. A link opens its seat once; a lost one is
issued again, a stolen one is ended at once together with every session of the seat.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, get_args
from weakref import WeakKeyDictionary

import msgspec

from kenesh.app.house import House
from kenesh.drafting import check_text
from kenesh.errors import BadInput, NotAllowed, NotFound
from kenesh.meeting import Actor
from kenesh.meeting.events import SeatRole
from kenesh.store.ports import NewEvent

STREAM = "seats"
TOKEN_BYTES = 16  # 128 bits
SEAT_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?")  # also a host name label
OPERATOR = Actor(seat="operator", role="secretariat", person="operator at the command line")


class Seat(msgspec.Struct, frozen=True):
    """A place at the table and who holds it."""

    id: str  # "av", "chair", "secretariat": also the host name in the demo
    role: SeatRole
    person: str
    delegation: str | None = None
    title: str | None = None

    @property
    def actor(self) -> Actor:
        return Actor(seat=self.id, role=self.role, person=self.person, delegation=self.delegation)


_kept: WeakKeyDictionary[House, tuple[int, tuple[Seat, ...]]] = WeakKeyDictionary()


class SeatAdded(msgspec.Struct, frozen=True, tag_field="type", tag="seat.added/1"):
    seat: Seat


class LinkIssued(msgspec.Struct, frozen=True, tag_field="type", tag="link.issued/1"):
    seat: str


class SeatRevoked(msgspec.Struct, frozen=True, tag_field="type", tag="seat.revoked/1"):
    """Links and sessions of the seat were ended; with `removed` the seat itself is gone."""

    seat: str
    removed: bool


SeatEvent = SeatAdded | LinkIssued | SeatRevoked


class BadSeat(BadInput):
    code = "input.seat"
    template = "Seat {name}: {reason}"
    advice = (
        "Seat ids are short and plain: letters a to z, digits and hyphens. Roles need what the profile says."
    )


def list_seats(house: House) -> tuple[Seat, ...]:
    """All seats that exist now, in order of adding; kept until a seat changes, for every request asks."""
    version = house.store.version(STREAM)
    known = _kept.get(house)
    if known is None or known[0] != version:
        known = _kept[house] = (version, _folded(house))
    return known[1]


def _folded(house: House) -> tuple[Seat, ...]:
    seats: dict[str, Seat] = {}
    for stored in house.store.read(STREAM):
        match msgspec.convert(stored.body["data"], SeatEvent):
            case SeatAdded(seat=seat):
                seats[seat.id] = seat
            case SeatRevoked(seat=gone, removed=True):
                seats.pop(gone, None)
    return tuple(seats.values())


def find_seat(house: House, seat: str) -> Seat:
    """The seat of this id. Raises NotFound."""
    for found in list_seats(house):
        if found.id == seat:
            return found
    raise NotFound(what="seat", id=seat)


def add_seat(house: House, actor: Actor, seat: Seat) -> Seat:
    """Add a seat, or give an existing one to another person; the old holder's sessions end.

    Raises:
        NotAllowed: the actor is not the secretariat.
        BadSeat: a bad id, no person, or a delegation that the profile does not know in this role.
        BadInput: a name with characters that would deceive.
    """
    _only_secretariat(actor, "add a seat")
    _check(house, seat)
    title = check_text(seat.title) if seat.title else None
    seat = msgspec.structs.replace(seat, person=check_text(seat.person), title=title)
    with house.lock:
        if any(s.id == seat.id for s in list_seats(house)):
            house.store.revoke_seat(seat.id)
        _append(house, actor, [SeatAdded(seat)])
    return seat


def issue_link(house: House, actor: Actor, seat: str) -> str:
    """A fresh single-use sign-in token for a seat; unused older links stay good until they expire.

    Returns:
        The token, 22 characters of base64url. It is stored only as a hash and can not be shown again.
    """
    _only_secretariat(actor, "issue a sign-in link")
    token = base64.urlsafe_b64encode(house.random(TOKEN_BYTES)).rstrip(b"=").decode()
    with house.lock:
        find_seat(house, seat)
        expires = house.now() + timedelta(hours=house.settings.link_hours)
        house.store.add_link(secret_hash(token), seat, at=house.now(), expires=expires)
        _append(house, actor, [LinkIssued(seat)])
    return token


def address_of(house: House, seat: Seat) -> str:
    """The address under which a seat comes in: a host of its own where seats have one."""
    if house.settings.seat_hosts:
        return f"http://{seat.id}.localhost:{house.settings.port}"
    return house.settings.base_url


def link_of(house: House, actor: Actor, seat: Seat) -> str:
    """A fresh sign-in link as a whole address; see `issue_link`."""
    return f"{address_of(house, seat)}/sign-in/{issue_link(house, actor, seat.id)}"


def revoke_seat(house: House, actor: Actor, seat: str, *, remove: bool = False) -> None:
    """End every session and every unused link of a seat, at once; `remove` takes the seat away too."""
    _only_secretariat(actor, "revoke a seat")
    with house.lock:
        find_seat(house, seat)
        house.store.revoke_seat(seat)
        _append(house, actor, [SeatRevoked(seat, remove)])


def secret_hash(token: str) -> str:
    """How a secret is stored: SHA-256, hexadecimal. Tokens are random, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def _only_secretariat(actor: Actor, act: str) -> None:
    if actor.role != "secretariat":
        raise NotAllowed(role=f"A {actor.role}", act=act)


def _check(house: House, seat: Seat) -> None:
    if not SEAT_ID.fullmatch(seat.id):
        raise BadSeat(name=repr(seat.id), reason="the id must be letters a to z, digits and hyphens")
    if seat.role not in get_args(SeatRole):
        raise BadSeat(name=seat.id, reason=f"there is no role {str(seat.role) or '(none)'}")
    if not seat.person.strip():
        raise BadSeat(name=seat.id, reason="a person must be named")
    if seat.role in ("secretariat", "guest") and seat.delegation is not None:
        raise BadSeat(name=seat.id, reason=f"a {seat.role} seat acts for no delegation")
    if seat.role in ("member", "chair"):
        _check_delegation(seat, (m.code for m in house.body.members_on(house.now().date())))
    elif seat.role == "observer":
        _check_delegation(seat, (o.code for o in house.body.observers_on(house.now().date())))


def _check_delegation(seat: Seat, codes: Iterable[str]) -> None:
    known = sorted(codes)
    if seat.delegation not in known:
        raise BadSeat(
            name=seat.id, reason=f"delegation {seat.delegation or '(none)'} is not among {', '.join(known)}"
        )


def _append(house: House, actor: Actor, events: list[SeatEvent]) -> None:
    house.store.append(
        STREAM,
        house.store.version(STREAM),
        [NewEvent(type=_tag(e), body=_body(e, actor), salt=house.salt()) for e in events],
        at=house.now(),
    )
    house.notify()


def _tag(event: SeatEvent) -> str:
    return str(type(event).__struct_config__.tag)


def _body(event: SeatEvent, actor: Actor) -> dict[str, Any]:
    return {
        "actor": msgspec.to_builtins(actor),
        "audience": "secretariat",
        "data": msgspec.to_builtins(event),
    }
