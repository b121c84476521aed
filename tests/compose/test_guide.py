"""The API as the naming guide (ADR 0024) wants it, and complete: for any small domain, the examples, the corpus."""

import functools
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example as also
from hypothesis import given
from msgspec.structs import replace
from tests.compose.domains import cases
from tests.designs import EVERY_BRIEF, name_of, undoubted
from tests.samples.shop import sample_decisions, sample_derivation, sample_requirements

from archsmith.compose import compose
from archsmith.files.reader import read_brief
from archsmith.kernel.ids import EntityId
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.architecture import Architecture
from archsmith.model.brief import Brief
from archsmith.model.contracts import INTERNAL, Act, Audience, Body, Endpoint
from archsmith.model.decisions import Decisions
from archsmith.model.domain import Access, Derivation
from archsmith.model.shapes import Source
from archsmith.pipeline import Stage, State, advance

ROOT = Path(__file__).parents[2]
CATALOGUE = Catalogue()
EXAMPLES = ("startup", "tickets", "clinic")
SOME = ("04-podcast-host", "12-tool-library")
"""Large files and long work; accounts of our own."""
KEBAB = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
SNAKE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


@functools.cache
def designed(path: Path) -> tuple[Derivation, Architecture]:
    """The architecture of a brief."""
    brief = read_brief(path)
    assert isinstance(brief, Brief)
    state = advance(State(brief=brief), CATALOGUE, upto=Stage.COMPOSE)
    assert state.derivation and state.architecture
    return state.derivation, state.architecture


def example(name: str) -> tuple[Derivation, Architecture]:
    return designed(ROOT / "examples" / name / "brief.md")


def paths_of(names: tuple[str, ...]) -> list[Path]:
    return [ROOT / "tests" / "corpus" / "briefs" / f"{name}.md" for name in names]


def faults(derivation: Derivation, a: Architecture) -> list[str]:
    """Everything that the guide or a client would complain about."""
    return [*_names(a), *_paths(a), *_complete(derivation, a), *_commands(a), *_access(derivation, a)]


def bare(endpoint: Endpoint) -> tuple[str, str]:
    return endpoint.method, re.sub(r"{\w+}", "{}", endpoint.path)


def _names(a: Architecture) -> Iterator[str]:
    for name, count in Counter(e.operation_id for e in a.endpoints).items():
        if count > 1:
            yield f"operationId {name} stands {count} times"
    for place, count in Counter(bare(e) for e in a.endpoints).items():
        if count > 1:
            yield f"{place} stands {count} times"
    for e in a.endpoints:
        if not SNAKE.fullmatch(e.operation_id):
            yield f"operationId {e.operation_id} is not snake_case"
        for p in e.parameters:
            if not SNAKE.fullmatch(p.name):
                yield f"parameter {p.name} is not snake_case"
        if not e.summary or e.summary.endswith("."):
            yield f"{e.operation_id} has the summary {e.summary!r}"
        if e.companion and not e.reason.endswith("."):
            yield f"{e.operation_id} does not say why it is there"
    yield from (f"webhook {n} twice" for n, c in Counter(w.name for w in a.webhooks).items() if c > 1)


def _paths(a: Architecture) -> Iterator[str]:
    collections = {_segments(e)[0] for e in a.endpoints}
    for e in a.endpoints:
        parts = _segments(e)
        names = re.findall(r"{(\w+)}", e.path)
        if [p.name for p in e.parameters if p.place == "path"] != names or len(set(names)) < len(names):
            yield f"{e.path} declares other parameters than it has"
        if not all(KEBAB.fullmatch(part) for part in parts if part != "{}"):
            yield f"{e.path} is not kebab-case"
        if sum(part == "{}" for part in parts) > 2 and e.act is not Act.UPLOAD:
            yield f"{e.path} is nested too deep"
        for left, right in itertools.pairwise(parts):
            if left == right == "{}":
                yield f"{e.path} has two ids in a row"
        if e.act is Act.STEP and (len(parts) < 3 or parts[-2] != "{}"):
            yield f"{e.path} is a step on nothing"
    for verb in ("get", "list", "create", "update", "delete", "add"):
        if verb in collections:
            yield f"/{verb} is a verb"


def _segments(e: Endpoint) -> list[str]:
    return ["{}" if part.startswith("{") else part for part in e.path[1:].split("/")]


def _complete(derivation: Derivation, a: Architecture) -> Iterator[str]:
    known = {bare(e): e for e in a.endpoints}
    implied = {(r.entity, r.column) for r in a.policies.ownership}
    people = {
        e.id for e in derivation.domain.entities if e.name.lower() in {x.name.lower() for x in derivation.domain.actors}
    }
    for e in a.endpoints:
        place = bare(e)[1]
        if e.act is Act.CREATE and e.success == 201 and ("GET", f"{place}/{{}}") not in known:
            yield f"what {e.operation_id} makes can't be read"
        if e.act is Act.LIST and ("GET", f"{place}/{{}}") not in known:
            yield f"what {e.operation_id} lists can't be read"
        if e.act is Act.GET and place.endswith("}") and e.entity not in people and ("GET", place[:-3]) not in known:
            yield f"what {e.operation_id} reads can't be found"
        changed = re.sub(r"/[a-z-]+$", "", place)
        locked = e.act in (Act.UPDATE, Act.DELETE) and e.etag and not place.endswith("/self")
        if locked and ("GET", changed) not in known:
            yield f"the ETag that {e.operation_id} wants can't be read"
        parent = re.match(r"(/[a-z0-9-]+/{})/", place)
        if parent and e.act is not Act.JOB_CANCEL and ("GET", parent[1]) not in known:
            yield f"the parent of {e.path} can't be read"
        jobs = [j for j in a.endpoints if j.act is Act.JOB and j.service == e.service]
        if e.act is Act.RUN and not jobs:
            yield f"nobody learns what becomes of {e.operation_id}"
        if e.act is not Act.CREATE or e.success != 201 or e.request is not Body.CREATE:
            continue
        shape = next(s for s in a.shapes if s.entity == e.entity)
        for f in shape.fields:
            if (
                f.source is not Source.REFERENCE
                or not f.required
                or f.many
                or f.part_of
                or (e.entity, f.name) in implied
            ):
                continue
            if f.refers in people or f.name in {p.name for p in e.parameters}:
                continue
            if not any(o.entity == f.refers and o.method == "GET" and not o.tag for o in a.endpoints):
                yield f"{e.operation_id} wants a {f.name} that can't be chosen"


def _commands(a: Architecture) -> Iterator[str]:
    states = {s.entity: {v for f in s.fields for v in f.states} for s in a.shapes}
    for e in a.endpoints:
        if e.act is Act.JOB_CANCEL:
            continue
        if e.to_state and e.to_state not in states[e.entity]:
            yield f"{e.operation_id} leads to {e.to_state}, which is no state"
        if set(e.from_states) - states[e.entity] or e.to_state in e.from_states:
            yield f"{e.operation_id} starts from {e.from_states}"
        if e.from_states and not any(r.states == e.from_states for r in e.refusals):
            yield f"{e.operation_id} does not say what it refuses"
        if {r.status for r in e.refusals} - set(e.problems):
            yield f"{e.operation_id} refuses with a status that it does not have"
        if e.response is Body.ACCEPTED and e.retry_after is None:
            yield f"{e.operation_id} does not say when to ask again"
        if e.act is Act.CREATE and e.success == 201 and not e.idempotency_key:
            yield f"{e.operation_id} makes two where the answer gets lost"
        if (e.request is Body.FIELDS and not e.takes) or (e.response is Body.FIELDS and not e.gives):
            yield f"{e.operation_id} does not say which fields"
        if e.request is Body.BATCH and not e.batch:
            yield f"{e.operation_id} has no limit"
        if e.request is Body.FILE and not (e.media_types and e.max_bytes):
            yield f"{e.operation_id} takes any file"


def _access(derivation: Derivation, a: Architecture) -> Iterator[str]:
    actors = {o.id: o.actor for o in derivation.domain.operations}
    scopes = {s.id: s for s in a.policies.scopes}
    rules = {r.type: r for e in a.endpoints for r in e.refusals}
    for e in a.endpoints:
        for r in e.refusals:
            if rules[r.type].status != r.status or not KEBAB.fullmatch(r.type):
                yield f"problem {r.type} is two"
        if e.scopes and not e.proofs:
            yield f"{e.operation_id} wants scopes and no proof"
        if (e.audience is Audience.COMPONENT) is not e.path.startswith(f"{INTERNAL}/"):
            yield f"{e.operation_id} stands on the wrong side of the edge"
        for scope in (scopes[s] for s in e.scopes):
            if not scope.actors:
                yield f"nobody has {scope.id}"
            strangers = set(scope.actors) - {actors[o] for o in (e.operation, *e.also)}
            if strangers and not e.companion and e.act in (Act.CREATE, Act.UPDATE, Act.DELETE, Act.STEP):
                yield f"{scope.id} lets {strangers} {e.operation_id}, which is not their business"
        if e.cache and not e.shared and not e.scopes:
            yield f"{e.operation_id} is open and cached for one"
        if any(p.name in ("tenant_id", "tenant") and not p.attribute for p in e.parameters):
            yield f"{e.operation_id} asks for the tenant"


def _shop(aggregates: dict[str, str], **changes: dict[str, Any]) -> tuple[Derivation, Decisions]:
    """The sample shop with other operations (by their id) and other aggregates."""
    shop = sample_derivation()
    told = {name.replace("_", "-"): change for name, change in changes.items()}
    operations = tuple(replace(o, **told.get(o.id, {})) for o in shop.domain.operations)
    entities = (replace(e, aggregate=EntityId(aggregates.get(e.id, e.aggregate))) for e in shop.domain.entities)
    domain = replace(shop.domain, operations=operations, entities=tuple(entities))
    return replace(shop, domain=domain), sample_decisions()


def _dropped(access: Access) -> dict[str, Any]:
    return {"verb": "drop table", "name": "drop table order", "entity": EntityId("order"), "access": access}


def _seen(name: str) -> dict[str, Any]:
    return {"verb": "view", "name": f"view {name}", "access": Access.GET}


THRICE = _shop(
    {},
    cancel_order=_dropped(Access.TRANSITION),
    pay_order=_dropped(Access.DELETE),
    change_product=_dropped(Access.UPDATE),
)
"""Three ways of doing the same with a row: a step on the step of the first would stand on nothing."""
CHAINED = _shop(
    {"order": "product", "product": "payment"},
    pay_order=_seen("payment"),
    cancel_order=_seen("order"),
    import_stock=_seen("product"),
)
"""An aggregate whose root lies in another one: each would name its right after the product."""


@given(cases())
@also(THRICE)
@also(CHAINED)
def test_any_small_domain_gets_an_api_by_the_guide(case: tuple[Derivation, Decisions]) -> None:
    derivation, decisions = case
    assert faults(derivation, compose(sample_requirements(), derivation, decisions, CATALOGUE)) == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_keep_to_the_guide(name: str) -> None:
    assert faults(*example(name)) == []


@pytest.mark.slow
@pytest.mark.parametrize("path", paths_of(SOME), ids=lambda p: p.stem)
def test_briefs_keep_to_the_guide(path: Path) -> None:
    assert faults(*designed(path)) == []


@pytest.mark.all
@pytest.mark.parametrize("path", EVERY_BRIEF, ids=name_of)
def test_all_briefs_keep_to_the_guide(path: Path) -> None:
    made = undoubted(path)
    assert faults(made.derivation, made.architecture) == []
