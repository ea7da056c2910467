"""Backup while writing, restore all or nothing, and every byte of an archive counts."""

from __future__ import annotations

import hashlib
import random
import tarfile
import threading
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import apsw
import pytest

from kenesh.errors import KeneshError
from kenesh.record import Held
from kenesh.store import backup as room
from kenesh.store import migrate
from kenesh.store.backup import BadArchive, NoDatabase, TargetExists, Unsound, backup, check, restore
from kenesh.store.database import connect
from kenesh.store.errors import CannotUseFile, CorruptFile, NewerSchema
from kenesh.store.ports import Head, NewEvent
from kenesh.store.sqlite import SqliteStore
from kenesh.store.sqlite_events import SqliteEvents

ORIGIN = "council.example/record"
AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def event(text: str) -> NewEvent:
    return NewEvent("clause.amended/1", {"text": text}, bytes(32))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with five events, settings, an edition, an index and an older copy."""
    folder = tmp_path / "data"
    for name, text in {
        "kenesh.toml": 'origin = "council.example/record"\n',
        "body.toml": 'id = "mc-cfm"\n',
        "published/mc-cfm-2026-11-23/Özgen.txt": "Has: 1. Conveyed …\n",
        "index/segment": "derived",
        "backups/kenesh-0001_record-1.db": "copy",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    store = SqliteStore.open(folder / "kenesh.db", ORIGIN)
    store.append("meeting/a", 0, [event(str(n)) for n in range(5)], at=AT)
    store.close()
    return folder


@pytest.fixture
def archive(folder: Path, tmp_path: Path) -> Path:
    backup(folder, tmp_path / "kenesh.tar", at=AT)
    return tmp_path / "kenesh.tar"


def test_what_was_backed_up_is_restored(folder: Path, archive: Path, tmp_path: Path):
    report = restore(archive, tmp_path / "new" / "house")
    restored = tmp_path / "new" / "house"
    names = sorted(p.relative_to(restored).as_posix() for p in restored.rglob("*") if p.is_file())
    assert names == ["body.toml", "kenesh.db", "kenesh.toml", "published/mc-cfm-2026-11-23/Özgen.txt"]
    assert (restored / names[3]).read_bytes() == (folder / names[3]).read_bytes()
    store = SqliteStore.open(restored / "kenesh.db", ORIGIN)
    assert [e.body["text"] for e in store.read("meeting/a")] == list("01234")
    assert (report.size, report.root) == (5, store.head().root)
    store.append("meeting/a", 5, [event("goes on")], at=AT)
    store.close()


def test_the_manifest_says_what_is_in_it(folder: Path, archive: Path):
    manifest = check(archive)
    assert manifest.origin == ORIGIN
    assert manifest.size == 5
    assert manifest.made == "2026-11-23T10:00:00.000000Z"
    assert manifest.migrations == tuple(m.name for m in migrate.known())
    sizes = {m.name: m for m in manifest.members}
    toml = (folder / "kenesh.toml").read_bytes()
    assert sizes["kenesh.toml"].size == len(toml)
    assert sizes["kenesh.toml"].sha256 == hashlib.sha256(toml).hexdigest()


def test_only_its_owner_can_read_an_archive_and_what_was_restored(archive: Path, tmp_path: Path):
    restore(archive, tmp_path / "house")
    assert archive.stat().st_mode & 0o077 == 0
    assert (tmp_path / "house").stat().st_mode & 0o077 == 0


def test_an_archive_is_a_plain_tar(archive: Path):
    with tarfile.open(archive) as tar:
        names = tar.getnames()
    assert names[:2] == ["manifest.json", "kenesh.db"]
    assert names[-1] == "SHA256"


def test_a_backup_taken_while_others_write_is_one_moment(folder: Path, tmp_path: Path):
    store, stop = SqliteStore.open(folder / "kenesh.db", ORIGIN), threading.Event()
    acknowledged = [5]

    def write() -> None:
        while not stop.is_set():
            store.append("meeting/a", acknowledged[0], [event("x" * 2000)], at=AT)
            acknowledged[0] += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            before = acknowledged[0]
            manifest = backup(folder, tmp_path / f"{number}.tar")
            assert before <= manifest.size <= acknowledged[0] + 1
            assert restore(tmp_path / f"{number}.tar", tmp_path / f"house-{number}").size == manifest.size
    finally:
        stop.set()
        writer.join()
        store.close()
    assert acknowledged[0] > 5


def test_any_changed_byte_is_found(archive: Path, tmp_path: Path):
    data, rng, missed = archive.read_bytes(), random.Random(3), []
    header_and_tail = [*range(0, 1024, 7), *range(len(data) - 2048, len(data), 7)]
    broken = tmp_path / "broken.tar"
    for at in [*header_and_tail, *(rng.randrange(len(data)) for _ in range(300))]:
        changed = bytearray(data)
        changed[at] ^= 1 << rng.randrange(8)
        broken.write_bytes(changed)
        with suppress(BadArchive):
            check(broken)
            missed.append(at)
    assert missed == []


@pytest.mark.parametrize("keep", [0, 1, 511, 512, 2048, 4096, -1, -512, -2048])
def test_a_cut_off_archive_is_refused(archive: Path, tmp_path: Path, keep: int):
    broken = tmp_path / "broken.tar"
    broken.write_bytes(archive.read_bytes()[:keep])
    with pytest.raises(BadArchive):
        restore(broken, tmp_path / "house")
    assert not (tmp_path / "house").exists()


def test_a_tail_that_was_added_is_refused(archive: Path):
    with archive.open("ab") as file:
        file.write(bytes(512))
    with pytest.raises(BadArchive):
        check(archive)


def resealed(archive: Path, change) -> None:
    """Change the archive's members and seal it anew, as somebody would who wants to deceive."""
    head = archive.read_bytes()[: -room._TAIL]
    head = change(head)
    archive.write_bytes(head + room._tail(hashlib.sha256(head).hexdigest()))


def test_a_member_that_is_not_what_the_manifest_says_is_refused(archive: Path, tmp_path: Path):
    resealed(archive, lambda head: head.replace(b"Conveyed", b"Declared"))
    with pytest.raises(BadArchive, match="another hash"):
        restore(archive, tmp_path / "house")
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith((".kenesh", "house"))] == []


@pytest.mark.parametrize(
    "name", ["/etc/hostile", "../hostile.txt", "a/../../hostile", "a//b.toml", "a\\b.toml"]
)
def test_a_name_that_leads_out_of_the_folder_is_refused(archive: Path, tmp_path: Path, name: str):
    old = b'"name": "body.toml"'
    new = b'"name": ' + b'"' + name.replace("\\", "\\\\").encode() + b'"'

    def rename(head: bytes) -> bytes:
        end = head.index(b"\0", 512)
        text = head[512:end].replace(old, new)
        size = -(-end // 512) * 512
        info = room._info("manifest.json", len(text)).tobuf()
        return info + text + bytes(-len(text) % 512) + head[size:]

    resealed(archive, rename)
    with pytest.raises(BadArchive, match="names the file"):
        restore(archive, tmp_path / "house")


def test_something_else_is_no_archive(tmp_path: Path):
    other = tmp_path / "other.tar"
    other.write_bytes(bytes(10240))
    with pytest.raises(BadArchive):
        restore(other, tmp_path / "house")
    with pytest.raises(CannotUseFile):
        restore(tmp_path / "nowhere.tar", tmp_path / "house")


def test_nothing_is_ever_overwritten(folder: Path, archive: Path, tmp_path: Path):
    with pytest.raises(TargetExists):
        backup(folder, archive)
    with pytest.raises(TargetExists):
        restore(archive, folder)
    with pytest.raises(TargetExists):
        restore(archive, archive)
    (tmp_path / "empty").mkdir()
    assert restore(archive, tmp_path / "empty").size == 5


def test_a_folder_without_database_has_nothing_to_back_up(tmp_path: Path):
    with pytest.raises(NoDatabase):
        backup(tmp_path, tmp_path / "x.tar")


def tamper(folder: Path, sql: str) -> None:
    db = apsw.Connection(str(folder / "kenesh.db"))
    for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        db.execute(f'DROP TRIGGER "{name}"')
    db.execute(sql)
    db.close()


def test_a_record_that_was_tampered_with_is_not_backed_up_in_silence(folder: Path, tmp_path: Path):
    tamper(folder, "UPDATE events SET body = x'7b7d' WHERE seq = 3")
    with pytest.raises(Unsound) as refused:
        backup(folder, tmp_path / "x.tar")
    assert (refused.value.values["seq"], refused.value.values["version"]) == (3, 4)
    assert not (tmp_path / "x.tar").exists()


def test_a_damaged_database_is_not_backed_up(folder: Path, tmp_path: Path):
    path = folder / "kenesh.db"
    data = bytearray(path.read_bytes())
    data[4096 * 2 :] = bytes(len(data) - 4096 * 2)
    path.write_bytes(data)
    with pytest.raises(KeneshError) as refused:
        backup(folder, tmp_path / "x.tar")
    assert isinstance(refused.value, CorruptFile | Unsound)
    assert not (tmp_path / "x.tar").exists()


def test_a_tampered_record_in_a_well_made_archive_is_not_restored(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def believing(path: Path, origin: str, **_: object) -> Head:
        store = SqliteEvents.inspect(path, origin)
        try:
            return store.head()
        finally:
            store.close()

    tamper(folder, "UPDATE events SET body = x'7b7d' WHERE seq = 3")
    with monkeypatch.context() as patched:
        patched.setattr(room, "_sound", believing)
        backup(folder, tmp_path / "x.tar")
    with pytest.raises(Unsound):
        restore(tmp_path / "x.tar", tmp_path / "house")
    assert not (tmp_path / "house").exists()


def test_a_backup_older_than_a_noted_head_would_fork_the_log(folder: Path, archive: Path, tmp_path: Path):
    store = SqliteStore.open(folder / "kenesh.db", ORIGIN)
    store.append("meeting/a", 5, [event("after the backup")], at=AT)
    noted = Held(store.head().size, store.head().root)
    store.close()
    with pytest.raises(Unsound):
        restore(archive, tmp_path / "house", held=[noted])
    assert restore(archive, tmp_path / "house", held=[check(archive).head]).size == 5


def test_a_folder_of_a_newer_kenesh_is_neither_backed_up_nor_changed(folder: Path, tmp_path: Path):
    db = connect(folder / "kenesh.db")
    db.execute("INSERT INTO migrations VALUES ('0999_from_the_future')")
    db.close()
    with pytest.raises(NewerSchema):
        backup(folder, tmp_path / "x.tar")
