"""Published forms of a statement.

    data = publish(statement, "html")
    path.with_name(naming.file_name(statement) + ENDINGS["html"]).write_bytes(data)

Invariants
* Pure: the same statement gives the same bytes, on any machine, on any day.
* Law: reading an edition gives the statement back, but for `source` (and for ids, in plain text).
* Where a text was read from is no part of an edition; adoption, identifier and reservations are part of all.
"""

from __future__ import annotations

from collections.abc import Callable

from kenesh.editions import akn, html, json, txt
from kenesh.errors import BadInput
from kenesh.statement.model import Statement

FORMS = ("txt", "html", "json", "akn")
ENDINGS = {"txt": ".txt", "html": ".html", "json": ".json", "akn": ".xml"}
MEDIA_TYPES = {
    "txt": "text/plain; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "akn": "application/akn+xml",
}
_WRITERS: dict[str, Callable[[Statement], bytes]] = {
    "txt": txt.to_txt,
    "html": html.to_html,
    "json": json.to_json,
    "akn": akn.to_akn,
}


class UnknownForm(BadInput):
    """There is no edition of this form."""

    code = "input.unknown-form"
    template = "{name}: no such form; {reason}"
    advice = "Choose among txt, html, json and akn."


class NotWritable(BadInput):
    """A text holds what no file in Unicode can hold."""

    code = "input.not-writable"
    advice = "Write the text again without the character that is named."


def publish(statement: Statement, form: str) -> bytes:
    """The edition of a statement in one form, UTF-8.

    Args:
        statement: what is published; its `source` is left out.
        form: one of `FORMS`.

    Raises:
        UnknownForm: `form` is none of them.
        NotWritable: a text holds half a surrogate pair.
    """
    if form not in _WRITERS:
        raise UnknownForm(name=form, reason=f"forms are {', '.join(FORMS)}")
    try:
        return _WRITERS[form](statement)
    except UnicodeEncodeError as error:
        place = error.object[max(0, error.start - 20) : error.start]
        raise NotWritable(
            name=f"{form} edition", reason=f"U+{ord(error.object[error.start]):04X} after {place!r}"
        ) from error
