"""Parsing XML that may be hostile: nothing is fetched or expanded, a document type is refused."""

from __future__ import annotations

from lxml import etree

from kenesh.reading.errors import BrokenXml, HostileXml

_DOCTYPE = "<!DOCTYPE"
_MAX_DEPTH = 100  # real statements stay below 20


def parse(data: bytes, name: str) -> etree._Element:
    """The root element of an XML document.

    Raises:
        HostileXml: it declares a document type, or nests deeper than any text does.
        BrokenXml: it is not well-formed, or larger than libxml2's own limits.
    """
    if any(_DOCTYPE.encode(code) in data for code in ("ascii", "utf-16-le", "utf-16-be")):
        raise HostileXml(name=name, reason="it declares a document type (DTD)")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BrokenXml(name=name, reason=f"not well-formed: {error}") from error
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
        raise HostileXml(name=name, reason="it declares a document type (DTD)")
    if _depth(root) > _MAX_DEPTH:
        raise HostileXml(name=name, reason=f"elements nest deeper than {_MAX_DEPTH}")
    return root


def _depth(root: etree._Element) -> int:
    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest
