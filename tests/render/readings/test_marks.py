"""Marks of any spans, nested and overlapping, weave into a well-nested stream that loses no character."""

from hypothesis import given
from hypothesis import strategies as st

from archsmith.kernel.provenance import Span, Stated
from archsmith.model.brief import Brief, BriefForm
from archsmith.render.reading.items import Item
from archsmith.render.reading.keys import places
from archsmith.render.reading.kinds import Kind
from archsmith.render.reading.marks import DEPTH, Close, Mark, Open, Text, events, marks, unmarked


def item(number: int, text: str, start: int, end: int, file: str = "b.md") -> Item:
    """An item that rests on a part of the text."""
    before, upto = text[:start], text[:end]
    at = Span(
        file=file,
        line=before.count("\n") + 1,
        column=start - (before.rfind("\n") + 1) + 1,
        end_line=upto.count("\n") + 1,
        end_column=end - (upto.rfind("\n") + 1) + 1,
        quote=text[start:end],
    )
    return Item(id=f"figure-{number}", kind=Kind.SCALE, sort="figure", text="x", why=Stated(at=at))


def woven(text: str, found: tuple[Mark, ...]) -> tuple[str, dict[str, str], int]:
    """The characters of all events, those of each mark, and the deepest nesting; fails where it is not well nested."""
    whole, by_mark, stack, deepest = "", dict[str, str](), list[Open](), 0
    for event in events(text, found):
        match event:
            case Open(mark, again):
                assert again == (mark.id in by_mark)
                by_mark.setdefault(mark.id, "")
                stack.append(event)
                deepest = max(deepest, len(stack))
            case Close():
                stack.pop()
            case Text(said, mark, _):
                assert said
                assert mark == (stack[-1].mark if stack else None)
                whole += said
                for opened in stack:
                    by_mark[opened.mark.id] += said
    assert stack == []
    return whole, by_mark, deepest


@st.composite
def spans(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    """A text of a few lines, and places in it."""
    text = draw(st.text("ab \n\u0301😀", min_size=1, max_size=60))
    place = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(lambda p: p[0] < p[1])
    return text, draw(st.lists(place, max_size=30))


@given(spans())
def test_each_mark_is_its_quote_and_the_whole_is_the_text(drawn: tuple[str, list[tuple[int, int]]]) -> None:
    text, places = drawn
    found = marks(text, "b.md", [item(n, text, *place) for n, place in enumerate(places)])
    whole, by_mark, deepest = woven(text, found)
    assert whole == text
    assert deepest <= DEPTH
    assert {(m.start, m.end) for m in found} == set(places)
    assert sum(len(m.items) for m in found) == len(places)
    for mark in found:
        if mark.id in by_mark:
            assert by_mark[mark.id] == text[mark.start : mark.end]
    if len(set(places)) <= DEPTH:
        assert len(by_mark) == len(found)


def test_overlapping_spans_are_cut_where_the_first_one_ends() -> None:
    text = "abcdef"
    found = marks(text, "b.md", [item(1, text, 0, 4), item(2, text, 2, 6)])
    shown = "".join(
        f"<{e.mark.id}{'+' if e.again else ''}>" if isinstance(e, Open) else "/" if isinstance(e, Close) else e.text
        for e in events(text, found)
    )
    assert shown == "<m1>ab<m2>cd//<m2+>ef/"


def test_one_mark_for_all_items_on_the_same_words() -> None:
    text = "one two"
    (mark,) = marks(text, "b.md", [item(1, text, 4, 7), item(2, text, 4, 7)])
    assert [i.id for i in mark.items] == ["figure-1", "figure-2"]


def test_the_mark_around_is_the_smallest_that_holds_it() -> None:
    text = "one two three four"
    outer, middle, inner = marks(text, "b.md", [item(1, text, 0, 18), item(2, text, 4, 13), item(3, text, 8, 13)])
    assert (outer.inside, middle.inside, inner.inside) == ("", outer.id, middle.id)


def test_words_that_stand_elsewhere_are_not_marked() -> None:
    text = "one two"
    moved = item(1, "three " + text, 6, 9)
    assert marks(text, "b.md", [moved, item(2, text, 0, 3, file="other.md")]) == ()


def test_a_staircase_of_overlaps_stays_linear() -> None:
    text = "x" * 4_000
    found = marks(text, "b.md", [item(n, text, n, min(4_000, n + 400)) for n in range(3_600)])
    assert len(list(events(text, found))) < len(found) * 3 * (DEPTH + 1)


def test_lines_without_a_mark() -> None:
    text = "# Head\n\none two\nthree\n\n| A | B |\n|---|---|\n| 1 | x |\n...\nSo far:\nlast"
    found = marks(text, "b.md", [item(1, text, text.index("two"), text.index("three") + 2)])
    assert unmarked(Brief(name="b.md", text=text, form=BriefForm.MARKDOWN), found) == ((8, "| 1 | x |"), (11, "last"))


def test_values_that_a_person_set_are_found_by_their_key() -> None:
    text = "title: Shop\nneeds:\n  budget: 800  # a month\nmust_use:\n- name: Käse\n  stance: prefer\n- Redis\n"
    found = {key: text[start:end] for key, (start, end) in places(text).items()}
    assert found["needs.budget"] == "800"
    assert found["must_use[0]"] == "name: Käse\n  stance: prefer"
    assert found["must_use[0].name"] == "Käse"
    assert found["must_use[1]"] == "Redis"
    assert places("a: [") == {}
