"""The folder of a search index: made, opened, held by one writer, made anew when it is not sound.

Invariants
* One process writes: it holds `register.lock` for as long as the index is open.
* `VERSION` names the format; another version, a missing or a broken file means: made anew, empty.
* Only files that this module or tantivy made are ever removed; a folder that holds others is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import tantivy

from kenesh.register.errors import IndexBroken, IndexLocked

VERSION = f"kenesh.register/1 ({getattr(tantivy, '__version__', 'unknown')})"

_LOCK = "register.lock"
_OURS = re.compile(
    r"[0-9a-f]{32}\..+|meta\.json|\.managed\.json|\.tantivy-(writer|meta)\.lock|\.tmp\w+|VERSION|register\.lock"
)
_WORDS = "kenesh_words"


def schema() -> tantivy.Schema:
    """The fields: one document per clause, and one that remembers what was seen."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("words", tokenizer_name=_WORDS, index_option="position")
    for name in ("entry", "body", "act", "language", "meta"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("year", indexed=True, fast=True)
    builder.add_unsigned_field("seq", stored=True)
    builder.add_bytes_field("payload", stored=True)
    return builder.build()


def in_memory() -> tantivy.Index:
    """An empty index that is gone when the process ends."""
    return _prepared(tantivy.Index(schema()))


def is_current(path: Path) -> bool:
    """Whether the folder holds an index of this version; says nothing of its health."""
    try:
        return (path / "VERSION").read_text(encoding="utf-8") == VERSION
    except (OSError, UnicodeDecodeError):
        return False


def existing(path: Path) -> tantivy.Index:
    """Open the index that is there; raises IndexBroken where it cannot be read."""
    with sound(path):
        return _prepared(tantivy.Index.open(str(path)))


def made_anew(path: Path) -> tantivy.Index:
    """Remove what was there and make an empty index; the caller holds the lock."""
    for file in _files(path):
        if file.name != _LOCK:
            file.unlink(missing_ok=True)
    with sound(path):
        index = _prepared(tantivy.Index(schema(), path=str(path), reuse=False))
    (path / "VERSION").write_text(VERSION, encoding="utf-8")
    return index


def _prepared(index: tantivy.Index) -> tantivy.Index:
    # Words come folded and parted by single spaces; positions count words.
    index.register_tokenizer(_WORDS, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    index.config_reader(reload_policy="manual")
    return index


def _files(path: Path) -> list[Path]:
    files = sorted(path.iterdir())
    foreign = [file.name for file in files if not (file.is_file() and _OURS.fullmatch(file.name))]
    if foreign:
        raise IndexBroken(path=path, reason=f"the folder holds other things, as {foreign[0]!r}")
    return files


def locked(path: Path) -> IO[bytes]:
    """Make the folder and hold it for writing until the returned file is closed.

    Raises:
        IndexLocked: another holder writes to it.
        IndexBroken: the folder cannot be made, or holds other things.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        _files(path)
        handle = (path / _LOCK).open("ab")
    except OSError as error:
        raise IndexBroken(path=path, reason=error.strerror or str(error)) from error
    try:
        _hold(handle)
    except OSError as error:
        handle.close()
        raise IndexLocked(path=path) from error
    return handle


def _hold(handle: IO[bytes]) -> None:
    try:
        import fcntl
    except ImportError:  # no flock on this system: tantivy's own writer lock remains
        return
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def sound(path: Path | None) -> Iterator[None]:
    """Turn what tantivy raises on broken files, panics among them, into IndexBroken."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise _as_ours(path, error) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # pyo3 gives it no importable name
            raise
        raise _as_ours(path, error) from error


def _as_ours(path: Path | None, error: BaseException) -> IndexBroken | IndexLocked:
    if "LockBusy" in str(error):
        return IndexLocked(path=path)
    return IndexBroken(path=path or "in memory", reason=str(error)[:200])
