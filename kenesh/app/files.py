"""The acts on files: read, publish, compile. No seats are checked: these are for one person's own work."""

from __future__ import annotations

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


def read_file(path: Path, *, profiles: Sequence[Profile] = ()) -> Statement:
    """Read one file into a statement; `source.file` is the path as it was given.

    Raises:
        BadInput: the file cannot be opened, or is no text Kenesh can read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(name=str(path), reason=error.strerror or str(error)) from error
    return read(data, str(path), profiles=profiles or known())


def publish_file(
    statement: Statement, forms: Sequence[str], out: Path, name: str | None = None
) -> list[Path]:
    """Write the editions of a statement into a folder, as NAME.txt .html .json .xml and nothing else.

    Returns:
        The paths written, in the order of `forms`.
    """
    stem = name or file_name(statement)
    rendered = [(out / (stem + ENDINGS[form]), publish(statement, form)) for form in forms]
    try:
        out.mkdir(parents=True, exist_ok=True)
        for path, data in rendered:
            path.write_bytes(data)
    except OSError as error:
        raise UnreadableFile(name=str(out), reason=error.strerror or str(error)) from error
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
