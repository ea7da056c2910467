"""The lines after a plain text that say how it was adopted, and the way back from them.

    ----------------------------------------
    Adopted by consensus on 23 November 2026 at 20:11:05 UTC.
    Rule: consensus, no objection; 6 of 6 members present; 0 objections.
    Reservation by KS (Republic of Kesteria) on 4.: Kesteria reads this clause ...
    Symbol: MC/CFM/2026/7
    Language: fra
    Identifier: /akn/aa-mc/statement/deliberation/mc-cfm/2026-11-23/northern-strait
    Text SHA-256: <64 hexadecimal digits>

Invariants
* `from_lines(to_lines(s))` gives back the adoption, symbol, iri and language of `s`.
* A line stands only where there is a fact; without adoption, symbol and iri there is no colophon.
* One fact, one line: a line break inside a value is written `\\n`, a backslash is doubled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Literal, cast

import msgspec

from kenesh.errors import BadInput
from kenesh.statement.model import Adoption, Reservation, Statement

RULE = "-" * 40
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_HOW = {"consensus": "by consensus", "vote": "by vote", "silence": "under the silence procedure"}
_ADOPTED = re.compile(r"Adopted (by consensus|by vote|under the silence procedure) on (.+)\.")
_INSTANT = re.compile(r"(\d{1,2}) (\w+) (\d{4}) at (\d\d:\d\d:\d\d)(?:\.(\d{6}))? UTC")
_COUNTS = re.compile(r"Rule: (.*); (\d+) of (\d+) members present; (\d+) objections?\.", re.DOTALL)
_VOICE = re.compile(
    r"(Reservation|Disassociation|Interpretation|Explanation) by (\S+?)"
    r"(?: \((.*?)\))?(?: on (.+?))?:(?: (.*))?",
    re.DOTALL,
)
_FIELD = re.compile(r"(Symbol|Language|Identifier|Text SHA-256): ?(.*)", re.DOTALL)


class BadColophon(BadInput):
    """The lines after a text say something that no colophon says."""

    code = "input.colophon"
    template = "{name}: {reason}"
    advice = "Read an edition as it was published, or leave the lines after the rule away."


class Colophon(msgspec.Struct, frozen=True):
    """What stands after the text; None where it says nothing."""

    adoption: Adoption | None = None
    symbol: str | None = None
    iri: str | None = None
    language: str | None = None


def to_lines(statement: Statement) -> tuple[str, ...]:
    """The colophon, rule first, without the blank line before it; empty where there is none."""
    adoption = statement.adoption
    if adoption is None and statement.symbol is None and statement.iri is None:
        return ()
    lines = [RULE]
    if adoption is not None:
        lines += _adoption_lines(adoption)
    if statement.symbol is not None:
        lines.append(f"Symbol: {_escape(statement.symbol)}")
    if statement.language != "eng":
        lines.append(f"Language: {_escape(statement.language)}")
    if statement.iri is not None:
        lines.append(f"Identifier: {_escape(statement.iri)}")
    if adoption is not None:
        lines.append(f"Text SHA-256: {_escape(adoption.text_sha256)}")
    return tuple(lines)


def _adoption_lines(adoption: Adoption) -> list[str]:
    noun = "objection" if adoption.objections == 1 else "objections"
    return [
        adoption_in_words(adoption),
        f"Rule: {_escape(adoption.rule)}; {adoption.present} of {adoption.entitled} members present; "
        f"{adoption.objections} {noun}.",
        *(f"{_escape(voice_in_words(v))}: {_escape(v.text)}" for v in adoption.reservations),
    ]


def adoption_in_words(adoption: Adoption) -> str:
    """ "Adopted by consensus on 23 November 2026 at 20:11:05 UTC." """
    return f"Adopted {_HOW[adoption.how]} on {instant_in_words(adoption.when)}."


def voice_in_words(reservation: Reservation) -> str:
    """ "Reservation by KS (Republic of Kesteria) on 4.": whose voice it is, and on what."""
    state = f" ({reservation.state})" if reservation.state is not None else ""
    clause = f" on {reservation.clause}" if reservation.clause is not None else ""
    return f"{reservation.kind.capitalize()} by {reservation.code}{state}{clause}"


def instant_in_words(when: str) -> str:
    """`2026-11-23T20:11:05.000000Z` as `23 November 2026 at 20:11:05 UTC`.

    Microseconds are kept where they are not zero. What is no such instant is given back as it came.
    """
    try:
        at = datetime.fromisoformat(when)
    except ValueError:
        return when
    if at.tzinfo is None or _instant(at) != when:
        return when
    micro = f".{at.microsecond:06d}" if at.microsecond else ""
    return f"{at.day} {MONTHS[at.month - 1]} {at.year:04d} at {at:%H:%M:%S}{micro} UTC"


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def date_in_words(date: str) -> str:
    """`2026-11-23` as `23 November 2026`; what is no such date is given back as it came."""
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", date)
    if match is None or not 1 <= int(match[2]) <= 12:
        return date
    return f"{int(match[3])} {MONTHS[int(match[2]) - 1]} {match[1]}"


def split(lines: Sequence[str]) -> tuple[tuple[str, ...], Colophon | None]:
    """Divide the lines of a plain text into the text and its colophon, None where it carries none.

    A rule in the text after which other lines stand is no colophon: everything is then text.
    """
    for at in range(len(lines) - 1, -1, -1):
        if lines[at].strip() == RULE:
            try:
                return tuple(lines[:at]), from_lines(lines[at:])
            except BadColophon:
                break
    return tuple(lines), None


def from_lines(lines: Iterable[str]) -> Colophon:
    """Read a colophon back; the rule and blank lines are passed over.

    Raises:
        BadColophon: a line is none of a colophon's, or an adoption is told in part only.
    """
    facts: dict[str, str] = {}
    voices: list[Reservation] = []
    for line in (raw.strip() for raw in lines):
        if line in ("", RULE):
            continue
        if (match := _VOICE.fullmatch(line)) is not None:
            voices.append(_voice(match))
        else:
            name, value = _fact(line)
            facts[name] = value
    return Colophon(
        adoption=_adoption(facts, tuple(voices)),
        symbol=_unescaped(facts.get("Symbol")),
        iri=_unescaped(facts.get("Identifier")),
        language=_unescaped(facts.get("Language")),
    )


def _fact(line: str) -> tuple[str, str]:
    if (match := _FIELD.fullmatch(line)) is not None:
        return match[1], match[2]
    if _ADOPTED.fullmatch(line):
        return "Adopted", line
    if _COUNTS.fullmatch(line):
        return "Rule", line
    raise BadColophon(name="colophon", reason=f"unknown line: {line[:80]!r}")


def _voice(match: re.Match[str]) -> Reservation:
    kind = cast(Literal["reservation", "disassociation", "interpretation", "explanation"], match[1].lower())
    return Reservation(
        code=_unescape(match[2]),
        kind=kind,
        text=_unescape(match[5] or ""),
        clause=_unescaped(match[4]),
        state=_unescaped(match[3]),
    )


def _adoption(facts: dict[str, str], voices: tuple[Reservation, ...]) -> Adoption | None:
    told = [name for name in ("Adopted", "Rule", "Text SHA-256") if name in facts]
    if not told and not voices:
        return None
    adopted = _ADOPTED.fullmatch(facts.get("Adopted", ""))
    counts = _COUNTS.fullmatch(facts.get("Rule", ""))
    if adopted is None or counts is None or "Text SHA-256" not in facts:
        raise BadColophon(name="colophon", reason=f"an adoption is told in part only: {told}")
    how = next(key for key, words in _HOW.items() if words == adopted[1])
    return Adoption(
        how=cast(Literal["consensus", "vote", "silence"], how),
        when=_from_words(adopted[2]),
        rule=_unescape(counts[1]),
        text_sha256=_unescape(facts["Text SHA-256"]),
        present=int(counts[2]),
        entitled=int(counts[3]),
        objections=int(counts[4]),
        reservations=voices,
    )


def _from_words(words: str) -> str:
    match = _INSTANT.fullmatch(words)
    if match is None or match[2] not in MONTHS:
        return words
    month = MONTHS.index(match[2]) + 1
    return f"{match[3]}-{month:02d}-{int(match[1]):02d}T{match[4]}.{match[5] or '000000'}Z"


def _escape(value: str) -> str:
    def out(match: re.Match[str]) -> str:
        return {"\n": "\\n", "\\": "\\\\"}.get(match[0], f"\\u{ord(match[0]):04x}")

    return re.sub(r"[\\\n\r\v\f\x1c-\x1e\x85\u2028\u2029]", out, value)


def _unescape(value: str) -> str:
    def back(match: re.Match[str]) -> str:
        if match[1] == "n":
            return "\n"
        return "\\" if match[1] == "\\" else chr(int(match[1][1:], 16))

    return re.sub(r"\\(n|\\|u[0-9a-f]{4})", back, value)


def _unescaped(value: str | None) -> str | None:
    return None if value is None else _unescape(value)
