"""The annotated page, read back: every quote marked once, every link resolves, nothing foreign in it."""

import base64
import hashlib
import re
import time
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.render.readings.shown import BRIEFS, Page, brief_of, parsed, read

from archsmith.cli.read_report import report
from archsmith.files.reader import read_brief
from archsmith.kernel.provenance import Span, Stated
from archsmith.model.brief import Brief
from archsmith.model.requirements import Conflict, Number, NumberRole, NumberStatus
from archsmith.render.reading import READING_SCHEMA, Reading
from archsmith.render.reading.items import items
from archsmith.render.reading.kinds import TITLES, Kind
from archsmith.render.reading.page import page

IDS = [f"{p.parent.name}-{p.stem}" for p in BRIEFS]
SMALL = "# Shop\n\nCustomers place orders, 400 a day. No SMS in this release.\n"


@cache
def shown(path: Path) -> tuple[Brief, Reading, Page]:
    """A brief, what was read in it, and its page."""
    brief = read_brief(path)
    assert isinstance(brief, Brief)
    understood = read(brief)
    return brief, understood, Page(page(brief, understood).decode())


def spans(value: object) -> Iterator[Span]:
    """Every place of the brief that a value refers to."""
    if isinstance(value, Stated):
        yield value.at
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from spans(getattr(value, name))
    elif isinstance(value, tuple):
        for one in value:
            yield from spans(one)


@pytest.mark.parametrize("path", BRIEFS, ids=IDS)
def test_every_stated_fact_is_marked_once_in_its_own_words(path: Path) -> None:
    brief, understood, shown_page = shown(path)
    assert shown_page.brief == brief.text
    starts = [0, *(m.end() for m in re.finditer("\n", brief.text))]
    placed: dict[tuple[int, str], int] = {}
    for ident, text in shown_page.marks.items():
        position = brief.text.index(text) if brief.text.count(text) == 1 else -1
        placed[position, text] = placed.get((position, text), 0) + 1
        assert shown_page.one(ident).tag == "mark"
    wanted = {(starts[at.line - 1] + at.column - 1, at.quote) for at in spans(understood)}
    assert wanted
    for position, quote in wanted:
        single = brief.text.count(quote) == 1
        assert placed.get((position if single else -1, quote), 0) >= 1, quote
        if single:
            assert placed[position, quote] == 1, quote
    assert len(shown_page.marks) == len(wanted)


@pytest.mark.parametrize("path", BRIEFS, ids=IDS)
def test_every_link_resolves_and_leads_back(path: Path) -> None:
    _, understood, shown_page = shown(path)
    ids = [e.attributes["id"] for e in shown_page.elements if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    targets = [a.attributes["href"] for a in shown_page.all("a")]
    assert targets
    assert {t for t in targets if not t.startswith("#")} == set()
    assert {t[1:] for t in targets} <= set(ids)
    cards = {i.id for i in items(understood)}
    assert cards <= set(ids)
    reached = {t[1:] for t in targets} & cards
    stated = {i.id for i in items(understood) if isinstance(i.why, Stated) and not i.under}
    assert stated - reached == set()  # from the text, or from the card of a reading beside it
    for place in (a for a in shown_page.all("a") if a.attributes.get("class") == "place"):
        line = int(place.text.removeprefix("line "))
        target = place.attributes["href"][1:]
        assert re.fullmatch(r"m\d+", target) or target == f"L{line}"


@pytest.mark.parametrize("path", BRIEFS, ids=IDS)
def test_nothing_is_loaded_and_nothing_runs(path: Path) -> None:
    shown_page = shown(path)[2]
    assert_inert(shown_page)


def assert_inert(shown_page: Page) -> None:
    """No script, no handler, no address but anchors; the policy names the one style sheet by its hash."""
    assert {e.tag for e in shown_page.elements} <= ALLOWED
    names = {name for e in shown_page.elements for name in e.attributes}
    assert {n for n in names if n.startswith("on") or n in ("src", "srcset", "style", "action")} == set()
    assert {a.attributes["href"][:1] for e in shown_page.elements if "href" in (a := e).attributes} <= {"#"}
    (style,) = shown_page.all("style")
    digest = base64.b64encode(hashlib.sha256(style.text.encode()).digest()).decode()
    (policy,) = [m for m in shown_page.all("meta") if m.attributes.get("http-equiv") == "Content-Security-Policy"]
    rules = dict(r.strip().split(" ", 1) for r in policy.attributes["content"].split(";"))
    assert rules == {
        "default-src": "'none'",
        "style-src": f"'sha256-{digest}'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    assert "url(" not in style.text
    assert "@import" not in style.text


ALLOWED = frozenset(
    """html head meta title style body a header div h1 p b nav form fieldset legend label input span button main article
    mark bdi aside section h2 ul ol li table thead tbody tr th td details summary code""".split()
)

HOSTILE = """# </title><script>alert(1)</script> {{ 7*7 }} {% raw %}

- Customers place "><img src=x onerror=alert(1)> orders, 400 per day, and pay by card & cash
- Staff approve </mark></div></article><style>*{display:none}</style> claims within 2 seconds
- Admins see javascript:alert(1) and &lt;b&gt; and \u202egnidaer\u202c and \u200b\u0085 reports each night
- The <!-- shop --> has 2,000 customers ]]> and \u2028 a نظام
"""


def test_words_of_the_brief_stay_words() -> None:
    brief = brief_of(HOSTILE)
    shown_page = parsed(brief)
    assert_inert(shown_page)
    assert shown_page.brief == HOSTILE
    assert len(shown_page.all("style")) == len(shown_page.all("title")) == 1
    assert "49" not in shown_page.all("title")[0].text
    assert [e.attributes["data-odd"] for e in shown_page.all("bdi") if "data-odd" in e.attributes] == [
        "U+202E",
        "U+202C",
        "U+200B",
        "U+0085",
        "U+2028",
    ]


def test_statements_are_underlined_words_tinted_and_what_is_unused_dotted() -> None:
    brief = brief_of(
        "Customers place orders and clerks pack them into boxes.\n\n"
        "| What | How many |\n|---|---|\n| Visits | 5,200 per day |\n"
    )
    looks = {e.text: e.attributes["class"].split()[1:] for e in parsed(brief).all("mark")}
    assert looks["Customers place orders and clerks pack them into boxes."] == ["whole"]
    assert looks["5,200 per day"] == ["whole", "word"]
    assert looks["place orders"] == []


def test_direction_characters_do_not_leave_the_brief() -> None:
    brief = brief_of(HOSTILE)
    written = page(brief, read(brief)).decode()
    inside = written[written.index('<div class="text"') : written.index("</article>")]
    assert written.count("\u202e") == inside.count("\u202e") == 1


PARTS = st.sampled_from(
    """<b> </mark> <!-- --> & &amp; "quoted" 'so' {{ }} {% # ## - * | |---| ``` ~~~ $x$ \\ 400 users/day 2 seconds EU
    customers order pay cards never no must 99.9% \u202e \u2066 \u0301 \x0b \x0c \x85 \u2028 😀 نظام \n \n\n""".split(
        " "
    )
)


@settings(max_examples=25, deadline=None)
@given(st.lists(PARTS, max_size=60))
def test_any_text_is_shown_as_it_is(parts: list[str]) -> None:
    brief = brief_of(f"{SMALL}\n{' '.join(parts)}")
    understood = read(brief)
    shown_page = Page(page(brief, understood).decode())
    assert_inert(shown_page)
    assert shown_page.brief == brief.text
    assert report(brief, understood, terminal=False).decode()


def test_text_that_no_parser_of_html_keeps_is_dropped() -> None:
    """NUL and lone surrogates can only come from escapes in a YAML file; they never reach the page."""
    brief = brief_of('title: shop\nnumbers:\n- {what: "a\\0b", value: 3, unit: users}\n', "brief.yaml")
    written = page(brief, read(brief))
    assert b"\x00" not in written
    assert "ab: 3" in written.decode()


def test_a_structured_brief_is_shown_without_quotes_of_another_file() -> None:
    text = (
        "title: Shop\nsource: brief.md\nrequirements:\n- statement: Customers order\n  why:\n    by: stated\n"
        "    at: {file: brief.md, line: 3, column: 1, end_line: 3, end_column: 16, quote: Customers order}\n"
        "needs: {budget: 800}\n"
    )
    shown_page = parsed(brief_of(text, "requirements.yaml"))
    assert shown_page.brief == text
    assert list(shown_page.marks.values()) == ["800"]  # what a person set is marked at its key
    card = shown_page.one("requirement-1")
    assert "Customers order" in card.text
    assert "brief.md:3" in card.text
    assert "needs.budget" in shown_page.one("limit-1").text
    assert [a.attributes["href"] for a in shown_page.all("a") if a.text == "needs.budget"] == ["#m1"]
    assert "Something was taken from every line." in shown_page.one("unread").text


def test_a_brief_in_yaml_is_marked_as_one() -> None:
    text = "name: Kite market\nusers:\n- hobbyists buy kites\nvolumes:\n  orders: 500 per day\nmisc:\n"
    shown_page = parsed(brief_of(text, "brief.yaml"))
    assert shown_page.brief == text
    assert any("500 per day" in said for said in shown_page.marks.values())
    assert "Something was taken from every line." in shown_page.one("unread").text


def test_a_conflict_shows_both_places_and_what_is_used() -> None:
    brief = brief_of(SMALL)
    understood = read(brief)
    places = tuple(
        Span(file="brief.md", line=3, column=c, end_line=3, end_column=c + len(q), quote=q)
        for q in ("400 a day", "No SMS", "No SMS in this release.")
        for c in (SMALL.split("\n")[2].index(q) + 1,)
    )
    clash = Conflict(what="two things, and No SMS", spans=places, resolution="the first is used")
    needs = msgspec.structs.replace(understood.requirements, conflicts=(clash,))
    shown_page = Page(page(brief, msgspec.structs.replace(understood, requirements=needs)).decode())
    section = shown_page.one("conflicts").text
    assert all(said in section for said in ("two things, and No SMS", "“400 a day”", "“No SMS”", "the first is used"))
    assert "“No SMS in this release.”" in section
    assert shown_page.one("only-conflict").tag == "input"
    styled = {e.text for e in shown_page.all("mark") if "k-conflict" in e.attributes["class"].split()}
    assert styled == {"400 a day", "No SMS", "No SMS in this release."}


def test_the_same_brief_gives_the_same_bytes() -> None:
    brief = brief_of(SMALL)
    assert page(brief, read(brief)) == page(brief, read(brief))


def test_the_page_says_whose_it_is_at_its_beginning() -> None:
    brief = brief_of(SMALL)
    assert READING_SCHEMA.encode() in page(brief, read(brief))[:400]


def test_a_brief_of_a_megabyte_with_a_figure_in_each_line() -> None:
    line = "x" * 45 + " 10 users\n"
    brief = brief_of(SMALL + line * 18_000)
    small = brief_of(SMALL)
    understood = read(small)
    figures = tuple(_figure(n, line) for n in range(4, 18_004))
    needs = msgspec.structs.replace(understood.requirements, numbers=figures)
    started = time.process_time()
    written = page(brief, msgspec.structs.replace(understood, requirements=needs)).decode()
    assert time.process_time() - started < 20
    assert written.count('data-mark="') > 18_000
    assert len(written) < 25_000_000


def _figure(number: int, line: str) -> Number:
    start = line.index("10 users")
    at = Span(file="brief.md", line=number, column=start + 1, end_line=number, end_column=start + 9, quote="10 users")
    role, status = NumberRole.POPULATION, NumberStatus.TARGET
    return Number(id=f"n{number}", what="users", value=10, unit="users", role=role, status=status, why=Stated(at=at))


CSS = (resources.files("archsmith.render.reading") / "page.css").read_text(encoding="utf-8")


def test_every_kind_has_its_colours_its_title_and_its_filter() -> None:
    assert set(TITLES) == set(Kind)
    for kind in Kind:
        assert f".k-{kind} {{" in CSS
        assert len(re.findall(rf"--{kind}-tint: #", CSS)) == len(re.findall(rf"--{kind}-ink: #", CSS)) == 2
        assert len(re.findall(rf"#only-{kind}:checked", CSS)) == 3


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_contrast(theme: str) -> None:
    """WCAG 2.1 AA: 4.5 for words on paper and on every tint, and for labels; 3 for lines and frames."""
    light, dark = CSS.split("@media (prefers-color-scheme: dark)", 1)
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light if theme == "light" else dark))
    for ground in ("page", "paper"):
        assert contrast(colours["text"], colours[ground]) >= 7
        assert contrast(colours["soft"], colours[ground]) >= 4.5
        assert contrast(colours["focus"], colours[ground]) >= 3
        for kind in Kind:
            assert contrast(colours[f"{kind}-ink"], colours[ground]) >= 4.5, kind
    for kind in Kind:
        assert contrast(colours["text"], colours[f"{kind}-tint"]) >= 4.5, kind
        assert contrast(colours[f"{kind}-ink"], colours[f"{kind}-tint"]) >= 4.5, kind
        assert contrast(colours["paper"], colours[f"{kind}-ink"]) >= 4.5, kind


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.1."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.1."""
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
