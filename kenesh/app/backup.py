"""Backup and restore of a data folder; the store's own, with the clock."""

from __future__ import annotations

from pathlib import Path

from kenesh.clock import Clock, SystemClock
from kenesh.record import Report
from kenesh.store.backup import Manifest, backup, restore


def backup_house(folder: Path, archive: Path, *, clock: Clock | None = None) -> Manifest:
    """Write a consistent copy of a data folder, in use or not; see `store.backup.backup`."""
    return backup(folder, archive, at=(clock or SystemClock()).now())


def restore_house(archive: Path, folder: Path) -> Report:
    """Restore into an empty folder after checking everything; see `store.backup.restore`."""
    return restore(archive, folder)
