"""How messages travel by each broker: protocol, names, order, and what happens to those that fail."""

from typing import Final

import msgspec

from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.model.base import Value


class Wire(Value, frozen=True, kw_only=True, rename={"alike": "as"}):
    """A technology's way with messages. `alike`: others that behave the same.

    `separator` joins the parts of a name of at most `longest` characters. `order` and `again` say how order is kept
    and how a message is tried again; a partition takes `partition_messages` and `partition_bytes` a second, 0 where
    that is nothing to count. `hosts`: where services of providers are reached, by technology, with `{variable}`s.
    `security`: a security scheme of AsyncAPI 3.
    """

    id: str
    alike: tuple[str, ...] = ()
    protocol: str
    version: str = ""
    separator: str
    longest: int
    port: int
    hosts: dict[str, str] = msgspec.field(default_factory=dict)
    security: dict[str, str]
    ordered: bool
    order: str
    again: str
    partition_messages: float
    partition_bytes: float
    source: str

    @property
    def partitioned(self) -> bool:
        """Whether its channels are cut into partitions that are counted."""
        return self.partition_messages > 0 or self.partition_bytes > 0


WIRES: Final = Table("wires", Wire)


def wire_of(catalogue: Catalogue, engine: str) -> Wire | None:
    """How messages travel by a technology; None where it is no broker that stands apart."""
    rows = catalogue.table(WIRES).values()
    return next((row for row in rows if engine in (row.id, *row.alike)), None)
