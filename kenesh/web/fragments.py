"""The pieces of a room page, each with the id by which the live page replaces it.

The page and the live stream render the same pieces from the same values, so that a page loaded fresh and a
page kept live are the same page.
"""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

from kenesh.app.seats import Seat
from kenesh.web.rendering import render
from kenesh.web.room_view import Room
from kenesh.web.views import ClauseView

PANELS = ("status", "decision", "floor", "people", "since")


def room_fragments(room: Room, seat: Seat) -> dict[str, Markup]:
    """Every fragment of the room page by its id; "text" holds the clauses and stands for their order."""
    values = {
        "room": room.view,
        "seat": seat,
        "may": room.may,
        "names": room.names,
        "labels": room.labels,
        "act": f"/meetings/{room.view.id}/acts/",
    }
    made = {name: render(f"room/{name}.html", **values) for name in PANELS}
    names = tuple(room.names.items())
    articles = {c.id: _clause(c, names) for c in room.clauses}
    made["text"] = render(
        "room/text.html",
        **values,
        clause_html=list(articles.values()),
        top_insertions=room.top_insertions,
        struck=room.struck,
    )
    return made | articles


def screen_fragments(room: Room, seat: Seat) -> dict[str, Markup]:
    """The one fragment of the room's screen."""
    return {
        "screen": render(
            "room/screen.html", room=room.view, clauses=room.clauses, names=room.names, labels=room.labels
        )
    }


def changed(before: dict[str, Markup], after: dict[str, Markup]) -> list[Markup]:
    """The fragments to send so that a page showing `before` shows `after`.

    Clauses are sent one by one; if the list of clauses or what stands around them is another, the whole
    text is sent instead.
    """
    clauses = [k for k in after if k not in (*PANELS, "text", "screen")]
    same_list = clauses == [k for k in before if k not in (*PANELS, "text", "screen")]
    around = _around(before) == _around(after)
    out = [after[k] for k in (*PANELS, "screen") if k in after and before.get(k) != after[k]]
    if same_list and around:
        return out + [after[k] for k in clauses if before[k] != after[k]]
    return [*out, after["text"]] if "text" in after else out


def _around(fragments: dict[str, Markup]) -> str:
    """What stands around the clauses in the text."""
    text = str(fragments.get("text", ""))
    for key, html in fragments.items():
        if key not in (*PANELS, "text", "screen"):
            text = text.replace(str(html), "", 1)
    return text


@lru_cache(maxsize=8192)
def _clause(view: ClauseView, names: tuple[tuple[str, str], ...]) -> Markup:
    """A clause, kept: everybody with the same rights looks at the same."""
    return render("_clause.html", c=view, names=dict(names))
