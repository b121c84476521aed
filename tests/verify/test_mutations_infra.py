"""A deliberate edit of what starts the system, or of who may do what in it, is found. Comments are words for people."""

import functools
import random
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

import pytest
from msgspec.structs import replace
from tests.designs import example
from tests.render.contracts.designs import artifacts, many_shops, shop
from tests.render.contracts.test_infra import on, own_database
from tests.verify.mutants import Mutate, text_mutants, yaml_mutants

from archsmith.model.artifacts import Artifact, Outcome
from archsmith.model.design import Design
from archsmith.verify.parity_infra import InfraParity
from archsmith.verify.parity_rights import RightsParity
from archsmith.verify.ports import Tool, chosen

SAMPLE: Final = 25
"""Edits of each file in `make check`; `make check-all` makes all of them."""


class Kind(NamedTuple):
    """A kind of file, how it is edited, and the check that has to see it."""

    path: str
    mutate: Mutate
    tool: Tool


_SAME: Final = ("retype", "swap")
"""Compose reads a number or a truth value from a text too, and the order of its lists means nothing."""
KINDS: Final = (
    Kind("infra/compose.yaml", yaml_mutants(lambda _path, edit: edit in _SAME), InfraParity()),
    Kind("infra/.env.example", text_mutants(r"#[^\n]*"), InfraParity()),
    Kind("infra/*Dockerfile", text_mutants(r"#[^\n]*"), InfraParity()),
    Kind("db/roles.sql", text_mutants(r"--[^\n]*"), RightsParity()),
    Kind("db/logins.sql", text_mutants(r"--[^\n]*"), RightsParity()),
)
DESIGNS: Final[dict[str, Callable[[], Design]]] = {
    "managed": shop,
    "tenants": many_shops,
    "machines": lambda: on(own_database(shop()), "vm_compose"),
}


@functools.cache
def files_of(name: str) -> tuple[Artifact, ...]:
    return artifacts(DESIGNS[name]() if name in DESIGNS else example(name))


def unseen(kind: Kind, files: tuple[Artifact, ...], count: int = 0) -> Iterator[str]:
    """Edits that the check does not see; `count` of them tried, drawn with a fixed seed, or all."""
    beside = chosen(files, kind.tool.patterns)
    assert not kind.tool.check(beside).facts, "it fails before any edit"
    edited = chosen(files, (kind.path,))
    assert edited, "there is nothing to edit"
    for file in edited:
        mutants = list(kind.mutate(file.content))
        some = random.Random(len(mutants)).sample(mutants, min(count or len(mutants), len(mutants)))
        for mutant in some:
            changed = tuple(replace(f, content=mutant.content) if f is file else f for f in beside)
            if not found(kind.tool, changed):
                yield f"{file.path}: {mutant.edit}"


def found(tool: Tool, files: tuple[Artifact, ...]) -> bool:
    """What its reader can't read is found too, by the check that reads it."""
    try:
        return tool.check(files).outcome is Outcome.FAILED
    except (LookupError, TypeError, AttributeError, ValueError):
        return True


@pytest.mark.parametrize("name", DESIGNS)
@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.path)
def test_edits_are_found(kind: Kind, name: str) -> None:
    assert list(unseen(kind, files_of(name), SAMPLE)) == []


@pytest.mark.all
@pytest.mark.parametrize("name", ["startup", "clinic", "tickets", *DESIGNS])
@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.path)
def test_every_edit_is_found(kind: Kind, name: str) -> None:
    assert list(unseen(kind, files_of(name))) == []
