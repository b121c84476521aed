"""`api/persisted/`: the operations that clients may send, each by the hash of its text (Apollo's manifest format)."""

import hashlib
import json
from collections.abc import Iterable

from archsmith.kernel.ids import ArtifactPath, element
from archsmith.kernel.names import camel
from archsmith.model.artifacts import Artifact
from archsmith.model.contracts import Act, Body, Endpoint
from archsmith.model.design import Design
from archsmith.model.domain import AttributeType
from archsmith.model.graph import GraphRole
from archsmith.model.shapes import Shape
from archsmith.render.contracts.graphql.schema import Schema, schema_of

FOLDER = "api/persisted/"


def persisted(design: Design) -> Iterable[Artifact]:
    """One file an operation, and the manifest; nothing for a design that has no GraphQL."""
    schema, rows = schema_of(design), []
    if schema is None:
        return
    for endpoint in schema.endpoints:
        text = _operation(schema, endpoint)
        kind = endpoint.method.lower()
        ident = hashlib.sha256(text.encode()).hexdigest()
        rows.append({"id": ident, "name": endpoint.path, "type": kind, "body": text})
        path = ArtifactPath(f"{FOLDER}{endpoint.operation_id}.graphql")
        yield Artifact(path=path, content=text.encode(), shows=(element("operation", endpoint.operation),))
    manifest = {"format": "apollo-persisted-query-manifest", "version": 1, "operations": rows}
    content = (json.dumps(manifest, indent=2) + "\n").encode()
    yield Artifact(path=ArtifactPath(f"{FOLDER}manifest.json"), content=content)


def _operation(schema: Schema, endpoint: Endpoint) -> str:
    """The operation with all scalar fields of what it answers with; lists without the objects beside their rows."""
    arguments = schema.arguments(endpoint)
    head = ", ".join(f"${a.name}: {a.type}{f' = {a.default}' if a.default else ''}" for a in arguments)
    handed = ", ".join(f"{a.name}: ${a.name}" for a in arguments)
    name = f"{endpoint.method.lower()} {endpoint.path}" + (f"({head})" if head else "")
    field = endpoint.path + (f"({handed})" if handed else "")
    return f"{name} {{\n  {field}{_selected(schema, endpoint)}\n}}\n"


def _selected(schema: Schema, endpoint: Endpoint) -> str:
    shape = schema.shapes[endpoint.entity]
    if endpoint.method == "MUTATION":
        payload = schema.mutations.name(GraphRole.PAYLOAD, endpoint)
        made = f"record {{ {_scalars(schema, shape)} }}"
        made = "job { id state createdAt }" if endpoint.response is Body.ACCEPTED else made
        made = "deletedId" if endpoint.act is Act.DELETE else made
        return (
            f" {{\n    __typename\n    ... on {payload} {{ {made} }}\n    ... on Problem {{ type title detail }}\n  }}"
            if schema.mutations.members(endpoint)[1:]
            else f" {{\n    __typename\n    ... on {payload} {{ {made} }}\n  }}"
        )
    if endpoint.act is Act.LIST:
        row = f"edges {{ cursor node {{ {_scalars(schema, shape)} }} }}"
        return f" {{\n    {row}\n    pageInfo {{ hasNextPage endCursor }}\n  }}"
    if endpoint.act is Act.JOB:
        return " { id state createdAt result }"
    return "" if endpoint.act is Act.SUMMARY else f" {{ {_scalars(schema, shape)} }}"


def _scalars(schema: Schema, shape: Shape) -> str:
    """The fields of a type that have none of their own, and those of places."""
    fields = schema.types.shown(shape)
    parts = {f.name: " { latitude longitude }" if f.type is AttributeType.GEO else "" for f in fields}
    names = [camel(name) + inner for name, inner in parts.items()]
    lock = [camel(shape.lock)] if shape.lock and shape.lock not in parts else []
    return " ".join([*names, *lock])
