"""Small domains with any names: what `compose` must take without a broken reference or an unsafe name."""

from hypothesis import strategies as st
from msgspec.structs import replace
from tests.samples.parts import computed, fact
from tests.samples.shop import sample_decisions, sample_derivation

from archsmith.decide.flows import flow_choices
from archsmith.decide.scene import Means
from archsmith.kernel.ids import ActorId, EntityId, EventId, OperationId, OptionId, ServiceId, StoreId, SystemId
from archsmith.kernel.names import slug
from archsmith.kernel.units import Bytes, Count, Months, PerSecond, Seconds
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.decisions import Decisions, Dimension, Module, Placement, ServiceGroup
from archsmith.model.domain import (
    Access,
    Attribute,
    AttributeType,
    Cardinality,
    Consistency,
    DataClass,
    Derivation,
    Entity,
    Event,
    Operation,
    Relation,
)
from archsmith.model.requirements import Actor, ExternalSystem, OperationKind

HOSTILE = (
    "order", "Order", "user", "group", "select", "table", "id", "version", "tenant id", "created at", "search words",
    "../../etc/passwd", '"; drop table users; --', "{{7*7}}", "<script>", "__proto__", "😀", "日本語", "ä ö ü", "",
    "x" * 300, "summary", "jobs", "job", "outbox", "accounts", "exports", "currency", "limit", "cursor", "sort", "q",
    "line", "order line", "order_line", "Order-Line", "customer", "customer id", "1st", "constructor", "\u202egnp",
)  # fmt: skip
NAMES = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=20), st.sampled_from(("loan", "tool", "member", "note")))
_ACTORS = st.one_of(NAMES, st.sampled_from(("sensor", "visitor", "scheduler", "partner website")))
_VERBS = ("create", "list", "cancel", "export", "delete", "update", "download", "😀", "drop table")
_WHY = computed("test")


@st.composite
def attributes(draw: st.DrawFn) -> tuple[Attribute, ...]:
    """Up to five attributes with different names."""
    names = draw(st.lists(NAMES, max_size=5, unique=True))
    found = []
    for name in names:
        kind = draw(st.sampled_from(AttributeType))
        states = (
            tuple(draw(st.lists(NAMES, min_size=1, max_size=3, unique=True))) if kind is AttributeType.STATE else ()
        )
        found.append(
            Attribute(
                name=name,
                type=kind,
                description=draw(NAMES),
                required=draw(st.booleans()),
                unique=draw(st.booleans()),
                data_class=draw(st.sampled_from(DataClass)),
                states=tuple(states),
                why=_WHY,
            )
        )
    return tuple(found)


@st.composite
def derivations(draw: st.DrawFn) -> Derivation:
    """A domain of up to five entities and eight operations in the shop's frame."""
    frame = sample_derivation()
    actors = tuple(
        Actor(id=ActorId(f"a{i}"), name=name, internal=draw(st.booleans()), why=_WHY)
        for i, name in enumerate(
            draw(st.lists(st.one_of(NAMES, st.just("sensor"), st.just("visitor")), min_size=1, max_size=3))
        )
    )
    systems = tuple(
        ExternalSystem(id=SystemId(f"s{i}"), name=f"system {i}", kind=kind, why=_WHY)
        for i, kind in enumerate(draw(st.lists(st.sampled_from(("payment", "mail", "erp", "other")), max_size=2)))
    )
    names = draw(st.lists(NAMES, min_size=1, max_size=5))
    ids = [EntityId(f"{slug(name)}-{i}") for i, name in enumerate(names)]
    entities = tuple(_entity(draw, ids, i, name, actors) for i, name in enumerate(names))
    count = draw(st.integers(0, 8))
    events = [EventId(f"e{i}") for i in range(draw(st.integers(0, 2)))] if count else []
    operations = tuple(_operation(draw, i, actors, entities, systems, events) for i in range(count))
    return replace(
        frame,
        domain=replace(
            frame.domain,
            title=draw(NAMES),
            actors=actors,
            systems=systems,
            entities=entities,
            operations=operations,
            events=tuple(
                Event(id=e, name=draw(NAMES), entity=operations[0].entity, operation=operations[0].id, why=_WHY)
                for e in events
            ),
            multi_tenant=fact(draw(st.booleans())),
        ),
    )


def _entity(draw: st.DrawFn, ids: list[EntityId], index: int, name: str, actors: tuple[Actor, ...]) -> Entity:
    targets = draw(st.lists(st.sampled_from(ids), max_size=2))
    relations = tuple(
        Relation(
            name=draw(NAMES),
            target=target,
            cardinality=draw(st.sampled_from(Cardinality)),
            required=draw(st.booleans()),
            owns=draw(st.booleans()),
            why=_WHY,
        )
        for target in targets
    )
    return Entity(
        id=ids[index],
        name=name,
        plural=draw(st.sampled_from((name, f"{name}s", ""))),
        description="",
        attributes=draw(attributes()),
        relations=relations,
        aggregate=draw(st.sampled_from(ids)),
        data_class=draw(st.sampled_from(DataClass)),
        owner=draw(st.sampled_from((None, *(a.id for a in actors)))),
        tenant_scoped=draw(st.booleans()),
        rows=fact(Count(draw(st.sampled_from((0.0, 10.0, 1e6, 1e9))))),
        rows_per_month=fact(Count(10.0)),
        row_bytes=fact(Bytes(100.0)),
        blob_bytes=fact(Bytes(draw(st.sampled_from((0.0, 1e5, 1e9))))),
        retention=draw(st.sampled_from((None, fact(Months(12.0))))),
        why=_WHY,
    )


def _operation(
    draw: st.DrawFn,
    index: int,
    actors: tuple[Actor, ...],
    entities: tuple[Entity, ...],
    systems: tuple[ExternalSystem, ...],
    events: list[EventId],
) -> Operation:
    entity = draw(st.sampled_from(entities))
    verb = draw(
        st.sampled_from(("create", "list", "cancel", "export", "delete", "update", "download", "😀", "drop table"))
    )
    known = [a.name for a in entity.attributes] + [f"{r.name}_id" for r in entity.relations] + ["nothing"]
    return Operation(
        id=OperationId(f"o{index}"),
        name=f"{verb} {entity.name}",
        verb=verb,
        actor=draw(st.sampled_from(actors)).id,
        entity=entity.id,
        kind=draw(st.sampled_from(OperationKind)),
        access=draw(st.sampled_from(Access)),
        average=fact(PerSecond(1.0)),
        peak=fact(PerSecond(3.0)),
        request_bytes=fact(Bytes(100.0)),
        response_bytes=fact(Bytes(1000.0)),
        latency_p95=fact(Seconds(draw(st.sampled_from((0.02, 0.5, 60.0))))),
        freshness=draw(st.sampled_from((None, fact(Seconds(60.0))))),
        every=draw(st.sampled_from((None, fact(Seconds(3600.0))))),
        consistency=draw(st.sampled_from(Consistency)),
        idempotent=draw(st.booleans()),
        filters=tuple(draw(st.lists(st.sampled_from(known), max_size=3))),
        sort=draw(st.sampled_from(known)),
        touches=tuple(draw(st.lists(st.sampled_from([e.id for e in entities]), max_size=2, unique=True))),
        calls=tuple(draw(st.lists(st.sampled_from([s.id for s in systems]), max_size=1))) if systems else (),
        calls_sync=draw(st.booleans()),
        emits=tuple(events) if index == 0 else (),
        real_time=draw(st.booleans()),
        why=_WHY,
    )


@st.composite
def cases(draw: st.DrawFn) -> tuple[Derivation, Decisions]:
    """A domain, and the shop's decisions over it with one service or two."""
    derivation = draw(derivations())
    frame = sample_decisions()
    entities = [e.id for e in derivation.domain.entities]
    operations = [o.id for o in derivation.domain.operations]
    cut = draw(st.integers(1, len(entities)))
    second = draw(st.booleans()) and cut < len(entities)
    groups = [("shop", entities[:cut] if second else entities, operations if not second else operations[::2])]
    if second:
        groups.append(("other", entities[cut:], operations[1::2]))
    services = tuple(
        ServiceGroup(
            id=ServiceId(name),
            name=name.capitalize(),
            purpose="test",
            entities=tuple(own),
            operations=tuple(done),
            modules=(Module(name=name, entities=tuple(own)),),
            reason="test",
        )
        for name, own, done in groups
    )
    style = draw(st.sampled_from(("modular_monolith", "microservices", "event_driven")))
    chosen = tuple(replace(d, option=OptionId(style)) if d.dimension is Dimension.STYLE else d for d in frame.decisions)
    placements = tuple(Placement(entity=entity, store=StoreId("main")) for entity in entities)
    flows = flow_choices(derivation.domain, services, placements, Means(style=style, queue="jobs"), Catalogue())
    return derivation, replace(frame, decisions=chosen, services=services, placements=placements, flows=flows)
