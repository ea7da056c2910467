"""One Chromium for the whole folder; it asks nobody anything but the loopback."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from rooms import Windows

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE *.localhost",
]


@pytest.fixture(scope="session")
def browser(pytestconfig: pytest.Config) -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    if not CHROMIUM:
        shared: Any = pytestconfig.pluginmanager.get_plugin(str(Path(__file__).parents[1] / "conftest.py"))
        shared.skip_or_fail("browser", "no Chromium is installed: apt-get install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's data folder, built once; modules serve copies of it."""
    from kenesh.app.settings import Settings
    from kenesh.demo.build import build_demo
    from kenesh.demo.run import MARK

    folder = tmp_path_factory.mktemp("demo") / "template"
    build_demo(folder, Settings(title="The Meridian Compact", origin="demo.kenesh.invalid/record")).close()
    (folder / MARK).write_text("made by a test\n")
    return folder


@pytest.fixture(scope="module")
def windows(browser: Browser) -> Iterator[Windows]:
    """The windows of a module; closed at its end."""
    from rooms import Windows

    opened = Windows(browser)
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def no_page_complains(windows: Windows) -> Iterator[None]:
    """Every test ends with no script error, no console error and no violation of the policy in any window."""
    windows.forget()
    yield
    assert windows.complaints() == []
