"""The design space of one run: all options of all dimensions, all rules that hold for them."""

from msgspec.structs import replace

from archsmith.decide.constraints import CONSTRAINTS
from archsmith.decide.delays import asked, delayed
from archsmith.decide.dimensions import (
    access,
    broker,
    cache,
    cards,
    delivery,
    edge,
    files,
    hosting,
    identity,
    interface,
    keeping,
    keyed,
    language,
    place,
    platform,
    regions,
    search,
    size,
    special,
    store,
    structure,
)
from archsmith.decide.ground import Ground
from archsmith.decide.option import Option, Space
from archsmith.model.decisions import Cut
from archsmith.model.requirements import Requirements

DIMENSIONS = (
    structure.style,
    place.provider,
    place.zones,
    regions.regions,
    platform.platform,
    platform.compute,
    language.language,
    language.framework,
    store.engine,
    hosting.hosting,
    size.size,
    special.series,
    special.analytics,
    keyed.keyed,
    search.search,
    files.objects,
    cache.cache,
    broker.jobs,
    broker.stream,
    broker.mqtt,
    files.cdn,
    edge.edge,
    interface.realtime,
    interface.api_style,
    identity.identity,
    access.session,
    access.authorization,
    cards.cards,
    keeping.tenancy,
    keeping.consistency,
    keeping.backup,
    delivery.deployment,
    delivery.observability,
    delivery.infrastructure_as_code,
    delivery.pipeline,
)
"""In the order in which decisions are listed."""


def options(ground: Ground) -> tuple[Option, ...]:
    """All options, dimension by dimension. Those of demanded technologies say so, for a rule to ask for one of them."""
    found = (option for dimension in DIMENSIONS for option in dimension(ground))
    return tuple(replace(o, gives=(*o.gives, f"tech:{o.tech}")) if o.tech in ground.wanted else o for o in found)


def build(ground: Ground, requirements: Requirements, cuts: tuple[Cut, ...] = ()) -> Space:
    """The space with every rule of every constraint. Cores of each framework are those of the demand."""
    found = delayed(options(ground), ground) if asked(cuts) else options(ground)
    rules = tuple(rule for constraint in CONSTRAINTS for rule in constraint.check(ground, found, requirements, cuts))
    web = {f"framework:{o.key}": language.web_cores(ground, o.key) for o in found if o.axis == "framework"}
    return Space(options=found, rules=rules, web=web, places=_places(found))


def _places(found: tuple[Option, ...]) -> dict[tuple[str, str], int]:
    """Where each option comes among those of its axis by name."""
    keys: dict[str, list[str]] = {}
    for option in found:
        keys.setdefault(option.axis, []).append(option.key)
    return {(axis, key): n for axis, rows in keys.items() for n, key in enumerate(sorted(rows))}
