"""The demo's texts are sound: they read, they cite one another truly, and the proposals apply."""

from __future__ import annotations

import calendar
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from typing import Any

import pytest

from kenesh.bodies.profile import Profile
from kenesh.drafting import check_text, compile_clause
from kenesh.reading import read

DATA = files("kenesh.demo") / "data"
NAMES = sorted(f.name for f in (DATA / "texts").iterdir() if f.name.endswith(".txt"))
MONTHS = list(calendar.month_name)[1:]
A_DATE = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b")
A_CITATION = re.compile(
    r"(Lysk Declaration|Kesrin Declaration|resolution \d+ \(\d{4}\)|statement(?: of the Council)?"
    r"|Joint Communiqué of the \w+ Session(?: of the Council)?)"
    rf" of (\d{{1,2}} (?:{'|'.join(MONTHS)}) \d{{4}})"
)


def text_of(name: str) -> str:
    return (DATA / name).read_text(encoding="utf-8")


def toml_of(name: str) -> dict[str, Any]:
    return tomllib.loads(text_of(name))


def iso(words: str) -> str:
    found = A_DATE.fullmatch(words)
    assert found
    day, month, year = found.groups()
    return date(int(year), MONTHS.index(month) + 1, int(day)).isoformat()


def title_on(day: str) -> str:
    (name,) = [name for name in NAMES if name.startswith(day)]
    return text_of(f"texts/{name}").splitlines()[0]


@pytest.fixture(scope="module")
def profile() -> Profile:
    return Profile.from_toml(text_of("mc-cfm.toml"), "mc-cfm.toml")


def lines(name: str) -> list[str]:
    return [line for line in text_of(name).splitlines() if line.strip()]


def clauses_of_draft() -> list[str]:
    return [re.sub(r"^\d+\. ", "", line) for line in lines("draft.txt")[1:]]


def citations() -> Iterator[tuple[str, str, str]]:
    for name in [*(f"texts/{n}" for n in NAMES), "draft.txt"]:
        day = "2026-11-23" if name == "draft.txt" else name[6:16]
        for found in A_CITATION.finditer(text_of(name)):
            yield day, found[1], iso(found[2])


def test_there_are_texts_of_eleven_years_in_three_styles() -> None:
    assert len(NAMES) >= 14
    assert len({name[:4] for name in NAMES}) == 12
    for opening in (
        "We, the Ministers",
        "The Council of Foreign Ministers of the Meridian Compact,\n",
        " has:\n",
    ):
        assert sum(opening in text_of(f"texts/{name}") for name in NAMES) >= 4


def test_every_text_bears_the_date_of_its_file() -> None:
    for name in NAMES:
        assert name[:10] in {iso(found[0]) for found in A_DATE.finditer(text_of(f"texts/{name}"))}


def test_texts_cite_older_texts_that_exist() -> None:
    found = list(citations())
    assert len(found) >= 25
    for day, what, cited in found:
        assert cited < day
        title = title_on(cited).casefold()
        kind = what.casefold().removesuffix(" of the council")
        assert kind in title, f"{day} cites {what} of {cited}, which is {title}"


def test_no_text_speaks_of_what_came_later() -> None:
    """Dates in a text are not after the text, but for terms that it sets itself."""
    terms = {("2022-02-11", "2022-06-30")}
    for name in NAMES:
        for found in A_DATE.finditer(text_of(f"texts/{name}")):
            day = iso(found[0])
            ahead = day > name[:10] and (name[:10], day) not in terms
            assert not ahead or "Decided to meet again on" in text_of(f"texts/{name}")


def test_attendance_names_members_and_observers_of_that_day(profile: Profile) -> None:
    for name in NAMES:
        text = text_of(f"texts/{name}")
        if "attended by" not in text:
            continue
        on = date.fromisoformat(name[:10])
        attendance = next(line for line in text.splitlines() if line.startswith("The Meeting was chaired"))
        for member in profile.members_on(on):
            assert f"of {member.with_article}" in attendance
        for observer in profile.observers:
            assert observer.sits_on(on) or f"of {observer.with_article}" not in attendance


def test_operative_clauses_are_numbered_without_a_gap() -> None:
    for name in [*(f"texts/{n}" for n in NAMES), "draft.txt"]:
        numbers = [int(found[1]) for line in lines(name) if (found := re.match(r"(\d+)\. ", line))]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) >= 5


def test_punctuation_is_that_of_the_style() -> None:
    for name in NAMES:
        numbered = [line for line in lines(f"texts/{name}") if re.match(r"\d+\. ", line)]
        ending = ";" if "-resolution-" in name else "."
        assert all(line.endswith(ending) for line in numbered[:-1]), name
        assert numbered[-1].endswith(".")


def test_the_profile_seats_six_members_and_two_observers(profile: Profile) -> None:
    assert [m.code for m in profile.members] == ["AV", "DR", "EL", "KS", "NV", "OZ"]
    assert [o.code for o in profile.observers] == ["WY", "YR"]
    assert all(d.minister and d.minister.title for d in (*profile.members, *profile.observers))


def test_the_persons_of_the_meeting_are_those_of_the_profile(profile: Profile) -> None:
    for one in toml_of("meeting.toml")["arrives"]:
        seat = profile.delegation(one["code"])
        person = seat.minister if seat else profile.secretariat.head
        assert person
        assert (one["name"], one["title"]) == (person.name, person.title)
        assert one["state"] == (seat.name if seat else profile.organization)


def test_the_draft_has_four_recitals_and_eight_clauses() -> None:
    found = lines("draft.txt")
    assert len([line for line in found if line.endswith(",")]) == 4
    assert len([line for line in found if re.match(r"\d+\. ", line)]) == 8


def test_every_proposal_applies_to_one_clause_of_the_draft(profile: Profile) -> None:
    draft, members = clauses_of_draft(), {m.code for m in profile.members}
    proposals = toml_of("proposals.toml")["proposal"]
    assert len(proposals) >= 8
    for one in proposals:
        (clause,) = [c for c in draft if c.startswith(one.get("clause") or one["after"])]
        assert one.get("text") != clause
        assert (one["kind"] == "delete") == ("text" not in one)
        assert ("after" in one) == (one["kind"] == "insert")
        assert one["by"] in members
        behind = {one["by"], *one["support"]}
        assert behind <= members
        assert set(one["oppose"]) <= members - behind
        assert one["note"]


def test_a_delegation_has_one_proposal_on_a_clause() -> None:
    on = [(one["by"], one["clause"]) for one in toml_of("proposals.toml")["proposal"] if "clause" in one]
    assert len(on) == len(set(on))


def test_the_clause_with_four_competing_proposals_shows_nested_brackets() -> None:
    (base,) = [clause for clause in clauses_of_draft() if clause.startswith("Condemned")]
    proposals = toml_of("proposals.toml")["proposal"]
    versions = {
        p["by"]: p["text"] for p in proposals if p["kind"] == "amend" and base.startswith(p["clause"])
    }
    rolling = compile_clause(base, versions, order=sorted(versions))
    assert rolling.to_text() == (
        "[Condemned / Strongly condemned (AV) / Condemned in the strongest terms (KS) / Deplored (NV)] the "
        "acts of sabotage that endanger [passengers and (KS)] seafarers[, damage undersea cables [and "
        "pipelines (AV)] and obstruct [or delay (OZ)] merchant shipping / – (NV)] in the Northern Strait."
    )
    assert rolling.project(None) == base
    assert {code: rolling.project(code) for code in versions} == versions


def test_every_proposal_is_a_text_that_the_room_takes() -> None:
    for one in toml_of("proposals.toml")["proposal"]:
        if "text" in one:
            assert check_text(one["text"]) == one["text"]


@pytest.mark.parametrize("name", NAMES)
def test_every_text_reads_with_its_facts_and_clauses(name: str, profile: Profile) -> None:
    statement = read(text_of(f"texts/{name}").encode(), name, profiles=[profile])
    kinds = [clause.kind for clause in statement.clauses]
    assert statement.kind in {"joint-statement", "declaration", "communique", "resolution"}
    assert statement.title is not None
    assert statement.title.casefold() == lines(f"texts/{name}")[0].removeprefix("## ").casefold()
    assert statement.body is not None
    assert statement.body.id == "mc-cfm"
    assert statement.meeting is not None
    assert statement.meeting.start == name[:10]
    assert kinds.count("preambular") >= 2
    assert kinds.count("operative") >= 5
    assert kinds.count("formula") == (2 if "\nHave " in text_of(f"texts/{name}") else 1)


@pytest.mark.parametrize("name", NAMES)
def test_every_clause_of_a_text_has_a_leading_phrase(name: str, profile: Profile) -> None:
    statement = read(text_of(f"texts/{name}").encode(), name, profiles=[profile])
    for clause in statement.clauses:
        if clause.kind in ("preambular", "operative"):
            assert clause.phrases, clause.text


def test_the_strength_of_the_words_on_the_strait_moves_over_the_years(profile: Profile) -> None:
    acts = []
    for name in NAMES:
        statement = read(text_of(f"texts/{name}").encode(), name, profiles=[profile])
        for clause in statement.clauses:
            if "acts that endanger seafarers and merchant shipping in the Northern Strait" in clause.text:
                acts.append((name[:4], clause.phrases[0].act, clause.phrases[0].strength))
    assert acts == [
        ("2024", "regrets", 5),
        ("2024", "regrets", 7),
        ("2025", "condemns", 3),
        ("2026", "condemns", 5),
    ]


def test_the_draft_reads_as_a_statement_of_the_council(profile: Profile) -> None:
    statement = read(text_of("draft.txt").encode(), "draft.txt", profiles=[profile])
    kinds = [clause.kind for clause in statement.clauses]
    assert statement.kind == "joint-statement"
    assert statement.body is not None
    assert statement.body.id == "mc-cfm"
    assert kinds[:5] == ["preambular"] * 4 + ["formula"]
    assert kinds[5:13] == ["operative"] * 8
    assert len(kinds) == 14
