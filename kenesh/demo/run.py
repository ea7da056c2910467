"""Run the demo: build it or go on where it stopped, say where to look, serve."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TextIO

from kenesh.app.house import House, open_house
from kenesh.app.settings import Settings
from kenesh.demo.build import build_demo, fresh_links
from kenesh.errors import BadInput
from kenesh.web.pages import seat_name
from kenesh.web.serve import ensure_free, serve

MARK = "demo.txt"  # stands in a folder that the demo made; no other folder is ever reset


class NotADemo(BadInput):
    code = "input.not-a-demo"
    template = "{name} was not made by the demo."
    advice = "Name another folder; this one is left as it is."


def run_demo(folder: Path, *, port: int, reset: bool, out: TextIO) -> None:
    """Open or build the demo, print the address and one link per seat, then serve until stopped."""
    settings = Settings(
        title="The Meridian Compact",
        origin="demo.kenesh.invalid/record",
        base_url=f"http://127.0.0.1:{port}",
        port=port,
        seat_hosts=True,
    )
    ensure_free(settings.host, settings.port)
    house = _open(folder, settings, reset=reset)
    try:
        _say(house, folder, out)
        serve(house)
    finally:
        house.close()


def _open(folder: Path, settings: Settings, *, reset: bool) -> House:
    exists = folder.exists() and any(folder.iterdir())
    if exists and not (folder / MARK).is_file():
        raise NotADemo(name=str(folder))
    if exists and reset:
        shutil.rmtree(folder)
        exists = False
    if exists:
        return open_house(folder, settings=settings)
    building = folder.with_name(folder.name + ".building")  # renamed when whole: never half a demo
    shutil.rmtree(building, ignore_errors=True)
    build_demo(building, settings).close()
    (building / MARK).write_text("Made by the demo; `make demo-reset` throws this folder away.\n")
    if folder.exists():
        folder.rmdir()
    building.rename(folder)
    return open_house(folder, settings=settings)


def _say(house: House, folder: Path, out: TextIO) -> None:
    links = fresh_links(house)
    names = {s.id: seat_name(house, s) + (" (observer)" if s.role == "observer" else "") for s, _ in links}
    width = max(map(len, names.values()))
    lines = [
        f"\nKenesh is at {house.settings.base_url}/ (what the public sees). Data: {folder}",
        "A meeting is in progress. Open several seats side by side; each link works once:\n",
        *(f"  {names[seat.id]:{width}}  {link}" for seat, link in links),
        "\nAgain later: make demo (goes on, new links) · make demo-reset (starts over) · stop: Ctrl-C\n",
    ]
    print("\n".join(lines), file=out, flush=True)
