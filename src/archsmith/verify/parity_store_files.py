"""What the files of stores say, as facts: each engine's file read by the reader of its language."""

import json
import re
import shlex
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from archsmith.model.artifacts import Artifact
from archsmith.verify.parity_facts import Fact, facts_at
from archsmith.verify.store_texts import commands

Read = Callable[[str, Artifact], Iterable[Fact]]
_CQL_TABLE: Final = re.compile(r'(?s)^CREATE TABLE ("?[^\s"]+"?) \(\n(.*?)\n\) WITH (.*?);$', re.MULTILINE)
_CQL_COLUMN: Final = re.compile(r'^ {4}("?[^\s"]+"?) (.+?),?$')


def mongodb(store: str, file: Artifact) -> Iterator[Fact]:
    """Collections with their properties, indexes and shard keys."""
    for command in commands(file.content.decode()):
        if "create" in command:
            place = f"{store}.{command['create']}"
            schema = command["validator"]["$jsonSchema"]
            yield from facts_at(place, {"required": frozenset(schema["required"]), "strict": _strict(command)})
            yield from _properties(place, schema)
        elif "createIndexes" in command:
            for index in command["indexes"]:
                said = {"key": _ordered(index["key"]), "unique": "yes" if index.get("unique") else ""}
                ends = {"ends": str(index.get("expireAfterSeconds", ""))}
                yield from facts_at(f"{store}.{command['createIndexes']} index {index['name']}", said | ends)
        else:
            collection = command["shardCollection"].partition(".")[2]
            yield Fact(f"{store}.{collection}", "shard key", ", ".join(command["key"]))


def _strict(command: dict[str, Any]) -> str:
    closed = command["validator"]["$jsonSchema"].get("additionalProperties") is False
    return f"{command.get('validationLevel')} {command.get('validationAction')} {'closed' if closed else 'open'}"


def _properties(place: str, schema: dict[str, Any]) -> Iterator[Fact]:
    for name, said in schema["properties"].items():
        inner = said.get("items", {})
        part = inner.get("bsonType") == "object"
        kinds = [said["bsonType"], *([inner["bsonType"]] if inner and not part else [])]
        limits = {
            k: str(said[k])
            for k in ("minLength", "maxLength", "minimum", "maximum", "pattern", "maxItems")
            if k in said
        }
        states = {"states": ", ".join(said["enum"])} if "enum" in said else {}
        yield from facts_at(f"{place}.{name}", {"type": " of ".join(kinds), **limits, **states})
        if part:
            yield Fact(f"{place}.{name}", "required", frozenset(inner["required"]))
            yield from _properties(f"{place}.{name}", inner)


def _ordered(key: dict[str, int]) -> str:
    return ", ".join(f"{name} down" if way < 0 else name for name, way in key.items())


def dynamodb(store: str, file: Artifact) -> Iterator[Fact]:
    """A table with its key, its indexes and the types of their attributes; or the attribute by which its items end."""
    said = json.loads(file.content)
    place = f"{store}.{said['TableName']}"
    if "TimeToLiveSpecification" in said:
        ends = said["TimeToLiveSpecification"]
        yield Fact(place, "ends by", ends["AttributeName"] if ends["Enabled"] else "")
        return
    types = {a["AttributeName"]: a["AttributeType"] for a in said["AttributeDefinitions"]}
    yield from facts_at(place, {"key": _schema(said["KeySchema"], types), "billing": said["BillingMode"]})
    for index in said.get("GlobalSecondaryIndexes", ()):
        yield from facts_at(
            f"{place} index {index['IndexName']}",
            {"key": _schema(index["KeySchema"], types), "shows": index["Projection"]["ProjectionType"]},
        )


def _schema(keys: list[dict[str, str]], types: dict[str, str]) -> str:
    return ", ".join(f"{k['KeyType']} {k['AttributeName']} {types.get(k['AttributeName'])}" for k in keys)


def cosmos(store: str, file: Artifact) -> Iterator[Fact]:
    """A container with its partition key and its composite indexes."""
    said = json.loads(file.content)["resource"]
    lists = frozenset(
        ", ".join(p["path"][1:] + (" down" if p["order"] == "descending" else "") for p in index)
        for index in said["indexingPolicy"].get("compositeIndexes", ())
    )
    partition = ", ".join(path[1:] for path in said["partitionKey"]["paths"])
    ends = str(said.get("defaultTtl", ""))
    yield from facts_at(f"{store}.{said['id']}", {"partition": partition, "lists": lists, "ends": ends})


def cassandra(store: str, file: Artifact) -> Iterator[Fact]:
    """Tables with columns, key, order, time to live."""
    for found in _CQL_TABLE.finditer(file.content.decode()):
        place = f"{store}.{found[1].strip(chr(34))}"
        ends = re.search(r"default_time_to_live = (\d+)", found[3])
        order = re.search(r"CLUSTERING ORDER BY \((.*?)\)", found[3])
        said = {"ends": ends[1] if ends else "", "order": order[1].replace('"', "") if order else ""}
        for line in found[2].splitlines():
            if line.startswith("    PRIMARY KEY"):
                said["key"] = line.strip().removeprefix("PRIMARY KEY ").replace('"', "")
            elif column := _CQL_COLUMN.match(line):
                yield from facts_at(f"{place}.{column[1].strip(chr(34))}", {"type": column[2]})
        yield from facts_at(place, said)


def script(store: str, file: Artifact) -> Iterator[Fact]:
    """Tables that `cbt` or `influxdb3` make."""
    for line in file.content.decode().splitlines():
        if line.startswith("cbt createtable "):
            _, _, name, families = shlex.split(line)
            yield from facts_at(f"{store}.{name}", {"families": families})
        elif line.startswith("influxdb3 create table "):
            words = shlex.split(line)
            tags = words[words.index("--tags") + 1].split(",") if "--tags" in words else []
            fields = words[words.index("--fields") + 1].split(",")
            yield from facts_at(f"{store}.{words[-1]}", {"tags": frozenset(tags), "fields": frozenset(fields)})


def search(store: str, file: Artifact) -> Iterator[Fact]:
    """An index of OpenSearch, or the settings of one of Meilisearch."""
    said, name = json.loads(file.content), file.path.rsplit("/", 1)[1].removesuffix(".json")
    place = f"{store}.{name}"
    if "mappings" not in said:
        lists = {k: frozenset(said[f"{k}Attributes"]) for k in ("displayed", "searchable", "filterable", "sortable")}
        yield from facts_at(place, lists)
        return
    sized = said["settings"]["index"]
    shards = f"{sized['number_of_shards']} with {sized['number_of_replicas']} copies"
    yield from facts_at(
        place, {"shards": shards, "alias": ", ".join(said["aliases"]), "more": said["mappings"]["dynamic"]}
    )
    for field, mapped in said["mappings"]["properties"].items():
        plain = {k: str(v) for k, v in mapped.items() if k in ("type", "analyzer", "index", "scaling_factor")}
        yield from facts_at(f"{place}.{field}", plain)


def users(store: str, file: Artifact) -> Iterator[Fact]:
    """Users of a cache with their rules, which count in their order."""
    for line in file.content.decode().splitlines():
        kind, name, *rules = line.split(" ")
        yield from facts_at(f"{store} {kind} {name}", {"rules": " ".join(rules)})


def keys(store: str, file: Artifact) -> Iterator[Fact]:
    """Patterns of keys in the table of a cache's or a bucket's README."""
    for pattern in re.findall(r"(?m)^\| `([^`]+)` \|", file.content.decode()):
        yield Fact(f"{store} key {pattern}")


def lifecycle(store: str, file: Artifact) -> Iterator[Fact]:
    """After how many days objects of a prefix, and uploads that were not finished, end: in the words of S3 or GCS."""
    said = json.loads(file.content)
    for rule in said.get("Rules", ()):
        prefix = rule["Filter"]["Prefix"]
        if "Expiration" in rule:
            yield Fact(f"{store} prefix {prefix}", "ends", str(rule["Expiration"]["Days"]))
        if "AbortIncompleteMultipartUpload" in rule:
            yield Fact(store, "unfinished", str(rule["AbortIncompleteMultipartUpload"]["DaysAfterInitiation"]))
    for rule in said.get("rule", ()):
        age = str(rule["condition"]["age"])
        if rule["action"]["type"] == "Delete":
            yield from (Fact(f"{store} prefix {p}", "ends", age) for p in rule["condition"]["matchesPrefix"])
        else:
            yield Fact(store, "unfinished", age)


def management_policy(store: str, file: Artifact) -> Iterator[Fact]:
    """The same in the words of Azure."""
    for rule in json.loads(file.content)["rules"]:
        days = rule["definition"]["actions"]["baseBlob"]["delete"]["daysAfterCreationGreaterThan"]
        for prefix in rule["definition"]["filters"]["prefixMatch"]:
            yield Fact(f"{store} prefix {prefix.partition('/')[2]}", "ends", str(days))


def folders(store: str, file: Artifact) -> Iterator[Fact]:
    """Folders for systemd-tmpfiles."""
    for line in file.content.decode().splitlines():
        if line.startswith("d /var/lib/app/files/"):
            _, path, mode, user, _, age = line.split(" ")
            place = f"{store} folder {path.rsplit('/', 1)[1]}"
            yield from facts_at(place, {"ends": age.strip("-").removesuffix("d"), "mode": mode, "owner": user})
