"""Who sits in a body, who decides there, and how: profiles as data, rules that return numbers and reasons."""

from kenesh.bodies.profile import (
    SECRETARIAT,
    BadProfile,
    Delegation,
    Person,
    Profile,
    QuorumNeed,
    Right,
    Rule,
    Step,
    known,
)
from kenesh.bodies.quorum import ImpossibleCount, QuorumStatus, needed, quorum_met, quorum_on
from kenesh.bodies.rights import rights
from kenesh.bodies.rules import Judgement, judge, rule_for

__all__ = [
    "SECRETARIAT",
    "BadProfile",
    "Delegation",
    "ImpossibleCount",
    "Judgement",
    "Person",
    "Profile",
    "QuorumNeed",
    "QuorumStatus",
    "Right",
    "Rule",
    "Step",
    "judge",
    "known",
    "needed",
    "quorum_met",
    "quorum_on",
    "rights",
    "rule_for",
]
