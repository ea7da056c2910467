"""Copies of a database file, and making sure that the disk has them. Raises apsw.Error and OSError."""

from __future__ import annotations

import os
from pathlib import Path

import apsw

from kenesh.store.database import BUSY_MS


def copy_database(source: Path, target: Path) -> None:
    """Copy one moment of a database that may be in use into a new single file."""
    db = apsw.Connection(str(source), flags=apsw.SQLITE_OPEN_READWRITE)
    try:
        db.set_busy_timeout(BUSY_MS)
        copy_connection(db, target)
    finally:
        db.close()


def copy_connection(db: apsw.Connection, target: Path) -> None:
    """Copy one moment of an open database into a new single file, and let the disk confirm it."""
    target.touch(0o600, exist_ok=False)
    copy = apsw.Connection(str(target))
    try:
        with copy.backup("main", db, "main") as copying:
            copying.step()
        copy.pragma("journal_mode", "delete")
    finally:
        copy.close()
    with target.open("rb") as file:
        os.fsync(file.fileno())
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Let the disk confirm the names in a folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
