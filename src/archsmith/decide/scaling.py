"""The same demand under another load, team, budget or target: what flip points are found with."""

import msgspec

from archsmith.decide.demand import Demand


def traffic(demand: Demand, factor: float) -> Demand:
    """All rates, users and what grows with them, times `factor`; the peak over the mean stays."""
    fields = (
        "web",
        "web_average",
        "reads",
        "writes",
        "cacheable",
        "tolerant",
        "at_edge",
        "searches",
        "stream",
        "stream_average",
        "messages",
        "users",
        "connections",
        "database_gb",
        "series_gb",
        "logs_gb",
        "files_gb",
        "egress_gb",
        "file_egress_gb",
        "media_gb",
        "requests_month",
        "aggregates",
    )
    return msgspec.structs.replace(demand, **{name: getattr(demand, name) * factor for name in fields})


def peak(demand: Demand, factor: float) -> Demand:
    """A burst `factor` times as high over the same mean."""
    rates = ("web", "reads", "writes", "cacheable", "tolerant", "at_edge", "searches", "stream", "messages")
    fields = (*rates, "peak_factor")
    return msgspec.structs.replace(demand, **{name: getattr(demand, name) * factor for name in fields})


def team(demand: Demand, factor: float) -> Demand:
    """A team `factor` times as large, in groups of at most eight."""
    people = max(1, round(demand.team * factor))
    return msgspec.structs.replace(demand, team=people, teams=max(demand.teams, -(-people // 8)) if factor >= 1 else 1)


def budget(demand: Demand, factor: float) -> Demand:
    """A budget `factor` times as large; the same where none is stated."""
    if demand.budget is None:
        return demand
    return msgspec.structs.replace(demand, budget=demand.budget * factor, soft=demand.soft - {"budget"})


def nines(demand: Demand, availability: float) -> Demand:
    """Another target of availability (0 to 1), as if it were stated."""
    return msgspec.structs.replace(demand, availability=availability, soft=demand.soft - {"availability"})
