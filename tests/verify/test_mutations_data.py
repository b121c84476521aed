"""A deliberate edit of a file about data is found: each word, number and line is changed, and some check has to see it.

What is left out are words for people: comments of a language (`--`), and what tables of the dictionary say in prose.
"""

from collections.abc import Callable
from typing import Final

import pytest
from msgspec.structs import replace
from tests.designs import example
from tests.render.contracts.designs import many_shops, shop
from tests.render.contracts.engines import on_engine
from tests.render.contracts.test_mysql import booked, of_a_place, places, shop_on_mysql
from tests.render.contracts.test_sqlite import small_shop
from tests.verify.mutants import csv_mutants, text_mutants
from tests.verify.page_mutants import page_mutants
from tests.verify.survivors import SAMPLE, Kind, files_of, made, some, survivors
from tests.verify.test_migrations import in_language

from archsmith.kernel.units import Count, Seconds
from archsmith.model.design import Design
from archsmith.verify.parity_dictionary import DictionaryParity
from archsmith.verify.parity_evolution import EvolutionParity
from archsmith.verify.parity_migrations import MigrationsParity
from archsmith.verify.parity_seed import SeedParity
from archsmith.verify.parity_sql import SqlParity
from archsmith.verify.parity_stores import StoreParity
from archsmith.verify.ports import chosen

_SQL_WORDS: Final = r"--[^\n]*|(?<= IS ')[^\n]*(?= \S+';$)"
"""Comments of the language, and of the comments that the database keeps all words but the last: one stands for all."""
_STEP_WORDS: Final = rf"{_SQL_WORDS}|#[^\n]*|^\s*\"\"\"[A-Z](?:[^\"]|\"(?!\"\"))*\"\"\""
"""The same in a step of Alembic, and the docstrings of Python."""

KINDS: Final = (
    Kind("db/schema.sql", text_mutants(_SQL_WORDS), SqlParity()),
    Kind("db/schema-mysql.sql", text_mutants("--[^\n]*"), SqlParity()),
    Kind("db/schema-sqlite.sql", text_mutants("--[^\n]*"), SqlParity()),
    Kind("db/queries.sql", text_mutants(_SQL_WORDS), SqlParity()),
    Kind("db/roles.sql", text_mutants(_SQL_WORDS), SqlParity()),
    Kind("db/migrations/*.sql", text_mutants(_SQL_WORDS), MigrationsParity()),
    Kind("db/migrations/*.rb", text_mutants("#[^\n]*"), MigrationsParity()),
    Kind("db/migrations/*.py", text_mutants(_STEP_WORDS), MigrationsParity()),
    Kind("db/migrations/*.ini", text_mutants("#[^\n]*"), MigrationsParity()),
    Kind("db/migrations/*.mako", text_mutants("#[^\n]*"), MigrationsParity()),
    Kind("db/seed*.sql", text_mutants("--[^\n]*"), SeedParity()),
    Kind("db/EVOLUTION.md", page_mutants, EvolutionParity()),
    Kind("db/dictionary.csv", csv_mutants(), DictionaryParity()),
)

IN_EXAMPLES: Final = (Kind("db/*/users.acl", text_mutants("#[^\n]*"), StoreParity()),)
"""Files that no sample design has."""


def in_ruby() -> Design:
    """The shop whose migrations are SQL files, and a file that runs them."""
    return in_language(shop(), "ruby")


def with_desks(design: Design) -> Design:
    """The same with desks that are taken alone, which these engines keep by triggers."""
    tables = (places(), replace(of_a_place(), indexes=booked().indexes))
    store = design.architecture.tables[0].store
    added = tuple(replace(t, store=store) for t in tables)
    return replace(design, architecture=replace(design.architecture, tables=(*design.architecture.tables, *added)))


def mysql() -> Design:
    """The shop on MySQL, changed by Alembic."""
    return with_desks(shop_on_mysql())


def sqlite() -> Design:
    """The shop on SQLite, changed by a tool that takes SQL."""
    return with_desks(in_language(small_shop(), "go"))


MANY: Final = 200
"""Edits of each file of an example on another engine, of some thousands."""
FEW: Final = 10
"""Edits of each file of the engines that few designs have; sqlglot reads slowly."""
DESIGNS: Final = (shop, many_shops, in_ruby, mysql, sqlite)


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.path)
@pytest.mark.parametrize("design", DESIGNS, ids=lambda f: f.__name__)
def test_edits_are_found(kind: Kind, design: Callable[[], Design]) -> None:
    count = FEW if design in (mysql, sqlite) else SAMPLE
    if chosen(made(design), (kind.path,)):
        assert list(survivors(kind, made(design), some(count))) == []


def test_every_kind_of_file_is_there() -> None:
    """A kind whose file is not written would pass without a single edit."""
    written = [file for design in DESIGNS for file in made(design)]
    assert [k.path for k in KINDS if not chosen(written, (k.path,))] == []


def grown() -> Design:
    """Shops whose largest table is cut, and whose statements take longer than they may."""
    design = many_shops()
    upkeep = design.architecture.upkeep
    assert upkeep is not None
    upkeep = replace(upkeep, cut=Count(1), statement=Seconds(0.01), lock=Seconds(0.01))
    return replace(design, architecture=replace(design.architecture, upkeep=upkeep))


def test_edits_of_a_page_with_a_cut_are_found() -> None:
    kind = Kind("db/EVOLUTION.md", page_mutants, EvolutionParity())
    assert "ATTACH PARTITION" in next(f.content.decode() for f in made(grown) if f.path == kind.path)
    assert list(survivors(kind, made(grown), some(2 * SAMPLE))) == []


@pytest.mark.all
@pytest.mark.parametrize("name", ["startup", "clinic", "tickets"])
@pytest.mark.parametrize("kind", (*KINDS, *IN_EXAMPLES), ids=lambda k: k.path)
def test_every_edit_of_an_example_is_found(kind: Kind, name: str) -> None:
    files = files_of(example(name))
    if not chosen(files, (kind.path,)):
        pytest.skip(f"{name} has no {kind.path}")
    assert list(survivors(kind, files, list)) == []


@pytest.mark.all
@pytest.mark.parametrize("name", ["startup", "clinic"])
@pytest.mark.parametrize("engine", ["mysql", "sqlite"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.path)
def test_edits_of_an_example_on_another_engine_are_found(kind: Kind, engine: str, name: str) -> None:
    files = files_of(on_engine(example(name), engine))
    if not chosen(files, (kind.path,)) or kind.path == "db/dictionary.csv":
        pytest.skip(f"{name} on {engine} has no {kind.path} of its own")
    assert list(survivors(kind, files, some(MANY))) == []
