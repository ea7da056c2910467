"""Reading Akoma Ntoso that others wrote, the United Nations first.

What the UN's own files do, and what is made of it here:

* recitals stand in `container` elements whose name is their leading phrase: preambular clauses;
* operative paragraphs are `paragraph` with `num` and `content`, lists in `list/intro/point` or `blockList`;
* a declaration that a resolution adopts stands in an `embeddedStructure` inside a `p`: its clauses follow;
* footnotes stand in the middle of their sentence; symbol, title and body on the cover page;
* dates that are not known are `0001-01-01`; the name of the work ends with a slash.

What has no place of its own becomes a plain paragraph, so that no words are lost. Other XML comes back as
kind "other". Deliberative documents of AKN4UN are always `statement`; anything else is none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec
from lxml import etree

from kenesh.reading.blocks import one_line
from kenesh.reading.errors import EmptyInput
from kenesh.reading.marks import mark
from kenesh.statement.hashes import derived_id
from kenesh.statement.model import (
    Annex,
    BodyRef,
    Clause,
    ClauseKind,
    Footnote,
    MeetingRef,
    Source,
    Statement,
    StatementKind,
)

if TYPE_CHECKING:
    from kenesh.bodies import Profile

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
_KINDS: dict[str, StatementKind] = {
    "resolution": "resolution",
    "decision": "decision",
    "declaration": "declaration",
    "communique": "communique",
    "jointStatement": "joint-statement",
    "presidentialStatement": "presidential-statement",
    "pressStatement": "press-statement",
    "pressRelease": "press-statement",
    "officialStatement": "chair-statement",
    "chairStatement": "chair-statement",
}
_LISTS = frozenset(("list", "blockList", "sublist"))
_ITEMS = frozenset(("point", "item", "indent", "paragraph", "subparagraph", "alinea"))
_OUTER = frozenset(("recitals", "citations", "embeddedStructure", "list", "blockList", "sublist"))
_DIVISIONS = frozenset(
    ("section", "part", "chapter", "title", "article", "subsection", "division", "hcontainer")
)
_HEADS = frozenset(("heading", "subheading", "crossHeading", "longTitle"))
_BLOCKS = frozenset(("p", "content", "intro", "list", "blockList", "block", "listIntroduction"))
_NEAR = 60  # characters within which a sentence comes to its verb: "The Security Council strongly condemns"
_ASIDE = frozenset(("authorialNote", "noteRef", "embeddedStructure", "meta"))


def read_other(root: etree._Element, source: Source, profiles: Sequence[Profile] = ()) -> Statement:
    """Read a statement from Akoma Ntoso that is not an edition of ours.

    Args:
        root: as `kenesh.reading.xml.parse` gives it.
        source: the file it came from.
        profiles: bodies whose name may be the author's.

    Raises:
        EmptyInput: XML without any words.
    """
    document = next(root.iter(f"{AKN}statement"), None)
    if document is None:
        reader = _Reader()
        kind = _local(root[0]) if _local(root) == "akomaNtoso" and len(root) else _local(root)
        clauses = tuple(reader.plain(root))
        if not clauses:
            raise EmptyInput(name=source.file, reason=f"XML without words: {kind}")
        return Statement(kind="other", reason=f"XML of another kind: {kind}", clauses=clauses, source=source)
    reader = _Reader()
    clauses = tuple(reader.clauses(document))
    name = document.get("name", "").removesuffix("Draft")
    kind_found = _KINDS.get(name, "other")
    return Statement(
        kind=kind_found,
        reason=f"a document of the class {name!r}" if kind_found == "other" else None,
        title=_title(document),
        symbol=_symbol(document),
        iri=_iri(document),
        language=_language(document),
        body=_body(document, profiles),
        meeting=_meeting(document),
        clauses=clauses,
        annexes=tuple(reader.annexes(document)),
        footnotes=tuple(reader.footnotes),
        source=source,
    )


class _Reader:
    """Walks a document once; ids are derived from content, footnotes are gathered on the way."""

    def __init__(self) -> None:
        self.footnotes: list[Footnote] = []
        self._taken: set[str] = set()
        self._same: Counter[tuple[str, str]] = Counter()

    def _id(self, kind: str, text: str) -> str:
        self._same[kind, text] += 1
        return derived_id(kind, text, self._taken, self._same[kind, text] - 1)

    def clauses(self, document: etree._Element) -> Iterator[Clause]:
        """The clauses of a document, part by part."""
        for part in ("preamble", "mainBody", "conclusions"):
            for element in document.findall(f"{AKN}{part}/*"):
                yield from self._visit(element, part)

    def annexes(self, document: etree._Element) -> Iterator[Annex]:
        """The attachments of a document, each with its heading or title."""
        for attachment in document.findall(f"{AKN}attachments/{AKN}attachment"):
            heading = attachment.find(f"{AKN}heading")
            title = attachment.find(f".//{AKN}docTitle") if heading is None else heading
            yield Annex(_words(title), tuple(c for doc in attachment for c in self.clauses(doc)))

    def plain(self, root: etree._Element) -> Iterator[Clause]:
        """Each run of words as a paragraph, nothing marked: for XML that is no statement."""
        for element in root.iter(etree.Element):
            for words in (element.text, element.tail):
                if text := one_line(words or ""):
                    yield Clause(id=self._id("paragraph", text), kind="paragraph", text=text)

    def _visit(self, element: etree._Element, part: str) -> Iterator[Clause]:
        local = _local(element)
        if local in _OUTER:
            yield from self._each(element, part)
        elif local in _DIVISIONS:
            yield from self._division(element, part)
        elif local in _HEADS:
            yield from self._made(element, "heading", [element])
        elif local in ("formula", "container", "recital") and part == "preamble":
            is_formula = local == "formula" or element.get("name") == "formula"
            yield from self._item(element, "formula" if is_formula else "preambular")
        elif local == "container" and element.find(f"{AKN}paragraph") is not None:
            yield from self._each(element, part)
        else:
            yield from self._item(element, "closing" if part == "conclusions" else None)

    def _each(self, element: etree._Element, part: str) -> Iterator[Clause]:
        """The clauses of what a wrapper holds; a container in an embedded text is a recital of its own."""
        inner = "preamble" if _local(element) in ("recitals", "citations") else part
        for child in element:
            embedded = _local(element) == "embeddedStructure" and _local(child) == "container"
            yield from self._visit(child, "preamble" if embedded else inner)

    def _division(self, element: etree._Element, part: str) -> Iterator[Clause]:
        heads = [child for child in element if _local(child) in _HEADS]
        if heads or element.find(f"{AKN}num") is not None:
            yield from self._made(element, "heading", heads)
        for child in element:
            if _local(child) not in _HEADS | {"num"}:
                yield from self._visit(child, part)

    def _item(self, element: etree._Element, kind: ClauseKind | None) -> Iterator[Clause]:
        """A paragraph, recital or block, with its headings before it and embedded texts after it."""
        for head in (child for child in element if _local(child) in _HEADS):
            yield from self._made(head, "heading", [head])
        yield from self._made(element, kind, _blocks(element))
        for embedded in element.iter(f"{AKN}embeddedStructure"):
            if not any(_local(up) == "embeddedStructure" for up in embedded.iterancestors()):
                yield from self._each(embedded, "mainBody")

    def _made(
        self, element: etree._Element, kind: ClauseKind | None, blocks: Sequence[etree._Element]
    ) -> Iterator[Clause]:
        number = one_line(_words(element.find(f"{AKN}num"))) or None
        flow = _Flow()
        for block in blocks:
            flow.add(block)
        below = [item for found in _lists(element) for item in found if _local(item) in _ITEMS]
        text = flow.text
        if not text and not below:
            return
        own = kind or _operative_or_plain(text, number)
        clause_id = self._id(own, text)
        self.footnotes += [
            Footnote(marker, words, clause_id, min(at, len(text))) for marker, words, at in flow.notes
        ]
        bare = Clause(id=clause_id, kind=own, text=text, number=number)
        yield msgspec.structs.replace(
            _with_lead(mark(bare), flow.lead),
            clauses=tuple(c for item in below for c in self._made(item, own, _blocks(item))),
        )


class _Flow:
    """Words on one line, with the places of the footnotes among them and the italics they begin with.

    Each word is looked at once: a sentence with thousands of footnotes costs no more than its length.
    """

    def __init__(self) -> None:
        self.lead: str | None = None
        self.notes: list[tuple[str, str, int]] = []
        self._parts: list[str] = []
        self._length = 0
        self._open = False  # whether a space is owed before the next word

    @property
    def text(self) -> str:
        """All words so far, NFC, on one line."""
        return one_line("".join(self._parts))

    def add(self, block: etree._Element) -> None:
        """Take in one block of words; blocks are kept apart by a space."""
        self._add(" ")
        self._walk(block)

    def _add(self, words: str | None) -> None:
        if not words:
            return
        folded = one_line(words)
        if words[0].isspace() or not folded:
            self._open = True
        if folded:
            owed = " " if self._open and self._length else ""
            self._parts.append(owed + folded)
            self._length += len(owed) + len(folded)
            self._open = words[-1].isspace()

    def _walk(self, element: etree._Element) -> None:
        self._add(element.text)
        for child in element:
            local = _local(child)
            if local == "authorialNote":
                self.notes.append((child.get("marker", ""), one_line(_words(child)), self._length))
            elif local == "eol":
                self._add(" ")
            elif local not in _ASIDE | _LISTS:
                self._inside(child)
            self._add(child.tail)

    def _inside(self, child: etree._Element) -> None:
        is_first = self._length == 0
        self._walk(child)
        italic = _local(child) == "i" or "italic" in child.get("class", "")
        if is_first and italic and self.lead is None:
            self.lead = one_line(_words(child)).rstrip(" ,:;") or None


def _blocks(element: etree._Element) -> list[etree._Element]:
    """The elements that hold the own words of an item, in order; those of its sub-items are left out."""
    local = _local(element)
    if local in ("p", "listIntroduction", "block") or not any(_local(c) in _BLOCKS for c in element):
        return [element]
    found: list[etree._Element] = []
    for child in element:
        if _local(child) in ("content", "intro", "wrapUp", "list", "blockList", "blockContainer"):
            found += [
                inner for inner in child if _local(inner) in ("p", "listIntroduction", "block", "intro")
            ]
        elif _local(child) not in _HEADS | _ITEMS | {"num"}:
            found.append(child)
    return found


def _lists(element: etree._Element) -> list[etree._Element]:
    """The lists directly below an item, wherever its words hold them; lists in lists stand below these."""
    found: list[etree._Element] = []
    for child in element:
        if _local(child) in _LISTS:
            found.append(child)
        elif _local(child) in ("content", "intro", "p", "blockContainer"):
            found += _lists(child)
    return found


def _operative_or_plain(text: str, number: str | None) -> ClauseKind:
    """A numbered paragraph acts; an unnumbered one acts if it speaks with a leading phrase."""
    if number is not None:
        return "operative"
    guess = mark(Clause(id="", kind="operative", text=text))
    return "operative" if guess.phrases and guess.phrases[0].span[0] < _NEAR else "paragraph"


def _with_lead(clause: Clause, lead: str | None) -> Clause:
    """The lead as it was set in italics, where the clause does begin with it; headings have none."""
    if lead is None or clause.kind == "heading" or not clause.text.startswith(lead):
        return clause
    return msgspec.structs.replace(clause, lead=lead)


def _title(document: etree._Element) -> str | None:
    titles = [*document.iterfind(f"{AKN}preface//{AKN}docTitle"), *document.iterfind(f".//{AKN}docTitle")]
    return next((words for title in titles if (words := one_line(_words(title)))), None)


def _symbol(document: etree._Element) -> str | None:
    numbers = [
        *document.iterfind(f"{AKN}coverPage//{AKN}docNumber"),
        *document.iterfind(f".//{AKN}docNumber"),
    ]
    return next((words for number in numbers if (words := one_line(_words(number)).rstrip("."))), None)


def _iri(document: etree._Element) -> str | None:
    found = document.find(f".//{AKN}FRBRWork/{AKN}FRBRuri")
    return None if found is None else found.get("value", "").rstrip("/") or None


def _language(document: etree._Element) -> str:
    found = document.find(f".//{AKN}FRBRExpression/{AKN}FRBRlanguage")
    return "eng" if found is None else found.get("language") or "eng"


def _body(document: etree._Element, profiles: Sequence[Profile]) -> BodyRef | None:
    author = document.find(f".//{AKN}FRBRWork/{AKN}FRBRauthor")
    wanted = "" if author is None else author.get("href", "").lstrip("#")
    named = [o.get("showAs", "") for o in document.iter(f"{AKN}TLCOrganization") if o.get("eId") == wanted]
    issuing = [_words(a) for a in document.iter(f"{AKN}docAuthority") if a.get("refersTo") == "#issuingBody"]
    name = next((words for raw in (*issuing, *named) if (words := one_line(raw))), None)
    if name is None:
        return None
    known = (p.id for p in profiles if p.name.casefold() == name.casefold())
    return BodyRef(name, next(known, None))


def _meeting(document: etree._Element) -> MeetingRef | None:
    found = document.find(f".//{AKN}FRBRWork/{AKN}FRBRdate")
    date = None if found is None or found.get("date", "").startswith("0001") else found.get("date")
    session = one_line(_words(document.find(f".//{AKN}session"))) or None
    return MeetingRef(session=session, start=date, end=date) if date or session else None


def _local(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def _words(element: etree._Element | None) -> str:
    return "" if element is None else "".join(str(part) for part in element.itertext())
