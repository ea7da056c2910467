"""Find agreed language: who agreed to these words, when, how often."""

from __future__ import annotations

from kenesh.app.house import House
from kenesh.app.library import catch_up
from kenesh.register import Precedent
from kenesh.statement.nfc import nfc


def find_precedents(
    house: House,
    text: str,
    *,
    body: str | None = None,
    year_from: int | None = None,
    year_to: int | None = None,
    act: str | None = None,
    language: str | None = None,
    limit: int = 10,
) -> tuple[Precedent, ...]:
    """Clauses of the register that say this, or nearly this: exact phrase first, then near, then related.

    Args:
        text: any words of a clause; half a sentence is enough.
        limit: at most this many, 1 to 100.
    """
    catch_up(house)
    text = nfc(text, "question")
    return house.index.search(
        text, body=body, year_from=year_from, year_to=year_to, act=act, language=language, limit=limit
    )
