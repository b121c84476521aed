"""Designs that many tests look at: each brief is designed once in a test run, whichever worker asks for it first.

What is shared lives in a folder of the run (see conftest), so it can't be of other sources than those under test.
"""

import functools
import hashlib
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar, cast

from archsmith import pipeline
from archsmith.files.reader import read_brief
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.brief import Brief
from archsmith.model.design import Design
from archsmith.pipeline import Stage, State

ROOT: Final = Path(__file__).parents[1]
FOLDER: Final = "ARCHSMITH_TESTS_SHARED"
"""The variable that names the folder of the run; without it nothing outlives a process."""
CATALOGUE: Final = Catalogue()
EXAMPLES: Final = tuple(sorted(ROOT.glob("examples/*/brief.md")))
EVERY_BRIEF: Final = (
    *EXAMPLES,
    *(p for f in ("corpus/briefs", "cases", "heldout") for p in sorted((ROOT / "tests" / f).glob("[0-9]*.md"))),
)
"""The examples, the corpus, the cases with known answers, and the briefs that nobody looked at while building."""
T = TypeVar("T")


def example(name: str) -> Design:
    """The design of an example."""
    return designed(ROOT / "examples" / name / "brief.md")


def designed(path: Path) -> Design:
    """The design of the brief in a file, as `pipeline.design` makes it."""
    brief = read_brief(path)
    assert isinstance(brief, Brief), brief
    return design_of(brief)


def undoubted(path: Path) -> Design:
    """The design of a brief without draws of what nobody stated: they choose nothing, and take a third of the time."""
    brief = read_brief(path)
    assert isinstance(brief, Brief), brief
    return pipeline.finish(pipeline.advance(evaluated(brief), CATALOGUE, after=Stage.DOUBT), "archsmith")


def name_of(path: Path) -> str:
    """What a test of a brief is called."""
    return path.parent.name if path.stem == "brief" else path.stem


def design_of(brief: Brief) -> Design:
    """The same of a brief at hand."""
    return pipeline.finish(state_of(brief), "archsmith")


@functools.lru_cache(maxsize=8)
def state_of(brief: Brief) -> State:
    """What all stages up to the plan have found."""
    return kept(repr(brief), lambda: pipeline.advance(evaluated(brief), CATALOGUE, after=Stage.EVALUATE))


@functools.lru_cache(maxsize=8)
def evaluated(brief: Brief) -> State:
    """The same up to the doubt, from which designs with and without it go on."""
    start = State(brief=brief)
    return kept(f"evaluated {brief!r}", lambda: pipeline.advance(start, CATALOGUE, upto=Stage.EVALUATE))


def kept(key: str, make: Callable[[], T]) -> T:
    """What `make` returns for a key, made by the first worker that asks. It must be a value that can be pickled."""
    folder = os.environ.get(FOLDER)
    if not folder:
        return make()
    place = Path(folder) / hashlib.sha256(key.encode()).hexdigest()
    if place.is_file():
        return cast(T, pickle.loads(place.read_bytes()))
    made = make()
    part = place.with_suffix(f".{os.getpid()}")
    part.write_bytes(pickle.dumps(made))
    part.replace(place)  # at once: another worker sees all of it or nothing
    return made
