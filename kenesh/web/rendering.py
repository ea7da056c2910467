"""Templates and their filters. Everything is escaped; there is no way to mark a stored text as safe."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from kenesh.clock import from_rfc3339
from kenesh.register import Precedent

MEANS = {"video": "videoconference", "in-person": "in person", "hybrid": "hybrid", "written": "in writing"}
_SMALL = {"of", "the", "on", "in", "and", "for", "to", "at", "by", "with", "from", "a", "an", "or"}


@cache
def environment() -> Environment:
    """The one template environment of the process."""
    made = Environment(
        loader=PackageLoader("kenesh.web"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        when=when,
        clock=clock,
        day=day,
        bytes=size,
        clip=clip,
        short=short_title,
        title_case=title_case,
        no_dot=lambda text: str(text).rstrip(".)"),
        means=lambda mode: MEANS[mode],
        named=lambda code, names: names.get(code, code),
        sentence=lambda text: text[:1].upper() + text[1:].rstrip(".") + ".",
        highlighted=highlighted,
    )
    return made


def render(template: str, **values: object) -> Markup:
    """Render a template; the result is escaped HTML."""
    return Markup(environment().get_template(template).render(**values))  # noqa: S704 - autoescaped


def day(iso: str | date) -> str:
    """An ISO date as "23 November 2026"."""
    at = iso if isinstance(iso, date) else date.fromisoformat(iso[:10])
    return f"{at.day} {at:%B %Y}"


def when(iso: str, zone: str) -> str:
    """An instant in a zone, with the zone said: "23 November 2026, 10:00 (Europe/Istanbul, UTC+03:00)"."""
    local = from_rfc3339(iso).astimezone(ZoneInfo(zone))
    return f"{day(local.date())}, {local:%H:%M} ({_zone_words(local, zone)})"


def clock(iso: str, zone: str) -> str:
    """The hour and minute of an instant in a zone."""
    return f"{from_rfc3339(iso).astimezone(ZoneInfo(zone)):%H:%M}"


def _zone_words(local: datetime, zone: str) -> str:
    offset = f"{local:%z}"
    return "UTC" if zone == "UTC" else f"{zone}, UTC{offset[:3]}:{offset[3:]}"


def size(count: int) -> str:
    """A number of bytes for people."""
    return f"{count} bytes" if count < 1000 else f"{count / 1000:.1f} kB"


def clip(text: str, length: int) -> str:
    """At most `length` characters, cut at a word."""
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def title_case(title: str | None) -> str:
    """A title printed in capitals as people write it in a list; any other is left as it is."""
    if not title:
        return "Untitled"
    letters = [c for c in title if c.isalpha()]
    if not letters or sum(c.isupper() for c in letters) < 0.8 * len(letters):
        return title
    words = title.lower().split(" ")
    return " ".join(w if i and w in _SMALL else _capital(w) for i, w in enumerate(words))


def _capital(word: str) -> str:
    """The word with its first letter as a capital, whatever quotation mark stands before it."""
    first = next((i for i, c in enumerate(word) if c.isalpha()), 0)
    return word[:first] + word[first : first + 1].upper() + word[first + 1 :]


def short_title(title: str | None) -> str:
    """A title without the name of the body: the kind of text and what it speaks on."""
    full = title_case(title)
    return clip(re.sub(r"\s+of the .*?(?= on | concerning |$)", "", full, count=1), 60)


def highlighted(precedent: Precedent) -> Markup:
    """The text of a precedent with the words that match set apart."""
    out, end = [], 0
    for start, stop in precedent.spans:
        if start < end:
            continue
        out += [
            escape(precedent.text[end:start]),
            Markup("<mark>"),
            escape(precedent.text[start:stop]),
            Markup("</mark>"),
        ]
        end = stop
    return Markup("").join([*out, escape(precedent.text[end:])])
