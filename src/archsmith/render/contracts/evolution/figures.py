"""How much a change has to do: rows and bytes of a table at the horizon, and how long reading or changing takes."""

from dataclasses import dataclass

from archsmith.kernel.units import Bytes, Count, Seconds
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.migration_tools import evolution
from archsmith.model.contracts import Table
from archsmith.render.view import View


@dataclass(frozen=True, slots=True)
class Effort:
    """What changing every row of a table takes: batches of `batch` rows with `pause` between them."""

    rows: Count
    size: Bytes
    batch: int
    pause: Seconds
    scan: Seconds
    change: Seconds
    limit: Seconds


def effort(view: View, table: Table, catalogue: Catalogue, times: float = 1.0) -> Effort:
    """Of a table with an entity, at `times` its rows at the horizon. A batch takes batch / rate, and the pause after it
    leaves the store to the users for the rest of the time."""
    entity = view.entities[table.entity] if table.entity else None
    rows = Count((entity.rows.value if entity else 0) * times)
    size = Bytes(rows * (entity.row_bytes.value if entity else 0))
    batch, rate = evolution(catalogue, "batch_rows"), evolution(catalogue, "write_rate")
    share = evolution(catalogue, "busy_share")
    return Effort(
        rows=rows,
        size=size,
        batch=round(batch),
        pause=Seconds(batch / rate * (1 / share - 1)),
        scan=Seconds(size / evolution(catalogue, "scan_rate")),
        change=Seconds(rows / rate / share),
        limit=Seconds(evolution(catalogue, "statement_timeout")),
    )
