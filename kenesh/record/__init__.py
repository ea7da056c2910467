"""What cannot be rewritten: the tree, the leaves, the rows, and how they are verified. Pure."""

from kenesh.record.leaf import Header, commitment, from_header, header
from kenesh.record.merkle import (
    BadProof,
    Range,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from kenesh.record.rows import HeadRow, Row, Unsealed, extend
from kenesh.record.verify import Fault, Held, Report, Step, verify_events

__all__ = [
    "BadProof",
    "Fault",
    "HeadRow",
    "Header",
    "Held",
    "Range",
    "Report",
    "Row",
    "Step",
    "Unsealed",
    "commitment",
    "consistency_proof",
    "extend",
    "from_header",
    "header",
    "inclusion_proof",
    "leaf_hash",
    "node_hash",
    "root_of",
    "verify_consistency",
    "verify_events",
    "verify_inclusion",
]
