"""Reading: bytes of any form to blocks, blocks to a statement."""

from __future__ import annotations

from kenesh.reading.marks import mark

__all__ = ["mark"]
