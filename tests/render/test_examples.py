"""The documents of the examples: every number is the model's, every link leads somewhere, no sentence fits all."""

import functools
import re
from pathlib import Path

import pytest
from tests.designs import example
from tests.render.reading import blocks, known_numbers, numbers, resolved, sentences

from archsmith.kernel.canonical import to_plain
from archsmith.render import render

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*/brief.md"))
NAMES = [p.parent.name for p in EXAMPLES]

pytestmark = pytest.mark.slow


@functools.cache
def markdown(name: str) -> dict[str, str]:
    return {str(a.path): a.content.decode() for a in render(example(name)) if a.path.endswith(".md")}


@pytest.mark.parametrize("name", NAMES)
def test_every_number_stands_in_the_model(name: str) -> None:
    known = known_numbers(to_plain(example(name)))
    unknown = [
        (path, number, block[:80])
        for path, text in markdown(name).items()
        for block in blocks(text)
        for number in numbers(block)
        if number not in known
    ]
    assert unknown == []


@pytest.mark.parametrize("name", NAMES)
def test_every_entity_and_service_is_named(name: str) -> None:
    design = example(name)
    text = "\n".join(blocks(markdown(name)["architecture.md"])).lower()
    named = [e.name for e in design.derivation.domain.entities] + [s.name for s in design.architecture.services]
    assert [n for n in named if n.lower() not in text] == []


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_to_files(name: str) -> None:
    paths = {str(a.path) for a in render(example(name))} | {"requirements.yaml", "evidence/"}
    folders = {p[: p.rindex("/") + 1] for p in paths if "/" in p}
    for path, text in markdown(name).items():
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text):
            assert resolved(path, target) in paths | folders, (path, target)


def test_the_prose_is_about_its_own_design() -> None:
    """What two documents share word for word is what a decision, a table of ours or a default says alike for both."""
    facts = ("Columns: ", "Index ", "Unique: ", "Rows of ")  # of tables that every design of ours has, such as jobs
    documents = [{s for s in sentences(markdown(n)["architecture.md"]) if not s.startswith(facts)} for n in NAMES]
    shared = set.intersection(*documents)
    assert len(shared) < 0.1 * min(len(d) for d in documents), sorted(shared)
