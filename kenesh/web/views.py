"""What a room page shows, as frozen values: computed from the state as one seat may see it.

The same values serve the page, the live fragments and the room's screen; a value that did not change is
rendered once and kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from weakref import WeakKeyDictionary

import msgspec

from kenesh.app.find_precedents import find_precedents
from kenesh.app.house import House
from kenesh.app.library import catch_up
from kenesh.app.seats import Seat
from kenesh.bodies import Profile
from kenesh.drafting import Alternative, Bracket, RollingText, Words, labels
from kenesh.errors import BadInput
from kenesh.meeting import rolling_text, what_next
from kenesh.meeting.state import LiveClause, MeetingState, Proposal
from kenesh.reading import mark
from kenesh.register import Precedent
from kenesh.statement.model import Clause

PRECEDENTS = 3  # beside each clause; more are a click away
NEGOTIATED = ("preambular", "operative")
RELATED = 1  # where nothing says it in these words, one that speaks of the same


class AlternativeView(msgspec.Struct, frozen=True):
    """One of the wordings in a bracket; `pieces` is text or nested brackets."""

    key: str
    parties: tuple[str, ...]  # delegations that wrote it, in protocol order
    supporters: tuple[str, ...]  # delegations that support it
    is_base: bool
    pieces: tuple[str | BracketView, ...]
    words: str  # flat, for a list of choices


class BracketView(msgspec.Struct, frozen=True):
    key: str
    alternatives: tuple[AlternativeView, ...]


class ProposalView(msgspec.Struct, frozen=True):
    id: str
    delegation: str
    name: str
    kind: str
    status: str
    text: str
    note: str | None
    supporters: tuple[str, ...]
    opponents: tuple[str, ...]
    late: bool
    mine: bool
    my_position: str | None  # "support", "oppose"
    may_take_position: bool
    may_withdraw: bool
    may_decide: bool
    may_set_aside: bool
    revision: int | None


class ClauseView(msgspec.Struct, frozen=True):
    meeting: str
    id: str
    kind: str
    label: str
    number: str | None
    level: int
    revision: int
    text: str
    lead: int  # characters of the leading phrase, 0 where a bracket begins before its end
    pieces: tuple[str | BracketView, ...]
    brackets: tuple[BracketView, ...]
    agreed: str | None
    inserted: bool
    proposals: tuple[ProposalView, ...]
    insertions: tuple[ProposalView, ...]  # proposed clauses that would follow this one
    earlier: tuple[str, ...]
    precedents: tuple[Precedent, ...]
    my_text: str  # what a new proposal of this seat starts from
    may_propose: bool
    may_decide: bool
    may_agree: bool
    may_reopen: bool

    @property
    def status(self) -> str:
        """The word beside the clause."""
        if self.agreed:
            return "agreed" if self.agreed == "agreed" else "agreed ad ref."
        if self.brackets or any(p.status == "open" for p in self.proposals):
            return "in brackets"
        return "open"


class Gauge(msgspec.Struct, frozen=True):
    """How far the text has come: what is agreed, what is in brackets."""

    clauses: int
    agreed: int
    brackets: int
    open_proposals: int


def clause_views(
    house: House, state: MeetingState, seat: Seat, rights: frozenset[str]
) -> tuple[ClauseView, ...]:
    """Every clause on the table as this seat sees it, in order."""
    if state.called is None:
        return ()
    catch_up(house)  # the index is whole before it is asked how far it has seen
    profile = house.profile_of(state.called.body)
    marks = labels([(c.id, c.kind, c.parent, c.proposal is not None) for c in state.clauses])
    return tuple(_clause(house, state, seat, profile, rights, marks, c) for c in state.clauses)


def open_acts(house: House, state: MeetingState, seat: Seat) -> frozenset[str]:
    """The acts open to a seat now: "Amend", and "Support:P3" where an act is about something."""
    assert state.called is not None
    profile = house.profile_of(state.called.body)
    acts = what_next(state, seat.actor, profile, house.now())
    return frozenset(f"{a.command}:{a.target}" if a.target else a.command for a in acts)


def _clause(
    house: House,
    state: MeetingState,
    seat: Seat,
    profile: Profile,
    rights: frozenset[str],
    marks: Mapping[str, str],
    clause: LiveClause,
) -> ClauseView:
    open_here = state.open_on(clause.id)
    rolling = rolling_text(state, clause.id, profile)
    behind = {p.id: p for p in open_here}
    pieces = _pieces(rolling, behind, profile)
    mine = next(
        (p for p in reversed(open_here) if p.delegation == seat.delegation and p.kind == "amend"), None
    )
    shown = tuple(p for p in state.proposals if p.clause == clause.id and p.kind != "insert")
    return ClauseView(
        meeting=state.called.meeting if state.called else "",
        id=clause.id,
        kind=clause.kind,
        label=marks.get(clause.id, ""),
        number=clause.number,
        level=_level(state, clause),
        revision=clause.revision,
        text=clause.text,
        lead=_lead(clause, pieces),
        pieces=pieces,
        brackets=tuple(_all_brackets(pieces)),
        agreed=clause.agreed,
        inserted=clause.proposal is not None,
        proposals=tuple(
            _proposal(p, seat, profile, rights) for p in shown if p.status in ("open", "flagged")
        ),
        insertions=insertions_after(state, seat, profile, rights, clause.id),
        earlier=clause.earlier,
        precedents=_precedents(house, clause),
        my_text=mine.text if mine else clause.text,
        may_propose="Amend" in rights,
        may_decide="AcceptAlternative" in rights,
        may_agree=clause.kind in NEGOTIATED and f"AgreeClause:{clause.id}" in rights,
        may_reopen=f"ReopenClause:{clause.id}" in rights,
    )


def insertions_after(
    state: MeetingState, seat: Seat, profile: Profile, rights: frozenset[str], clause_id: str | None
) -> tuple[ProposalView, ...]:
    """Open proposals for new clauses that would stand after this one (None: at the top)."""
    return tuple(
        _proposal(p, seat, profile, rights)
        for p in state.proposals
        if p.kind == "insert" and p.clause == clause_id and p.status == "open"
    )


def struck_proposals(
    state: MeetingState, seat: Seat, profile: Profile, rights: frozenset[str]
) -> tuple[ProposalView, ...]:
    """Proposals on clauses that were struck since: kept as they were made."""
    gone = {c.id for c in state.deleted}
    return tuple(
        _proposal(p, seat, profile, rights)
        for p in state.proposals
        if p.status == "flagged" and p.clause in gone
    )


def gauge(views: tuple[ClauseView, ...], state: MeetingState) -> Gauge:
    """The figures the chair watches."""
    negotiated = [v for v in views if v.kind in NEGOTIATED]
    return Gauge(
        clauses=len(negotiated),
        agreed=sum(1 for v in negotiated if v.agreed),
        brackets=sum(len(v.brackets) for v in views),
        open_proposals=sum(1 for p in state.proposals if p.status == "open"),
    )


@lru_cache(maxsize=4096)
def _lead_of(text: str, kind: str) -> int:
    marked = mark(Clause(id="c", kind=kind, text=text))  # type: ignore[arg-type]
    return len(marked.lead) if marked.lead and text.startswith(marked.lead) else 0


def _lead(clause: LiveClause, pieces: tuple[str | BracketView, ...]) -> int:
    lead = _lead_of(clause.text, clause.kind)
    first = pieces[0] if pieces else ""
    return lead if isinstance(first, str) and len(first) >= lead else 0


def _pieces(
    rolling: RollingText, behind: Mapping[str, Proposal], profile: Profile
) -> tuple[str | BracketView, ...]:
    return tuple(_piece(node, behind, profile) for node in rolling.nodes)


def _piece(node: Words | Bracket, behind: Mapping[str, Proposal], profile: Profile) -> str | BracketView:
    if isinstance(node, Words):
        return node.text
    return BracketView(node.key, tuple(_alternative(a, behind, profile) for a in node.alternatives))


def _alternative(
    alternative: Alternative, behind: Mapping[str, Proposal], profile: Profile
) -> AlternativeView:
    proposals = [behind[p] for p in alternative.parties if p in behind]
    authors = profile.order({p.delegation for p in proposals})
    supporters = profile.order({s for p in proposals for s in p.supporters} - set(authors))
    pieces = tuple(_piece(node, behind, profile) for node in alternative.nodes)
    return AlternativeView(
        key=alternative.key,
        parties=tuple(authors) if not alternative.is_base else (),
        supporters=tuple(supporters) if not alternative.is_base else (),
        is_base=alternative.is_base,
        pieces=pieces,
        words=alternative.text,
    )


def _all_brackets(pieces: tuple[str | BracketView, ...]) -> list[BracketView]:
    found: list[BracketView] = []
    for piece in pieces:
        if isinstance(piece, BracketView):
            found.append(piece)
            for alternative in piece.alternatives:
                found += _all_brackets(alternative.pieces)
    return found


def _proposal(p: Proposal, seat: Seat, profile: Profile, rights: frozenset[str]) -> ProposalView:
    mine = p.delegation == seat.delegation and seat.role in ("member", "observer")
    position = (
        "support" if seat.delegation in p.supporters else "oppose" if seat.delegation in p.opponents else None
    )
    return ProposalView(
        id=p.id,
        delegation=p.delegation,
        name=profile.name_of(p.delegation),
        kind=p.kind,
        status=p.status,
        text=p.text,
        note=p.note,
        supporters=p.supporters,
        opponents=p.opponents,
        late=p.late,
        mine=mine,
        my_position=position if seat.role == "member" else None,
        may_take_position=any(f"{act}:{p.id}" in rights for act in ("Support", "Oppose", "WithdrawPosition")),
        may_withdraw=f"WithdrawProposal:{p.id}" in rights,
        may_decide=f"AcceptProposal:{p.id}" in rights,
        may_set_aside=f"SetAside:{p.id}" in rights,
        revision=p.revision,
    )


def _level(state: MeetingState, clause: LiveClause) -> int:
    level, parent = 0, clause.parent
    while parent is not None and level < 8:
        above = state.clause(parent)
        level, parent = level + 1, above.parent if above else None
    return level


def _precedents(house: House, clause: LiveClause) -> tuple[Precedent, ...]:
    if clause.kind not in NEGOTIATED:
        return ()
    return _searched(house, clause.text, house.index.seen())


_kept: WeakKeyDictionary[House, dict[tuple[str, int], tuple[Precedent, ...]]] = WeakKeyDictionary()


def _searched(house: House, text: str, seen: int) -> tuple[Precedent, ...]:
    kept, key = _kept.setdefault(house, {}), (text, seen)
    if (known := kept.get(key)) is not None:
        return known
    try:
        found = _worth_showing(find_precedents(house, text, limit=2 * PRECEDENTS))
    except BadInput:  # a clause of punctuation only has no precedent
        found = ()
    if len(kept) > 5000:
        kept.clear()
    kept[key] = found
    return found


def _worth_showing(found: tuple[Precedent, ...]) -> tuple[Precedent, ...]:
    """The clauses in these or nearly these words; failing them, the closest related one."""
    clauses = tuple(p for p in found if p.kind in NEGOTIATED)
    close = tuple(p for p in clauses if p.match != "related")
    return close[:PRECEDENTS] or clauses[:RELATED]
