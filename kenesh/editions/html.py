"""A statement as one self-contained page: no script, nothing fetched, readable on paper and on a phone.

Every fact of the model stands either as the words of an element or as a `data-` attribute of it, so that the
page can be read back whole (`kenesh.reading.html`). A clause's permanent id is the `id` of its element:
`page.html#c1f3a...` leads to it. Marks upon the words are nested elements: `em.lead`, `span.act`, `cite`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from html import escape
from importlib.resources import files

from kenesh.editions import naming
from kenesh.editions.inline import Inline, Mark, Node, NoteMark, inline
from kenesh.editions.languages import direction, tag
from kenesh.errors import BadInput
from kenesh.statement.colophon import date_in_words, instant_in_words
from kenesh.statement.hashes import text_hash
from kenesh.statement.model import (
    Adoption,
    Annex,
    Citation,
    Clause,
    Footnote,
    LeadingPhrase,
    MeetingRef,
    Participant,
    Reservation,
    Statement,
)

_FORMS = (
    ("txt", "text/plain", "Text"),
    ("json", "application/json", "JSON"),
    ("xml", "application/akn+xml", "XML"),
)
_MODES = {
    "in-person": "in person",
    "video": "by videoconference",
    "hybrid": "in hybrid form",
    "written": "in writing",
}
_HOW = {"consensus": "by consensus", "vote": "by vote", "silence": "under the silence procedure"}
_ROLES = {
    "chair": "Chair",
    "member": "Member",
    "observer": "Observer",
    "secretariat": "Secretariat",
    "guest": "Guest",
    "participant": "",
}


def to_html(statement: Statement) -> bytes:
    """The page, UTF-8, from `<!doctype html>` to its last line end."""
    title = statement.title or statement.symbol or statement.kind.replace("-", " ").capitalize()
    stem = naming.file_name(statement)
    language = tag(statement.language)
    lines = [
        "<!doctype html>",
        f"<html{_attributes({'lang': language, 'dir': direction(statement.language)})}>",
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        f"<title>{_text(title)}</title>",
        *(
            f"<link{_attributes({'rel': 'alternate', 'type': media, 'href': f'{stem}.{ending}'})}>"
            for ending, media, _ in _FORMS
        ),
        f"<style>\n{_style()}</style>",
        "</head>",
        "<body>",
        "<main>",
        *_article(statement, stem, title),
        "</main>",
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(lines).encode()


@cache
def _style() -> str:
    return (files("kenesh.editions") / "statement.css").read_text(encoding="utf-8")


def _article(statement: Statement, stem: str, title: str) -> list[str]:
    facts = {
        "data-schema": statement.schema,
        "data-kind": statement.kind,
        "data-language": statement.language,
        "data-reason": statement.reason,
    }
    notes = statement.footnotes
    return [
        f'<article class="statement"{_attributes(facts)}>',
        *_header(statement, title),
        *_attendance(statement.participants),
        '<div class="text">',
        *_clauses(statement.clauses, notes),
        "</div>",
        *(line for annex in statement.annexes for line in _annex(annex, notes)),
        *_footnotes(notes),
        *_footer(statement, stem),
        "</article>",
    ]


def _header(statement: Statement, title: str) -> list[str]:
    lines = ["<header>"]
    if statement.body is not None:
        facts = {"data-id": statement.body.id}
        lines.append(f'<p class="body"{_attributes(facts)}>{_text(statement.body.name)}</p>')
    untitled = ' class="untitled"' if statement.title is None else ' class="title"'
    lines.append(f"<h1{untitled}>{_text(title)}</h1>")
    if statement.symbol is not None:
        lines.append(f'<p class="symbol">{_text(statement.symbol)}</p>')
    if statement.meeting is not None:
        lines.append(_meeting(statement.meeting))
    return [*lines, "</header>"]


def _meeting(meeting: MeetingRef) -> str:
    facts = {f"data-{field}": getattr(meeting, field) for field in meeting.__struct_fields__}
    words = " ".join(
        filter(
            None, (f"{meeting.kind} meeting" if meeting.kind else "meeting", _MODES.get(meeting.mode or ""))
        )
    )
    words = words[0].upper() + words[1:] if meeting.kind or meeting.mode else ""
    parts = [_text(part) for part in (words, meeting.session, meeting.place) if part]
    dates = [date for date in (meeting.start, meeting.end) if date]
    if dates:
        parts.append("–".join(_time(date, date_in_words(date)) for date in dict.fromkeys(dates)))
    return f'<p class="meeting" lang="en" dir="ltr"{_attributes(facts)}>{", ".join(parts)}</p>'


def _time(instant: str, words: str) -> str:
    return f"<time{_attributes({'datetime': instant})}>{_text(words)}</time>"


def _attendance(participants: Sequence[Participant]) -> list[str]:
    if not participants:
        return []
    return [
        '<section class="attendance" lang="en" dir="ltr" aria-label="Attendance">',
        "<h2>Attendance</h2>",
        "<ul>",
        *(_participant(participant) for participant in participants),
        "</ul>",
        "</section>",
    ]


def _participant(participant: Participant) -> str:
    facts = {"data-role": participant.role, "data-code": participant.code}
    parts = [f'<span class="name">{_text(participant.name)}</span>']
    if participant.title is not None:
        parts.append(f'<span class="post">{_text(participant.title)}</span>')
    if participant.state is not None:
        parts.append(f'<span class="state">{_text(participant.state)}</span>')
    if _ROLES[participant.role]:
        parts.append(f'<span class="role">{_ROLES[participant.role]}</span>')
    return f"<li{_attributes(facts)}>{' '.join(parts)}</li>"


def _clauses(clauses: Iterable[Clause], notes: Sequence[Footnote], depth: int = 0) -> list[str]:
    return [line for clause in clauses for line in _clause(clause, notes, depth)]


def _clause(clause: Clause, notes: Sequence[Footnote], depth: int) -> list[str]:
    words = inline(clause, notes)
    numbered = " numbered" if clause.number is not None else ""
    facts = {"id": clause.id, "data-kind": clause.kind, "data-marks": words.beside}
    element = "h2" if clause.kind == "heading" and depth == 0 else "p"
    number = f'<span class="number">{_text(clause.number)}</span> ' if clause.number is not None else ""
    lines = [
        f'<div class="clause {clause.kind}{numbered}"{_attributes(facts)}>',
        f'<{element}>{number}<span class="words">{_nodes(words, clause)}</span></{element}>',
    ]
    if clause.clauses:
        lines += ['<div class="clauses">', *_clauses(clause.clauses, notes, depth + 1), "</div>"]
    return [*lines, "</div>"]


def _nodes(words: Inline, clause: Clause) -> str:
    """The words; where their marks stand beside them, the lead is still set in italics, for the eye only."""
    first = words.nodes[0] if words.nodes else None
    if words.beside and clause.lead and isinstance(first, str) and first.startswith(clause.lead):
        rest = (first[len(clause.lead) :], *words.nodes[1:])
        return f"<i>{_text(clause.lead)}</i>" + "".join(map(_node, rest))
    return "".join(map(_node, words.nodes))


def _node(node: Node) -> str:
    if isinstance(node, str):
        return _text(node)
    if isinstance(node, NoteMark):
        return f'<sup class="noteref"><a href="#note-{node.n}">{_text(node.marker)}</a></sup>'
    inner = "".join(map(_node, node.nodes))
    return _marked(node, inner)


def _marked(mark: Mark, inner: str) -> str:
    facts: dict[str, str | None]
    if isinstance(mark.value, LeadingPhrase):
        facts = {
            f"data-{field}": str(value)
            for field in ("act", "strength", "lemma", "modifier", "intensifier", "possessive")
            if (value := getattr(mark.value, field)) is not None
        }
        return f'<span class="act"{_attributes(facts)}>{inner}</span>'
    if isinstance(mark.value, Citation):
        facts = {"data-target": mark.value.target, "data-date": mark.value.date}
        return f"<cite{_attributes(facts)}>{inner}</cite>"
    return f'<em class="lead">{inner}</em>'


def _annex(annex: Annex, notes: Sequence[Footnote]) -> list[str]:
    return [
        '<section class="annex">',
        f'<h2 class="title">{_text(annex.title)}</h2>',
        *_clauses(annex.clauses, notes),
        "</section>",
    ]


def _footnotes(notes: Sequence[Footnote]) -> list[str]:
    if not notes:
        return []
    lines = ['<section class="footnotes" aria-label="Footnotes">']
    for n, note in enumerate(notes, 1):
        facts = {
            "data-marker": note.marker,
            "data-clause": note.clause,
            "data-at": None if note.at is None else str(note.at),
        }
        words = f'<sup>{_text(note.marker)}</sup> <span class="words">{_text(note.text)}</span>'
        lines.append(f'<p class="footnote" id="note-{n}"{_attributes(facts)}>{words}</p>')
    return [*lines, "</section>"]


def _footer(statement: Statement, stem: str) -> list[str]:
    lines = ['<footer lang="en" dir="ltr">']
    if statement.adoption is not None:
        lines += _adoption(statement.adoption)
    lines.append("<dl>")
    if statement.iri is not None:
        lines.append(f'<dt>Identifier</dt><dd class="iri">{_text(statement.iri)}</dd>')
    if (text_sha256 := _hash(statement)) is not None:
        lines.append(f'<dt>Text SHA-256</dt><dd class="sha256">{_text(text_sha256)}</dd>')
    links = (
        f'<a href="{escape(stem)}.{ending}" type="{media}">{label}</a>' for ending, media, label in _FORMS
    )
    return [*lines, f'<dt>Other forms</dt><dd class="forms">{" ".join(links)}</dd>', "</dl>", "</footer>"]


def _hash(statement: Statement) -> str | None:
    """The hash that the adoption binds; of a text that is not adopted, the hash it has."""
    if statement.adoption is not None:
        return statement.adoption.text_sha256
    try:
        return text_hash(statement)
    except BadInput:
        return None


def _adoption(adoption: Adoption) -> list[str]:
    facts = {
        "data-how": adoption.how,
        "data-when": adoption.when,
        "data-present": str(adoption.present),
        "data-entitled": str(adoption.entitled),
        "data-objections": str(adoption.objections),
    }
    noun = "objection" if adoption.objections == 1 else "objections"
    return [
        f'<section class="adoption"{_attributes(facts)} aria-label="Adoption">',
        f"<p>Adopted {_HOW[adoption.how]} on {_time(adoption.when, instant_in_words(adoption.when))}.</p>",
        f'<p>Rule: <span class="rule">{_text(adoption.rule)}</span>; '
        f"{adoption.present} of {adoption.entitled} members present; {adoption.objections} {noun}.</p>",
        *(line for reservation in adoption.reservations for line in _voice(reservation)),
        "</section>",
    ]


def _voice(reservation: Reservation) -> list[str]:
    facts = {
        "data-kind": reservation.kind,
        "data-code": reservation.code,
        "data-clause": reservation.clause,
        "data-state": reservation.state,
    }
    who = f"{reservation.state} ({reservation.code})" if reservation.state else reservation.code
    where = f" on {reservation.clause}" if reservation.clause else ""
    return [
        f'<div class="voice"{_attributes(facts)}>',
        f"<h2>{reservation.kind.capitalize()} by {_text(who)}{_text(where)}</h2>",
        f'<p class="words">{_text(reservation.text)}</p>',
        "</div>",
    ]


def _text(words: str) -> str:
    """Words as HTML gives them back; NUL, which HTML cannot hold, becomes U+FFFD."""
    return escape(words).replace("\r", "&#13;").replace("\0", "\N{REPLACEMENT CHARACTER}")


def _attributes(facts: Mapping[str, str | None]) -> str:
    return "".join(f' {key}="{_text(value)}"' for key, value in facts.items() if value is not None)
