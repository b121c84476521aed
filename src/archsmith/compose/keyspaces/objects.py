"""Prefixes of the bucket: one for the files of each entity, one for what is kept of a stream as it came."""

from archsmith.compose.keyspaces.made import Making
from archsmith.compose.ownership import TENANT
from archsmith.kernel.units import Bytes, Count, Days, Seconds
from archsmith.model.domain import READS, AttributeType
from archsmith.model.keyspaces import Keyspace, KeyspaceKind

_HOURS = 730.5
"""Of a month."""


def prefixes(of: Making) -> list[Keyspace]:
    """The prefix of an entity. The entity stands first, so that a lifecycle rule can name it; then whose file it is."""
    name = of.names.take(of.table, of.entity.id)
    is_file = of.entity.blob_bytes.value > 0
    whose = "{tenant_id}/" if of.shape.field(TENANT) else ""
    time, uploaded = of.time.name, is_file and _uploaded(of)
    pattern = f"{name}/{whose}{{id}}" if is_file else f"{name}/{{date of {time}}}/{{hour of {time}}}.ndjson.gz"
    return [
        Keyspace(
            store=of.store.id,
            name=name,
            kind=KeyspaceKind.PREFIX,
            entity=of.entity.id,
            comment=f"Files of {of.entity.plural or of.entity.name}"
            if is_file
            else f"{(of.entity.plural or of.entity.name).capitalize()} as they came, an object an hour",
            fields=_facts(of) if is_file else (),
            pattern=pattern,
            patterns=(),
            keep=of.keep,
            items=of.entity.rows.value if is_file else Count(of.months * _HOURS),
            item_bytes=of.entity.blob_bytes.value if is_file else _an_hour(of),
            multipart_days=Days(of.ctx.parameter("objects.multipart")),
            uploaded=uploaded,
            preflight=Seconds(of.ctx.parameter("objects.preflight")) if uploaded else None,
            because=of.because,
        )
    ]


def _an_hour(of: Making) -> Bytes:
    """Bytes of an hour's rows, before they are compressed."""
    return Bytes(of.entity.rows_per_month.value / _HOURS * of.entity.row_bytes.value)


def _facts(of: Making) -> tuple[str, ...]:
    """What the row keeps about its file: its key, type, size."""
    return tuple(
        f.name
        for f in of.shape.fields
        if f.type is AttributeType.FILE or of.ctx.naming.has("file_facts", f.name) or f.name == "object_key"
    )


def _uploaded(of: Making) -> bool:
    """Whether a browser puts files there itself: somebody outside adds rows that have one."""
    return any(
        o.access not in READS and not of.ctx.actors[o.actor].internal for o in of.ctx.operations_on[of.entity.id]
    )
