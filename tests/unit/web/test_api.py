"""A meeting as a program holds it: over JSON, from the call to the register; and its description."""

from __future__ import annotations

import msgspec
import pytest
from browsing import Site
from councils import DRAFT, SEATS, STRONGLY, seated

from kenesh.statement.model import Statement

VERBS = {"get", "post", "put", "delete", "patch"}


@pytest.fixture(scope="module")
def schema() -> dict[str, dict[str, dict[str, object]]]:
    return Site(seated()).get("/schema/openapi.json").json()


class TestSchema:
    def test_lists_every_route_of_the_interface_and_no_page(
        self, schema: dict[str, dict[str, dict[str, object]]]
    ) -> None:
        site = Site(seated())
        routes = {
            (route.path.replace(":str", ""), method.lower())
            for route in site.app.app.routes  # type: ignore[attr-defined]
            if route.path.startswith("/api/")
            for method in route.methods - {"OPTIONS"}
        }
        listed = {(path, verb) for path, verbs in schema["paths"].items() for verb in verbs if verb in VERBS}
        assert listed == routes

    def test_is_an_openapi_document_whose_references_resolve(self, schema: dict[str, object]) -> None:
        assert str(schema["openapi"]).startswith("3.1")
        assert schema["info"]["title"] == "Kenesh"  # type: ignore[index]

        def references(node: object) -> list[str]:
            if isinstance(node, dict):
                own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
                return own + [r for value in node.values() for r in references(value)]
            return [r for value in node for r in references(value)] if isinstance(node, list) else []

        for reference in references(schema):
            place: object = schema
            for part in reference.removeprefix("#/").split("/"):
                place = place[part]  # type: ignore[index]

    def test_says_of_each_operation_what_it_does(
        self, schema: dict[str, dict[str, dict[str, dict[str, object]]]]
    ) -> None:
        seen = set()
        for path, verbs in schema["paths"].items():
            for operation in (verbs[v] for v in verbs if v in VERBS):
                assert operation["description"], path
                assert operation["responses"], path
                seen.add(operation["operationId"])
        assert len(seen) == sum(len(verbs) for verbs in schema["paths"].values())

    def test_knows_nothing_of_the_house(self, schema: dict[str, object]) -> None:
        assert "house" not in str(schema["paths"]).lower()


def test_a_whole_meeting_is_held_over_json() -> None:
    site = Site(seated())
    called = site.post(
        "/api/meetings",
        "secretariat",
        json={"purpose": "the Northern Strait", "starts": "2026-11-23T09:10", "zone": "UTC", "urgent": True},
    )
    assert called.status_code == 201, called.text
    room = f"/api/meetings/{called.json()['meeting']}"
    made = 0

    def act(seat: str, act: str, **fields: object) -> dict[str, object]:
        nonlocal made
        made += 1
        body = {"act": act, "fields": {k: str(v) for k, v in fields.items()}, "command_id": str(made)}
        answer = site.post(f"{room}/acts", seat, json=body)
        assert answer.status_code == 201, answer.text
        return answer.json()

    for seat in SEATS:
        code = {"delegation": "secretariat", "person": seat.person} if seat.role == "secretariat" else {}
        act(seat.id, "arrive", **code)
    act("chair", "open-meeting")
    assert site.post(f"{room}/draft", "secretariat", json={"text": DRAFT.decode()}).status_code == 201
    state = site.get(room, "av").json()
    clause = next(c for c in state["clauses"] if c["text"].startswith("Condemned"))
    done = act("av", "amend", clause=clause["id"], revision=clause["revision"], text=STRONGLY)
    proposal = done["events"][0]["event"]["proposal"]  # type: ignore[index]
    act("dr", "support", proposal=proposal)
    act("chair", "accept-proposal", proposal=proposal, revision=1)
    act("chair", "put-text")
    act("ks", "reserve", call=1, kind="explanation", text="We read this in the light of the Charter.")
    act("chair", "declare-adopted", call=1)
    act("secretariat", "publish")
    act("chair", "end-meeting", outcome="adopted")
    (line,) = site.get("/api/register").json()
    found = site.get(f"/api/register/{line['id']}")
    statement = msgspec.json.decode(found.content, type=Statement)
    assert statement.adoption is not None
    assert [r.code for r in statement.adoption.reservations] == ["KS"]
    (first, *_) = site.get("/api/precedents", params={"q": "strongly condemned the acts"}).json()
    assert (first["entry"], first["match"], first["text"]) == (line["id"], "exact", STRONGLY)
