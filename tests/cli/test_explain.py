"""`archsmith explain`: one decision argued from the design, found by number, dimension, component or technology."""

import json
import re
from pathlib import Path

import pytest
from tests.cli.asking import SHED, brief, data, run, valid


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that `design` wrote."""
    folder = tmp_path_factory.mktemp("design")
    assert run("design", brief(folder), "-o", folder / "out", "-q").exit_code in (0, 1)
    return folder / "out"


def argued(*words: object) -> dict[str, object]:
    (argument,) = data(run("explain", *words, "--json"))["arguments"]
    assert isinstance(argument, dict)
    return argument


def test_without_a_decision_all_are_listed(out: Path) -> None:
    done = run("explain", out)
    assert done.exit_code == 0
    rows = json.loads((out / "design.json").read_text())["decisions"]["decisions"]
    assert all(re.search(rf"^{d['id']} ", done.stdout, re.MULTILINE) for d in rows)


def test_the_front_is_shown_with_the_chosen_design_marked(out: Path) -> None:
    rows = json.loads((out / "design.json").read_text())["decisions"]["front"]
    assert len(rows) > 1
    assert data(run("explain", "front", out, "--json"))["front"] == rows
    shown = run("explain", "front", out).stdout
    assert re.search(r"^\* +as", shown, re.MULTILINE)
    assert shown.count("$") >= 2 * len(rows)


def test_a_decision_is_argued_from_the_design(out: Path) -> None:
    design = json.loads((out / "design.json").read_text())
    row = next(d for d in design["decisions"]["decisions"] if d["title"] == "Primary store")
    found = argued(row["id"], out)
    assert valid("argument", data(run("explain", row["id"], out, "--json")))
    assert (found["choice"], found["margin"], found["runner_up"]) == (row["choice"], row["margin"], row["runner_up"])
    names = [o for lost in found["losers"] for o in lost["options"]]  # type: ignore[attr-defined]
    assert names == [x["label"] for x in row["losers"]] or sorted(names) == sorted(x["label"] for x in row["losers"])
    carried = {r["id"] for r in found["carries"] if r["depth"] == 1}  # type: ignore[attr-defined]
    assert carried == {d["id"] for d in design["decisions"]["decisions"] if row["id"] in d["rests_on"]}


@pytest.mark.parametrize("what", ["primary_store", "Primary store", "relational_db", "postgresql"])
def test_names_that_mean_the_primary_store(what: str, out: Path) -> None:
    assert argued(what, out)["title"] == "Primary store"


def test_a_technology_that_lost_leads_to_where_it_lost(out: Path) -> None:
    found = argued("mysql", out)
    assert found["title"] == "Primary store"


def test_figures_lead_down_to_a_quote_or_a_fact(out: Path) -> None:
    arguments = data(run("explain", "sizing", out, "--json"))["arguments"]
    steps = [s for a in arguments for s in a["figures"]]
    assert steps
    leaves = [s for s, after in zip(steps, [*steps[1:], {"depth": 0}], strict=True) if after["depth"] <= s["depth"]]
    assert all(s["source"] for s in leaves)


def test_a_figure_is_traced_to_the_words_of_the_brief(out: Path) -> None:
    for words in (("peak_rps",), ("figure", "peak_rps")):
        chain = data(run("explain", *words, out, "--json"))["chain"]
        assert chain[0]["id"] == "peak_rps"
        assert any(s["origin"] == "stated" and "40 reservations a day" in s["source"] for s in chain)
        assert all(s["formula"] for s in chain if s["origin"] == "derived")


def test_the_report_asks_what_a_sceptic_asks(out: Path) -> None:
    text = run("explain", "zones", out).stdout
    for question in ("Why not something else?", "When would it be wrong?", "Against what was it measured?"):
        assert question in text
    assert re.search(r"^availability: 99\.5%  “.*99\.5%.*”, line 6$", text, re.MULTILINE)


def test_order_current_folder_and_briefs(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = run("explain", "D-001", out).stdout
    assert run("explain", out, "D-001").stdout == whole
    assert run("explain", "D-001", out.parent / "shed.md").stdout == whole
    monkeypatch.chdir(out)
    assert run("explain", "1").stdout == whole
    (out / "cache").mkdir(exist_ok=True)  # a folder without a design is no source
    assert "Cache" in run("explain", "cache").stdout


@pytest.mark.parametrize(
    ("words", "rule"),
    [(("D-999",), "EXP001"), (("primary_stor",), "EXP001"), (("a", "b"), "EXP002")],
)
def test_what_is_not_there_is_bad_input(words: tuple[str, ...], rule: str, out: Path) -> None:
    done = run("explain", *words, out)
    assert (done.exit_code, done.stdout) == (2, "")
    assert rule in done.stderr
    assert "fix:" in done.stderr


def test_no_design_is_bad_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "EXP003" in run("explain", "D-001").stderr
    assert run("explain", "D-001", "missing").exit_code == 2


def test_hostile_words_stay_off_the_terminal(tmp_path: Path) -> None:
    text = f"{SHED}\nMembers may see their \u202eown\u202c \x0bfees only.\n"
    done = run("explain", "zones", brief(tmp_path, text))
    assert not re.search("[\x1b\u202e\u202c\x0b]", done.stdout)
