"""Leading phrases: found, measured, and cut where an editor would cut."""

from __future__ import annotations

import pytest

from kenesh.statement.lexicon import Lexicon, lead_words
from kenesh.statement.model import ClauseKind, LeadingPhrase

ENGLISH = Lexicon.english()


def acts(text: str, kind: ClauseKind = "operative") -> list[tuple[str, str, int]]:
    return [(p.text, p.act, p.strength) for p in ENGLISH.phrases(text, kind)]


def only(text: str, kind: ClauseKind = "operative") -> LeadingPhrase:
    (phrase,) = ENGLISH.phrases(text, kind)
    return phrase


def test_a_phrase_carries_lemma_act_strength_and_place() -> None:
    phrase = only("Conveyed their condolences for those who lost their lives.")
    assert phrase == LeadingPhrase(
        text="Conveyed their condolences",
        lemma="convey condolences",
        act="condoles",
        strength=4,
        span=(0, 26),
        possessive="their",
    )


def test_the_longest_phrase_wins() -> None:
    assert acts("Stressing the importance of peace,", "preambular") == [
        ("Stressing the importance", "stresses", 5)
    ]
    assert acts("Condemned in the strongest terms the attack.") == [
        ("Condemned in the strongest terms", "condemns", 7)
    ]


def test_a_second_verb_after_and_is_a_second_phrase() -> None:
    assert acts("Underscored the importance of upholding the law and supported the patrols of Avenor.") == [
        ("Underscored the importance", "stresses", 4),
        ("supported", "supports", 4),
    ]


def test_a_verb_of_another_person_style_is_no_second_phrase() -> None:
    assert len(acts("Condemned the acts that endanger lives, undermine order and support violence.")) == 1


@pytest.mark.parametrize(
    ("text", "act", "strength"),
    [
        ("Expressed their deep and continued concern", "concern", 4),
        ("Expresses once again its utmost and heartfelt thanks", "thanks", 7),
        ("Conveyed their firm support and solidarity", "supports", 5),
        ("Noting with utmost dismay", "regrets", 6),
        ("Voicing grave concern", "concern", 5),
    ],
)
def test_the_small_grammar_reads_what_the_table_does_not_list(text: str, act: str, strength: int) -> None:
    phrase = only(f"{text} at the closure of the harbour", "operative")
    assert (phrase.text, phrase.act, phrase.strength) == (text, act, strength)


def test_british_spelling_is_folded() -> None:
    assert only("Recognising the efforts of Dravia,", "preambular").act == "recognizes"
    assert only("Emphasised that the strait is open.").act == "stresses"


def test_also_and_further_are_modifiers_wherever_they_stand() -> None:
    assert only("Recalling also its resolution 7,", "preambular").modifier == "also"
    assert only("Further requests the Secretary General to report;").modifier == "further"
    assert only("Requests once again the Secretary General to report;").modifier == "once again"


def test_an_unlisted_adverb_raises_the_strength() -> None:
    phrase = only("Strongly underlines that the strait is open;")
    assert (phrase.strength, phrase.intensifier) == (5, "strongly")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Ministers reaffirmed their support for the talks.", "reaffirmed their support"),
        ("We strongly condemn the seizure.", "strongly condemn"),
        (
            "We, the Foreign Ministers of the Meridian Compact, reaffirm our commitment.",
            "reaffirm our commitment",
        ),
        (
            "The Council of Foreign Ministers of the Meridian Compact agreed to remain in contact.",
            "agreed to remain",
        ),
    ],
)
def test_a_verb_after_its_subject_is_found(text: str, found: str) -> None:
    phrase = only(text)
    assert phrase.text == found
    assert text[slice(*phrase.span)] == found


def test_what_begins_with_no_act_has_no_phrase() -> None:
    assert acts("The Meeting was chaired by the Minister of Avenor.", "paragraph") == []
    assert acts("Support for the talks", "heading") == []
    assert acts("") == []


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("Conveyed their condolences for the dead.", "Conveyed"),
        ("Stressing the importance of peace,", "Stressing"),
        ("Recalling also its resolution 7,", "Recalling also"),
        ("Drew attention to the vision.", "Drew attention"),
        ("Expressing deep concern at the closure,", "Expressing deep concern"),
        ("Calls upon all parties to talk;", "Calls upon"),
        ("Guided by the Charter,", "Guided"),
    ],
)
def test_the_lead_is_what_an_editor_sets_in_italics(text: str, lead: str) -> None:
    assert lead_words(only(text)) == lead


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("Condemned in the strongest terms the attack", 32),
        ("Strongly condemned the attack", 18),
        ("We reaffirm our support", 23),
        ("The Ministers reaffirmed", 0),
        ("the attack", 0),
        ("", 0),
    ],
)
def test_the_leading_unit_is_measured_from_the_start(text: str, length: int) -> None:
    assert ENGLISH.lead_unit(text) == length


def test_a_hostile_line_is_read_in_linear_time() -> None:
    text = "and also further " * 120_000
    assert ENGLISH.phrases(text, "operative") == ()
    assert ENGLISH.lead_unit(text) == 0
