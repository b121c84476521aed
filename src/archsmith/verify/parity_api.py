"""What an OpenAPI document says, in the facts that the model has of it.

The document is read in blocks: the whole, each security scheme, and of each operation itself, its parameters, its body
and its answers. A block is a set of facts whose places begin where the block stands, so that what many operations share
is read once. Every key is read: what no one knows is a fact too, and no model has it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from archsmith.verify.parity_facts import Fact, facts_at
from archsmith.verify.parity_json import Said, left_over, mapping, said_at, sequence, several, shown, yes
from archsmith.verify.parity_words import figures, plainly

Block = frozenset[Fact]
Blocks = Mapping[str, Block]
"""By the place at which the block stands (`POST /orders answer 201`)."""
PROBLEM: Final = "application/problem+json"
_METHODS: Final = ("get", "put", "post", "delete", "patch", "head", "options", "trace")
_VALUED: Final = frozenset({"Cache-Control", "RateLimit-Policy", "RateLimit", "Retry-After", "Location"})
"""Header fields whose example is their value."""
_WORDS: Final = frozenset({"summary", "description"})
_HOPS: Final = 9
"""References that lead to references, until there is something wrong with them."""
_ROOT: Final = frozenset({"openapi", "info", "servers", "tags", "paths", "webhooks", "components"})
_SECTIONS: Final = frozenset({"schemas", "parameters", "headers", "responses", "securitySchemes"})
_INFO: Final = frozenset({"title", "version", "contact", "license", "description", "x-audience"})
_OPERATION: Final = _WORDS | {
    "operationId", "tags", "x-audience", "security", "x-scopes", "x-callers", "parameters", "requestBody", "responses"
}  # fmt: skip
_PARAMETER: Final = frozenset({"name", "in", "description", "required", "schema", "example", "style", "explode"})
_SCHEME: Final = frozenset({"type", "scheme", "bearerFormat", "in", "name", "flows", "description"})
_FLOW: Final = frozenset({"authorizationUrl", "tokenUrl", "refreshUrl", "scopes"})


class ApiDocument:
    """A document. `names`: figures that stand in names of the domain, which words may repeat. `used`: the components
    that what was read so far refers to."""

    def __init__(self, document: Any, names: frozenset[str] = frozenset()) -> None:
        self._document = mapping(document)
        self._components = mapping(self._document.get("components"))
        self._names = names
        self.used = set[tuple[str, str]]()
        self._read = dict[str, list[Fact]]()
        self._answers = dict[str, Block]()
        self._tags = [mapping(t).get("name") for t in sequence(self._document.get("tags"))]
        self._paths = mapping(self._document.get("paths"))
        self._base = re.sub(r"^https?://[^/]*", "", shown(self._server().get("url")))

    def blocks(self) -> dict[str, Block]:
        """All that it says."""
        found: dict[str, Block] = {}
        grouped: dict[str, list[str]] = {}
        whole = list[Fact]()
        for path, item in self._paths.items():
            whole += facts_at(f" {path}", left_over(mapping(item), frozenset(_METHODS)))[1:]
            for method in (m for m in _METHODS if m in mapping(item)):
                found |= self.operation(path, method)
                for tag in sequence(mapping(item[method]).get("tags")):
                    grouped.setdefault(shown(tag), []).append(f"{method.upper()} {path}")
        for name, hook in mapping(self._document.get("webhooks")).items():
            whole += facts_at(f" webhook {name}", left_over(mapping(hook), frozenset({"post"})))[1:]
            found |= self._operation(f"webhook {name}", mapping(hook).get("post"))
            grouped.setdefault("Webhooks", [])
        for name, scheme in mapping(self._components.get("securitySchemes")).items():
            found[f"scheme {name}"] = frozenset(self._scheme(mapping(scheme)))
        found["document"] = frozenset([*whole, *self._whole(grouped)])
        return found

    def operation(self, path: str, method: str) -> dict[str, Block]:
        """What is said of one operation, which depends on nothing but itself and the components."""
        return self._operation(f"{method.upper()} {path}", mapping(self._paths.get(path)).get(method))

    def resolve(self, node: Any) -> Any:
        """A node with its reference followed; what stands beside the reference holds."""
        for _ in range(_HOPS):
            if not isinstance(node, dict) or "$ref" not in node:
                return node
            target = shown(node["$ref"])
            section, _, name = target.removeprefix("#/components/").partition("/")
            known = mapping(self._components.get(section)).get(name)
            self.used.add((section, name))
            beside = {k: v for k, v in node.items() if k != "$ref"}
            node = {**({"(broken reference)": target} if known is None else mapping(known)), **beside}
        return {"(reference without end)": shown(node.get("$ref"))}

    def _whole(self, grouped: Mapping[str, list[str]]) -> Iterator[Fact]:
        """What is said once, and who shares a tag with whom."""
        info = mapping(self._document.get("info"))
        contact, rights = mapping(info.get("contact")), mapping(info.get("license"))
        said: Said = {
            "OpenAPI": shown(self._document.get("openapi")),
            "version": shown(info.get("version")),
            "audience": shown(info.get("x-audience")),
            "contact": several([contact.get("url"), contact.get("email")]),
            "license": shown(rights.get("identifier")),
            "figures": self._figures(info.get("description")),
            "tags": "said twice" if isinstance(several(self._tags), str) else "",
            "tags that nobody uses": several(sorted(set(map(shown, self._tags)) - set(grouped))),
            "components that nobody uses": several(self._unused()),
        }
        found = facts_at("", said | left_over(self._document, _ROOT) | left_over(info, _INFO))
        found += facts_at("", left_over(contact, frozenset({"name", "url", "email"})))
        found += facts_at("", left_over(rights, frozenset({"name", "identifier"})))
        found += facts_at("", left_over(self._components, _SECTIONS))
        for number, server in enumerate(sequence(self._document.get("servers"))):
            found += self._server_said(f" server {number}", mapping(server))
        yield from found
        yield Fact("", "tags that go together", frozenset(" + ".join(sorted(places)) for places in grouped.values()))
        for tag in map(mapping, sequence(self._document.get("tags"))):
            place = f" tag of {min(grouped.get(shown(tag.get('name')), ()), default='webhooks')}"
            stated: Said = {"figures": self._figures(tag.get("description"))}
            yield from facts_at(place, stated | left_over(tag, frozenset({"name", "description"})))

    def _figures(self, words: Any) -> frozenset[str]:
        return figures(words) - self._names

    def _server(self) -> dict[str, Any]:
        return mapping(next(iter(sequence(self._document.get("servers"))), None))

    def _server_said(self, place: str, server: Mapping[str, Any]) -> list[Fact]:
        said = {"url": shown(server.get("url")), "internal": shown(server.get("x-internal"))}
        found = facts_at(place, said | left_over(server, frozenset({"url", "description", "variables", "x-internal"})))
        for name, variable in mapping(server.get("variables")).items():
            default = {"default": shown(mapping(variable).get("default"))}
            known = frozenset({"default", "description"})
            found += facts_at(f"{place} variable {name}", default | left_over(mapping(variable), known))
        return found

    def _unused(self) -> list[str]:
        held = {(s, n) for s in _SECTIONS - {"securitySchemes"} for n in mapping(self._components.get(s))}
        return [f"{section}/{name}" for section, name in held - self.used]

    def _scheme(self, scheme: Mapping[str, Any]) -> list[Fact]:
        said: Said = {key: shown(scheme.get(key)) for key in ("type", "scheme", "bearerFormat", "in", "name")}
        said |= {"figures": self._figures(scheme.get("description")), **left_over(scheme, _SCHEME)}
        found = facts_at("", said)
        for name, flow in mapping(scheme.get("flows")).items():
            inner = mapping(flow)
            urls = {key: shown(inner.get(key)) for key in ("authorizationUrl", "tokenUrl", "refreshUrl")}
            scopes = {"scopes": several(list(mapping(inner.get("scopes"))))}
            found += facts_at(f" flow {name}", urls | scopes | left_over(inner, _FLOW))
        return found

    def _operation(self, place: str, operation: Any) -> dict[str, Block]:
        operation = mapping(operation)
        tags = sequence(operation.get("tags"))
        said = {
            "operationId": shown(operation.get("operationId")),
            "audience": shown(operation.get("x-audience")),
            "proofs": several([_way(way) for way in sequence(operation["security"])])
            if "security" in operation
            else "not said",
            "scopes beside": several(operation.get("x-scopes")),
            "callers": several([_caller(n, mapping(c)) for n, c in mapping(operation.get("x-callers")).items()]),
            "tags": "" if len(tags) == 1 and tags[0] in self._tags else shown(tags),
            "figures": self._figures(operation.get("description")),
        }
        found = {place: frozenset(facts_at("", said | left_over(operation, _OPERATION)))}
        for parameter in map(self.resolve, sequence(operation.get("parameters"))):
            parameter = mapping(parameter)
            there = f"{place} {parameter.get('in')} {parameter.get('name')}"
            again = [Fact("", "said", "twice")] if there in found else []
            found[there] = frozenset([*self._parameter(parameter), *again])
        if "requestBody" in operation:
            found[f"{place} request"] = frozenset(self._body(mapping(self.resolve(operation["requestBody"]))))
        for status, answer in mapping(operation.get("responses")).items():
            found[f"{place} answer {status}"] = self._answer(str(status), answer)
        return found

    def _parameter(self, parameter: Mapping[str, Any]) -> list[Fact]:
        said = {
            "required": yes(parameter.get("required")),
            "style": shown(parameter.get("style")),
            "exploded": shown(parameter.get("explode")),
            "example": "yes" if "example" in parameter else "",
            "figures": self._figures(parameter.get("description")),
        }
        return [*facts_at("", said | left_over(parameter, _PARAMETER)), *self._value(parameter.get("schema"))]

    def _body(self, body: Mapping[str, Any]) -> list[Fact]:
        known = frozenset({"required", "content", "description"})
        return [
            *facts_at("", {"required": yes(body.get("required")), **left_over(body, known)}),
            *self._content(body),
        ]

    def _answer(self, status: str, answer: Any) -> Block:
        """An answer. Most are shared: those are read once for each status."""
        shared = f"{status} {answer['$ref']}" if isinstance(answer, dict) and set(answer) == {"$ref"} else ""
        if shared not in self._answers:
            self._answers[shared] = frozenset(self._answer_said(status, mapping(self.resolve(answer))))
        return self._answers[shared] if shared else self._answers.pop(shared)

    def _answer_said(self, status: str, answer: Mapping[str, Any]) -> list[Fact]:
        found = facts_at("", left_over(answer, frozenset({"description", "headers", "content"})))
        for name, header in mapping(answer.get("headers")).items():
            found += self._header(name, header)
        found += self._content(answer)
        return found + _problems(status, mapping(mapping(answer.get("content")).get(PROBLEM)))

    def _header(self, name: str, header: Any) -> list[Fact]:
        """A header field of an answer; those that many answers share are read once."""
        shared = f"{name} {header['$ref']}" if isinstance(header, dict) and set(header) == {"$ref"} else ""
        if shared not in self._read:
            self._read[shared] = self._header_said(name, mapping(self.resolve(header)))
        return self._read[shared] if shared else self._read.pop(shared)

    def _header_said(self, name: str, header: Mapping[str, Any]) -> list[Fact]:
        value = shown(header.get("example"))
        if name == "Location":
            value = self._place(value)
        said = {
            "example": "yes" if "example" in header else "",
            "value": value if name in _VALUED else "",
            "figures": self._figures(header.get("description")),
            "required": yes(header.get("required")),
        }
        known, place = frozenset({"description", "schema", "example", "required"}), f" header {name}"
        return [*facts_at(place, said | left_over(header, known)), *_within(place, self._value(header.get("schema")))]

    def _content(self, holder: Mapping[str, Any]) -> list[Fact]:
        """What is in a body, by media type."""
        found = list[Fact]()
        for media, content in mapping(holder.get("content")).items():
            content = mapping(content)
            place = f" body {media}"
            examples = mapping(content.get("examples"))
            named = {"example": "yes" if examples and all("value" in mapping(e) for e in examples.values()) else ""}
            known = frozenset({"schema", "examples", "encoding"})
            others = [left_over(mapping(e), frozenset({"summary", "value"})) for e in examples.values()]
            found += facts_at(place, named | left_over(content, known))
            found += [fact for other in others for fact in facts_at(place, other)]
            for part, encoding in mapping(content.get("encoding")).items():
                kinds = {"kinds": shown(mapping(encoding).get("contentType"))}
                more = left_over(mapping(encoding), frozenset({"contentType"}))
                found += facts_at(f"{place} part {part}", kinds | more)
            found += _within(place, self._value(content.get("schema")))
        return found

    def _value(self, schema: Any) -> list[Fact]:
        """A schema, followed to its ends; one that has a name is read once."""
        name = shown(schema["$ref"]) if isinstance(schema, dict) and set(schema) == {"$ref"} else ""
        if name not in self._read:
            self._read[name] = list(plainly(said_at("", schema, self.resolve), self._names))
        return self._read[name] if name else self._read.pop(name)

    def _place(self, example: str) -> str:
        """The path of the document that an example leads to, or the store of files."""
        asked = example.removeprefix(self._base).split("/")
        fits = [p for p in self._paths if _leads(p.split("/"), asked)]
        if fits:
            return f"{self._base}{min(fits, key=lambda p: (p.count('{'), p))}"
        return re.sub(r"/[^/?]+\?.*", "/(file)?(signature)", example)


def _leads(path: list[str], asked: list[str]) -> bool:
    """Whether a path with names in braces is the one asked for, both in their segments."""
    return len(path) == len(asked) and all(a == b or (a[:1] == "{" and b) for a, b in zip(path, asked, strict=True))


def _within(place: str, facts: Iterable[Fact]) -> list[Fact]:
    return [Fact(f"{place}{f.place}", f.what, f.value) for f in facts]


def _caller(name: str, waits: Mapping[str, Any]) -> str:
    """A service that calls, how long it waits, how often it tries; and what it says beyond that."""
    more = left_over(waits, frozenset({"timeout_ms", "attempts"}))
    said = f"{name} waits {shown(waits.get('timeout_ms'))} ms, {shown(waits.get('attempts'))} times"
    return f"{said}, {sorted(more.items())}" if more else said


def _way(way: Any) -> str:
    """One of the ways to prove who calls: the schemes that it takes together, each with its scopes."""
    parts = (f"{name} for {', '.join(sorted(map(shown, s)))}" if (s := sequence(scopes)) else name
             for name, scopes in mapping(way).items())  # fmt: skip
    return " and ".join(sorted(parts)) or "open"


def _problems(status: str, content: Mapping[str, Any]) -> list[Fact]:
    """The types of problems that examples show, each with the status that stands in it."""
    shown_there = [mapping(mapping(e).get("value")) for e in mapping(content.get("examples")).values()]
    types = [shown(e.get("type")).removeprefix("/problems#") for e in shown_there]
    odd = {shown(e.get("status")) for e in shown_there} - {status}
    return facts_at("", {"problems": several(types), "status in an example": several(sorted(odd))})
