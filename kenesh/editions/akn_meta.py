"""What a statement says about itself, as the `meta` of an Akoma Ntoso document.

Identification by work, expression and manifestation; the adoption as a step of the workflow and as a vote;
who spoke and who was there as top-level classes; footnotes; and in `proprietary` what has no other place.

Source: Akoma Ntoso 1.0 Part 2, section on metadata; AKN4UN part 1.
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from kenesh.editions.akn_names import kenesh, sub, uri, xml_words
from kenesh.editions.akn_text import reference_iri
from kenesh.editions.naming import UNKNOWN_DATE, date_of, is_date, slug, work_iri
from kenesh.statement.colophon import date_in_words
from kenesh.statement.model import Adoption, Citation, Clause, MeetingRef, Statement

_KENESH_AGENT = "#kenesh"
_MEDIA = "application/akn+xml"


def add_meta(parent: etree._Element, statement: Statement) -> None:
    """Add the meta of the statement itself."""
    meta = sub(parent, "meta")
    add_identification(meta, statement, "main")
    sub(
        sub(meta, "lifecycle", {"source": _KENESH_AGENT}),
        "eventRef",
        {"eId": "eref_1", "date": date_of(statement), "type": "generation", "source": "#original"},
    )
    if statement.adoption is not None:
        _workflow(meta, statement.adoption)
        _analysis(meta, statement.adoption)
    _references(meta, statement)
    _notes(meta, statement)
    _proprietary(meta, statement)


def add_identification(meta: etree._Element, statement: Statement, component: str) -> None:
    """Add the identification of one component: "main", "annex_1"."""
    found = sub(meta, "identification", {"source": _KENESH_AGENT})
    work = _iri(statement)
    language = statement.language if statement.language.isascii() and statement.language.isalpha() else "und"
    date, event = date_of(statement), _date_name(statement)
    expression = f"{work}/{language}@{date}"
    _level(found, "FRBRWork", work, f"{work}/!{component}", date, event)
    _level(found, "FRBRExpression", expression, f"{expression}/!{component}", date, event)
    _level(found, "FRBRManifestation", f"{expression}/.xml", f"{expression}/!{component}.xml", date, event)
    on_work, on_expression, on_file = found
    if statement.title is not None and component == "main":
        alias = etree.Element(on_work[0].tag.replace("FRBRthis", "FRBRalias"))
        alias.set("value", xml_words(statement.title))
        alias.set("name", "title")
        on_work.insert(2, alias)
    sub(on_work, "FRBRcountry", {"value": _jurisdiction(work)})
    sub(on_work, "FRBRsubtype", {"value": "deliberation"})
    sub(on_work, "FRBRnumber", {"value": work.rsplit("/", 1)[1], "showAs": statement.symbol})
    sub(on_work, "FRBRprescriptive", {"value": "false"})
    sub(on_expression, "FRBRlanguage", {"language": language})
    sub(on_file, "FRBRformat", {"value": _MEDIA})


def _level(parent: etree._Element, tag: str, iri: str, this: str, date: str, event: str) -> None:
    level = sub(parent, tag)
    sub(level, "FRBRthis", {"value": this})
    sub(level, "FRBRuri", {"value": iri})
    sub(level, "FRBRdate", {"date": date, "name": event})
    sub(level, "FRBRauthor", {"href": "#body", "as": "#author"})


def _iri(statement: Statement) -> str:
    if statement.iri is not None and statement.iri.startswith("/akn/"):
        return uri(statement.iri)
    body = statement.body
    return work_iri(statement, "aa", slug(body.id or body.name, 40) if body else "unknown")


def _jurisdiction(work: str) -> str:
    parts = work.split("/")
    return parts[2] if len(parts) > 2 and parts[2] else "aa"


def _date_name(statement: Statement) -> str:
    if statement.adoption is not None:
        return "adoption"
    return "unknown" if date_of(statement) == UNKNOWN_DATE else "meeting"


def _day(adoption: Adoption) -> str:
    return adoption.when[:10] if is_date(adoption.when[:10]) else UNKNOWN_DATE


def _workflow(meta: etree._Element, adoption: Adoption) -> None:
    facts = {"eId": "step_1", "date": _day(adoption), "by": "#body", "outcome": "#adopted"}
    workflow = sub(meta, "workflow", {"source": _KENESH_AGENT})
    sub(workflow, "step", {**facts, "refersTo": f"#{adoption.how}"})


def _analysis(meta: etree._Element, adoption: Adoption) -> None:
    analysis = sub(meta, "analysis", {"source": _KENESH_AGENT})
    parliamentary = sub(analysis, "parliamentary")
    quorum = sub(parliamentary, "quorumVerification", {"eId": "quorumVerification_1"})
    _count(quorum, "quorumVerification_1__count_1", "entitled", adoption.entitled)
    _count(quorum, "quorumVerification_1__count_2", "present", adoption.present)
    voting = sub(
        parliamentary, "voting", {"eId": "voting_1", "outcome": "#adopted", "refersTo": f"#{adoption.how}"}
    )
    _count(voting, "voting_1__count_1", "objections", adoption.objections)


def _count(parent: etree._Element, e_id: str, concept: str, value: int) -> None:
    sub(parent, "count", {"eId": e_id, "refersTo": f"#{concept}", "value": str(value)})


def _references(meta: etree._Element, statement: Statement) -> None:
    references = sub(meta, "references", {"source": _KENESH_AGENT})
    jurisdiction = _jurisdiction(_iri(statement))
    title = statement.title or statement.symbol or statement.kind
    sub(references, "original", {"eId": "original", "href": _iri(statement), "showAs": title})
    _organizations(references, statement, jurisdiction)
    _people(references, statement, jurisdiction)
    if statement.meeting is not None:
        _event(references, statement.meeting, jurisdiction)
    _concepts(references, statement)
    _cited(references, statement)


def _organizations(references: etree._Element, statement: Statement, jurisdiction: str) -> None:
    body = statement.body
    facts: dict[str, str | None] = {"eId": "body", "showAs": body.name if body else "unknown"}
    facts["href"] = _class_iri(
        "organization", jurisdiction, slug(body.id or body.name) if body else "unknown"
    )
    sub(references, "TLCOrganization", {**facts, kenesh("id"): body.id if body else None})
    software = {"eId": "kenesh", "href": "/akn/ontology/organization/kenesh/kenesh", "showAs": "Kenesh"}
    sub(references, "TLCOrganization", software)


def _people(references: etree._Element, statement: Statement, jurisdiction: str) -> None:
    for n, person in enumerate(statement.participants, 1):
        facts = {
            "eId": f"person_{n}",
            "href": _class_iri("person", jurisdiction, slug(person.name)),
            "showAs": person.name,
            kenesh("title"): person.title,
            kenesh("state"): person.state,
            kenesh("code"): person.code,
            kenesh("role"): person.role,
        }
        sub(references, "TLCPerson", facts)
    for role in ("author", *dict.fromkeys(person.role for person in statement.participants)):
        facts = {"eId": role, "href": _class_iri("role", jurisdiction, role), "showAs": role.capitalize()}
        sub(references, "TLCRole", facts)


def _event(references: etree._Element, meeting: MeetingRef, jurisdiction: str) -> None:
    dates = [date_in_words(date) for date in (meeting.start, meeting.end) if date]
    words = " ".join(filter(None, (meeting.kind, meeting.mode, "meeting")))
    facts = {
        "eId": "meeting",
        "href": _class_iri("event", jurisdiction, slug(f"meeting {meeting.start or 'undated'}")),
        "showAs": ", ".join([words, " to ".join(dict.fromkeys(dates))]).removesuffix(", "),
        **{kenesh(field): getattr(meeting, field) for field in meeting.__struct_fields__},
    }
    sub(references, "TLCEvent", facts)


def _concepts(references: etree._Element, statement: Statement) -> None:
    names = (
        ["adopted", statement.adoption.how, "entitled", "present", "objections"] if statement.adoption else []
    )
    for name in names:
        _concept(references, name, name, name.capitalize())
    acts = {slug(phrase.act): phrase.act for clause in _every(statement) for phrase in clause.phrases}
    for name, act in sorted(acts.items()):
        _concept(references, f"act-{name}", f"act/{name}", act.capitalize())


def _concept(references: etree._Element, e_id: str, name: str, words: str) -> None:
    href = f"/akn/ontology/concept/kenesh/{name}"
    sub(references, "TLCConcept", {"eId": e_id, "href": href, "showAs": words})


def _cited(references: etree._Element, statement: Statement) -> None:
    cited: dict[str, Citation] = {}
    for clause in _every(statement):
        for citation in clause.citations:
            cited.setdefault(reference_iri(citation), citation)
    for n, (href, citation) in enumerate(cited.items(), 1):
        shown = citation.target or citation.text
        sub(references, "TLCReference", {"eId": f"ref_{n}", "name": "cited", "href": href, "showAs": shown})


def _every(statement: Statement) -> Iterable[Clause]:
    yield from statement.walk()
    for annex in statement.annexes:
        for clause in annex.clauses:
            yield from clause.walk()


def _class_iri(kind: str, jurisdiction: str, name: str) -> str:
    return f"/akn/ontology/{kind}/{jurisdiction}/{name}"


def _notes(meta: etree._Element, statement: Statement) -> None:
    if not statement.footnotes:
        return
    notes = sub(meta, "notes", {"source": _KENESH_AGENT})
    for n, note in enumerate(statement.footnotes, 1):
        facts = {
            "eId": f"note_{n}",
            "marker": note.marker,
            kenesh("clause"): note.clause,
            kenesh("at"): None if note.at is None else str(note.at),
        }
        sub(sub(notes, "note", facts), "p", text=note.text)


def _proprietary(meta: etree._Element, statement: Statement) -> None:
    own = sub(meta, "proprietary", {"source": _KENESH_AGENT})
    facts = {
        "schema": statement.schema,
        "kind": statement.kind,
        "reason": statement.reason,
        "language": statement.language,
        "iri": statement.iri,
    }
    sub(own, kenesh("statement"), facts)
    adoption = statement.adoption
    if adoption is None:
        return
    counts = {field: str(getattr(adoption, field)) for field in ("present", "entitled", "objections")}
    facts = {"how": adoption.how, "when": adoption.when, "rule": adoption.rule, **counts}
    element = sub(own, kenesh("adoption"), {**facts, "text_sha256": adoption.text_sha256})
    for voice in adoption.reservations:
        facts = {"code": voice.code, "kind": voice.kind, "clause": voice.clause, "state": voice.state}
        sub(element, kenesh("reservation"), facts, voice.text)
