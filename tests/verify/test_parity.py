"""What the renderers write agrees with the model, and a deliberate edit of either is found."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from tests.render.contracts.designs import artifacts, many_shops, shop
from tests.render.contracts.test_plans import with_readings

from archsmith.kernel.canonical import to_json
from archsmith.kernel.ids import ArtifactPath
from archsmith.model.artifacts import Artifact, Check, Outcome
from archsmith.model.design import Design
from archsmith.verify.parity import OpenApiParity
from archsmith.verify.parity_sql import SqlParity
from archsmith.verify.ports import Tool, ToolMissing, chosen

API, SQL = OpenApiParity(), SqlParity()


def check(tool: Tool, files: tuple[Artifact, ...]) -> Check:
    """One check of the files that it is for."""
    return tool.check(chosen(files, tool.patterns))


def edited(path: str, old: str, new: str) -> tuple[Artifact, ...]:
    """The shop's files with one edit, which must change something."""

    def change(file: Artifact) -> Artifact:
        text = file.content.decode()
        assert old in text, f"{path} does not hold {old!r}"
        return replace(file, content=text.replace(old, new, 1).encode())

    return tuple(change(f) if f.path == path else f for f in artifacts(shop()))


@pytest.mark.parametrize("design", [shop, many_shops, with_readings], ids=lambda f: f.__name__)
@pytest.mark.parametrize("tool", [API, SQL], ids=lambda t: t.id)
def test_what_is_rendered_agrees(tool: Tool, design: Callable[[], Design]) -> None:
    result = check(tool, artifacts(design()))
    assert result.outcome is Outcome.PASSED, result.facts


@pytest.mark.parametrize(
    ("tool", "old", "new", "told"),
    [
        (API, "  /products:\n", "  /wares:\n", "missing: GET /products"),
        (API, "operationId: list_products", "operationId: browse", "GET /products: operationId is browse"),
        (API, "    patch:\n", "    put:\n", "missing: PATCH /products/{product_id}"),
        (API, "paths:\n", "paths:\n  /more:\n    get: {operationId: more}\n", "not in the model: GET /more"),
        (API, "x-scopes:\n      - orders:write\n", "x-scopes:\n      - orders:read\n", "POST /orders: scopes beside"),
        (API, "'201':", "'200':", "missing: POST /orders answer 201"),
        (API, "      - name: price_min\n", "      - name: price_low\n", "missing: GET /products query price_min"),
        (API, "in: query", "in: cookie", "not in the model: GET /products cookie price_min"),
        (SQL, "    quantity ", "    amount ", "missing: order_lines.quantity"),
        (SQL, "numeric(14,2)", "numeric(12,2)", "products.price: type is numeric(12, 2)"),
        (SQL, "price        numeric(14,2) NOT NULL", "price numeric(14,2)", "products.price: NULL is may be NULL"),
        (SQL, "CREATE TABLE payments", "CREATE TABLE pay", "missing: payments"),
        (SQL, "COMMIT;", "CREATE TABLE more (id uuid);\nCOMMIT;", "not in the model: more"),
        (SQL, "    quantity ", "    extra text,\n    quantity ", "not in the model: order_lines.extra"),
        (SQL, "    PRIMARY KEY (id),\n", "    UNIQUE (id),\n", "customers: primary key"),
        (SQL, "customers (id) ON DELETE RESTRICT", "customers (id) ON DELETE CASCADE",
         "orders foreign key orders_customer_id_fkey"),
        (SQL, "products_price_idx ON products (price)", "products_price_idx ON products (name)",
         "index products_price_idx"),
        (SQL, "IN ('placed', 'paid'", "IN ('placed', 'payed'", "orders.status: CHECK"),
        (SQL, "DEFAULT 'placed'", "DEFAULT 'paid'", "orders.status: DEFAULT"),
    ],
)  # fmt: skip
def test_an_edit_is_found(tool: Tool, old: str, new: str, told: str) -> None:
    path = "api/openapi.yaml" if tool is API else "db/schema.sql"
    result = check(tool, edited(path, old, new))
    assert result.outcome is Outcome.FAILED
    assert [fact for fact in result.facts if told in fact], result.facts


def test_a_dropped_policy_is_found() -> None:
    design = many_shops()
    files = tuple(
        replace(f, content=f.content.replace(b"ALTER TABLE orders FORCE ROW LEVEL SECURITY;\n", b""))
        for f in artifacts(design)
    )
    assert check(SQL, files).outcome is Outcome.FAILED


def test_an_edit_of_the_model_is_found() -> None:
    design = shop()
    endpoints = design.architecture.endpoints[1:]
    other = replace(design, architecture=replace(design.architecture, endpoints=endpoints))
    model = Artifact(path=ArtifactPath("design.json"), content=to_json(other))
    files = tuple(model if f.path == "design.json" else f for f in artifacts(design))
    assert check(API, files).outcome is Outcome.FAILED


def test_a_store_of_another_kind_is_not_asked_for() -> None:
    design = shop()
    stores = tuple(replace(s, engine=type(s.engine)("dynamodb")) for s in design.architecture.stores)
    files = artifacts(replace(design, architecture=replace(design.architecture, stores=stores)))
    result = check(SQL, files)
    assert result.outcome is Outcome.PASSED
    assert not chosen(files, ("db/*.sql",))


@pytest.mark.parametrize("tool", [API, SQL], ids=lambda t: t.id)
def test_without_a_model_it_is_not_run(tool: Tool) -> None:
    files = tuple(f for f in artifacts(shop()) if f.path != "design.json")
    with pytest.raises(ToolMissing):
        check(tool, files)
