"""How a body decides: which rule of its profile applies, and what it says of the counts.

A judgement holds numbers and reasons; "cannot tell" is an answer. This version carries out consensus;
what a chain says after it (a vote, a referral) is for people until it is carried out here.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from kenesh.bodies.profile import Profile, Rule, Step

Verdict = Literal["adopted", "stopped", "cannot-tell"]
Reason = Literal["no-objection", "objection", "member-absent", "rule-not-carried-out"]


class Judgement(msgspec.Struct, frozen=True):
    """What the rule says of a text: the verdict, why, and the counts it rests on."""

    verdict: Verdict
    reason: Reason
    kind: str  # of the step that was applied, "consensus"
    present: int  # members present
    entitled: int  # members on that day
    objections: int


def rule_for(profile: Profile, act: str) -> Rule | None:
    """The first rule whose `acts` names the act or "*"; None where the profile has none for it."""
    return next((r for r in profile.rules if act in r.acts or "*" in r.acts), None)


def judge(rule: Rule | None, *, present: int, entitled: int, objections: int) -> Judgement:
    """Apply the first step of a rule to the counts.

    Args:
        present: members present, 0 <= present <= entitled.
        objections: standing objections of members, a count.

    Consensus is the absence of any objection expressed by a representative as an obstacle to the
    decision: silence consents, a reservation is not counted. Absent members do not stop it unless the
    step says `presence = "all"`.
    """
    step = rule.chain[0] if rule and rule.chain else None
    if step is None or not _carried_out(step):
        kind = step.kind if step else "none"
        return Judgement("cannot-tell", "rule-not-carried-out", kind, present, entitled, objections)
    if objections:
        return Judgement("stopped", "objection", step.kind, present, entitled, objections)
    if step.presence == "all" and present < entitled:
        return Judgement("stopped", "member-absent", step.kind, present, entitled, objections)
    return Judgement("adopted", "no-objection", step.kind, present, entitled, objections)


def _carried_out(step: Step) -> bool:
    return step.kind == "consensus" and step.minus is None
