"""The fields of an entity as the API shows them: schema and example side by side, so that neither forgets the other."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from archsmith.kernel.ids import EntityId
from archsmith.kernel.names import snake
from archsmith.knowledge.samples import Samples
from archsmith.model.contracts import Body, Column, Endpoint, Table
from archsmith.model.domain import Attribute, AttributeType, Cardinality, DataClass, Entity, Relation
from archsmith.render.contracts.api.bounds import bounds
from archsmith.render.contracts.api.types import Schema, described, schema_of
from archsmith.render.contracts.api.values import Values, identifier
from archsmith.render.contracts.words import sentence
from archsmith.render.view import View, grouped

_NEVER_SHOWN: Final = frozenset({DataClass.CREDENTIAL, DataClass.CARD})
"""Classes whose values go in and never come out."""
_STAMPS: Final = {"created_at": "When it was made", "updated_at": "When it last changed"}


@dataclass(frozen=True, slots=True)
class Field:
    """One property. `example` takes the number of the example. `set_by_us`: not sent; `secret`: never shown."""

    name: str
    schema: Schema
    example: Callable[[int], Any]
    required: bool
    set_by_us: bool = False
    secret: bool = False


class Fields:
    """The fields of each entity of a design."""

    def __init__(self, view: View, samples: Samples) -> None:
        self._view = view
        self._values = Values(samples)
        self._tables: dict[EntityId, Table] = {t.entity: t for t in view.arch.tables if t.entity is not None}
        self._uploads = {e.entity for e in view.arch.endpoints if e.request is Body.FILE}
        self._endpoints = grouped((e.entity, e) for e in view.arch.endpoints)
        self._found: dict[EntityId, tuple[Field, ...]] = {}

    def of(self, entity: Entity) -> tuple[Field, ...]:
        """Identity, references, attributes, time stamps; each name once."""
        if entity.id not in self._found:
            self._found[entity.id] = tuple({f.name: f for f in self._all(entity)}.values())
        return self._found[entity.id]

    def value(self, attribute: Attribute, entity: Entity, index: int = 0) -> Any:
        """An example value of an attribute that fits its schema."""
        column = self.column(entity, attribute.name)
        limits = schema_of(attribute, column)
        if "enum" in limits:
            return limits["enum"][0]
        made = self._values.of(attribute.type, attribute.name, snake(entity.name), index)
        return _fit(made, limits) if isinstance(made, str) else _between(made, limits)

    def column(self, entity: Entity, attribute: str) -> Column | None:
        """The column that keeps an attribute; None in a store without tables."""
        table = self._tables.get(entity.id)
        wishes = (attribute, snake(attribute), f"{snake(attribute)}_value")
        return next((c for wish in wishes for c in (table.columns if table else ()) if c.name == wish), None)

    def parts(self, endpoint: Endpoint) -> tuple[tuple[str, Entity], ...]:
        """The parts of the entity that the endpoint's operation makes in the same transaction, by property name."""
        operation = self._view.operations[endpoint.operation]
        whole = self._view.entities[endpoint.entity]
        found = []
        for ident in operation.touches:
            part = self._view.entities.get(ident)
            if part and any(r.owns and r.target == whole.id for r in part.relations) and part.id != whole.id:
                found.append((self._part_name(part, whole), part))
        return tuple(found)

    def parts_of(self, entity: Entity) -> tuple[tuple[str, Entity], ...]:
        """The parts that any create of the entity brings; they are shown with it."""
        creates = [e for e in self._endpoints.get(entity.id, ()) if e.request is Body.CREATE]
        return tuple(dict.fromkeys(part for endpoint in creates for part in self.parts(endpoint)))

    def _part_name(self, part: Entity, whole: Entity) -> str:
        """`lines` for the order lines of an order: the part's table, without the whole's name."""
        table = self._tables.get(part.id)
        plural = table.name if table else snake(part.plural or part.name)
        return plural.removeprefix(f"{snake(whole.id)}_") or plural

    def _all(self, entity: Entity) -> list[Field]:
        key = {
            "type": "string",
            "format": "uuid",
            "readOnly": True,
            "description": sentence(f"Identifies the {entity.name}"),
        }
        found = [Field("id", key, lambda n: identifier(entity.id, n), required=True, set_by_us=True)]
        found += [self._reference(entity, relation) for relation in entity.relations]
        found += [self._field(entity, a) for a in entity.attributes if a.name not in ("id", *_STAMPS)]
        found += self._currency(entity)
        return found + self._stamps(entity)

    def _field(self, entity: Entity, attribute: Attribute) -> Field:
        column = self.column(entity, attribute.name)
        secret = attribute.data_class in _NEVER_SHOWN
        uploaded = attribute.type is AttributeType.FILE and entity.id in self._uploads
        ours = attribute.read_only or uploaded or attribute.type is AttributeType.STATE
        schema = described(schema_of(attribute, column), sentence(attribute.description or attribute.name))
        if ours:
            schema["readOnly"] = True
        if secret:
            schema["writeOnly"] = True
        return Field(
            attribute.name, schema, lambda n: self.value(attribute, entity, n), attribute.required, ours, secret
        )

    def _reference(self, entity: Entity, relation: Relation) -> Field:
        target = self._view.entities[relation.target]
        shift = 1 if relation.target == entity.id else 0
        one: Schema = {"type": "string", "format": "uuid"}
        if relation.cardinality is Cardinality.MANY_TO_MANY:
            many = {
                "type": "array",
                "uniqueItems": True,
                "items": one,
                "description": sentence(f"Ids of its {target.plural}"),
            }
            return Field(
                f"{snake(relation.name)}_ids", many, lambda n: [identifier(target.id, n + shift)], relation.required
            )
        named = target.name if snake(relation.name) == snake(target.name) else f"{relation.name} ({target.name})"
        said = f"Id of the {target.name} that it is part of" if relation.owns else f"Id of the {named}"
        return Field(
            f"{snake(relation.name)}_id",
            {**one, "description": sentence(said)},
            lambda n: identifier(target.id, n + shift),
            relation.required,
        )

    def _currency(self, entity: Entity) -> list[Field]:
        """The currency of a row's amounts, where the table keeps one that is no attribute of its own."""
        column = self.column(entity, "currency")
        if column is None or any(a.name == "currency" for a in entity.attributes):
            return []
        schema = {"type": "string", **bounds(column), "description": "ISO 4217 code of the amounts."}
        value = self._values.of(AttributeType.TEXT, "currency", "")
        return [Field("currency", schema, lambda _: value, required=not column.nullable)]

    def _stamps(self, entity: Entity) -> list[Field]:
        found = []
        for name, said in _STAMPS.items():
            declared = next((a for a in entity.attributes if a.name == name), None)
            if self.column(entity, name) is None and (declared is None or entity.id in self._tables):
                continue
            text = sentence(declared.description if declared else said)
            schema = {"type": "string", "format": "date-time", "readOnly": True, "description": text}
            found.append(
                Field(
                    name,
                    schema,
                    lambda n, name=name: self._values.of(AttributeType.TIMESTAMP, name, snake(entity.name), n),  # type: ignore[misc]
                    required=True,
                    set_by_us=True,
                )
            )
        return found


def _fit(text: str, schema: Schema) -> str:
    longest = schema.get("maxLength")
    return text[:longest].strip() if longest and len(text) > longest else text


def _between(value: Any, schema: Schema) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    low, high = schema.get("minimum"), schema.get("maximum")
    value = max(value, low) if low is not None else value
    return min(value, high) if high is not None else value
