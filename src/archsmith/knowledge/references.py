"""Whether the rows of a catalogue lead to rows that are there, and whether their figures can be."""

import math
from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec
from msgspec import Struct

from archsmith.knowledge.approved import Approved
from archsmith.knowledge.capacity import CAPACITY
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.instances import INSTANCES, PROVIDERS, REGIONS, Instance, Provider
from archsmith.knowledge.limits import RESOURCES, Limit
from archsmith.knowledge.prices import CURRENCIES, PRICES, PROMISES, Price
from archsmith.knowledge.technologies import CATEGORIES, TECHNOLOGIES, Technology

_LARGEST: Final = 1e15
_SHARES: Final = frozenset({"sla"})
_SIGNED: Final = frozenset({"samples"})
"""Tables in which days may be past."""
_POSITIVE: Final = frozenset({"capacity", "currencies", "limits"})


class Fault(Struct, frozen=True):
    """What is wrong with a field of a row."""

    field: str
    fact: str
    fix: str


def faults(table: str, row: Any, catalogue: Catalogue) -> Iterator[Fault]:
    """Everything that is wrong with a row of a table, given the whole catalogue."""
    yield from _figures(table, row)
    if isinstance(row, Technology):
        yield from _technology(row, catalogue)
    elif isinstance(row, Instance):
        yield from _missing("provider", (row.provider,), "provider", catalogue.table(PROVIDERS))
        yield from _missing("prices", row.prices, "price", catalogue.table(PRICES))
    elif isinstance(row, Provider):
        yield from _provider(row, catalogue)
    elif isinstance(row, Price):
        yield from _missing("currency", (row.currency,), "currency", catalogue.table(CURRENCIES))
    elif isinstance(row, Approved):
        yield from _missing("id", (row.id,), "technology", catalogue.table(TECHNOLOGIES))
    elif isinstance(row, Limit):
        yield from _missing("technology", (row.technology,), "technology", catalogue.table(TECHNOLOGIES))
        if row.resource not in RESOURCES:
            yield Fault(
                "resource", f"nothing is limited as {row.resource[:60]!r}", f"one of: {', '.join(sorted(RESOURCES))}"
            )
    elif table == "regions":
        yield from _missing("provider", (row.provider,), "provider", catalogue.table(PROVIDERS))


def _figures(table: str, row: Any) -> Iterator[Fault]:
    """Numbers that are none, are negative or out of bounds, and ranges that do not hold their value."""
    for path, number in _numbers("", msgspec.to_builtins(row)):
        if not math.isfinite(number) or abs(number) > _LARGEST:
            yield Fault(path, f"{path} is {number}", "give a finite number")
        elif number < 0 and table not in _SIGNED:
            yield Fault(path, f"{path} is {number:g}", "give a number of zero or more")
    value, low, high = (getattr(row, name, None) for name in ("value", "low", "high"))
    if not isinstance(value, float):
        return
    if table in _SHARES and not 0 <= value <= 1:
        yield Fault("value", f"value is {value:g}", "give a share from 0 to 1, such as 0.999")
    if table in _POSITIVE and value <= 0:
        yield Fault("value", f"value is {value:g}", "give a number above zero")
    if isinstance(low, float) and isinstance(high, float) and not low <= value <= high:
        fact = f"value {value:g} is outside its own range, {low:g} to {high:g}"
        yield Fault("value", fact, "mend value, low or high")


def _numbers(path: str, data: Any) -> Iterator[tuple[str, float]]:
    if isinstance(data, float | int) and not isinstance(data, bool):
        yield path, float(data)
    elif isinstance(data, dict):
        for key, item in data.items():
            yield from _numbers(f"{path}.{key}".strip("."), item)
    elif isinstance(data, list | tuple):
        for n, item in enumerate(data):
            yield from _numbers(f"{path}[{n}]", item)


def _technology(row: Technology, catalogue: Catalogue) -> Iterator[Fault]:
    if row.category not in CATEGORIES:
        listed = ", ".join(sorted(CATEGORIES))
        yield Fault("category", f"there is no category {row.category[:60]!r}", f"one of: {listed}")
    if row.language is not None:
        yield from _missing("language", (row.language,), "technology", catalogue.table(TECHNOLOGIES))
    if row.category == "framework" and not (row.capacity and row.language):
        yield Fault("capacity", "a framework needs its language and its capacity", "name rows of both tables")
    rates = catalogue.table(CAPACITY)
    for field in ("capacity", "events", "compression"):
        key = getattr(row, field)
        if key and not any(c == key or c.startswith(f"{key}.") for c in rates):
            yield Fault(field, f"the table capacity has no row {key[:60]!r}", "add that row, or leave the field out")
    for field in ("run", "managed", "build"):
        effort = getattr(row, field)
        if effort is not None and not effort.low <= effort.value <= effort.high:
            yield Fault(field, f"{field} is not [value, low, high] with low <= value <= high", "put them in that order")
    families = {i.family for i in catalogue.table(INSTANCES).values()}
    for offer in row.offers:
        keys = (*offer.usage, offer.storage, offer.minimum, offer.egress)
        yield from _missing("offers", keys, "price", catalogue.table(PRICES))
        yield from _missing("offers", (offer.sla, offer.sla_single), "sla", catalogue.table(PROMISES))
        if offer.family and offer.family not in families:
            yield Fault("offers", f"there is no family of instances {offer.family[:60]!r}", "add rows to instances")


def _provider(row: Provider, catalogue: Catalogue) -> Iterator[Fault]:
    keys = (row.disk, row.snapshot, row.address, row.logs, row.key, row.secret, *(key for _, key in row.egress))
    yield from _missing("prices", keys, "price", catalogue.table(PRICES))
    yield from _missing("sla", (row.sla_single, row.sla_zones), "sla", catalogue.table(PROMISES))
    if row.vm not in {i.family for i in catalogue.table(INSTANCES).values()}:
        yield Fault("vm", f"there is no family of instances {row.vm[:60]!r}", "add rows to instances")
    if row.id not in {r.provider for r in catalogue.table(REGIONS).values()}:
        yield Fault("id", f"no region belongs to {row.id[:60]!r}", "add a row to regions")


def _missing(field: str, keys: Iterable[str], what: str, rows: Iterable[str]) -> Iterator[Fault]:
    known = frozenset(rows)
    for key in dict.fromkeys(keys):
        if key and key not in known:
            yield Fault(field, f"there is no {what} {key[:60]!r}", "add it to its table, or name one that is there")
