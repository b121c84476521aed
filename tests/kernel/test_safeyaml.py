"""YAML bombs and tags do not get in."""

import pytest

from archsmith.kernel.safeyaml import MAX_BYTES, BadYaml, load, screen

BOMB = "a: &a [x,x]\nb: &b [*a,*a]\n" + "".join(f"c{i}: [*b,*b,*b]\n" for i in range(9))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (BOMB, "alias"),
        ("a: !!python/object/apply:os.system [ls]", "constructor"),
        ("[" * 100 + "]" * 100, "nested"),
        ("a: [1", "expected"),
        ("x" * (MAX_BYTES + 1), "larger"),
        ("a: \x00", "control characters"),
    ],
)
def test_refused(text: str, says: str) -> None:
    """With a message that says why."""
    with pytest.raises(BadYaml, match=says):
        load(text)


def test_line_is_told() -> None:
    """The line counts from 1."""
    with pytest.raises(BadYaml) as caught:
        load("a: &x 1\nb: 2\nc: *x\n")
    assert caught.value.line == 3


def test_plain_data() -> None:
    """Lists, mappings and scalars come back."""
    assert load("a: [1, x, 2.5, true, null]") == {"a": [1, "x", 2.5, True, None]}


@pytest.mark.parametrize("text", ["a: [1", "a: &x 1\nb: *x", "a: !!python/name:os.system 1", "[" * 99 + "]" * 99])
def test_screening_refuses_what_loading_would(text: str) -> None:
    with pytest.raises(BadYaml):
        screen(text)


def test_screening_takes_plain_yaml() -> None:
    screen("a: [1, two]\nb:\n  - c: 3\n")
