"""What a competent engineer would accept is decided: for the corpus, and for the classic traps of this folder."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec
import pytest
import yaml
from tests.cases.outcome import FIELDS, compare, outcome, paths

KNOWN: Final[dict[str, dict[str, str]]] = yaml.safe_load(Path(__file__).with_name("known.yaml").read_text("utf-8"))
"""By brief and field, why a miss is accepted for now. What is not in here must hold."""


@pytest.mark.slow
@pytest.mark.parametrize("path", paths(), ids=lambda p: p.stem)
def test_the_right_answers(path: Path, record_property: Callable[[str, object], None]) -> None:
    found = outcome(path)
    record_property("case", msgspec.to_builtins(found))
    fresh = {field: lines for field, lines in found.misses.items() if field not in KNOWN.get(path.stem, {})}
    assert not fresh
    assert not [line for lines in found.misses.values() for line in lines if line.startswith("forbidden")]


def test_accepted_misses_name_briefs_and_fields() -> None:
    assert set(KNOWN) <= {p.stem for p in paths()}
    assert {field for fields in KNOWN.values() for field in fields} <= set(FIELDS)


def test_there_are_enough_briefs_and_each_has_an_answer() -> None:
    own = [p for p in paths() if p.parent == Path(__file__).parent]
    assert len(own) >= 18
    for path in own:
        expected = yaml.safe_load(path.with_suffix(".expected.yaml").read_text("utf-8"))["expected"]
        assert {"patterns", "components", "capacity", "feasible"} <= set(expected), path.stem


def test_a_wrong_answer_is_seen() -> None:
    """The comparison itself, on a brief that is designed anyway."""
    path = next(p for p in paths() if p.stem == "12-tool-library")
    from archsmith import pipeline
    from archsmith.files.reader import read_brief
    from archsmith.knowledge.catalogue import Catalogue
    from archsmith.model.brief import Brief
    from archsmith.render.summary import summary

    brief = read_brief(path)
    assert isinstance(brief, Brief)
    made = pipeline.design(brief, Catalogue())
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
