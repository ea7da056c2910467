"""Backup and restore of a data folder, while it is in use.

Invariants
* The copy of the database is one moment of it, made by SQLite's own backup, while others go on writing.
* A record that does not verify is not backed up in silence, and never restored.
* Every byte of an archive counts: it is a plain tar whose last member holds the SHA-256 of all before it.
* A restore goes into an empty folder, all or nothing.

    archive = manifest.json, kenesh.db, the other files in order of name, SHA256
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath

import msgspec

import kenesh
from kenesh.errors import BadInput, BadRecord, Refused
from kenesh.record import Held, Report
from kenesh.store import migrate
from kenesh.store.copying import copy_database, sync_folder
from kenesh.store.database import connect
from kenesh.store.errors import CannotUseFile, CorruptFile, translated
from kenesh.store.rows import to_text
from kenesh.store.sqlite_events import SqliteEvents

DATABASE = "kenesh.db"
MANIFEST = "manifest.json"
SEAL = "SHA256"
SCHEMA = "kenesh.backup/1"
LEFT_OUT = ("index", "backups")  # derived, or copies themselves
_BLOCK = 512
_TAIL = 4 * _BLOCK  # header and content of the last member, two empty blocks that end a tar
_CHUNK = 1 << 20
_MANIFEST_MAX = 16 << 20  # bytes; 100,000 files need about 12 MB


class NoDatabase(BadInput):
    """The folder has nothing to back up."""

    code = "input.no-database"
    template = "{name}: {reason}"
    advice = "Name the data folder, the one that holds kenesh.db."


class TargetExists(Refused):
    """Something is there already, and nothing is ever overwritten."""

    code = "refused.target-exists"
    template = "{target} is there already{detail}."
    advice = "Name a new file for a backup, an empty or a new folder for a restore."


class BadArchive(BadRecord):
    """An archive is damaged, incomplete, or no backup of Kenesh."""

    code = "record.bad-archive"
    template = "{name} cannot be restored: {reason}."
    advice = "Take another backup. Nothing was restored."


class Unsound(BadRecord):
    """The record in the database does not verify."""

    code = "record.unsound"
    template = "The record in {name} does not verify: {reason} (row {seq}, {stream} {version})."
    advice = "Keep the folder as it is, look at `kenesh verify`, and restore the last sound backup elsewhere."


class Member(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str  # relative, with "/"
    size: int  # bytes
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """What an archive holds and which record it is; unknown keys of later versions are passed over."""

    schema: str
    kenesh: str  # version that wrote it
    migrations: tuple[str, ...]
    origin: str
    size: int  # of the record, in events
    root: str
    members: tuple[Member, ...]
    made: str | None = None

    @property
    def head(self) -> Held:
        """The head of the record in it, to be noted elsewhere."""
        return Held(self.size, self.root)


# -- backup ---------------------------------------------------------------------------------------------


def backup(folder: Path, target: Path, *, at: datetime | None = None) -> Manifest:
    """Write a data folder into the archive `target`, a new file; others may go on writing meanwhile.

    1. One moment of the database is copied.
    2. The copy is checked and its record verified.
    3. It is archived with the folder's other files, but for the search index and copies.
    4. The archive is read again, byte for byte, and only then gets its name.

    Raises:
        NoDatabase, TargetExists: as they say.
        CorruptFile, Unsound: the database is damaged, or its record was tampered with.
        Unavailable: the machine refuses; there is no archive.
    """
    source = folder / DATABASE
    if not source.is_file():
        raise NoDatabase(name=str(folder), reason=f"there is no {DATABASE} in it")
    if target.exists():
        raise TargetExists(target=target, detail="")
    with _disk(target), tempfile.TemporaryDirectory(prefix=".kenesh-", dir=target.parent) as scratch:
        copy, draft = Path(scratch) / DATABASE, Path(scratch) / "archive"
        with translated(source):
            copy_database(source, copy)  # 1
        origin, migrations = _identity(copy)
        report = _sound(copy, origin, name=str(folder))  # 2
        files = {DATABASE: copy} | dict(_others(folder, target))
        manifest = Manifest(
            schema=SCHEMA,
            kenesh=kenesh.__version__,
            migrations=migrations,
            origin=origin,
            size=report.size,
            root=report.root,
            members=tuple(_member(name, path) for name, path in files.items()),
            made=to_text(at) if at else None,
        )
        _write(draft, manifest, files)  # 3
        check(draft, name=str(target))  # 4
        target.touch(exist_ok=False)  # fails where somebody else was first
        draft.replace(target)
        sync_folder(target.parent)
    return manifest


def _others(folder: Path, target: Path) -> Iterator[tuple[str, Path]]:
    """The plain files of a data folder but the database, by their names in the archive."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in name.parts)
        ours = name.name.startswith(DATABASE) and len(name.parts) == 1
        if hidden or ours or name.parts[0] in LEFT_OUT or path == target:
            continue
        if path.is_file() and not path.is_symlink():
            yield name.as_posix(), path


def _member(name: str, path: Path) -> Member:
    with path.open("rb") as file:
        return Member(name, path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def _identity(path: Path) -> tuple[str, tuple[str, ...]]:
    """Origin and migrations of a database that nobody else has open."""
    with translated(path):
        db = connect(path)
        try:
            names = migrate.taken(db, path)
            if migrate.missing(db, path) and not names:
                raise CorruptFile(path=path, detail="it is empty")
            return str(db.execute("SELECT origin FROM head").get), names
        finally:
            db.close()


def _sound(path: Path, origin: str, *, name: str, held: Sequence[Held] = ()) -> Report:
    """Verify a copied database without changing it. Raises CorruptFile, Unsound."""
    store = SqliteEvents.inspect(path, origin)
    try:
        report = store.verify(held)
    finally:
        store.close()
    if (fault := report.fault) is not None:
        raise Unsound(name=name, **msgspec.structs.asdict(fault))
    return report


def _write(draft: Path, manifest: Manifest, files: dict[str, Path]) -> None:
    draft.touch(0o600)
    with draft.open("w+b") as out:
        text = msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"
        _add(out, MANIFEST, len(text), io.BytesIO(text))
        for member in manifest.members:
            with files[member.name].open("rb") as file:
                _add(out, member.name, member.size, file)
        out.seek(0)
        tail = _tail(hashlib.file_digest(out, "sha256").hexdigest())
        out.seek(0, os.SEEK_END)
        out.write(tail)
        out.flush()
        os.fsync(out.fileno())


def _info(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info


def _add(out: io.BufferedIOBase, name: str, size: int, file: io.BufferedIOBase) -> None:
    out.write(_info(name, size).tobuf(tarfile.PAX_FORMAT))
    left = size
    while left and (chunk := file.read(min(_CHUNK, left))):
        out.write(chunk)
        left -= len(chunk)
    if left or file.read(1):
        raise CannotUseFile(path=name, detail="it changed while it was copied")
    out.write(bytes(-size % _BLOCK))


def _tail(digest: str) -> bytes:
    """The last 2,048 bytes of an archive, given the SHA-256 of all bytes before them."""
    content = digest.encode("ascii") + b"\n"
    padded = content + bytes(_BLOCK - len(content))
    return _info(SEAL, len(content)).tobuf(tarfile.USTAR_FORMAT) + padded + bytes(2 * _BLOCK)


# -- check and restore ----------------------------------------------------------------------------------


def check(archive: Path, *, name: str | None = None) -> Manifest:
    """Read every byte of an archive and say what it holds, without restoring it.

    Raises:
        BadArchive: any byte is not the one that was written.
        Unavailable: the file cannot be read.
    """
    name = name or str(archive)
    with _disk(archive):
        _check_seal(archive, name)
        with _opened(archive, name) as tar:
            manifest = _manifest(tar, name)
            for member in manifest.members:
                _copy(tar, member, None, name)
            if (extra := tar.next()) is None or extra.name != SEAL or tar.next() is not None:
                raise BadArchive(name=name, reason="it holds more or less than its manifest says")
    return manifest


def restore(archive: Path, target: Path, *, held: Sequence[Held] = ()) -> Report:
    """Restore an archive into `target`, an empty or a new folder, all or nothing.

    1. Every byte of the archive is checked, and its schema is one we know.
    2. It is unpacked beside the target.
    3. The database is checked by SQLite, its record verified, compared with the manifest and with `held`.
    4. Sessions and unused sign-in links are forgotten: what was ended since must not live again.
    5. The folder gets its name.

    Args:
        held: heads noted elsewhere; an archive older than one of them would fork the log and is refused.

    Raises:
        TargetExists: the target is not empty.
        BadArchive, Unsound, CorruptFile, NewerSchema: as they say; nothing was restored.
        Unavailable: the machine refuses; nothing was restored.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise TargetExists(target=target, detail=" and is not empty")
    manifest, name = check(archive), str(archive)  # 1
    with _disk(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=".kenesh-", dir=target.parent))
        try:
            with _opened(archive, name) as tar:  # 2
                _manifest(tar, name)
                for member in manifest.members:
                    _copy(tar, member, scratch, name)
            _compare(scratch / DATABASE, manifest, name)  # 3
            report = _sound(scratch / DATABASE, manifest.origin, name=name, held=(manifest.head, *held))
            if report.size != manifest.size:
                raise BadArchive(
                    name=name, reason=f"its record has {report.size} events, not {manifest.size}"
                )
            _forget_access(scratch / DATABASE)  # 4
            if target.exists():
                target.rmdir()
            scratch.rename(target)  # 5
            sync_folder(target.parent)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    return report


def _forget_access(database: Path) -> None:
    with translated(database):
        db = connect(database)
        try:
            with db:
                db.execute("DELETE FROM sessions")
                db.execute("DELETE FROM links")
            db.pragma("wal_checkpoint(TRUNCATE)")
        finally:
            db.close()


def _compare(database: Path, manifest: Manifest, name: str) -> None:
    origin, migrations = _identity(database)
    if (origin, migrations) != (manifest.origin, manifest.migrations):
        raise BadArchive(name=name, reason="its database is not the one its manifest describes")


def _check_seal(archive: Path, name: str) -> None:
    size = archive.stat().st_size - _TAIL
    if size <= 0 or size % _BLOCK:
        raise BadArchive(name=name, reason="it is no backup of Kenesh, or cut off")
    digest = hashlib.sha256()
    with archive.open("rb") as file:
        while size and (chunk := file.read(min(_CHUNK, size))):
            digest.update(chunk)
            size -= len(chunk)
        if file.read() != _tail(digest.hexdigest()):
            raise BadArchive(name=name, reason="some byte of it is not the one that was written")


def _manifest(tar: tarfile.TarFile, name: str) -> Manifest:
    info = tar.next()
    if info is None or info.name != MANIFEST or not info.isreg() or info.size > _MANIFEST_MAX:
        raise BadArchive(name=name, reason="it does not begin with a manifest")
    file = tar.extractfile(info)
    try:
        manifest = msgspec.json.decode(file.read() if file else b"", type=Manifest)
    except msgspec.MsgspecError as error:
        raise BadArchive(name=name, reason=f"its manifest cannot be read: {error}") from error
    if manifest.schema != SCHEMA:
        raise BadArchive(name=name, reason=f"it is a {manifest.schema}, not a {SCHEMA}")
    names = [member.name for member in manifest.members]
    if DATABASE not in names or len(set(names)) != len(names):
        raise BadArchive(name=name, reason="its manifest names no database, or a file twice")
    for one in names:
        if not _is_plain(one):
            raise BadArchive(name=name, reason=f"its manifest names the file {one!r}")
    return manifest


def _is_plain(name: str) -> bool:
    """Whether a member's name stays within the folder that it is restored into."""
    path = PurePosixPath(name)
    parts = name.split("/")
    return not path.is_absolute() and "\\" not in name and not {"", ".", ".."} & set(parts)


def _copy(tar: tarfile.TarFile, member: Member, folder: Path | None, name: str) -> None:
    """Read the next member, into a folder or nowhere, and compare it with the manifest."""
    info = tar.next()
    if info is None or info.name != member.name or not info.isreg() or info.size != member.size:
        raise BadArchive(name=name, reason=f"{member.name} is not where its manifest says")
    file, digest = tar.extractfile(info), hashlib.sha256()
    path = Path(os.devnull) if folder is None else folder / member.name
    if folder is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        while file and (chunk := file.read(_CHUNK)):
            digest.update(chunk)
            out.write(chunk)
        if folder is not None:
            path.chmod(0o600)
            out.flush()
            os.fsync(out.fileno())
    if digest.hexdigest() != member.sha256:
        raise BadArchive(name=name, reason=f"{member.name} has another hash than its manifest says")


@contextmanager
def _opened(archive: Path, name: str) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(archive, "r:") as tar:
            yield tar
    except (tarfile.TarError, EOFError) as error:
        raise BadArchive(name=name, reason=str(error)) from error


@contextmanager
def _disk(path: Path) -> Iterator[None]:
    """Let errors of the machine leave as ours."""
    with translated(path):
        try:
            yield
        except FileExistsError as error:
            raise TargetExists(target=path, detail="") from error
