"""The stores that are no relational database, each in the language of its engine."""

from collections.abc import Callable, Iterable
from typing import Final

from archsmith.model.artifacts import Artifact
from archsmith.model.design import Design
from archsmith.render.contracts.stores.bigquery import bigquery
from archsmith.render.contracts.stores.cassandra import cassandra
from archsmith.render.contracts.stores.clickhouse import clickhouse
from archsmith.render.contracts.stores.commands import bigtable, influxdb
from archsmith.render.contracts.stores.cosmos import cosmos
from archsmith.render.contracts.stores.dynamodb import dynamodb
from archsmith.render.contracts.stores.mongodb import mongodb
from archsmith.render.contracts.stores.objects import azure, gcs, local_files, s3
from archsmith.render.contracts.stores.search import meilisearch, opensearch
from archsmith.render.contracts.stores.valkey import valkey

BY_ENGINE: Final[tuple[Callable[[Design], Iterable[Artifact]], ...]] = (
    mongodb,
    cosmos,
    dynamodb,
    cassandra,
    bigtable,
    clickhouse,
    bigquery,
    influxdb,
    opensearch,
    meilisearch,
    valkey,
    s3,
    gcs,
    azure,
    local_files,
)
"""What writes the files of an engine's stores; nothing where the design has none of them."""


def stores(design: Design) -> Iterable[Artifact]:
    """The files of all stores."""
    for render in BY_ENGINE:
        yield from render(design)


__all__ = ["stores"]
