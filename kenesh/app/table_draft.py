"""Table a draft: bytes or pasted text become clauses on the table."""

from __future__ import annotations

import hashlib
import re

from kenesh.app.house import House
from kenesh.app.loading import load_meeting
from kenesh.app.perform import Outcome, perform
from kenesh.errors import BadInput
from kenesh.meeting import Actor, DraftClause, TableDraft, may
from kenesh.reading import read
from kenesh.statement.hashes import derived_id
from kenesh.statement.model import Clause, Statement

MAX_BYTES = 2_000_000  # a draft; the corpus' longest communiqué has 80,000
OWN_ID = re.compile(r"c[0-9a-f]{8,64}")  # as `derived_id` makes them
MAX_CLAUSES = 400  # the longest communiqué known here has about 170


class BadDraft(BadInput):
    code = "input.draft"
    template = "{name}: {reason}"
    advice = "Paste the text or upload it as plain text; nothing was changed on the table."


def table_draft(
    house: House,
    actor: Actor,
    meeting: str,
    data: bytes,
    name: str,
    *,
    title: str | None = None,
    command_id: str | None = None,
) -> Outcome:
    """Read a draft and put it on the table of a meeting.

    Args:
        data: the text as it came, at most 2,000,000 bytes.
        name: its file name, "pasted text" where there is none; errors name it.
        title: the title, where the text has none of its own.

    Raises:
        BadInput: it cannot be read, or holds no clause; nothing has changed.
        Refused: this seat may not table now.
    """
    if len(data) > MAX_BYTES:
        raise BadDraft(name=name, reason=f"it has {len(data):,} bytes; a draft has at most {MAX_BYTES:,}")
    state = load_meeting(house, meeting)
    body = house.profile_of(state.called.body) if state.called else house.body
    if reason := may(state, TableDraft, actor, body, house.now()):  # before the work of reading
        raise reason
    with house.reading:  # one at a time: a hostile draft delays drafts, and nothing else
        statement = read(data, name, profiles=house.profiles)
    command = TableDraft(
        title=(title or "").strip() or statement.title,
        language=statement.language,
        clauses=flattened(statement, name),
        source_name=name,
        source_sha256=hashlib.sha256(data).hexdigest(),
    )
    return perform(house, actor, meeting, command, command_id=command_id)


def flattened(statement: Statement, name: str) -> tuple[DraftClause, ...]:
    """The clauses of a statement as they lie on the table: flat, each knowing its parent.

    Ids of our own making are kept, so that an earlier draft comes back as itself; any other is derived anew:
    an id stands in the page, and there it must name a clause and nothing else.
    """
    flat: list[DraftClause] = []
    taken: set[str] = set()

    def lay(clause: Clause, parent: str | None) -> None:
        made = clause.id
        if made in taken or not OWN_ID.fullmatch(made):
            made = derived_id(clause.kind, clause.text, taken)
        taken.add(made)
        flat.append(DraftClause(made, clause.kind, clause.text, clause.number, parent))
        for child in clause.clauses:
            lay(child, made)

    for clause in statement.clauses:
        lay(clause, None)
    if not any(c.kind in ("preambular", "operative") for c in flat):
        raise BadDraft(name=name, reason=statement.reason or "no clause was found in it")
    if len(flat) > MAX_CLAUSES:
        raise BadDraft(
            name=name, reason=f"it has {len(flat)} clauses; at most {MAX_CLAUSES} can be negotiated"
        )
    return tuple(flat)
