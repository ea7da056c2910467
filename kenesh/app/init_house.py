"""Make a data folder."""

from __future__ import annotations

from pathlib import Path

from kenesh.app.house import House, open_house, read_profile
from kenesh.app.settings import Settings, write_settings
from kenesh.errors import BadInput


class FolderTaken(BadInput):
    code = "input.folder-taken"
    template = "{name}: {reason}"
    advice = "Name an empty folder; an existing one is never overwritten."


def init_house(folder: Path, *, body: Path | None = None, settings: Settings | None = None) -> House:
    """Make a data folder with settings, the body's profile and an empty record, and open it.

    Args:
        body: a profile as TOML; without one the folder holds a register only.

    Raises:
        FolderTaken: it holds something already.
        BadProfile: the profile cannot be taken; nothing was made.
    """
    if folder.exists() and not folder.is_dir():
        raise FolderTaken(name=str(folder), reason="this is a file")
    if folder.exists() and any(folder.iterdir()):
        raise FolderTaken(name=str(folder), reason="the folder is not empty")
    text, profile = read_profile(body) if body is not None else ("", None)
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)  # a folder that was there is closed to others too
    if profile is not None:
        (folder / "body.toml").write_text(text, encoding="utf-8")
    chosen = settings or Settings(origin=f"{profile.actor if profile else 'register'}.invalid/record")
    write_settings(folder / "kenesh.toml", chosen)
    return open_house(folder)
