"""Words and names of strangers change no structure: parsed back, a hostile design has the shape of a benign one."""

import re
from typing import Any

import pglast
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from pglast import ast
from tests.render.changed import reworded
from tests.render.contracts.designs import designed, rendered, shop
from tests.samples.shop import sample_decisions, sample_derivation

from archsmith.kernel import safeyaml
from archsmith.model.design import Design

EVIL = (
    "'; DROP TABLE orders; --", '"; drop table orders; --', "a\n  evil: true\n- x", "$HOME $(rm -rf /) `id`", "{{7*7}}",
    "<script>1</script>", "&anchor *alias !!python/object:os.system", "yes", "null", "~", "1e3", "0x1F", "\t tab",
    "\u2028\u2029\x85\x00\x1b[31m", "\ud800", "😀 مرحبا \u202e", "$$ $body$", "x" * 3000, "# no comment", ": ", "- ",
    "\\", "%TAG ! tag:", "'", '"', "*/ -- /*", "__proto__", " lead and trail ", "2026-03-02", "|",
)  # fmt: skip
STRANGE = st.one_of(st.sampled_from(EVIL), st.text(min_size=1, max_size=60))


def shape(value: Any) -> Any:
    """What is left of data without its words."""
    if isinstance(value, dict):
        return {key: shape(v) for key, v in value.items()}
    return [shape(v) for v in value] if isinstance(value, list) else type(value).__name__


def statements(text: str) -> list[Any]:
    """The kinds of statements, and the columns of each table."""
    found: list[Any] = []
    for raw in pglast.parse_sql(text):
        made: Any = raw.stmt
        columns = len(made.tableElts) if isinstance(made, ast.CreateStmt) and made.tableElts else 0
        found.append((type(made).__name__, columns))
    return found


def same_structure(hostile: Design, benign: Design) -> None:
    before, after = rendered(benign), rendered(hostile)
    assert before.keys() == after.keys()
    for path in ("api/openapi.yaml", "infra/compose.yaml"):
        one, other = (safeyaml.load(files[path]) for files in (before, after))
        for document in (one, other):
            document.get("info", {}).pop("description", None)
        assert shape(one) == shape(other), path
    assert statements(before["db/schema.sql"]) == statements(after["db/schema.sql"])
    docker = [[line.split(" ", 1)[0] for line in f["infra/Dockerfile"].splitlines()] for f in (before, after)]
    assert docker[0] == docker[1]
    keys = [re.findall(r"(?m)^([^#\n]*)$", f["infra/.env.example"]) for f in (before, after)]
    assert keys[0] == keys[1]


def benign(words: str) -> str:
    return f"{words} plain"


@pytest.mark.parametrize("evil", EVIL, ids=range(len(EVIL)))
def test_hostile_words_change_no_structure(evil: str) -> None:
    same_structure(reworded(shop(), lambda words: f"{words} {evil}"), reworded(shop(), benign))


@settings(max_examples=20)
@given(STRANGE)
def test_any_words_change_no_structure(words: str) -> None:
    same_structure(reworded(shop(), lambda said: f"{said} {words}"), reworded(shop(), benign))


def named(name: str, attribute: str) -> Design:
    """The shop whose products and their names are called something else."""
    derivation = sample_derivation()
    entities = tuple(
        replace(
            e, name=name, plural=f"{name}s", description=name,
            attributes=tuple(
                replace(a, name=attribute, description=name) if a.name == "name" else a for a in e.attributes
            ),
        )
        if e.id == "product"
        else e
        for e in derivation.domain.entities
    )  # fmt: skip
    operations = tuple(replace(o, sort=attribute if o.sort == "name" else o.sort) for o in derivation.domain.operations)
    domain = replace(derivation.domain, title=name, entities=entities, operations=operations)
    return designed(replace(derivation, domain=domain), sample_decisions())


@settings(max_examples=25)
@given(STRANGE, STRANGE)
def test_names_become_safe_identifiers(name: str, attribute: str) -> None:
    files = rendered(named(name, attribute))
    api = safeyaml.load(files["api/openapi.yaml"])
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+", key) for section in api["components"].values() for key in section)
    assert all(re.fullmatch(r"(/[a-z0-9-]+|/\{[a-z0-9_]+\})+", path) for path in api["paths"])
    made = [s for s in pglast.parse_sql(files["db/schema.sql"]) if isinstance(s.stmt, ast.CreateStmt)]
    benign_made = pglast.parse_sql(rendered(named("thing", "label"))["db/schema.sql"])
    assert len(made) == sum(isinstance(s.stmt, ast.CreateStmt) for s in benign_made)
    for statement in made:
        table: Any = statement.stmt
        names = [table.relation.relname, *(c.colname for c in table.tableElts if isinstance(c, ast.ColumnDef))]
        assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,62}", n) for n in names), names
