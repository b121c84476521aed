"""Archetypes: what every system of a kind has (a shop, a booking system), with the cue words that give a kind away.

`data/archetypes.yaml` is the index that every run reads; `data/archetypes/<id>.yaml` is read only where the cues fit.
"""

import enum
from collections.abc import Mapping
from typing import Final

from archsmith.knowledge.catalogue import Catalogue, Sourced, Table
from archsmith.model.base import Value
from archsmith.model.domain import Access
from archsmith.model.requirements import OperationKind


class Audience(enum.StrEnum):
    """Who causes the load: it decides how it is spread over the day and how large a silent brief may be."""

    CONSUMER = "consumer"
    BUSINESS = "business"
    INTERNAL = "internal"
    DEVICE = "device"


class ArchetypeCues(Value, frozen=True, kw_only=True):
    """A row of the index: `cues` are words or two-word phrases (singular, lower case) with their weight, 1 to 5.

    `against`: words that show another business that uses the same words (blood in a talk of donations).
    """

    id: str
    title: str
    audience: Audience
    cues: dict[str, float]
    against: Mapping[str, float] = {}


class EntitySketch(Value, frozen=True, kw_only=True):
    """An entity of the kind. `aka`: other words for the same thing. `core`: no such system is without it.

    `near`: words for something so like it that one takes its place, while both in one brief are two things (a truck and
    a trailer).

    `attributes` as `name[?][!] type [class]`: `?` may be missing, `!` is unique. `relations` as `entity[?]`; `part_of`
    is the whole that owns it. `person`: a human being stands behind the row.
    """

    name: str
    aka: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    core: bool = False
    attributes: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    part_of: str = ""
    person: bool = False
    data_class: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """All words that may mean it, its own name first."""
        return (self.name, *self.aka, *self.near)


class OperationSketch(Value, frozen=True, kw_only=True):
    """An operation of the kind. `share`: its part of all requests of an ordinary visit, 0 to 1.

    `core` ones are added where the brief names neither it nor anything like it. `touches`: what changes with it.
    """

    actor: str
    verb: str
    object: str
    kind: OperationKind
    access: Access
    share: float = 0.0
    core: bool = False
    to_state: str = ""
    touches: tuple[str, ...] = ()


class EventSketch(Value, frozen=True, kw_only=True):
    """An event of the kind: `order.placed`, raised by the operation `place order`."""

    name: str
    operation: str


class Archetype(Value, frozen=True, kw_only=True):
    """All that is known of a kind. `live`: what one does shows at once on the open screens of others.

    `ratios`: requests_per_visit, reads_per_command, peak_factor, visits_per_user_day; what is missing comes from the
    defaults of the audience.
    """

    id: str
    entities: tuple[EntitySketch, ...]
    operations: tuple[OperationSketch, ...]
    events: tuple[EventSketch, ...] = ()
    live: bool = False
    ratios: Mapping[str, Sourced] = {}


CUES: Final = Table("archetypes", ArchetypeCues)


def archetype(catalogue: Catalogue, ident: str) -> Archetype:
    """The archetype with this id. Raises KeyError where the index names one that has no file of its own."""
    return catalogue.table(Table(f"archetypes/{ident}", Archetype))[ident]
