"""Whether enough delegations are present, in counts and exact fractions.

quorum_met(4, 6, "2/3")   -> True    at least two thirds
quorum_met(3, 6, ">1/2")  -> False   more than half
quorum_met(5, 6, "all")   -> False
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import ceil, floor

import msgspec

from kenesh.bodies.profile import Profile, QuorumNeed
from kenesh.errors import BadInput


class ImpossibleCount(BadInput):
    """Counts that contradict each other."""

    code = "input.impossible-count"
    template = "{present} of {entitled} delegations cannot be present."
    advice = "This is a mistake in the program or in the record; tell the operator."


class QuorumStatus(msgspec.Struct, frozen=True):
    """Who is there, against the rule; counts of members."""

    present: tuple[str, ...]  # members present, in protocol order
    entitled: int  # members on that day
    needed: int
    met: bool
    rule: str  # as "all of 6 members"
    missing: tuple[str, ...] = ()  # members not present, in protocol order


def needed(entitled: int, need: str) -> int:
    """The smallest number of members that satisfies `need`: "all", "none", "2/3", ">1/2", "9".

    Args:
        entitled: members on that day, a count, at least 1.
        need: "2/3" is at least two thirds, ">1/2" is more than half, a number counts members.
    """
    if need == "all":
        return entitled
    if need == "none":
        return 0
    if need.startswith(">"):
        return floor(entitled * Fraction(need[1:])) + 1
    return ceil(entitled * Fraction(need)) if "/" in need else int(need)


def quorum_met(present: int, entitled: int, need: str) -> bool:
    """Say whether enough members are present.

    Args:
        present: members present, a count, 0 <= present <= entitled.
        entitled: members on that day, a count, at least 1.
        need: as in the profile, see `needed`.

    Raises:
        ImpossibleCount: the counts contradict each other.

    Source: compare UN General Assembly rule 67 (a third to debate, a majority to decide).
    """
    if not 0 <= present <= entitled or entitled < 1:
        raise ImpossibleCount(present=present, entitled=entitled)
    return present >= needed(entitled, need)


def quorum_on(profile: Profile, present: tuple[str, ...], on: date, need: QuorumNeed) -> QuorumStatus:
    """The quorum of a body on a day; delegations that are no members are not counted."""
    members = tuple(m.code for m in profile.members_on(on))
    here = tuple(m for m in members if m in present)
    return QuorumStatus(
        present=here,
        entitled=len(members),
        needed=needed(len(members), need.need),
        met=bool(members) and quorum_met(len(here), len(members), need.need),
        rule=rule_of(need.need, len(members)),
        missing=tuple(m for m in members if m not in present),
    )


def rule_of(need: str, entitled: int) -> str:
    """The rule in short, for the record: "all of 6 members", "at least 2/3 of 6 members"."""
    if need == "none":
        return "no quorum required"
    if need == "all":
        return f"all of {entitled} members"
    if need.startswith(">"):
        return f"more than {need[1:]} of {entitled} members"
    return f"at least {need} of {entitled} members"
