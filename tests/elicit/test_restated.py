"""Priorities that stand apart from their thing: in a legend, in a column, in a later correction."""

import pytest
from tests.elicit.reading import requirements

LEGEND = "M = mandatory, D = desirable, X = excluded.\n\n- RQ-01 (M) A clerk creates an order.\n"


def priority(text: str, words: str) -> str:
    return next(r.priority.value for r in requirements(text).requirements if words in r.statement)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        (LEGEND + "- RQ-02 (D) A clerk copies an order.\n", "copies", "should"),
        (LEGEND + "- RQ-02 (D) A clerk copies an order.\n\nRQ-02 is now mandatory.\n", "copies", "must"),
        (LEGEND + "- RQ-02 (D) A clerk copies an order.\n\nRQ-01 becomes desirable.\n", "creates", "should"),
        (LEGEND + "- RQ-02 (D) A clerk copies an order.\n\nRQ-01 is no longer mandatory.\n", "creates", "should"),
        (
            "| ID | Requirement | Priority |\n|---|---|---|\n| A-1 | The clerk shall export orders | Desirable |\n",
            "export",
            "should",
        ),
        (
            "| ID | Requirement | Priority |\n|---|---|---|\n| A-1 | The clerk shall export orders | Mandatory |\n",
            "export",
            "must",
        ),
        ("- RQ-01 A clerk creates an order.\n\nRQ-01 is fast.\n", "creates", "must"),
    ],
)
def test_the_priority_told_elsewhere_counts(text: str, words: str, expected: str) -> None:
    assert priority(text, words) == expected
