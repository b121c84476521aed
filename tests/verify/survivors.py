"""The frame of mutation tests: each edit of a file is tried on the check that has to see it."""

import functools
import random
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from msgspec.structs import replace
from tests.render.contracts.designs import artifacts
from tests.verify.mutants import Mutant, Mutate

from archsmith.model.artifacts import Artifact, Outcome
from archsmith.model.design import Design
from archsmith.render.document import document
from archsmith.render.view import View
from archsmith.verify.ports import Tool, ToolMissing, chosen

SAMPLE: Final = 25
"""Edits of each file in `make check`; `make check-all` makes all of them."""


class Kind(NamedTuple):
    """A kind of file, how it is edited, and the check that has to see it."""

    path: str
    mutate: Mutate
    tool: Tool


def files_of(design: Design) -> tuple[Artifact, ...]:
    """The contracts, the model, and the document with its diagrams."""
    return (*artifacts(design), *(a for a in document(View(design))))


def survivors(kind: Kind, files: tuple[Artifact, ...], keep: Callable[[list[Mutant]], list[Mutant]]) -> Iterator[str]:
    """The edits that no check sees."""
    assert not found(kind.tool, chosen(files, kind.tool.patterns)), "it fails before any edit"
    for file in chosen(files, (kind.path,)):
        for mutant in keep(list(kind.mutate(file.content))):
            edited = replace(file, content=mutant.content)
            shown = chosen(tuple(edited if f is file else f for f in files), kind.tool.patterns)
            if not found(kind.tool, shown):
                yield f"{file.path}: {mutant.edit}"


def found(tool: Tool, files: tuple[Artifact, ...]) -> bool:
    """Whether the check fails; what its reader can't read is found too, by the check that reads it."""
    try:
        result = tool.check(files)
    except ToolMissing:
        raise
    except Exception:
        return True
    return result.outcome is Outcome.FAILED and bool(result.facts)


def some(count: int) -> Callable[[list[Mutant]], list[Mutant]]:
    """A sample, the same each time."""

    def keep(mutants: list[Mutant]) -> list[Mutant]:
        return random.Random(len(mutants)).sample(mutants, min(count, len(mutants)))

    return keep


@functools.lru_cache(maxsize=8)
def made(make: Callable[[], Design]) -> tuple[Artifact, ...]:
    """The files of a design that tests share."""
    return files_of(make())
