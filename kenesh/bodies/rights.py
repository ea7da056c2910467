"""Who may do what: the default matrix, and what a profile changes of it.

    call      enter the call of a meeting           position  support and oppose proposals
    attend    be in the room, be named              object    stop consensus
    read      see drafts and proposals              reserve   attach its own voice to an adopted text
    speak     ask for the floor                     preside   conduct the meeting, rule on the text
    propose   amend, insert, delete                 assist    note attendance, table drafts, publish

Invariants
* Who presides has `preside` beside the rights of its own seat; the seat made for the chair has it only
  while it presides. The chair as a person does not object: its own delegation does.
* An observer's rights can be set by the profile, but no profile gives an observer an objection.
"""

from __future__ import annotations

from typing import Literal

from kenesh.bodies.profile import Profile, Right

Seat = Literal["chair", "member", "observer", "secretariat", "guest"]

_MATRIX: dict[Seat, frozenset[Right]] = {
    "member": frozenset(("attend", "read", "speak", "propose", "position", "object", "reserve")),
    "observer": frozenset(("attend", "read", "speak")),
    "chair": frozenset(("attend", "read")),
    "secretariat": frozenset(("call", "read", "assist")),
    "guest": frozenset(),
}
_NEVER_OBSERVERS: frozenset[Right] = frozenset(("object", "preside", "assist", "call"))


def rights(profile: Profile, role: Seat, delegation: str | None, presiding: bool) -> frozenset[Right]:
    """The rights of a seat.

    Args:
        role: what the seat was made for.
        delegation: code of the delegation it acts for, None for the secretariat and guests.
        presiding: whether it is this seat that presides now.
    """
    granted = _MATRIX[role]
    if role == "observer" and delegation is not None:
        found = profile.delegation(delegation)
        if found is not None and found.rights is not None:
            granted = frozenset(found.rights) - _NEVER_OBSERVERS
    if role in _callers(profile):
        granted |= {"call"}
    return granted | {"preside"} if presiding else granted


def _callers(profile: Profile) -> frozenset[str]:
    """The seats that may enter a call alone: who needs the consent of others asks the secretariat."""
    alone = {c.who for c in profile.extraordinary.call if c.count == 1 and c.consent is None}
    return frozenset(alone | {"secretariat"})
