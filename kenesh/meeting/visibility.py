"""Who sees an event: "public", "meeting", "members" (with "members+HU" for some observers beside them),
"secretariat", "delegation:XX".

What a seat may not see is never sent to it. An audience that is not understood is seen by nobody but the
secretariat. A guest sees what is public.
"""

from __future__ import annotations

from kenesh.meeting.events import Actor, Audience

_DELEGATES = ("chair", "member")


def may_see(audience: Audience, actor: Actor) -> bool:
    """Say whether an event of this audience may be shown to this actor."""
    if audience == "public":
        return True
    kind, _, code = audience.partition(":")
    if kind == "delegation":
        return code != "" and actor.delegation == code and actor.role in (*_DELEGATES, "observer")
    if actor.role == "secretariat":
        return True
    if audience == "meeting":
        return actor.role in (*_DELEGATES, "observer")
    group, *others = audience.split("+")
    if group != "members":
        return False
    return actor.role in _DELEGATES or (actor.role == "observer" and actor.delegation in others)
