"""The decision: the chair puts one text, members object, reserve or stay silent, it is adopted or not.

Three different acts, kept apart: to object stops the adoption; to reserve, disassociate, interpret or
explain does not; to say nothing consents. Adoption binds the hash of exactly the text that was put.
"""

from __future__ import annotations

import msgspec

from kenesh.bodies import judge, rule_for
from kenesh.drafting import check_text, labels
from kenesh.meeting import commands as c
from kenesh.meeting.composed import composed, without_marks
from kenesh.meeting.errors import (
    AbsentMembersStop,
    AlreadyObjecting,
    AlreadyPublished,
    AlreadyReserved,
    InstrumentNotProvided,
    NoObjection,
    NoReservation,
    NothingAdopted,
    NotPresiding,
    ObjectionStands,
    RuleNotCarriedOut,
    TextDiffers,
    UnknownClause,
    VideoDoesNotDecide,
    WrongText,
)
from kenesh.meeting.events import (
    Decided,
    ObjectionRaised,
    ObjectionWithdrawn,
    ReservationEntered,
    ReservationWithdrawn,
    StatementPublished,
    TextAdopted,
    TextPut,
    TextTakenBack,
)
from kenesh.meeting.instants import to_rfc3339
from kenesh.meeting.rulings import open_proposals
from kenesh.meeting.sitting import Sitting, to_all
from kenesh.statement.hashes import text_hash
from kenesh.statement.model import Adoption, Reservation, Statement

ACT = "statement"  # the kind of act that these rules of decision are about

# -- putting and taking back ----------------------------------------------------------------------------


def may_put(s: Sitting) -> None:
    """1. The meeting is open. 2. The chair puts. 3. A draft is there, negotiation is on. 4. A videoconference
    decides in this body. 5. No proposal is open. 6. The quorum to decide is there. 7. The rule is known."""
    s.need_open()  # 1
    s.need_chair("put the text")  # 2
    s.need_negotiation()  # 3
    called = s.need_called()
    if called.mode == "video" and not s.profile.extraordinary.video_decides:  # 4
        raise VideoDoesNotDecide
    if still := tuple(p for p in s.state.proposals if p.status == "open"):  # 5
        raise open_proposals(s, still)
    s.need_quorum(s.profile.quorum.to_decide, "decide")  # 6
    _need_rule(s)  # 7


def _need_rule(s: Sitting) -> None:
    judgement = judge(rule_for(s.profile, ACT), present=0, entitled=1, objections=0)
    if judgement.verdict == "cannot-tell":
        raise RuleNotCarriedOut(kind=judgement.kind)


def put(s: Sitting, command: c.PutText) -> tuple[Decided, ...]:
    """Put exactly the text on the table: the same words, with the marks of reading."""
    if without_marks(command.statement) != composed(s.state, s.profile, s.now):
        raise TextDiffers
    digest = text_hash(command.statement)
    return s.about_text(TextPut(s.state.calls + 1, command.statement, digest))


def may_take_back(s: Sitting) -> None:
    s.need_put()
    s.need_chair("take the text back")


def take_back(s: Sitting, command: c.TakeBackText) -> tuple[Decided, ...]:
    put = s.need_call(command.call)
    standing = s.profile.order(o.delegation for o in s.state.objections)
    return s.about_text(TextTakenBack(put.call, check_text(command.reason), standing))


# -- objecting ------------------------------------------------------------------------------------------


def may_object(s: Sitting) -> None:
    """A member objects even if its line is bad: it need not be noted as present."""
    s.need("object", "object to the adoption")
    s.need_put()


def object_to(s: Sitting, command: c.Object) -> tuple[Decided, ...]:
    put = s.need_call(command.call)
    if any(o.delegation == s.delegation for o in s.state.objections):
        raise AlreadyObjecting(delegation=s.short(s.delegation))
    _printed(put.statement, command.clause)
    return s.about_text(ObjectionRaised(put.call, s.delegation, check_text(command.reason), command.clause))


def withdraw_objection(s: Sitting, command: c.WithdrawObjection) -> tuple[Decided, ...]:
    put = s.need_call(command.call)
    if all(o.delegation != s.delegation for o in s.state.objections):
        raise NoObjection(delegation=s.short(s.delegation))
    return s.about_text(ObjectionWithdrawn(put.call, s.delegation))


# -- reserving ------------------------------------------------------------------------------------------


def may_reserve(s: Sitting) -> None:
    s.need("reserve", "attach a reservation to the text")
    s.need_put()


def reserve(s: Sitting, command: c.Reserve) -> tuple[Decided, ...]:
    """Attach the member's own voice, on a clause (by its id) or on the whole text; it stops nothing."""
    put = s.need_call(command.call)
    kinds = s.profile.opt_out.kinds
    if command.kind not in kinds:
        raise InstrumentNotProvided(kind=command.kind, kinds=", ".join(kinds) or "none")
    _printed(put.statement, command.clause)
    entered = ReservationEntered(
        put.call, s.delegation, command.kind, check_text(command.text), command.clause
    )
    key = (entered.delegation, entered.kind, entered.clause)
    if key in {(r.delegation, r.kind, r.clause) for r in s.state.reservations}:
        raise AlreadyReserved(delegation=s.short(s.delegation), kind=command.kind)
    return s.about_text(entered)


def withdraw_reservation(s: Sitting, command: c.WithdrawReservation) -> tuple[Decided, ...]:
    """Withdraw all that the delegation has entered on this text."""
    put = s.need_call(command.call)
    if all(r.delegation != s.delegation for r in s.state.reservations):
        raise NoReservation(delegation=s.short(s.delegation))
    return s.about_text(ReservationWithdrawn(put.call, s.delegation))


def _printed(statement: Statement, clause_id: str | None) -> str | None:
    """How a clause is cited beside the text: its printed number, else its label ("PP3"); None for the whole.

    Raises:
        UnknownClause: it is not in this text.
    """
    if clause_id is None:
        return None
    clause = next((k for k in statement.walk() if k.id == clause_id), None)
    if clause is None:
        raise UnknownClause(id=clause_id)
    return clause.number or _labels(statement)[clause_id]


def _labels(statement: Statement) -> dict[str, str]:
    parents = {child.id: k.id for k in statement.walk() for child in k.clauses}
    return labels([(k.id, k.kind, parents.get(k.id), False) for k in statement.walk()])


# -- adopting and publishing ----------------------------------------------------------------------------


def may_declare(s: Sitting) -> None:
    """1. A text is put. 2. The meeting is open. 3. The chair declares. 4. The quorum to decide is there.
    5. No objection stands. 6. The rule of the body says: adopted."""
    s.need_put()  # 1
    s.need_open()  # 2
    s.need_chair("declare the text adopted")  # 3
    status = s.need_quorum(s.profile.quorum.to_decide, "decide")  # 4
    objectors = s.profile.order(o.delegation for o in s.state.objections)
    judgement = judge(
        rule_for(s.profile, ACT),
        present=len(status.present),
        entitled=status.entitled,
        objections=len(objectors),
    )
    if judgement.reason == "objection":  # 5
        raise _standing(s, objectors)
    if judgement.reason == "member-absent":  # 6
        raise AbsentMembersStop(missing=", ".join(s.short(m) for m in status.missing))
    if judgement.verdict != "adopted":
        raise RuleNotCarriedOut(kind=judgement.kind)


def _standing(s: Sitting, objectors: tuple[str, ...]) -> ObjectionStands:
    names = [s.short(o) for o in objectors]
    who = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    return ObjectionStands(
        whose=f"{names[0]}'s objection" if len(names) == 1 else f"The objection of {who}",
        who=who,
        delegations=",".join(objectors),
    )


def declare(s: Sitting, command: c.DeclareAdopted) -> tuple[Decided, ...]:
    """Adopt the text that was put, by consensus, with its counts and the reservations to it."""
    put = s.need_call(command.call)
    status = s.quorum(s.profile.quorum.to_decide)
    adoption = Adoption(
        how="consensus",
        when=to_rfc3339(s.now),
        rule="consensus, no objection",
        text_sha256=put.text_sha256,
        present=len(status.present),
        entitled=status.entitled,
        objections=0,
        reservations=_reservations(s, put.statement),
    )
    statement = msgspec.structs.replace(put.statement, adoption=adoption)
    return to_all(TextAdopted(put.call, statement, put.text_sha256, status.present))


def _reservations(s: Sitting, statement: Statement) -> tuple[Reservation, ...]:
    entered = sorted(s.state.reservations, key=lambda r: r.delegation)
    return tuple(
        Reservation(
            code=r.delegation,
            kind=r.kind,
            text=r.text,
            clause=_printed(statement, r.clause),
            state=s.profile.name_of(r.delegation),
        )
        for r in entered
    )


def may_publish(s: Sitting) -> None:
    """The secretariat or the chair publishes an adopted text, once; also after the meeting has ended."""
    if not s.presides and "assist" not in s.rights:
        raise NotPresiding(act="publish, with the secretariat")
    if s.state.adopted is None:
        raise NothingAdopted
    if s.state.published is not None:
        raise AlreadyPublished(name=s.state.published.name)


def publish(s: Sitting, command: c.Publish) -> tuple[Decided, ...]:
    adopted = s.state.adopted
    assert adopted is not None
    if command.text_sha256 != adopted.text_sha256:
        raise WrongText(reason=f"adopted {adopted.text_sha256[:12]}…, given {command.text_sha256[:12]}…")
    if not command.files:
        raise WrongText(reason="there are none")
    event = StatementPublished(command.name, command.iri, command.text_sha256, command.files)
    return (Decided(event, "public"),)
