"""The house: an open data folder, its clock and its chance; what every act leans on.

DIR/kenesh.toml   settings          DIR/index/       search, derived, rebuilt when missing
DIR/body.toml     the profile       DIR/published/   the editions, byte for byte as recorded
DIR/kenesh.db     the record        DIR/backups/     copies made before an upgrade
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from kenesh.app.profile_record import recorded_profile
from kenesh.app.settings import Settings, load_settings
from kenesh.bodies import BadProfile, Profile, known
from kenesh.clock import Clock, SystemClock
from kenesh.errors import BadInput, NotFound, Unavailable
from kenesh.meeting.state import MeetingState
from kenesh.register import Entry, Index
from kenesh.register.errors import IndexLocked
from kenesh.store.memory import MemoryStore
from kenesh.store.ports import Store, StoredEvent
from kenesh.store.sqlite import SqliteStore

SALT_BYTES = 32


class NoHouse(BadInput):
    """The folder is no data folder of Kenesh."""

    code = "input.no-data-folder"
    template = "{name}: {reason}"
    advice = "Make one with `kenesh init DIR --body FILE.toml`, or name another with --data."


class House:
    """One data folder, opened by one process for writing.

    `lock` is held while an act loads, decides and appends; reading needs no lock.
    """

    def __init__(
        self,
        store: Store,
        index: Index,
        *,
        settings: Settings,
        profile: Profile | None = None,
        rules: str | None = None,
        clock: Clock | None = None,
        random: Callable[[int], bytes] = secrets.token_bytes,
        folder: Path | None = None,
    ) -> None:
        self.store = store
        self.index = index
        self.settings = settings
        self.profile = profile
        self.rules = rules  # the text of the profile, until it is noted in the record by the first act
        self.clock = clock or SystemClock()
        self.random = random
        self.folder = folder
        self.lock = threading.RLock()
        self.reading = threading.Lock()  # held while a draft is read
        self.meetings: dict[tuple[str, str], MeetingState] = {}  # (meeting, class of sight) to newest state
        self.library: dict[str, Entry] = {}  # entry id to entry, in order of entering
        self.library_seen = -1  # highest seq taken into the library
        self.listeners: list[Callable[[], None]] = []

    @property
    def profiles(self) -> tuple[Profile, ...]:
        """All profiles that texts are read with: the house's own first."""
        own = (self.profile,) if self.profile else ()
        return own + tuple(p for p in known() if not self.profile or p.id != self.profile.id)

    @property
    def body(self) -> Profile:
        """The profile of the body that meets here.

        Raises:
            Unavailable: the folder holds a register only.
        """
        if self.profile is None:
            raise Unavailable(detail="This data folder has no body: it holds a register only.")
        return self.profile

    def profile_of(self, body_id: str) -> Profile:
        """The profile of this id. Raises NotFound."""
        for profile in self.profiles:
            if profile.id == body_id:
                return profile
        raise NotFound(what="body", id=body_id)

    def now(self) -> datetime:
        return self.clock.now()

    def salt(self) -> bytes:
        return self.random(SALT_BYTES)

    def notify(self) -> None:
        """Tell every listener that something was committed."""
        for listener in tuple(self.listeners):
            listener()

    def all_events(self, after: int = -1) -> Iterator[StoredEvent]:
        """Every event of the record with a seq above `after`, in order."""
        while batch := self.store.read_all(after, 500):
            yield from batch
            after = batch[-1].seq

    def close(self) -> None:
        self.index.close()
        self.store.close()


def in_memory(
    profile: Profile | None = None,
    *,
    clock: Clock | None = None,
    random: Callable[[int], bytes] = secrets.token_bytes,
    settings: Settings | None = None,
) -> House:
    """A house without a folder, for tests and for one-off work."""
    chosen = settings or Settings()
    return House(
        MemoryStore(chosen.origin),
        Index.open(None),
        settings=chosen,
        profile=profile,
        clock=clock,
        random=random,
    )


def open_house(
    folder: Path, *, clock: Clock | None = None, settings: Settings | None = None, write: bool = True
) -> House:
    """Open a data folder, upgrading an older one after a copy was put into `backups/`.

    Raises:
        NoHouse: there is no data folder.
        BadSettings, BadProfile: a file in it cannot be taken.
        Unavailable: it needs a newer Kenesh, or the machine refuses.
    """
    if not (folder / "kenesh.toml").is_file():
        raise NoHouse(name=str(folder), reason="there is no kenesh.toml in it")
    chosen = settings or load_settings(folder / "kenesh.toml")
    body = folder / "body.toml"
    rules, profile = read_profile(body) if body.exists() else (None, None)
    store = SqliteStore.open(folder / "kenesh.db", chosen.origin)
    try:
        if profile is not None and (met := recorded_profile(store)) not in (None, profile.id):
            raise BadProfile(name=str(body), reason=f"its id is {profile.id}, but {met} has met here")
        index = _index(folder / "index", write=write)
    except BaseException:
        store.close()
        raise
    return House(store, index, settings=chosen, profile=profile, rules=rules, clock=clock, folder=folder)


def read_profile(path: Path) -> tuple[str, Profile]:
    """A body's profile, and the text it was read from.

    Raises:
        BadInput: the file cannot be opened, is no UTF-8, or is no profile.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(name=str(path), reason=str(error)) from error
    return text, Profile.from_toml(text, str(path))


def _index(folder: Path, *, write: bool) -> Index:
    """The search index; where another process writes it, it is only read: that one catches up."""
    try:
        return Index.open(folder, write=write)
    except IndexLocked:
        return Index.open(folder, write=False)


@contextmanager
def opened(folder: Path, *, write: bool = True) -> Iterator[House]:
    """`open_house`, closed again at the end."""
    house = open_house(folder, write=write)
    try:
        yield house
    finally:
        house.close()
