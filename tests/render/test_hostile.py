"""Words from strangers stay words in every file."""

import csv
import io

import pytest
from tests.render.changed import reworded
from tests.render.reading import parsed
from tests.render.sample import sample_design

from archsmith.model.artifacts import Artifact
from archsmith.render import render
from archsmith.render.markdown import code, fence, table, text

EVIL = (
    '<script>alert(1)</script> [x](http://evil.example) ![i](http://evil.example/p.png) | `{{7*7}}` "; drop table --\n'
    "```\n# heading\n- item\n<!-- --> http://evil.example www.evil.example %%{init: {}}%% end; click a \u202e"
    " ~~~ *b* _c_ &lt; $x$"
)


@pytest.fixture(scope="module")
def files() -> tuple[Artifact, ...]:
    return render(reworded(sample_design(), lambda words: f"{words} {EVIL}"))


def test_markdown_holds_no_foreign_markup(files: tuple[Artifact, ...]) -> None:
    plain = {a.path: a for a in render(sample_design())}
    for artifact in (a for a in files if a.path.endswith(".md")):
        tokens = parsed(artifact.content.decode())
        inner = [c for t in tokens for c in t.children or ()]
        assert not [t for t in (*tokens, *inner) if t.type in ("html_block", "html_inline", "image", "s_open")], (
            artifact.path
        )
        targets = [str(c.attrs["href"]) for c in inner if c.type == "link_open"]
        assert not [t for t in targets if "evil.example" in t], artifact.path
        same = plain.get(artifact.path)
        if same:  # a record's path follows its title
            kinds = [t.type for t in tokens if t.type in ("heading_open", "fence", "table_open")]
            before = [
                t.type for t in parsed(same.content.decode()) if t.type in ("heading_open", "fence", "table_open")
            ]
            assert kinds == before, artifact.path


def test_tables_keep_their_columns(files: tuple[Artifact, ...]) -> None:
    document = next(a.content.decode() for a in files if a.path == "architecture.md")
    widths: set[int] = set()
    for token in parsed(document):
        if token.type == "tr_open":
            widths.add(0)
        assert token.type != "td_open" or token.level > 0
    assert widths


def test_text_is_shown_as_it_is() -> None:
    shown = parsed(text(EVIL))[1].children
    assert shown is not None
    said = "".join(c.content for c in shown)
    assert "<script>alert(1)</script> [x](http://evil.example)" in said
    assert "{{7*7}}" in said
    assert "\u202e" not in said


@pytest.mark.parametrize(
    "raw", ["1. not a list", "- no item", "+ no item", "# no heading", "> no quote", "---", "=== x"]
)
def test_text_starts_no_block(raw: str) -> None:
    assert [t.type for t in parsed(text(raw))] == ["paragraph_open", "inline", "paragraph_close"]


def test_code_and_fences_outgrow_their_content() -> None:
    assert [c.type for c in parsed(code("a `` b ` c"))[1].children or ()] == ["code_inline"]
    assert [t.type for t in parsed(fence("text", "```\nescaped?\n````"))] == ["fence"]


def test_an_empty_column_is_left_out() -> None:
    assert table(("A", "B"), [("1", ""), ("2", "")]) == "| A |\n| --- |\n| 1 |\n| 2 |"
    assert table(("A",), []) == ""


def test_the_bill_starts_no_formula(files: tuple[Artifact, ...]) -> None:
    design = reworded(sample_design(), lambda words: f"=cmd|' {words}")
    body = next(a.content.decode() for a in render(design) if a.path == "cost/estimate.csv")
    cells = [cell for row in csv.reader(io.StringIO(body)) for cell in row]
    assert not [cell for cell in cells if cell[:1] in "=+@"[:3] and cell]


def test_paths_are_safe(files: tuple[Artifact, ...]) -> None:
    assert not [a.path for a in files if ".." in a.path or " " in a.path or "<" in a.path or a.path.startswith("/")]
