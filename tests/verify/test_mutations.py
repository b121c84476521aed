"""A deliberate edit of any file is found: each fact of the model is changed, and some check has to see it.

What is left out is no fact of the model: words for people (descriptions, titles, examples) and the forms that standards
and guides lay down (a problem, a job, a page's cursor), which linters check. They are listed here, each with its kind.
"""

import functools
import re
from typing import Final

import pytest
from msgspec.structs import replace
from tests.designs import example
from tests.render.contracts.designs import shop
from tests.verify.mutants import (
    table_mutants,
)
from tests.verify.survivors import SAMPLE, Kind, files_of, some, survivors

from archsmith.model.artifacts import Artifact
from archsmith.model.design import Design
from archsmith.verify.parity_documents import DocumentParity
from archsmith.verify.ports import chosen
from archsmith.verify.registry import verify

_WORDS: Final = frozenset(
    "description summary title contact license tags externalDocs example examples x-internal variables info".split()
)


KINDS: Final = (
    Kind(
        "architecture.md",
        table_mutants(
            {"Endpoint": ("Endpoint", "Scope"), "Store": ("Store", "Product"), "Event": ("Event", "Channel")}
        ),
        DocumentParity(),
    ),
)


@functools.cache
def _shop() -> tuple[Design, tuple[Artifact, ...]]:
    design = shop()
    return design, files_of(design)


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.path)
def test_edits_are_found(kind: Kind) -> None:
    assert list(survivors(kind, _shop()[1], some(SAMPLE))) == []


def test_every_kind_of_file_is_there() -> None:
    """A kind whose file is not written would pass without a single edit."""
    assert [k.path for k in KINDS if not chosen(_shop()[1], (k.path,))] == []


def test_the_whole_verification_names_the_place() -> None:
    """What a reader of the evidence sees after an edit."""
    files = _shop()[1]
    schema = next(f for f in files if f.path == "db/schema.sql")
    edited = replace(schema, content=schema.content.replace(b"numeric(14,2)", b"numeric(12,2)", 1))
    evidence = verify(tuple(edited if f is schema else f for f in files), full=False)
    failed = {c.id: c.facts for c in evidence.failed}
    assert set(failed) == {"V-PARITY-SQL"}
    assert re.fullmatch(
        r"\w+\.\w+: type is numeric\(12, 2\), the model says numeric\(14, 2\)", failed["V-PARITY-SQL"][0]
    )


@pytest.mark.all
@pytest.mark.parametrize("name", ["startup", "clinic", "tickets"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.path)
def test_every_edit_of_an_example_is_found(kind: Kind, name: str) -> None:
    files = files_of(example(name))
    if not chosen(files, (kind.path,)):
        pytest.skip(f"{name} has no {kind.path}")
    assert list(survivors(kind, files, list)) == []
