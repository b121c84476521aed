"""Which fields of an entity go in and which come out, by endpoint: one rule for every contract that shows a body."""

from collections.abc import Iterable

from archsmith.kernel.ids import EntityId
from archsmith.kernel.names import snake
from archsmith.model.contracts import Body, Endpoint
from archsmith.model.design import Design
from archsmith.model.shapes import Field, Shape


class Bodies:
    """The shapes of a design as its endpoints show them; `endpoints` are those of one contract, else all."""

    def __init__(self, design: Design, endpoints: Iterable[Endpoint] | None = None) -> None:
        self.shapes = {shape.entity: shape for shape in design.architecture.shapes}
        self._operations = {o.id: o for o in design.derivation.domain.operations}
        self._ownership = design.architecture.policies.ownership
        self._creates: dict[EntityId, list[Endpoint]] = {}
        for endpoint in design.architecture.endpoints if endpoints is None else endpoints:
            if endpoint.request is Body.CREATE:
                self._creates.setdefault(endpoint.entity, []).append(endpoint)

    def read(self, entity: EntityId) -> list[Field]:
        """What callers see."""
        return [f for f in self.shapes[entity].fields if f.shown and not f.write_only]

    def sent(self, endpoint: Endpoint, entity: EntityId) -> list[Field]:
        """What a client sends: neither set by us, nor said by the path, nor told by who calls. A change hands nothing
        over: whose a row is stays as it is."""
        path = {p.name for p in endpoint.parameters if p.place == "path"}
        said = {f.name for f in self.shapes[entity].fields if f.name in path and f.refers not in (None, entity)}
        actor = self._operations[endpoint.operation].actor
        for rule in self._ownership:
            if rule.entity == entity and rule.actor in (actor, None):
                said.add(rule.column)
            if rule.entity == entity and endpoint.request is Body.UPDATE:
                said.add(rule.column.partition(".")[0])
        return [f for f in self.shapes[entity].fields if f.shown and not f.read_only and f.name not in said]

    def parts(self, endpoint: Endpoint) -> tuple[tuple[str, EntityId], ...]:
        """The parts of the entity that the endpoint's operation makes in the same transaction, by property name."""
        whole = endpoint.entity
        found = []
        for ident in self._operations[endpoint.operation].touches:
            part = self.shapes.get(ident)
            if part and ident != whole and any(f.part_of and f.refers == whole for f in part.fields):
                found.append((_part_name(part, self.shapes[whole]), ident))
        return tuple(found)

    def parts_of(self, entity: EntityId) -> tuple[tuple[str, EntityId], ...]:
        """The parts that any create of the entity brings; they are shown with it."""
        creates = self._creates.get(entity, ())
        return tuple(dict.fromkeys(part for endpoint in creates for part in self.parts(endpoint)))

    def back(self, part: EntityId, whole: EntityId) -> frozenset[str]:
        """The fields of a part that say whose part it is, which goes without saying inside the whole."""
        return frozenset(f.name for f in self.shapes[part].fields if f.refers == whole)

    def traits(self, endpoint: Endpoint) -> list[str]:
        """Which special cases a request can meet: a `key` used before, a `state` in the way, a `unique` value taken."""
        shape = self.shapes[endpoint.entity]
        found = ["key"] if endpoint.idempotency_key else []
        if any(f.states for f in shape.fields):
            found.append("state")
        if any(f.unique and f.shown and not f.read_only for f in shape.fields):
            found.append("unique")
        return found


def _part_name(part: Shape, whole: Shape) -> str:
    """`lines` for the order lines of an order: the part's name without the whole's, unless it has a field so."""
    plural = snake(_words(part.plural_name))
    short = plural.removeprefix(f"{snake(_words(whole.type_name))}_")
    return plural if not short or whole.field(short) else short


def _words(type_name: str) -> str:
    """`OrderLines` in words."""
    return "".join(f" {c}" if c.isupper() else c for c in type_name)
