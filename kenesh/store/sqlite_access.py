"""Sign-in links, sessions and reading marks in SQLite: `AccessStore` over one file."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

from kenesh.clock import from_rfc3339
from kenesh.errors import Unavailable
from kenesh.store.database import Database
from kenesh.store.ports import Session
from kenesh.store.rows import to_text

SEEN_EVERY = timedelta(minutes=1)
_OPEN = "used IS NULL AND expires > ?"


class SqliteAccess(Database):
    """The sign-in part of `SqliteStore`."""

    def add_link(self, token_sha256: str, seat: str, *, at: datetime, expires: datetime) -> None:
        asked = "INSERT OR IGNORE INTO links (token_sha256, seat, made, expires) VALUES (?, ?, ?, ?)"
        with self.writing() as db:
            db.execute(asked, (token_sha256, seat, to_text(at), to_text(expires)))

    def link_seat(self, token_sha256: str, *, at: datetime) -> str | None:
        asked = f"SELECT seat FROM links WHERE token_sha256 = ? AND {_OPEN}"  # noqa: S608 - our own constant
        with self.reading() as db:
            row = db.execute(asked, (token_sha256, to_text(at))).fetchone()
        return str(row[0]) if row else None

    def use_link(self, token_sha256: str, session_sha256: str, *, at: datetime) -> str | None:
        now = to_text(at)
        asked = f"UPDATE links SET used = ? WHERE token_sha256 = ? AND {_OPEN} RETURNING seat"  # noqa: S608
        with self.writing() as db:
            row = db.execute(asked, (now, token_sha256, now)).fetchone()
            if row is None:
                return None
            opened = "INSERT INTO sessions (session_sha256, seat, made, seen) VALUES (?, ?, ?, ?)"
            db.execute(opened, (session_sha256, row[0], now, now))
        return str(row[0])

    def session(self, session_sha256: str, *, at: datetime, since: datetime | None = None) -> Session | None:
        """As `AccessStore.session` promises; where nothing can be written, sessions still live."""
        asked = "SELECT seat, made, seen FROM sessions WHERE session_sha256 = ?"
        with self.reading() as db:
            row = db.execute(asked, (session_sha256,)).fetchone()
        if row is None:
            return None
        session = _session(*row)
        if since is not None and session.seen < since:
            return None
        if at - session.seen < SEEN_EVERY:
            return session
        with suppress(Unavailable), self.writing() as db:
            noted = "UPDATE sessions SET seen = max(seen, ?) WHERE session_sha256 = ?"
            db.execute(noted, (to_text(at), session_sha256))
        return Session(session.seat, session.created, at)

    def end_session(self, session_sha256: str) -> None:
        with self.writing() as db:
            db.execute("DELETE FROM sessions WHERE session_sha256 = ?", (session_sha256,))

    def revoke_seat(self, seat: str) -> None:
        with self.writing() as db:
            db.execute("DELETE FROM sessions WHERE seat = ?", (seat,))
            db.execute("DELETE FROM links WHERE seat = ? AND used IS NULL", (seat,))

    def open_links(self, seat: str, *, at: datetime) -> int:
        asked = f"SELECT count(*) FROM links WHERE seat = ? AND {_OPEN}"  # noqa: S608 - our own constant
        with self.reading() as db:
            return int(db.execute(asked, (seat, to_text(at))).get)

    def sessions(self, seat: str) -> tuple[Session, ...]:
        asked = "SELECT seat, made, seen FROM sessions WHERE seat = ? ORDER BY made, session_sha256"
        with self.reading() as db:
            return tuple(_session(*row) for row in db.execute(asked, (seat,)))

    def mark_seen(self, seat: str, stream: str, version: int) -> None:
        if version <= self.seen(seat, stream):
            return
        asked = """INSERT INTO marks (seat, stream, version) VALUES (?, ?, ?)
                   ON CONFLICT DO UPDATE SET version = max(version, excluded.version)"""
        with self.writing() as db:
            db.execute(asked, (seat, stream, version))

    def seen(self, seat: str, stream: str) -> int:
        asked = "SELECT version FROM marks WHERE seat = ? AND stream = ?"
        with self.reading() as db:
            row = db.execute(asked, (seat, stream)).fetchone()
        return int(row[0]) if row else 0


def _session(seat: str, made: str, seen: str) -> Session:
    return Session(seat, from_rfc3339(made), from_rfc3339(seen))
