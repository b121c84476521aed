"""An option of the design space: what it gives and needs, what it costs, and what it puts on machines."""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from archsmith.kernel.ids import ElementId, OptionId, RequirementId, TechId
from archsmith.model.base import Value
from archsmith.model.decisions import Dimension, StoreRole


class Part(Value, frozen=True, kw_only=True):
    """What runs if the option is chosen: becomes a Sizing. Memory and storage in GB, `month` in USD for all `count`."""

    subject: ElementId
    tech: TechId
    role: StoreRole | None
    product: str
    managed: bool
    instance: str = ""
    vcpu: float = 0.0
    memory: float = 0.0
    storage: float = 0.0
    count: int = 1
    zones: int = 1
    shards: int = 1
    month: float = 0.0
    formula: str = ""


class Option(Value, frozen=True, kw_only=True):
    """One way to settle an axis. An axis is a dimension, or a part of one (a store's size belongs to its hosting).

    `key` is unique within the axis; `id` is what the reader sees, and variants for several providers share it.
    `gives`: traits true of the design if chosen; `needs`: of each group one trait must be given by others; `bars`:
    none of these may be. Costs: `infra` and `risk` USD a month, `ops` hours a month, `build` person-days once, `down`
    the share of time that it takes the service away; `delay` seconds on the way of a request, where a cut asks. Cores
    and GB of memory: `compute`/`memory` used on the machines of the services, `store` used on the primary store
    (negative: saved), `supply`/`room` what a store's size offers.
    `again`: share of `infra` that follows the parts and not the requests, so that a second region asks for it again.
    `saves`: share of the web work that it spares. `cores`, `price`, `each`: cores, USD and operations hours a month of
    one machine of a compute axis, counted by the solver; `duty`: share of the time that the peak's machines are paid;
    `most`: how many there may be of it.
    """

    axis: str
    dimension: Dimension
    key: str
    id: OptionId
    label: str
    tech: TechId | None = None
    gives: tuple[str, ...] = ()
    needs: tuple[tuple[str, ...], ...] = ()
    bars: tuple[str, ...] = ()
    infra: float = 0.0
    ops: float = 0.0
    build: float = 0.0
    down: float = 0.0
    delay: float = 0.0
    risk: float = 0.0
    compute: float = 0.0
    memory: float = 0.0
    store: float = 0.0
    supply: float = 0.0
    room: float = 0.0
    saves: float = 0.0
    cores: float = 0.0
    price: float = 0.0
    again: float = 1.0
    duty: float = 1.0
    most: int = 1
    each: float = 0.0
    why: str = ""
    parts: tuple[Part, ...] = ()


def rent(option: Option, counts: tuple[int, int]) -> float:
    """USD a month for counted instances: all, or where they scale by themselves the mean's and a share of the rest."""
    most, least = counts
    return option.price * (option.duty * most + (1 - option.duty) * least)


def by_axis(options: Iterable[Option]) -> dict[str, list[Option]]:
    """The options of each axis, in their order."""
    found: dict[str, list[Option]] = {}
    for option in options:
        found.setdefault(option.axis, []).append(option)
    return found


def given_by(options: Iterable[Option]) -> set[str]:
    """The traits that any of the options gives."""
    return set().union(*[o.gives for o in options])


class Barrier(Value, frozen=True, kw_only=True):
    """Why an option, a pair of traits or a sum is impossible. `name`: the constraint that says so; `fact` with figures.

    `soft`: the target behind it was assumed, so it gives way before a stated one does. `waivable`: somebody could give
    it up; not so what follows from law, or from what the system does. `relaxation`: how, in words; `value` stands in
    those of a ceiling.
    """

    name: str
    fact: str
    requirements: tuple[RequirementId, ...] = ()
    soft: bool = False
    waivable: bool = True
    relaxation: str = ""


class Ban(Value, frozen=True, kw_only=True):
    """An option that may not be chosen at all."""

    axis: str
    key: str
    because: Barrier


class Demands(Value, frozen=True, kw_only=True):
    """If an option with `given` is chosen (always, where empty), one with a trait of `one_of` must be."""

    given: str
    one_of: tuple[str, ...]
    because: Barrier


class Ceiling(Value, frozen=True, kw_only=True):
    """A sum over the chosen options may not exceed `most`: `what` is `infra`, `down`, `ops` or `delay`."""

    what: str
    most: float
    because: Barrier


Rule = Ban | Demands | Ceiling


class Cores(NamedTuple):
    """Cores that a framework takes at the peak and on average, and how many of them are for answers to requests.

    The rest holds connections and works on messages: no cache spares that.
    """

    peak: float
    mean: float
    peak_answers: float
    mean_answers: float


class Space(Value, frozen=True, kw_only=True):
    """All options and rules. `web`: what the services' work takes, by framework trait.

    `places`: where an option comes among those of its axis by name: of equals, the first is taken.
    """

    options: tuple[Option, ...]
    rules: tuple[Rule, ...]
    web: dict[str, Cores]
    places: dict[tuple[str, str], int] = msgspec.field(default_factory=dict)

    def axes(self) -> dict[str, tuple[int, ...]]:
        """Indexes of the options of each axis, in order."""
        found: dict[str, list[int]] = {}
        for index, option in enumerate(self.options):
            found.setdefault(option.axis, []).append(index)
        return {axis: tuple(indexes) for axis, indexes in found.items()}
