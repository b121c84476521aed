"""The files of stores that are no relational database, read back and compared with design.json."""

import fnmatch
from collections.abc import Callable, Sequence
from typing import Final

from archsmith.model.artifacts import Artifact, Check
from archsmith.verify import parity_store_documents as documents
from archsmith.verify import parity_store_objects as objects
from archsmith.verify import parity_store_readme as told
from archsmith.verify import parity_store_tables as columns
from archsmith.verify import parity_store_wide as wide
from archsmith.verify.parity import design_of
from archsmith.verify.parity_facts import Fact, compare
from archsmith.verify.parity_store_kept import Kept, Tree, settled
from archsmith.verify.parity_tree import tree_facts
from archsmith.verify.ports import verdict

Read = Callable[[str], Tree]
Wanted = Callable[[Kept], dict[str, Tree]]


READERS: Final[tuple[tuple[str, Read], ...]] = (
    ("*.json", documents.json_tree),
    ("README.md", told.readme),
    ("users.acl", told.users),
    ("collections.js", documents.commands),
    ("schema.cql", wide.cql),
    ("tables.sh", wide.script),
    ("tables.clickhouse.sql", columns.clickhouse_sql),
    ("tables.bigquery.sql", columns.bigquery_sql),
    ("files.tmpfiles.conf", objects.tmpfiles),
)
"""By what a file is called: how it is read."""
_S3: Final = (objects.s3, told.bucket)
ENGINES: Final[dict[str, tuple[Wanted, ...]]] = {
    "mongodb": (documents.mongodb,),
    "documentdb": (documents.mongodb,),
    "cosmos_db": (documents.cosmos, told.patterns),
    "dynamodb": (documents.dynamodb, told.requests),
    "cassandra": (wide.cassandra,),
    "bigtable": (wide.bigtable,),
    "influxdb": (wide.influxdb,),
    "clickhouse": (columns.clickhouse,),
    "bigquery": (columns.bigquery,),
    "opensearch": (documents.opensearch, told.patterns),
    "meilisearch": (documents.meilisearch, told.patterns),
    "valkey": (told.cache,),
    "redis": (told.cache,),
    "s3": _S3,
    "hetzner_objects": _S3,
    "r2": _S3,
    "seaweedfs": _S3,
    "gcs": (objects.gcs, told.bucket),
    "azure_blob": (objects.azure, told.bucket),
    "local_files": (objects.local_files,),
}
"""By engine: what the model wants of the files in a store's folder."""
FILES: Final = tuple(f"+db/*/{name}" for name, _ in READERS)


class StoreParity:
    """The files of each store are those that the model asks for, and say what it says: every field with type and
    limits, every key, order, index, cut, life and right, every figure. What the readers do not know is a difference.
    """

    id = "V-PARITY-STORES"
    what = "files of the other stores say what the model says"
    tool = "archsmith"
    patterns = ("design.json", *FILES)
    slow = False

    def check(self, files: Sequence[Artifact]) -> Check:
        """Compares store by store, file by file."""
        design = design_of(files)
        facts: list[str] = []
        read: list[Artifact] = []
        left_out: list[str] = []
        holding = {k.store for k in design.architecture.keyspaces}
        for store in design.architecture.stores:
            found = [f for f in files if f.path.startswith(f"db/{store.id}/")]
            if store.id not in holding or not (found or store.engine in ENGINES):
                continue
            if store.engine not in ENGINES:
                left_out.append(f"{store.name}: no reader for the files of {store.product}")
                continue
            of = Kept(design, store)
            wanted = {f"db/{store.id}/{n}": t for make in ENGINES[store.engine] for n, t in make(of).items()}
            read += found
            facts += _differences(found, wanted)
        return verdict(self, read, facts, command="compare with design.json", left_out=left_out)


def _differences(files: Sequence[Artifact], wanted: dict[str, Tree]) -> list[str]:
    """Of each file, and the files that are missing or too many."""
    facts = [f"missing: {path}" for path in wanted.keys() - {f.path for f in files}]
    for file in files:
        if file.path not in wanted:
            facts.append(f"not in the model: {file.path}")
            continue
        try:
            said = _reader(file.path)(file.content.decode())
        except (KeyError, ValueError, StopIteration, TypeError, IndexError, AttributeError) as error:
            facts.append(f"{file.path}: can't be read: {type(error).__name__} {error}")
            continue
        facts += compare(_facts(file.path, said), _facts(file.path, settled(said, wanted[file.path])))
    return sorted(facts)


def _reader(path: str) -> Read:
    name = path.split("/", 2)[2]
    return next(read for pattern, read in READERS if fnmatch.fnmatchcase(name, pattern))


def _facts(path: str, tree: Tree) -> list[Fact]:
    return list(tree_facts(path, tree, frozenset()))
