"""What crosses brokers: AsyncAPI, shared schemas, GraphQL and gRPC hold together on every broker and in every style."""

import math

import pytest
from msgspec.structs import replace
from tests.compose.test_messages import logged, streaming
from tests.render.contracts.designs import artifacts, designed, rendered, shop
from tests.render.contracts.wired import asking, calling, gateway, over, styled

from archsmith.kernel import safeyaml
from archsmith.kernel.ids import ArtifactPath
from archsmith.kernel.units import PerSecond
from archsmith.model.artifacts import Artifact, Outcome
from archsmith.model.contracts import MessageKind, Over
from archsmith.model.design import Design
from archsmith.render.contracts.events.document import waits
from archsmith.verify.asyncapi import AsyncApi, AsyncApiStyle, MessageExamples, SharedSchemas
from archsmith.verify.graphql import GraphQl
from archsmith.verify.parity_events import EventsParity
from archsmith.verify.parity_graphql import GraphQlParity
from archsmith.verify.parity_proto import ProtoParity
from archsmith.verify.parity_schemas import SchemasParity
from archsmith.verify.ports import Tool, ToolMissing, chosen
from archsmith.verify.proto import Proto

BROKERS = ("kafka", "kinesis", "nats", "sqs", "pubsub", "rabbitmq", "service_bus")


def facts(tool: Tool, design: Design) -> list[str]:
    """What a check finds in a design's files; there must be files for it."""
    files = chosen(artifacts(design), tool.patterns)
    assert files, f"nothing for {tool.id}"
    return list(tool.check(files).facts)


def document(design: Design) -> dict:  # type: ignore[type-arg]
    """The AsyncAPI document as data."""
    return safeyaml.load(rendered(design)["api/asyncapi.yaml"])  # type: ignore[no-any-return]


@pytest.mark.parametrize("engine", BROKERS)
def test_what_is_said_on_each_broker_agrees_with_the_model(engine: str) -> None:
    design = over(engine)
    assert facts(EventsParity(), design) == []
    assert facts(SchemasParity(), design) == []
    assert facts(SharedSchemas(), design) == []
    found = document(design)
    kinds = {c.kind for c in design.architecture.channels}
    assert {MessageKind.REPORT, MessageKind.JOB} <= kinds
    for channel in found["channels"].values():
        assert channel["x-delivery"] == "at-least-once"
    for message in found["components"]["messages"].values():
        event = message["examples"][0]["payload"]
        assert event["specversion"] == "1.0"
        assert event["type"] == message["name"]


@pytest.mark.parametrize("engine", ["kafka", *(pytest.param(e, marks=pytest.mark.all) for e in BROKERS[1:])])
def test_the_reference_parser_and_spectral_take_it(engine: str, npm_tools: None) -> None:
    design = over(engine)
    assert facts(AsyncApi(), design) == []
    assert facts(AsyncApiStyle(), design) == []


@pytest.mark.all
@pytest.mark.parametrize("engine", ["mosquitto", "emqx", "aws_iot_core"])
def test_the_reference_parser_and_spectral_take_what_devices_send(engine: str, npm_tools: None) -> None:
    design = gateway(engine)
    assert facts(AsyncApi(), design) == []
    assert facts(AsyncApiStyle(), design) == []
    assert facts(MessageExamples(), design) == []


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("api/asyncapi.yaml", "datacontenttype: application/json", "datacontenttype: text"),
        ("api/asyncapi.yaml", "partitionkey: ", "key: "),
        ("api/schemas/Product.json", '"maxLength": 200', '"maxLength": 1'),
    ],
)
def test_an_example_that_does_not_fit_is_found(path: str, old: str, new: str) -> None:
    tool = MessageExamples()
    assert facts(tool, over("kafka")) == []
    assert tool.check(chosen(edited(over("kafka"), path, old, new), tool.patterns)).outcome is Outcome.FAILED


def test_partitions_follow_from_the_rate_and_the_readers() -> None:
    (clicks,) = (c for c in over("kafka").architecture.channels if c.kind is MessageKind.REPORT)
    assert clicks.formula.endswith(f"= {clicks.partitions}")
    calm = streaming()
    busy = tuple(replace(o, peak=replace(o.peak, value=PerSecond(1e6))) for o in calm.domain.operations)
    busier = designed(replace(calm, domain=replace(calm.domain, operations=busy)), logged())
    (more,) = (c for c in busier.architecture.channels if c.kind is MessageKind.REPORT)
    assert more.partitions == math.ceil(1e6 * more.message / (10e6 * (1 - calm.targets.headroom.value)))


def test_a_queue_that_hands_out_once_keeps_no_event_without_reader() -> None:
    for channel in over("sqs").architecture.channels:
        assert channel.receivers, channel.id


def test_jobs_in_a_table_get_schemas_and_no_servers() -> None:
    files = rendered(shop())
    assert "api/asyncapi.yaml" not in files
    assert any(path.startswith("api/schemas/messages/") for path in files)
    assert chosen(artifacts(shop()), AsyncApi.patterns) == ()


def test_waits_are_those_of_the_retry() -> None:
    design = over("kafka")
    retry = next(f.retry for f in design.architecture.flows if f.retry and f.source.startswith("store:"))
    assert retry is not None
    assert waits(retry) == [10.0, 20.0, 40.0, 80.0]


def edited(design: Design, path: str, old: str, new: str) -> tuple[Artifact, ...]:
    """The design's files with one edit, which must change something."""
    files = []
    for file in artifacts(design):
        text = file.content.decode()
        if file.path == path:
            assert old in text, f"{path} does not hold {old!r}"
            file = replace(file, path=ArtifactPath(path), content=text.replace(old, new, 1).encode())
        files.append(file)
    return tuple(files)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("address: seed-shop.reports.products", "address: seed-shop.reports.wares", "address is"),
        ("attempts: 5", "attempts: 4", "attempts is 4, the model says 5"),
        ("- 10.0\n", "- 11.0\n", "waits is"),
        ("x-retention: P2D", "x-retention: P3D", "days kept is 3, the model says 2"),
        ("action: send", "action: receive", "action is receive, the model says send"),
        ("protocol: kafka-secure", "protocol: kafka", "protocol is kafka"),
        ("partitions: ", "partitions: 9", "partitions is 9"),
    ],
)
def test_an_edit_of_the_events_is_found(old: str, new: str, told: str) -> None:
    files = edited(over("kafka"), "api/asyncapi.yaml", old, new)
    result = EventsParity().check(chosen(files, EventsParity.patterns))
    assert [fact for fact in result.facts if told in fact], result.facts


def test_graphql_is_what_the_endpoints_are() -> None:
    design = styled("graphql")
    assert facts(GraphQl(), design) == []
    assert facts(GraphQlParity(), design) == []
    moved = {e.operation_id for e in design.architecture.over(Over.GRAPHQL)}
    files = rendered(design)
    assert {f"api/persisted/{name}.graphql" for name in moved} <= files.keys()
    left = safeyaml.load(files["api/openapi.yaml"])["paths"] if "api/openapi.yaml" in files else {}
    said = {o["operationId"] for item in left.values() for o in item.values()}
    assert not said & moved
    assert {e.operation_id for e in design.architecture.over(Over.HTTP)} >= said


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("maxLength: 200", "maxLength: 201", "maxLength is '201', the model says '200'"),
        ('["orders:write"]', '["orders:read"]', 'scopes is [["orders:read"]]'),
        ("  name: String!", "  name: String", "type is String, the model says String!"),
        ("  PLACED\n", "", "missing: enum_type OrderStatus.values.PLACED"),
        ("  products(", "  listProducts(", "missing: object_type Query.fields.products"),
    ],
)
def test_an_edit_of_the_schema_is_found(old: str, new: str, told: str) -> None:
    files = edited(styled("graphql"), "api/schema.graphql", old, new)
    result = GraphQlParity().check(chosen(files, GraphQlParity.patterns))
    assert [fact for fact in result.facts if told in fact], result.facts


def test_an_edit_of_a_persisted_operation_is_found() -> None:
    design = styled("graphql")
    path = next(p for p in rendered(design) if p.endswith(".graphql") and "persisted" in p)
    result = GraphQl().check(chosen(edited(design, path, "{", "{ "), GraphQl.patterns))
    assert [f for f in result.facts if "and its file differ" in f]


@pytest.mark.parametrize("make", ["api", "inside"])
def test_grpc_compiles_and_says_what_the_model_says(make: str) -> None:
    design = styled("grpc") if make == "api" else calling("grpc", asking())
    assert design.architecture.rpcs
    assert facts(Proto(), design) == []
    assert facts(ProtoParity(), design) == []


def test_services_that_call_by_http_have_no_methods() -> None:
    design = calling("rest", asking())
    assert design.architecture.rpcs == ()
    flows = [
        f for f in design.architecture.flows if f.source.startswith("service:") and f.target.startswith("service:")
    ]
    assert {f.protocol for f in flows if f.mode == "sync"} == {"HTTPS"}


def test_a_missing_tool_is_not_a_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    with pytest.raises(ToolMissing):
        Proto().check(chosen(artifacts(styled("grpc")), Proto.patterns))
    with pytest.raises(ToolMissing):
        AsyncApi().check(chosen(artifacts(over("kafka")), AsyncApi.patterns))
