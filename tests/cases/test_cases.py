"""What a competent engineer would accept is decided, for the classic traps of this folder.

For the corpus the same is asserted in tests/corpus/test_floors.py, which designs its briefs anyway.
"""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
import yaml
from tests.cases.outcome import FIELDS, HERE, KNOWN, compare, outcome, paths, unaccepted
from tests.corpus.scoring.score import briefs
from tests.designs import designed, undoubted

from archsmith.render.summary import summary


@pytest.mark.slow
@pytest.mark.parametrize("path", briefs(HERE), ids=lambda p: p.stem)
def test_the_right_answers(path: Path, record_property: Callable[[str, object], None]) -> None:
    found = outcome(path, undoubted)
    record_property("case", msgspec.to_builtins(found))
    assert not unaccepted(found)


@pytest.mark.all
@pytest.mark.parametrize("path", briefs(HERE), ids=lambda p: p.stem)
def test_each_case_is_doubted(path: Path) -> None:
    """The draws, which the answers do without: each decision was tried in all of them, each figure is in its range."""
    made = designed(path)
    rows = [d.robustness for d in made.decisions.decisions if d.robustness]
    assert bool(rows) == (made.decisions.clash is None)
    assert all(0 <= r.wins + r.none <= r.draws for r in rows)
    assert all(i.low <= i.value <= i.high for i in made.report.intervals)


def test_accepted_misses_name_briefs_and_fields() -> None:
    assert set(KNOWN) <= {p.stem for p in paths()}
    assert {field for fields in KNOWN.values() for field in fields} <= set(FIELDS)


def test_there_are_enough_briefs_and_each_has_an_answer() -> None:
    own = briefs(HERE)
    assert len(own) >= 18
    for path in own:
        expected = yaml.safe_load(path.with_suffix(".expected.yaml").read_text("utf-8"))["expected"]
        assert {"patterns", "components", "capacity", "feasible"} <= set(expected), path.stem


def test_a_wrong_answer_is_seen() -> None:
    """The comparison itself, on a brief that is designed anyway."""
    made = designed(next(p for p in paths() if p.stem == "12-tool-library"))
    expected = {
        "feasible": False,
        "clash": ["budget"],
        "patterns": {"acceptable": ["microservices"], "unacceptable": []},
        "components": {"required": ["graph_db"], "forbidden": ["relational_db"]},
        "capacity": [{"what": "peak", "min": 5e6, "max": 6e6, "unit": "rps"}],
        "cost": {"max": 0.01, "unit": "USD per month"},
        "choices": {"zones": {"min": 2}, "primary_store": {"not": ["postgresql", "sqlite"]}},
    }
    found = compare("wrong", expected, dict(summary(made)), made.decisions)
    assert set(found.misses) == {"pattern", "components", "capacity", "cost", "feasible", "choices"}
    assert len(found.misses["choices"]) == 2
