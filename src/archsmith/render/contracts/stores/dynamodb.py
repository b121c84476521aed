"""Tables of DynamoDB as the input of `aws dynamodb create-table`, with the access patterns in a README."""

from collections.abc import Iterable
from typing import Any, Final

from archsmith.kernel.ids import element
from archsmith.model.artifacts import Artifact
from archsmith.model.design import Design
from archsmith.model.domain import AttributeType
from archsmith.model.keyspaces import AccessPattern, KeyPart, Keyspace, KeyspaceKind
from archsmith.model.shapes import Field
from archsmith.render import show
from archsmith.render.contracts.stores.kept import Kept, kept
from archsmith.render.markdown import bullets, code, join, table, text
from archsmith.render.view import View

ENGINES: Final = ("dynamodb",)
EXPIRES: Final = "expires_at"
_OTHERS: Final = {AttributeType.BOOLEAN: "BOOL", AttributeType.JSON: "M", AttributeType.GEO: "M"}
_NUMBERS: Final = frozenset({AttributeType.INTEGER, AttributeType.DECIMAL, AttributeType.MONEY})


def dynamodb(design: Design) -> Iterable[Artifact]:
    """A file for each table, one for each that items end in by themselves, and the access patterns."""
    view = View(design)
    for store in kept(view, ENGINES):
        for keyspace in store.keyspaces:
            yield store.json(f"tables/{keyspace.name}.json", _table(store, keyspace), [keyspace])
            if any(f.name == EXPIRES for f in keyspace.own):
                yield store.json(f"expiry/{keyspace.name}.json", _expiry(keyspace), [keyspace])
        yield store.file("README.md", _readme(store))


def _table(store: Kept, keyspace: Keyspace) -> dict[str, Any]:
    indexes = [
        {"IndexName": i.name, "KeySchema": _keys(i.partition, i.order), "Projection": {"ProjectionType": "ALL"}}
        for i in keyspace.indexes
    ]
    parts = [
        *keyspace.partition,
        *keyspace.order,
        *(p for i in keyspace.indexes for p in (*i.partition, *i.order)),
    ]
    types = {p.name: _type(store, keyspace, p) for p in parts}
    return {
        "TableName": keyspace.name,
        "AttributeDefinitions": [{"AttributeName": n, "AttributeType": types[n]} for n in sorted(types)],
        "KeySchema": _keys(keyspace.partition, keyspace.order),
        **({"GlobalSecondaryIndexes": indexes} if indexes else {}),
        "BillingMode": "PAY_PER_REQUEST",
        "SSESpecification": {"Enabled": True, **({"SSEType": "KMS"} if _own_key(store) else {})},
        "DeletionProtectionEnabled": True,
    }


def _own_key(store: Kept) -> bool:
    """Whether the key is one of our own; else it is the one that AWS keeps for the account."""
    subject = element("store", store.store.id)
    return any(e.subject == subject and "our own" in e.at_rest for e in store.view.arch.policies.encryption)


def _keys(partition: Iterable[KeyPart], order: Iterable[KeyPart]) -> list[dict[str, str]]:
    hashed = [{"AttributeName": p.name, "KeyType": "HASH"} for p in partition]
    return hashed + [{"AttributeName": p.name, "KeyType": "RANGE"} for p in order]


def _type(store: Kept, keyspace: Keyspace, part: KeyPart) -> str:
    field = store.field(keyspace, part.name)
    return attribute_type(field) if field is not None else "S"


def _expiry(keyspace: Keyspace) -> dict[str, Any]:
    return {
        "TableName": keyspace.name,
        "TimeToLiveSpecification": {"Enabled": True, "AttributeName": EXPIRES},
    }


def _readme(store: Kept) -> str:
    name = text(store.store.name)
    rows = [_pattern(store, k, p) for k in store.keyspaces for p in k.patterns]
    uniques = [
        f"- {code(k.name)}: {text(k.comment)}. Both items are written by one `TransactWriteItems`, this one with "
        f"`attribute_not_exists({k.partition[0].name})`."
        for k in store.keyspaces
        if k.kind is KeyspaceKind.UNIQUE
    ]
    made = [f"- {code(f'{k.name}.{f.name}')}: {text(f.description)}." for k in store.keyspaces for f in k.own]
    figures = [f"- {code(k.name)}: {text(' '.join(store.said(k)[1:]))}" for k in store.keyspaces if k.figures]
    return (
        join(
            [
                f"# {name[:1].upper()}{name[1:]} in DynamoDB",
                "Make a table with `aws dynamodb create-table --cli-input-json file://tables/NAME.json`"
                + (
                    ", then let its items end with `aws dynamodb update-time-to-live --cli-input-json file://expiry/NAME.json`."
                    if any(f.name == EXPIRES for k in store.keyspaces for f in k.own)
                    else "."
                ),
                "## Access patterns",
                table(("Operation", "Table", "Index", "Request", "Key condition", "At the peak"), rows, right=(5,)),
                "An index follows its table by a moment; what must be exact goes by the table's own key."
                if any(k.indexes for k in store.keyspaces)
                else "",
                "## Values that no two items share" if uniques else "",
                "\n".join(uniques),
                "## Attributes that only the store needs" if made else "",
                "\n".join(made),
                "## Attributes",
                bullets(_attributes(store, k) for k in store.keyspaces),
                "## Arithmetic" if figures else "",
                "\n".join(figures),
            ]
        )
        + "\n"
    )


def _attributes(store: Kept, keyspace: Keyspace) -> str:
    """Name and type of each attribute; those that every item has in front."""
    fields = store.fields(keyspace)
    keys = {p.name for p in (*keyspace.partition, *keyspace.order)}
    said = [f"{code(f.name)} {attribute_type(f)}" for f in fields if f.required or f.name in keys]
    rare = [f"{code(f.name)} {attribute_type(f)}" for f in fields if not (f.required or f.name in keys)]
    return f"{code(keyspace.name)}: {', '.join(said)}" + (f"; not always {', '.join(rare)}" if rare else "")


def attribute_type(field: Field) -> str:
    """DynamoDB's type of a field: encrypted ones are bytes, times are texts in ISO 8601, which sort as they pass."""
    if field.encrypted:
        return "B"
    if field.many:
        return "SS"
    if field.type in _NUMBERS:
        return "N"
    return _OTHERS.get(field.type, "S")


def _pattern(store: Kept, keyspace: Keyspace, pattern: AccessPattern) -> tuple[str, ...]:
    index = keyspace.index(pattern.index)
    partition, order = (index.partition, index.order) if index else (keyspace.partition, keyspace.order)
    request = "Scan" if pattern.scan else "Query" if index or order else "GetItem, PutItem, UpdateItem, DeleteItem"
    condition = "" if pattern.scan else _condition(partition, order, pattern)
    return (
        text(store.serves(pattern)),
        code(keyspace.name, in_table=True),
        code(pattern.index, in_table=True),
        request,
        condition,
        show.rate(pattern.peak),
    )


def _condition(partition: tuple[KeyPart, ...], order: tuple[KeyPart, ...], pattern: AccessPattern) -> str:
    equal = " and ".join(code(f"{p.name} = :{p.name}", in_table=True) for p in partition)
    spread = max((p.spread for p in partition), default=1)
    each = f", one query for each of {spread} numbers" if spread > 1 else ""
    newest = ", newest first" if order and order[0].descending else ""
    return f"{equal}{each}" + (f", by {code(order[0].name, in_table=True)}{newest}" if order and pattern.order else "")
