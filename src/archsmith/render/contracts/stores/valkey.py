"""A shared cache: who may touch which keys (an ACL file that the server loads), and the keys themselves in a README."""

from collections.abc import Iterable
from typing import Final

from archsmith.model.artifacts import Artifact
from archsmith.model.design import Design
from archsmith.model.keyspaces import Keyspace, KeyspaceKind
from archsmith.render import show
from archsmith.render.contracts.stores.kept import Kept, kept
from archsmith.render.markdown import bullets, code, join, listed, table, text
from archsmith.render.view import View

ENGINES: Final = ("valkey", "redis")
_MAY: Final = "-@all +@connection +@read +@write +@transaction +@scripting +@pubsub -@admin -@dangerous"


def valkey(design: Design) -> Iterable[Artifact]:
    """Two files for each shared cache."""
    view = View(design)
    for store in kept(view, ENGINES):
        yield store.file("users.acl", _users(store))
        yield store.file("README.md", _readme(store))


def _users(store: Kept) -> str:
    """One user a service; each gets its password when the system is set up."""
    logins = [x.name for x in store.view.arch.logins if x.store == store.store.id]
    users = [f"user {login} on resetpass {' '.join(rights(store.keyspaces))}" for login in logins]
    return "\n".join(["user default off", *users]) + "\n"


def rights(keyspaces: Iterable[Keyspace]) -> list[str]:
    """What a user may: the prefixes and channels that the design knows, and no command of an administrator."""
    keyspaces = list(keyspaces)
    prefixes = sorted({k.pattern.split(":", 1)[0] for k in keyspaces if k.kind is KeyspaceKind.KEYS})
    channels = sorted({k.pattern.split(":", 1)[0] for k in keyspaces if k.kind is KeyspaceKind.CHANNEL})
    return [*(f"~{p}:*" for p in prefixes), "resetchannels", *(f"&{c}:*" for c in channels), *_MAY.split()]


def _readme(store: Kept) -> str:
    name = text(store.store.name)
    keys = [k for k in store.keyspaces if k.kind is KeyspaceKind.KEYS]
    changed = [
        f"after {listed(text(store.view.operation_name(o)) for o in k.changed_by)}: {code(_dropped(k))}"
        for k in _each_once(keys)
    ]
    arithmetic = [
        f"{code(k.name)}: {text(f'{f.what.lower()} {show.formula(f.formula)} = {show.size(f.value)}')}."
        for k in keys
        for f in k.figures
    ]
    lists = any("{generation}" in k.pattern for k in keys)
    return (
        join(
            [
                f"# Keys of the {name}",
                text(f"{store.head()[0]} It holds copies only: losing it costs time, not data."),
                table(
                    ("Key", "Type", "Holds", "Lives", "Entries", "Memory"),
                    [_row(store, k) for k in store.keyspaces],
                    right=(3, 4, 5),
                ),
                "Keys of lists carry the generation of their entity, a counter: who changes a row raises it, and the "
                "lists of before are never asked for again."
                if lists
                else "",
                "## What ends an entry early" if changed else "",
                bullets(changed),
                "## Memory",
                bullets(arithmetic),
                "`maxmemory-policy allkeys-lfu`: where memory does not do, what is asked least goes first. Every "
                "answer has an end, so that a change whose invalidation was lost is seen after it.",
                "`users.acl`: a user a service, for `--aclfile`; `ACL SETUSER NAME >PASSWORD` gives it its password.",
            ]
        )
        + "\n"
    )


def _dropped(keyspace: Keyspace) -> str:
    """The command by which an entry is no longer found."""
    before, counted, _ = keyspace.pattern.partition("{generation}")
    return f"INCR {_generation(before)}" if counted else f"DEL {keyspace.pattern}"


def _generation(before: str) -> str:
    """The counter of an entity's lists: the beginning of their keys, without what tells one list from another."""
    return f"{before.rstrip(':').rpartition(':')[0]}:generation"


def _each_once(keys: list[Keyspace]) -> list[Keyspace]:
    """Lists of one entity share a counter."""
    return list({_dropped(k): k for k in reversed(keys) if k.changed_by}.values())[::-1]


def _row(store: Kept, keyspace: Keyspace) -> tuple[str, ...]:
    kind = (
        "channel" if keyspace.kind is KeyspaceKind.CHANNEL else "string, JSON" if keyspace.entity else "string, counter"
    )
    memory = sum(f.value for f in keyspace.figures if f.unit == "bytes")
    return (
        code(keyspace.pattern, in_table=True),
        kind,
        text(keyspace.comment),
        show.duration(keyspace.ttl) if keyspace.ttl is not None else "",
        show.number(keyspace.items) if keyspace.items else "",
        show.size(memory) if memory else "",
    )
