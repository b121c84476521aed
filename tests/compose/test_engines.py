"""Real engines take the tables as they are, whatever the names of the business were."""

import sqlite3
from collections.abc import Callable

import psycopg
import pytest
from hypothesis import given, settings
from msgspec.structs import replace
from tests.compose.ddl import statements
from tests.compose.domains import cases
from tests.samples.shop import sample_decisions, sample_derivation, sample_requirements

from archsmith.compose import compose
from archsmith.kernel.ids import TechId
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.architecture import Architecture
from archsmith.model.decisions import Decisions, Dimension
from archsmith.model.domain import Derivation

CATALOGUE = Catalogue()


def composed(case: tuple[Derivation, Decisions]) -> Architecture:
    return compose(sample_requirements(), *case, CATALOGUE)


def on(engine: str, decisions: Decisions) -> Decisions:
    """The same decisions with another engine for the primary store, without its full-text search and its queue."""
    tech = TechId(engine)
    inside = (Dimension.SEARCH, Dimension.BROKER)
    return replace(
        decisions,
        decisions=tuple(
            replace(
                d, tech=tech if d.dimension is Dimension.PRIMARY_STORE else None if d.dimension in inside else d.tech
            )
            for d in decisions.decisions
        ),
        sizings=tuple(replace(s, tech=tech) if s.role is not None else s for s in decisions.sizings),
    )


@pytest.mark.postgres
def test_postgresql_takes_any_domain(postgres_url: str) -> None:
    with psycopg.connect(postgres_url, autocommit=True) as connection:

        @settings(max_examples=40)
        @given(cases())
        def check(case: tuple[Derivation, Decisions]) -> None:
            connection.execute("DROP SCHEMA IF EXISTS tried CASCADE; CREATE SCHEMA tried; SET search_path TO tried")
            for statement in statements(composed(case).tables):
                connection.execute(statement.encode())

        run: Callable[[], None] = check
        run()


@given(cases())
def test_sqlite_takes_any_domain(case: tuple[Derivation, Decisions]) -> None:
    derivation, decisions = case
    with sqlite3.connect(":memory:") as connection:
        for statement in statements(composed((derivation, on("sqlite", decisions))).tables, keys=False):
            connection.execute(statement)


def test_mysql_has_words_of_its_own() -> None:
    architecture = compose(sample_requirements(), sample_derivation(), on("mysql", sample_decisions()), CATALOGUE)
    columns = [c for t in architecture.tables for c in t.columns]
    assert architecture.tables
    assert not {"uuid", "timestamptz", "jsonb", "bytea", "tsvector"} & {c.type for c in columns}
    assert not any("gen_random_uuid" in c.default or "~" in c.check for c in columns)
    assert all(c.type != "text" for t in architecture.tables for c in t.columns if c.name in t.primary_key)
