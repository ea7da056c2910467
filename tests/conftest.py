"""What all tests share: where the real texts lie, and a quiet Hypothesis."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "kenesh", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("kenesh")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright keeps an event loop running, beside which no other can start."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def skip_or_fail(what: str, reason: str) -> NoReturn:
    """Skip with a reason; where KENESH_REQUIRE names `what`, its absence is a failure."""
    if what in os.environ.get("KENESH_REQUIRE", "").split():
        pytest.fail(f"{what} is required here: {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real texts, ground truth and vectors; skips where it is absent."""
    root = Path(os.environ.get("KENESH_SHARED", Path(__file__).parents[2] / "shared"))
    if not (root / "seed/statement.txt").is_file():
        skip_or_fail("shared", f"real texts are absent: set KENESH_SHARED (looked in {root})")
    return root
