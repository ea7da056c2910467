from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from councils import Council, seated

from kenesh.app.seats import (
    OPERATOR,
    BadSeat,
    Seat,
    add_seat,
    find_seat,
    issue_link,
    list_seats,
    revoke_seat,
    secret_hash,
)
from kenesh.app.sign_in import LinkSpent, sign_in, sign_out, who_is, whose_link
from kenesh.errors import NotAllowed, NotFound


@pytest.fixture(params=["memory", "sqlite"])
def council(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Council]:
    made = seated(tmp_path / "data" if request.param == "sqlite" else None)
    yield made
    made.house.close()


def link(council: Council, seat: str = "av") -> str:
    return issue_link(council.house, OPERATOR, seat)


class TestLinks:
    def test_a_link_opens_its_seat_once(self, council: Council) -> None:
        token = link(council)
        session, seat = sign_in(council.house, token)
        assert seat == find_seat(council.house, "av")
        assert who_is(council.house, session) == seat
        with pytest.raises(LinkSpent):
            sign_in(council.house, token)
        assert who_is(council.house, session) == seat

    def test_looking_at_a_link_does_not_spend_it(self, council: Council) -> None:
        token = link(council)
        assert whose_link(council.house, token).id == "av"
        assert whose_link(council.house, token).id == "av"
        sign_in(council.house, token)
        with pytest.raises(LinkSpent):
            whose_link(council.house, token)

    def test_a_link_expires(self, council: Council) -> None:
        token = link(council)
        council.clock.at += timedelta(hours=council.house.settings.link_hours)
        with pytest.raises(LinkSpent):
            whose_link(council.house, token)
        with pytest.raises(LinkSpent):
            sign_in(council.house, token)

    def test_a_new_link_leaves_the_older_one_good(self, council: Council) -> None:
        first, second = link(council), link(council)
        assert first != second
        assert sign_in(council.house, first)[1] == sign_in(council.house, second)[1]

    @pytest.mark.parametrize("token", ["", "x", "no-such-token", "é\x00", "a" * 10_000])
    def test_what_never_was_a_link_is_answered_like_a_spent_one(self, council: Council, token: str) -> None:
        with pytest.raises(LinkSpent):
            sign_in(council.house, token)

    def test_secrets_are_kept_as_hashes_only(self, council: Council) -> None:
        token = link(council)
        session, _ = sign_in(council.house, token)
        stored = b"".join(str(s).encode() for s in council.house.all_events())
        if council.house.folder:
            stored += b"".join(f.read_bytes() for f in council.house.folder.rglob("*") if f.is_file())
            assert secret_hash(session).encode() in stored
        assert token.encode() not in stored
        assert session.encode() not in stored

    def test_nobody_but_the_secretariat_makes_one(self, council: Council) -> None:
        size = council.size
        for seat in ("av", "chair", "wy"):
            with pytest.raises(NotAllowed):
                issue_link(council.house, council.actor(seat), "av")
        assert council.size == size

    def test_there_is_none_for_a_seat_that_is_not_there(self, council: Council) -> None:
        with pytest.raises(NotFound):
            link(council, "nobody")


class TestSessions:
    def test_a_session_ends_when_its_holder_leaves(self, council: Council) -> None:
        session, _ = sign_in(council.house, link(council))
        sign_out(council.house, session)
        assert who_is(council.house, session) is None

    def test_a_session_that_is_used_lives_on(self, council: Council) -> None:
        session, _ = sign_in(council.house, link(council))
        for _ in range(3):
            council.clock.at += timedelta(hours=council.house.settings.session_hours - 1)
            assert who_is(council.house, session) is not None

    def test_a_session_that_was_left_alone_is_over(self, council: Council) -> None:
        session, _ = sign_in(council.house, link(council))
        council.clock.at += timedelta(hours=council.house.settings.session_hours, minutes=1)
        assert who_is(council.house, session) is None
        assert who_is(council.house, session) is None, "asking again does not wake it"

    def test_a_revoked_seat_is_shut_at_once(self, council: Council) -> None:
        spent, unused = link(council), link(council)
        session, _ = sign_in(council.house, spent)
        revoke_seat(council.house, council.actor("secretariat"), "av")
        assert who_is(council.house, session) is None
        with pytest.raises(LinkSpent):
            sign_in(council.house, unused)
        assert sign_in(council.house, link(council))[1].id == "av", "a fresh link opens it again"

    def test_other_seats_stay_signed_in(self, council: Council) -> None:
        session, seat = sign_in(council.house, link(council, "dr"))
        revoke_seat(council.house, OPERATOR, "av")
        assert who_is(council.house, session) == seat

    def test_a_removed_seat_is_gone_with_its_sessions(self, council: Council) -> None:
        session, _ = sign_in(council.house, link(council))
        revoke_seat(council.house, OPERATOR, "av", remove=True)
        assert who_is(council.house, session) is None
        assert "av" not in {s.id for s in list_seats(council.house)}
        with pytest.raises(NotFound):
            link(council)

    def test_a_replaced_holder_is_out_and_the_new_one_comes_in(self, council: Council) -> None:
        old, _ = sign_in(council.house, link(council))
        waiting = link(council)
        add_seat(council.house, OPERATOR, Seat("av", "member", "Another Envoy", "AV"))
        assert who_is(council.house, old) is None
        with pytest.raises(LinkSpent):
            whose_link(council.house, waiting)
        assert sign_in(council.house, link(council))[1].person == "Another Envoy"
        assert len([s for s in list_seats(council.house) if s.id == "av"]) == 1


class TestSeats:
    @pytest.mark.parametrize(
        ("seat", "reason"),
        [
            (Seat("AV", "member", "A", "AV"), "letters a to z"),
            (Seat("", "member", "A", "AV"), "letters a to z"),
            (Seat("-av", "member", "A", "AV"), "letters a to z"),
            (Seat("av\n", "member", "A", "AV"), "letters a to z"),
            (Seat("a" * 40, "member", "A", "AV"), "letters a to z"),
            (Seat("x", "member", " ", "AV"), "person must be named"),
            (Seat("x", "member", "A"), "is not among AV, DR, EL, KS, NV, OZ"),
            (Seat("x", "member", "A", "WY"), "is not among"),
            (Seat("x", "observer", "A", "AV"), "is not among WY, YR"),
            (Seat("x", "chair", "A", "QQ"), "is not among"),
            (Seat("x", "boss", "A", "AV"), "no role"),  # type: ignore[arg-type]
        ],
    )
    def test_a_bad_seat_says_what_is_wrong(self, council: Council, seat: Seat, reason: str) -> None:
        size = council.size
        with pytest.raises(BadSeat, match=reason):
            add_seat(council.house, OPERATOR, seat)
        assert council.size == size

    def test_only_the_secretariat_adds_and_revokes(self, council: Council) -> None:
        with pytest.raises(NotAllowed):
            add_seat(council.house, council.actor("chair"), Seat("x", "member", "A", "AV"))
        with pytest.raises(NotAllowed):
            revoke_seat(council.house, council.actor("av"), "dr")

    def test_seats_are_in_the_record_and_links_leave_a_trace(self, council: Council) -> None:
        link(council)
        kinds = [s.type for s in council.house.store.read("seats")]
        assert kinds.count("seat.added/1") == len(list_seats(council.house))
        assert kinds[-1] == "link.issued/1"
