"""What the makers of keyspaces share: names, fields, access patterns and times of a store under construction."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from archsmith.compose.changes import changes
from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.compose.keyspaces.paths import Path, figure, paths, time_of
from archsmith.compose.names import Unique
from archsmith.kernel.ids import DecisionId
from archsmith.kernel.units import DAY, Months, Seconds
from archsmith.model.architecture import Store
from archsmith.model.base import Figure
from archsmith.model.domain import AttributeType, Entity
from archsmith.model.keyspaces import AccessPattern, KeyPart, Period, whole_days
from archsmith.model.shapes import Field, Shape, Source

EXPIRES = "expires_at"
"""When an item ends, in seconds since 1970, where the store wants to be told so item by item."""
_PERIODS = ((None, 1.0), (Period.MONTH, 1.0), (Period.DAY, 30.44), (Period.HOUR, 730.5))
"""Periods from the longest, and how many of each a month has."""


@dataclass(frozen=True)
class Making:
    """One entity in one store: what its keyspaces are made from."""

    ctx: Context
    draft: Draft
    store: Store
    entity: Entity
    names: Unique

    @property
    def shape(self) -> Shape:
        """The entity's fields."""
        return self.draft.shape_of(self.entity.id)

    @property
    def table(self) -> str:
        """The entity's name among tables."""
        return self.ctx.names[self.entity.id].table

    @property
    def comment(self) -> str:
        """What the entity is."""
        return self.entity.description.strip() or self.entity.name

    @property
    def changes(self) -> bool:
        """Whether rows change."""
        return changes(self.ctx, self.entity.id)

    @property
    def time(self) -> Field:
        """The time by which rows are cut."""
        return time_of(self.shape, changes=self.changes)

    @property
    def keep(self) -> Months | None:
        """After what time the store itself deletes rows; None where they stay, or a job strips or archives them."""
        rule = next((r for r in self.draft.retention if r.entity == self.entity.id), None)
        return rule.keep if rule is not None and rule.action == "delete" else None

    @property
    def months(self) -> float:
        """How many months of rows the store holds at the horizon."""
        horizon = self.ctx.targets.horizon.value
        return min(self.keep, horizon) if self.keep else horizon

    @property
    def because(self) -> tuple[DecisionId, ...]:
        """The decisions that made the store."""
        return self.store.because

    def paths(self) -> tuple[Path, ...]:
        """The entity's access paths in this store."""
        return paths(self.ctx, self.draft, self.entity, self.store.id)

    def part_name(self, fields: tuple[str, ...]) -> str:
        """The name of a part of a key: its field, or its fields together."""
        if len(fields) == 1:
            return fields[0]
        return Unique(f.name for f in self.shape.fields).take("_and_".join(fields), self.entity.id)

    def part(self, *fields: str, descending: bool = False, spread: int = 1) -> KeyPart:
        """A part of a key out of these fields."""
        return KeyPart(name=self.part_name(fields), fields=fields, descending=descending, spread=spread)

    def newest_first(self, order: str) -> bool:
        """Whether a page begins with the largest value: times do."""
        field = self.shape.field(order)
        return field is not None and field.type in (AttributeType.TIMESTAMP, AttributeType.DATE)

    def figure(self, keyspace: str, ident: str, what: str, value: float, unit: str, formula: str) -> Figure:
        """A figure of one of its keyspaces."""
        return figure(f"{self.store.id}.{keyspace}.{ident}", what, value, unit, formula, f"entity:{self.entity.id}")

    def period(self, bytes_of_hottest: float, limit: float) -> Period | None:
        """The longest period whose rows of the hottest key stay below `limit` bytes; hours where none does."""
        for period, count in _PERIODS:
            held = bytes_of_hottest if period is None else bytes_of_hottest / (self.months * count)
            if held <= limit:
                return period
        return Period.HOUR


def pattern_of(path: Path, index: str = "", *, scan: bool = False) -> AccessPattern:
    """The access pattern of a path."""
    return AccessPattern(
        operations=tuple(o.id for o in path.operations),
        equal=path.equal,
        order=path.order,
        index=index,
        scan=scan,
        peak=path.peak,
    )


def parts_in(period: Period, months: float) -> int:
    """How many such periods so many months have."""
    return math.ceil(months * next(n for p, n in _PERIODS if p is period))


def kept_fields(shape: Shape, leave: Iterable[str] = ()) -> tuple[str, ...]:
    """Names of all fields of a shape but these."""
    left = set(leave)
    return tuple(f.name for f in shape.fields if f.name not in left)


def own_field(name: str, kind: AttributeType, description: str, *, required: bool = True) -> Field:
    """A field that only the store needs."""
    return Field(
        name=name,
        source=Source.DESIGN,
        type=kind,
        description=description,
        required=required,
        shown=False,
        read_only=True,
    )


def seconds(months: Months) -> Seconds:
    """A retention in whole days of seconds.

    >>> seconds(Months(12.0))
    31536000.0
    """
    return Seconds(whole_days(months) * DAY)
