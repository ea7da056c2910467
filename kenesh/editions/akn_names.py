"""Names inside an Akoma Ntoso document: namespaces, eIds that are unique, words that XML can hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

from lxml import etree

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
KENESH = "https://kenesh.example/ns/1.0"

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Names:
    """Hands out eIds and GUIDs, each once in a document."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._counts: dict[str, int] = {}
        self._ids: set[str] = set()

    def once(self, wanted: str) -> str:
        """An eId for what stands once; a second one gets `-2`."""
        made, n = wanted, 1
        while made in self._taken:
            n += 1
            made = f"{wanted}-{n}"
        self._taken.add(made)
        return made

    def counted(self, kind: str, parent: str | None = None) -> str:
        """`container_1`, `container_2`: an eId for what is counted and never has a printed number."""
        stem = f"{parent}__{kind}" if parent else kind
        self._counts[stem] = self._counts.get(stem, 0) + 1
        return self.once(f"{stem}_{self._counts[stem]}")

    def e_id(self, kind: str, number: str | None, parent: str | None = None) -> str:
        """`para_4` for the number "4.", `para_nn_1` where there is none, with the parent's eId before it.

        Source: Akoma Ntoso Naming Convention 1.0, section 5; unnumbered ones as in cobalt and bluebell.
        """
        stem = f"{parent}__{kind}" if parent else kind
        part = _number_part(number)
        if part is None:
            return self.counted(f"{kind}_nn", parent)
        return self.once(f"{stem}_{part}")

    def identity(self, clause_id: str) -> dict[str, str]:
        """The attribute that carries a clause's permanent id: GUID where it can be one, else our own."""
        fits = re.fullmatch(r"\S+", clause_id) and clause_id == xml_words(clause_id)
        if not fits or clause_id in self._ids:
            return {kenesh("id"): clause_id}
        self._ids.add(clause_id)
        return {"GUID": clause_id}


def _number_part(number: str | None) -> str | None:
    """ "4." as `4`, "(a)" as `a`, "11.2 Rev. A" as `11-2RevA`; None where no letter or digit is left."""
    if number is None:
        return None
    joined = re.sub(r"(?<=\d)\.(?=\d)", "-", number)
    return re.sub(r"[^\w-]|_", "", joined).strip("-") or None


def kenesh(name: str) -> str:
    """A name in our own namespace."""
    return f"{{{KENESH}}}{name}"


def sub(
    parent: etree._Element, tag: str, facts: Mapping[str, str | None] | None = None, text: str | None = None
) -> etree._Element:
    """A new last child in the namespace of Akoma Ntoso; facts that are None are left out."""
    name = tag if tag.startswith("{") else f"{{{AKN}}}{tag}"
    element = etree.SubElement(parent, name)
    for key, value in (facts or {}).items():
        if value is not None:
            element.set(key, xml_words(value))
    if text is not None:
        element.text = xml_words(text)
    return element


def xml_words(text: str) -> str:
    """The text with U+FFFD for each character that XML 1.0 cannot hold."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def uri(text: str) -> str:
    """The text as a URI reference: what may not stand in one is percent-encoded."""
    return quote(xml_words(text), safe="/:#?&=@!$'()*+,;~-._%")
