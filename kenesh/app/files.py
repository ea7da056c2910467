"""The acts on files: read, publish, compile. No seats are checked: these are for one person's own work."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from kenesh.bodies import Profile, known
from kenesh.drafting import Compilation, compile_texts
from kenesh.editions import ENDINGS, publish
from kenesh.editions.naming import file_name
from kenesh.errors import BadInput
from kenesh.reading import read
from kenesh.statement.model import Statement


class UnreadableFile(BadInput):
    code = "input.file"
    template = "{name}: {reason}"
    advice = "Check the path and its permissions."


class BadName(BadInput):
    code = "input.file-name"
    template = "{name}: {reason}"
    advice = "Name the file without a folder and without its ending; the folder is given apart."


def path_text(path: Path) -> str:
    """A path as text that can be printed and stored: bytes that are no UTF-8 are shown as `\\xe9`."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def read_bytes(path: Path) -> bytes:
    """The bytes of a file. Raises UnreadableFile, which names it and says why."""
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise UnreadableFile(name=path_text(path), reason=reason or str(error)) from error


def read_file(path: Path, *, profiles: Sequence[Profile] = ()) -> Statement:
    """Read one file into a statement; `source.file` is the path as it was given.

    Raises:
        BadInput: the file cannot be opened, or is no text Kenesh can read.
    """
    return read(read_bytes(path), path_text(path), profiles=profiles or known())


def publish_file(
    statement: Statement, forms: Sequence[str], out: Path, name: str | None = None
) -> list[Path]:
    """Write the editions of a statement into a folder, as NAME.txt .html .json .xml and nothing else.

    Args:
        name: without folder and ending; by default made from the statement's own facts.

    Returns:
        The paths written, in the order of `forms`.

    Raises:
        BadName: it would lead out of the folder.
        UnreadableFile: the folder cannot be written.
    """
    stem = file_name(statement) if name is None else name
    if stem in ("", ".", "..") or set(stem) & {"/", os.sep, os.altsep, "\0"}:
        raise BadName(name=repr(stem), reason="this is no name of a file")
    rendered = [(out / (stem + ENDINGS[form]), publish(statement, form)) for form in forms]
    try:
        out.mkdir(parents=True, exist_ok=True)
        for path, data in rendered:
            path.write_bytes(data)
    except OSError as error:
        raise UnreadableFile(name=path_text(out), reason=error.strerror or str(error)) from error
    return [path for path, _ in rendered]


def compile_files(
    base: Path, versions: Mapping[str, Path], *, profiles: Sequence[Profile] = ()
) -> Compilation:
    """The rolling text of several delegations' edited versions of one text.

    Args:
        versions: delegation code to the file it sent.
    """
    return compile_texts(
        read_file(base, profiles=profiles),
        {code: read_file(path, profiles=profiles) for code, path in versions.items()},
    )
