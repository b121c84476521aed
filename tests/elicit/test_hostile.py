import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.corpus.scoring.score import BRIEFS, briefs
from tests.elicit.reading import requirements
from tests.elicit.work import steps

from archsmith.kernel.provenance import Span
from archsmith.model.requirements import Requirements

WORDS = st.sampled_from(
    (
        "we must not 3 users , . ; ( ) the pay order by card 99.9 % € EUR 5 k - | # * > in EU no Kafka a day every"
        " second"
        " \n \n\n ** _ ` [ ] : if when twice to 8 ms ' \" … é 中"
    ).split(" ")
)


def spans(value: object) -> list[Span]:
    found: list[Span] = []
    if isinstance(value, Span):
        return [value]
    if isinstance(value, tuple):
        for item in value:
            found += spans(item)
    elif hasattr(value, "__struct_fields__"):
        for name in value.__struct_fields__:
            found += spans(getattr(value, name))
    return found


def text_at(text: str, span: Span) -> str:
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    return text[starts[span.line - 1] + span.column - 1 : starts[span.end_line - 1] + span.end_column - 1]


def check(text: str, req: Requirements) -> None:
    for span in spans(req):
        assert text_at(text, span) == span.quote


@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    requirements(text)


@given(st.lists(WORDS, max_size=120).map(" ".join))
def test_quotes_stand_where_the_span_says(text: str) -> None:
    check(text, requirements(text))


@pytest.mark.parametrize("path", briefs(BRIEFS), ids=lambda p: p.stem)
def test_quotes_of_briefs(path: object) -> None:
    from pathlib import Path

    assert isinstance(path, Path)
    text = path.read_text("utf-8")
    check(text, requirements(text))


@pytest.mark.parametrize(
    "text",
    [
        "../../etc/passwd must be read by users.",
        '"; drop table users; -- Customers order meals.',
        "{{7*7}} <script>alert(1)</script> Customers order meals.",
        "a" * 5000,
        "1" * 5000,
        "(" * 2000 + ")" * 2000,
        "- " * 1000,
        "| a | b |\n|---|---|\n" + "| c | d |\n" * 200,
        "\x00\ufffe\u2028 orders",
        "**" * 999,
        "9" * 400 + " users",
    ],
)
def test_hostile_texts(text: str) -> None:
    assert requirements(text).title


def test_the_same_brief_gives_the_same_value() -> None:
    text = briefs(BRIEFS, ["07"])[0].read_text("utf-8")
    assert requirements(text) == requirements(text)


@pytest.mark.parametrize(
    "piece",
    [
        briefs(BRIEFS, ["02"])[0].read_text("utf-8") + "\n\n",
        "9 users and ",
        "every 5 seconds ",
        "users order meals, which cooks cook, ",
        "- EUR 5 of the order\n",
        "| a | 10-20k |\n",
        "not a: b\n",
    ],
)
def test_work_grows_with_length_only(piece: str) -> None:
    short = piece * max(2, 600 // len(piece))
    assert steps(short * 4) < 1.25 * 4 * steps(short)
