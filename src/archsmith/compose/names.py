"""Names that reach SQL and URLs: safe, bounded, unique, and the same for the same design."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from archsmith.kernel.ids import EntityId
from archsmith.kernel.names import pascal, slug, snake
from archsmith.knowledge.naming import Naming
from archsmith.model.domain import Cardinality, Entity

SQL_MAX: Final = 63
"""PostgreSQL cuts identifiers at 63 bytes (NAMEDATALEN 64)."""


def bounded(name: str, limit: int = SQL_MAX) -> str:
    """`name`, or its beginning and a hash of the whole where it is longer than `limit`.

    >>> bounded("orders"), len(bounded("x" * 80))
    ('orders', 63)
    """
    if len(name) <= limit:
        return name
    return f"{name[: limit - 7].rstrip('_-')}_{_digest(name)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:6]


def named(system: str) -> str:
    """A system in a sentence: with an article, but for proper names.

    >>> named("mail provider"), named("Bancontact")
    ('the mail provider', 'Bancontact')
    """
    return system if system[:1].isupper() else f"the {system}"


RESERVED_TYPES: Final = frozenset(
    "Problem Job Place Money Group Page PageInfo Node Edge Query Mutation Subscription Event CloudEvent File Any Empty "
    "Boolean Int Float String ID DateTime Date Decimal Timestamp Json Error Errors FieldError PlaceInput Object Id "
    "Cursor".split()
)
"""Types that the contracts have of their own, or that their languages bring along."""


class Unique:
    """Hands out names of one scope: the wish where it is free, else the wish with a hash of what it stands for."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)

    def take(self, wish: str, meaning: str, sep: str = "_", limit: int = SQL_MAX) -> str:
        """A free name, as near to `wish` as can be. `meaning` (an id) makes the hash stable."""
        name, salt = bounded(wish, limit), 0
        while name in self._taken:
            name = f"{wish[: limit - 7].rstrip(sep)}{sep}{_digest(f'{meaning}{salt}' if salt else meaning)}"
            salt += 1
        self._taken.add(name)
        return name


class TypeNames:
    """Names of entities as types (`OrderLine`, `OrderLines`), unique without regard to case: files and some languages
    know no difference."""

    def __init__(self) -> None:
        self._reserved = {name.lower() for name in RESERVED_TYPES}
        self._taken = set[str]()

    def take(self, entity: Entity) -> tuple[str, str]:
        """The name of one and of several."""
        single, several = pascal(entity.name), pascal(entity.plural.strip() or entity.name)
        if several == single:
            several = f"{single}List"
        if {single.lower(), several.lower()} & self._reserved:
            single, several = f"{single}Record", f"{single}Records"
        if {single.lower(), several.lower()} & self._taken:
            salt = _digest(entity.id).capitalize()
            single, several = f"{single}{salt}", f"{several}{salt}"
        self._taken |= {single.lower(), several.lower()}
        return single, several


@dataclass(frozen=True, slots=True)
class EntityNames:
    """The names of one entity: `table` and `column` in SQL, `collection` and `parameter` in paths.

    `columns` maps its attributes to fields; the two differ only where the attribute's own name can't stand in SQL.
    `references` maps its relations to fields (`customer_id`, `tag_ids`).
    """

    singular: str
    table: str
    collection: str
    parameter: str
    columns: dict[str, str]
    references: dict[str, str]

    @property
    def column(self) -> str:
        """The column by which others refer to it."""
        return self.parameter


def entity_names(entities: Iterable[Entity], naming: Naming) -> dict[EntityId, EntityNames]:
    """The names of all entities, unique among each other. Where two plurals meet, the later one carries a hash.

    A tenant who is one of the entities (who rents a flat) is a `tenant_record_id`: `tenant_id` tells rows of tenants
    apart and nothing else, in every design.
    """
    entities = tuple(entities)
    own = frozenset(naming.words("own_columns"))
    singulars, tables, collections = Unique(), Unique(), Unique()
    return {entity.id: _of(entity, naming, own, singulars, tables, collections) for entity in entities}


def _of(
    entity: Entity, naming: Naming, own: frozenset[str], singulars: Unique, tables: Unique, collections: Unique
) -> EntityNames:
    plural = entity.plural.strip() or entity.name
    singular = singulars.take(snake(entity.name), entity.id)
    table = snake(plural)
    references = _references(entity, own)
    if naming.has("sql_reserved", table):
        table = f"{singular}_records"
    return EntityNames(
        singular=singular,
        table=tables.take(table, entity.id),
        collection=collections.take(slug(plural), entity.id, "-"),
        parameter=_reference(singular, "id", own),
        columns=_columns(entity, naming, references.values()),
        references=references,
    )


def _reference(name: str, end: str, own: frozenset[str]) -> str:
    """What refers to something by its name, apart from the columns that the design adds."""
    wish = f"{name}_{end}"
    return f"{name}_record_{end}" if wish in own else wish


def _references(entity: Entity, own: frozenset[str]) -> dict[str, str]:
    """`x_id` for one, `x_ids` for many."""
    taken, found = Unique(), {}
    for relation in entity.relations:
        end = "ids" if relation.cardinality is Cardinality.MANY_TO_MANY else "id"
        found[relation.name] = taken.take(_reference(snake(relation.name), end, own), f"{entity.id}.{relation.name}")
    return found


def _columns(entity: Entity, naming: Naming, references: Iterable[str]) -> dict[str, str]:
    taken, found = Unique([*naming.words("own_columns"), *references]), {}
    for attribute in entity.attributes:
        wish = snake(attribute.name)
        if naming.has("sql_reserved", wish):
            wish = f"{wish}_value"
        found[attribute.name] = taken.take(wish, f"{entity.id}.{attribute.name}")
    return found
