"""Identifiers out of hostile words are safe, stable and told apart."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archsmith.kernel.names import camel, pascal, slug, snake

SAFE = re.compile(r"[a-z][a-z0-9-]{0,47}")


@pytest.mark.parametrize(
    "text", ["../../etc/passwd", '"; drop table x; --', "{{7*7}}", "<script>", "__proto__", "😀", "", "نظام", "a" * 300]
)
def test_hostile_names(text: str) -> None:
    """Nothing but letters, digits and the separator is left."""
    assert SAFE.fullmatch(slug(text))


@given(st.text(max_size=80))
def test_always_safe(text: str) -> None:
    """For any text at all."""
    assert SAFE.fullmatch(slug(text))
    assert slug(text) == slug(text)
    assert snake(text) == slug(text).replace("-", "_") or "_" in snake(text)
    assert pascal(text).isalnum()


def test_what_is_lost_is_told_apart() -> None:
    """Two names that differ only in what can't be kept stay two."""
    assert slug("😀") != slug("😁")
    assert slug("a" * 300) != slug("a" * 301)
    assert slug("заказ") != slug("счёт")


_SNAKE = st.from_regex("[a-z][a-z0-9]{0,3}(_[a-z0-9]{1,3}){0,3}", fullmatch=True)


@given(_SNAKE, _SNAKE)
def test_two_names_never_meet_in_camel_case(one: str, other: str) -> None:
    assert (camel(one) == camel(other)) == (one == other)


@given(_SNAKE)
def test_camel_case_leads_back_to_the_name(name: str) -> None:
    assert re.sub("[A-Z]", lambda found: f"_{found[0].lower()}", camel(name)) == name
    assert re.fullmatch("[a-z][A-Za-z0-9_]*", camel(name))
