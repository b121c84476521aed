"""The facts of the API in the model: what an OpenAPI document has to say of its endpoints and their bodies."""

from collections.abc import Iterable, Iterator
from typing import Final

from archsmith.kernel.ids import EntityId
from archsmith.kernel.names import snake
from archsmith.model.contracts import Act, Body, Endpoint, Parameter
from archsmith.model.design import Design
from archsmith.model.domain import AttributeType
from archsmith.model.shapes import Field, Shape, Source
from archsmith.verify.parity_facts import Fact, facts_at
from archsmith.verify.parity_json import CHARACTERS, field_wanted, form_wanted

SCHEMES: Final = {
    "oidc": "openId", "password": "accessToken", "api_key": "clientCredentials", "service_token": "serviceToken",
    "device_certificate": "deviceCertificate", "signed_link": "signedLink", "webhook_signature": "webhookSignature",
}  # fmt: skip
"""The security scheme of each proof that a request carries outside its body."""
_KINDS: Final = {
    "oidc": ("oauth2 authorizationCode", True), "password": ("http bearer", False),
    "api_key": ("oauth2 clientCredentials", True), "service_token": ("http bearer", False),
    "device_certificate": ("mutualTLS", False), "signed_link": ("apiKey header", False),
    "webhook_signature": ("apiKey header", False),
}  # fmt: skip
"""What kind of scheme it is, and whether it lists the scopes."""
_OBJECT: Final = {"type": "object"}
PARTS_MAX: Final = "100"
_SUM: Final = r"^-?[0-9]+(\.[0-9]+)?$"
_WORDS_MAX: Final = 200
_CURSOR: Final = {"type": "text", "max length": "512", "pattern": "^[A-Za-z0-9_-]+$"}
_TAG: Final = {"type": "text", "max length": "64", "pattern": r'^(W/)?"[!#-~]*"$'}
_KEY: Final = {"type": "text", "min length": "16", "max length": "255", "pattern": "^[A-Za-z0-9_-]+$"}
_TOTALLED: Final = frozenset({AttributeType.MONEY, AttributeType.INTEGER, AttributeType.DECIMAL})
_MEDIA: Final = {
    Body.CREATE: "application/json", Body.BATCH: "application/json",
    Body.FIELDS: "application/json", Body.ONE: "application/json", Body.PAGE: "application/json",
    Body.SUMMARY: "application/json", Body.ACCEPTED: "application/json", Body.UPDATE: "application/merge-patch+json",
    Body.EVENTS: "text/event-stream",
}  # fmt: skip


class ApiModel:
    """The model as one document of the API shows it: `endpoints` are those that stand in it."""

    def __init__(self, design: Design, endpoints: Iterable[Endpoint]) -> None:
        self._arch = design.architecture
        self._operations = {o.id: o for o in design.derivation.domain.operations}
        self._shapes = {s.entity: s for s in self._arch.shapes}
        self.endpoints = {f"{e.method} {e.path}": e for e in endpoints}

    def document(self) -> list[Fact]:
        """What is said once."""
        base = self._arch.api.base_path if self._arch.api else f"/v{self._arch.api_version.partition('.')[0]}"
        found = facts_at("document", {"version": self._arch.api_version, "base path": base})
        opened: dict[str, set[str]] = {}
        for endpoint in self.endpoints.values():
            for proof in _proofs(endpoint):
                opened.setdefault(proof, set()).update(endpoint.scopes)
        for proof, scopes in opened.items():
            kind, listed = _KINDS[proof]
            said = {"kind": kind, "scopes": frozenset(scopes) if listed else ""}
            found += facts_at(f"scheme {SCHEMES[proof]}", said)
        return found

    def webhooks(self) -> list[Fact]:
        """What is sent to others, each with the fields of its event."""
        contracts = {c.event: c for c in self._arch.event_contracts}
        found = list[Fact]()
        for hook in self._arch.webhooks:
            told = self._shapes[hook.entity].told(contracts[hook.event].attributes)
            place = f"webhook {hook.name}"
            found += facts_at(place, {"type": hook.type})
            found += self._object(f"{place}.data", list(told))[1:]
        return found

    def endpoint(self, place: str, endpoint: Endpoint) -> list[Fact]:
        """What is said of an operation, bodies left out."""
        limit = next((p for p in self._arch.policies.rate_limits if p.id == endpoint.rate_limit), None)
        found = facts_at(
            place,
            {
                "operationId": endpoint.operation_id,
                "audience": endpoint.audience.value,
                "answers": frozenset(map(str, (endpoint.success, *endpoint.problems, *_refused(endpoint)))),
                "scopes": frozenset(endpoint.scopes),
                "proofs": frozenset(SCHEMES[p] for p in _proofs(endpoint)),
                "answers that are no problem": frozenset(),
                "try again after": f"{limit.window if limit else 1:.0f} s"
                if {429, 503} & set(endpoint.problems)
                else "",
                "request": self._need(place, endpoint),
                "problems of the business": frozenset(r.type for r in endpoint.refusals),
                "limit": f"{limit.limit} in {limit.window:.0f} s" if limit else "",
                "cache": _cache(endpoint) if endpoint.method == "GET" else "",
                "ask again after": f"{endpoint.retry_after:.0f} s" if endpoint.retry_after else "",
                "ETag": "yes" if endpoint.etag and endpoint.method != "DELETE" else "",
            },
        )
        return found + [fact for p in endpoint.parameters for fact in self._parameter(place, p, endpoint)] + [
            fact for name, said in _headers(endpoint) for fact in facts_at(f"{place} header {name}", said)
        ]  # fmt: skip

    def _need(self, place: str, endpoint: Endpoint) -> str:
        if not self.sent(place, endpoint):
            return ""
        return "required"

    def _parameter(self, place: str, parameter: Parameter, endpoint: Endpoint) -> list[Fact]:
        asked = parameter.required or parameter.place == "path"
        said = {"required": "yes" if asked else "", "default": parameter.default, **self._selects(parameter, endpoint)}
        if parameter.many:
            several = min(len(parameter.choices), 20) if parameter.choices else 20
            said |= {"list": "yes", "each once": "yes", "least": "1", "most": str(several)}
        return facts_at(f"{place} {parameter.place} {parameter.name}", said)

    def _selects(self, parameter: Parameter, endpoint: Endpoint) -> dict[str, str]:
        if parameter.choices:
            return {"type": "text", "values": ", ".join(dict.fromkeys(parameter.choices))}
        shape = self._shapes[endpoint.entity]
        field = (shape.of(parameter.attribute) or shape.field(parameter.attribute)) if parameter.attribute else None
        if field is not None and not field.many and field.type is parameter.type:
            said = form_wanted(field)
            return {**said, "min length": ""} if field.type is AttributeType.TEXT else said
        if parameter.name == "cursor":
            return _CURSOR
        is_text = parameter.type is AttributeType.TEXT
        bare = Field(
            name=parameter.name, source=Source.MESSAGE, type=parameter.type, description="", required=False,
            min_length=1 if is_text else None, max_length=(parameter.maximum or _WORDS_MAX) if is_text else None,
            minimum=None if is_text else parameter.minimum, maximum=None if is_text else parameter.maximum,
        )  # fmt: skip
        return form_wanted(bare)

    def sent(self, place: str, endpoint: Endpoint) -> list[Fact]:
        """What a request carries."""
        fields = self._taken(endpoint, endpoint.entity)
        match endpoint.request:
            case Body.CREATE:
                return self._creation(place, endpoint)
            case Body.BATCH:
                items = {"list": "yes", "required": "yes", "least": "1", "most": str(endpoint.batch), "type": "object"}
                inner = self._creation(f"{place}.items", endpoint)[1:]
                return [*facts_at(place, _OBJECT | {"closed": "yes"}), *facts_at(f"{place}.items", items), *inner]
            case Body.UPDATE:
                return self._object(place, fields, change=True)
            case Body.FIELDS:
                closed = endpoint.act is not Act.CALLBACK  # what others send may have more in it
                return self._object(place, endpoint.takes, closed=closed) if endpoint.takes else []
            case Body.FILE:
                file = facts_at(f"{place}.file", {"required": "yes", **_file(endpoint)})
                return self._object(place, fields if endpoint.response is Body.ONE else []) + file
        return []

    def given(self, place: str, endpoint: Endpoint) -> list[Fact]:
        """What an answer carries."""
        match endpoint.response:
            case Body.ONE:
                return self.read(place, endpoint.entity)
            case Body.PAGE:
                most = next((p.maximum for p in endpoint.parameters if p.name == "limit"), None) or 100
                items = {"list": "yes", "required": "yes", "most": str(most), "type": "object"}
                return [
                    *facts_at(place, _OBJECT),
                    *facts_at(f"{place}.items", items),
                    *facts_at(f"{place}.next", _CURSOR),
                    *self.read(f"{place}.items", endpoint.entity)[1:],
                ]
            case Body.FIELDS:
                return self._object(place, endpoint.gives, closed=False) if endpoint.gives else []
            case Body.SUMMARY:
                return self._figures(place, endpoint.entity)
            case Body.FILE:
                return facts_at(place, _file(endpoint))
        return []

    def media(self, body: Body, endpoint: Endpoint) -> str:
        """The media type of a body; empty where nothing is said."""
        if body is Body.FILE:
            kind = endpoint.media_types[0] if endpoint.media_types else "application/octet-stream"
            return "multipart/form-data" if body is endpoint.request else kind
        return _MEDIA.get(body, "")

    def read(self, place: str, entity: EntityId) -> list[Fact]:
        """An entity as it is read, with the parts that come with it."""
        fields = [f for f in self._shapes[entity].fields if f.shown and not f.write_only]
        found = self._object(place, fields, closed=False)
        for name, part in self._parts_of(entity):
            found += facts_at(
                f"{place}.{name}", {"list": "yes", "most": PARTS_MAX, "type": "object", "read only": "yes"}
            )
            found += self.read(f"{place}.{name}", part)[1:]
        return found

    def _figures(self, place: str, entity: EntityId) -> list[Fact]:
        group = f"{place}.groups"
        text = {"required": "yes", "type": "text", "max length": "200", "pattern": CHARACTERS}
        found = [
            *facts_at(place, _OBJECT),
            *facts_at(f"{place}.as_of", {"required": "yes", "type": "moment"}),
            *facts_at(group, {"required": "yes", "list": "yes", "type": "object", "most": "1000"}),
            *facts_at(f"{group}.key", text),
            *facts_at(
                f"{group}.count", {"required": "yes", "type": "int64", "minimum": "0", "maximum": str(2**53 - 1)}
            ),
        ]
        for field in self._shapes[entity].fields:
            if field.shown and not field.write_only and field.type in _TOTALLED and field.attribute:
                sums = {"type": "money", "max length": "40", "pattern": _SUM}
                found += facts_at(f"{group}.{field.name}_total", sums)
        return found

    def _object(self, place: str, fields: Iterable[Field], *, closed: bool = True, change: bool = False) -> list[Fact]:
        fields = list(fields)
        least = "1" if change and fields else ""
        found = facts_at(place, {"type": "object", "closed": "yes" if closed else "", "at least": least})
        for field in fields:
            asked = "yes" if field.required and not change else ""
            null = "yes" if change and not field.required else ""
            found += facts_at(f"{place}.{field.name}", {"required": asked, "null": null, **field_wanted(field)})
        return found

    def _creation(self, place: str, endpoint: Endpoint) -> list[Fact]:
        found = self._object(place, self._taken(endpoint, endpoint.entity))
        for name, part in self._parts(endpoint):
            items = {"list": "yes", "required": "yes", "least": "1", "most": PARTS_MAX, "type": "object"}
            own = [f for f in self._taken(endpoint, part) if f.refers != endpoint.entity]
            found += facts_at(f"{place}.{name}", items) + self._object(f"{place}.{name}", own)
        return found

    def _taken(self, endpoint: Endpoint, entity: EntityId) -> list[Field]:
        """The fields that only a client can say: not ours, not in the path, and not told by who calls."""
        actor = self._operations[endpoint.operation].actor
        told = {p.name for p in endpoint.parameters if p.place == "path"}
        told |= {
            r.column for r in self._arch.policies.ownership if r.entity == entity and r.actor in (actor, None)
        }  # fmt: skip
        return [f for f in self._shapes[entity].fields if f.shown and not f.read_only and f.name not in told]

    def _parts(self, endpoint: Endpoint) -> Iterator[tuple[str, EntityId]]:
        whole = self._shapes[endpoint.entity]
        for ident in self._operations[endpoint.operation].touches:
            part = self._shapes.get(ident)
            if part and ident != whole.entity and any(f.part_of and f.refers == whole.entity for f in part.fields):
                yield _short(part, whole), ident

    def _parts_of(self, entity: EntityId) -> dict[tuple[str, EntityId], None]:
        creates = [e for e in self.endpoints.values() if e.entity == entity and e.request is Body.CREATE]
        return dict.fromkeys(part for endpoint in creates for part in self._parts(endpoint))


def _short(part: Shape, whole: Shape) -> str:
    plural, prefix = (snake(_apart(name)) for name in (part.plural_name, whole.type_name))
    short = plural.removeprefix(f"{prefix}_")
    return plural if not short or whole.field(short) else short


def _apart(type_name: str) -> str:
    return "".join(f" {c}" if c.isupper() else c for c in type_name)


def _proofs(endpoint: Endpoint) -> list[str]:
    """The proofs that have a scheme; where scopes are asked for, a token is."""
    return [p for p in endpoint.proofs if p in SCHEMES] or (["oidc"] if endpoint.scopes else [])


def _refused(endpoint: Endpoint) -> list[int]:
    unchanged = [304] if endpoint.etag and endpoint.method == "GET" else []
    return [r.status for r in endpoint.refusals] + unchanged


def _headers(endpoint: Endpoint) -> Iterator[tuple[str, dict[str, str]]]:
    if endpoint.idempotency_key:
        yield "Idempotency-Key", {"required": "yes", **_KEY}
    if endpoint.etag:
        reads = endpoint.method == "GET"
        yield "If-None-Match" if reads else "If-Match", {"required": "" if reads else "yes", **_TAG}


def _cache(endpoint: Endpoint) -> str:
    if endpoint.cache:
        return f"{'public' if endpoint.shared or not endpoint.scopes else 'private'}, max-age={endpoint.cache:.0f}"
    return "private, no-cache" if endpoint.etag else "no-store"


def _file(endpoint: Endpoint) -> dict[str, str]:
    return {"type": "file", "max length": str(endpoint.max_bytes or 2**31 - 1)}
