"""Names of published texts: the stem of a file and the IRI of a work.

    file_name(s)                      "mc-cfm-2026-11-23-situation-in-the-northern-strait"
    work_iri(s, "aa-mc", "mc-cfm")    "/akn/aa-mc/statement/deliberation/mc-cfm/2026-11-23/northern-strait"

Names are ASCII, lower case and made of the statement alone: the same statement has the same name tomorrow.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import date

from kenesh.statement.model import Statement
from kenesh.statement.nfc import nfc

UNKNOWN_DATE = "0001-01-01"  # as the UN's own files write a date that is not known
_MAX = 60  # characters of a subject; longer names break on phones and in old archives
_LETTERS = str.maketrans(
    {
        "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss",
        "ə": "e",
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i",
        "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
        "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y",
        "ь": "",
        "э": "e", "ю": "yu", "я": "ya", "ә": "a", "ғ": "gh", "қ": "q", "ң": "ng", "ө": "o", "ұ": "u",
        "ү": "u", "һ": "h", "і": "i", "ї": "yi", "є": "ye", "ґ": "g",
    }
)  # fmt: skip
_WORK = re.compile(r"/akn/[^/]+/statement/deliberation/([^/]+)/([^/]+)/([^/]+)")  # actor, date, number
_FILLER = re.compile(
    r"(?:(?:current|recent|latest)-)?(?:situation|developments|events)-(?:in|on|around)-(?:the-)?"
)


def slug(text: str, limit: int = _MAX) -> str:
    """Lower-case ASCII words joined by hyphens, at most `limit` characters, broken between words.

    A text without any letter that can be written so (Chinese, Arabic) gets a short hash of itself.
    """
    lowered = nfc(text).casefold().translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", lowered).encode("ascii", "ignore").decode()
    words = "-".join(re.findall(r"[a-z0-9]+", plain.replace("'", "")))
    if not words:
        return "t" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]
    if len(words) <= limit:
        return words
    return words[: limit + 1].rpartition("-")[0] or words[:limit]


def subject(statement: Statement) -> str:
    """What the title speaks on: the words after the first "on" behind the body's name, else all of it."""
    title = statement.title or statement.symbol or statement.kind
    start = 0
    if statement.body is not None:
        found = title.casefold().find(statement.body.name.casefold())
        start = found + len(statement.body.name) if found >= 0 else 0
    match = re.search(r"\bon (?:the )?(.+)", title[start:], re.IGNORECASE)
    return match[1] if match else title


def date_of(statement: Statement) -> str:
    """The date of the work, ISO 8601: of adoption, else of the meeting, else `0001-01-01`."""
    meeting = statement.meeting
    candidates = (
        statement.adoption.when[:10] if statement.adoption else None,
        meeting.end if meeting else None,
        meeting.start if meeting else None,
    )
    for found in candidates:
        if found and is_date(found):
            return found
    return UNKNOWN_DATE


def is_date(text: str) -> bool:
    """Whether the text is a day of the calendar, written `2026-11-23`."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def file_name(statement: Statement) -> str:
    """The stem that all editions of a statement share: of its IRI, else body, date, symbol or subject."""
    if statement.iri and (work := _WORK.fullmatch(statement.iri)):
        return "-".join(slug(part) for part in work.groups())
    body = statement.body
    parts = [slug(body.id or body.name, 40)] if body else []
    if (day := date_of(statement)) != UNKNOWN_DATE:
        parts.append(day)
    parts.append(slug(subject(statement)))
    return "-".join(parts)


def work_iri(statement: Statement, jurisdiction: str, actor: str) -> str:
    """The Akoma Ntoso IRI of the work, without language and version.

    Args:
        statement: its symbol, else its subject, becomes the number; its adoption or meeting gives the date.
        jurisdiction: as in the body's profile, "aa-mc"; `aa-` is ISO 3166's code for what is no country.
        actor: as in the body's profile, "mc-cfm".

    Source: Akoma Ntoso Naming Convention 1.0, and AKN4UN part 1 on deliberative documents.
    """
    number = (
        slug(statement.symbol) if statement.symbol else _FILLER.sub("", slug(subject(statement)), count=1)
    )
    number = number or slug(subject(statement))
    return f"/akn/{jurisdiction}/statement/deliberation/{actor}/{date_of(statement)}/{number}"
