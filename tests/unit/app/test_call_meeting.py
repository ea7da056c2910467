from __future__ import annotations

import pytest
from councils import Council, seated

from kenesh.app.call_meeting import BadCall, call_meeting, invitation_ics
from kenesh.app.house import in_memory
from kenesh.app.perform import Outcome
from kenesh.app.seats import OPERATOR
from kenesh.errors import BadInput, Refused


def call(council: Council, **given: object) -> Outcome:
    chosen: dict[str, object] = {
        "kind": "extraordinary",
        "mode": "video",
        "purpose": "the situation in the Northern Strait",
        "starts": "2026-11-25T16:00",
        "zone": "Europe/Istanbul",
    } | given
    return call_meeting(council.house, council.actor("secretariat"), **chosen)  # type: ignore[arg-type]


def test_local_time_is_kept_as_an_instant_with_its_zone() -> None:
    called = call(seated()).state.called
    assert called is not None
    assert (called.starts, called.zone) == ("2026-11-25T13:00:00.000000Z", "Europe/Istanbul")
    assert (called.chair, called.chair_delegation) == ("chair", "EL")
    assert called.invited == ("AV", "DR", "EL", "KS", "NV", "OZ", "WY", "YR")


def test_the_same_call_sent_twice_calls_once() -> None:
    council = seated()
    first = call(council, command_id="c1")
    size = council.size
    again = call(council, command_id="c1")
    assert (again.events, again.state) == (first.events, first.state)
    assert council.size == size


def test_an_offset_in_the_time_wins_over_the_zone() -> None:
    called = call(seated(), starts="2026-11-25T16:00+00:00").state.called
    assert called is not None
    assert called.starts == "2026-11-25T16:00:00.000000Z"


def test_ids_can_be_read_and_are_never_used_twice() -> None:
    council = seated()
    ids = [call(council).state.called.meeting for _ in range(3)]  # type: ignore[union-attr]
    assert ids == [f"2026-11-25-northern-strait{n}" for n in ("", "-2", "-3")]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"zone": "Europe/Atlantis"}, "Atlantis"),
        ({"zone": ""}, "is no time"),
        ({"zone": "../../etc/passwd"}, "is no time"),
        ({"starts": "tomorrow"}, "tomorrow"),
        ({"starts": ""}, "is no time"),
        ({"purpose": "  "}, "what it is to discuss"),
    ],
)
def test_a_call_that_cannot_be_read_says_why_and_changes_nothing(given: dict[str, str], reason: str) -> None:
    council = seated()
    size = council.size
    with pytest.raises(BadCall, match=reason):
        call(council, **given)
    assert council.size == size


@pytest.mark.parametrize("given", [{"kind": "secret"}, {"mode": "telepathy"}, {"kind": ""}])
def test_an_unknown_kind_or_means_is_refused_with_a_reason(given: dict[str, str]) -> None:
    council = seated()
    size = council.size
    with pytest.raises((Refused, BadInput)):
        call(council, **given)
    assert council.size == size


@pytest.mark.parametrize(
    "starts", ["0001-01-01T00:00", "9999-12-31T23:59", "9999-12-31T23:59-12:00", "2226-11-25T16:00"]
)
def test_a_slip_in_the_year_calls_nobody(starts: str) -> None:
    council = seated()
    size = council.size
    with pytest.raises((BadInput, Refused)):
        call(council, starts=starts, zone="Pacific/Kiritimati")
    assert council.size == size


def test_without_a_seat_for_the_chair_nobody_is_called() -> None:
    house = in_memory(seated().house.body)
    with pytest.raises(BadCall, match="seat for the chair"):
        call_meeting(
            house, OPERATOR, kind="extraordinary", mode="video", purpose="x", starts="2026-11-25", zone="UTC"
        )


def test_only_who_may_call_calls() -> None:
    council = seated()
    with pytest.raises(Refused):
        call_meeting(
            council.house,
            council.actor("wy"),
            kind="extraordinary",
            mode="video",
            purpose="the Strait",
            starts="2026-11-25T16:00",
            zone="UTC",
        )


def test_the_notice_of_the_profile_is_kept_unless_urgent() -> None:
    council = seated()
    with pytest.raises(Refused, match="notice"):
        call(council, starts="2026-11-23T18:00")
    assert call(council, starts="2026-11-23T18:00", urgent=True).state.phase == "called"


class TestInvitation:
    def lines(self, **given: object) -> list[str]:
        council = seated()
        raw = invitation_ics(council.house, call(council, **given).state)
        assert b"\n" not in raw.replace(b"\r\n", b""), "RFC 5545 ends every line with CR LF"
        assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
        return raw.decode().replace("\r\n ", "").split("\r\n")

    def test_says_what_when_and_where(self) -> None:
        lines = self.lines()
        assert lines[0] == "BEGIN:VCALENDAR"
        assert "DTSTART:20261125T130000Z" in lines
        assert "LOCATION:videoconference" in lines
        assert "URL:http://127.0.0.1:8000/meetings/2026-11-25-northern-strait" in lines
        assert any(line.startswith("SUMMARY:Council of Foreign Ministers of the Meridian") for line in lines)

    def test_letters_of_every_script_survive_the_folding(self) -> None:
        purpose = "Şuşa, Çağrı; ışık — " + "Қазақстан Республикасы " * 6
        text = "\r\n".join(self.lines(purpose=purpose))
        assert "Şuşa\\, Çağrı\\; ışık" in text
        assert text.count("Қазақстан Республикасы") == 6

    def test_no_text_of_a_person_makes_a_line_of_its_own(self) -> None:
        lines = self.lines(place="Hall 1", link="https://meet.example/1")
        assert len([line for line in lines if line.startswith("BEGIN:")]) == 2
