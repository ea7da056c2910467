"""The documents of the tree, and what they hold: links, fenced blocks, commands."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import msgspec

ROOT = Path(__file__).parents[2]
LEFT_OUT = {".git", ".venv", "data", "build", "dist", "__pycache__", "node_modules"}


class Fence(msgspec.Struct, frozen=True):
    """A fenced block: its language, the words behind it, and its lines."""

    language: str
    words: dict[str, str]
    lines: tuple[str, ...]
    at: int  # line of the document, from 1


def tree() -> Iterator[Path]:
    """Every file that belongs to the project."""
    git = shutil.which("git") or "true"
    listed = subprocess.run(
        [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0 and listed.stdout:
        names = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
        yield from (path for path in names if path.is_file())
        return
    for path in ROOT.rglob("*"):
        inner = path.relative_to(ROOT).parts
        if path.is_file() and not LEFT_OUT & set(inner) and not any(p.endswith("_cache") for p in inner):
            yield path


def documents() -> list[Path]:
    """Every page in Markdown, in order of its path."""
    return sorted(p for p in tree() if p.suffix == ".md")


def fences(path: Path) -> tuple[Fence, ...]:
    """The fenced blocks of a page. `console server=yes` has no words beside `server`."""
    found: list[Fence] = []
    info, lines, start = "", [], 0
    for at, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("```") and not info:
            info, lines, start = line.strip("`").strip() or "plain", [], at
        elif line.startswith("```"):
            language, *words = info.split()
            said = dict(w.partition("=")[::2] for w in words)
            found.append(Fence(language, said, tuple(lines), start))
            info = ""
        else:
            lines.append(line)
    assert not info, f"{path}: a block is not closed"
    return tuple(found)


def without_fences(text: str) -> str:
    return re.sub(r"(?ms)^```.*?^```", "", text)


def anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, as they are made on common forges."""
    text = without_fences(path.read_text(encoding="utf-8"))
    made = set()
    for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE):
        plain = re.sub(r"[^\w\- ]", "", heading.strip().lower())
        made.add(plain.replace(" ", "-"))
    return made
