"""Every kind of diagram is read by Mermaid itself, also where names are hostile; the plain text is aligned."""

import re

import pytest
from tests.render.changed import reworded
from tests.render.sample import sample_design
from tests.render.test_hostile import EVIL

from archsmith.render import render
from archsmith.render.plain import WIDTH, box, width, wrap

ONE_OF_EACH = ("c4-container", "er-shop", "sequence-pay-order", "plan")
"""The C4 views and the data flow share a printer."""


@pytest.mark.slow
@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_mermaid_reads_hostile_names(name: str) -> None:
    mermaidx = pytest.importorskip("mermaidx", reason="mermaidx is not installed: Mermaid files are not checked")
    files = {
        str(a.path): a.content.decode() for a in render(reworded(sample_design(), lambda words: f"{words} {EVIL}"))
    }
    drawn = mermaidx.render(files[f"diagrams/{name}.mmd"]).svg()
    assert "<script" not in drawn
    assert not re.search(r"""(href|src)=["']?http://evil""", drawn)


def test_labels_hold_no_syntax() -> None:
    files = render(reworded(sample_design(), lambda words: f"{words} {EVIL}"))
    for artifact in (a for a in files if a.path.endswith(".mmd")):
        body = artifact.content.decode()
        assert not re.search(r"%%|<script|javascript:|\n\s*click |`", body), artifact.path


def test_both_forms_show_the_same_parts() -> None:
    files = {str(a.path): a for a in render(sample_design())}
    assert {p.removesuffix(".mmd") for p in files if p.endswith(".mmd")} == {
        p.removesuffix(".txt") for p in files if p.startswith("diagrams/") and p.endswith(".txt")
    }
    for path, artifact in files.items():
        if path.startswith("diagrams/c4-container"):
            for name in ("Customer", "Load balancer", "Shop", "Main database", "Payment provider"):
                assert name in artifact.content.decode(), path


def test_boxes_are_aligned() -> None:
    files = [a for a in render(sample_design()) if a.path.startswith("diagrams/") and a.path.endswith(".txt")]
    for artifact in files:
        drawn = [line for line in artifact.content.decode().splitlines() if line and line[0] in "╔║╚"]
        assert {width(line) for line in drawn} <= {WIDTH}, artifact.path


def test_wide_characters_keep_the_frame() -> None:
    assert {width(line) for line in box(["注文サービス", "é" * 30, "x" * 50], 20)} == {20}
    assert all(width(line) <= 7 for line in wrap("注文サービス and more", 7))


def test_the_workspace_is_balanced() -> None:
    files = {str(a.path): a for a in render(reworded(sample_design(), lambda words: f'{words} " }} {{ \\ ${{x}}'))}
    bare = re.sub(r'"[^"\n]*"', "", files["diagrams/workspace.dsl"].content.decode())
    assert bare.count("{") == bare.count("}")
    assert '"' not in bare
