"""Names of strangers come out as safe identifiers in messages, schemas, GraphQL and Protocol Buffers."""

from hypothesis import given, settings
from tests.compose.domains import cases
from tests.render.contracts.designs import designed
from tests.render.contracts.wired import brokered, choosing

from archsmith.kernel.canonical import to_json
from archsmith.kernel.ids import ArtifactPath
from archsmith.model.artifacts import Artifact
from archsmith.model.decisions import Decisions, Dimension
from archsmith.model.domain import Derivation
from archsmith.render.contracts.events.document import asyncapi
from archsmith.render.contracts.graphql.persisted import persisted
from archsmith.render.contracts.graphql.schema import graphql
from archsmith.render.contracts.proto.files import protos
from archsmith.render.contracts.schemas.shared import shared_schemas
from archsmith.verify.asyncapi import MessageExamples, SharedSchemas
from archsmith.verify.graphql import GraphQl
from archsmith.verify.parity_events import EventsParity
from archsmith.verify.parity_graphql import GraphQlParity
from archsmith.verify.parity_proto import ProtoParity
from archsmith.verify.parity_schemas import SchemasParity
from archsmith.verify.ports import Tool, chosen
from archsmith.verify.proto import Proto

Case = tuple[Derivation, Decisions]


def checked(derivation: Derivation, decisions: Decisions, *tools: Tool) -> int:
    """How many of the checks had something to check; none of them may find anything."""
    design = designed(derivation, decisions)
    files = [a for r in (asyncapi, shared_schemas, graphql, persisted, protos) for a in r(design)]
    files.append(Artifact(path=ArtifactPath("design.json"), content=to_json(design)))
    assert len({f.path.lower() for f in files}) == len(files)
    ran = 0
    for tool in tools:
        if found := chosen(files, tool.patterns):
            ran += 1
            assert tool.check(found).facts == (), tool.id
    return ran


@given(cases())
@settings(max_examples=25)
def test_messages(case: Case) -> None:
    derivation, decisions = case
    tools = (EventsParity(), MessageExamples(), SchemasParity(), SharedSchemas())
    assert checked(derivation, brokered(decisions, "kafka"), *tools) >= 0


@given(cases())
@settings(max_examples=25)
def test_graphql(case: Case) -> None:
    derivation, decisions = case
    checked(derivation, choosing(decisions, Dimension.API_STYLE, "graphql"), GraphQl(), GraphQlParity())


@given(cases())
@settings(max_examples=8)
def test_protocol_buffers(case: Case) -> None:
    derivation, decisions = case
    decisions = choosing(choosing(decisions, Dimension.API_STYLE, "grpc"), Dimension.INTERNAL_CALLS, "grpc")
    checked(derivation, decisions, Proto(), ProtoParity())
