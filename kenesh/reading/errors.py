"""Why something given could not be read. Each error names the file and the reason."""

from __future__ import annotations

from kenesh.errors import BadInput


class NotText(BadInput):
    """The bytes are no text: a picture, an archive, a program."""

    code = "input.not-text"
    advice = "Give a text, HTML, Akoma Ntoso or Kenesh JSON file."


class EmptyInput(BadInput):
    """There is nothing to read."""

    code = "input.empty"
    advice = "Look whether the file was saved."


class TooLarge(BadInput):
    """More than a text of a council can be."""

    code = "input.too-large"
    advice = "Give one text at a time."
    http_status = 413


class WrongEncoding(BadInput):
    """The letters are not in UTF-8, and nothing says in what else."""

    code = "input.encoding"
    advice = "Save the file as UTF-8 and give it again."


class NoClause(BadInput):
    """A draft was expected, and nothing in the text acts."""

    code = "input.no-clause"
    advice = "Begin each paragraph with its verb: “1. Reaffirms …” or “Recalling …,”."


class HostileXml(BadInput):
    """XML that declares entities or a document type: it could expand without end or fetch files."""

    code = "input.hostile-xml"
    advice = "Give the file without a document type declaration."


class BrokenXml(BadInput):
    """XML that is not well-formed."""

    code = "input.broken-xml"
    advice = "Ask for the file again from where it was published."


class BrokenJson(BadInput):
    """JSON that is not well-formed, or that is no statement of a known schema."""

    code = "input.broken-json"
    advice = "Give JSON as Kenesh writes it, schema kenesh.statement/1."
