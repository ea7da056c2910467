"""The commands as a person gives them, with real files: what goes where, and the exit codes."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from councils import DRAFT, PROFILE_TOML, published

from kenesh import __version__, cli
from kenesh.cli import main

BASE = (
    "Condemned the acts of violence and vandalism that endanger lives, undermine public order and damage "
    "property."
)
VERSIONS = {
    "AZ": BASE.replace("Condemned", "Strongly condemned"),
    "KG": BASE.replace("Condemned", "Condemned in the strongest terms"),
    "UZ": "Deplored the acts of violence that endanger lives and damage property.",
}
ROLLING = (
    "[Condemned / Strongly condemned (AZ) / Condemned in the strongest terms (KG) / Deplored (UZ)] the acts "
    "of violence [and vandalism / – (UZ)] that endanger lives[, undermine public order / – (UZ)] and damage "
    "property."
)
HELPED = (  # every command there is
    ["read"], ["publish"], ["compile"], ["verify"], ["register", "add"], ["register", "list"], ["precedents"],
    ["init"], ["seat", "add"], ["seat", "link"], ["seat", "revoke"], ["seat", "list"], ["serve"], ["demo"],
    ["backup"], ["restore"], ["doctor"],
)  # fmt: skip


class Ran(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run one command in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KENESH_DATA", raising=False)
    monkeypatch.setenv("COLUMNS", "80")

    def given(*arguments: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["kenesh", *map(str, arguments)])
        capfd.readouterr()
        with pytest.raises(SystemExit) as left:
            main()
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return Ran(int(left.value.code or 0), out, err)

    return given


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.txt"
    path.write_bytes(DRAFT)
    return path


@pytest.fixture
def body(tmp_path: Path) -> Path:
    path = tmp_path / "body.toml"
    path.write_text(PROFILE_TOML, encoding="utf-8")
    return path


def test_the_version_goes_to_stdout(run: Run) -> None:
    assert run("--version") == (0, f"kenesh {__version__}\n", "")


@pytest.mark.parametrize("command", HELPED, ids=" ".join)
def test_every_help_lists_the_exit_codes(run: Run, command: list[str]) -> None:
    ran = run(*command, "--help")
    assert ran.code == 0
    said = " ".join(re.sub(r"[│╭╮╰╯─]", " ", ran.out).split())
    assert cli.EXIT_CODES in said


def test_the_commands_are_those_that_are_tested() -> None:
    import typer.main

    group = typer.main.get_command(cli.app)
    found = set()
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        found |= {(name, sub) for sub in getattr(command, "commands", ())} or {(name,)}
    assert found == {tuple(c) for c in HELPED}


def test_no_arguments_at_all_are_answered_with_help(run: Run) -> None:
    assert "Usage" in "".join(run()[1:])


class TestRead:
    def test_json_is_one_object_a_line_with_the_promised_keys(self, run: Run, draft: Path) -> None:
        ran = run("read", draft, draft, "--json")
        assert (ran.code, ran.err) == (0, "")
        lines = ran.out.splitlines()
        assert len(lines) == 2
        read = json.loads(lines[0])
        assert set(read) >= {
            "schema", "kind", "title", "symbol", "language", "body", "meeting", "participants", "clauses",
            "footnotes", "annexes", "adoption", "source",
        }  # fmt: skip
        assert read["schema"] == "kenesh.statement/1"
        assert {"id", "kind", "number", "text", "lead", "phrases", "citations", "clauses"} <= set(
            read["clauses"][0]
        )
        assert set(read["clauses"][2]["phrases"][0]) >= {"text", "lemma", "act", "strength", "span"}
        assert set(read["clauses"][0]["citations"][0]) >= {"text", "date", "target", "span"}
        assert read["source"]["file"] == str(draft)
        assert set(read["source"]) >= {"file", "sha256"}

    def test_pretty_is_the_same_indented(self, run: Run, draft: Path) -> None:
        assert json.loads(run("read", draft, "--pretty").out) == json.loads(run("read", draft, "--json").out)

    def test_people_get_a_summary(self, run: Run, draft: Path) -> None:
        ran = run("read", draft)
        assert ran.out.startswith("STATEMENT OF THE COUNCIL")
        assert "oper 1.   Condemned the acts of sabotage" in ran.out
        assert "[condemns 3]" in ran.out

    def test_a_bad_file_does_not_stop_the_others(self, run: Run, draft: Path) -> None:
        ran = run("read", "absent.txt", draft, "--json")
        assert ran.code == 2
        assert len(ran.out.splitlines()) == 1
        assert ran.err.startswith("absent.txt: No such file or directory")

    def test_what_is_no_statement_is_said_to_be_other(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "letter.txt").write_text("Dear colleague,\n\nsee you at lunch.\n\nYours, A.\n")
        read = json.loads(run("read", "letter.txt", "--json").out)
        assert (read["kind"], read["reason"]) == ("other", "a letter: it begins with a salutation")


class TestPublish:
    def test_only_the_editions_are_written(self, run: Run, draft: Path, tmp_path: Path) -> None:
        ran = run("publish", draft, "--to", "txt,html,json,akn", "--out", "out")
        assert (ran.code, ran.err) == (0, "")
        written = sorted(f.name for f in (tmp_path / "out").iterdir())
        stem = written[0].removesuffix(".html")
        assert written == [f"{stem}{ending}" for ending in (".html", ".json", ".txt", ".xml")]
        assert sorted(Path(line).name for line in ran.out.splitlines()) == written

    def test_a_name_may_be_given(self, run: Run, draft: Path, tmp_path: Path) -> None:
        assert run("publish", draft, "--to", " txt , json", "--out", "out", "--name", "strait").code == 0
        assert sorted(f.name for f in (tmp_path / "out").iterdir()) == ["strait.json", "strait.txt"]

    @pytest.mark.parametrize("forms", ["pdf", "txt,docx", "", ","])
    def test_an_unknown_form_writes_nothing(self, run: Run, draft: Path, tmp_path: Path, forms: str) -> None:
        ran = run("publish", draft, "--to", forms, "--out", "out")
        assert (ran.code, ran.out) == (2, "")
        assert "txt, html, json, akn" in ran.err
        assert not (tmp_path / "out").exists()

    def test_a_name_does_not_lead_out_of_the_folder(self, run: Run, draft: Path, tmp_path: Path) -> None:
        assert run("publish", draft, "--out", "out", "--name", "../escape").code == 2
        assert sorted(f.name for f in tmp_path.iterdir()) == ["draft.txt"]


class TestCompile:
    def files(self, tmp_path: Path) -> list[str]:
        (tmp_path / "base.txt").write_text(f"4. {BASE}\n", encoding="utf-8")
        for code, text in VERSIONS.items():
            (tmp_path / f"{code}.txt").write_text(f"4. {text}\n", encoding="utf-8")
        return ["base.txt", *(f"{code}={code}.txt" for code in VERSIONS)]

    def test_one_numbered_line_gives_the_rolling_text(self, run: Run, tmp_path: Path) -> None:
        ran = run("compile", *self.files(tmp_path))
        assert (ran.code, ran.out, ran.err) == (0, f"4. {ROLLING}\n", "")

    def test_the_order_of_the_files_does_not_matter(self, run: Run, tmp_path: Path) -> None:
        base, *versions = self.files(tmp_path)
        assert run("compile", base, *reversed(versions)).out == f"4. {ROLLING}\n"

    def test_json_is_one_object(self, run: Run, tmp_path: Path) -> None:
        ran = run("compile", *self.files(tmp_path), "--json")
        assert ran.code == 0
        assert len(ran.out.splitlines()) == 1
        assert "Strongly condemned" in json.dumps(json.loads(ran.out))

    @pytest.mark.parametrize("pair", ["AZ", "=AZ.txt", "AZ=", "AZ.txt", "="])
    def test_a_pair_that_is_none_is_named(self, run: Run, tmp_path: Path, pair: str) -> None:
        base, *versions = self.files(tmp_path)
        ran = run("compile", base, *versions, pair)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith(f"{pair}: this is not CODE=FILE")

    def test_a_code_stands_for_one_file(self, run: Run, tmp_path: Path) -> None:
        ran = run("compile", *self.files(tmp_path), "AZ=KG.txt")
        assert ran.code == 2
        assert "AZ is given twice" in ran.err

    def test_a_missing_version_is_named(self, run: Run, tmp_path: Path) -> None:
        ran = run("compile", *self.files(tmp_path), "KZ=absent.txt")
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith("absent.txt: No such file")


class TestBadInput:
    @pytest.mark.parametrize("command", ["read", "publish", "verify", "compile"])
    @pytest.mark.parametrize(
        ("name", "content", "reason"),
        [
            ("absent.txt", None, "No such file or directory"),
            ("folder", "folder", "Is a directory"),
            ("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "photo.png"),
            ("empty.txt", b"", "nothing is in it"),
            ("latin.txt", "1. Réaffirme l'amitié des peuples, à l'unanimité.".encode("latin-1"), "not utf-8"),
            ("bomb.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><akomaNtoso>&a;</akomaNtoso>', "bomb.xml"),
        ],
    )
    def test_is_one_line_that_names_file_and_reason(
        self, run: Run, tmp_path: Path, draft: Path, command: str, name: str, content: object, reason: str
    ) -> None:
        if content == "folder":
            (tmp_path / name).mkdir()
        elif isinstance(content, bytes):
            (tmp_path / name).write_bytes(content)
        arguments = {"compile": [draft, f"AZ={name}"], "publish": [name, "--out", "out"]}.get(command, [name])
        ran = run(command, *arguments)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.count("\n") == 1, ran.err
        assert ran.err.startswith(name)
        assert reason in ran.err
        assert not (tmp_path / "out").exists()

    def test_a_long_reason_stays_on_one_line(self, run: Run) -> None:
        name = " ".join(["very"] * 40) + " long.txt"
        ran = run("read", name)
        assert ran.err.startswith(f"{name}: No such file")
        assert ran.err.count("\n") == 1

    def test_mark_up_in_a_name_is_shown_as_it_is(self, run: Run) -> None:
        assert run("read", "[red]x[/red].txt").err.startswith("[red]x[/red].txt: No such file")

    @pytest.mark.parametrize(
        "command",
        [
            ["register", "list"],
            ["precedents", "condemned"],
            ["seat", "list"],
            ["seat", "link", "av"],
            ["seat", "add", "av", "--person", "A"],
            ["seat", "revoke", "av"],
            ["serve"],
            ["verify", "--record"],
            ["backup", "kenesh-data", "a.tar"],
        ],
        ids=" ".join,
    )
    def test_a_data_folder_that_is_not_there_is_named(
        self, run: Run, tmp_path: Path, command: list[str]
    ) -> None:
        ran = run(*command)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.count("\n") == 1
        assert "kenesh-data" in ran.err
        assert [*tmp_path.iterdir()] == []

    def test_an_unknown_option_is_bad_input(self, run: Run) -> None:
        assert run("read", "--nonsense").code == 2

    def test_what_the_machine_refuses_is_one_line(self, run: Run, body: Path, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        ran = run("init", "file/data", "--body", body)
        assert ran.code in (2, 5)
        assert ran.err.count("\n") == 1


class TestRegister:
    def test_texts_enter_are_listed_and_found(self, run: Run, draft: Path) -> None:
        ran = run("register", "add", draft, "--data", "data")
        assert ran.code == 0
        assert "made data, a data folder with a register only" in ran.err
        entry, how, title = ran.out.rstrip("\n").split("\t")
        assert how == "entered"
        assert title.startswith("STATEMENT OF THE COUNCIL")
        again = run("register", "add", draft, "--data", "data")
        assert (again.code, again.err) == (0, "")
        assert again.out.split("\t")[:2] == [entry, "already there"]
        assert run("register", "list", "--data", "data").out.startswith(f"{entry}\t")
        found = run("precedents", "that endanger seafarers and damage", "--data", "data", "--json")
        first = json.loads(found.out.splitlines()[0])
        assert (first["entry"], first["match"], first["number"]) == (entry, "exact", "1.")

    def test_a_bad_text_does_not_stop_the_others(self, run: Run, draft: Path, tmp_path: Path) -> None:
        (tmp_path / "letter.txt").write_text("Dear colleague,\n\nsee you at lunch.\n\nYours, A.\n")
        ran = run("register", "add", "letter.txt", "absent.txt", draft, "--data", "data")
        assert ran.code == 2
        assert len(ran.out.splitlines()) == 1
        assert "letter.txt: " in ran.err
        assert "absent.txt: " in ran.err

    def test_nothing_found_is_no_error_and_says_so(self, run: Run, draft: Path) -> None:
        run("register", "add", draft, "--data", "data")
        ran = run("precedents", "zebra crossing", "--data", "data")
        assert (ran.code, ran.out, ran.err) == (0, "", "nothing like it was found\n")

    @pytest.mark.parametrize("words", ["", "…", "\x07", "a" * 100_000])
    def test_odd_words_find_nothing(self, run: Run, draft: Path, words: str) -> None:
        run("register", "add", draft, "--data", "data")
        ran = run("precedents", words, "--data", "data")
        assert ran.code in (0, 2)
        assert (ran.out, ran.err.count("\n")) == ("", 1)

    def test_the_data_folder_may_stand_in_the_environment(
        self, run: Run, draft: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        run("register", "add", draft, "--data", "data")
        monkeypatch.setenv("KENESH_DATA", "data")
        assert run("register", "list").code == 0


class TestHouse:
    @pytest.fixture
    def data(self, run: Run, body: Path) -> str:
        assert run("init", "data", "--body", body).code == 0
        return "data"

    def test_init_prints_the_link_of_the_secretariat(self, run: Run, body: Path) -> None:
        ran = run("init", "data", "--body", body, "--origin", "council.example/record")
        assert ran.code == 0
        assert re.fullmatch(r"http://127\.0\.0\.1:8000/sign-in/[\w-]{22}\n", ran.out)
        assert "made data for Council of Foreign Ministers of the Meridian Compact" in ran.err
        assert 'origin = "council.example/record"' in Path("data/kenesh.toml").read_text()

    def test_a_record_that_lost_what_a_noted_head_covers_is_not_sound(self, run: Run, data: str) -> None:
        sound = run("verify", "--record", "--data", data)
        assert sound.code == 0
        later = run("verify", "--record", "--data", data, "--held", "99:" + "0" * 64)
        assert (later.code, later.out.startswith("not sound:")) == (1, True)
        assert run("verify", "--record", "--data", data, "--held", "99").code == 2

    def test_a_folder_is_not_made_twice(self, run: Run, data: str, body: Path) -> None:
        ran = run("init", data, "--body", body)
        assert (ran.code, ran.err.count("\n")) == (2, 1)

    def test_seats_are_added_listed_linked_and_revoked(self, run: Run, data: str) -> None:
        added = run("seat", "add", "av", "--person", "Ada Alm", "--delegation", "AV", "--data", data)
        assert (added.code, added.out) == (0, "")
        lines = run("seat", "list", "--data", data).out.splitlines()
        assert lines[0].split("\t")[:2] == ["secretariat", "secretariat"]
        assert lines[1] == "av\tmember\tAV\tAda Alm\t0 signed in"
        link = run("seat", "link", "av", "--data", data)
        assert re.fullmatch(r"http://127\.0\.0\.1:8000/sign-in/[\w-]{22}\n", link.out)
        assert run("seat", "revoke", "av", "--data", data).code == 0
        assert run("seat", "revoke", "av", "--remove", "--data", data).code == 0
        assert len(run("seat", "list", "--data", data).out.splitlines()) == 1

    def test_a_bad_seat_is_bad_input_and_an_unknown_one_is_refused(self, run: Run, data: str) -> None:
        assert run("seat", "add", "av", "--person", "A", "--role", "boss", "--data", data).code == 2
        assert run("seat", "add", "av", "--person", "A", "--delegation", "QQ", "--data", data).code == 2
        assert run("seat", "link", "nobody", "--data", data).code == 4
        assert run("seat", "revoke", "nobody", "--data", data).code == 4

    def test_the_doctor_finds_it_in_order(self, run: Run, data: str) -> None:
        ran = run("doctor", "--data", data)
        assert (ran.code, ran.err) == (0, "")
        assert all(line.startswith("ok ") for line in ran.out.splitlines())

    def test_the_doctor_finds_what_is_not(self, run: Run, data: str, tmp_path: Path) -> None:
        (tmp_path / data / "kenesh.toml").write_text("prot = 1")
        ran = run("doctor", "--data", data)
        assert ran.code == 1
        assert "BAD  data folder: data/kenesh.toml" in ran.out

    def test_a_backup_comes_back(self, run: Run, data: str) -> None:
        made = run("backup", data, "a.tar")
        assert made.code == 0
        assert json.loads(made.out)["schema"] == "kenesh.backup/1"
        assert run("backup", data, "a.tar").code == 4, "nothing is overwritten"
        assert run("restore", "a.tar", "again").code == 0
        assert run("restore", "a.tar", "again").code == 4
        assert run("verify", "--record", "--data", "again").out.startswith("sound: ")

    def test_a_damaged_backup_is_not_restored(self, run: Run, data: str, tmp_path: Path) -> None:
        run("backup", data, "a.tar")
        raw = bytearray((tmp_path / "a.tar").read_bytes())
        raw[len(raw) // 2] ^= 1
        (tmp_path / "a.tar").write_bytes(raw)
        ran = run("restore", "a.tar", "again")
        assert (ran.code, ran.out) == (1, "")
        assert not (tmp_path / "again").exists()

    def test_a_newer_folder_is_not_touched(self, run: Run, data: str, tmp_path: Path) -> None:
        import apsw

        db = apsw.Connection(str(tmp_path / data / "kenesh.db"))
        columns = [row[1] for row in db.execute("PRAGMA table_info(migrations)")]
        values = ", ".join("'9999_later'" if c == "name" else "0" for c in columns)
        db.execute(f"INSERT INTO migrations VALUES ({values})")
        db.close()
        ran = run("seat", "list", "--data", data)
        assert (ran.code, ran.out) == (5, "")
        assert ran.err.count("\n") == 1

    @pytest.mark.parametrize("address", ["council.example", "https://council.example/", ""])
    def test_an_address_that_is_none_is_not_served(self, run: Run, data: str, address: str) -> None:
        ran = run("serve", data, "--base-url", address)
        assert ran.code == 2
        assert "base_url" in ran.err


class TestVerify:
    @pytest.fixture
    def names(self, tmp_path: Path) -> list[Path]:
        council = published(tmp_path / "data")
        council.house.close()
        return sorted((tmp_path / "data/published").iterdir())

    def test_published_files_pass(self, run: Run, names: list[Path]) -> None:
        for path in names:
            ran = run("verify", path, "--data", "data")
            assert ran.code == 0, ran.out
            assert [line[:1] for line in ran.out.splitlines()[:6]] == [*"123456"]
            assert ran.out.splitlines()[6] == f"{path}: passed"

    def test_without_a_record_it_cannot_be_told(self, run: Run, names: list[Path]) -> None:
        ran = run("verify", names[0], "--json")
        assert ran.code == 3
        assert json.loads(ran.out)["verdict"] == "indeterminate"

    def test_a_forged_file_fails(self, run: Run, names: list[Path]) -> None:
        forged = names[0].with_name("forged" + names[0].suffix)
        forged.write_bytes(names[0].read_bytes().replace(b"Condemned", b"Applauded"))
        assert run("verify", forged).code == 1
        assert run("verify", forged, "--data", "data").code == 1

    def test_the_record_is_sound_until_a_row_is_changed(
        self, run: Run, names: list[Path], tmp_path: Path
    ) -> None:
        ran = run("verify", "--record", "--data", "data")
        assert ran.code == 0
        assert re.fullmatch(r"sound: \d+ events, root [0-9a-f]{64}\n", ran.out)
        import apsw

        db = apsw.Connection(str(tmp_path / "data/kenesh.db"))
        for (trigger,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f'DROP TRIGGER "{trigger}"')
        db.execute("UPDATE events SET salt = zeroblob(32) WHERE seq = 3")
        db.close()
        ran = run("verify", "--record", "--data", "data")
        assert ran.code == 1
        assert ran.out.startswith("not sound: event 3, ")
        assert json.loads(run("verify", "--record", "--data", "data", "--json").out)["fault"]["seq"] == 3

    def test_nothing_to_verify_is_bad_input(self, run: Run) -> None:
        assert run("verify").code == 2
