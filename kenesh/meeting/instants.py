"""Instants and days: aware, in UTC, written as RFC 3339; the day of a meeting is the day in its own zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kenesh.meeting.errors import BadInstant


def to_instant(text: str) -> datetime:
    """Read an RFC 3339 instant. Raises BadInstant."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadInstant(text=text, reason="it cannot be read") from error
    if at.tzinfo is None:
        raise BadInstant(text=text, reason="it has no zone")
    return at.astimezone(UTC)


def to_rfc3339(at: datetime) -> str:
    """Write an aware instant as `2026-11-23T10:00:00.000000Z`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def zone_of(name: str) -> ZoneInfo:
    """The zone of an IANA name, "Asia/Baku". Raises BadInstant."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadInstant(text=name, reason="it is no time zone; write it as Asia/Baku") from error


def day_in(at: datetime, zone: str) -> date:
    """The calendar day of an instant, where the meeting was announced."""
    return at.astimezone(zone_of(zone)).date()


def spoken(length: timedelta) -> str:
    """A length in words: "24 hours", "1 hour 30 minutes"."""
    minutes = max(0, int(length.total_seconds() // 60))
    hours, rest = divmod(minutes, 60)
    parts = [_counted(hours, "hour")] if hours else []
    parts += [_counted(rest, "minute")] if rest or not hours else []
    return " ".join(parts)


def clock_time(at: datetime) -> str:
    """For sentences: "10:00 UTC on 23 November 2026"."""
    return at.astimezone(UTC).strftime("%H:%M UTC on ") + f"{at.astimezone(UTC).day}" + at.strftime(" %B %Y")


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
