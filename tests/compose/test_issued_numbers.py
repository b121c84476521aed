"""Who gives a row its number: we do, unless rows come with it from elsewhere."""

import sqlite3

import psycopg
import pytest
from msgspec.structs import replace
from tests.render.contracts.designs import designed, rendered
from tests.samples.parts import fact
from tests.samples.shop import sample_decisions, sample_derivation

from archsmith.compose.columns import columns_of
from archsmith.compose.dialects import MYSQL, POSTGRESQL, SQLITE
from archsmith.compose.fields import REFERENCE, attribute_field
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.naming import Naming
from archsmith.model.design import Design
from archsmith.model.domain import Attribute, AttributeType
from archsmith.model.shapes import Field

NAMING = Naming(Catalogue())


def field(name: str, entity: str, *, unique: bool = True, brought: bool = False) -> Field:
    attribute = Attribute(name=name, type=AttributeType.TEXT, description="", unique=unique, why=fact(True).why)
    return attribute_field(NAMING, name, attribute, entity, has_file=False, brought=brought)


@pytest.mark.parametrize(("name", "entity"), [("number", "order"), ("member_number", "member"), ("reference", "claim")])
def test_the_system_draws_it(name: str, entity: str) -> None:
    made = field(name, entity)
    assert made.read_only
    assert (made.pattern, made.min_length, made.max_length) == (REFERENCE, 12, 12)


@pytest.mark.parametrize(
    ("name", "entity"), [("serial_number", "device"), ("licence_number", "driver"), ("sku", "product")]
)
def test_what_the_world_has_is_told(name: str, entity: str) -> None:
    assert not field(name, entity).read_only


def test_a_number_that_is_not_unique_is_told() -> None:
    assert not field("number", "apartment", unique=False).read_only


def test_rows_from_elsewhere_bring_it() -> None:
    assert not field("number", "order", brought=True).read_only


def test_invoices_are_counted_and_not_drawn() -> None:
    made = field("number", "invoice")
    assert made.read_only
    assert not made.pattern
    assert "without gaps" in made.description
    assert columns_of(POSTGRESQL, made)[0].default == ""


def table(dialect_default: str, check: str) -> str:
    return f"CREATE TABLE t (id integer, number text NOT NULL UNIQUE DEFAULT {dialect_default} CHECK ({check}))"


def test_sqlite_makes_what_it_checks() -> None:
    column = columns_of(SQLITE, field("number", "order"))[0]
    with sqlite3.connect(":memory:") as db:
        db.execute(table(column.default, column.check))
        db.executemany("INSERT INTO t (id) VALUES (?)", [(n,) for n in range(100)])
        with pytest.raises(sqlite3.IntegrityError):
            db.execute("INSERT INTO t (number) VALUES ('0123456789ag')")


@pytest.mark.postgres
def test_postgresql_makes_what_it_checks(postgres_url: str) -> None:
    column = columns_of(POSTGRESQL, field("number", "order"))[0]
    with psycopg.connect(postgres_url) as db:
        db.execute(table(column.default, column.check).replace("TABLE", "TEMPORARY TABLE").encode())
        db.execute("INSERT INTO t (id) SELECT generate_series(1, 100)")
        with pytest.raises(psycopg.errors.CheckViolation):
            db.execute("INSERT INTO t (number) VALUES ('0123456789ag')")


def test_mysql_draws_it_too() -> None:
    assert columns_of(MYSQL, field("number", "order"))[0].default == "(upper(hex(random_bytes(6))))"


def numbered() -> Design:
    """The shop whose orders have a number."""
    derivation = sample_derivation()
    number = Attribute(name="number", type=AttributeType.TEXT, description="", unique=True, why=fact(True).why)
    entities = tuple(
        replace(e, attributes=(number, *e.attributes)) if e.name == "order" else e for e in derivation.domain.entities
    )
    return designed(replace(derivation, domain=replace(derivation.domain, entities=entities)), sample_decisions())


def test_api_schema_and_seed_follow() -> None:
    files = rendered(numbered())
    line = next(x for x in files["db/schema.sql"].splitlines() if x.strip().startswith("number "))
    assert "DEFAULT upper(right(gen_random_uuid()::text, 12))" in line
    assert "number" not in files["api/openapi.yaml"].split("OrderCreate:")[1].split("\n    Order")[0]
