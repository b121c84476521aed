"""What an OpenAPI document says, in the facts that the model has of it."""

import re
from collections.abc import Iterator
from typing import Any, Final

from archsmith.verify.parity_facts import Fact, facts_at
from archsmith.verify.parity_json import object_said, schema_said

_METHODS: Final = frozenset({"get", "put", "post", "delete", "patch", "head", "options"})
_QUOTA: Final = re.compile(r"q=(\d+);w=(\d+)")
_DEPTH: Final = 8
"""How far a schema is followed: what refers to itself has no end."""


class ApiDocument:
    """A document, its references followed."""

    def __init__(self, document: Any) -> None:
        self._document = document
        found = ((f"{m.upper()} {path}", operation) for path, m, operation in _operations(document))
        self.operations: dict[str, Any] = dict(found)

    def resolve(self, node: Any) -> Any:
        """A node with its reference followed; what stands beside the reference holds."""
        while isinstance(node, dict) and "$ref" in node:
            _, section, name = node["$ref"].removeprefix("#/").split("/")
            beside = {k: v for k, v in node.items() if k != "$ref"}
            node = {**self._document.get("components", {}).get(section, {}).get(name, {}), **beside}
        return node

    def whole(self) -> list[Fact]:
        """What is said once."""
        servers = {re.sub(r"^https?://[^/]*", "", str(s.get("url"))) for s in self._document.get("servers", ())}
        said = {"version": str(self._document.get("info", {}).get("version")), "base path": " ".join(sorted(servers))}
        found = facts_at("document", said)
        for name, scheme in self._document.get("components", {}).get("securitySchemes", {}).items():
            if name != "sentSignature":  # that of webhooks, which the receivers check
                kinds = [str(scheme.get("type")), str(scheme.get("scheme", scheme.get("in", "")))]
                flows = scheme.get("flows", {})
                scopes = frozenset(scope for flow in flows.values() for scope in flow.get("scopes", {}))
                kind = " ".join([k for k in kinds if k] + list(flows))
                found += facts_at(f"scheme {name}", {"kind": kind, "scopes": scopes})
        return found

    def webhooks(self) -> list[Fact]:
        """The messages to others."""
        found = list[Fact]()
        for name, hook in self._document.get("webhooks", {}).items():
            content = hook.get("post", {}).get("requestBody", {}).get("content", {})
            body: Any = next(iter(content.values()), {})
            sent = self.resolve(body.get("schema", {})).get("properties", {})
            found += facts_at(f"webhook {name}", {"type": str(sent.get("type", {}).get("const"))})
            found += self._value(f"webhook {name}.data", sent.get("data", {}), 0)[1:]
        return found

    def endpoint(self, place: str, operation: Any, known: frozenset[str]) -> list[Fact]:
        """What is said of an operation, bodies left out. `known`: types of problems that are not of the business."""
        answers = {str(status): self.resolve(a) for status, a in operation.get("responses", {}).items()}
        success: Any = next((a for status, a in answers.items() if status < "300" or status == "302"), {})
        asked = operation.get("security", ())
        found = facts_at(
            place,
            {
                "operationId": str(operation.get("operationId")),
                "audience": str(operation.get("x-audience", "")),
                "answers": frozenset(answers),
                "scopes": frozenset(
                    [s for way in asked for scopes in way.values() for s in scopes] or operation.get("x-scopes", ())
                ),
                "proofs": frozenset(s for way in asked for s in way) if asked else "not said",
                "answers that are no problem": frozenset(
                    s for s in answers if s >= "400" and not self._tells(s, answers)
                ),
                "try again after": " and ".join(self._waits(answers)),
                "request": _need(self.resolve(operation.get("requestBody"))),
                "problems of the business": frozenset(_types(answers)) - known,
                "limit": self._limit(answers),
                "cache": self._header(success, "Cache-Control"),
                "ask again after": f"{wait} s" if (wait := self._header(success, "Retry-After")) else "",
                "ETag": "yes" if "ETag" in success.get("headers", {}) else "",
            },
        )
        for parameter in map(self.resolve, operation.get("parameters", ())):
            said = {"required": "yes" if parameter.get("required") else ""}
            said |= schema_said(parameter.get("schema", {}), self.resolve)
            found += facts_at(f"{place} {parameter.get('in')} {parameter.get('name')}", said)
        return found

    def body(self, place: str, content: Any) -> tuple[str, list[Fact]]:
        """The media type of a body, and what is in it."""
        content = self.resolve(content) or {}
        for media, inner in content.get("content", {}).items():
            return media, self._value(place, inner.get("schema", {}), _DEPTH)
        return "", []

    def answer(self, place: str, operation: Any) -> tuple[str, list[Fact]]:
        """The same of the body of a success."""
        answers = operation.get("responses", {}).items()
        return self.body(place, next((a for status, a in answers if str(status) < "300"), {}))

    def _value(self, place: str, schema: Any, depth: int) -> list[Fact]:
        schema = self.resolve(schema)
        if "properties" not in schema:
            return facts_at(place, self._said(schema))
        found = []
        for fact in object_said(place, schema, self.resolve):
            file = fact.what == "type" and self._said(self._property(schema, fact.place)).get("type") == "file"
            found.append(Fact(fact.place, "type", "file") if file else fact)
        for name, inner in schema.get("properties", {}).items():
            nested = self.resolve(self.resolve(inner).get("items", {}))
            if "properties" in nested and depth:
                found += self._value(f"{place}.{name}", nested, depth - 1)[1:]
        return found

    def _property(self, schema: Any, place: str) -> Any:
        return self.resolve(schema["properties"].get(place.rpartition(".")[2], {}))

    def _said(self, schema: Any) -> dict[str, str]:
        said = schema_said(schema, self.resolve)
        return said | {"type": "file"} if schema.get("format") == "binary" else said

    def _waits(self, answers: dict[str, Any]) -> list[str]:
        """What answers that ask for patience say, each value once."""
        said = {f"{self._header(answers[s], 'Retry-After') or 'no'} s" for s in ("429", "503") if s in answers}
        return sorted(said)

    def _tells(self, status: str, answers: dict[str, Any]) -> bool:
        """Whether an answer carries problem details."""
        body = answers[status].get("content", {}).get("application/problem+json", {})
        return {"type", "title", "status"} <= set(self.resolve(body.get("schema", {})).get("properties", ()))

    def _header(self, answer: Any, name: str) -> str:
        """The value of a header field, which stands in its example."""
        return str(self.resolve(answer.get("headers", {}).get(name, {})).get("example", ""))

    def _limit(self, answers: dict[str, Any]) -> str:
        """The quota that the answers tell, all of them the same; those of a failing server tell none."""
        shown = [self._header(a, "RateLimit-Policy") for status, a in answers.items() if status < "500"]
        figures = {f"{q[1]} in {q[2]} s" if (q := _QUOTA.search(value)) else value for value in shown}
        return " and ".join(sorted(f or "none" for f in figures)) if figures != {""} else ""


def _need(body: Any) -> str:
    return "" if not body else "required" if body.get("required") else "optional"


def _operations(document: Any) -> Iterator[tuple[str, str, Any]]:
    for path, item in document.get("paths", {}).items():
        yield from ((path, method, operation) for method, operation in item.items() if method in _METHODS)


def _types(answers: dict[str, Any]) -> Iterator[str]:
    """The types of problems in the examples of answers."""
    for answer in answers.values():
        for example in answer.get("content", {}).get("application/problem+json", {}).get("examples", {}).values():
            yield str(example.get("value", {}).get("type", "")).rpartition("#")[2]
