"""summary.json keeps its contract."""

import json
from typing import Any

import jsonschema_rs
from msgspec.structs import replace
from tests.render.sample import sample_design

from archsmith.kernel.ids import EdgeId
from archsmith.kernel.provenance import Derived
from archsmith.model.base import Figure
from archsmith.render import render
from archsmith.render.summary import summary, summary_json, unusable_json

CLASSES = """
functional performance scalability availability recovery security privacy compliance consistency integration usability
localization operations constraint cost team deadline"""
ROLES = """
load population size latency availability recovery retention limit ratio growth budget team deadline geography other"""
KINDS = """
relational_db document_db key_value_store wide_column_store time_series_store graph_db search_index
full_text_search data_warehouse analytics_store object_store cache queue event_stream pub_sub stream_processor
batch_processor scheduler cdn api_gateway load_balancer rate_limiter waf realtime_channel notification_service
payment_gateway identity_provider kms secrets_manager audit_log backup observability integration_adapter
offline_sync media_transcoder geo_index iot_gateway autoscaling read_replica service_mesh kubernetes
serverless_functions container_platform virtual_machine platform_as_a_service queue_cluster search_cluster
cache_cluster replica failover idempotency tenant_isolation on_prem_server mail_transfer_agent"""


def _list(**fields: Any) -> dict[str, Any]:
    return {
        "type": "array",
        "items": {"type": "object", "properties": fields, "required": sorted(fields), "additionalProperties": False},
    }


def _enum(*names: str) -> dict[str, Any]:
    return {"enum": list(names)}


TEXT, NUMBER, FLAG = {"type": "string"}, {"type": "number"}, {"type": "boolean"}
MAYBE, LINE = {"type": ["string", "null"]}, {"type": ["integer", "null"], "minimum": 1}
FIELDS: dict[str, Any] = {
    "schema": {"const": "archsmith/summary/1"},
    "status": _enum("complete", "partial", "infeasible", "unusable"),
    "title": TEXT,
    "entities": _list(name=TEXT, inferred=FLAG, quote=MAYBE, line=LINE),
    "operations": _list(
        actor=TEXT, verb=TEXT, object=TEXT, kind=_enum("command", "query", "event", "batch", "stream"), inferred=FLAG,
        quote=MAYBE, line=LINE,
    ),
    "requirements": _list(
        id=TEXT, priority=_enum("must", "should", "could", "later"), statement=TEXT, quote=MAYBE, line=LINE,
        **{"class": _enum(*CLASSES.split())},
    ),
    "numbers": _list(
        what=TEXT, value=NUMBER, unit=TEXT, quote=TEXT, line=LINE,
        role=_enum(*ROLES.split()),
        status=_enum("target", "current", "history", "superseded", "conflict"),
    ),
    "out_of_scope": _list(what=TEXT, quote=TEXT, line=LINE),
    "conflicts": _list(what=TEXT, quotes={"type": "array", "items": TEXT}, resolution=TEXT),
    "compliance": _list(regime=TEXT, status=_enum("required", "conditional", "excluded"), reason=TEXT, quote=MAYBE),
    "pattern": _list(
        name=_enum("monolith", "modular_monolith", "microservices", "serverless", "event_driven"), reason=TEXT
    )["items"],
    "components": _list(
        kind=_enum(*KINDS.split()),
        product=TEXT, id=TEXT, reason=TEXT,
    ),
    "capacity": _list(what=TEXT, value=NUMBER, unit=TEXT, formula=TEXT),
    "cost": _list(
        currency={"const": "USD"}, infrastructure_month=NUMBER, people_month=NUMBER, total_month=NUMBER,
        at_10x_month={"type": ["number", "null"]},
    )["items"],
    "assumptions": _list(what=TEXT, value=TEXT, reason=TEXT),
    "open_questions": _list(question=TEXT, worth=TEXT),
    "decisions": _list(
        id=TEXT, title=TEXT, choice=TEXT, runner_up=MAYBE, margin_month={"type": ["number", "null"]}, flips_at=MAYBE
    ),
}  # fmt: skip
SCHEMA = {"type": "object", "properties": FIELDS, "required": sorted(FIELDS), "additionalProperties": False}


def test_it_keeps_its_schema() -> None:
    artifact = next(a for a in render(sample_design()) if a.path == "summary.json")
    data = json.loads(artifact.content)
    assert [str(e) for e in jsonschema_rs.validator_for(SCHEMA).iter_errors(data)] == []
    assert list(data) == list(FIELDS)


def test_it_holds_what_the_brief_says_and_no_more() -> None:
    data = summary(sample_design())
    product = next(e for e in data["entities"] if e["name"] == "product")
    assert product["inferred"] is (product["quote"] is None)
    assert {"actor": "customer", "verb": "place", "object": "order", "kind": "command"}.items() <= next(
        o for o in data["operations"] if o["verb"] == "place"
    ).items()
    assert [n["value"] for n in data["numbers"]] == [4200, 20000, 500, 400]
    assert data["pattern"]["name"] == "modular_monolith"


def test_a_table_of_jobs_is_a_queue_and_no_cluster() -> None:
    kinds = {(c["kind"], c["product"]) for c in summary(sample_design())["components"]}
    assert ("queue", "A table in PostgreSQL 17") in kinds
    assert ("virtual_machine", "Amazon EC2 t4g.small") in kinds
    assert not [k for k, _ in kinds if k.endswith("_cluster")]


def test_a_component_is_listed_once() -> None:
    listed = [(c["kind"], c["product"]) for c in summary(sample_design())["components"]]
    assert len(listed) == len(set(listed))


def test_a_proxy_that_only_ends_tls_is_no_component() -> None:
    design = sample_design()
    edge = replace(design.architecture.edges[0], id=EdgeId("proxy"), kind="reverse_proxy", product="Caddy")
    changed = replace(design, architecture=replace(design.architecture, edges=(*design.architecture.edges, edge)))
    assert summary(changed)["components"] == summary(design)["components"]


def test_capacity_leaves_out_the_helper_steps() -> None:
    design = sample_design()
    load = design.derivation.workload
    why = Derived(rule="sum", formula="1 + 2", inputs=())
    helpers = ("order_share", "order_row_bytes", "order_rows", "order_monthly", "order_bytes_3y", "row_overhead")
    steps = [Figure(id=i, what=i, value=3.0, unit="ratio", formula="1 + 2", why=why) for i in helpers]
    steps += [Figure(id="rows_3y", what="database", value=3.0, unit="GB", formula="1 + 2", why=why)]
    steps += [Figure(id=f"n{n}_rate", what=f"n{n}", value=3.0, unit="rps", formula="1 + 2", why=why) for n in range(60)]
    derivation = replace(design.derivation, workload=replace(load, steps=(*load.steps, *steps)))
    rows = summary(replace(design, derivation=derivation))["capacity"]
    said = [r["what"] for r in rows]
    assert not set(helpers) & set(said)
    assert "database" in said
    assert len(rows) <= 60
    assert all(r["formula"] for r in rows)


def test_printed_and_written_are_the_same() -> None:
    artifact = next(a for a in render(sample_design()) if a.path == "summary.json")
    assert artifact.content == summary_json(sample_design())


def test_a_brief_without_a_design_has_a_summary_too() -> None:
    data = json.loads(unusable_json(sample_design().requirements))
    assert list(data) == list(FIELDS)
    assert data["status"] == "unusable"
    assert data["schema"] == "archsmith/summary/1"
    assert data["components"] == []
