"""Make a data folder."""

from __future__ import annotations

from pathlib import Path

from kenesh.app.house import House, open_house
from kenesh.app.settings import Settings, write_settings
from kenesh.bodies import Profile
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
    if folder.exists() and any(folder.iterdir()):
        raise FolderTaken(name=str(folder), reason="the folder is not empty")
    profile = None
    if body is not None:
        try:
            text = body.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise BadInput(name=str(body), reason=str(error)) from error
        profile = Profile.from_toml(text, str(body))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if body is not None and profile is not None:
        (folder / "body.toml").write_text(text, encoding="utf-8")
    chosen = settings or Settings(origin=f"{profile.actor if profile else 'register'}.invalid/record")
    write_settings(folder / "kenesh.toml", chosen)
    return open_house(folder)
