"""What the stores keep that are no relational database: under which keys, for how long, and for which operations."""

from archsmith.model.keyspaces import KeyPart, Keyspace, KeyspaceKind
from archsmith.render import show
from archsmith.render.markdown import code, listed, table, text
from archsmith.render.prose import capital, some
from archsmith.render.view import View

HEADING = "### Keys, indexes and buckets"


def keyspaces(view: View) -> list[str]:
    """One table over all of them, and where their files lie; nothing where every store is relational."""
    rows = [_row(view, k) for k in view.arch.keyspaces if k.store in view.stores]
    if not rows:
        return []
    head = ("Store", "Kept as", "Key", "Order", "Indexes", "Lives", "Serves")
    return [HEADING, table(head, rows)]


def _row(view: View, keyspace: Keyspace) -> tuple[str, ...]:
    operations = dict.fromkeys(view.operation_name(o) for p in keyspace.patterns for o in p.operations)
    indexes = [i for i in keyspace.indexes if i.operations or i.unique]
    return (
        capital(view.stores[keyspace.store].name),
        _kept_as(keyspace),
        code(keyspace.pattern, in_table=True) or _parts(keyspace.partition),
        _parts(keyspace.order),
        listed(code(i.name, in_table=True) for i in indexes) or _searched(keyspace),
        _lives(keyspace),
        some([text(o) for o in operations], 3),
    )


def _kept_as(keyspace: Keyspace) -> str:
    kind = "unique values" if keyspace.kind is KeyspaceKind.UNIQUE else keyspace.kind.replace("_", "-")
    parts = [f" with {code(p.name, in_table=True)} inside" for p in keyspace.parts]
    return f"{kind} {code(keyspace.name, in_table=True)}{''.join(parts)}"


def _parts(parts: tuple[KeyPart, ...]) -> str:
    return ", ".join(
        code(p.name, in_table=True)
        + (f" (0 to {p.spread - 1})" if p.spread > 1 else "")
        + (", newest first" if p.descending else "")
        for p in parts
    )


def _searched(keyspace: Keyspace) -> str:
    if keyspace.analysis is None or not keyspace.analysis.searched:
        return ""
    words = listed(code(f, in_table=True) for f in keyspace.analysis.searched)
    return f"words of {words}, {keyspace.shards} shard{'s' if keyspace.shards > 1 else ''}"


def _lives(keyspace: Keyspace) -> str:
    if keyspace.ttl is not None:
        return show.duration(keyspace.ttl)
    return show.months(keyspace.keep) if keyspace.keep is not None else ""
