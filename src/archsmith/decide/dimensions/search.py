"""Search by words: in the primary store, or in an index of its own."""

from archsmith.decide.dimensions.special import apart, inside, none_needed
from archsmith.decide.ground import Ground, hours
from archsmith.decide.option import Option
from archsmith.decide.words import cores as took
from archsmith.decide.words import pace
from archsmith.kernel.ids import OptionId
from archsmith.kernel.phrases import listed
from archsmith.model.decisions import Dimension, StoreRole


def search(ground: Ground) -> tuple[Option, ...]:
    """Search by words: in the primary store, or in an index of its own."""
    demand = ground.demand
    if demand.searches <= 0:
        return (none_needed("search", Dimension.SEARCH),)
    tech = ground.tech("postgresql_fts")
    cores = demand.search_work / ground.capacity("sql.search") / (1 - demand.headroom)
    missing = [t for t in demand.search_wants if t not in tech.traits]
    by_hand = len(missing) * ground.figure("search.feature_days")
    lacks = f"; {by_hand:g} days for {listed([t.replace('_', ' ') for t in missing])} by hand" if missing else ""
    embedded = Option(
        axis="search",
        dimension=Dimension.SEARCH,
        key=tech.id,
        id=OptionId(tech.id),
        label=tech.name,
        tech=tech.id,
        gives=("search:embedded",),
        needs=(("engine.hosts_search",),),
        store=cores,
        build=tech.build.value + by_hand,
        ops=hours(tech.run),
        parts=(inside(tech, "search", StoreRole.SEARCH),),
        why=f"{pace(demand.searches, 'search')} take {took(cores)} of the primary store{lacks}",
    )
    plain = Option(
        axis="search",
        dimension=Dimension.SEARCH,
        key="sql_like",
        id=OptionId("sql_like"),
        label="indexed columns and prefixes",
        gives=("search:plain",),
        store=cores * 1.5,
        build=5.0 + by_hand,
        why=f"5 days for word forms and ranking by hand; {pace(demand.searches, 'search')} take {took(cores * 1.5)}",
    )
    found = [embedded, plain]
    for ident in ("meilisearch", "opensearch"):
        found += apart(
            ground,
            "search",
            Dimension.SEARCH,
            ident,
            demand.searches,
            max(1.0, demand.database_gb * 0.3),
            StoreRole.SEARCH,
            "search",
        )
    return tuple(found)
