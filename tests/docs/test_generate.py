"""The generator of docs/reference: what it takes from commands and data files."""

import json
from pathlib import Path

import click
import jsonschema_rs
import pytest

from archsmith.cli.main import SCHEMAS
from archsmith.evaluate.rules import RULES
from archsmith.vary import LEVERS
from docs import generate


@click.command()
@click.argument("kind", type=click.Choice(["a", "b"]))
@click.option("--level", default=3, show_default=True, help="One | two.")
@click.option("--secret", hidden=True)
def sample(kind: str, level: int, secret: str) -> None:
    """Does it.

    \b
    kept
      as it is
    """


def test_a_command_becomes_a_table_with_pipes_escaped() -> None:
    page = "\n".join(generate._command(sample, click.Context(sample, info_name="tool sample")))
    assert r"| `{a\|b}` |" in page
    assert r"| `--level` `INTEGER` | One \| two. | `3` |" in page
    assert "--secret" not in page
    assert "```\nkept\n  as it is\n```" in page


def test_sources_are_found_at_any_depth() -> None:
    row = {"id": "x", "limit": {"value": 1, "source": "estimate"}, "prices": [{"source": "a  page"}]}
    assert list(generate._sources([row])) == ["estimate", "a page"]


def test_the_head_comment_says_what_a_table_holds(tmp_path: Path) -> None:
    table = tmp_path / "prices.yaml"
    table.write_text("# Prices by unit; list prices.\n# More.\n- id: x\n", encoding="utf-8")
    assert generate._about(table) == "Prices by unit"


def test_check_reports_a_stale_page_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(generate, "DOCS", tmp_path / "docs")
    monkeypatch.setattr(generate, "PAGES", {"page.md": lambda: "text\n"})
    assert generate.main(["--check"]) == 1
    assert not (tmp_path / "docs").exists()
    (tmp_path / "docs").mkdir()
    assert generate.main([]) == 0
    assert generate.main(["--check"]) == 0
    assert "out of date: docs/reference/page.md" in capsys.readouterr().out


def test_every_rule_is_explained() -> None:
    page = generate.rules_page()
    for rule in RULES:
        assert f"## {rule.id}\n\n**{rule.title}**" in page
    assert page.count("- Fix: ") == len(RULES)


def test_every_lever_of_what_if_is_listed() -> None:
    page = generate.levers_page()
    assert all(f"| `{lever.name}` | {lever.what} | " in page for lever in LEVERS)


@pytest.mark.parametrize("name", [f"{kind}.schema.json" for kind in SCHEMAS])
def test_a_schema_is_written_as_it_is(name: str) -> None:
    text = generate.PAGES[name]()
    assert json.loads(text)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema_rs.validator_for(json.loads(text))
    assert text.endswith("\n")
