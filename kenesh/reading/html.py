"""Reading web pages: our own editions give the statement back whole, other pages are read from their blocks.

Our own pages carry each fact as the words of an element or as a `data-` attribute, as `kenesh.editions.html`
writes them; words under marks are elements inside `span.words`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

import msgspec
from selectolax.lexbor import LexborNode

from kenesh.reading.decode import decode
from kenesh.reading.inline import BadEdition, Gather
from kenesh.reading.soup import parse
from kenesh.statement.model import (
    SCHEMA,
    Adoption,
    Annex,
    BodyRef,
    Clause,
    Footnote,
    MeetingRef,
    Participant,
    Reservation,
    Source,
    Statement,
)

if TYPE_CHECKING:
    from kenesh.bodies import Profile


def read_html(data: bytes, name: str, profiles: Sequence[Profile] = ()) -> Statement:
    """Read a page, ours or another's.

    Args:
        data: the page; our own are UTF-8, others as they say or as their bytes look.
        name: the file, for `source` and for errors.
        profiles: bodies that the grammar may recognize in another's page.

    Raises:
        BadEdition: it says it is an edition of ours, but a fact in it cannot be.
        BadInput: another's page that has no text, or one that nests without end.
    """
    if f'data-schema="{SCHEMA}"'.encode() in data:
        tree = parse(decode(data, name), name)
        article = tree.css_first("article.statement[data-schema]")
        if article is not None:
            return _own(article, Source(file=name, sha256=hashlib.sha256(data).hexdigest()))
    from kenesh.reading.pages import read_page  # the grammar is needed for other pages only

    return read_page(data, name, profiles)


def _own(article: LexborNode, source: Source) -> Statement:
    try:
        return _statement(article, source)
    except (LookupError, ValueError, RecursionError) as error:  # msgspec's errors are ValueErrors
        raise BadEdition(name=source.file, reason=f"not a whole edition: {error}") from error


def _statement(article: LexborNode, source: Source) -> Statement:
    header, footer = _need(article, "header"), _need(article, "footer")
    body, meeting = _find(header, "p.body"), _find(header, "p.meeting")
    made = {
        **_facts(article),
        "title": _text_of(_find(header, "h1.title")),
        "symbol": _text_of(_find(header, "p.symbol")),
        "iri": _text_of(footer.css_first("dd.iri")),
        "source": source,
    }
    return msgspec.structs.replace(
        msgspec.convert(made, Statement),
        body=None if body is None else BodyRef(_plain(body), _facts(body).get("id")),
        meeting=None if meeting is None else msgspec.convert(_facts(meeting), MeetingRef),
        participants=tuple(map(_participant, article.css("section.attendance > ul > li"))),
        clauses=_clauses(_need(article, "div.text")),
        footnotes=tuple(map(_footnote, article.css("section.footnotes > p.footnote"))),
        annexes=tuple(map(_annex, (found for found in _children(article) if _is(found, "section.annex")))),
        adoption=_adoption(_find(footer, "section.adoption")),
    )


def _participant(item: LexborNode) -> Participant:
    made = {
        **_facts(item),
        "name": _plain(_need(item, "span.name")),
        "title": _text_of(_find(item, "span.post")),
        "state": _text_of(_find(item, "span.state")),
    }
    return msgspec.convert(made, Participant)


def _annex(section: LexborNode) -> Annex:
    return Annex(_plain(_need(section, "h2.title")), _clauses(section))


def _footnote(note: LexborNode) -> Footnote:
    made = {**_facts(note), "text": _plain(_need(note, "span.words"))}
    return msgspec.convert(made, Footnote, strict=False)


def _adoption(section: LexborNode | None) -> Adoption | None:
    if section is None:
        return None
    rule = section.css_first("span.rule")
    made = {
        **_facts(section),
        "rule": _text_of(rule),
        "text_sha256": _text_of(section.parent.css_first("dd.sha256") if section.parent else None),
    }
    adoption = msgspec.convert(made, Adoption, strict=False)
    voices = tuple(map(_voice, section.css("div.voice")))
    return msgspec.structs.replace(adoption, reservations=voices)


def _voice(division: LexborNode) -> Reservation:
    return msgspec.convert({**_facts(division), "text": _plain(_need(division, "p.words"))}, Reservation)


def _clauses(parent: LexborNode | None) -> tuple[Clause, ...]:
    if parent is None:
        return ()
    return tuple(_clause(found) for found in _children(parent) if _is(found, "div.clause"))


def _clause(division: LexborNode) -> Clause:
    line = _find(division, "p") or _need(division, "h2")
    facts = _facts(division)
    gather = Gather()
    _gather(_need(line, "span.words"), gather)
    bare = msgspec.convert({"id": _attribute(division, "id"), "kind": facts["kind"], "text": ""}, Clause)
    return gather.clause(
        id=bare.id,
        kind=bare.kind,
        number=_text_of(_find(line, "span.number")),
        clauses=_clauses(_find(division, "div.clauses")),
        beside=facts.get("marks"),
    )


def _gather(node: LexborNode, gather: Gather) -> None:
    """The words below a node, with their marks; the places of footnotes are no words."""
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            gather.words(child.text_content or "")
        elif not _is(child, "sup.noteref"):
            with _mark(child, gather):
                _gather(child, gather)


def _mark(node: LexborNode, gather: Gather) -> AbstractContextManager[None]:
    for selector, kind in (("em.lead", "lead"), ("span.act", "phrase"), ("cite", "citation")):
        if _is(node, selector):
            return gather.mark(kind, _facts(node))
    return nullcontext()


def _facts(node: LexborNode) -> dict[str, str]:
    """The `data-` attributes, with names as the model has them."""
    return {
        key.removeprefix("data-"): value or ""
        for key, value in node.attributes.items()
        if key.startswith("data-")
    }


def _attribute(node: LexborNode, key: str) -> str:
    return node.attributes[key] or ""


def _children(node: LexborNode) -> Iterator[LexborNode]:
    return iter(node.iter())


def _is(node: LexborNode, selector: str) -> bool:
    tag, _, kind = selector.partition(".")
    return node.tag == tag and (not kind or kind in (node.attributes.get("class") or "").split())


def _find(node: LexborNode, selector: str) -> LexborNode | None:
    """The first child, not deeper, that is "tag.class"."""
    return next((found for found in _children(node) if _is(found, selector)), None)


def _need(node: LexborNode, selector: str) -> LexborNode:
    if (found := _find(node, selector)) is None:
        raise LookupError(f"no {selector} in {node.tag}")
    return found


def _plain(node: LexborNode) -> str:
    return node.text(deep=True) or ""


def _text_of(node: LexborNode | None) -> str | None:
    return None if node is None else _plain(node)
