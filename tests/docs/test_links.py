"""Links inside the documents lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pages import ROOT, anchors, documents, without_fences

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?: \"[^\"]*\")?\)")


@pytest.mark.parametrize("path", documents(), ids=lambda p: str(p.relative_to(ROOT)))
def test_relative_links_resolve(path: Path) -> None:
    for target in LINK.findall(without_fences(path.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        found = (path.parent / name).resolve() if name else path
        assert found.exists(), f"{target} leads nowhere"
        if anchor and found.suffix == ".md":
            assert anchor in anchors(found), f"{target}: there is no such heading"


def test_every_page_of_docs_is_linked_from_another() -> None:
    linked = set()
    for path in documents():
        for target in LINK.findall(path.read_text(encoding="utf-8")):
            linked.add((path.parent / target.partition("#")[0]).resolve())
    lonely = [p for p in documents() if ROOT / "docs" in p.parents and p.resolve() not in linked]
    assert not lonely, f"nobody can find {', '.join(str(p.relative_to(ROOT)) for p in lonely)}"


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for path in documents():
        text = path.read_text(encoding="utf-8")
        named = set(re.findall(r"(?:`|^|^ +)make ([a-z-]+)", text, re.MULTILINE))
        assert named <= targets, f"{path}: no such target: {named - targets}"
