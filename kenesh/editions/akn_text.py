"""The words of a statement as Akoma Ntoso blocks: preface, preamble, main body, conclusions, annexes.

Clauses stay in their order; where each one stands follows from its kind and its neighbours:

    leading "paragraph" clauses           preface/container[@name="opening"]
    then, up to the last recital/formula  preamble: recitals/recital, formula
    then                                  mainBody: paragraph, hcontainer[@name="heading"]
    "closing" clauses at the end          conclusions/container[@name="closing"]

A clause that stands where its kind is not the usual one says so in `kenesh:kind`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from lxml import etree

from kenesh.editions.akn_names import Names, kenesh, sub, uri, xml_words
from kenesh.editions.inline import Mark, Node, NoteMark, inline
from kenesh.editions.naming import slug
from kenesh.statement.colophon import adoption_in_words, voice_in_words
from kenesh.statement.model import Adoption, Citation, Clause, Footnote, LeadingPhrase, Statement

_Parts = tuple[tuple[Clause, ...], tuple[Clause, ...], tuple[Clause, ...], tuple[Clause, ...]]


def add_text(parent: etree._Element, statement: Statement, names: Names) -> None:
    """Add preface, preamble, mainBody and conclusions of the statement itself."""
    writer = _Writer(names, statement.footnotes)
    opening, preamble, body, closing = _parts(statement.clauses)
    writer.preface(parent, statement, opening)
    writer.preamble(parent, preamble)
    writer.main_body(parent, body)
    writer.conclusions(parent, closing, statement.adoption)


def add_annex_text(
    parent: etree._Element, clauses: Sequence[Clause], notes: Sequence[Footnote], names: Names
) -> None:
    """Add the mainBody of an annex; all its clauses stand in it."""
    _Writer(names, notes).main_body(parent, clauses)


def _parts(clauses: tuple[Clause, ...]) -> _Parts:
    """Opening, preamble, body and closing: four runs that are the clauses again when joined."""
    start = _count(clauses, lambda c: c.kind == "paragraph" and _plain(c))
    end = len(clauses) - _count(clauses[start:][::-1], lambda c: c.kind == "closing" and _plain(c))
    before = start + _count(clauses[start:end], lambda c: c.kind != "operative")
    preambles = [n for n in range(start, before) if clauses[n].kind in ("preambular", "formula")]
    middle = preambles[-1] + 1 if preambles else start
    return clauses[:start], clauses[start:middle], clauses[middle:end], clauses[end:]


def _count(clauses: Sequence[Clause], holds: Callable[[Clause], bool]) -> int:
    """How many clauses at the beginning it holds for."""
    return next((n for n, clause in enumerate(clauses) if not holds(clause)), len(clauses))


def _plain(clause: Clause) -> bool:
    return clause.number is None and not clause.clauses


class _Writer:
    def __init__(self, names: Names, notes: Sequence[Footnote]) -> None:
        self._names = names
        self._notes = notes

    def preface(self, parent: etree._Element, statement: Statement, opening: Sequence[Clause]) -> None:
        preface = sub(parent, "preface")
        known = sub(preface, "container", {"name": "identification"})
        if statement.title is not None:
            sub(sub(known, "p"), "docTitle", text=statement.title)
        if statement.symbol is not None:
            sub(sub(known, "p"), "docNumber", text=statement.symbol)
        if statement.body is not None:
            sub(sub(known, "p"), "docProponent", {"refersTo": "#body"}, statement.body.name)
        if not len(known):
            preface.remove(known)
        for clause in opening:
            self._container(preface, clause, "opening", "paragraph")
        if not len(preface):
            parent.remove(preface)

    def preamble(self, parent: etree._Element, clauses: Sequence[Clause]) -> None:
        if not clauses:
            return
        preamble = sub(parent, "preamble")
        recitals: etree._Element | None = None
        recitals_id = ""
        for clause in clauses:
            if clause.kind == "formula" and _plain(clause):
                facts = self._facts(clause, "formula", self._names.counted("formula"))
                formula = sub(preamble, "formula", {"name": "enactingFormula", **facts})
                self._words(sub(formula, "p"), clause)
                recitals = None
            else:
                if recitals is None:
                    recitals_id = self._names.once("recs")
                    recitals = sub(preamble, "recitals", {"eId": recitals_id})
                self._item(recitals, "recital", clause, "preambular", recitals_id)

    def main_body(self, parent: etree._Element, clauses: Sequence[Clause]) -> None:
        body = sub(parent, "mainBody")
        for clause in clauses:
            if clause.kind == "heading" and not clause.clauses:
                facts = self._facts(clause, "heading", self._names.counted("hcontainer"))
                heading = sub(body, "hcontainer", {"name": "heading", **facts})
                self._number(heading, clause)
                self._words(sub(heading, "heading"), clause)
            else:
                self._hierarchy(body, "paragraph", clause, "operative")
        if not len(body):
            sub(body, "p")  # the schema wants something; an empty paragraph says that there is nothing

    def conclusions(
        self, parent: etree._Element, clauses: Sequence[Clause], adoption: Adoption | None
    ) -> None:
        if not clauses and adoption is None:
            return
        conclusions = sub(parent, "conclusions", {"eId": self._names.once("conclusions")})
        for clause in clauses:
            self._container(conclusions, clause, "closing", "closing")
        if adoption is not None:
            self._adoption(conclusions, adoption)

    def _adoption(self, conclusions: etree._Element, adoption: Adoption) -> None:
        """The adoption and each reservation in words, for whoever shows the document without its meta."""
        for name, words in (
            ("adoption", adoption_in_words(adoption)),
            *((voice.kind, f"{voice_in_words(voice)}: {voice.text}") for voice in adoption.reservations),
        ):
            container = sub(conclusions, "container", {"name": name, "eId": self._names.counted("container")})
            sub(container, "p", text=words)

    def _container(self, parent: etree._Element, clause: Clause, name: str, usual: str) -> None:
        facts = self._facts(clause, usual, self._names.counted("container"))
        self._words(sub(sub(parent, "container", {"name": name, **facts}), "p"), clause)

    def _hierarchy(
        self, parent: etree._Element, tag: str, clause: Clause, usual: str, within: str | None = None
    ) -> None:
        """A paragraph or point: its words as content, or as the introduction of a list of points."""
        e_id = self._names.e_id("para" if tag == "paragraph" else tag, clause.number, within)
        element = sub(parent, tag, self._facts(clause, usual, e_id))
        self._number(element, clause)
        if not clause.clauses:
            self._words(sub(sub(element, "content"), "p"), clause)
            return
        list_id = self._names.counted("list", e_id)
        listed = sub(element, "list", {"eId": list_id})
        self._words(sub(sub(listed, "intro"), "p"), clause)
        for child in clause.clauses:
            self._hierarchy(listed, "point", child, clause.kind, list_id)

    def _item(self, parent: etree._Element, tag: str, clause: Clause, usual: str, within: str) -> None:
        """A recital or item: a paragraph, or a block list with an introduction."""
        short = "rec" if tag == "recital" else tag
        numbered = clause.number is not None
        e_id = (
            self._names.e_id(short, clause.number, within) if numbered else self._names.counted(short, within)
        )
        element = sub(parent, tag, self._facts(clause, usual, e_id))
        self._number(element, clause)
        if not clause.clauses:
            self._words(sub(element, "p"), clause)
            return
        list_id = self._names.counted("list", e_id)
        listed = sub(element, "blockList", {"eId": list_id})
        self._words(sub(listed, "listIntroduction"), clause)
        for child in clause.clauses:
            self._item(listed, "item", child, clause.kind, list_id)

    def _number(self, element: etree._Element, clause: Clause) -> None:
        if clause.number is not None:
            sub(element, "num", text=clause.number)

    def _facts(self, clause: Clause, usual: str, e_id: str) -> dict[str, str | None]:
        acts = dict.fromkeys(f"#act-{slug(phrase.act)}" for phrase in clause.phrases)
        return {
            "eId": e_id,
            **self._names.identity(clause.id),
            "refersTo": " ".join(acts) or None,
            kenesh("kind"): clause.kind if clause.kind != usual else None,
            kenesh("marks"): inline(clause).beside,
        }

    def _words(self, block: etree._Element, clause: Clause) -> None:
        _append(block, inline(clause, self._notes).nodes)


def _append(element: etree._Element, nodes: Sequence[Node]) -> None:
    for node in nodes:
        if isinstance(node, str):
            _add_words(element, xml_words(node))
        elif isinstance(node, NoteMark):
            sub(element, "noteRef", {"href": f"#note_{node.n}", "marker": node.marker})
        else:
            _append(_mark(element, node), node.nodes)


def _add_words(element: etree._Element, words: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + words
    else:
        element.text = (element.text or "") + words


def _mark(element: etree._Element, mark: Mark) -> etree._Element:
    if isinstance(mark.value, LeadingPhrase):
        return sub(element, "inline", {"name": "leadingPhrase", **_phrase(mark.value)})
    if isinstance(mark.value, Citation):
        return sub(element, "ref", _citation(mark.value))
    return sub(element, "i", {"class": "lead"})


def _phrase(phrase: LeadingPhrase) -> Mapping[str, str | None]:
    return {
        "refersTo": f"#act-{slug(phrase.act)}",
        kenesh("act"): phrase.act,
        kenesh("strength"): str(phrase.strength),
        kenesh("lemma"): phrase.lemma,
        kenesh("modifier"): phrase.modifier,
        kenesh("intensifier"): phrase.intensifier,
        kenesh("possessive"): phrase.possessive,
    }


def reference_iri(citation: Citation) -> str:
    """Where a citation leads: to the work where its IRI is known, else to a reference of our own making."""
    target = citation.target or citation.text
    return uri(target) if target.startswith("/akn/") else f"/akn/ontology/reference/kenesh/{slug(target)}"


def _citation(citation: Citation) -> Mapping[str, str | None]:
    return {
        "href": reference_iri(citation),
        kenesh("target"): citation.target,
        kenesh("date"): citation.date,
    }
