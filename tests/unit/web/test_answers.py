"""Errors in the form that was asked for, forms of any shape, and a body of any size."""

from __future__ import annotations

import pytest
from browsing import Site
from councils import DRAFT, STRONGLY, drafted, opened
from hypothesis import given, settings
from hypothesis import strategies as st

from kenesh.errors import Unavailable
from kenesh.meeting import AcceptProposal, Amend
from kenesh.web.acts import _SPECIAL, COMMANDS
from kenesh.web.security import MAX_BODY


@pytest.fixture(scope="module")
def site() -> Site:
    return Site(drafted())


LIVE = {"x-live": "1"}


class TestErrors:
    def test_come_as_a_fragment_for_a_form(self, site: Site) -> None:
        answer = site.post(f"{site.room}/acts/put-text", "av", headers=LIVE)
        assert answer.status_code == 403
        assert "<html" not in answer.text
        assert "preside" in answer.text or "chair" in answer.text.lower()

    def test_come_as_a_page_for_a_person(self, site: Site) -> None:
        answer = site.post(
            f"{site.room}/acts/put-text", "av", headers={"referer": f"http://127.0.0.1:8000{site.room}"}
        )
        assert answer.status_code == 403
        assert "<html" in answer.text
        assert f'href="{site.room}"' in answer.text

    def test_come_as_json_for_a_program(self, site: Site) -> None:
        answer = site.post(f"/api{site.room}/acts", "av", json={"act": "put-text"})
        assert answer.status_code == 403
        assert set(answer.json()) == {"error", "detail", "advice"}

    @pytest.mark.parametrize(
        ("path", "status"), [("/api/nothing", 404), ("/api/meetings/x", 401), ("/api/precedents", 400)]
    )
    def test_of_the_framework_are_json_too(self, site: Site, path: str, status: int) -> None:
        answer = site.get(path)
        assert answer.status_code == status
        assert set(answer.json()) == {"error", "detail", "advice"}

    def test_lead_back_to_this_site_only(self, site: Site) -> None:
        for referer in ("http://evil.example//evil.example/x", "https://evil.example", "//evil.example"):
            answer = site.post(f"{site.room}/acts/nothing", "av", headers={"referer": referer})
            assert "evil.example" not in answer.text

    def test_give_back_what_was_written(self, site: Site) -> None:
        words = "Words that took <em>an hour</em> to find"
        fields = {"clause": "c-gone", "revision": "1", "text": words}
        answer = site.post(f"{site.room}/acts/amend", "av", data=fields)
        assert answer.status_code >= 400
        assert "Words that took &lt;em&gt;an hour&lt;/em&gt; to find" in answer.text

    def test_of_ours_are_told_without_a_trace(self, monkeypatch: pytest.MonkeyPatch) -> None:
        here = Site(drafted())
        here.session("av")
        monkeypatch.setattr(here.council.house.store, "read", None)
        answer = here.get(here.room, "av")
        assert answer.status_code == 500
        assert "Something went wrong here" in answer.text
        assert "Traceback" not in answer.text
        assert "NoneType" not in answer.text
        assert answer.headers["content-security-policy"]

    def test_of_the_machine_are_told_as_such(self, monkeypatch: pytest.MonkeyPatch) -> None:
        here = Site(drafted())
        here.session("av")

        def gone(*_: object, **__: object) -> None:
            raise Unavailable(detail="The disk is full.")

        monkeypatch.setattr(here.council.house.store, "session", gone)
        monkeypatch.setattr(here.council.house.store, "head", gone)
        for path in ("/", here.room, "/healthz", "/api/meetings"):
            answer = here.get(path, "av")
            assert answer.status_code == 503, path
            assert "The disk is full." in answer.text


class TestForms:
    def test_an_act_leads_back_to_where_it_was_done(self) -> None:
        here = Site(drafted())
        clause = here.council.clause("Condemned")
        answer = here.act("av", "amend", clause=clause.id, revision=1, text=STRONGLY)
        assert (answer.status_code, answer.headers["location"]) == (303, f"{here.room}#{clause.id}")
        live = here.post(f"{here.room}/acts/request-floor", "av", headers=LIVE)
        assert (live.status_code, live.content) == (204, b"")

    def test_the_same_act_sent_twice_is_carried_out_once(self) -> None:
        here = Site(drafted())
        clause = here.council.clause("Condemned")
        fields = {"clause": clause.id, "revision": "1", "text": STRONGLY}
        for _ in range(2):
            answer = here.post(
                f"{here.room}/acts/amend", "av", data=fields, headers={**LIVE, "x-command-id": "k1"}
            )
            assert answer.status_code == 204
        assert len(here.council.state.proposals) == 1

    def test_one_seats_command_id_does_not_answer_another(self) -> None:
        here = Site(opened())
        for seat in ("av", "dr"):
            here.session(seat)
            body = {"act": "request-floor", "command_id": "k1"}
            assert here.post(f"/api{here.room}/acts", seat, json=body).status_code == 201
        assert here.council.state.queue == ("AV", "DR")
        draft = {"text": DRAFT.decode(), "command_id": "av:k1"}
        assert here.post(f"/api{here.room}/draft", "secretariat", json=draft).status_code == 201
        assert here.council.state.draft == "zero", "an id of another seat was taken for one's own"

    def test_a_proposal_on_a_clause_that_moved_on_is_kept_beside_it(self) -> None:
        here = Site(drafted())
        clause = here.council.clause("Condemned")
        made = here.council.do("av", Amend(clause.id, 1, STRONGLY)).proposals[-1]
        here.council.do("chair", AcceptProposal(made.id, 1))
        words = "Deplored the acts of sabotage that endanger seafarers."
        answer = here.act("dr", "amend", clause=clause.id, revision=1, text=words)
        assert answer.status_code == 303
        late = here.council.state.proposals[-1]
        assert (late.status, late.text, late.late) == ("flagged", words, True)
        page = here.get(here.room, "nv").text
        assert words in page
        assert "kept beside the new text" in page

    @pytest.mark.parametrize("act", sorted({*COMMANDS, *_SPECIAL, "nothing"}))
    @pytest.mark.parametrize("seat", ["av", "chair", "secretariat"])
    def test_an_empty_form_is_never_a_fault(self, act: str, seat: str) -> None:
        here = Site(drafted())
        for fields in (
            {},
            {"nonsense": "1"},
            {"clause": "", "revision": "x", "call": "-1", "proposal": "\0"},
        ):
            answer = here.post(f"{here.room}/acts/{act}", seat, data=fields)
            assert answer.status_code < 500

    @settings(max_examples=60)
    @given(
        body=st.binary(max_size=200) | st.text(max_size=80).map(lambda t: f"text={t}&revision={t}".encode()),
        kind=st.sampled_from(
            [
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "multipart/form-data",
                "multipart/form-data; boundary=" + "y" * 300,
                "application/json",
                "text/plain; charset=nonsense",
                "",
            ]
        ),
        path=st.sampled_from(["acts/amend", "acts/object", "acts/arrive", "draft", "seen"]),
    )
    def test_a_body_of_any_shape_is_never_a_fault(self, body: bytes, kind: str, path: str) -> None:
        answer = SHAPES.post(f"{SHAPES.room}/{path}", "av", content=body, headers={"content-type": kind})
        assert answer.status_code < 500, answer.text

    @pytest.mark.parametrize("number", ["9" * 5000, "-1", "1e9", "٣", "²", "0x10", "1" * 25])
    def test_numbers_of_any_length_are_never_a_fault(self, site: Site, number: str) -> None:
        room = f"/api{site.room}"
        fields = {"clause": "c", "revision": number, "text": "x"}
        answers = [
            site.post(f"{site.room}/seen", "av", data={"version": number}),
            site.get("/search", params={"q": "x", "from": number, "to": number}),
            site.get("/api/precedents", params={"q": "x", "limit": number}),
            site.post(f"{room}/acts", "av", json={"act": "amend", "fields": fields}),
            site.post(f"{site.room}/acts/amend", "av", data=fields),
        ]
        assert [a.status_code for a in answers if a.status_code >= 500] == []

    @pytest.mark.parametrize(
        "body",
        [b"", b"{", b"[]", b"null", b'{"act": 3}', b'{"act": "amend", "fields": {"text": 3}}', b"\xff\xfe",
         b'{"act": "amend", "unknown": 1}', b"[" * 5000, b'{"act": "\\ud800"}'],
    )  # fmt: skip
    def test_json_of_any_shape_is_never_a_fault(self, site: Site, body: bytes) -> None:
        for path in (f"/api{site.room}/acts", f"/api{site.room}/draft", "/api/meetings"):
            answer = site.post(
                path, "secretariat", content=body, headers={"content-type": "application/json"}
            )
            assert 400 <= answer.status_code < 500, answer.text
            assert set(answer.json()) == {"error", "detail", "advice"}

    def test_an_upload_is_named_in_its_error(self, site: Site) -> None:
        files = {"file": ("photo.png", b"\x89PNG\r\n\x1a\n\0\0", "image/png")}
        answer = site.post(f"{site.room}/draft", "secretariat", files=files, headers=LIVE)
        assert answer.status_code == 422
        assert "photo.png" in answer.text

    def test_an_upload_is_read_into_clauses(self) -> None:
        here = Site(opened())
        files = {"file": ("strait.txt", DRAFT, "text/plain")}
        assert here.post(f"{here.room}/draft", "secretariat", files=files).status_code == 303
        assert len(here.council.state.clauses) == 5


class TestSize:
    def test_more_than_the_limit_is_413_and_changes_nothing(self, site: Site) -> None:
        size = site.council.size
        for path in (f"{site.room}/draft", f"/api{site.room}/draft", f"{site.room}/acts/amend"):
            answer = site.post(path, "secretariat", content=b"x" * (MAX_BODY + 1))
            assert answer.status_code == 413
        assert site.council.size == size

    def test_a_draft_over_its_own_limit_says_how_large_it_is(self, site: Site) -> None:
        files = {"file": ("long.txt", b"1. Condemns it.\n" * 130_000, "text/plain")}
        answer = site.post(f"{site.room}/draft", "secretariat", files=files, headers=LIVE)
        assert answer.status_code in (413, 422)
        assert "long.txt" in answer.text


SHAPES = Site(drafted())
SHAPES.session("av")
