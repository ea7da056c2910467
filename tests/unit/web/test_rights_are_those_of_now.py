"""A body that comes slowly is judged by the rights at its end, not at its beginning."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from browsing import Site
from councils import drafted

from kenesh.app.seats import OPERATOR, revoke_seat

FORM = {"content-type": "application/x-www-form-urlencoded"}


async def halves(site: Site, seat: str, body: bytes) -> AsyncIterator[bytes]:
    """The body in two pieces; between them the seat's sessions are ended."""
    yield body[: len(body) // 2]
    revoke_seat(site.council.house, OPERATOR, seat)
    yield body[len(body) // 2 :]


@pytest.mark.parametrize("revoked", [False, True])
def test_an_act_begun_before_a_revocation_is_not_done_after_it(revoked: bool) -> None:
    site = Site(drafted())
    clause = site.council.clause("Condemned")
    body = f"clause={clause.id}&revision=1&text=Deplored+the+acts.".encode()
    content = halves(site, "av", body) if revoked else body
    answer = site.post(f"{site.room}/acts/amend", "av", content=content, headers=FORM)
    assert answer.status_code == (401 if revoked else 303)
    assert len(site.council.state.proposals) == (0 if revoked else 1)


def test_a_link_asked_for_before_a_revocation_is_not_made_after_it() -> None:
    site = Site(drafted())
    content = halves(site, "secretariat", b"seat=chair&reason=none")
    answer = site.post("/seats/link", "secretariat", content=content, headers=FORM)
    assert answer.status_code == 401
    assert "/sign-in/" not in answer.text.replace('/sign-in"', "")


def test_the_chair_is_handed_only_to_a_seat_that_could_preside() -> None:
    site = Site(drafted())
    before = site.council.state.presiding
    form = {"seat": "secretariat", "reason": "a try"}
    answer = site.post(f"{site.room}/acts/hand-over-chair", "chair", data=form)
    assert answer.status_code == 404
    assert site.council.state.presiding == before
