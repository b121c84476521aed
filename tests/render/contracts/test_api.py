"""What the OpenAPI document says, beside being valid."""

from typing import Any

import jsonschema_rs
import pytest
from msgspec.structs import replace
from tests.render.contracts.designs import many_shops, rendered, shop

from archsmith.kernel import safeyaml
from archsmith.kernel.ids import EntityId
from archsmith.model.design import Design
from archsmith.render.contracts.api.components import Components
from archsmith.render.contracts.json_schema import field_schema


def read(design: Design) -> Any:
    return safeyaml.load(rendered(design)["api/openapi.yaml"])


@pytest.fixture(scope="module")
def document() -> Any:
    return read(shop())


def operations(document: Any) -> dict[str, Any]:
    return {o["operationId"]: o for item in document["paths"].values() for o in item.values()}


def test_each_endpoint_stands_once_with_its_words(document: Any) -> None:
    found = operations(document)
    assert [e.operation_id for e in shop().architecture.endpoints if e.operation_id not in found] == []
    for operation in found.values():
        assert operation["summary"]
        assert operation["description"]
        assert operation["tags"][0] in {tag["name"] for tag in document["tags"]}
    assert 'line 3 of the brief: "place an order"' in found["place_order"]["description"]
    emits = next(o.emits for o in shop().derivation.domain.operations if o.id == "place-order")
    published = next(c.type for c in shop().architecture.event_contracts if c.event in emits)
    assert f"ublishes `{published}`" in found["place_order"]["description"]


def test_errors_are_problem_details_with_examples(document: Any) -> None:
    for operation in operations(document).values():
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                name = response["$ref"].rpartition("/")[2]
                content = document["components"]["responses"][name]["content"]["application/problem+json"]
                values = [e["value"] for e in content["examples"].values()]
                assert {v["status"] for v in values} == {int(status)}
                assert len({v["type"] for v in values}) == len(values)


def test_scopes_and_schemes_are_defined(document: Any) -> None:
    schemes = document["components"]["securitySchemes"]
    scopes = {s.id for s in shop().architecture.policies.scopes}
    found = operations(document)
    assert found["browse_products"]["security"] == [{}], "anybody"
    for operation in found.values():
        for requirement in operation["security"]:
            for name, asked in requirement.items():
                assert name in schemes
                assert set(asked) <= scopes
    assert found["place_order"]["security"]


def test_unsafe_requests_are_keyed_and_changes_are_conditional(document: Any) -> None:
    found = operations(document)
    assert {"$ref": "#/components/parameters/IdempotencyKey"} in found["place_order"]["parameters"]
    assert {"$ref": "#/components/parameters/IfMatch"} in found["change_product"]["parameters"]
    assert "412" in found["change_product"]["responses"]
    assert "304" in found["view_product"]["responses"]
    assert "ETag" in found["view_product"]["responses"]["200"]["headers"]


def test_limits_of_the_model_are_told(document: Any) -> None:
    limit = shop().architecture.policies.rate_limits[0]
    policy = document["components"]["headers"]["RateLimit-Policy"]["example"]
    assert f"q={limit.limit}" in policy
    assert "RateLimit" in operations(document)["browse_products"]["responses"]["200"]["headers"]
    assert "Retry-After" in document["components"]["responses"]["TooManyRequests"]["headers"]


def test_pages_have_cursors_and_a_largest_size(document: Any) -> None:
    page = document["components"]["schemas"]["ProductPage"]
    assert page["required"] == ["items"]
    assert page["properties"]["items"]["maxItems"] == 100
    names = {p.get("name") for p in operations(document)["browse_products"]["parameters"]}
    assert {"cursor", "limit", "sort"} <= names


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


def test_every_property_of_an_entity_is_a_field_of_its_shape(document: Any) -> None:
    """Name, requirement, limits and direction of each, in the order of the shape."""
    for shape in shop().architecture.shapes:
        schema = document["components"]["schemas"].get(shape.type_name)
        if schema is None:
            continue
        seen = [f for f in shape.fields if f.shown and not f.write_only]
        own = {n: p for n, p in schema["properties"].items() if p.get("items", {}).keys() != {"$ref"}}
        assert own == {f.name: field_schema(f) for f in seen}
        assert schema["required"] == [f.name for f in seen if f.required]


def test_tenants_do_not_show() -> None:
    assert "tenant_id" not in str(read(many_shops())["components"]["schemas"])


def test_a_transition_shows_its_state(document: Any) -> None:
    content = operations(document)["cancel_order"]["responses"]["200"]["content"]["application/json"]
    assert content["examples"]["example"]["value"]["status"] == "cancelled"


def test_bad_examples_would_be_seen(document: Any) -> None:
    schema = {"components": document["components"], "$ref": "#/components/schemas/ProductUpdate"}
    validator = jsonschema_rs.validator_for(schema)
    assert not validator.is_valid({})
    assert not validator.is_valid({"stock": 3})
    assert validator.is_valid({"description": None})


def test_an_unknown_status_is_our_bug() -> None:
    design = shop()
    first = replace(design.architecture.endpoints[0], problems=(418,))
    broken = replace(design, architecture=replace(design.architecture, endpoints=(first,)))
    with pytest.raises(KeyError, match="418"):
        rendered(broken)


def test_no_endpoints_no_document() -> None:
    design = shop()
    assert "api/openapi.yaml" not in rendered(replace(design, architecture=replace(design.architecture, endpoints=())))


def test_names_of_schemas_never_meet() -> None:
    shapes = shop().architecture.shapes
    odd = replace(shapes[0], entity=EntityId("odd"), type_name="Problem")
    names = Components([*shapes, odd, replace(odd, entity=EntityId("page"), type_name="ProductPage")])
    assert names.entity_name(EntityId("odd")) == "Problem", "an entity's name is the same in every contract"
    given = [names.name("Problem"), names.name("job"), names.entity_name(EntityId("odd"))]
    given += [names.entity_name(EntityId("product"), "Page"), names.entity_name(EntityId("page"))]
    assert len({name.lower() for name in given}) == len(given)
    assert names.name("Problem") == given[0]
