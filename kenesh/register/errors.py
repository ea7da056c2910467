"""What can go wrong in the register; the index is derived, so none of it loses a text."""

from __future__ import annotations

from kenesh.errors import Unavailable


class IndexLocked(Unavailable):
    """Another process writes to this index."""

    code = "unavailable.index-locked"
    template = "The search index {path} is held by another process."
    advice = "Open it for reading only; the process that holds it catches up by itself."


class IndexReadOnly(Unavailable):
    """The index was opened for reading only."""

    code = "unavailable.index-read-only"
    template = "The search index {path} is open for reading only."
    advice = "Open it for writing, or leave the change to the process that holds it."


class IndexBroken(Unavailable):
    """The index cannot be read, or its folder holds something else."""

    code = "unavailable.index-broken"
    template = "The search index {path} cannot be used: {reason}"
    advice = "Remove the folder; the index is made again from the stored texts."
