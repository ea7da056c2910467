"""What delegations do with the text: table it, propose, withdraw, support, oppose.

Invariants
* A colliding proposal is never refused: written against an older revision, or on a clause that is gone, it
  is kept as late, beside the new text.
* A delegation has at most one open amendment or deletion on a clause: the newer one replaces the earlier.
* New words on an agreed clause reopen it.
"""

from __future__ import annotations

from collections import Counter

from kenesh.drafting import check_text
from kenesh.meeting import commands as c
from kenesh.meeting.convening import said
from kenesh.meeting.errors import (
    BadDraftText,
    ClauseMovedOn,
    DraftInUse,
    NoPosition,
    NothingChanged,
    NotYourProposal,
    OwnProposal,
    PositionTaken,
    ProposalClosed,
    SameAgain,
    TextIsAdopted,
    TextIsPut,
    TooManyInsertions,
    UnknownClause,
    UnknownProposal,
)
from kenesh.meeting.events import (
    ClauseReopened,
    Decided,
    DraftClause,
    DraftTabled,
    PositionWithdrawn,
    ProposalMade,
    ProposalOpposed,
    ProposalSupported,
    ProposalWithdrawn,
)
from kenesh.meeting.sitting import Sitting
from kenesh.meeting.state import LiveClause, MeetingState, Proposal

LIVE = ("open", "flagged")  # statuses of a proposal that still asks for something

_CLOSED = {
    "taken": "taken into the text",
    "withdrawn": "withdrawn",
    "replaced": "replaced by a newer one of the same delegation",
    "set-aside": "set aside by the chair",
}


# -- finding --------------------------------------------------------------------------------------------

MAX_INSERTIONS = 40  # open new clauses of one delegation; a whole communiqué has about 170


def live_clause(state: MeetingState, clause_id: str) -> LiveClause:
    """The clause on the table. Raises UnknownClause."""
    found = state.clause(clause_id)
    if found is None:
        raise UnknownClause(id=clause_id)
    return found


def live_proposal(state: MeetingState, proposal_id: str) -> Proposal:
    """A proposal that still asks for something. Raises UnknownProposal, ProposalClosed."""
    found = state.proposal(proposal_id)
    if found is None:
        raise UnknownProposal(id=proposal_id)
    if found.status not in LIVE:
        raise ProposalClosed(proposal=found.id, status=_CLOSED[found.status])
    return found


# -- tabling --------------------------------------------------------------------------------------------


def may_table(s: Sitting) -> None:
    """The chair or the secretariat tables a draft while nobody has proposed on the one before it."""
    s.need_called()
    if not s.presides:
        s.need("assist", "table a draft")
    if s.state.adopted:
        raise TextIsAdopted
    if s.state.put:
        raise TextIsPut
    if s.state.proposals:
        raise DraftInUse(count=len(s.state.proposals))


def table(s: Sitting, command: c.TableDraft) -> tuple[Decided, ...]:
    """Lay a draft on the table; its clauses keep their ids for good."""
    clauses = tuple(
        DraftClause(k.id, k.kind, check_text(k.text), said(k.number), k.parent) for k in command.clauses
    )
    _check_draft(clauses)
    return s.about_text(
        DraftTabled(
            draft=_next_draft(s.state.draft),
            title=said(command.title),
            language=command.language,
            clauses=clauses,
            source_name=command.source_name,
            source_sha256=command.source_sha256,
        )
    )


def _next_draft(draft: str | None) -> str:
    if draft is None:
        return "zero"
    return "rev1" if draft == "zero" else f"rev{int(draft.removeprefix('rev')) + 1}"


def _check_draft(clauses: tuple[DraftClause, ...]) -> None:
    if not any(k.kind in ("preambular", "operative", "paragraph") for k in clauses):
        raise BadDraftText(reason="it holds no clause")
    twice = [k for k, n in Counter(k.id for k in clauses).items() if n > 1]
    if twice:
        raise BadDraftText(reason=f"two clauses have the same id, {twice[0]}")
    seen: set[str] = set()
    for clause in clauses:
        if clause.parent is not None and clause.parent not in seen:
            raise BadDraftText(reason=f"sub-clause {clause.id} stands before its clause, or without it")
        seen.add(clause.id)


# -- proposing ------------------------------------------------------------------------------------------


def may_propose(s: Sitting) -> None:
    s.need("propose", "propose changes to the text")
    s.need_negotiation()


def amend(s: Sitting, command: c.Amend) -> tuple[Decided, ...]:
    """Propose new words for a clause, against the revision that was seen."""
    text = check_text(command.text)
    return _against(s, "amend", command.clause, command.revision, text, command.note)


def delete(s: Sitting, command: c.Delete) -> tuple[Decided, ...]:
    """Propose to strike a clause."""
    return _against(s, "delete", command.clause, command.revision, "", command.note)


def insert(s: Sitting, command: c.Insert) -> tuple[Decided, ...]:
    """Propose a new clause after a clause that stands, or after where a deleted one stood."""
    text = check_text(command.text)
    after = anchor(s.state, command.after)
    own = [
        p for p in s.state.proposals if (p.delegation, p.kind, p.status) == (s.delegation, "insert", "open")
    ]
    if len(own) >= MAX_INSERTIONS:
        raise TooManyInsertions(most=MAX_INSERTIONS)
    for other in s.state.proposals:
        same = (other.delegation, other.kind, other.clause, other.text) == (
            s.delegation,
            "insert",
            after,
            text,
        )
        if same and other.status == "open":
            raise SameAgain(proposal=other.id)
    return s.about_text(
        ProposalMade(
            proposal=_next_id(s.state),
            delegation=s.delegation,
            kind="insert",
            clause=after,
            revision=None,
            text=text,
            clause_kind=command.clause_kind,
            note=said(command.note),
        )
    )


def anchor(state: MeetingState, after: str | None) -> str | None:
    """The clause that a new one follows: where that was deleted, the one it followed, and so on.

    Raises:
        UnknownClause: it never stood in this draft.
    """
    gone = {k.id: k.stood_after for k in state.deleted}
    while after is not None and state.clause(after) is None:
        if after not in gone:
            raise UnknownClause(id=after)
        after = gone.pop(after)
    return after


def _against(
    s: Sitting, kind: str, clause_id: str, revision: int, text: str, note: str | None
) -> tuple[Decided, ...]:
    """1. Find the clause, on the table or among the deleted. 2. Late is what saw an older revision.
    3. Nothing changed, or said before, is refused. 4. It replaces the delegation's earlier one. 5. It reopens
    an agreed clause, unless it is late."""
    state = s.state
    gone = next((k for k in state.deleted if k.id == clause_id), None)
    clause = gone or live_clause(state, clause_id)  # 1
    if not 1 <= revision <= clause.revision:
        raise ClauseMovedOn(seen=revision, revision=clause.revision)
    late = gone is not None or revision < clause.revision  # 2
    if kind == "amend" and gone is None and text == clause.text:  # 3
        raise NothingChanged
    own = _own(state, s.delegation, clause_id)
    if own and own.status == "open" and own.text == text:
        raise SameAgain(proposal=own.id)
    made = ProposalMade(
        proposal=_next_id(state),
        delegation=s.delegation,
        kind="amend" if kind == "amend" else "delete",
        clause=clause_id,
        revision=revision,
        text=text,
        note=said(note),
        replaces=own.id if own and not late else None,  # 4
        late=late,
    )
    if clause.agreed and not late:  # 5
        return s.about_text(ClauseReopened(clause_id, s.delegation), made)
    return s.about_text(made)


def _own(state: MeetingState, delegation: str, clause_id: str) -> Proposal | None:
    """The delegation's open amendment or deletion on a clause, else its latest flagged one."""
    mine = [
        p
        for p in state.proposals
        if p.delegation == delegation and p.clause == clause_id and p.kind != "insert" and p.status in LIVE
    ]
    return next((p for p in mine if p.status == "open"), mine[-1] if mine else None)


def _next_id(state: MeetingState) -> str:
    return f"P{len(state.proposals) + 1}"


def may_withdraw(s: Sitting) -> None:
    may_propose(s)


def withdraw(s: Sitting, command: c.WithdrawProposal) -> tuple[Decided, ...]:
    proposal = live_proposal(s.state, command.proposal)
    if proposal.delegation != s.delegation:
        raise NotYourProposal(proposal=proposal.id, delegation=s.short(proposal.delegation))
    return s.about_text(ProposalWithdrawn(proposal.id, said(command.reason)))


# -- positions ------------------------------------------------------------------------------------------


def may_position(s: Sitting) -> None:
    s.need("position", "support or oppose a proposal")
    s.need_negotiation()


def support(s: Sitting, command: c.Support) -> tuple[Decided, ...]:
    proposal = _of_another(s, command.proposal)
    if s.delegation in proposal.supporters:
        raise PositionTaken(delegation=s.short(s.delegation), stance="supports", proposal=proposal.id)
    return s.about_text(ProposalSupported(proposal.id, s.delegation))


def oppose(s: Sitting, command: c.Oppose) -> tuple[Decided, ...]:
    proposal = _of_another(s, command.proposal)
    if s.delegation in proposal.opponents:
        raise PositionTaken(delegation=s.short(s.delegation), stance="opposes", proposal=proposal.id)
    return s.about_text(ProposalOpposed(proposal.id, s.delegation, said(command.reason)))


def withdraw_position(s: Sitting, command: c.WithdrawPosition) -> tuple[Decided, ...]:
    proposal = live_proposal(s.state, command.proposal)
    if s.delegation not in (*proposal.supporters, *proposal.opponents):
        raise NoPosition(delegation=s.short(s.delegation), proposal=proposal.id)
    return s.about_text(PositionWithdrawn(proposal.id, s.delegation))


def _of_another(s: Sitting, proposal_id: str) -> Proposal:
    proposal = live_proposal(s.state, proposal_id)
    if proposal.delegation == s.delegation:
        raise OwnProposal(proposal=proposal.id)
    return proposal
