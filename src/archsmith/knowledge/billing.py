"""What a bill counts in a month. Choosing and evaluating a design ask here, so that they count the same things."""

from typing import Final

from archsmith.kernel.ids import SystemId
from archsmith.kernel.units import HOURS_PER_MONTH, MONTH
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.instances import Instance, Provider
from archsmith.knowledge.prices import Price
from archsmith.knowledge.pricing import monthly
from archsmith.knowledge.technologies import Technology, of_category
from archsmith.knowledge.thirdparty import ASSUMPTIONS, THIRD_PARTIES
from archsmith.knowledge.tradeoffs import tradeoff
from archsmith.model.base import Value
from archsmith.model.domain import Access, Derivation, Operation
from archsmith.model.requirements import ExternalSystem, OperationKind

FREE_REQUESTS, FREE_GB = 3e6, 100.0
"""Requests and GB a month up to which a CDN's free plan is taken to do; above it its base fee is due (our estimate)."""
STEADY: Final = 500.0
"""Calls of one operation a second on average from which callers are taken to keep their connections (our estimate)."""
SAMPLED: Final = 20.0
"""Million requests a month up to which all of them are logged; above, a sample of as many (our estimate)."""


def follows_region(row: Price) -> bool:
    """Whether a price differs from region to region; some are the same everywhere."""
    return row.region not in ("any", "global")


def machines_of_a_month(catalogue: Catalogue, most: float, least: float, peak_factor: float) -> float:
    """Machines that are paid on the mean of a month, where all run at the peak and `least` are kept outside of it."""
    duty = duty_of_peak(catalogue, peak_factor)
    return most * duty + min(least, most) * (1 - duty)


def duty_of_peak(catalogue: Catalogue, peak_factor: float) -> float:
    """Share of a month in which all machines of a scaling group run."""
    return min(_assumed(catalogue, "peak_share"), 1 / max(1.0, peak_factor))


def balancer_units(egress_gb: float, rate: float) -> float:
    """Capacity units of a balancer: one is 25 new connections/s, or 1 GB an hour (AWS pricing page, 2024)."""
    return max(0.2, egress_gb / HOURS_PER_MONTH, rate / 25)


def connecting(operations: tuple[Operation, ...]) -> float:
    """Requests a second on average that open a connection: who sends hundreds a second keeps its own open."""
    asked = (OperationKind.COMMAND, OperationKind.QUERY)
    return sum(o.average.value for o in operations if o.kind in asked and o.average.value < STEADY)


def plan_is_due(requests: float, file_gb: float) -> bool:
    """Whether a month's requests and GB of files are more than a CDN's free plan is for."""
    return requests > FREE_REQUESTS or file_gb > FREE_GB


def from_origin(catalogue: Catalogue, cdn: Technology | None, provider: str, file_gb: float) -> float:
    """GB of files that leave the provider itself: what a CDN does not hold; nothing to the provider's own CDN."""
    if cdn is None:
        return file_gb
    own = any(o.provider == provider for o in cdn.offers)
    return 0.0 if own else file_gb * (1 - tradeoff(catalogue, "cdn.offload"))


def logged_gb(catalogue: Catalogue, requests: float) -> float:
    """GB of logs of a month with so many requests; the system's own come on top."""
    return min(requests / 1e6, SAMPLED) * tradeoff(catalogue, "logs.gb_per_million") + 1


def watching(catalogue: Catalogue, tech: str, peak: float) -> float:
    """USD a month that a way of watching costs beside the logs: a plan by the peak's requests a second, or alarms."""
    if tech == "grafana_cloud":
        return tradeoff(catalogue, "watch.plan") if peak >= tradeoff(catalogue, "watch.plan_from") else 0.0
    return tradeoff(catalogue, "watch.alarms") if tech == "cloud_monitoring" else 0.0


def active_users(catalogue: Catalogue, users: float, requests: float) -> float:
    """People who sign in within a month: a share of the users, and no more than the requests can come from."""
    known, seen = users * _assumed(catalogue, "active_share"), requests / _assumed(catalogue, "requests_per_person")
    return max(1.0, min(known, seen))


def secrets(systems: int) -> float:
    """Secrets to keep: of the database, of sessions, and one for each outside system."""
    return 2.0 + systems


def use_units(catalogue: Catalogue, reads: float, writes: float) -> dict[str, float]:
    """Units of a month of a store that is billed by use: each read asks several times, each write keeps an index."""
    return {
        "rru": reads * tradeoff(catalogue, "use.read_units"),
        "wru": writes * tradeoff(catalogue, "use.write_units"),
    }


def copied_gb(catalogue: Catalogue, gb: float, *, managed: bool, elsewhere: bool) -> float:
    """GB of backups that are billed: a provider keeps as much as the store has for nothing, a second place does not."""
    free = _assumed(catalogue, "backup_free") if managed else 0.0
    return gb * (max(0.0, _assumed(catalogue, "snapshot_share") - free) + (1.0 if elsewhere else 0.0))


def copies_price(catalogue: Catalogue, provider: Provider, *, managed: bool) -> str:
    """The price of where copies lie: the provider's object store for what we run ourselves, else its snapshots."""
    if not managed:
        for tech in of_category(catalogue, "object_store"):
            offer = None if "anywhere" in tech.traits else tech.offer(str(provider.id))
            if offer is not None and offer.storage:
                return offer.storage
    return provider.snapshot


def address_price(provider: Provider, instance: Instance) -> str:
    """The price of the public address of a machine for services, or nothing where it has none or its rent holds it."""
    plain = instance.family.startswith(provider.vm) and not any("ipv4" in key for key in instance.prices)
    return provider.address if plain else ""


class FileTraffic(Value, frozen=True, kw_only=True):
    """Of a month: GB that leave in all, GB of files among them; how often files are read and written, GB of new ones.

    `by_answers`: GB of files that operations answer with; the rest is read by link.
    """

    egress_gb: float
    file_gb: float
    by_answers: float
    reads: float
    writes: float
    new_gb: float


def files_of_a_month(derivation: Derivation) -> FileTraffic:
    """What the workload says of files. What leaves beyond the answers is files too: read by link."""
    domain, load = derivation.domain, derivation.workload
    files = {e.id: e for e in domain.entities if e.blob_bytes.value > 0}
    read = [
        o
        for o in domain.operations
        if o.entity in files
        and o.access in (Access.GET, Access.EXPORT, Access.LIST)
        and o.kind not in (OperationKind.BATCH, OperationKind.EVENT)
        and o.response_bytes.value >= 0.2 * files[o.entity].blob_bytes.value
    ]
    sent = (o.average.value * max(o.response_bytes.value, files[o.entity].blob_bytes.value) for o in read)
    answers = sum(sent) * MONTH / 1e9
    egress = max(load.egress.value / 1e9, answers)
    outside = (o for o in domain.operations if o.kind not in (OperationKind.BATCH, OperationKind.EVENT))
    said = sum(o.average.value * o.response_bytes.value for o in outside) * MONTH / 1e9
    return FileTraffic(
        egress_gb=egress,
        file_gb=min(egress, max(answers, egress - said)) if files else answers,
        by_answers=answers,
        reads=sum(o.average.value for o in read) * MONTH,
        writes=sum(e.rows_per_month.value for e in files.values()),
        new_gb=load.blobs.value / 1e9,
    )


def calls_price(
    catalogue: Catalogue, systems: tuple[ExternalSystem, ...], operations: tuple[Operation, ...]
) -> dict[SystemId, tuple[str, float]]:
    """By outside system that bills its calls: the price and the calls of a month."""
    rows, found = catalogue.table(THIRD_PARTIES), {}
    for system in systems:
        row = rows.get(system.kind)
        calls = sum(o.average.value for o in operations if system.id in o.calls)
        if row is not None and row.price and calls > 0:
            found[system.id] = (row.price, calls * MONTH)
    return found


def calls_month(catalogue: Catalogue, systems: tuple[ExternalSystem, ...], operations: tuple[Operation, ...]) -> float:
    """USD a month for the calls of all outside systems."""
    return sum(monthly(catalogue, *billed) for billed in calls_price(catalogue, systems, operations).values())


def _assumed(catalogue: Catalogue, ident: str) -> float:
    return catalogue.table(ASSUMPTIONS)[ident].value
