"""What only a process of its own can show: a fast start, quiet pipes, letters in any locale."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from councils import DRAFT

HEAVY = ("litestar", "uvicorn", "tantivy", "apsw", "jinja2", "hypothesis")
SPY = """
import contextlib, sys
sys.argv = ["kenesh", *{arguments!r}]
from kenesh.cli import main
with contextlib.suppress(SystemExit):
    main()
print(*(name for name in {heavy!r} if name in sys.modules), file=sys.stderr)
"""


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.txt"
    path.write_bytes(DRAFT.replace(b"Lysk", "Қазақстан".encode()))
    return path


def kenesh(*arguments: object, **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "kenesh", *map(str, arguments)],
        capture_output=True,
        timeout=60,
        env=os.environ | env,
        check=False,
    )


@pytest.mark.parametrize("arguments", [["--version"], ["read", "draft.txt"], ["read", "draft.txt", "--json"]])
def test_what_is_not_needed_is_not_loaded(draft: Path, arguments: list[str]) -> None:
    given = [str(draft) if a == "draft.txt" else a for a in arguments]
    ran = subprocess.run(
        [sys.executable, "-c", SPY.format(arguments=given, heavy=HEAVY)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert ran.stdout
    assert ran.stderr.split() == []


def test_the_module_runs_as_a_command(draft: Path) -> None:
    ran = kenesh("read", draft, "--json")
    assert ran.returncode == 0
    assert json.loads(ran.stdout)["schema"] == "kenesh.statement/1"


def test_data_is_utf8_in_any_locale(draft: Path) -> None:
    plain = kenesh("read", draft)
    odd = kenesh("read", draft, PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert odd.returncode == 0, odd.stderr
    assert odd.stdout == plain.stdout
    assert "Қазақстан" in odd.stdout.decode()


def test_a_reader_that_goes_away_is_no_error(draft: Path) -> None:
    ran = subprocess.run(
        f"{sys.executable} -m kenesh read {' '.join([str(draft)] * 300)} | head -n 1; "
        'echo "${PIPESTATUS[0]}"',
        shell=True,
        executable="/bin/bash",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "Traceback" not in ran.stderr
    assert ran.stderr.strip() == ""
    assert ran.stdout.splitlines()[-1] == "0"
