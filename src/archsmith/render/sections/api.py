"""Section 3: every endpoint with its caller, load and limits, worked examples, and the events."""

from collections.abc import Iterator

from archsmith.model.contracts import Endpoint, EventContract, Over
from archsmith.model.domain import Operation
from archsmith.render import show
from archsmith.render.markdown import code, fence, join, listed, table, text
from archsmith.render.prose import capital, some
from archsmith.render.sections.arguments import API, told
from archsmith.render.sections.examples import exchanges
from archsmith.render.sections.interfaces import carried, inside, styled
from archsmith.render.view import View

EXAMPLES = 3
"""Commands shown with a request and a response; one query follows them."""


def api(view: View) -> str:
    """The section's text, without its heading."""
    shown = [
        o
        for o in (*view.key_commands[: 1 if view.small else EXAMPLES], *view.key_queries[:1])
        if o.id in view.endpoints and view.endpoints[o.id].over is Over.HTTP
    ]
    return join(
        [
            " ".join(s for s in (*_habits(view), *styled(view), inside(view), _whole(view)) if s),
            told(view, API),
            table(
                ("Endpoint", "Does", "Scope", "Peak", "p95", "Rules"),
                [_row(view, e) for e in view.arch.endpoints],
                right=(3, 4),
            ),
            "### Examples" if shown else "",
            *_examples(view, shown),
            "### Messages" if view.arch.event_contracts else "",
            table(
                ("Event", "Channel", "Ordered by", "Carries", "From", "To"),
                [_event(view, e) for e in view.arch.event_contracts if e.event],
            ),
            *carried(view),
        ]
    )


def _habits(view: View) -> Iterator[str]:
    """What holds for the endpoints, told with the ones it holds for."""
    title, endpoints = capital(view.title), view.arch.over(Over.HTTP)
    if not endpoints:
        return
    problems = sorted({p for e in endpoints for p in e.problems})
    yield f"{title} answers what goes wrong with RFC 9457 problems: {listed(str(p) for p in problems)}."
    safe = [_call(e) for e in endpoints if e.idempotency_key]
    if safe:
        yield f"An `Idempotency-Key` makes these safe to repeat: {some(safe, 6)}."
    pages = [_call(e) for e in endpoints if e.response == "page"]
    if pages:
        yield f"Lists go page by page with a cursor: {some(pages, 6)}."
    tagged = [_call(e) for e in endpoints if e.etag]
    if tagged:
        yield f"`ETag` and `If-Match` guard {some(tagged, 6)}."
    guests = [_call(e) for e in endpoints if e.open and e.method != "GET"]
    if guests:
        yield f"Guests may call {some(guests, 6)} without signing in; only the rate limit and the schema guard these."


def _whole(view: View) -> str:
    """Where the contract is: what is no HTTP of its own stands in a schema of its own."""
    named = {Over.GRAPHQL: "schema.graphql", Over.GRPC: "../proto", Over.HTTP: "openapi.yaml"}
    paths = [f"api/{file}".replace("api/../", "") for way, file in named.items() if view.arch.over(way)]
    return f"The whole contract of {capital(view.title)}: {listed([f'[{p}]({p})' for p in paths])}." if paths else ""


def _call(endpoint: Endpoint) -> str:
    return code(f"{endpoint.method} {endpoint.path}", in_table=True)


def _row(view: View, endpoint: Endpoint) -> tuple[str, ...]:
    operation = view.operations.get(endpoint.operation)
    latency = view.latencies.get(endpoint.operation)
    rules = ["key"] if endpoint.idempotency_key else []
    rules += ["etag"] if endpoint.etag else []
    rules += [f"cached {show.duration(endpoint.cache)}"] if endpoint.cache else []
    limit = view.rate_limits.get(endpoint.rate_limit) if endpoint.rate_limit else None
    rules += [f"{limit.limit:,} in {show.duration(limit.window)}"] if limit else []
    target = latency.target_p95 if latency else operation.latency_p95.value if operation else None
    return (
        _call(endpoint),
        capital(endpoint.summary),
        _proof(endpoint),
        show.rate(operation.peak.value) if operation and not endpoint.companion else "–",
        show.duration(target) if target else "",
        ", ".join(rules),
    )


def _proof(endpoint: Endpoint) -> str:
    """The scope that a token needs, or by what else one proves who calls."""
    scopes = [code(s, in_table=True) for s in endpoint.scopes]
    return ", ".join(scopes or [text(p.replace("_", " ")) for p in endpoint.proofs]) or "open"


def _examples(view: View, shown: list[Operation]) -> Iterator[str]:
    called = {view.endpoints[o.id].operation_id: o for o in reversed(shown)}
    endpoints = list({view.endpoints[o.id].operation_id: view.endpoints[o.id] for o in shown}.values())
    for endpoint, (request, response) in zip(endpoints, exchanges(view, endpoints), strict=True):
        operation = called[endpoint.operation_id]
        head = f"**{capital(operation.name)}** ({text(view.name_of_actor(operation.actor))})"
        yield join([head, fence("http", request), fence("http", response)])


def _event(view: View, contract: EventContract) -> tuple[str, ...]:
    published = [text(s.name) for s in view.arch.services if contract.event in s.publishes]
    consumed = [text(s.name) for s in view.arch.services if contract.event in s.consumes]
    carries = some([code(a, in_table=True) for a in contract.attributes], 8)
    return (
        code(contract.type, in_table=True),
        code(contract.channel, in_table=True),
        code(contract.key, in_table=True),
        carries,
        some(published),
        some(consumed),
    )
