"""Example values: made from the names of things by a fixed rule, so that a thing looks the same everywhere."""

import hashlib
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from archsmith.knowledge.samples import Sample, Samples
from archsmith.model.domain import AttributeType
from archsmith.model.shapes import Field

FIRST_DAY: Final = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
"""The day on which the examples play. It is no figure of the design."""
_BETWEEN: Final = timedelta(days=2)
"""From one example of a kind of thing to the next, which is older."""


def seed(*parts: object) -> int:
    """A whole number out of names; the same names give the same number on every machine."""
    text = "\n".join(map(str, parts))
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:8], "big")


def identifier(kind: str, index: int = 0) -> str:
    """The id of the `index`-th example of a kind of thing: a UUID of version 7 (RFC 9562), made on its day."""
    digest = hashlib.sha256(f"{kind}\n{index}".encode("utf-8", "surrogatepass")).digest()
    made = int((FIRST_DAY - index * _BETWEEN).timestamp() * 1000).to_bytes(6, "big")
    raw = bytearray(made + digest[:10])
    raw[6] = raw[6] & 0x0F | 0x70
    raw[8] = raw[8] & 0x3F | 0x80
    return str(uuid.UUID(bytes=bytes(raw)))


def token(kind: str, length: int = 32) -> str:
    """Something that looks like an opaque token."""
    return hashlib.sha256(kind.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def stamp(moment: datetime) -> str:
    """A moment in UTC (RFC 3339)."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


class Values:
    """Example values of fields, by type and name."""

    def __init__(self, samples: Samples) -> None:
        self._samples = samples

    def of(self, field: Field, thing: str, index: int = 0) -> Any:
        """A value of the `index`-th example of a thing (its name in snake case) that fits the field's limits.

        A pattern has its example beside it, unless samples of that name or type fit it (currencies, phone numbers).
        """
        if field.example:
            return field.example
        if field.type is AttributeType.UUID:
            return identifier(f"{thing} {field.name}", index)
        if field.unique and field.read_only and field.pattern:  # a reference that we draw: hexadecimal digits
            return token(f"{thing} {field.name} {index}", field.max_length or 32).upper()
        if field.type is AttributeType.JSON:
            return {"note": "as the client sent it"}
        if field.type is AttributeType.STATE and field.states:
            return field.states[0]
        wanted = AttributeType.TEXT if field.type is AttributeType.STATE else field.type
        row = self._samples.of(wanted, field.name, thing)
        # Names and addresses of one example go together, since both count from the thing; figures differ by field.
        start = seed(thing) + index if row.values else seed(field.name, thing, index)
        made = _MAKE[wanted](row, start, index, field.read_only)
        if isinstance(made, str):
            made = _fit(made.replace("{thing}", thing.replace("_", " ").capitalize()), field)
        return _within(made, field) if isinstance(made, int | float) and not isinstance(made, bool) else made


def _fit(text: str, field: Field) -> str:
    """No longer and no shorter than the field may be."""
    longest, shortest = field.max_length, field.min_length or 0
    kept = text[:longest].strip() if longest and len(text) > longest else text
    return kept if len(kept) >= shortest else kept.ljust(shortest, "0")


def _within(value: float, field: Field) -> float:
    low = value if field.minimum is None else max(value, field.minimum)
    return low if field.maximum is None else min(low, field.maximum)


def _listed(row: Sample, number: int, _index: int, _ours: bool) -> str:
    return row.values[number % len(row.values)]


def _numbered(row: Sample, number: int, index: int, ours: bool) -> str:
    return _listed(row, number, index, ours).replace("{number}", str(number % 40 + 1))


def _between(row: Sample, number: int) -> float:
    scale = 10.0**row.decimals
    return row.low + (number % (round((row.high - row.low) * scale) + 1)) / scale


def _integer(row: Sample, number: int, _index: int, _ours: bool) -> int:
    return round(_between(row, number))


def _decimal(row: Sample, number: int, _index: int, _ours: bool) -> float:
    return round(_between(row, number), row.decimals)


def _money(row: Sample, number: int, _index: int, _ours: bool) -> str:
    return f"{round(_between(row, number) * 2) / 2:.2f}"


def _day(row: Sample, index: int) -> datetime:
    return FIRST_DAY + timedelta(days=row.days) - index * _BETWEEN


def _date(row: Sample, _number: int, index: int, _ours: bool) -> str:
    return _day(row, index).date().isoformat()


def _timestamp(row: Sample, number: int, index: int, ours: bool) -> str:
    """What the system notes has seconds; what people arrange begins on the hour."""
    day = _day(row, index)
    if ours:
        return stamp(day + timedelta(seconds=number % 900))
    return stamp(day.replace(minute=0) + timedelta(hours=row.hours))


def _boolean(row: Sample, _number: int, _index: int, _ours: bool) -> bool:
    return row.values[0] == "true"


def _place(row: Sample, number: int, _index: int, _ours: bool) -> dict[str, float]:
    latitude, longitude = row.values[number % len(row.values)].split()
    return {"latitude": float(latitude), "longitude": float(longitude)}


_MAKE: Final[dict[AttributeType, Callable[[Sample, int, int, bool], Any]]] = {
    AttributeType.TEXT: _numbered,
    AttributeType.EMAIL: _listed,
    AttributeType.PHONE: _listed,
    AttributeType.URL: _listed,
    AttributeType.FILE: _listed,
    AttributeType.INTEGER: _integer,
    AttributeType.DECIMAL: _decimal,
    AttributeType.MONEY: _money,
    AttributeType.BOOLEAN: _boolean,
    AttributeType.DATE: _date,
    AttributeType.TIMESTAMP: _timestamp,
    AttributeType.GEO: _place,
}
