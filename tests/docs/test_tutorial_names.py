"""What the tutorial tells the reader to press or open stands in a template under that very name."""

from __future__ import annotations

import re

from pages import ROOT

TUTORIAL = ROOT / "docs/tutorial.md"
TEMPLATES = ROOT / "kenesh/web/templates"
# Seats and parts of the text, which come from the demo's data.
DATA = {"Secretariat", "Chair", "Chair (Elmara)", "Kesteria", "Avenor", "Norvask", "OP4", "P14"}


def named() -> set[str]:
    bold = re.findall(r"\*\*(.+?)\*\*", TUTORIAL.read_text(encoding="utf-8"), re.DOTALL)
    names = {" ".join(words.split()) for words in bold}
    return {n for n in names - DATA if "as it stands" not in n and not n.startswith("Strongly")}


def patterns() -> list[re.Pattern[str]]:
    """Every piece of text between two tags of the templates; what is filled in matches anything."""
    found = []
    for path in TEMPLATES.rglob("*.html"):
        source = re.sub(r"<span class=\"unseen\">.*?</span>", "", path.read_text(encoding="utf-8"))
        inner = re.findall(r">([^<>]*(?:\{\{.*?\}\}[^<>]*)*)<", re.sub(r"\{#.*?#\}|\{%.*?%\}", "", source))
        for text in inner:
            literal = re.split(r"\{\{.*?\}\}", " ".join(text.split()))
            if sum(len(part.strip()) for part in literal) >= 3:
                found.append(re.compile(".*?".join(re.escape(part) for part in literal)))
        found += [re.compile(re.escape(word)) for word in re.findall(r"'([A-Z][A-Za-z ]+)'", source)]
    return found


def test_every_name_in_the_tutorial_stands_in_a_template() -> None:
    known = patterns()
    missing = [name for name in sorted(named()) if not any(p.fullmatch(name) for p in known)]
    assert len(named()) > 30, "the tutorial names nothing"
    assert not missing, f"not in the pages under this name: {missing}"
