"""What every store promises, as one class that each backend inherits."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest

from kenesh.errors import BadInput
from kenesh.record import Held, Range, leaf_hash
from kenesh.store.ports import NewEvent, StaleVersion, Store

ORIGIN = "council.example/record"
AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
SALT = bytes(range(32))


def event(text: str = "Expressed concern.", type: str = "clause.amended/1") -> NewEvent:
    return NewEvent(type, {"text": text, "actor": {"seat": "av"}}, SALT)


class StoreContract:
    @pytest.fixture
    def store(self) -> Store:
        pytest.fail("each backend gives its own store")

    # -- writing ---------------------------------------------------------------------------------------

    def test_what_is_appended_is_read_again(self, store: Store):
        written = store.append("meeting/a", 0, [event("Özgürlük"), event("Кеңеш")], at=AT)
        assert store.read("meeting/a") == written
        assert [(e.seq, e.version, e.type) for e in written] == [
            (0, 1, "clause.amended/1"),
            (1, 2, "clause.amended/1"),
        ]
        assert written[1].body == {"text": "Кеңеш", "actor": {"seat": "av"}}
        assert written[0].time == AT
        assert not written[0].erased

    def test_streams_count_for_themselves_and_the_record_counts_all(self, store: Store):
        store.append("meeting/a", 0, [event()], at=AT)
        store.append("meeting/b", 0, [event()], at=AT)
        store.append("meeting/a", 1, [event()], at=AT)
        assert [(e.seq, e.stream, e.version) for e in store.read_all()] == [
            (0, "meeting/a", 1),
            (1, "meeting/b", 1),
            (2, "meeting/a", 2),
        ]
        assert (store.version("meeting/a"), store.version("meeting/b"), store.version("meeting/c")) == (
            2,
            1,
            0,
        )

    def test_a_lost_race_writes_nothing(self, store: Store):
        store.append("meeting/a", 0, [event("first")], at=AT)
        head = store.head()
        with pytest.raises(StaleVersion) as refused:
            store.append("meeting/a", 0, [event("second")], at=AT, command_id="lost")
        assert refused.value.values["actual"] == 1
        assert store.head() == head
        assert store.done("lost") is None
        with pytest.raises(StaleVersion):
            store.append("meeting/a", 2, [event()], at=AT)

    def test_no_events_write_nothing_but_still_ask_for_the_version(self, store: Store):
        assert store.append("meeting/a", 0, [], at=AT) == ()
        assert store.head().size == 0
        with pytest.raises(StaleVersion):
            store.append("meeting/a", 1, [], at=AT)

    def test_a_body_that_is_no_canonical_json_writes_nothing(self, store: Store):
        bad = NewEvent("x/1", {"share": 0.5}, SALT)
        with pytest.raises(BadInput):
            store.append("meeting/a", 0, [event(), bad], at=AT, command_id="bad")
        assert store.head().size == 0
        assert store.done("bad") is None

    def test_a_short_salt_writes_nothing(self, store: Store):
        with pytest.raises(BadInput):
            store.append("meeting/a", 0, [NewEvent("x/1", {}, b"short")], at=AT)
        assert store.head().size == 0

    def test_an_instant_without_zone_is_refused(self, store: Store):
        with pytest.raises(BadInput):
            store.append("meeting/a", 0, [event()], at=datetime(2026, 1, 1))  # noqa: DTZ001 - on purpose

    def test_time_never_goes_back(self, store: Store):
        store.append("meeting/a", 0, [event()], at=AT)
        (second,) = store.append("meeting/b", 0, [event()], at=AT - timedelta(days=700))
        (third,) = store.append("meeting/b", 1, [event()], at=AT + timedelta(microseconds=1))
        assert second.time == AT
        assert third.time == AT + timedelta(microseconds=1)
        assert store.verify().sound

    # -- commands --------------------------------------------------------------------------------------

    def test_a_repeated_command_returns_what_the_first_wrote(self, store: Store):
        first = store.append("meeting/a", 0, [event(), event()], at=AT, command_id="c1")
        store.append("meeting/a", 2, [event()], at=AT)
        again = store.append("meeting/a", 0, [event("other")], at=AT, command_id="c1")
        assert again == first == store.done("c1")
        assert store.head().size == 3

    def test_a_command_that_wrote_nothing_is_done_too(self, store: Store):
        assert store.append("meeting/a", 0, [], at=AT, command_id="c0") == ()
        assert store.done("c0") == ()
        assert store.append("meeting/a", 0, [event()], at=AT, command_id="c0") == ()
        assert store.head().size == 0

    # -- reading ---------------------------------------------------------------------------------------

    def test_reading_goes_on_after_a_version_or_a_seq(self, store: Store):
        store.append("meeting/a", 0, [event(str(n)) for n in range(5)], at=AT)
        assert [e.version for e in store.read("meeting/a", 3)] == [4, 5]
        assert store.read("meeting/a", 9) == ()
        assert [e.seq for e in store.read_all(1, limit=2)] == [2, 3]
        assert store.read_all(4) == ()
        assert store.read_all(limit=0) == ()

    def test_a_long_stream_is_read_whole(self, store: Store):
        store.append("meeting/a", 0, [event(str(n)) for n in range(2_001)], at=AT)
        assert [e.version for e in store.read("meeting/a")] == list(range(1, 2_002))

    def test_streams_are_found_by_their_beginning_in_order_of_first_event(self, store: Store):
        for stream in ("meeting/z", "texts", "meeting/a", "meeting%", "Meeting/b"):
            store.append(stream, 0, [event(), event()], at=AT)
        assert store.streams("meeting/") == ("meeting/z", "meeting/a")
        assert store.streams("meeting%") == ("meeting%",)
        assert len(store.streams("")) == 5

    # -- the record ------------------------------------------------------------------------------------

    def test_an_empty_record_has_the_root_of_an_empty_tree_and_verifies(self, store: Store):
        head = store.head()
        assert (head.size, head.root, head.time) == (0, Range().root().hex(), None)
        assert store.verify().sound

    def test_the_head_is_the_tree_over_the_canonical_headers(self, store: Store):
        store.append("meeting/a", 0, [event()], at=AT)
        header = (
            b'{"body_c":"' + self.commitment() + b'","log":"council.example/record","meeting":"meeting/a",'
            b'"prev_time":null,"seq":0,"time":"2026-11-23T10:00:00.000000Z","type":"clause.amended/1","v":1}'
        )
        assert store.head().root == leaf_hash(header).hex()
        assert store.head().time == AT

    @staticmethod
    def commitment() -> bytes:
        import base64
        import hashlib
        import hmac

        body = b'kenesh/body/v1\n{"actor":{"seat":"av"},"text":"Expressed concern."}'
        keyed = hmac.new(SALT, body, hashlib.sha256).digest()
        return base64.urlsafe_b64encode(keyed).rstrip(b"=")

    def test_a_record_verifies_against_heads_noted_on_the_way(self, store: Store):
        held = []
        for n in range(9):
            store.append("meeting/a", n, [event(str(n))], at=AT)
            held.append(Held(store.head().size, store.head().root))
        report = store.verify(held)
        assert report.sound
        assert (report.size, report.root) == (9, store.head().root)
        assert all(step.holds for step in report.steps)

    def test_a_record_shorter_than_a_noted_head_is_found(self, store: Store):
        store.append("meeting/a", 0, [event()], at=AT)
        report = store.verify([Held(2, "00" * 32)])
        assert report.fault is not None
        assert report.fault.step == "held"

    def test_erased_content_is_gone_and_the_record_verifies(self, store: Store):
        store.append("meeting/a", 0, [event("one"), event("two"), event("three")], at=AT)
        head = store.head()
        assert store.erase("meeting/a", [2, 7]) == 1
        assert store.erase("meeting/a", [2]) == 0
        report = store.verify()
        assert report.sound
        assert report.erased == (1,)
        assert store.head() == head
        assert [(e.version, e.erased, e.body.get("text")) for e in store.read("meeting/a")] == [
            (1, False, "one"),
            (2, True, None),
            (3, False, "three"),
        ]
        store.append("meeting/a", 3, [event()], at=AT)
        assert store.verify().sound

    # -- threads ---------------------------------------------------------------------------------------

    def test_many_threads_write_every_event_once(self, store: Store):
        def write(name: str) -> None:
            for n in range(20):
                while True:
                    try:
                        store.append("meeting/a", store.version("meeting/a"), [event(f"{name}{n}")], at=AT)
                        break
                    except StaleVersion:
                        continue

        threads = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        texts = [e.body["text"] for e in store.read("meeting/a")]
        assert sorted(texts) == sorted(f"{name}{n}" for name in "abcd" for n in range(20))
        assert store.verify().sound

    # -- access ----------------------------------------------------------------------------------------

    def test_a_link_opens_one_session(self, store: Store):
        store.add_link("t1", "av", at=AT, expires=AT + timedelta(days=1))
        assert store.link_seat("t1", at=AT) == "av"
        assert store.open_links("av", at=AT) == 1
        assert store.use_link("t1", "s1", at=AT) == "av"
        assert store.use_link("t1", "s2", at=AT) is None
        assert store.link_seat("t1", at=AT) is None
        assert store.open_links("av", at=AT) == 0
        assert store.session("s1", at=AT).seat == "av"
        assert store.session("s2", at=AT) is None

    def test_a_used_link_is_not_revived(self, store: Store):
        for _ in range(2):
            store.add_link("t1", "av", at=AT, expires=AT + timedelta(days=1))
            store.use_link("t1", "s1", at=AT)
        assert store.open_links("av", at=AT) == 0

    def test_an_expired_or_unknown_link_opens_nothing(self, store: Store):
        store.add_link("t1", "av", at=AT, expires=AT + timedelta(hours=1))
        late = AT + timedelta(hours=1)
        assert store.link_seat("t1", at=late) is None
        assert store.use_link("t1", "s1", at=late) is None
        assert store.open_links("av", at=late) == 0
        assert store.use_link("t2", "s1", at=AT) is None
        assert store.sessions("av") == ()

    def test_a_session_notes_once_a_minute_that_it_was_seen(self, store: Store):
        store.add_link("t1", "av", at=AT, expires=AT + timedelta(days=1))
        store.use_link("t1", "s1", at=AT)
        assert store.session("s1", at=AT + timedelta(seconds=59)).seen == AT
        later = AT + timedelta(seconds=60)
        assert store.session("s1", at=later).seen == later
        assert store.sessions("av")[0].seen == later
        assert store.sessions("av")[0].created == AT

    def test_a_session_that_was_left_alone_is_none_and_stays_so(self, store: Store):
        store.add_link("t1", "av", at=AT, expires=AT + timedelta(hours=1))
        store.use_link("t1", "s1", at=AT)
        later = AT + timedelta(hours=2)
        assert store.session("s1", at=later, since=AT + timedelta(seconds=1)) is None
        assert store.session("s1", at=later, since=AT + timedelta(seconds=1)) is None
        assert store.session("s1", at=later, since=AT).seen == later

    def test_an_ended_session_is_dead(self, store: Store):
        store.add_link("t1", "av", at=AT, expires=AT + timedelta(days=1))
        store.use_link("t1", "s1", at=AT)
        store.end_session("s1")
        store.end_session("unknown")
        assert store.session("s1", at=AT) is None

    def test_a_revoked_seat_has_no_session_and_no_link(self, store: Store):
        for token, seat in (("t1", "av"), ("t2", "av"), ("t3", "dr")):
            store.add_link(token, seat, at=AT, expires=AT + timedelta(days=1))
        store.use_link("t1", "s1", at=AT)
        store.revoke_seat("av")
        assert store.session("s1", at=AT) is None
        assert store.link_seat("t2", at=AT) is None
        assert store.link_seat("t3", at=AT) == "dr"

    def test_a_reading_mark_never_goes_back(self, store: Store):
        assert store.seen("av", "meeting/a") == 0
        store.mark_seen("av", "meeting/a", 5)
        store.mark_seen("av", "meeting/a", 3)
        store.mark_seen("dr", "meeting/a", 1)
        assert (store.seen("av", "meeting/a"), store.seen("dr", "meeting/a")) == (5, 1)

    def test_access_leaves_no_trace_in_the_record(self, store: Store):
        store.add_link("t1", "av", at=AT, expires=AT + timedelta(days=1))
        store.use_link("t1", "s1", at=AT)
        store.mark_seen("av", "meeting/a", 5)
        assert store.head().size == 0

    def test_closing_twice_is_allowed(self, store: Store):
        store.close()
        store.close()
