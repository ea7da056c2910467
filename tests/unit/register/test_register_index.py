"""The register answers with the clause one means, in the order one expects, whatever one types."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from register_samples import clause, demo_entries, entry

from kenesh.register import Entry, Index, Precedent
from kenesh.statement.model import Adoption, Annex, BodyRef, Statement


def filled(*entries: Entry, path: Path | None = None) -> Index:
    index = Index.open(path)
    for seq, one in enumerate(entries):
        index.add(seq, one)
    index.commit()
    return index


@pytest.fixture(scope="module")
def demo() -> Index:
    return filled(*demo_entries())


def marked(found: Precedent) -> list[str]:
    return [found.text[start:end] for start, end in found.spans]


# Exact, near, related


def test_half_a_sentence_finds_its_clause_first_among_all_demo_texts(demo: Index) -> None:
    alone = 0
    for one in demo_entries():
        for each in one.clauses():
            asked = each.text.split()
            half = " ".join(asked[: max(3, len(asked) // 2)])
            found = [f for f in demo.search(half, limit=50) if f.match == "exact"]
            assert each.id in {f.clause for f in found}
            if len(found) == 1:  # words that no other clause has
                assert demo.search(half)[0].clause == each.id
                alone += 1
    assert alone > 100


def test_a_whole_clause_finds_itself_or_its_newest_twin(demo: Index) -> None:
    found = demo.search(
        "We reaffirm that the protection of undersea cables and pipelines "
        "is a common responsibility of the Member States."
    )
    assert [(f.match, f.date) for f in found[:2]] == [("exact", "2025-05-14"), ("exact", "2018-04-19")]
    assert found[0].score == 1.0


def test_the_second_half_of_a_sentence_is_found_and_highlighted(demo: Index) -> None:
    (first, *_) = demo.search("refrain from any act that might damage undersea cables")
    assert first.entry == "2022-09-29-resolution-12-undersea-infrastructure"
    assert marked(first) == ["refrain from any act that might damage undersea cables"]


def test_an_unfinished_last_word_is_still_a_phrase(demo: Index) -> None:
    (first, *_) = demo.search("solemnly reaffirm the sover")
    assert (first.match, marked(first)) == ("exact", ["solemnly reaffirm the sovereign"])


def test_a_finished_last_word_is_not_a_beginning() -> None:
    index = filled(entry("a", clause("1", "The seabed is calm.")))
    assert index.search("the sea")[0].match == "exact"
    assert "exact" not in [found.match for found in index.search("the sea ")]


def test_the_movement_of_agreed_language_is_found_as_near_duplicates(demo: Index) -> None:
    found = demo.search(
        "Condemned the acts that endanger seafarers and merchant shipping in the Northern Strait."
    )
    near = {f.text.split(" the acts")[0] for f in found if f.match == "near"}
    assert {"Deplored", "Strongly deplores", "We condemn", "Strongly condemns"} <= near


def test_a_near_duplicate_stands_before_a_related_clause() -> None:
    index = filled(
        entry("far", clause("f", "Welcomes the voyage of merchant shipping and of seafarers.")),
        entry("near", clause("n", "Deplored the acts that endanger seafarers and merchant shipping.")),
        entry("none", clause("x", "Adopts the budget for the coming year.")),
    )
    found = index.search("Condemned the acts that endanger seafarers and merchant shipping.")
    assert [(f.entry, f.match) for f in found] == [("near", "near"), ("far", "related")]
    assert marked(found[0]) == ["the acts that endanger seafarers and merchant shipping"]


def test_a_misspelt_sentence_still_finds_its_clause(demo: Index) -> None:
    (first, *_) = demo.search("Pays tribut to the memmory of all seafarers who lost there lives")
    assert (first.match, first.entry) == ("near", "2024-10-24-resolution-15-seafarers")


def test_words_in_another_order_are_related(demo: Index) -> None:
    (first, *_) = demo.search("vessel for repair of cables in readiness")
    assert first.match == "related"
    assert "cable repair vessel" in first.text
    assert all(first.text[start:end] for start, end in first.spans)


def test_the_same_words_in_newer_texts_stand_first() -> None:
    same = "Decides to remain seized of the matter."
    index = filled(
        entry("old", clause("1", same), date="2016-09-22"),
        entry("new", clause("1", same), date="2024-10-24"),
        entry("undated", clause("1", same), date=None),
    )
    assert [f.entry for f in index.search("remain seized")] == ["new", "old", "undated"]


@settings(max_examples=20)
@given(order=st.permutations(range(8)), cut=st.integers(1, 7))
def test_answers_do_not_depend_on_how_the_index_was_filled(order: list[int], cut: int) -> None:
    entries = [entry(f"e{n}", clause("a", "Notes the matter."), clause("b", "Notes it too.")) for n in order]
    index = Index.open()
    for seq, one in enumerate(entries):
        index.add(seq, one)
        if seq == cut:
            index.commit()
    index.commit()
    assert [f.entry for f in index.search("notes the", limit=8)] == [f"e{n}" for n in range(8)]


# What is asked


@pytest.mark.parametrize("asked", ["", "  ", "«»", "…!?—", "()[]{}", "\u200d", "* ~ ^"])
def test_a_question_without_words_finds_nothing(demo: Index, asked: str) -> None:
    assert demo.search(asked) == ()


@pytest.mark.parametrize(
    "asked",
    [
        'words:"seafarers" AND entry:*',
        "NOT seafarers",
        "seafarers~2 ^9 +all -none",
        "/.*/",
        '"unclosed',
        "[a TO z]",
        "seafarers\x00' OR 1=1 --",
        "\\",
        "((((",
    ],
)
def test_query_syntax_is_text(demo: Index, asked: str) -> None:
    for found in demo.search(asked):
        assert found.match in {"exact", "near", "related"}


def test_an_operator_is_a_word_like_any_other() -> None:
    index = filled(entry("a", clause("1", "It is not so.")), entry("b", clause("1", "Seafarers are brave.")))
    assert {f.entry for f in index.search("NOT seafarers ")} == {"a", "b"}


def test_a_question_of_twenty_thousand_characters_is_answered(demo: Index) -> None:
    assert demo.search("seafarers and merchant shipping " * 600)


@given(st.text(max_size=80))
@settings(max_examples=100)
def test_no_question_fails(demo: Index, asked: str) -> None:
    for found in demo.search(asked):
        assert all(0 <= start < end <= len(found.text) for start, end in found.spans)
        assert found.spans


@pytest.mark.parametrize(
    ("text", "asked", "language"),
    [
        ("Işıl Karadağlı'nın değerlendirmesini dinleyerek,", "isil karadaglinin degerlendirmesini", "tur"),
        ("İSTANBUL BOĞAZI'NDA SEYRÜSEFER", "istanbul boğazında", "tur"),
        ("Şimal boğazında gəmiçiliyin təhlükəsizliyi", "simal bogazinda gemiciliyin", "aze"),
        ("Решительно осуждает насилие и ещё раз призывает", "осуждает насилие и еще", "rus"),
        ("Кыргыз Республикасынын колдоосун ырастады", "колдоосун ЫРАСТАДЫ", "kir"),
        ("تُدين بشدة أعمال العنف", "تدين بشدة اعمال العنف", "ara"),
        ("Oʻzbekiston Respublikasi qoʻllab-quvvatladi", "ozbekiston respublikasi qollab", "uzb"),
        ("谴责危害海员的行为", "危害海员", "zho"),
    ],
)
def test_every_script_is_found(text: str, asked: str, language: str) -> None:
    noise = entry("noise", clause("1", "Welcomes the report."))
    index = filled(noise, entry("here", clause("1", text), language=language))
    (first, *_) = index.search(asked)
    assert (first.entry, first.match) == ("here", "exact")


# Filters


@pytest.fixture(scope="module")
def mixed() -> Index:
    other = BodyRef(name="Assembly of the Southern League")
    return filled(
        entry("one", clause("1", "Condemns the attack.", act="condemns"), date="2018-04-19"),
        entry("two", clause("1", "Regrets the attack.", act="regrets"), date="2021-07-15"),
        entry("three", clause("1", "Condemns the attack.", act="condemns"), date="2024-10-24", body=other),
        entry("four", clause("1", "Condemns the attack."), date=None, language="fra"),
    )


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, {"one", "two", "three", "four"}),
        ({"body": "mc-cfm"}, {"one", "two", "four"}),
        ({"body": "Assembly of the Southern League"}, {"three"}),
        ({"body": "nobody"}, set()),
        ({"act": "condemns"}, {"one", "three"}),
        ({"language": "fra"}, {"four"}),
        ({"year_from": 2021}, {"two", "three"}),
        ({"year_to": 2021}, {"one", "two"}),
        ({"year_from": 2018, "year_to": 2018}, {"one"}),
        ({"year_from": 2030, "year_to": 2001}, set()),
        ({"year_from": -5, "year_to": -1}, set()),
        ({"act": "condemns", "body": "mc-cfm"}, {"one"}),
    ],
)
def test_filters_narrow_the_answer(mixed: Index, filters: dict[str, object], expected: set[str]) -> None:
    assert {f.entry for f in mixed.search("the attack", **filters)} == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(("limit", "count"), [(0, 0), (-1, 0), (1, 1), (3, 3), (10_000, 4)])
def test_the_limit_is_kept(mixed: Index, limit: int, count: int) -> None:
    assert len(mixed.search("attack", limit=limit)) == count


# What enters


def test_formulas_and_headings_are_no_precedents_and_annexes_are() -> None:
    statement = Statement(
        kind="resolution",
        clauses=(
            clause("f", "The Council has:", kind="formula"),
            clause("h", "The Council and the sea", kind="heading"),
        ),
        annexes=(Annex(title="Annex", clauses=(clause("a", "The Council meets by the sea."),)),),
    )
    index = filled(Entry(id="e", statement=statement, origin="added"))
    assert [(f.clause, f.origin, f.date) for f in index.search("the council")] == [("a", "added", None)]


def test_an_entry_that_comes_again_replaces_its_older_text() -> None:
    index = filled(entry("e", clause("1", "Regrets the attack.")))
    index.add(7, entry("e", clause("1", "Condemns the attack.")))
    assert index.search("condemns the attack ")[0].text == "Regrets the attack."
    index.commit()
    assert [f.text for f in index.search("the attack")] == ["Condemns the attack."]
    assert index.seen() == 7


def test_the_date_is_the_meetings_else_the_adoptions_and_never_a_malformed_one() -> None:
    adoption = Adoption(
        how="consensus",
        when="2026-11-23T20:11:05.000000Z",
        rule="consensus",
        text_sha256="0" * 64,
        present=6,
        entitled=6,
    )
    bare = Statement(kind="decision", adoption=adoption, clauses=(clause("1", "Decides."),))
    assert Entry(id="a", statement=bare).date == "2026-11-23"
    assert entry("b", clause("1", "Decides."), date="soon").date is None
    assert filled(entry("b", clause("1", "Decides."), date="soon")).search("decides")[0].date is None


def test_threads_search_while_one_adds() -> None:
    index = filled(*demo_entries())
    asked = ["freedom, safety and security of navigation", "seafarers", "undersea cables and pip"]

    def ask(nth: int) -> bool:
        return all(index.search(asked[(nth + n) % 3]) for n in range(10))

    with ThreadPoolExecutor(4) as pool:
        answers = [pool.submit(ask, nth) for nth in range(8)]
        for seq in range(100, 110):
            index.add(seq, entry(f"new {seq}", clause("1", "Seafarers are brave.")))
            index.commit()
        assert all(answer.result() for answer in answers)
    assert index.seen() == 109
