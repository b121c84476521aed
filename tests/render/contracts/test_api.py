"""What the OpenAPI document says, beside being valid: read back and compared with the model it was made from."""

import json
from collections.abc import Callable
from typing import Any

import jsonschema_rs
import pytest
from msgspec.structs import replace
from tests.render.contracts.designs import artifacts, many_shops, rendered, shop

from archsmith.kernel import safeyaml
from archsmith.kernel.ids import EntityId
from archsmith.kernel.units import Seconds
from archsmith.model.contracts import Act, Body, Endpoint, Webhook
from archsmith.model.design import Design
from archsmith.render.contracts.api.components import Components
from archsmith.render.contracts.json_schema import field_schema
from archsmith.verify.openapi import Examples, OpenApi
from archsmith.verify.ports import chosen

DESIGN = shop()
ENDPOINTS = DESIGN.architecture.endpoints


def read(design: Design) -> Any:
    return safeyaml.load(rendered(design)["api/openapi.yaml"])


@pytest.fixture(scope="module")
def document() -> Any:
    return read(DESIGN)


def operations(document: Any) -> dict[str, Any]:
    return {o["operationId"]: o for item in document["paths"].values() for o in item.values()}


def resolved(document: Any, part: Any) -> Any:
    if "$ref" not in part:
        return part
    for key in part["$ref"].removeprefix("#/").split("/"):
        document = document[key]
    return document


def found(wanted: Callable[[Endpoint], bool]) -> list[Endpoint]:
    """The endpoints of the shop that are so; there is one at least."""
    endpoints = [e for e in ENDPOINTS if wanted(e)]
    assert endpoints
    return endpoints


def example(content: Any) -> Any:
    (body,) = content.values()
    return body["examples"]["example"]["value"]


def headers(operation: Any, document: Any) -> set[str]:
    return {resolved(document, p)["name"] for p in operation.get("parameters", ()) if "$ref" in p}


def test_each_endpoint_stands_once_with_its_words(document: Any) -> None:
    told = operations(document)
    assert list(told) == [o for o in told if o in {e.operation_id for e in ENDPOINTS}]
    assert len(told) == len(ENDPOINTS)
    for endpoint in ENDPOINTS:
        operation = told[endpoint.operation_id]
        assert operation["summary"] == endpoint.summary
        assert operation["tags"][0] in {tag["name"] for tag in document["tags"]}
        assert all(f"`{scope}`" in operation["description"] for scope in endpoint.scopes)
    (place,) = found(lambda e: e.operation == "place-order" and e.act is Act.CREATE)
    said = told[place.operation_id]["description"]
    assert 'line 3 of the brief: "place an order"' in said
    emits = next(o.emits for o in DESIGN.derivation.domain.operations if o.id == "place-order")
    published = next(c.type for c in DESIGN.architecture.event_contracts if c.event in emits)
    assert f"ublishes `{published}`" in said


def test_errors_are_problem_details_with_examples(document: Any) -> None:
    sections = rendered(DESIGN)["api/problems.md"].split("\n## ")
    anchors = {section.partition("\n")[0] for section in sections[1:]}
    for operation in operations(document).values():
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                content = resolved(document, response)["content"]["application/problem+json"]
                values = [e["value"] for e in content["examples"].values()]
                assert {v["status"] for v in values} == {int(status)}
                assert len({v["type"] for v in values}) == len(values)
                assert {v["type"].partition("/problems#")[2] for v in values} <= anchors, "each type leads to a section"


def test_refusals_of_the_business_stand_where_they_happen(document: Any) -> None:
    for endpoint in found(lambda e: bool(e.refusals)):
        for refusal in endpoint.refusals:
            response = operations(document)[endpoint.operation_id]["responses"][str(refusal.status)]
            value = response["content"]["application/problem+json"]["examples"][refusal.type]["value"]
            assert (value["title"], value["detail"]) == (refusal.title, refusal.detail)


def test_scopes_and_schemes_are_defined(document: Any) -> None:
    schemes = document["components"]["securitySchemes"]
    for endpoint in ENDPOINTS:
        asked = operations(document)[endpoint.operation_id]["security"]
        assert asked == [{}] or all(name in schemes for each in asked for name in each)
        proofs = set(endpoint.proofs) - {"one_time_token", "refresh_token"}  # these stand in the body
        assert (asked == [{}]) == (not endpoint.scopes and not proofs), "open to anybody, or not"
        for name, scopes in ((n, s) for each in asked for n, s in each.items()):
            assert set(scopes) <= set(endpoint.scopes)
            listed = [flow["scopes"] for flow in schemes[name].get("flows", {}).values()]
            assert all(scope in offered for offered in listed for scope in scopes)


def test_unsafe_requests_are_keyed_and_changes_are_conditional(document: Any) -> None:
    told = operations(document)
    for endpoint in ENDPOINTS:
        names = headers(told[endpoint.operation_id], document)
        assert ("Idempotency-Key" in names) == endpoint.idempotency_key
        assert ("If-Match" in names) == (endpoint.etag and endpoint.method != "GET")
        assert ("If-None-Match" in names) == (endpoint.etag and endpoint.method == "GET")
        assert ("304" in told[endpoint.operation_id]["responses"]) == (endpoint.etag and endpoint.method == "GET")
    for change in found(lambda e: e.act is Act.UPDATE and e.etag):
        assert "412" in told[change.operation_id]["responses"]


def test_limits_of_the_model_are_told(document: Any) -> None:
    limit = DESIGN.architecture.policies.rate_limits[0]
    policy = document["components"]["headers"]["RateLimit-Policy"]["example"]
    assert f"q={limit.limit}" in policy
    for endpoint in ENDPOINTS:
        success = operations(document)[endpoint.operation_id]["responses"][str(endpoint.success)]
        assert "RateLimit" in success["headers"]
    assert "Retry-After" in document["components"]["responses"]["TooManyRequests"]["headers"]


def test_pages_have_cursors_and_a_largest_size(document: Any) -> None:
    for endpoint in found(lambda e: e.response is Body.PAGE):
        content = operations(document)[endpoint.operation_id]["responses"]["200"]["content"]["application/json"]
        page = resolved(document, content["schema"])
        limit = next(p for p in endpoint.parameters if p.name == "limit")
        assert page["required"] == ["items"]
        assert page["properties"]["items"]["maxItems"] == limit.maximum


def test_shapes_differ_by_use(document: Any) -> None:
    schemas = document["components"]["schemas"]
    assert {"id", "stock", "created_at"} <= set(schemas["Product"]["properties"])
    assert not {"id", "stock", "created_at"} & set(schemas["ProductUpdate"]["properties"])
    assert schemas["ProductUpdate"]["minProperties"] == 1
    assert schemas["ProductUpdate"]["properties"]["description"]["type"] == ["string", "null"]
    assert "customer_id" not in schemas["OrderCreate"]["properties"], "the caller is told by the token"
    assert schemas["OrderCreate"]["properties"]["lines"]["minItems"] == 1
    assert "order_id" not in schemas["OrderLineCreate"]["properties"]
    assert schemas["Order"]["properties"]["status"]["enum"] == ["placed", "paid", "shipped", "cancelled"]


def test_requests_are_closed_and_answers_are_open(document: Any) -> None:
    """But for what others send us: they add fields when they like."""
    callbacks = {e.operation_id for e in ENDPOINTS if e.act is Act.CALLBACK}
    for name, operation in operations(document).items():
        for body in operation.get("requestBody", {}).get("content", {}).values():
            assert ("additionalProperties" in resolved(document, body["schema"])) == (name not in callbacks)
        for status, response in operation["responses"].items():
            for body in resolved(document, response).get("content", {}).values():
                schema = resolved(document, body["schema"])
                assert "additionalProperties" not in schema, (operation["operationId"], status)


def test_every_property_of_an_entity_is_a_field_of_its_shape(document: Any) -> None:
    """Name, requirement, limits and direction of each, in the order of the shape."""
    compared = 0
    for shape in DESIGN.architecture.shapes:
        schema = document["components"]["schemas"].get(shape.type_name)
        if schema is None:
            continue
        seen = [f for f in shape.fields if f.shown and not f.write_only]
        own = {n: p for n, p in schema["properties"].items() if p.get("items", {}).keys() != {"$ref"}}
        assert own == {f.name: field_schema(f) for f in seen}
        assert schema["required"] == [f.name for f in seen if f.required]
        compared += 1
    assert compared


def test_tenants_do_not_show() -> None:
    assert "tenant_id" not in str(read(many_shops())["components"]["schemas"])


def test_examples_tell_one_story(document: Any) -> None:
    """What was sent is what comes back; what is read back is the same thing, at the place that was told."""
    told = operations(document)
    for create in found(lambda e: e.act is Act.CREATE and e.response is Body.ONE and e.request is Body.CREATE):
        operation = told[create.operation_id]
        sent = example(operation["requestBody"]["content"])
        made = example(operation["responses"]["201"]["content"])
        plain = {k: v for k, v in sent.items() if not isinstance(v, list)}
        assert plain.items() <= made.items()
        if "updated_at" in made:
            assert made["created_at"] == made["updated_at"]
        for get in (e for e in ENDPOINTS if e.act is Act.GET and e.entity == create.entity and e.response is Body.ONE):
            answer = told[get.operation_id]["responses"]["200"]["content"]
            assert example(answer) == made
            assert operation["responses"]["201"]["headers"]["Location"]["example"].endswith(made["id"])


def test_a_change_shows_what_changed(document: Any) -> None:
    told = operations(document)
    for change in found(lambda e: e.act is Act.UPDATE):
        patch = example(told[change.operation_id]["requestBody"]["content"])
        after = example(told[change.operation_id]["responses"]["200"]["content"])
        assert patch
        for get in (e for e in ENDPOINTS if e.path == change.path and e.response is Body.ONE and e.method == "GET"):
            before = example(told[get.operation_id]["responses"]["200"]["content"])
            assert all(before[name] != value for name, value in patch.items())
            assert {k for k in after if after[k] != before[k]} == {*patch, "updated_at"}
            assert after["updated_at"] > before["updated_at"]


def test_a_step_shows_its_state(document: Any) -> None:
    for endpoint in found(lambda e: bool(e.to_state) and e.response is Body.ONE):
        after = example(operations(document)[endpoint.operation_id]["responses"]["200"]["content"])
        assert endpoint.to_state in after.values()
        assert after["updated_at"] > after["created_at"]


def test_bad_examples_would_be_seen(document: Any) -> None:
    schema = {"components": document["components"], "$ref": "#/components/schemas/ProductUpdate"}
    validator = jsonschema_rs.validator_for(schema)
    assert not validator.is_valid({})
    assert not validator.is_valid({"stock": 3})
    assert validator.is_valid({"description": None})


def test_an_unknown_status_is_our_bug() -> None:
    first = replace(ENDPOINTS[0], problems=(418,))
    broken = replace(DESIGN, architecture=replace(DESIGN.architecture, endpoints=(first,)))
    with pytest.raises(KeyError, match="418"):
        rendered(broken)


def test_no_endpoints_no_document() -> None:
    files = rendered(replace(DESIGN, architecture=replace(DESIGN.architecture, endpoints=())))
    assert [path for path in files if path.startswith("api/") and "openapi" in path] == []
    assert not {"api/problems.md", "api/.spectral.yaml"} & files.keys()


def test_each_of_several_services_has_its_own_document() -> None:
    """The edge shows all of them, but for what only our own services call."""
    first = DESIGN.architecture.services[0]
    other = replace(first, id=type(first.id)("billing"), name="Billing")
    split = tuple(replace(e, service=other.id) if e.entity == "payment" else e for e in ENDPOINTS)
    inner = next(e.audience.__class__.COMPONENT for e in split)
    split = (replace(split[0], audience=inner), *split[1:])
    design = replace(DESIGN, architecture=replace(DESIGN.architecture, services=(first, other), endpoints=split))
    files = rendered(design)
    edge = safeyaml.load(files["api/openapi.yaml"])
    assert operations(edge).keys() == {e.operation_id for e in split[1:]}
    for service in (first, other):
        own = safeyaml.load(files[f"api/{service.id}/openapi.yaml"])
        assert operations(own).keys() == {e.operation_id for e in split if e.service == service.id}
        assert own["servers"][0]["x-internal"]
    assert not edge["servers"][0]["x-internal"]


def pushing() -> Design:
    """The shop that tells others of orders, and whose products can be watched."""
    arch = DESIGN.architecture
    contract = next(c for c in arch.event_contracts if c.event)
    assert contract.event
    assert contract.entity
    hook = Webhook(
        name="notify_order", event=contract.event, entity=contract.entity, type=contract.type,
        summary="An order is placed", description="Tells whoever has subscribed.", attributes=contract.attributes,
        receivers=("the warehouse",), because=arch.endpoints[0].because,
    )  # fmt: skip
    (get,) = found(lambda e: e.act is Act.GET and e.entity == "product")
    watch = replace(
        get, act=Act.STREAM, response=Body.EVENTS, operation_id="stream_product_updates", path=f"{get.path}/updates",
        etag=False, heartbeat=Seconds(15.0), companion=True,
    )  # fmt: skip
    heard = replace(watch, operation_id="stream_orders", path=f"{get.path}/orders", events=(contract.event,))
    endpoints = (*arch.endpoints, watch, heard)
    return replace(DESIGN, architecture=replace(arch, endpoints=endpoints, webhooks=(hook,)))


def test_webhooks_and_streams_carry_the_same_event() -> None:
    document = read(pushing())
    files = artifacts(pushing())
    for tool in (OpenApi(), Examples()):
        assert tool.check(chosen(files, tool.patterns)).facts == ()
    content = document["webhooks"]["notify_order"]["post"]["requestBody"]["content"]
    event = example(content)
    told = operations(document)
    body = example(told["stream_orders"]["responses"]["200"]["content"])
    fields = dict(line.split(": ", 1) for line in body.strip().splitlines())
    assert (fields["event"], fields["id"]) == (event["type"], event["id"])
    assert json.loads(fields["data"]) == event
    watched = example(told["stream_product_updates"]["responses"]["200"]["content"])
    row = example(told["get_product"]["responses"]["200"]["content"])
    assert json.loads(watched.strip().rpartition("data: ")[2]) == row


def test_names_of_schemas_never_meet() -> None:
    shapes = DESIGN.architecture.shapes
    odd = replace(shapes[0], entity=EntityId("odd"), type_name="Problem")
    names = Components([*shapes, odd, replace(odd, entity=EntityId("page"), type_name="ProductPage")])
    assert names.entity_name(EntityId("odd")) == "Problem", "an entity's name is the same in every contract"
    given = [names.name("Problem"), names.name("job"), names.entity_name(EntityId("odd"))]
    given += [names.entity_name(EntityId("product"), "Page"), names.entity_name(EntityId("page"))]
    assert len({name.lower() for name in given}) == len(given)
    assert names.name("Problem") == given[0]
