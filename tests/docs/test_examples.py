"""The commands in the documents run, and print what the documents say.

In a page, a block ```text file=NAME (or toml, json …) is a sample file. In a ```console block, each line that
begins with `$ kenesh` is carried out in the page's own folder, in order, beside a copy of `kenesh/demo/data`;
`exit=N` behind `console` is the exit code expected of its last command. The other lines must stand in what
was printed, in order; `…` stands for anything. A block marked `server` needs a running server or another
program and is not carried out. ```python blocks are carried out too, in order, with one set of names a page.
"""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from pathlib import Path

import pytest
from pages import ROOT, Fence, documents, fences

import kenesh.cli

SHOWN = [p for p in documents() if any(f.language in ("console", "python") for f in fences(p))]


@pytest.mark.parametrize("path", SHOWN, ids=lambda p: str(p.relative_to(ROOT)))
def test_commands_in_a_page_run_and_print_what_it_says(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "kenesh/demo/data", tmp_path / "kenesh/demo/data")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "1000")
    monkeypatch.delenv("KENESH_DATA", raising=False)
    names: dict[str, object] = {}
    for fence in fences(path):
        if fence.language == "python":
            exec(compile("\n".join(fence.lines), f"{path}:{fence.at}", "exec"), names)
        elif "file" in fence.words:
            made = tmp_path / fence.words["file"]
            made.parent.mkdir(parents=True, exist_ok=True)
            made.write_text("\n".join(fence.lines) + "\n", encoding="utf-8")
        elif fence.language == "console" and "server" not in fence.words:
            _carry_out(fence, monkeypatch, capsys)


def _carry_out(fence: Fence, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    steps: list[tuple[str, list[str]]] = []
    for line in fence.lines:
        if line.startswith("$ "):
            steps.append((line.removeprefix("$ "), []))
        elif line.strip():
            steps[-1][1].append(line)
    for nth, (command, expected) in enumerate(steps, start=1):
        words, _, into = command.partition(" > ")
        name, *arguments = shlex.split(words)
        assert name == "kenesh", f"line {fence.at}: only kenesh is carried out, not {name}"
        monkeypatch.setattr(sys, "argv", ["kenesh", *arguments])
        with pytest.raises(SystemExit) as left:
            kenesh.cli.main()
        out, err = capsys.readouterr()
        if into:
            Path(into.strip()).write_text(out, encoding="utf-8")
        code = int(fence.words.get("exit", "0")) if nth == len(steps) else 0
        assert (left.value.code or 0) == code, f"line {fence.at}: {command}\n{out}{err}"
        _holds(expected, out + err, f"line {fence.at}: {command}")


def _holds(expected: list[str], printed: str, where: str) -> None:
    """Each expected line stands in what was printed, in order."""
    lines = iter(printed.splitlines())
    for line in expected:
        if line.strip() == "…":
            continue
        pattern = re.compile(".*".join(re.escape(part) for part in line.rstrip().split("…")))
        assert any(pattern.fullmatch(found.rstrip()) for found in lines), (
            f"{where}\n{line}\nnot in\n{printed}"
        )


def test_the_words_behind_a_block_are_known() -> None:
    for path in documents():
        for fence in fences(path):
            assert set(fence.words) <= {"file", "exit", "server"}, f"{path}: line {fence.at}"
