"""Proposals on a clause and the rolling text that is computed from them (pure).

rolling = compile_clause(base, {"AZ": text, "KG": text, "UZ": ""}, order=("AZ", "KG", "UZ"))
print(rolling.to_text())
accepted = accept(rolling, rolling.brackets[0].alternatives[1].key)
"""

from kenesh.drafting.alignment import Pair, align_clauses
from kenesh.drafting.carry import Accepted, accept, close, rebase
from kenesh.drafting.checking import (
    MAX_CHARACTERS,
    ControlCharacter,
    DeceptiveText,
    EmptyText,
    TooLong,
    check_text,
)
from kenesh.drafting.compile import (
    AddedClause,
    Compilation,
    CompiledClause,
    Tally,
    compile_texts,
)
from kenesh.drafting.convergence import Convergence, convergence
from kenesh.drafting.labels import labels
from kenesh.drafting.rolling import (
    Alternative,
    Bracket,
    Node,
    RollingText,
    UnknownAlternative,
    UnknownParty,
    Words,
    compile_clause,
)
from kenesh.drafting.units import units

__all__ = [
    "MAX_CHARACTERS",
    "Accepted",
    "AddedClause",
    "Alternative",
    "Bracket",
    "Compilation",
    "CompiledClause",
    "ControlCharacter",
    "Convergence",
    "DeceptiveText",
    "EmptyText",
    "Node",
    "Pair",
    "RollingText",
    "Tally",
    "TooLong",
    "UnknownAlternative",
    "UnknownParty",
    "Words",
    "accept",
    "align_clauses",
    "check_text",
    "close",
    "compile_clause",
    "compile_texts",
    "convergence",
    "labels",
    "rebase",
    "units",
]
