"""Reading Akoma Ntoso: our own editions give the statement back whole, other files what they hold of one.

Our own are known by `kenesh:statement` in `proprietary`; words under marks are `inline`, `ref` and `i`.
Where another body's file lies before us, see `kenesh.reading.akn_other`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

import msgspec
from lxml import etree

from kenesh.reading import xml
from kenesh.reading.inline import BadEdition, Gather
from kenesh.statement.model import (
    Adoption,
    Annex,
    BodyRef,
    Clause,
    ClauseKind,
    Footnote,
    MeetingRef,
    Participant,
    Reservation,
    Source,
    Statement,
)

if TYPE_CHECKING:
    from kenesh.bodies import Profile

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
KENESH = "{https://kenesh.example/ns/1.0}"
_USUAL = {
    "recital": "preambular",
    "formula": "formula",
    "hcontainer": "heading",
    "paragraph": "operative",
}
_CONTAINERS = {"opening": "paragraph", "closing": "closing"}
_WORDS = ("content/p", "list/intro/p", "blockList/listIntroduction", "heading", "p")


def read_akn(data: bytes, name: str, profiles: Sequence[Profile] = ()) -> Statement:
    """Read a statement from Akoma Ntoso.

    Args:
        data: the file.
        name: its name, for `source` and for errors.
        profiles: bodies that another's text may be recognized as the voice of.

    Raises:
        HostileXml: it declares a document type.
        BrokenXml: it is not well-formed.
        BadEdition: it says it is an edition of ours, but a fact in it cannot be.
        EmptyInput: XML without any words.
    """
    root = xml.parse(data, name)
    source = Source(file=name, sha256=hashlib.sha256(data).hexdigest())
    if root.find(f".//{AKN}proprietary/{KENESH}statement") is None:
        from kenesh.reading.akn_other import read_other

        return read_other(root, source, profiles)
    try:
        return _statement(_need(root, "statement"), source)
    except (LookupError, ValueError, RecursionError) as error:  # msgspec's errors are ValueErrors
        raise BadEdition(name=name, reason=f"not a whole edition: {error}") from error


def _statement(found: etree._Element, source: Source) -> Statement:
    meta = _need(found, "meta")
    own = _need(meta, f"proprietary/{KENESH}statement")
    made = {
        **_plain_facts(own),
        "title": _words(_find(found, "preface/container/p/docTitle")),
        "symbol": _words(_find(found, "preface/container/p/docNumber")),
    }
    return msgspec.structs.replace(
        msgspec.convert(made, Statement),
        body=_body(found, meta),
        meeting=_meeting(meta),
        participants=tuple(map(_participant, _all(meta, "references/TLCPerson"))),
        clauses=tuple(_clauses(found)),
        footnotes=tuple(map(_footnote, _all(meta, "notes/note"))),
        annexes=tuple(map(_annex, _all(found, "attachments/attachment"))),
        adoption=_adoption(_find(meta, f"proprietary/{KENESH}adoption")),
        source=source,
    )


def _body(found: etree._Element, meta: etree._Element) -> BodyRef | None:
    name = _words(_find(found, "preface/container/p/docProponent"))
    known = _need(meta, "references/TLCOrganization")
    return None if name is None else BodyRef(name, known.get(f"{KENESH}id"))


def _meeting(meta: etree._Element) -> MeetingRef | None:
    event = _find(meta, "references/TLCEvent")
    return None if event is None else msgspec.convert(_own_facts(event), MeetingRef)


def _participant(person: etree._Element) -> Participant:
    return msgspec.convert({**_own_facts(person), "name": person.get("showAs")}, Participant)


def _footnote(note: etree._Element) -> Footnote:
    made = {**_own_facts(note), "marker": note.get("marker"), "text": _words(_find(note, "p"))}
    return msgspec.convert(made, Footnote, strict=False)


def _annex(attachment: etree._Element) -> Annex:
    title = _words(_need(attachment, "heading")) or ""
    return Annex(title, tuple(_clauses(_need(attachment, "doc"))))


def _adoption(element: etree._Element | None) -> Adoption | None:
    if element is None:
        return None
    adoption = msgspec.convert(_plain_facts(element), Adoption, strict=False)
    voices = tuple(
        msgspec.convert({**_plain_facts(voice), "text": voice.text or ""}, Reservation) for voice in element
    )
    return msgspec.structs.replace(adoption, reservations=voices)


def _clauses(document: etree._Element) -> Iterator[Clause]:
    """The clauses of a document in the order of their elements."""
    for path in ("preface", "preamble", "mainBody", "conclusions"):
        for element in _all(document, f"{path}/*"):
            local = _local(element)
            if local == "recitals":
                yield from (_clause(recital, "preambular") for recital in element)
            elif local == "container" and element.get("name") in _CONTAINERS:
                yield _clause(element, _CONTAINERS[element.get("name", "")])
            elif local in _USUAL:
                yield _clause(element, _USUAL[local])


def _clause(element: etree._Element, usual: str) -> Clause:
    kind = msgspec.convert(element.get(f"{KENESH}kind", usual), ClauseKind)
    block = next((block for path in _WORDS if (block := _find(element, path)) is not None), None)
    if block is None:
        raise LookupError(f"no words in {_local(element)}")
    gather = Gather()
    _gather(block, gather)
    below = [*_all(element, "list/point"), *_all(element, "blockList/item")]
    return gather.clause(
        id=element.get(f"{KENESH}id") or element.get("GUID") or "",
        kind=kind,
        number=_words(_find(element, "num")),
        clauses=tuple(_clause(child, kind) for child in below),
        beside=element.get(f"{KENESH}marks"),
    )


def _gather(element: etree._Element, gather: Gather) -> None:
    """The words of a block with their marks; the places of footnotes are no words."""
    gather.words(element.text or "")
    for child in element:
        with _mark(child, gather):
            _gather(child, gather)
        gather.words(child.tail or "")


def _mark(element: etree._Element, gather: Gather) -> AbstractContextManager[None]:
    match _local(element), element.get("name") or element.get("class"):
        case "i", "lead":
            return gather.mark("lead", {})
        case "inline", "leadingPhrase":
            return gather.mark("phrase", _own_facts(element))
        case "ref", _:
            return gather.mark("citation", _own_facts(element))
        case _:
            return nullcontext()


def _own_facts(element: etree._Element) -> dict[str, str]:
    """The attributes in our namespace, with names as the model has them."""
    return {
        str(key).removeprefix(KENESH): str(value)
        for key, value in element.attrib.items()
        if str(key).startswith(KENESH)
    }


def _plain_facts(element: etree._Element) -> dict[str, str]:
    """The attributes of an element of our own."""
    return {str(key): str(value) for key, value in element.attrib.items()}


def _path(path: str) -> str:
    """A path of local names in the namespace of Akoma Ntoso; names with one of their own keep it."""
    if "{" in path:
        head, _, tail = path.partition("{")
        return "/".join([f"{AKN}{part}" for part in head.split("/") if part] + ["{" + tail])
    return "/".join(part if part == "*" else f"{AKN}{part}" for part in path.split("/"))


def _find(element: etree._Element, path: str) -> etree._Element | None:
    return element.find(_path(path))


def _all(element: etree._Element, path: str) -> list[etree._Element]:
    return element.findall(_path(path))


def _need(element: etree._Element, path: str) -> etree._Element:
    if (found := _find(element, path)) is None:
        raise LookupError(f"no {path.replace(KENESH, 'kenesh:')} in {_local(element)}")
    return found


def _local(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def _words(element: etree._Element | None) -> str | None:
    return None if element is None else "".join(str(part) for part in element.itertext())
