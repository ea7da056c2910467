"""From a form to a command. The names of acts in addresses are those of the commands."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, get_args

import msgspec

from kenesh.app.house import House
from kenesh.app.perform import Outcome, perform
from kenesh.app.publish_statement import publish_statement
from kenesh.app.put_text import put_text
from kenesh.app.seats import Seat, find_seat
from kenesh.errors import BadInput, NotFound
from kenesh.meeting import AnyCommand, Arrive, HandOverChair, Leave
from kenesh.statement.nfc import nfc

Special = Callable[[House, Seat, str, Mapping[str, str], str | None], Outcome]

# These need more than their form, or are acts of their own.
_NOT_FROM_FORMS = {"CallMeeting", "TableDraft", "PutText", "Publish"}


MAX_FIELD = 50_000  # characters; a clause has at most 20,000


def act_name(command: type) -> str:
    """`AcceptAlternative` is `accept-alternative`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", command.__name__).lower()


COMMANDS: dict[str, type] = {
    act_name(c): c for c in get_args(AnyCommand) if c.__name__ not in _NOT_FROM_FORMS
}


class BadForm(BadInput):
    code = "input.form"
    template = "{reason}"
    advice = "Fill it in and send it again."


def carry_out(
    house: House, seat: Seat, meeting: str, act: str, form: Mapping[str, str], command_id: str | None
) -> Outcome:
    """Carry out the act that a form asks for.

    Raises:
        NotFound: there is no such act.
        BadForm: a field is missing or cannot be read.
        Refused: a rule said no.
    """
    if special := _SPECIAL.get(act):
        return special(house, seat, meeting, form, command_id)
    if act not in COMMANDS:
        raise NotFound(what="act", id=act)
    return perform(house, seat.actor, meeting, _command(COMMANDS[act], form), command_id=command_id)


def _command(kind: type, form: Mapping[str, Any]) -> AnyCommand:
    unknown = set(form) - {f.name for f in msgspec.structs.fields(kind)}
    if unknown:
        raise BadForm(reason=f"unknown field {', '.join(sorted(unknown))}")
    if any(len(v) > MAX_FIELD for v in form.values()):
        raise BadForm(reason=f"a field has more than {MAX_FIELD:,} characters")
    given = {k: nfc(v, k) for k, v in form.items() if v != ""}
    try:
        return msgspec.convert(given, kind, strict=False)
    except msgspec.ValidationError as error:
        raise BadForm(reason=str(error)) from error


def _arrive(
    house: House, seat: Seat, meeting: str, form: Mapping[str, str], command_id: str | None
) -> Outcome:
    """A delegation takes its own seat under its own name; the secretariat names whom it notes."""
    if seat.role != "secretariat":
        command = Arrive(delegation=seat.delegation or "", person=seat.person, title=seat.title)
        return perform(house, seat.actor, meeting, command, command_id=command_id)
    return perform(house, seat.actor, meeting, _command(Arrive, form), command_id=command_id)


def _leave(
    house: House, seat: Seat, meeting: str, form: Mapping[str, str], command_id: str | None
) -> Outcome:
    given = form if seat.role == "secretariat" else {"delegation": seat.delegation or ""}
    return perform(house, seat.actor, meeting, _command(Leave, given), command_id=command_id)


def _hand_over(
    house: House, seat: Seat, meeting: str, form: Mapping[str, str], command_id: str | None
) -> Outcome:
    to = find_seat(house, form.get("seat", ""))
    if to.role not in ("member", "chair"):
        raise NotFound(what="seat that could preside:", id=to.id)
    given = {"seat": to.id, "delegation": to.delegation or "", "reason": form.get("reason", "")}
    return perform(house, seat.actor, meeting, _command(HandOverChair, given), command_id=command_id)


def _put(house: House, seat: Seat, meeting: str, form: Mapping[str, str], command_id: str | None) -> Outcome:
    return put_text(house, seat.actor, meeting, seen_sha256=form.get("seen_sha256"), command_id=command_id)


def _publish(
    house: House, seat: Seat, meeting: str, form: Mapping[str, str], command_id: str | None
) -> Outcome:
    return publish_statement(house, seat.actor, meeting, command_id=command_id)


_SPECIAL: dict[str, Special] = {
    "arrive": _arrive,
    "leave": _leave,
    "hand-over-chair": _hand_over,
    "put-text": _put,
    "publish": _publish,
}
