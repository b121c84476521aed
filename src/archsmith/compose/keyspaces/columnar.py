"""Tables of columns, and measurements: sorted by what queries select by, cut by time, with the sums that are asked."""

from msgspec.structs import replace

from archsmith.compose.keyspaces.made import Making, kept_fields, own_field, parts_in, pattern_of
from archsmith.compose.keyspaces.paths import KEY, ORDERED, Path, distinct
from archsmith.compose.names import bounded
from archsmith.compose.ownership import TENANT
from archsmith.kernel.units import DAY, Seconds
from archsmith.model.domain import Access, AttributeType, Operation
from archsmith.model.keyspaces import KeyPart, Keyspace, KeyspaceKind, Period
from archsmith.model.shapes import Field, Source

_HOUR = Seconds(3600.0)
_SUMMED = frozenset({AttributeType.INTEGER, AttributeType.DECIMAL, AttributeType.MONEY})
_TEXTS = (
    frozenset(AttributeType)
    - ORDERED
    - {
        AttributeType.UUID,
        AttributeType.BOOLEAN,
        AttributeType.JSON,
        AttributeType.GEO,
    }
)
COUNT = "row_count"
"""How many rows a line of a roll-up stands for."""


def columns(of: Making) -> list[Keyspace]:
    """The table of an entity, and a roll-up for each way in which its rows are asked for in sums."""
    name = of.names.take(of.table, of.entity.id)
    paths, cut = of.paths(), _cut(of)
    table = Keyspace(
        store=of.store.id,
        name=name,
        kind=KeyspaceKind.TABLE,
        entity=of.entity.id,
        comment=of.comment,
        fields=kept_fields(of.shape),
        partition=(),
        order=_order(of, paths, cut),
        cut=cut,
        versioned=of.shape.lock if of.changes else "",
        few=_few(of),
        patterns=tuple(pattern_of(p) for p in paths if p.operations),
        keep=of.keep,
        items=of.entity.rows.value,
        item_bytes=of.entity.row_bytes.value,
        shards=of.store.nodes,
        because=of.because,
    )
    return [table, *_roll_ups(of, name)]


def measurements(of: Making) -> list[Keyspace]:
    """A measurement: what readings are told apart by are tags, the rest are values of a point in time."""
    name = of.names.take(of.table, of.entity.id)
    tags = [f for f in of.shape.fields if f.refers is not None or f.states or f.source in (Source.TENANT, Source.OWNER)]
    return [
        Keyspace(
            store=of.store.id,
            name=name,
            kind=KeyspaceKind.MEASUREMENT,
            entity=of.entity.id,
            comment=of.comment,
            fields=kept_fields(of.shape, {f.name for f in of.shape.fields if f.many}),
            partition=tuple(of.part(f.name) for f in tags if not f.many),
            order=(of.part(of.time.name),),
            patterns=tuple(pattern_of(p) for p in of.paths() if p.operations),
            keep=of.keep,
            items=of.entity.rows.value,
            item_bytes=of.entity.row_bytes.value,
            because=of.because,
        )
    ]


def _order(of: Making, paths: tuple[Path, ...], cut: KeyPart | None) -> tuple[KeyPart, ...]:
    """What queries compare for equality, the fewest values first, then the time, then the key.

    A primary index over few values skips most; rows that change are told by their key, so only what stays is in front.
    BigQuery sorts by few columns, and what a table is cut by is none of them.
    """
    lists = [p for p in paths if p.equal and not p.by_key]
    asked = max(lists, key=lambda p: (len(p.equal), p.peak), default=None)
    equal = list(asked.equal) if asked else [f.name for f in of.shape.fields if f.refers is not None and not f.many][:2]
    if of.shape.field(TENANT) and TENANT not in equal:
        equal.insert(0, TENANT)
    stays = [f for f in equal if _stays(of, f)]
    stays.sort(key=lambda f: (f != TENANT, distinct(of.ctx, of.draft, of.entity, (f,)), f))
    order = tuple(of.part(f) for f in dict.fromkeys([*stays, of.time.name, KEY]))
    if of.store.engine != "bigquery":
        return order
    most = int(of.ctx.parameter("keys.clusters"))
    return tuple(p for p in order if cut is None or p.name != cut.name)[:most]


def _few(of: Making) -> tuple[str, ...]:
    """States, and codes so short that there are few of them."""
    short = of.ctx.parameter("keys.code")
    texts = [f for f in of.shape.fields if f.type in _TEXTS and not (f.encrypted or f.many)]
    return tuple(f.name for f in texts if f.states or (f.max_length is not None and f.max_length <= short))


def _stays(of: Making, name: str) -> bool:
    """Whether each row has it, and keeps it."""
    field = of.shape.field(name)
    whose = field is not None and field.source in (Source.TENANT, Source.OWNER, Source.REFERENCE)
    return field is not None and field.required and (whose or not of.changes)


def _cut(of: Making) -> KeyPart | None:
    """By the longest period of which at least three are kept, so that whole parts are dropped; by none where rows stay
    and are few."""
    rows = of.entity.rows.value
    if of.keep is None and rows < of.ctx.parameter("partition.rows"):
        return None
    most = of.ctx.parameter("keys.cut_parts")
    fits = [p for p in (Period.MONTH, Period.DAY, Period.HOUR) if parts_in(p, of.months) >= 3]
    fits = [p for p in fits if parts_in(p, of.months) <= most] or [Period.MONTH]
    return KeyPart(name=of.time.name, fields=(of.time.name,), period=fits[0])


def _roll_ups(of: Making, table: str) -> list[Keyspace]:
    """Sums by period and by what the query selects by. Rows that change would be counted twice: none for them."""
    found: dict[tuple[tuple[str, ...], Period], list[Operation]] = {}
    if of.changes:
        return []
    for operation in of.ctx.operations_on[of.entity.id]:
        if operation.access is Access.AGGREGATE:
            key = (_dimensions(of, operation), _grain(operation))
            found.setdefault(key, []).append(operation)
    return [_roll_up(of, table, by, period, operations) for (by, period), operations in found.items()]


def _grain(operation: Operation) -> Period:
    """Not coarser than how old the answer may be."""
    fresh = operation.freshness.value if operation.freshness else DAY
    return Period.DAY if fresh >= DAY else Period.HOUR


def _dimensions(of: Making, operation: Operation) -> tuple[str, ...]:
    named = [of.shape.of(n) or of.shape.of(n.removesuffix("_id")) for n in operation.filters]
    asked = [f.name for f in named if f is not None and f.type not in ORDERED and not f.many and not f.encrypted]
    whose = [TENANT] if of.shape.field(TENANT) else []
    plain = [f.name for f in of.shape.fields if f.refers is not None and not f.many]
    return tuple(dict.fromkeys([*whose, *(asked or plain)]))


def _roll_up(of: Making, table: str, by: tuple[str, ...], period: Period, operations: list[Operation]) -> Keyspace:
    name = of.names.take(bounded(f"{of.table}_by_{period}"), f"{of.entity.id}.{by}.{period}")
    bucket = KeyPart(name=f"{period}_of_{of.time.name}", fields=(of.time.name,), period=period)
    summed = [f for f in of.shape.fields if f.type in _SUMMED and f.source is Source.ATTRIBUTE and not f.encrypted]
    own = (
        own_field(bucket.name, AttributeType.TIMESTAMP, f"Beginning of the {period}"),
        own_field(COUNT, AttributeType.INTEGER, f"How many {of.entity.plural or of.entity.name}"),
        *(_sum(f) for f in summed),
    )
    keys = tuple(of.part(f) for f in by)
    return Keyspace(
        store=of.store.id,
        name=name,
        kind=KeyspaceKind.ROLL_UP,
        entity=of.entity.id,
        comment=f"Sums of {of.entity.plural or of.entity.name} by {period}",
        fields=by,
        own=own,
        order=(*keys, bucket),
        few=tuple(name for name in _few(of) if name in by),
        source=table,
        patterns=tuple(pattern_of(Path(by, bucket.name, (o,))) for o in operations),
        keep=of.keep,
        because=of.because,
    )


def _sum(field: Field) -> Field:
    made = own_field(f"sum_{field.name}", field.type, f"Sum of {field.name}")
    return replace(made, attribute=field.name, precision=38 if field.precision else None, scale=field.scale)
