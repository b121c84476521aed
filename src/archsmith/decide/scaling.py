"""The same demand under another load, team, budget or target: what flip points are found with."""

import msgspec

from archsmith.decide.demand import Demand
from archsmith.decide.keyed import Keyed


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
        "search_work",
        "stream",
        "stream_average",
        "messages",
        "messages_average",
        "jobs",
        "jobs_average",
        "behind_reads",
        "behind_writes",
        "users",
        "connections",
        "database_gb",
        "series_gb",
        "logs_gb",
        "files_gb",
        "egress_gb",
        "file_egress_gb",
        "media_gb",
        "new_files_gb",
        "file_reads",
        "file_writes",
        "calls",
        "connecting",
        "requests_month",
        "aggregates",
    )
    rows = _scaled(demand.keyed, factor, "gb", "reads", "writes", "streamed")
    return msgspec.structs.replace(demand, keyed=rows, **{name: getattr(demand, name) * factor for name in fields})


def peak(demand: Demand, factor: float) -> Demand:
    """A burst `factor` times as high over the same mean."""
    asked = ("web", "reads", "writes", "cacheable", "tolerant", "at_edge", "searches", "search_work")
    behind = ("stream", "messages", "jobs", "behind_reads", "behind_writes")
    fields = (*asked, *behind, "peak_factor", "load_factor")
    rows = _scaled(demand.keyed, factor, "reads", "writes", "streamed")
    return msgspec.structs.replace(demand, keyed=rows, **{name: getattr(demand, name) * factor for name in fields})


def _scaled(rows: Keyed, factor: float, *fields: str) -> Keyed:
    return msgspec.structs.replace(rows, **{name: getattr(rows, name) * factor for name in fields})


def team(demand: Demand, factor: float) -> Demand:
    """A team `factor` times as large, in groups of at most eight."""
    people = max(1, round(demand.team * factor))
    return msgspec.structs.replace(demand, team=people, teams=max(demand.teams, -(-people // 8)) if factor >= 1 else 1)


def budget(demand: Demand, factor: float) -> Demand:
    """A budget `factor` times as large; the same where none is stated."""
    if demand.budget is None:
        return demand
    return budgeted(demand, demand.budget * factor)


def budgeted(demand: Demand, month: float) -> Demand:
    """A budget of so many USD a month, as if it were stated."""
    return msgspec.structs.replace(demand, budget=month, soft=demand.soft - {"budget"})


def nines(demand: Demand, availability: float) -> Demand:
    """Another target of availability (0 to 1), as if it were stated."""
    return msgspec.structs.replace(demand, availability=availability, soft=demand.soft - {"availability"})


def recovery(demand: Demand, *, rpo: float | None = None, rto: float | None = None) -> Demand:
    """Other targets of recovery in seconds, as if they were stated; None leaves one as it is."""
    given = {name: value for name, value in (("rpo", rpo), ("rto", rto)) if value is not None}
    return msgspec.structs.replace(demand, **given, soft=demand.soft - given.keys())
