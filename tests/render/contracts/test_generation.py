"""What others make of the documents: requests for every operation, brief by brief."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy
from schemathesis.core.result import Ok
from tests.designs import EVERY_BRIEF, example, name_of, undoubted

from archsmith.kernel import safeyaml
from archsmith.model.design import Design
from archsmith.render.contracts.api.document import openapi


def made(document: Any) -> Iterator[tuple[str, int]]:
    """How many valid requests schemathesis makes of each operation when it is asked for one."""
    schema = schemathesis.openapi.from_dict(document)
    for result in schema.get_all_operations():
        assert isinstance(result, Ok), result
        operation = result.ok()
        yield operation.label, generated(operation.as_strategy(generation_mode=schemathesis.GenerationMode.POSITIVE))


def generated(requests: SearchStrategy[Any]) -> int:
    """How many requests come out where one is asked for."""
    seen: list[Any] = []

    @given(case=requests)
    @settings(max_examples=1, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    def generate(case: Any) -> None:
        seen.append(case)

    generate()
    return len(seen)


def documents(design: Design) -> list[Any]:
    return [safeyaml.load(f.content.decode()) for f in openapi(design)]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["startup", "tickets", "clinic"])
def test_requests_can_be_made_of_every_operation(name: str) -> None:
    design = example(name)
    labels = {label for document in documents(design) for label, count in made(document) if count}
    assert labels == {f"{e.method} {e.path}" for e in design.architecture.endpoints}


@pytest.mark.all
@pytest.mark.parametrize("brief", EVERY_BRIEF, ids=name_of)
def test_requests_can_be_made_of_every_operation_of_any_brief(brief: Path) -> None:
    assert [label for document in documents(undoubted(brief)) for label, count in made(document) if not count] == []
