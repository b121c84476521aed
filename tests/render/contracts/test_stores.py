"""The other stores: each engine's files hold on the engine where it runs here, and say what the model says.

That no edit of them goes unseen is tested in tests/verify/test_mutations_stores.py.
"""

import functools
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from msgspec.structs import replace
from tests.compose.domains import cases
from tests.compose.engines import CATALOGUE, decided
from tests.render.contracts.designs import designed
from tests.samples.parts import fact
from tests.samples.shop import sample_derivation

from archsmith import pipeline
from archsmith.files.reader import read_brief
from archsmith.kernel.canonical import to_json
from archsmith.kernel.ids import ArtifactPath, EntityId, StoreId
from archsmith.kernel.units import Bytes, Count, Months, PerSecond, Seconds
from archsmith.model.artifacts import Artifact, Outcome
from archsmith.model.brief import Brief
from archsmith.model.design import Design
from archsmith.model.domain import Access, Derivation
from archsmith.model.keyspaces import Keyspace, KeyspaceKind, Period
from archsmith.render.contracts.stores import stores
from archsmith.verify.parity_stores import StoreParity
from archsmith.verify.ports import Tool, chosen
from archsmith.verify.registry import verify
from archsmith.verify.store_servers import LoadsIntoValkey, MakesDynamoTables, RunsOnClickHouse, TakesBucketRules
from archsmith.verify.store_texts import CASSANDRA, COMMANDS, SEARCH, MongoSchemas, NotHere, StoreSqlParses

ENGINES = (
    "mongodb documentdb cosmos_db dynamodb cassandra bigtable clickhouse bigquery influxdb opensearch meilisearch "
    "valkey redis s3 gcs azure_blob hetzner_objects r2 seaweedfs local_files"
).split()


def of_engine(engine: str, derivation: Derivation | None = None, nodes: int = 1) -> Design:
    """The shop, or another domain, with a store of this engine."""
    return designed(derivation or sample_derivation(), decided(engine, None, nodes, nodes))


@functools.cache
def shop_files(engine: str, *, streams: bool = False, nodes: int = 1) -> tuple[Artifact, ...]:
    """The files of the shop, or of the shop whose payments stream in."""
    return tuple(files_of(of_engine(engine, measured() if streams else None, nodes)))


def files_of(design: Design) -> list[Artifact]:
    """The stores' files, and the model."""
    return [Artifact(path=ArtifactPath("design.json"), content=to_json(design)), *stores(design)]


def facts(tool: Tool, files: Sequence[Artifact]) -> tuple[str, ...]:
    """What a tool finds wrong in the files that it is for; it must have run."""
    check = tool.check(chosen(files, tool.patterns))
    assert check.outcome is not Outcome.NOT_RUN, check.facts
    return check.facts


def measured() -> Derivation:
    """The shop whose payments are readings: they stream in, are kept 13 months, and are asked for in sums."""
    derivation = sample_derivation()
    domain = derivation.domain
    payment = EntityId("payment")
    entities = tuple(
        replace(
            e,
            retention=fact(Months(13.0)),
            rows=fact(Count(3e9)),
            rows_per_month=fact(Count(2e8)),
            row_bytes=fact(Bytes(400.0)),
        )
        if e.id == payment
        else e
        for e in domain.entities
    )
    pay = next(o for o in domain.operations if o.entity == payment)
    appended = replace(pay, access=Access.APPEND, touches=(), calls=(), emits=(), peak=fact(PerSecond(4000.0)))
    summed = replace(
        next(o for o in domain.operations if o.access is Access.LIST),
        id="sum-payments",
        name="sum payments",
        entity=payment,
        access=Access.AGGREGATE,
        filters=("order_id",),
        sort="",
        freshness=fact(Seconds(600.0)),
    )
    others = [o for o in domain.operations if o.entity != payment]
    return replace(
        derivation, domain=replace(domain, entities=entities, operations=(*others, appended, summed), events=())
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_files_say_what_the_model_says(engine: str) -> None:
    """For one node and for several, for rows that change and for rows that are only added."""
    for files in (shop_files(engine), shop_files(engine, nodes=3), shop_files(engine, streams=True)):
        assert len(files) > 1
        assert facts(StoreParity(), files) == ()


RUNS = (
    ("mongodb", MongoSchemas()),
    ("documentdb", MongoSchemas()),
    ("dynamodb", MakesDynamoTables()),
    ("clickhouse", StoreSqlParses()),
    ("bigquery", StoreSqlParses()),
    ("valkey", LoadsIntoValkey()),
    ("s3", TakesBucketRules()),
    ("r2", TakesBucketRules()),
)


@pytest.mark.parametrize(("engine", "tool"), RUNS, ids=[e for e, _ in RUNS])
@pytest.mark.filterwarnings("ignore::DeprecationWarning:botocore.*")
def test_files_hold_on_the_engine(engine: str, tool: Tool) -> None:
    """The nearest thing to the engine that runs here takes them."""
    for streams in (False, True):
        assert facts(tool, shop_files(engine, streams=streams)) == ()


@pytest.mark.all
def test_clickhouse_runs() -> None:
    """On ClickHouse itself, in this process; what needs a cluster is said not to have run."""
    pytest.importorskip("chdb", reason="chdb (814 MB) is only there for make check-all")
    for files in (shop_files("clickhouse"), shop_files("clickhouse", streams=True)):
        assert facts(RunsOnClickHouse(), files) == ()
    left = facts(RunsOnClickHouse(), shop_files("clickhouse", nodes=3))
    assert left
    assert [f for f in left if not (f.startswith("not run: ") and f.endswith("no cluster"))] == []


@pytest.mark.parametrize(
    ("engine", "tool"),
    [("cassandra", CASSANDRA), ("opensearch", SEARCH), ("meilisearch", SEARCH), ("bigtable", COMMANDS)],
)
def test_what_runs_nowhere_is_not_run(engine: str, tool: Tool) -> None:
    """And never passes."""
    assert isinstance(tool, NotHere)
    found = chosen(shop_files(engine), tool.patterns)
    assert found
    assert tool.check(found).outcome is Outcome.NOT_RUN


BROKEN = (
    (MongoSchemas(), "mongodb", '"bsonType": "binData"', '"bsonType": "uuid"'),
    (MongoSchemas(), "mongodb", '"additionalProperties": false', '"default": {}'),
    (MakesDynamoTables(), "dynamodb", '"KeyType": "HASH"', '"KeyType": "FIRST"'),
    (StoreSqlParses(), "clickhouse", "ORDER BY (", "ORDERED (("),
    (StoreSqlParses(), "bigquery", "CLUSTER BY", "CLUSTERED IN"),
    (LoadsIntoValkey(), "valkey", "~products:*", "~product:*"),
    (TakesBucketRules(), "s3", '"Status": "Enabled"', '"State": "Enabled"'),
)


@pytest.mark.parametrize(("tool", "engine", "old", "new"), BROKEN)
@pytest.mark.filterwarnings("ignore::DeprecationWarning:botocore.*")
def test_a_broken_file_fails(tool: Tool, engine: str, old: str, new: str) -> None:
    """The nearest bad file is told."""
    assert facts(tool, list(edited(shop_files(engine), old, new)))


def edited(files: Sequence[Artifact], old: str, new: str) -> Iterator[Artifact]:
    """The files with the first `old` that stands in any of them, the model aside, replaced."""
    done = False
    for file in files:
        text = file.content.decode()
        if not done and old in text and file.path != "design.json":
            done = True
            yield replace(file, content=text.replace(old, new, 1).encode())
        else:
            yield file
    assert done, old


@pytest.mark.parametrize("engine", ["mongodb", "dynamodb", "cassandra", "clickhouse", "valkey"])
@settings(max_examples=4)
@given(case=cases())
def test_any_names_are_safe(engine: str, case: tuple[Derivation, object]) -> None:
    """Hostile names end in files that parse, and that say what the model says."""
    derivation, frame = case
    design = designed(derivation, decided(engine, frame))  # type: ignore[arg-type]
    files = files_of(design)
    readers: dict[str, Tool] = {"mongodb": MongoSchemas(), "clickhouse": StoreSqlParses(), "bigquery": StoreSqlParses()}
    if len(files) > 1:
        assert facts(StoreParity(), files) == ()
        assert engine not in readers or facts(readers[engine], files) == ()


def keyspaces(design: Design, entity: str) -> list[Keyspace]:
    """What the store keeps of an entity."""
    kept = design.architecture.keyspaces
    return [k for k in kept if k.entity == entity and k.store == StoreId("kept")]


def test_partitions_of_cassandra_are_bounded() -> None:
    """The hottest partition of each query stays below 100 MB, by a period where the rows of a key are more."""
    found = [k for k in of_engine("cassandra", measured()).architecture.keyspaces if k.source]
    bounded = {k.name: f.value for k in found for f in k.figures}
    assert bounded
    assert max(bounded.values()) <= 100e6
    (sums,) = [k for k in found if k.entity == "payment" and k.kind is KeyspaceKind.TABLE]
    periods = [p.period for p in sums.partition if p.period]
    assert periods == [Period.DAY]  # a month of the hottest order would be 800 MB


def test_hot_keys_of_dynamodb_are_spread() -> None:
    """4,000 appends a second to the one key of all products take more than a partition's 1,000."""
    derivation = sample_derivation()
    operations = tuple(
        replace(o, peak=fact(PerSecond(4000.0))) if o.id == "change-product" else o
        for o in derivation.domain.operations
    )
    big = tuple(replace(e, rows=fact(Count(1e6))) if e.id == "product" else e for e in derivation.domain.entities)
    busy = replace(derivation, domain=replace(derivation.domain, operations=operations, entities=big))
    table = keyspaces(of_engine("dynamodb", busy), "product")[0]
    (index,) = [i for i in table.indexes if i.name == "by_price"]
    assert index.partition[0].spread == 5  # ceil((4000 + two orders a minute) * 1 / 1000)
    assert any("4000" in f.formula for f in table.figures)


def test_few_rows_are_scanned() -> None:
    """A list over a table of one page needs no index."""
    derivation = sample_derivation()
    few = tuple(replace(e, rows=fact(Count(500.0))) if e.id == "product" else e for e in derivation.domain.entities)
    table = keyspaces(
        of_engine("dynamodb", replace(derivation, domain=replace(derivation.domain, entities=few))), "product"
    )[0]
    assert table.indexes == ()
    assert {p.scan for p in table.patterns} == {True, False}


def test_entries_live_as_long_as_the_brief_lets_them_be_old() -> None:
    """A product page may be an hour old; a search says nothing, so a change ends it, or a day."""
    lives = {k.name: k.ttl for k in keyspaces(of_engine("valkey"), "product")}
    assert lives == {"products": 3600.0, "products_browse": 3600.0, "products_search": 86400.0}
    single = keyspaces(of_engine("valkey"), "product")[0]
    assert set(single.changed_by) == {"place-order", "change-product", "import-stock"}


def test_parts_lie_in_the_document_of_their_whole() -> None:
    """Three lines of an order are read and written with it; as many as 16 MB take."""
    (order,) = keyspaces(of_engine("mongodb"), "order")
    (lines,) = order.parts
    assert (lines.entity, lines.max_items) == ("order-line", (16_000_000 - 600) // 600)
    assert keyspaces(of_engine("mongodb"), "order-line") == []


def test_rows_that_end_are_cut_by_time() -> None:
    """Payments of 13 months in ClickHouse: months are dropped whole, sums are kept by the hour."""
    table, sums = keyspaces(of_engine("clickhouse", measured()), "payment")
    assert table.cut is not None
    assert (table.cut.period, table.versioned) == (Period.MONTH, "")
    assert (sums.kind, sums.source, sums.order[-1].period) == (KeyspaceKind.ROLL_UP, table.name, Period.HOUR)
    assert {f.attribute for f in sums.own} >= {"amount"}


@pytest.mark.parametrize("engine", ["dynamodb", "mongodb"])
def test_the_design_keeps_its_own_there_too(engine: str) -> None:
    """Answers to repeated commands and waiting work have a place where no table of SQL is; old ones end."""
    own = {k.name: k for k in of_engine(engine).architecture.keyspaces if k.entity is None}
    assert {"idempotency_keys", "jobs"} <= own.keys()
    keys = own["idempotency_keys"]
    fields = {f.name: f for f in keys.own}
    assert fields["caller"].max_length == 255
    assert fields["fingerprint"].encrypted
    if engine == "dynamodb":
        assert [p.name for p in (*keys.partition, *keys.order)] == ["caller", "idempotency_key"]
        assert "expires_at" in fields
    else:
        assert [i.expires for i in keys.indexes if i.expires] == [86_400.0]
        assert any(i.unique for i in keys.indexes)


BRIEFS = (
    "tests/cases/04-two-continents-ledger.md",
    "tests/corpus/briefs/11-click-fraud.md",
    "tests/heldout/24-short-links.md",
    "tests/cases/12-gamer-chat.md",
    "tests/cases/18-parts-market.md",
    "tests/cases/23-webhooks-out.md",
)
"""Briefs for which ClickHouse, BigQuery, DynamoDB, Bigtable, OpenSearch and Valkey were chosen."""


@pytest.mark.all
@pytest.mark.parametrize("brief", BRIEFS)
@pytest.mark.filterwarnings("ignore::DeprecationWarning:botocore.*")
def test_real_designs_hold(brief: str) -> None:
    """Every tool that runs here has nothing to say of the stores that decide chose."""
    read = read_brief(Path(__file__).parents[3] / brief)
    assert isinstance(read, Brief)
    files = files_of(pipeline.design(read, CATALOGUE))
    tools = (StoreParity(), MakesDynamoTables(), LoadsIntoValkey(), TakesBucketRules(), StoreSqlParses())
    checks = verify(files, full=True, tools=tools).checks
    assert checks
    assert [c.facts for c in checks if c.outcome is Outcome.FAILED] == []
    assert checks[0].outcome is Outcome.PASSED
