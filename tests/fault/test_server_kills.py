"""A real server is killed again and again while a meeting is held: what was acknowledged is there, once.

The client does what a careful client does: it names each act, and where no answer came it asks again by the
same name. Set KENESH_FAULT_ROUNDS for more kills than the usual 30.
"""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from councils import DRAFT, PROFILE_TOML, SEATS, STRONGLY

from kenesh.app.init_house import init_house
from kenesh.app.seats import OPERATOR, add_seat, issue_link
from kenesh.app.settings import load_settings
from kenesh.app.sign_in import sign_in
from kenesh.store.sqlite import SqliteStore

ROUNDS = int(os.environ.get("KENESH_FAULT_ROUNDS", "30"))
START_SECONDS = 30.0  # a server that does not answer by then is broken
MEMBERS = ("av", "dr", "ks", "nv", "oz")

pytestmark = pytest.mark.slow


class Server:
    """`kenesh serve` as a process of its own; it is killed at a random moment of its life."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder = folder
        self.chance = chance
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process: subprocess.Popen[bytes] | None = None
        self.timer: threading.Timer | None = None
        self.kills = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, *, life: float | None) -> None:
        """Start and wait until it answers; kill it after at most `life` seconds, None for never."""
        with (self.folder / "server.log").open("ab") as log:
            command = [sys.executable, "-m", "kenesh", "serve", str(self.folder), "--port", str(self.port)]
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            assert self.process.poll() is None, (self.folder / "server.log").read_text()[-2000:]
            with suppress(httpx.TransportError):
                if httpx.get(f"{self.address}/healthz", timeout=5).status_code == 200:
                    break
            time.sleep(0.02)
        else:
            raise AssertionError("the server did not answer")
        if life is not None:
            self.timer = threading.Timer(self.chance.uniform(0, life), self._kill)
            self.timer.start()

    def _kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.kills += 1

    def fell(self) -> None:
        """Wait for the end of a server that was killed."""
        assert self.process is not None
        assert self.process.wait(timeout=10) < 0, "it ended by itself"
        if self.timer:
            self.timer.join()

    def stop(self) -> None:
        if self.timer:
            self.timer.cancel()
            self.timer.join()
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait(timeout=10)


class Client:
    """Acts by name until it has an answer, and remembers every answer."""

    def __init__(self, server: Server, sessions: dict[str, str]) -> None:
        self.server = server
        self.sessions = sessions
        self.acknowledged: dict[str, list[Any]] = {}  # command id as stored, to the events of the answer
        self.sent: dict[str, tuple[str, str, dict[str, Any]]] = {}
        self.room = ""
        self.life: float | None = 0.3

    def send(self, seat: str, path: str, body: dict[str, Any], name: str | None = None) -> dict[str, Any]:
        """Post until there is an answer; the server may fall any number of times meanwhile."""
        name = name or f"k{len(self.sent)}"
        self.sent[name] = (seat, path, body)
        meeting = path.removeprefix("/api/meetings").strip("/").split("/")[0]
        stored = f"{seat}:{meeting}:{name}"
        for _ in range(ROUNDS * 4):
            with suppress(httpx.TransportError):
                return self._acknowledged(stored, self._post(seat, path, body | {"command_id": name}))
            self.server.fell()
            self.check(pending=stored)
            self.server.start(life=self.life if self.server.kills < ROUNDS else None)
        raise AssertionError(f"no answer to {path} {body}")

    def _post(self, seat: str, path: str, body: dict[str, Any]) -> httpx.Response:
        cookie = {"cookie": f"kenesh={self.sessions[seat]}"}
        return httpx.post(f"{self.server.address}{path}", json=body, headers=cookie, timeout=20)

    def _acknowledged(self, stored: str, answer: httpx.Response) -> dict[str, Any]:
        assert answer.status_code == 201, f"{stored}: {answer.status_code} {answer.text}"
        done: dict[str, Any] = answer.json()
        before = self.acknowledged.setdefault(stored, done["events"])
        assert before == done["events"], "asked again, it was answered otherwise"
        return done

    def act(self, seat: str, act: str, **fields: object) -> dict[str, Any]:
        body = {"act": act, "fields": {k: str(v) for k, v in fields.items()}}
        return self.send(seat, f"/api{self.room}/acts", body)

    def again(self, name: str) -> None:
        """Ask for something that was acknowledged long ago."""
        seat, path, body = self.sent[name]
        self.send(seat, path, body, name)

    def state(self) -> dict[str, Any]:
        for _ in range(ROUNDS * 4):
            with suppress(httpx.TransportError):
                cookie = {"cookie": f"kenesh={self.sessions['secretariat']}"}
                answer = httpx.get(f"{self.server.address}/api{self.room}", headers=cookie, timeout=20)
                return dict(answer.json())
            self.server.fell()
            self.server.start(life=self.life if self.server.kills < ROUNDS else None)
        raise AssertionError("no answer")

    def check(self, pending: str | None = None) -> None:
        """While no server runs: every acknowledged act is in the record, and nothing but them is.

        1. What was answered is what is stored.
        2. The meeting has no other events than those of the acts acknowledged, and of one in flight.
        """
        folder = self.server.folder
        store = SqliteStore.open(folder / "kenesh.db", load_settings(folder / "kenesh.toml").origin)
        try:
            seqs: list[int] = []
            for name, events in self.acknowledged.items():
                stored = store.done(name)
                assert stored is not None, f"{name} was acknowledged and is lost"
                assert [(s.version, s.type) for s in stored] == [  # 1
                    (e["version"], e["event"]["type"]) for e in events
                ], name
                seqs += [s.seq for s in stored]
            if pending and pending not in self.acknowledged:
                seqs += [s.seq for s in store.done(pending) or ()]
            meetings = [s for stream in store.streams("meeting/") for s in store.read(stream)]
            assert sorted(seqs) == sorted(s.seq for s in meetings)  # 2
            assert [s.version for s in meetings] == [*range(1, len(meetings) + 1)], "one meeting, no gaps"
        finally:
            store.close()


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    body = tmp_path / "body.toml"
    body.write_text(PROFILE_TOML, encoding="utf-8")
    house = init_house(tmp_path / "data", body=body)
    for seat in SEATS:
        add_seat(house, OPERATOR, seat)
    sessions = {s.id: sign_in(house, issue_link(house, OPERATOR, s.id))[0] for s in SEATS}
    house.close()
    server = Server(tmp_path / "data", random.Random(7))
    try:
        yield Client(server, sessions)
    finally:
        server.stop()


def call_and_open(client: Client) -> None:
    starts = (datetime.now(UTC) + timedelta(minutes=5)).replace(tzinfo=None, microsecond=0).isoformat()
    call = {"purpose": "the Northern Strait", "starts": starts, "zone": "UTC", "urgent": True}
    client.room = f"/meetings/{client.send('secretariat', '/api/meetings', call)['meeting']}"
    for seat in SEATS:
        named = {"delegation": "secretariat", "person": seat.person} if seat.role == "secretariat" else {}
        client.act(seat.id, "arrive", **named)
    client.act("chair", "open-meeting")
    client.send("secretariat", f"/api{client.room}/draft", {"text": DRAFT.decode()})


def negotiate(client: Client) -> None:
    """Propose, support, speak, withdraw, round after round, until most of the kills have happened."""
    (clause,) = [c["id"] for c in client.state()["clauses"] if c["text"].startswith("Condemned")]
    for n in range(10_000):
        if client.server.kills >= ROUNDS * 2 // 3:
            return
        author, other = MEMBERS[n % 5], MEMBERS[(n + 1) % 5]
        text = STRONGLY.replace("seafarers", f"seafarers, at least {n} of them,")
        made = client.act(author, "amend", clause=clause, revision=1, text=text)
        proposal = made["events"][0]["event"]["proposal"]
        client.act(other, "support", proposal=proposal)
        client.act(other, "request-floor")
        client.act("chair", "give-floor", delegation=other.upper())
        client.act(other, "yield-floor")
        client.act(author, "withdraw-proposal", proposal=proposal)
    raise AssertionError("the server was not killed often enough")


def adopt(client: Client) -> None:
    """The decision, with a server that falls every few acts; put and taken back until it has fallen often."""
    client.life = 0.06
    call = 0
    for _ in range(1000):
        call += 1
        client.act("chair", "put-text")
        client.act("nv", "object", call=call, reason="not yet")
        client.act("nv", "withdraw-objection", call=call)
        if client.server.kills >= ROUNDS - 3:
            break
        client.act("chair", "take-back-text", call=call, reason="once more")
    client.act("chair", "declare-adopted", call=call)
    client.act("secretariat", "publish")
    client.act("chair", "end-meeting", outcome="adopted")
    for n in range(10_000):
        if client.server.kills >= ROUNDS:
            return
        client.again([*client.sent][-1 - n % min(8, len(client.sent))])


def test_a_meeting_survives_every_fall_of_its_server(client: Client) -> None:
    client.server.start(life=client.life)
    call_and_open(client)
    negotiate(client)
    adopt(client)
    client.server.stop()
    client.check()
    assert client.server.kills >= ROUNDS
    folder = client.server.folder
    store = SqliteStore.open(folder / "kenesh.db", load_settings(folder / "kenesh.toml").origin)
    kinds = [s.type for stream in store.streams("meeting/") for s in store.read(stream)]
    store.close()
    for once in ("meeting.called/1", "draft.tabled/1", "text.adopted/1", "statement.published/1"):
        assert kinds.count(once) == 1, once
    assert kinds[-1] == "meeting.ended/1"
    assert kinds.count("text.put/1") == kinds.count("text.taken-back/1") + 1
    verified = subprocess.run(
        [sys.executable, "-m", "kenesh", "verify", "--record", "--data", str(folder)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert verified.stdout.startswith("sound: ")
    for file in sorted((folder / "published").glob("[!.]*")):
        passed = subprocess.run(
            [sys.executable, "-m", "kenesh", "verify", str(file), "--data", str(folder)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert passed.returncode == 0, passed.stdout + passed.stderr
