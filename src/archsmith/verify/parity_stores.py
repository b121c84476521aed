"""The files of stores that are no relational database, read back and compared with design.json."""

import fnmatch
from collections.abc import Sequence
from typing import Final

from archsmith.model.artifacts import Artifact, Check
from archsmith.verify import parity_store_files as said
from archsmith.verify import parity_store_model as model
from archsmith.verify import parity_store_tables as tables
from archsmith.verify.parity import design_of
from archsmith.verify.parity_facts import Fact, compare
from archsmith.verify.parity_store_sql import sql
from archsmith.verify.ports import verdict

_S3: Final = (("README.md", said.keys), ("lifecycle.json", said.lifecycle))
_CACHE: Final = (("users.acl", said.users), ("README.md", said.keys))
ENGINES: Final[dict[str, tuple[model.Model, tuple[tuple[str, said.Read], ...]]]] = {
    "mongodb": (model.mongodb, (("collections.js", said.mongodb),)),
    "documentdb": (model.mongodb, (("collections.js", said.mongodb),)),
    "cosmos_db": (model.cosmos, (("containers/*.json", said.cosmos),)),
    "dynamodb": (model.dynamodb, (("tables/*.json", said.dynamodb), ("expiry/*.json", said.dynamodb))),
    "cassandra": (model.cassandra, (("schema.cql", said.cassandra),)),
    "bigtable": (model.bigtable, (("tables.sh", said.script),)),
    "influxdb": (model.influxdb, (("tables.sh", said.script),)),
    "clickhouse": (tables.clickhouse, (("tables.clickhouse.sql", sql),)),
    "bigquery": (tables.bigquery, (("tables.bigquery.sql", sql),)),
    "opensearch": (model.opensearch, (("indexes/*.json", said.search),)),
    "meilisearch": (model.meilisearch, (("indexes/*.json", said.search),)),
    "valkey": (model.cache, _CACHE),
    "redis": (model.cache, _CACHE),
    "s3": (model.bucket, _S3),
    "hetzner_objects": (model.bucket, _S3),
    "r2": (model.bucket, _S3),
    "seaweedfs": (model.bucket, _S3),
    "gcs": (model.bucket, _S3),
    "azure_blob": (model.bucket, (("README.md", said.keys), ("management-policy.json", said.management_policy))),
    "local_files": (model.folders, (("files.tmpfiles.conf", said.folders),)),
}
"""By engine: what the model says, and by file of the store's folder how it is read."""
FILES: Final = tuple(dict.fromkeys(f"+db/*/{name}" for _, files in ENGINES.values() for name, _ in files))


class StoreParity:
    """Every collection, table, index, key and prefix of the model is in the files of its store, and no other.

    Of each: fields with types and limits, keys, order, indexes, cuts, times to live, shards.
    """

    id = "V-PARITY-STORES"
    what = "files of the other stores say what the model says"
    tool = "archsmith"
    patterns = ("design.json", *FILES)
    slow = False

    def check(self, files: Sequence[Artifact]) -> Check:
        """Compares store by store."""
        arch = design_of(files).architecture
        facts: list[str] = []
        read: list[Artifact] = []
        left_out: list[str] = []
        holding = {k.store for k in arch.keyspaces}
        for store in arch.stores:
            if store.id not in holding:
                continue
            if store.engine not in ENGINES:
                left_out.append(f"{store.name}: no reader for the files of {store.product}")
                continue
            wanted, readers = ENGINES[store.engine]
            found: list[Fact] = []
            for name, reader in readers:
                for file in files:
                    if fnmatch.fnmatchcase(file.path, f"db/{store.id}/{name}"):
                        read.append(file)
                        try:
                            found += reader(str(store.id), file)
                        except (KeyError, ValueError, StopIteration, TypeError, IndexError) as error:
                            facts.append(f"{file.path}: can't be read: {type(error).__name__} {error}")
            facts += compare(found, wanted(model.Kept(arch, store)))
        return verdict(self, read, facts, command="compare with design.json", left_out=left_out)
