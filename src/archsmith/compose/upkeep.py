"""Pass: how long the first foreseeable changes of each table take, now and at ten times its rows."""

from typing import Final

from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.kernel.units import Bytes, Count, Ratio, Seconds
from archsmith.knowledge.migration_tools import evolution
from archsmith.model.contracts import Table
from archsmith.model.upkeep import TableWork, Upkeep

TIMES: Final = (1.0, 10.0)


def upkeep(ctx: Context, draft: Draft) -> None:
    """One entry for each table with an entity and each size."""
    cat = ctx.catalogue
    draft.upkeep = Upkeep(
        batch=round(evolution(cat, "batch_rows")),
        busy=Ratio(evolution(cat, "busy_share")),
        lock=Seconds(evolution(cat, "lock_timeout")),
        statement=Seconds(evolution(cat, "statement_timeout")),
        cut=Count(ctx.parameter("partition.rows")),
        work=tuple(_work(ctx, t, times) for t in draft.tables if t.entity in ctx.entities for times in TIMES),
    )


def _work(ctx: Context, table: Table, times: float) -> TableWork:
    """A batch takes batch / rate, and the pause after it leaves the store to the users for the rest of the time."""
    assert table.entity is not None, "asked only of tables of entities"
    entity = ctx.entities[table.entity]
    rows = entity.rows.value * times
    size = rows * entity.row_bytes.value
    batch, rate = evolution(ctx.catalogue, "batch_rows"), evolution(ctx.catalogue, "write_rate")
    share, scan = evolution(ctx.catalogue, "busy_share"), size / evolution(ctx.catalogue, "scan_rate")
    return TableWork(
        store=table.store,
        table=table.name,
        times=times,
        rows=Count(rows),
        size=Bytes(size),
        pause=Seconds(batch / rate * (1 / share - 1)),
        scan=Seconds(scan),
        twice=Seconds(2 * scan),
        change=Seconds(rows / rate / share),
    )
