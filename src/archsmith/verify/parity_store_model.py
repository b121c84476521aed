"""What the model says of the stores, as facts in the words of their engines; made without looking at any file."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from archsmith.model.architecture import Architecture, Store
from archsmith.model.domain import AttributeType as T
from archsmith.model.keyspaces import KeyPart, Keyspace, KeyspaceKind, SecondaryIndex, fields_of
from archsmith.model.shapes import Field, Source
from archsmith.verify.parity_facts import Fact, facts_at

_DAYS: Final = 365 / 12
_INT32: Final = 2**31
_NUMBERS: Final = frozenset({T.INTEGER, T.DECIMAL, T.MONEY})


@dataclass(frozen=True)
class Kept:
    """A store, what it keeps, and the fields of that."""

    arch: Architecture
    store: Store

    @property
    def keyspaces(self) -> tuple[Keyspace, ...]:
        """Its keyspaces."""
        return tuple(k for k in self.arch.keyspaces if k.store == self.store.id)

    def fields(self, keyspace: Keyspace) -> tuple[Field, ...]:
        """The fields of a keyspace."""
        return fields_of(keyspace, self.arch.shapes)

    def place(self, keyspace: Keyspace) -> str:
        """Where facts of a keyspace stand."""
        return f"{self.store.id}.{keyspace.name}"


def days(keyspace: Keyspace) -> str:
    """After how many days rows end; empty for never."""
    return "" if keyspace.keep is None else str(max(1, round(keyspace.keep * _DAYS)))


def _names(parts: Iterable[KeyPart], key: str = "id") -> str:
    shown = ((key if p.name == "id" else p.name, p.descending) for p in parts)
    return ", ".join(f"{name} down" if down else name for name, down in shown)


def mongodb(of: Kept) -> Iterator[Fact]:
    """Collections, properties, indexes, shard keys."""
    for k in of.keyspaces:
        place, fields = of.place(k), of.fields(k)
        needed = frozenset("_id" if f.name == "id" else f.name for f in fields if f.required)
        yield from facts_at(place, {"required": needed, "strict": "strict error closed"})
        for field in fields:
            yield from _property(place, field)
        for part in k.parts:
            shape = next(s for s in of.arch.shapes if s.entity == part.entity)
            inner = [f for f in shape.fields if f.name in part.fields]
            said = {"type": "array", "maxItems": str(part.max_items)}
            yield from facts_at(f"{place}.{part.name}", said)
            yield Fact(
                f"{place}.{part.name}",
                "required",
                frozenset("_id" if f.name == "id" else f.name for f in inner if f.required),
            )
            for field in inner:
                yield from _property(f"{place}.{part.name}", field)
        for i in k.indexes:
            ends = "" if i.expires is None else str(int(i.expires))
            key = _names((*i.partition, *i.order), "_id")
            said = {"key": key, "unique": "yes" if i.unique else "", "ends": ends}
            yield from facts_at(f"{place} index {i.name}", said)
        if k.shards > 1:
            yield Fact(place, "shard key", _names(k.partition, "_id").replace(" down", ""))


_BSON: Final = {
    T.UUID: "binData", T.INTEGER: "int", T.DECIMAL: "decimal", T.MONEY: "decimal", T.BOOLEAN: "bool", T.DATE: "date",
    T.TIMESTAMP: "date", T.JSON: "object", T.GEO: "object",
}  # fmt: skip


def _property(place: str, f: Field) -> Iterable[Fact]:
    name = "_id" if f.name == "id" else f.name
    if f.encrypted:
        return facts_at(f"{place}.{name}", {"type": "binData"})
    if f.many:
        return facts_at(f"{place}.{name}", {"type": "array of binData", "maxItems": str(f.max_items)})
    kind = _BSON.get(f.type, "string")
    if f.type is T.INTEGER and (f.maximum or 0) >= _INT32:
        kind = "long"
    limits: dict[str, object] = {}
    if f.states:
        limits = {"states": ", ".join(f.states)}
    elif kind == "string":
        limits = {"minLength": f.min_length, "maxLength": f.max_length, "pattern": f.pattern or None}
    elif f.type in _NUMBERS:
        limits = {"minimum": f.minimum, "maximum": f.maximum}
    return facts_at(f"{place}.{name}", {"type": kind} | {w: str(v) for w, v in limits.items() if v is not None})


def dynamodb(of: Kept) -> Iterator[Fact]:
    """Tables, indexes, the attribute by which items end."""
    for k in of.keyspaces:
        kinds = {f.name: "N" if f.type in _NUMBERS and not f.encrypted else "S" for f in of.fields(k)}
        others = {T.BOOLEAN: "BOOL", T.JSON: "M", T.GEO: "M"}
        kinds |= {f.name: others[f.type] for f in of.fields(k) if f.type in others}
        place = of.place(k)
        yield from facts_at(place, {"key": _keys(k.partition, k.order, kinds), "billing": "PAY_PER_REQUEST"})
        for i in k.indexes:
            yield from facts_at(f"{place} index {i.name}", {"key": _keys(i.partition, i.order, kinds), "shows": "ALL"})
        if k.keep is not None and k.kind is not KeyspaceKind.UNIQUE:
            yield Fact(place, "ends by", "expires_at")


def _keys(partition: Iterable[KeyPart], order: Iterable[KeyPart], kinds: dict[str, str]) -> str:
    said = [f"HASH {p.name} {kinds.get(p.name, 'S')}" for p in partition]
    return ", ".join([*said, *(f"RANGE {p.name} {kinds.get(p.name, 'S')}" for p in order)])


def cosmos(of: Kept) -> Iterator[Fact]:
    """Containers with partition keys and composite indexes."""
    for k in of.keyspaces:
        lists = frozenset(_names((*i.partition, *i.order)) for i in k.indexes if _is_list(i))
        ends = next((str(int(i.expires)) for i in k.indexes if i.expires is not None), "")
        yield from facts_at(of.place(k), {"partition": _names(k.partition), "lists": lists, "ends": ends})


def _is_list(index: SecondaryIndex) -> bool:
    return not index.unique and index.expires is None and len(index.partition) + len(index.order) > 1


_CQL: Final = {
    T.UUID: "uuid", T.DECIMAL: "decimal", T.MONEY: "decimal", T.BOOLEAN: "boolean", T.DATE: "date",
    T.TIMESTAMP: "timestamp", T.INTEGER: "int",
}  # fmt: skip


def cassandra(of: Kept) -> Iterator[Fact]:
    """Tables with columns, key, order, time to live."""
    for k in of.keyspaces:
        place, fields = of.place(k), of.fields(k)
        partition = ", ".join(p.name for p in k.partition)
        order = ", ".join(f"{p.name} {'DESC' if p.descending else 'ASC'}" for p in k.order)
        ends = "" if k.keep is None else str(int(days(k)) * 86_400)
        key = "(" + ", ".join([f"({partition})", *(p.name for p in k.order)]) + ")"
        yield from facts_at(place, {"key": key, "order": order, "ends": ends})
        for f in fields:
            if f.type is T.GEO and not f.encrypted:
                yield from (
                    f2
                    for a in ("latitude", "longitude")
                    for f2 in facts_at(f"{place}.{f.name}_{a}", {"type": "double"})
                )
                continue
            kind = "blob" if f.encrypted else "set<uuid>" if f.many else _CQL.get(f.type, "text")
            big = kind == "int" and (f.maximum or 0) >= _INT32
            yield from facts_at(f"{place}.{f.name}", {"type": "bigint" if big else kind})
        known = {f.name for f in fields}
        for p in (*k.partition, *k.order):
            if p.name not in known:
                kind = ("timestamp" if p.period == "hour" else "date") if p.period else "text" if p.fields else "int"
                yield from facts_at(f"{place}.{p.name}", {"type": kind})


def bigtable(of: Kept) -> Iterator[Fact]:
    """Tables with the rule by which cells end."""
    for k in of.keyspaces:
        age = f"maxage={days(k)}d||" if k.keep is not None else ""
        yield from facts_at(of.place(k), {"families": f"families=d:{age}maxversions=1"})


def influxdb(of: Kept) -> Iterator[Fact]:
    """Tables with tags and fields."""
    kinds = {T.INTEGER: "int64", T.DECIMAL: "float64", T.MONEY: "float64", T.BOOLEAN: "bool"}
    for k in of.keyspaces:
        tags = frozenset(p.name for p in k.partition)
        left = [f for f in of.fields(k) if f.name not in tags and f.name != k.order[0].name]
        said: set[str] = set()
        for f in left:
            if f.type is T.GEO and not f.encrypted:
                said |= {f"{f.name}_latitude:float64", f"{f.name}_longitude:float64"}
            else:
                said.add(f"{f.name}:{'utf8' if f.encrypted else kinds.get(f.type, 'utf8')}")
        yield from facts_at(of.place(k), {"tags": tags, "fields": frozenset(said)})


def opensearch(of: Kept) -> Iterator[Fact]:
    """Indexes with shards, alias and mappings."""
    for k in of.keyspaces:
        if k.analysis is None:
            continue
        yield from facts_at(
            of.place(k), {"shards": f"{k.shards} with {k.copies} copies", "alias": k.name, "more": "strict"}
        )
        for f in of.fields(k):
            used = f.name in (*k.analysis.filtered, *k.analysis.sorted)
            if f.name in k.analysis.searched:
                analyzer = _STEMS.get(k.analysis.language, "standard")
                yield from facts_at(f"{of.place(k)}.{f.name}", {"type": "text", "analyzer": analyzer})
                continue
            kind = _MAPPED.get(f.type, "keyword")
            kind = (
                "scaled_float"
                if f.scale is not None
                else "long"
                if kind == "integer" and (f.maximum or 0) >= _INT32
                else kind
            )
            scaled = str(10**f.scale) if f.scale is not None else ""
            shown = "" if used or kind == "geo_point" or f.name == "id" else "False"
            yield from facts_at(f"{of.place(k)}.{f.name}", {"type": kind, "scaling_factor": scaled, "index": shown})


_MAPPED: Final = {
    T.DATE: "date", T.TIMESTAMP: "date", T.BOOLEAN: "boolean", T.GEO: "geo_point", T.INTEGER: "integer",
}  # fmt: skip
_STEMS: Final = {
    "ar": "arabic", "bg": "bulgarian", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "fi": "finnish", "fr": "french", "hi": "hindi", "hu": "hungarian", "it": "italian", "nl": "dutch",
    "no": "norwegian", "pt": "portuguese", "ro": "romanian", "sv": "swedish", "tr": "turkish", "ja": "cjk", "ko": "cjk",
    "zh": "cjk",
}  # fmt: skip


def meilisearch(of: Kept) -> Iterator[Fact]:
    """Settings of indexes."""
    for k in of.keyspaces:
        if k.analysis is not None:
            shown = frozenset(f.name for f in of.fields(k) if f.shown)
            lists = {
                "searchable": k.analysis.searched,
                "filterable": k.analysis.filtered,
                "sortable": k.analysis.sorted,
            }
            yield from facts_at(of.place(k), {"displayed": shown} | {n: frozenset(v) for n, v in lists.items()})


_IN_CACHES: Final = (KeyspaceKind.KEYS, KeyspaceKind.CHANNEL)
_COMMANDS: Final = "-@all +@connection +@read +@write +@transaction +@scripting +@pubsub -@admin -@dangerous"
"""What services may do in a cache: nothing that an administrator does."""


def cache(of: Kept) -> Iterator[Fact]:
    """Users with their prefixes, and the patterns of keys."""
    spaces = [sorted({k.pattern.split(":")[0] for k in of.keyspaces if k.kind is kind}) for kind in _IN_CACHES]
    keys, channels = spaces
    rules = ["on resetpass", *(f"~{k}:*" for k in keys), "resetchannels", *(f"&{c}:*" for c in channels), _COMMANDS]
    yield from facts_at(f"{of.store.id} user default", {"rules": "off"})
    for login in of.arch.logins:
        if login.store == of.store.id:
            yield from facts_at(f"{of.store.id} user {login.name}", {"rules": " ".join(rules)})
    yield from _patterns(of)


def _patterns(of: Kept) -> Iterator[Fact]:
    yield from (Fact(f"{of.store.id} key {k.pattern}") for k in of.keyspaces)


def bucket(of: Kept) -> Iterator[Fact]:
    """Patterns of keys, and when objects and unfinished uploads end."""
    yield from _patterns(of)
    yield from (Fact(f"{of.store.id} prefix {k.name}/", "ends", days(k)) for k in of.keyspaces if k.keep is not None)
    unfinished = [k.multipart_days for k in of.keyspaces if k.multipart_days is not None]
    if unfinished and of.store.engine != "azure_blob":
        yield Fact(of.store.id, "unfinished", str(int(min(unfinished))))


def folders(of: Kept) -> Iterator[Fact]:
    """Folders of a disk."""
    for k in of.keyspaces:
        said = {"ends": days(k), "mode": "0750", "owner": "app"}
        yield from facts_at(f"{of.store.id} folder {k.name}", said)


def summed(keyspace: Keyspace) -> Sequence[Field]:
    """The counts and sums of a roll-up."""
    return [f for f in keyspace.own if f.type is not T.TIMESTAMP and f.source is Source.DESIGN]


Model = Callable[[Kept], Iterator[Fact]]
