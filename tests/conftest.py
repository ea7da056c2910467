"""What all tests share: where the real texts lie, and a quiet Hypothesis."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "kenesh", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("kenesh")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real texts, ground truth and vectors; skips where it is absent."""
    root = Path(os.environ.get("KENESH_SHARED", Path(__file__).parents[2] / "shared"))
    if not (root / "seed/statement.txt").is_file():
        pytest.skip(f"real texts are absent: set KENESH_SHARED (looked in {root})")
    return root
