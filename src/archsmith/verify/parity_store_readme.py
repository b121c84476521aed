"""Keys, access patterns and arithmetic that a README of a store tells, since its other files have no room for them."""

from collections.abc import Iterable, Iterator
from typing import Final

from archsmith.model.base import Figure
from archsmith.model.keyspaces import AccessPattern, KeyPart, Keyspace, KeyspaceKind
from archsmith.verify.parity_documents import tables_of
from archsmith.verify.parity_store_documents import attribute_type
from archsmith.verify.parity_store_kept import (
    Kept,
    Line,
    Shown,
    Tree,
    computed,
    letters,
    line,
    numbered,
    written,
)

Cells = dict[str, Line]
_COMMANDS: Final = "-@all +@connection +@read +@write +@transaction +@scripting +@pubsub -@admin -@dangerous"
"""What services may do in a cache: nothing that an administrator does."""


def readme(text: str) -> Tree:
    """The rows of its tables, without what is empty, and its lists. Paragraphs are words for people."""
    rows = [{c: cell for c, cell in row.items() if letters(cell)} for _, found in tables_of(text) for row in found]
    return {"rows": numbered(rows), "list": numbered(x[2:] for x in text.splitlines() if x.startswith("- "))}


def _told(rows: Iterable[Cells], bullets: Iterable[Line]) -> Tree:
    full = [{c: said for c, said in row.items() if letters(str(said))} for row in rows]
    return {"rows": numbered(full), "list": numbered(bullets)}


def users(text: str) -> Tree:
    """Users of a cache with their rules, which count in their order."""
    lines = [x for x in text.splitlines() if x.strip()]
    return {"users": [{"user": " ".join(x.split()[:2]), "rules": " ".join(x.split()[2:])} for x in lines]}


def cache(of: Kept) -> dict[str, Tree]:
    """Users with their prefixes; keys with type, life and memory, and what ends an entry early."""
    kinds = (KeyspaceKind.KEYS, KeyspaceKind.CHANNEL)
    keys, channels = (sorted({k.pattern.split(":")[0] for k in of.keyspaces if k.kind is kind}) for kind in kinds)
    rules = ["on resetpass", *(f"~{k}:*" for k in keys), "resetchannels", *(f"&{c}:*" for c in channels), _COMMANDS]
    logins = [x.name for x in of.design.architecture.logins if x.store == of.store.id]
    said = [{"user": f"user {name}", "rules": " ".join(rules)} for name in logins]
    families = [k for k in of.keyspaces if k.kind is KeyspaceKind.KEYS]
    memory = [_memory(k, f) for k in families for f in k.figures]
    return {
        "users.acl": {"users": [{"user": "user default", "rules": "off"}, *said]},
        "README.md": _told((_family(k) for k in of.keyspaces), [*_ended(of, families), *memory]),
    }


def _memory(k: Keyspace, f: Figure) -> Line:
    return line(f"{k.name}: {f.what.lower()} {written(f.formula)} =", Shown(f.value, f.unit))


def _family(k: Keyspace) -> Cells:
    kind = "channel" if k.kind is KeyspaceKind.CHANNEL else "string, JSON" if k.entity else "string, counter"
    memory = sum(f.value for f in k.figures if f.unit == "bytes")
    return {
        "Key": line(k.pattern),
        "Type": line(kind),
        "Holds": line(k.comment),
        "Lives": line(Shown(k.ttl, "s")) if k.ttl is not None else line(),
        "Entries": line(Shown(k.items, "")) if k.items else line(),
        "Memory": line(Shown(memory, "bytes")) if memory else line(),
    }


def _ended(of: Kept, families: Iterable[Keyspace]) -> Iterator[Line]:
    """After which operations which entry goes; lists of an entity share a counter."""
    found: dict[str, tuple[str, ...]] = {}
    for k in families:
        before, counted, _ = k.pattern.partition("{generation}")
        command = f"INCR {before.rstrip(':').rpartition(':')[0]}:generation" if counted else f"DEL {k.pattern}"
        if k.changed_by:
            found[command] = found.pop(command, k.changed_by)
    for command, operations in found.items():
        yield line(f"after {of.names(operations, len(operations))}: {command}")


def bucket(of: Kept) -> dict[str, Tree]:
    """Keys of objects with what their rows keep, size and life."""
    rows = [
        {
            "Key of an object": line(k.pattern),
            "What it is": line(k.comment),
            "The row keeps": line(", ".join(k.fields)),
            "Size": line(Shown(k.item_bytes, "bytes")),
            "Kept": line(Shown(k.keep, "months")) if k.keep is not None else line(_stays(k)),
        }
        for k in of.keyspaces
    ]
    return {"README.md": _told(rows, ())}


def _stays(k: Keyspace) -> str:
    return "as long as its row" if k.fields else "no limit"


def patterns(of: Kept) -> dict[str, Tree]:
    """What operations ask of what, and the arithmetic."""
    rows = [
        {
            "Operation": line(of.names(p.operations, 6)),
            "In": line(k.name),
            "Selected by": line(", ".join(p.equal)),
            "Order or range": line(p.order),
            "At the peak": line(Shown(p.peak, "rate")),
        }
        for k in of.keyspaces
        for p in k.patterns
    ]
    figures = [line(f"{k.name}: ", *computed(f).parts) for k in of.keyspaces for f in k.figures]
    return {"README.md": _told(rows, figures)}


def requests(of: Kept) -> dict[str, Tree]:
    """How operations ask DynamoDB, what no two items share, attributes with their types, and the arithmetic."""
    rows = [_request(of, k, p) for k in of.keyspaces for p in k.patterns]
    once = [
        line(
            f"{k.name}: {k.comment}. Both items are written by one TransactWriteItems, this one with "
            f"attribute_not_exists({k.partition[0].name})."
        )
        for k in of.keyspaces
        if k.kind is KeyspaceKind.UNIQUE
    ]
    own = [line(f"{k.name}.{f.name}: {f.description}") for k in of.keyspaces for f in k.own]
    attributes = [_attributes(of, k) for k in of.keyspaces]
    figures = [_arithmetic(of, k) for k in of.keyspaces if k.figures]
    return {"README.md": _told(rows, [*once, *own, *attributes, *figures])}


def _arithmetic(of: Kept, k: Keyspace) -> Line:
    _, *rest = of.said(k)
    return line(f"{k.name}: ", *(part for said in rest for part in said.parts))


def _attributes(of: Kept, k: Keyspace) -> Line:
    keys = {p.name for p in (*k.partition, *k.order)}
    always, rare = list[str](), list[str]()
    for f in of.fields(k):
        (always if f.required or f.name in keys else rare).append(f"{f.name} {attribute_type(f)}")
    return line(f"{k.name}: {', '.join(always)}", f"; not always {', '.join(rare)}" if rare else "")


def _request(of: Kept, k: Keyspace, p: AccessPattern) -> Cells:
    index = k.index(p.index)
    partition, order = (index.partition, index.order) if index else (k.partition, k.order)
    one = "GetItem, PutItem, UpdateItem, DeleteItem"
    return {
        "Operation": line(of.names(p.operations, 6)),
        "Table": line(k.name),
        "Index": line(p.index),
        "Request": line("Scan" if p.scan else "Query" if index or order else one),
        "Key condition": line("" if p.scan else _condition(partition, order, p)),
        "At the peak": line(Shown(p.peak, "rate")),
    }


def _condition(partition: tuple[KeyPart, ...], order: tuple[KeyPart, ...], p: AccessPattern) -> str:
    said = " and ".join(f"{part.name} = :{part.name}" for part in partition)
    spread = max((part.spread for part in partition), default=1)
    said += f", one query for each of {spread} numbers" if spread > 1 else ""
    if order and p.order:
        said += f", by {order[0].name}" + (", newest first" if order[0].descending else "")
    return said
