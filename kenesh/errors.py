"""What can go wrong, by whose fault it is.

    Refused      a rule said no: nothing is broken, somebody may not do this now
    BadInput     what was given cannot be taken as it is
    BadRecord    a stored document or log is not sound
    Unavailable  something we lean on is not there

Each error has a stable `code` for machines, named values for logs, a `template` for translators and an
`advice` for people. No bare `ValueError` crosses a public function.
"""

from __future__ import annotations

from typing import ClassVar


class KeneshError(Exception):
    """The root of all errors that Kenesh raises on purpose."""

    code: ClassVar[str] = "kenesh.error"
    template: ClassVar[str] = "{detail}"
    advice: ClassVar[str] = ""
    exit_code: ClassVar[int] = 1
    http_status: ClassVar[int] = 500

    def __init__(self, **values: object) -> None:
        self.values = values
        self.__dict__["advice"] = self.advice.format_map(_Lenient(values))  # it may name the values too
        super().__init__(self.template.format_map(_Lenient(values)))


class _Lenient(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


class Refused(KeneshError):
    """A rule said no."""

    code = "refused"
    exit_code = 4
    http_status = 409


class NotAllowed(Refused):
    """This seat has no right to do this."""

    code = "refused.not-allowed"
    template = "{role} may not {act}."
    advice = "Ask the chair or the secretariat."
    http_status = 403


class NotFound(Refused):
    """There is no such thing, or this seat may not see it: the answer is the same."""

    code = "refused.not-found"
    template = "There is no {what} {id}."
    advice = "Look at the address again."
    http_status = 404


class Conflict(Refused):
    """Somebody else was first; the state has moved on."""

    code = "refused.conflict"
    template = "{what} has moved on since you looked."
    advice = "Look at the new text, then act again. What you wrote is kept."


class BadInput(KeneshError):
    """What was given cannot be taken as it is."""

    code = "input"
    template = "{name}: {reason}"
    exit_code = 2
    http_status = 422


class BadRecord(KeneshError):
    """A stored document or log is not sound."""

    code = "record"
    exit_code = 1
    http_status = 500


class Unavailable(KeneshError):
    """Something we lean on is not there."""

    code = "unavailable"
    exit_code = 5
    http_status = 503
