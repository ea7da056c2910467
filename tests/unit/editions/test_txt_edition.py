"""The plain text edition is set as a secretariat sets it."""

from __future__ import annotations

from strait import STRAIT

from kenesh.editions.txt import to_txt


def test_paragraphs_stand_apart_and_numbered_clauses_together():
    text = to_txt(STRAIT).decode()
    assert text.startswith(
        "Statement on the Situation in the Northern Strait\n"
        "\n"
        "The Council held an extraordinary videoconference meeting.\n"
        "\n"
        "Recalling the Lysk Declaration of 14 May 2015, and its own statements,\n"
        "\n"
        "The Council has:\n"
        "\n"
        "I. Safety of navigation\n"
        "\n"
        "1. Condemned <the laying> of mines & nets:\n"
        "    (a) in the strait;\n"
        "    (b) in the ports.\n"
        "2. Agreed to meet again.\n"
        "\n"
        "Done at Lysk.\n"
        "\n"
        "Annex\n"
        "\n"
        "1. Each state names a point of contact.\n"
        "\n"
        "[1] Register of the Compact.\n"
        "\n"
        "----------------------------------------\n"
        "Adopted by consensus on 23 November 2026 at 20:11:05 UTC.\n"
    )


def test_the_text_ends_with_one_line_end():
    assert to_txt(STRAIT).endswith(STRAIT.adoption.text_sha256.encode() + b"\n")
