"""Labels of clauses while they are negotiated."""

from __future__ import annotations

from kenesh.drafting import labels


def test_inserted_clauses_do_not_renumber_the_others() -> None:
    made = labels([
        ("f", "paragraph", None, False),
        ("a", "preambular", None, False),
        ("b", "preambular", None, False),
        ("c", "preambular", None, True),
        ("d", "operative", None, True),
        ("e", "operative", None, False),
        ("g", "operative", "e", False),
        ("h", "operative", "g", False),
        ("i", "operative", "e", True),
        ("j", "operative", None, True),
        ("k", "operative", None, True),
        ("l", "operative", None, False),
        ("m", "operative", "j", False),
    ])  # fmt: skip
    assert list(made.values()) == [
        "Para 1", "PP1", "PP2", "PP2 bis", "OP1 ante", "OP1", "OP1(a)", "OP1(a)(i)", "OP1(a) bis",
        "OP1 bis", "OP1 ter", "OP2", "OP1 bis(a)",
    ]  # fmt: skip
