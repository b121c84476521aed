"""The facts of the API in the model: what an OpenAPI document has to say of its endpoints and their bodies."""

from collections.abc import Iterable, Iterator
from typing import Final

from archsmith.kernel.names import slug
from archsmith.kernel.phrases import duration
from archsmith.kernel.provenance import Stated
from archsmith.knowledge.problems import ProblemType, kept
from archsmith.model.architecture import Flow, RateLimit
from archsmith.model.bodies import Bodies
from archsmith.model.contracts import Act, Body, Endpoint, Webhook
from archsmith.model.design import Design
from archsmith.model.domain import Consistency
from archsmith.verify.parity_api import Block
from archsmith.verify.parity_api_asked import ApiParameters, always
from archsmith.verify.parity_api_bodies import ApiBodies
from archsmith.verify.parity_api_forms import DELIVERY, HOST, form, header, problem
from archsmith.verify.parity_api_security import schemes, security
from archsmith.verify.parity_api_whole import ApiWhole
from archsmith.verify.parity_facts import Fact, facts_at
from archsmith.verify.parity_json import Said
from archsmith.verify.parity_words import figures, plainly

_Problem = tuple[int, RateLimit | None, RateLimit | None, frozenset[str]]
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
        owner = next((s for s in self._arch.services if slug(s.id) == service), None) if service else None
        self._operations = {o.id: o for o in self._domain.operations}
        self._limits = {p.id: p for p in self._arch.policies.rate_limits}
        self._limit = next(iter(self._arch.policies.rate_limits), None)
        self.endpoints = tuple(endpoints)
        self._fields = Bodies(design, self.endpoints)
        self._bodies = ApiBodies(self._arch, self._fields)
        self._catalogue = problems
        self._problems: dict[_Problem, Block] = {}
        self._traits = {trait for e in self.endpoints for trait in self._fields.traits(e)}
        self._parameters = ApiParameters(self._arch, self._fields)
        self._whole = ApiWhole(self._arch, self._domain, self.endpoints, owner)
        self.names = self._whole.names

    def blocks(self) -> dict[str, Block]:
        """All that the document has to say."""
        found: dict[str, Block] = {"document": frozenset(self._whole.facts())}
        for endpoint in self.endpoints:
            found |= self.operation(endpoint)
        if self._whole.tells:
            for webhook in self._arch.webhooks:
                found |= self._webhook(webhook)
        return found | dict(schemes(self._arch, self.endpoints, self.names, self._whole.tells))

    def operation(self, endpoint: Endpoint) -> dict[str, Block]:
        """What is said of one operation."""
        place = f"{endpoint.method} {endpoint.path}"
        said: Said = {
            "operationId": endpoint.operation_id,
            "audience": endpoint.audience.value,
            **security(endpoint),
            "callers": frozenset(_caller(flow) for flow in self._arch.calls_of(endpoint)),
            "figures": self._promised(endpoint) - self.names,
        }
        found = {place: frozenset(facts_at("", said))}
        for name, facts in self._parameters.of(endpoint):
            found[f"{place} {name}"] = self._without(facts)
        if sent := self._bodies.sent(endpoint):
            found[f"{place} request"] = self._without([*facts_at("", {"required": "yes"}), *sent])
        for status, block in self._answers(endpoint):
            found[f"{place} answer {status}"] = block
        return found

    def _without(self, facts: Iterable[Fact]) -> Block:
        """Figures of names are words."""
        return frozenset(plainly(facts, self.names))

    def _webhook(self, webhook: Webhook) -> dict[str, Block]:
        place = f"webhook {webhook.name}"
        said: Said = {
            "operationId": webhook.name,
            "proofs": frozenset({"sentSignature"}),
            "figures": (self._whole.tries | figures(webhook.description)) - self.names,
        }
        sent = [*facts_at("", {"required": "yes"}), *self._bodies.told(webhook)]
        return {
            place: frozenset(facts_at("", said)),
            f"{place} header Webhook-Id": frozenset([*form(DELIVERY), *facts_at("", always(frozenset()))]),
            f"{place} request": self._without(sent),
            f"{place} answer 204": frozenset([Fact("")]),
            f"{place} answer 410": frozenset([Fact("")]),
            f"{place} answer 429": frozenset([Fact(""), *header("Retry-After", _RETRY)]),
        }

    def _promised(self, endpoint: Endpoint) -> frozenset[str]:
        """The figures that the description states."""
        operation = self._operations[endpoint.operation]
        served = [self._operations[o] for o in (endpoint.operation, *endpoint.also) if o in self._operations]
        found = set(figures(endpoint.summary) if endpoint.act is not Act.JOB else ())
        if endpoint.companion:
            found |= figures(endpoint.reason)
        else:
            found |= {"95%", duration(operation.latency_p95.value)}
            limits = [o.until.value for o in served if o.until is not None] if endpoint.to_state else []
            found |= figures(", ".join(limits[:1]))
            if not any(isinstance(o.why, Stated) for o in served):
                found |= figures(endpoint.description)
        if endpoint.method == "GET" and operation.consistency is Consistency.EVENTUAL and operation.freshness:
            found.add(duration(operation.freshness.value))
        if limit := self._limit_of(endpoint):
            found |= {f"{limit.limit} requests", duration(limit.window)}
        return frozenset(found)

    def _limit_of(self, endpoint: Endpoint) -> RateLimit | None:
        return self._limits.get(endpoint.rate_limit) if endpoint.rate_limit else None

    def _answers(self, endpoint: Endpoint) -> Iterator[tuple[int, Block]]:
        limit = self._limit_of(endpoint)
        told = [*facts_at("", {}), *_limit(limit)]
        success = [*told, *self._success(endpoint), *self._bodies.given(endpoint)]
        yield endpoint.success, frozenset(plainly(success, self.names))
        if endpoint.etag and endpoint.method == "GET":
            yield 304, frozenset(told)
        own = {r.status for r in endpoint.refusals}
        for status in sorted({*endpoint.problems, *own}):
            asked = self._limit if status == 503 and status not in own else limit
            key = (status, limit, asked, self._types(endpoint, status))
            if key not in self._problems:
                self._problems[key] = frozenset(_problem(*key))
            yield status, self._problems[key]

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
        return next((f"{self._whole.base}{e.path}" for e in others), "")

    def _types(self, endpoint: Endpoint, status: int) -> frozenset[str]:
        """The types of problems with a status: the rules of the business, and what any such request can meet."""
        types, own = self._catalogue.get(status, ()), [r.type for r in endpoint.refusals if r.status == status]
        if not own:
            return frozenset(t.id for t in kept(types, self._traits))
        traits = set(self._fields.traits(endpoint)) - {"state"}
        return frozenset([*own, *(t.id for t in kept(types, traits) if not t.when or t.when in traits)])


def _problem(status: int, limit: RateLimit | None, asked: RateLimit | None, types: frozenset[str]) -> list[Fact]:
    """An answer that tells of a problem; `asked` says how long to wait where waiting helps."""
    found = [*facts_at("", {"problems": types}), *problem(), *(_limit(limit) if status < 500 else ())]
    found += header("WWW-Authenticate") if status == 401 else ()
    if status in (429, 503):
        found += header("Retry-After", f"{asked.window if asked else 1:.0f}")
    return found


def _caller(flow: Flow) -> str:
    wait = f"{round(flow.timeout * 1000)}" if flow.timeout else ""
    return f"{flow.source.partition(':')[2]} waits {wait} ms, {flow.retry.attempts if flow.retry else 1} times"


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
