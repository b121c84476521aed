"""Endpoints between services: in the document of the service that is called, never at the edge."""

import functools

import yaml
from tests.render.contracts.designs import rendered
from tests.render.contracts.wired import asking, calling

from archsmith.kernel.ids import ElementId, ServiceId
from archsmith.model.architecture import Mode
from archsmith.model.contracts import Act, Audience, Endpoint
from archsmith.model.design import Design


@functools.cache
def apart(option: str) -> Design:
    return calling(option, asking())


def inside(option: str = "json") -> list[Endpoint]:
    return [e for e in apart(option).architecture.endpoints if e.audience is Audience.COMPONENT]


def test_every_call_that_somebody_waits_for_has_an_endpoint() -> None:
    flows = [f for f in apart("json").architecture.flows if f.mode is Mode.SYNC and f.source.startswith("service:")]
    waited = {(f.source, f.target, o) for f in flows if f.target.startswith("service:") for o in f.operations}
    served = {
        (ElementId(f"service:{c}"), ElementId(f"service:{e.service}"), o)
        for e in inside()
        for c in e.callers
        for o in (e.operation, *e.also)
    }
    assert waited
    assert waited <= served


def test_grpc_carries_them_where_that_was_decided() -> None:
    assert inside("grpc") == []


def test_only_our_own_services_get_in() -> None:
    for endpoint in inside():
        assert (endpoint.proofs, endpoint.scopes) == (("service_token",), ())
        assert endpoint.callers
        assert ServiceId(endpoint.service) not in endpoint.callers
        assert 403 in endpoint.problems
        limit = next(p for p in apart("json").architecture.policies.rate_limits if p.id == endpoint.rate_limit)
        assert limit.id == f"limit-{endpoint.service}-peers"


def test_what_changes_is_told_by_key_and_a_saga_can_take_it_back() -> None:
    steps = {e.path: e for e in inside() if e.act is Act.STEP}
    done, undone = (steps[f"/internal/products/{{product_id}}/{verb}"] for verb in ("place-order", "undo-place-order"))
    assert done.idempotency_key
    assert undone.idempotency_key
    assert [f.name for f in done.takes] == ["caused_by_id"]
    assert (done.success, undone.success) == (200, 204)


def test_they_stand_in_the_document_of_the_service_and_not_in_that_of_the_edge() -> None:
    files = rendered(apart("json"))
    assert "/internal/" not in files["api/openapi.yaml"]
    endpoint = next(e for e in inside() if e.act is Act.STEP)
    operation = yaml.safe_load(files[f"api/{endpoint.service}/openapi.yaml"])["paths"][endpoint.path]["post"]
    assert operation["x-audience"] == "component-internal"
    (flow,) = apart("json").architecture.calls_of(endpoint)
    assert flow.timeout is not None
    waits = {"timeout_ms": round(flow.timeout * 1000), "attempts": flow.retry.attempts if flow.retry else 1}
    assert operation["x-callers"] == {endpoint.callers[0]: waits}
