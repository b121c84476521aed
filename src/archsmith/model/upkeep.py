"""What changing a large table costs: how long it takes to read all of its rows, or to change them in batches."""

from archsmith.kernel.ids import StoreId
from archsmith.kernel.units import Bytes, Count, Ratio, Seconds
from archsmith.model.base import Value


class TableWork(Value, frozen=True, kw_only=True):
    """The work of a change on one table at `times` its rows at the horizon.

    `scan` reads all rows; `change` changes them in batches, with `pause` after each; `twice` reads them two times.
    """

    store: StoreId
    table: str
    times: float
    rows: Count
    size: Bytes
    pause: Seconds
    scan: Seconds
    twice: Seconds
    change: Seconds


class Upkeep(Value, frozen=True, kw_only=True):
    """How tables are changed while they are in use: batches of `batch` rows that take the store for `busy` of the time;
    a statement waits `lock` for a lock and runs `statement` at most. A table is cut from `cut` rows on."""

    batch: int
    busy: Ratio
    lock: Seconds
    statement: Seconds
    cut: Count
    work: tuple[TableWork, ...]

    def of(self, table: str, times: float = 1.0) -> TableWork:
        """The work on a table of an entity. Raises StopIteration for another one, which is a bug of the caller."""
        return next(w for w in self.work if (w.table, w.times) == (table, times))
