"""A store in memory: the same promises as SQLite's but for the crash. For tests and one-off work."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from kenesh.record import HeadRow, Held, Report, Row, verify_events
from kenesh.store.ports import Head, NewEvent, Session, StaleVersion, StoredEvent
from kenesh.store.rows import limited, seal, to_head, to_stored

SEEN_EVERY = timedelta(minutes=1)


class _Link(msgspec.Struct):
    seat: str
    expires: datetime
    used: bool = False

    def opens(self, at: datetime) -> bool:
        return not self.used and at < self.expires


class MemoryStore:
    """`Store` in memory, safe to use from several threads."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self._lock = threading.RLock()
        self._rows: list[Row] = []
        self._head = HeadRow(origin)
        self._streams: dict[str, list[int]] = {}
        self._commands: dict[str, tuple[int, ...]] = {}
        self._links: dict[str, _Link] = {}
        self._sessions: dict[str, Session] = {}
        self._seen: dict[tuple[str, str], int] = {}

    # -- events ---------------------------------------------------------------------------------------

    def append(
        self,
        stream: str,
        expected: int,
        events: Sequence[NewEvent],
        *,
        at: datetime,
        command_id: str | None = None,
    ) -> tuple[StoredEvent, ...]:
        with self._lock:
            if command_id is not None and (before := self.done(command_id)) is not None:
                return before
            if (actual := self.version(stream)) != expected:
                raise StaleVersion(stream=stream, actual=actual, expected=expected)
            rows, self._head = seal(self._head, stream, actual, events, at)
            self._rows.extend(rows)
            if rows:
                self._streams.setdefault(stream, []).extend(row.seq for row in rows)
            if command_id is not None:
                self._commands[command_id] = tuple(row.seq for row in rows)
            return tuple(to_stored(row) for row in rows)

    def read(self, stream: str, after: int = 0) -> tuple[StoredEvent, ...]:
        with self._lock:
            return self._stored(self._streams.get(stream, [])[max(after, 0) :])

    def read_all(self, after: int = -1, limit: int = 1000) -> tuple[StoredEvent, ...]:
        with self._lock:
            start = max(after + 1, 0)
            return tuple(to_stored(row) for row in self._rows[start : start + limited(limit)])

    def version(self, stream: str) -> int:
        with self._lock:
            return len(self._streams.get(stream, []))

    def streams(self, prefix: str) -> tuple[str, ...]:
        with self._lock:
            return tuple(name for name in self._streams if name.startswith(prefix))

    def head(self) -> Head:
        with self._lock:
            return to_head(self._head)

    def done(self, command_id: str) -> tuple[StoredEvent, ...] | None:
        with self._lock:
            seqs = self._commands.get(command_id)
            return None if seqs is None else self._stored(seqs)

    def erase(self, stream: str, versions: Sequence[int]) -> int:
        with self._lock:
            mine = self._streams.get(stream, [])
            seqs = {mine[v - 1] for v in versions if 0 < v <= len(mine)}
            full = [seq for seq in seqs if self._rows[seq].body is not None]
            for seq in full:
                self._rows[seq] = msgspec.structs.replace(self._rows[seq], body=None, salt=None)
            return len(full)

    def verify(self, held: Sequence[Held] = ()) -> Report:
        with self._lock:
            return verify_events(self._rows, self._head, origin=self.origin, held=held)

    def _stored(self, seqs: Sequence[int]) -> tuple[StoredEvent, ...]:
        return tuple(to_stored(self._rows[seq]) for seq in seqs)

    # -- access ---------------------------------------------------------------------------------------

    def add_link(self, token_sha256: str, seat: str, *, at: datetime, expires: datetime) -> None:
        with self._lock:
            self._links.setdefault(token_sha256, _Link(seat, expires))

    def link_seat(self, token_sha256: str, *, at: datetime) -> str | None:
        with self._lock:
            link = self._links.get(token_sha256)
            return link.seat if link and link.opens(at) else None

    def use_link(self, token_sha256: str, session_sha256: str, *, at: datetime) -> str | None:
        with self._lock:
            if (seat := self.link_seat(token_sha256, at=at)) is None:
                return None
            self._links[token_sha256].used = True
            self._sessions[session_sha256] = Session(seat, at, at)
            return seat

    def session(self, session_sha256: str, *, at: datetime, since: datetime | None = None) -> Session | None:
        with self._lock:
            session = self._sessions.get(session_sha256)
            if session and since is not None and session.seen < since:
                return None
            if session and at - session.seen >= SEEN_EVERY:
                session = msgspec.structs.replace(session, seen=at)
                self._sessions[session_sha256] = session
            return session

    def end_session(self, session_sha256: str) -> None:
        with self._lock:
            self._sessions.pop(session_sha256, None)

    def revoke_seat(self, seat: str) -> None:
        with self._lock:
            self._sessions = {k: s for k, s in self._sessions.items() if s.seat != seat}
            self._links = {k: link for k, link in self._links.items() if link.seat != seat or link.used}

    def open_links(self, seat: str, *, at: datetime) -> int:
        with self._lock:
            return sum(link.seat == seat and link.opens(at) for link in self._links.values())

    def sessions(self, seat: str) -> tuple[Session, ...]:
        with self._lock:
            return tuple(s for s in self._sessions.values() if s.seat == seat)

    def mark_seen(self, seat: str, stream: str, version: int) -> None:
        with self._lock:
            self._seen[seat, stream] = max(version, self.seen(seat, stream))

    def seen(self, seat: str, stream: str) -> int:
        with self._lock:
            return self._seen.get((seat, stream), 0)

    def close(self) -> None:
        """Nothing to let go of."""
