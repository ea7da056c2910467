from __future__ import annotations

from datetime import date

import pytest

from kenesh.bodies import BadProfile, Profile, known

SMALL = """
schema = 1
id = "tc-cfm"
name = "Council of the Twin Compact"
[[member]]
code = "BB"
name = "Kingdom of Bor"
short = "Bor"
[[member]]
code = "AA"
name = "Avia"
to = 2020-12-31
[[observer]]
code = "CC"
name = "Cara"
from = 2021-01-01
"""


def test_a_profile_reads_with_defaults() -> None:
    profile = Profile.from_toml(SMALL, "small.toml")
    assert (profile.id, profile.actor, profile.quorum.need) == ("tc-cfm", "tc-cfm", "all")
    assert profile.rules[0].chain[0].kind == "consensus"


def test_members_sit_in_protocol_order_and_only_in_their_days() -> None:
    profile = Profile.from_toml(SMALL, "small.toml")
    assert [m.code for m in profile.members_on(date(2020, 12, 31))] == ["AA", "BB"]
    assert [m.code for m in profile.members_on(date(2021, 1, 1))] == ["BB"]
    assert profile.observers_on(date(2020, 12, 31)) == ()
    assert [o.code for o in profile.observers_on(date(2021, 1, 1))] == ["CC"]


def test_names_are_found_by_code_and_an_unknown_code_is_its_own_name() -> None:
    profile = Profile.from_toml(SMALL, "small.toml")
    assert profile.name_of("BB") == "Kingdom of Bor"
    assert profile.short_of("BB") == "Bor"
    assert profile.name_of("ZZ") == "ZZ"
    assert profile.order(["BB", "AA", "BB"]) == ("AA", "BB")


def test_an_article_stands_where_speech_needs_one() -> None:
    profile = Profile.from_toml(SMALL, "small.toml")
    assert [m.with_article for m in profile.members] == ["the Kingdom of Bor", "Avia"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ('qorum = "all"\n', "unknown key `qorum`"),
        ("schema = 2\n", "schema"),
        ("[quorum]\nneed = 'half'\n", 'quorum.need is "half"'),
        ("[[member]]\ncode = 'BB'\nname = 'Bor again'\n", "member BB stands twice for the same days"),
        (
            "[[member]]\ncode = 'DD'\nname = 'D'\nfrom = 2020-01-02\nto = 2020-01-01\n",
            "`to` is before `from`",
        ),
        ("[[member]]\ncode = 'DD'\nname = 'D'\nrights = ['speak']\n", "observers only"),
        ("[[member]]\ncode = 'DD'\nname = 'D'\nweight = 3\n", "unknown key `weight` at `member[2]`"),
        ("= nothing\n", "input.toml"),
    ],
)
def test_a_profile_that_cannot_be_taken_is_refused_with_its_reason(change: str, reason: str) -> None:
    top = change.startswith(("qorum", "schema"))
    text = change + SMALL.replace("schema = 1", "") if top else SMALL + change
    with pytest.raises(BadProfile, match=r"input\.toml") as refusal:
        Profile.from_toml(text, "input.toml")
    assert reason in str(refusal.value)


def test_the_packaged_council_has_the_members_and_observers_of_the_day() -> None:
    council = next(p for p in known() if p.id == "ots-cfm")
    assert [m.code for m in council.members_on(date(2022, 1, 11))] == ["AZ", "KG", "KZ", "TR", "UZ"]
    assert [o.code for o in council.observers_on(date(2022, 1, 11))] == ["HU", "TM"]
    assert [o.code for o in council.observers_on(date(2026, 1, 1))] == ["HU", "TM", "x-eco", "x-trnc"]
    assert council.name_of("TR") == "Republic of Türkiye"
