"""What can go wrong with a database file, and whose fault it is."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from kenesh.errors import BadInput, BadRecord, KeneshError, Refused, Unavailable


class OldSqlite(Unavailable):
    """The SQLite library has the WAL-reset bug, which can corrupt a database with several writers."""

    code = "unavailable.old-sqlite"
    template = "SQLite {actual} is too old; {needed} or newer is needed."
    advice = "Install the wheel of apsw, which carries its own SQLite."


class DiskFull(Unavailable):
    """There is no room to write."""

    code = "unavailable.disk-full"
    template = "There is no room to write {path}: {detail}"
    advice = "Free some space. Nothing was written, nothing was lost; what was written can be read."


class StoreBusy(Unavailable):
    """Another program holds the database too long."""

    code = "unavailable.store-busy"
    template = "{path} is held by another program: {detail}"
    advice = "Try again; if it stays so, see which program has the data folder open."


class CannotUseFile(Unavailable):
    """The machine refuses to read or write the file."""

    code = "unavailable.store-file"
    template = "{path} cannot be used: {detail}"
    advice = "Look at the disk, the folder's owner and its rights. What was not acknowledged was not written."


class TookTooLong(Unavailable):
    """A reader used up its time."""

    code = "unavailable.took-too-long"
    template = "Reading {path} took longer than {seconds} seconds."
    advice = "Ask for fewer rows."


class StoreStopped(Unavailable):
    """The disk did not confirm a write, so nothing more is written until the file was opened again."""

    code = "unavailable.store-stopped"
    template = "Writing to {path} has stopped: {detail}"
    advice = "Look at the disk, then start again; what was acknowledged is read from the disk."


class NewerSchema(Unavailable):
    """The database was written by a newer Kenesh."""

    code = "unavailable.newer-schema"
    template = "{path} was written by a newer Kenesh: it has the migration {name}."
    advice = "Install that version or a newer one. Nothing was changed."


class CorruptFile(BadRecord):
    """The file is damaged, or it is no database of Kenesh."""

    code = "record.corrupt-file"
    template = "{path} is no sound database of Kenesh: {detail}"
    advice = "Keep the file as it is, and restore a backup into an empty folder."


class OtherLog(Refused):
    """The database holds another log than the settings name."""

    code = "refused.other-log"
    template = "{path} holds the log {actual}, not {expected}."
    advice = "Set the origin back in the settings; a record keeps its origin for ever."


_KINDS: tuple[tuple[tuple[type[apsw.Error], ...], type[KeneshError]], ...] = (
    ((apsw.CorruptError, apsw.NotADBError), CorruptFile),
    ((apsw.SQLError, apsw.ConstraintError, apsw.MismatchError), CorruptFile),  # not the tables we made
    ((apsw.FullError,), DiskFull),
    ((apsw.BusyError, apsw.LockedError), StoreBusy),
)


_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def to_kenesh(error: apsw.Error | UnicodeError | OSError, path: Path) -> KeneshError:
    """The error of ours for one of SQLite or of the machine; a stored text that is not UTF-8 is damage."""
    if isinstance(error, UnicodeDecodeError):
        return CorruptFile(path=path, detail=str(error))
    if isinstance(error, UnicodeError):
        return BadInput(name="text", reason=str(error))
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        return DiskFull(path=path, detail=str(error))
    for kinds, ours in _KINDS:
        if isinstance(error, kinds):
            return ours(path=path, detail=str(error))
    return CannotUseFile(path=path, detail=str(error))


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Let errors of SQLite and of the machine leave as ours: Unavailable, or BadRecord for damage."""
    try:
        yield
    except (apsw.Error, UnicodeError, OSError) as error:
        raise to_kenesh(error, path) from error
