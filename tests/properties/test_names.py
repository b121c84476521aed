"""Names of strangers in every file: the same structure as under plain names, safe identifiers, nothing lost."""

import re
import unicodedata
from functools import cache

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.properties.hostile import HOSTILE, NAMES_OF_A_DESIGN, benign_names, hostile_names, renamed
from tests.properties.structures import structures
from tests.render.sample import sample_design
from tests.samples.shop import sample_decisions, sample_derivation, sample_requirements

from archsmith.compose import compose
from archsmith.compose.names import entity_names
from archsmith.kernel.canonical import from_json, to_json
from archsmith.kernel.names import kept, pascal, slug, snake
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.naming import Naming
from archsmith.model.artifacts import Artifact
from archsmith.model.design import Design
from archsmith.render import render
from archsmith.verify.registry import verify

CATALOGUE = Catalogue()
NAMING = Naming(CATALOGUE)
COLUMN = re.compile(r"[a-z][a-z0-9_]{0,62}")
TYPE = re.compile(r"[A-Z][A-Za-z0-9]*")
SEGMENT = re.compile(r"(/[a-z][a-z0-9-]*|/\{[a-z][a-z0-9_]*\})+")


def design(names: list[str]) -> Design:
    """The seed shop under other names."""
    needs, derivation, decisions = renamed(sample_requirements(), sample_derivation(), sample_decisions(), names)
    architecture = compose(needs, derivation, decisions, CATALOGUE)
    return replace(
        sample_design(), requirements=needs, derivation=derivation, decisions=decisions, architecture=architecture
    )


def files_of(made: Design) -> tuple[Artifact, ...]:
    return render(made)


@cache
def plain() -> dict[str, object]:
    """The structure that every name has to leave."""
    return structures({a.path: a.content.decode() for a in files_of(design(benign_names(NAMES_OF_A_DESIGN)))})


def turned(turn: int) -> list[str]:
    """All hostile names, another one first each time, so that each stands where each kind of name stands."""
    return [*HOSTILE[turn:], *HOSTILE[:turn]]


def harmless(names: list[str]) -> None:
    """What has to hold under any names."""
    made = design(names)
    files = files_of(made)
    found = structures({a.path: a.content.decode() for a in files})
    assert found.keys() == plain().keys()
    assert [kind for kind in found if found[kind] != plain()[kind]] == []
    assert [(c.id, c.facts) for c in verify(files, full=False).failed] == []
    assert [a.path for a in files if not re.fullmatch(r"[A-Za-z0-9._/-]+", a.path)] == []
    assert len({a.path.lower() for a in files}) == len(files)
    identifiers(made)


def identifiers(made: Design) -> None:
    """Of the model, from which all files take them: the right form, none twice, the original in the description."""
    architecture = made.architecture
    types = [n for s in architecture.shapes for n in (s.type_name, s.plural_name)]
    assert all(TYPE.fullmatch(name) for name in types), types
    assert len({name.lower() for name in types}) == len(types)
    operations = [e.operation_id for e in architecture.endpoints]
    assert all(COLUMN.fullmatch(name) for name in operations), operations
    assert len(set(operations)) == len(operations)
    assert all(SEGMENT.fullmatch(e.path) for e in architecture.endpoints), [e.path for e in architecture.endpoints]
    contracts = [c.type for c in architecture.event_contracts]
    assert all(re.fullmatch(r"[a-z0-9.-]+", name) for name in contracts), contracts
    entities = {e.id: e for e in made.derivation.domain.entities}
    for shape in architecture.shapes:
        names = [f.name for f in shape.fields]
        assert len({*names}) == len(names)
        assert all(COLUMN.fullmatch(name) and not NAMING.has("sql_reserved", name) for name in names), names
        entity = entities[shape.entity]
        assert kept(shape.type_name, entity.name) or entity.name in shape.description
        for attribute in entity.attributes:
            field = shape.of(attribute.name)
            assert field is not None, attribute.name
            assert kept(field.name, attribute.name) or attribute.name in field.description
            for state, safe in zip(attribute.states, field.states, strict=True):
                assert kept(safe, state) or state in field.description
        for relation in entity.relations:
            assert shape.of(relation.name) is not None, relation.name


@pytest.mark.parametrize("turn", range(0, len(HOSTILE), 23))
def test_every_hostile_name_is_only_a_name(turn: int) -> None:
    harmless(turned(turn))


@pytest.mark.all
@pytest.mark.parametrize("turn", range(len(HOSTILE)))
def test_every_hostile_name_in_every_place(turn: int) -> None:
    harmless(turned(turn))


@settings(max_examples=5, phases=[Phase.generate])  # a design is too large to be made smaller in time
@given(hostile_names(NAMES_OF_A_DESIGN))
def test_any_name_is_only_a_name(names: list[str]) -> None:
    harmless(names)


@given(st.lists(hostile_names(1).map(lambda n: n[0]), min_size=2, max_size=8, unique=True))
def test_names_do_not_depend_on_what_comes_after(names: list[str]) -> None:
    """An entity that is added last changes no identifier. Only where two names meet in one does their order say which
    of them carries the hash of its id."""
    entities = sample_derivation().domain.entities
    made = tuple(replace(entities[0], id=type(entities[0].id)(f"e{n}"), name=name) for n, name in enumerate(names))
    before, after = entity_names(made[:-1], NAMING), entity_names(made, NAMING)
    assert {ident: after[ident] for ident in before} == before
    collections = [slug(e.plural) for e in made]
    if len(set(collections)) == len(collections) and len({snake(e.name) for e in made}) == len(made):
        assert entity_names(made[::-1], NAMING) == after


@given(st.text(max_size=60), st.text(max_size=60))
def test_two_names_share_an_identifier_only_where_they_share_its_letters(one: str, other: str) -> None:
    """A slug loses marks, case and punctuation; what it loses otherwise is in its hash."""

    def letters(text: str) -> str:
        decomposed = unicodedata.normalize("NFKD", text).lower()
        return re.sub(r"[^a-z0-9]+", " ", "".join(c for c in decomposed if not unicodedata.combining(c))).strip()

    if slug(one) == slug(other):
        assert letters(one) == letters(other) or (not one.strip() and not other.strip())
    assert pascal(one).isascii()


def test_who_rents_is_not_the_tenant_of_the_rows() -> None:
    """An entity by the name of a column that the design adds is referred to by another name, where that is added."""
    tenant, lease = (sample_derivation().domain.entities[n] for n in (0, 2))
    tenant = replace(tenant, name="tenant", plural="tenants")
    lease = replace(lease, relations=(replace(lease.relations[0], name="tenant", target=tenant.id),))
    for scoped in (True, False):
        names = entity_names([replace(e, tenant_scoped=scoped) for e in (tenant, lease)], NAMING)
        assert (names[tenant.id].parameter, names[lease.id].references) == (
            "tenant_record_id",
            {"tenant": "tenant_record_id"},
        )


@given(st.text(st.characters(categories=["Cs", "L", "N"]), max_size=60))
def test_a_name_is_the_same_when_read_back(text: str) -> None:
    """JSON holds no half of a character: what is read out of design.json has the same identifiers."""
    assert slug(text) == slug(from_json(to_json(text), str))
