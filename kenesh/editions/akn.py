"""A statement as Akoma Ntoso 1.0 (OASIS, August 2018), in the shape of AKN4UN's deliberative documents.

* `<statement>` with `@name` for the kind; title, symbol and body in the preface, recitals and formula in the
  preamble, numbered paragraphs in the main body, closing words in the conclusions, annexes as attachments.
* `eId` comes from the printed number (`para_4`) or counts what has none (`para_nn_1`); the permanent id of a
  clause is its `GUID`. Renumbering changes the first and never the second.
* What Akoma Ntoso has no place for stands in attributes and elements of the namespace `KENESH`; with them
  `kenesh.reading.akn` gives back the very statement, without them the document is still valid.
* No clock: dates are those of the adoption or of the meeting, else `0001-01-01`.

Source: Akoma Ntoso Version 1.0 Part 2 (schema) and the Naming Convention; AKN4UN part 2 on statements.
"""

from __future__ import annotations

from lxml import etree

from kenesh.editions.akn_meta import add_identification, add_meta
from kenesh.editions.akn_names import AKN, KENESH, Names, sub
from kenesh.editions.akn_text import add_annex_text, add_text
from kenesh.statement.model import Statement

NAMES = {
    "joint-statement": "jointStatement",
    "declaration": "declaration",
    "communique": "communique",
    "resolution": "resolution",
    "decision": "decision",
    "presidential-statement": "presidentialStatement",
    "press-statement": "pressStatement",
    "chair-statement": "chairStatement",
    "other": "other",
}
_MIXED = frozenset(f"{{{AKN}}}{name}" for name in ("p", "num", "heading", "listIntroduction"))


def to_akn(statement: Statement) -> bytes:
    """The document, UTF-8, valid against the OASIS schema.

    Characters that XML cannot hold (control characters) are replaced by U+FFFD.
    """
    spaces: dict[str | None, str] = {None: AKN, "kenesh": KENESH}
    root = etree.Element(f"{{{AKN}}}akomaNtoso", nsmap=spaces)  # type: ignore[arg-type]
    name = {"name": NAMES[statement.kind], "contains": "originalVersion"}
    element = sub(root, "statement", name)
    names = Names()
    add_meta(element, statement)
    add_text(element, statement, names)
    _attachments(element, statement, names)
    _indent(root, 0)
    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return data + b"\n"


def _attachments(element: etree._Element, statement: Statement, names: Names) -> None:
    if not statement.annexes:
        return
    attachments = sub(element, "attachments")
    for n, annex in enumerate(statement.annexes, 1):
        attachment = sub(attachments, "attachment", {"eId": names.once(f"att_{n}")})
        sub(attachment, "heading", text=annex.title)
        doc = sub(attachment, "doc", {"name": "annex", "contains": "originalVersion"})
        add_identification(sub(doc, "meta"), statement, f"annex_{n}")
        add_annex_text(doc, annex.clauses, statement.footnotes, names)


def _indent(element: etree._Element, depth: int) -> None:
    """Set structure on lines of its own; words are left as they are."""
    if element.tag in _MIXED or not len(element):
        return
    element.text = "\n" + "  " * (depth + 1)
    for child in element:
        _indent(child, depth + 1)
        child.tail = "\n" + "  " * (depth + 1)
    element[-1].tail = "\n" + "  " * depth
