"""Example values: made from the names of things by a fixed rule, so that a thing looks the same everywhere."""

import hashlib
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from archsmith.knowledge.samples import Sample, Samples
from archsmith.model.domain import AttributeType

_FIRST_DAY: Final = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
"""The day on which the examples play. It is no figure of the design."""


def seed(*parts: object) -> int:
    """A whole number out of names; the same names give the same number on every machine."""
    return int.from_bytes(
        hashlib.sha256("\n".join(map(str, parts)).encode("utf-8", "surrogatepass")).digest()[:8], "big"
    )


def identifier(kind: str, index: int = 0) -> str:
    """The id of the `index`-th example of a kind of thing."""
    digest = hashlib.sha256(f"{kind}\n{index}".encode("utf-8", "surrogatepass")).digest()
    return str(uuid.UUID(bytes=digest[:16], version=4))


class Values:
    """Example values of attributes, by type."""

    def __init__(self, samples: Samples) -> None:
        self._samples = samples

    def of(self, kind: AttributeType, attribute: str, entity: str, index: int = 0) -> Any:
        """A value for an attribute of the `index`-th example of an entity."""
        if kind is AttributeType.UUID:
            return identifier(attribute, index)
        if kind is AttributeType.JSON:
            return {"key": "value"}
        wanted = AttributeType.TEXT if kind is AttributeType.STATE else kind
        row = self._samples.of(wanted, attribute, entity)
        # Names and addresses of one example go together, since both count from the entity; figures differ by attribute.
        start = seed(entity) + index if row.values else seed(attribute, entity, index)
        return _MAKE[wanted](row, start, index)


def _listed(row: Sample, number: int, _index: int) -> str:
    return row.values[number % len(row.values)]


def _between(row: Sample, number: int) -> float:
    scale = 10.0**row.decimals
    return row.low + (number % (round((row.high - row.low) * scale) + 1)) / scale


def _integer(row: Sample, number: int, _index: int) -> int:
    return round(_between(row, number))


def _decimal(row: Sample, number: int, _index: int) -> float:
    return round(_between(row, number), row.decimals)


def _money(row: Sample, number: int, _index: int) -> str:
    return f"{_between(row, number):.2f}"


def _moment(row: Sample, number: int, index: int) -> datetime:
    return _FIRST_DAY + timedelta(days=row.days + 2 * index, minutes=number % 50)


def _date(row: Sample, number: int, index: int) -> str:
    return _moment(row, number, index).date().isoformat()


def _timestamp(row: Sample, number: int, index: int) -> str:
    return _moment(row, number, index).strftime("%Y-%m-%dT%H:%M:%SZ")


def _boolean(row: Sample, _number: int, _index: int) -> bool:
    return row.values[0] == "true"


def _place(row: Sample, number: int, _index: int) -> dict[str, float]:
    latitude, longitude = row.values[number % len(row.values)].split()
    return {"latitude": float(latitude), "longitude": float(longitude)}


_MAKE: Final[dict[AttributeType, Callable[[Sample, int, int], Any]]] = {
    AttributeType.TEXT: _listed,
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
