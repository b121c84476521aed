"""The facts of the API in the model: what an OpenAPI document has to say of its endpoints and their bodies."""

from collections.abc import Iterable, Iterator
from typing import Final

from archsmith.kernel.names import plain, slug
from archsmith.kernel.phrases import duration, listed
from archsmith.kernel.provenance import Stated
from archsmith.knowledge.problems import ProblemType, kept
from archsmith.model.architecture import Flow, RateLimit
from archsmith.model.bodies import Bodies
from archsmith.model.contracts import Act, Audience, Body, Endpoint, Parameter, Webhook
from archsmith.model.design import Design
from archsmith.model.domain import AttributeType, Consistency
from archsmith.model.shapes import Field, Source
from archsmith.verify.parity_api import Block
from archsmith.verify.parity_api_bodies import ApiBodies
from archsmith.verify.parity_api_forms import CURSOR, DELIVERY, HOST, KEY, TAG, form, header, problem
from archsmith.verify.parity_facts import Fact, facts_at
from archsmith.verify.parity_json import Said, form_wanted, shown
from archsmith.verify.parity_words import figures, plainly

_ISSUER: Final = f"https://identity.{HOST}"
_CODE: Final[Said] = {
    "authorizationUrl": f"{_ISSUER}/authorize", "tokenUrl": f"{_ISSUER}/token", "refreshUrl": f"{_ISSUER}/token",
}  # fmt: skip
_BEARER: Final[Said] = {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
_SCHEMES: Final[dict[str, tuple[str, Said, str, Said]]] = {
    "oidc": ("openId", {"type": "oauth2"}, "authorizationCode", _CODE),
    "password": ("accessToken", _BEARER, "", {}),
    "api_key": ("clientCredentials", {"type": "oauth2"}, "clientCredentials", {"tokenUrl": f"{_ISSUER}/token"}),
    "service_token": ("serviceToken", _BEARER, "", {}),
    "device_certificate": ("deviceCertificate", {"type": "mutualTLS"}, "", {}),
    "signed_link": ("signedLink", {"type": "apiKey", "in": "header", "name": "Link-Token"}, "", {}),
    "webhook_signature": ("webhookSignature", {"type": "apiKey", "in": "header"}, "", {}),
}
"""Of each proof that a request carries outside its body: its scheme, and the flow that lists its scopes."""
_LASTING: Final = frozenset({"oidc", "password", "api_key", "device_certificate"})
"""Proofs that say for how long they are good."""
_PLAIN: Final = frozenset({AttributeType.INTEGER, AttributeType.DECIMAL, AttributeType.BOOLEAN})
_WORDS_MAX: Final = 200
_RETRY: Final = "60"
"""Seconds after which a receiver of webhooks that has too many is tried again."""


class ApiModel:
    """The model as one document of the API shows it: `endpoints` are those that stand in it; `service`: it is the
    document of that service alone."""

    def __init__(
        self,
        design: Design,
        endpoints: Iterable[Endpoint],
        problems: dict[int, tuple[ProblemType, ...]],
        service: str = "",
    ) -> None:
        self._arch, self._domain = design.architecture, design.derivation.domain
        self._service = next((s for s in self._arch.services if slug(s.id) == service), None) if service else None
        self._operations = {o.id: o for o in self._domain.operations}
        self._limits = {p.id: p for p in self._arch.policies.rate_limits}
        self._limit = next(iter(self._arch.policies.rate_limits), None)
        self.endpoints = tuple(endpoints)
        self._fields = Bodies(design, self.endpoints)
        self._bodies = ApiBodies(self._arch, self._domain, self._fields)
        self._catalogue = problems
        self._traits = {trait for e in self.endpoints for trait in self._fields.traits(e)}
        api = self._arch.api
        self._base = api.base_path if api else f"/v{self._arch.api_version.partition('.')[0]}"
        called = [n for e in self._domain.entities for n in (e.name, e.plural, plain(e.name))]
        called += [a.name for a in self._domain.actors] + [s.name for s in self._domain.systems]
        self.names = frozenset(f for name in called for f in figures(name))

    def blocks(self) -> dict[str, Block]:
        """All that the document has to say."""
        found: dict[str, Block] = {"document": frozenset(self._document())}
        for endpoint in self.endpoints:
            found |= self.operation(endpoint)
        if self._service is None:
            for webhook in self._arch.webhooks:
                found |= self._webhook(webhook)
        return found | dict(self._schemes())

    def operation(self, endpoint: Endpoint) -> dict[str, Block]:
        """What is said of one operation."""
        place = f"{endpoint.method} {endpoint.path}"
        listed_there = any(p in ("oidc", "api_key") for p in _proofs(endpoint))
        said: Said = {
            "operationId": endpoint.operation_id,
            "audience": endpoint.audience.value,
            "proofs": frozenset(_way(proof, endpoint) for proof in _proofs(endpoint)) or frozenset({"open"}),
            "scopes beside": frozenset(() if listed_there else endpoint.scopes),
            "callers": frozenset(_caller(flow) for flow in self._arch.calls_of(endpoint)),
            "figures": self._promised(endpoint) - self.names,
        }
        found = {place: frozenset(facts_at("", said))}
        for parameter in endpoint.parameters:
            there = f"{place} {parameter.place} {parameter.name}"
            found[there] = self._without(facts_at("", self._parameter(parameter, endpoint)))
        for name, facts in self._headers(endpoint):
            found[f"{place} header {name}"] = frozenset(facts)
        if sent := self._bodies.sent(endpoint):
            found[f"{place} request"] = self._without([*facts_at("", {"required": "yes"}), *sent])
        for status, facts in self._answers(endpoint):
            found[f"{place} answer {status}"] = self._without(facts)
        return found

    def _without(self, facts: Iterable[Fact]) -> Block:
        """Figures of names are words."""
        return frozenset(plainly(facts, self.names))

    def _document(self) -> Iterator[Fact]:
        """What is said once."""
        order, notice = list(Audience), self._arch.api.notice if self._arch.api else None
        months = {f"{round(notice)} months"} if notice is not None else set()
        purpose = figures(self._service.purpose) if self._service else frozenset()
        said: Said = {
            "OpenAPI": "3.1.1",
            "version": self._arch.api_version,
            "audience": min((e.audience for e in self.endpoints), key=order.index).value,
            "contact": frozenset({f"https://{HOST}/support", f"api@{HOST}"}),
            "license": "LicenseRef-Proprietary",
            "figures": frozenset(months | purpose) - self.names,
        }
        yield from facts_at("", said)
        inner = f"{slug(self._service.id)}.internal" if self._service else "api"
        server = {"url": f"https://{{host}}{self._base}", "internal": "true" if self._service else "false"}
        yield from facts_at(" server 0", server)
        yield from facts_at(" server 0 variable host", {"default": f"{inner}.{HOST}"})
        yield from self._tags()

    def _tags(self) -> Iterator[Fact]:
        """Which operations go together under a tag, and what its words state: how long an entity is kept."""
        grouped: dict[str, list[str]] = {}
        stated: dict[str, frozenset[str]] = {}
        entities = {e.id: e for e in self._domain.entities}
        lasting = {r.entity: f"{r.keep:g} months" for r in reversed(self._arch.policies.retention)}
        for endpoint in self.endpoints:
            entity = entities[endpoint.entity]
            label = _label(endpoint.tag or entity.plural or plain(entity.name))
            grouped.setdefault(label, []).append(f"{endpoint.method} {endpoint.path}")
            if not endpoint.tag:
                stated.setdefault(label, figures(entity.description) | {*filter(None, [lasting.get(entity.id)])})
            elif endpoint.act not in (Act.JOB, Act.CALLBACK, Act.SIGN):
                stated.setdefault(label, figures(endpoint.reason or endpoint.summary))
        if self._arch.webhooks and self._service is None:
            grouped.setdefault("webhooks", [])
            stated.setdefault("webhooks", self._tries())
        for label, places in grouped.items():
            said = stated.get(label, frozenset()) - self.names
            yield from facts_at(f" tag of {min(places, default='webhooks')}", {"figures": said})
        yield Fact("", "tags that go together", frozenset(" + ".join(sorted(places)) for places in grouped.values()))

    def _schemes(self) -> Iterator[tuple[str, Block]]:
        opened: dict[str, set[str]] = {}
        for endpoint in self.endpoints:
            for proof in _proofs(endpoint):
                opened.setdefault(proof, set()).update(endpoint.scopes)
        signature = self._arch.api.signature if self._arch.api else "Webhook-Signature"
        for proof, scopes in opened.items():
            name, said, flow, urls = _SCHEMES[proof]
            more: Said = {"name": signature} if proof == "webhook_signature" else {}
            found = facts_at("", said | more | {"figures": self._lasting(proof) - self.names})
            found += facts_at(f" flow {flow}", urls | {"scopes": frozenset(scopes)}) if flow else []
            yield f"scheme {name}", frozenset(found)
        if self._arch.webhooks and self._service is None:
            late = frozenset({duration(self._arch.api.tolerance)} if self._arch.api else ())
            said = {"type": "apiKey", "in": "header", "name": signature, "figures": late}
            yield "scheme sentSignature", frozenset(facts_at("", said))

    def _lasting(self, proof: str) -> frozenset[str]:
        who = [a for a in self._arch.policies.authentication if a.method == proof and proof in _LASTING]
        lasting = listed(duration(a.session) for a in who if a.session)
        return figures(lasting) | frozenset(f for a in who for f in figures(a.note))

    def _webhook(self, webhook: Webhook) -> dict[str, Block]:
        place = f"webhook {webhook.name}"
        said: Said = {
            "operationId": webhook.name,
            "proofs": frozenset({"sentSignature"}),
            "figures": (self._tries() | figures(webhook.description)) - self.names,
        }
        sent = [*facts_at("", {"required": "yes"}), *self._bodies.told(webhook)]
        return {
            place: frozenset(facts_at("", said)),
            f"{place} header Webhook-Id": frozenset([*form(DELIVERY), *facts_at("", _always(frozenset()))]),
            f"{place} request": self._without(sent),
            f"{place} answer 204": frozenset([Fact("")]),
            f"{place} answer 410": frozenset([Fact("")]),
            f"{place} answer 429": frozenset([Fact(""), *header("Retry-After", _RETRY)]),
        }

    def _tries(self) -> frozenset[str]:
        api = self._arch.api
        return frozenset({duration(api.timeout), f"{api.attempts} times", duration(api.give_up)} if api else ())

    def _promised(self, endpoint: Endpoint) -> frozenset[str]:
        """The figures that the description states."""
        operation = self._operations[endpoint.operation]
        served = [self._operations[o] for o in (endpoint.operation, *endpoint.also) if o in self._operations]
        found = set(figures(endpoint.summary) if endpoint.act is not Act.JOB else ())
        if endpoint.companion:
            found |= figures(endpoint.reason)
        else:
            found |= {"95%", duration(operation.latency_p95.value)}
            if not any(isinstance(o.why, Stated) for o in served):
                found |= figures(endpoint.description)
        if endpoint.method == "GET" and operation.consistency is Consistency.EVENTUAL and operation.freshness:
            found.add(duration(operation.freshness.value))
        if limit := self._limit_of(endpoint):
            found |= {f"{limit.limit} requests", duration(limit.window)}
        return frozenset(found)

    def _limit_of(self, endpoint: Endpoint) -> RateLimit | None:
        return self._limits.get(endpoint.rate_limit) if endpoint.rate_limit else None

    def _parameter(self, parameter: Parameter, endpoint: Endpoint) -> Said:
        asked = parameter.required or parameter.place == "path"
        said: Said = {
            "required": "yes" if asked else "",
            "example": "yes",
            "figures": figures(parameter.description),
        }
        value = {**self._selects(parameter, endpoint), "default": _default(parameter)}
        if not parameter.many:
            return said | value
        most = self._arch.rules.select_max
        several = min(len(set(parameter.choices)), most) if parameter.choices else most
        said |= {"style": "form", "exploded": "false", "list": "yes", "each once": "yes", "least": "1"}
        return said | {"most": str(several)} | {f"each {k}": v for k, v in value.items()}

    def _selects(self, parameter: Parameter, endpoint: Endpoint) -> dict[str, str]:
        """Type and limits of one value of a parameter: those of the field that it selects by, else its own."""
        if parameter.choices:
            return {"type": "text", "values": ", ".join(map(shown, dict.fromkeys(parameter.choices)))}
        shape = self._fields.shapes[endpoint.entity]
        field = (shape.of(parameter.attribute) or shape.field(parameter.attribute)) if parameter.attribute else None
        if field is not None and not field.many and field.type is parameter.type:
            said = form_wanted(field)
            return {**said, "min length": ""} if field.type is AttributeType.TEXT else said
        if parameter.name == "cursor":
            return {f.what: str(f.value) for f in form(CURSOR) if f.what}
        is_text = parameter.type is AttributeType.TEXT
        bare = Field(
            name=parameter.name, source=Source.MESSAGE, type=parameter.type, description="", required=False,
            min_length=1 if is_text else None, max_length=(parameter.maximum or _WORDS_MAX) if is_text else None,
            minimum=None if is_text else parameter.minimum, maximum=None if is_text else parameter.maximum,
        )  # fmt: skip
        return form_wanted(bare)

    def _headers(self, endpoint: Endpoint) -> Iterator[tuple[str, list[Fact]]]:
        if endpoint.idempotency_key:
            remembered = frozenset({duration(self._arch.api.keys_kept)} if self._arch.api else ())
            key = KEY | {"minLength": self._arch.rules.key_min, "maxLength": self._arch.rules.key_max}
            yield "Idempotency-Key", [*form(key), *facts_at("", _always(remembered))]
        if endpoint.etag:
            reads = endpoint.method == "GET"
            said: Said = {"example": "yes"} if reads else _always(frozenset())
            yield "If-None-Match" if reads else "If-Match", [*form(TAG), *facts_at("", said)]

    def _answers(self, endpoint: Endpoint) -> Iterator[tuple[int, list[Fact]]]:
        limit = self._limit_of(endpoint)
        told = [*facts_at("", {}), *_limit(limit)]
        yield endpoint.success, [*told, *self._success(endpoint), *self._bodies.given(endpoint)]
        if endpoint.etag and endpoint.method == "GET":
            yield 304, told
        own = {r.status for r in endpoint.refusals}
        for status in sorted({*endpoint.problems, *own}):
            found = facts_at("", {"problems": self._types(endpoint, status)})
            found += [*problem(), *(_limit(limit) if status < 500 else ())]
            found += header("WWW-Authenticate") if status == 401 else ()
            if status in (429, 503):
                asked = limit if status == 429 or status in own else self._limit
                found += header("Retry-After", f"{asked.window if asked else 1:.0f}")
            yield status, found

    def _success(self, endpoint: Endpoint) -> list[Fact]:
        found = [*header("Location", place)] if (place := self._location(endpoint)) else []
        found += header("Retry-After", f"{endpoint.retry_after:.0f}") if endpoint.retry_after else ()
        found += header("ETag") if endpoint.etag and endpoint.method != "DELETE" else ()
        if endpoint.method == "GET":
            kept_for = frozenset({duration(endpoint.cache)} if endpoint.cache else ())
            found += header("Cache-Control", _cache(endpoint), kept_for)
        return found

    def _location(self, endpoint: Endpoint) -> str:
        """Where what was made is read; empty where nothing is, or where the API has no such place."""
        others: Iterable[Endpoint] = ()
        if endpoint.success == 302:
            return f"https://files.{HOST}/(file)?(signature)"
        if endpoint.response is Body.ACCEPTED and endpoint.method != "GET" and endpoint.act is not Act.JOB_CANCEL:
            others = (e for e in self.endpoints if e.service == endpoint.service and e.response is Body.ACCEPTED)
            others = (e for e in others if e.method == "GET")
        elif endpoint.success == 201 and endpoint.response is Body.ONE:
            others = (e for e in self.endpoints if e.entity == endpoint.entity and e.response is Body.ONE)
            others = (e for e in others if e.act is Act.GET)
        return next((f"{self._base}{e.path}" for e in others), "")

    def _types(self, endpoint: Endpoint, status: int) -> frozenset[str]:
        """The types of problems with a status: the rules of the business, and what any such request can meet."""
        types, own = self._catalogue.get(status, ()), [r.type for r in endpoint.refusals if r.status == status]
        if not own:
            return frozenset(t.id for t in kept(types, self._traits))
        traits = set(self._fields.traits(endpoint)) - {"state"}
        return frozenset([*own, *(t.id for t in kept(types, traits) if not t.when or t.when in traits)])


def _always(said: frozenset[str]) -> Said:
    """A header field that every request has."""
    return {"required": "yes", "example": "yes", "figures": said}


def _default(parameter: Parameter) -> str:
    """The default as a value of its type."""
    said = parameter.default
    if parameter.choices or parameter.type not in _PLAIN or not said:
        return shown(said) if said else ""
    return shown(float(said)) if parameter.type is AttributeType.DECIMAL else said


def _label(tag: str) -> str:
    """A tag as two that look the same have it."""
    return " ".join(tag.split()).casefold()


def _caller(flow: Flow) -> str:
    wait = f"{round(flow.timeout * 1000)}" if flow.timeout else ""
    return f"{flow.source.partition(':')[2]} waits {wait} ms, {flow.retry.attempts if flow.retry else 1} times"


def _way(proof: str, endpoint: Endpoint) -> str:
    name, _, flow, _ = _SCHEMES[proof]
    return f"{name} for {', '.join(sorted(endpoint.scopes))}" if flow and endpoint.scopes else name


def _proofs(endpoint: Endpoint) -> list[str]:
    """The proofs that have a scheme; where scopes are asked for, a token is."""
    return [p for p in endpoint.proofs if p in _SCHEMES] or (["oidc"] if endpoint.scopes else [])


def _limit(limit: RateLimit | None) -> list[Fact]:
    """The quota, which every answer tells that does not fail."""
    if limit is None:
        return []
    name, window = limit.id.rpartition("-")[2] or limit.id, f"{limit.window:.0f}"
    return [
        *header("RateLimit-Policy", f'"{name}";q={limit.limit};w={window}'),
        *header("RateLimit", f'"{name}";r={limit.limit - 1};t={window}'),
    ]


def _cache(endpoint: Endpoint) -> str:
    if endpoint.cache:
        return f"{'public' if endpoint.shared or not endpoint.scopes else 'private'}, max-age={endpoint.cache:.0f}"
    return "private, no-cache" if endpoint.etag else "no-store"
