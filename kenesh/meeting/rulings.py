"""What the chair rules on the text: accept, set aside, agree, reopen.

Invariants
* Accepting anything carries every other open proposal on the clause over; what cannot be carried over is
  flagged and kept as it was, beside the new text.
* The words that result stand in the event, so that replay does not depend on how they were computed.
"""

from __future__ import annotations

from functools import lru_cache

from kenesh.bodies import Profile
from kenesh.drafting import RollingText, UnknownAlternative, accept, close, compile_clause, rebase
from kenesh.meeting import commands as c
from kenesh.meeting.convening import said
from kenesh.meeting.errors import (
    AlreadyAgreed,
    AlternativeGone,
    ClauseMovedOn,
    NotAgreed,
    ProposalsOpen,
    StandsAlready,
    TextIsAdopted,
)
from kenesh.meeting.events import (
    ClauseAgreed,
    ClauseAmended,
    ClauseDeleted,
    ClauseInserted,
    ClauseReopened,
    Decided,
    DraftClause,
    ProposalSetAside,
    RebasedProposal,
)
from kenesh.meeting.evolve import family
from kenesh.meeting.sitting import Sitting
from kenesh.meeting.state import LiveClause, MeetingState, Proposal
from kenesh.meeting.text import anchor, live_clause, live_proposal
from kenesh.statement.hashes import derived_id


def may_rule(s: Sitting) -> None:
    """The chair rules on the text while the meeting is open."""
    if s.state.adopted:
        raise TextIsAdopted
    s.need_open()
    s.need_chair("rule on the text")
    s.need_negotiation()


# -- accepting ------------------------------------------------------------------------------------------


def accept_alternative(s: Sitting, command: c.AcceptAlternative) -> tuple[Decided, ...]:
    """Take one alternative of one bracket.

    1. The rolling text of the clause is compiled as everybody sees it.
    2. The key names words and place; if the rolling text has moved on, it names nothing.
    3. Every open proposal keeps the rest of what it wants.
    4. To close the bracket, and to accept the words as they stand, sets aside what else was proposed there.
    """
    clause = live_clause(s.state, command.clause)
    on = s.state.open_on(clause.id)
    rolling = rolling_text(s.state, clause.id, s.profile)  # 1
    try:
        taken = accept(rolling, command.key)
        if command.close or taken.alternative.is_base:
            taken = close(rolling, command.key)  # 4
    except UnknownAlternative as error:  # 2
        raise AlternativeGone(key=command.key) from error
    behind = [p for p in on if p.id in taken.alternative.parties]
    if not taken.text:
        return s.about_text(ClauseDeleted(clause.id, behind[0].id))
    return s.about_text(
        ClauseAmended(
            clause=clause.id,
            revision=clause.revision + 1,
            text=taken.text,
            alternative=taken.alternative.text,
            delegations=s.profile.order(p.delegation for p in behind),
            proposals=tuple(
                _carried(p, taken.versions[p.id], taken.text, aside=p not in behind) for p in on
            ),  # 3
        )
    )


def rolling_text(state: MeetingState, clause_id: str, profile: Profile) -> RollingText:
    """The rolling text of a clause, as it is shown and as its alternatives are accepted.

    Its parties are ids of open amendments and deletions, in protocol order of their delegations, then in
    order of making.

    Raises:
        UnknownClause: it is not on the table.
    """
    on = state.open_on(clause_id)
    place = {code: n for n, code in enumerate(profile.order(p.delegation for p in on))}
    versions = tuple((p.id, p.text) for p in sorted(on, key=lambda p: place[p.delegation]))
    return _compiled(live_clause(state, clause_id).text, versions)


@lru_cache(maxsize=2048)
def _compiled(base: str, versions: tuple[tuple[str, str], ...]) -> RollingText:
    """Kept: everybody in the room looks at the same brackets."""
    return compile_clause(base, dict(versions), order=tuple(party for party, _ in versions))


def _carried(proposal: Proposal, text: str | None, new: str, *, aside: bool = False) -> RebasedProposal:
    """What becomes of a proposal; `aside` says that what it has nothing left to change was not its own."""
    if text is None:
        return RebasedProposal(proposal.id, proposal.text, "flagged")
    if text == new:
        was_taken = proposal.text == new or not aside
        return RebasedProposal(proposal.id, text, "taken" if was_taken else "set-aside")
    return RebasedProposal(proposal.id, text, "open")


def accept_proposal(s: Sitting, command: c.AcceptProposal) -> tuple[Decided, ...]:
    """Take a whole proposal: an amendment, an insertion or a deletion."""
    proposal = live_proposal(s.state, command.proposal)
    if proposal.kind == "insert":
        return s.about_text(_inserted(s.state, proposal))
    clause = live_clause(s.state, proposal.clause or "")
    if command.revision is not None and command.revision != clause.revision:
        raise ClauseMovedOn(seen=command.revision, revision=clause.revision)
    if proposal.kind == "delete":
        return s.about_text(ClauseDeleted(clause.id, proposal.id))
    return s.about_text(_amended(s, clause, proposal))


def _amended(s: Sitting, clause: LiveClause, proposal: Proposal) -> ClauseAmended:
    if proposal.text == clause.text:
        raise StandsAlready
    others = (p for p in s.state.open_on(clause.id) if p.id != proposal.id)
    carried = (_carried(p, _rebased(clause.text, p, proposal.text), proposal.text) for p in others)
    return ClauseAmended(
        clause=clause.id,
        revision=clause.revision + 1,
        text=proposal.text,
        alternative=proposal.text,
        delegations=(proposal.delegation,),
        proposals=(RebasedProposal(proposal.id, proposal.text, "taken"), *carried),
    )


def _rebased(old: str, proposal: Proposal, new: str) -> str | None:
    if proposal.kind == "delete" or proposal.text == new:
        return proposal.text
    return rebase(old, new, proposal.text) or None


def _inserted(state: MeetingState, proposal: Proposal) -> ClauseInserted:
    follows = anchor(state, proposal.clause)
    before = state.clause(follows) if follows else None
    after = _behind_its_like(state, proposal, follows)
    taken = {k.id for k in (*state.clauses, *state.deleted)}
    kind = proposal.clause_kind or "operative"
    made = derived_id(kind, proposal.text, taken)
    parent = before.parent if before and before.kind == kind else None
    return ClauseInserted(DraftClause(made, kind, proposal.text, None, parent), after, proposal.id)


def _behind_its_like(state: MeetingState, proposal: Proposal, follows: str | None) -> str | None:
    """The clause after which an insertion stands: behind those that were accepted at the same place.

    Accepted in whatever order, insertions at one place stand in the order of making; those that follow a
    struck clause stand behind those that follow the clause before it.
    """
    kin = family(state.clauses, follows) if follows else frozenset[str]()
    start = max((n + 1 for n, k in enumerate(state.clauses) if k.id in kin), default=0)
    after = follows
    for clause in state.clauses[start:]:
        other = state.proposal(clause.proposal) if clause.proposal else None
        same_place = other is not None and anchor(state, other.clause) == follows
        if other is None or not same_place or _rank(other, follows) > _rank(proposal, follows):
            break
        after = clause.id
    return after


def _rank(insertion: Proposal, follows: str | None) -> tuple[bool, int]:
    return insertion.clause != follows, insertion.made


# -- setting aside, agreeing, reopening -----------------------------------------------------------------


def set_aside(s: Sitting, command: c.SetAside) -> tuple[Decided, ...]:
    """Not take a proposal up; its words stay in the record."""
    proposal = live_proposal(s.state, command.proposal)
    return s.about_text(ProposalSetAside(proposal.id, said(command.reason)))


def agree(s: Sitting, command: c.AgreeClause) -> tuple[Decided, ...]:
    """Note that a clause is agreed, ad referendum or finally: no proposal is open on it."""
    clause = live_clause(s.state, command.clause)
    if command.revision != clause.revision:
        raise ClauseMovedOn(seen=command.revision, revision=clause.revision)
    if on := s.state.open_on(clause.id):
        raise open_proposals(s, on)
    if clause.agreed == "agreed" or (clause.agreed and command.ad_referendum):
        raise AlreadyAgreed
    return s.about_text(ClauseAgreed(clause.id, clause.revision, command.ad_referendum))


def open_proposals(s: Sitting, proposals: tuple[Proposal, ...]) -> ProposalsOpen:
    """The refusal that names the proposals in the way, and whose they are."""
    count = "1 proposal is" if len(proposals) == 1 else f"{len(proposals)} proposals are"
    return ProposalsOpen(
        count=count, proposals=", ".join(f"{p.id} of {s.short(p.delegation)}" for p in proposals)
    )


def may_reopen(s: Sitting) -> None:
    """The chair reopens a clause, and so does a member whose capital has not agreed."""
    s.need_called()
    if not s.presides:
        s.need("propose", "reopen a clause")
    s.need_negotiation()


def reopen(s: Sitting, command: c.ReopenClause) -> tuple[Decided, ...]:
    clause = live_clause(s.state, command.clause)
    if clause.agreed is None:
        raise NotAgreed
    delegation = s.actor.delegation if "propose" in s.rights and not s.presides else None
    return s.about_text(ClauseReopened(clause.id, delegation, said(command.reason)))
