"""What the acts need of a store; `memory` and `sqlite` keep the same promises.

Promises
* What `append` returned is there after a crash of the process or the machine, whole and once.
* Events of one stream have versions 1, 2, 3, … without gaps; all events together have `seq` 0, 1, 2, …
  (`seq` is the number of leaves before this one, RFC 6962).
* `append` is guarded by the version its caller saw: a lost race writes nothing and raises `StaleVersion`.
* The same `command_id` is carried out once: a repetition returns what the first one wrote.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

import msgspec

from kenesh.errors import Conflict
from kenesh.record import Held, Report


class StaleVersion(Conflict):
    """Another writer was first."""

    code = "refused.stale-version"
    template = "{stream} is at version {actual}, not {expected}."
    advice = "Load the new state and decide again."


class NewEvent(msgspec.Struct, frozen=True):
    """An event to be written. `body` is JSON-able: actor, audience and the event's own fields."""

    type: str
    body: dict[str, Any]
    salt: bytes  # 32 random bytes, from the caller


class StoredEvent(msgspec.Struct, frozen=True):
    seq: int
    stream: str
    version: int
    time: datetime  # aware, UTC; never earlier than the event before it
    type: str
    body: dict[str, Any]  # {} where erased
    erased: bool = False  # the content was deleted by a retention rule; the place in the record stays


class Head(msgspec.Struct, frozen=True):
    """The end of the record: `root` is the RFC 6962 tree hash over `size` leaves, 64 hexadecimal digits."""

    size: int
    root: str
    time: datetime | None


class EventStore(Protocol):
    origin: str  # name of the log, as "council.example/record"

    def append(
        self,
        stream: str,
        expected: int,
        events: Sequence[NewEvent],
        *,
        at: datetime,
        command_id: str | None = None,
    ) -> tuple[StoredEvent, ...]:
        """Write all events in one transaction, or none; event time is max(at, last event time).

        Raises:
            StaleVersion: the stream's version is not `expected`.
        """
        ...

    def read(self, stream: str, after: int = 0) -> tuple[StoredEvent, ...]:
        """Events of a stream with a version above `after`, in order."""
        ...

    def read_all(self, after: int = -1, limit: int = 1000) -> tuple[StoredEvent, ...]:
        """Events of all streams with a `seq` above `after`, in order."""
        ...

    def version(self, stream: str) -> int:
        """The stream's version, 0 if it has no events."""
        ...

    def streams(self, prefix: str) -> tuple[str, ...]:
        """Names of the streams that begin so, in order of their first event."""
        ...

    def head(self) -> Head: ...

    def done(self, command_id: str) -> tuple[StoredEvent, ...] | None:
        """What a command wrote when it was carried out; None if it was not."""
        ...

    def erase(self, stream: str, versions: Sequence[int]) -> int:
        """Delete body and salt of events by a retention rule; the record still verifies.

        Returns how many had content. Versions that do not exist are passed over.
        """
        ...

    def verify(self, held: Sequence[Held] = ()) -> Report:
        """Verify the whole record in one consistent look; `held` are heads noted earlier or elsewhere."""
        ...


class Session(msgspec.Struct, frozen=True):
    seat: str
    created: datetime
    seen: datetime


class AccessStore(Protocol):
    """Sign-in links, sessions and reading marks: secrets only as SHA-256, nothing of it in the record."""

    def add_link(self, token_sha256: str, seat: str, *, at: datetime, expires: datetime) -> None:
        """Make a link; one that is known already stays as it is, so that a used one never opens again."""
        ...

    def link_seat(self, token_sha256: str, *, at: datetime) -> str | None:
        """The seat an unused, unexpired link opens, without using it."""
        ...

    def use_link(self, token_sha256: str, session_sha256: str, *, at: datetime) -> str | None:
        """Use the link once and open a session in the same transaction; None if it opens nothing."""
        ...

    def session(self, session_sha256: str, *, at: datetime, since: datetime | None = None) -> Session | None:
        """A live session, noting that it was seen (at most once a minute).

        One that was last seen before `since` is none, and stays so: asking does not wake it.
        """
        ...

    def end_session(self, session_sha256: str) -> None: ...

    def revoke_seat(self, seat: str) -> None:
        """End every session of a seat and kill every unused link of it."""
        ...

    def open_links(self, seat: str, *, at: datetime) -> int:
        """How many unused, unexpired links a seat has."""
        ...

    def sessions(self, seat: str) -> tuple[Session, ...]: ...

    def mark_seen(self, seat: str, stream: str, version: int) -> None:
        """Remember how far a seat has read a stream; never goes back."""
        ...

    def seen(self, seat: str, stream: str) -> int: ...


class Store(EventStore, AccessStore, Protocol):
    def close(self) -> None:
        """Let go of everything; may be called twice."""
        ...
