"""summary.json: the short, stable answer for scripts, as docs/reference/summary.md describes it."""

import json
import re
from typing import Any, Final

from archsmith.kernel.ids import ArtifactPath
from archsmith.kernel.provenance import Assumed, Derived, Provenance, line_of, quote_of
from archsmith.model.artifacts import Artifact
from archsmith.model.decisions import Decision, Dimension
from archsmith.model.design import Design
from archsmith.model.domain import Operation
from archsmith.model.report import GrowthRow
from archsmith.model.requirements import Number, Requirement, Requirements
from archsmith.model.uncertainty import by_worth
from archsmith.render import doubt, show
from archsmith.render.assumptions import assumptions
from archsmith.render.capacity import capacity
from archsmith.render.component_kinds import KINDS, further_kinds
from archsmith.render.platforms import platform_components
from archsmith.render.view import View, product_of

SUMMARY_SCHEMA: Final = "archsmith/summary/1"
KEYS: Final = (
    "schema", "status", "title", "entities", "operations", "requirements", "numbers", "out_of_scope", "conflicts",
    "compliance", "pattern", "components", "capacity", "cost", "assumptions", "open_questions", "decisions",
)  # fmt: skip
"""In the order of the contract."""
_MONEY: Final = ("infrastructure_month", "people_month", "total_month", "at_10x_month")
_TEN: Final = 10.0
Row = dict[str, Any]


def summary_file(view: View) -> Artifact:
    """The file."""
    return Artifact(path=ArtifactPath("summary.json"), content=_encoded(_whole(view)))


def summary_json(design: Design) -> bytes:
    """The bytes of summary.json."""
    return _encoded(summary(design))


def unusable_json(needs: Requirements) -> bytes:
    """The same for a brief that nothing can be designed from: what was read, and why that is not enough."""
    nothing: Row = {key: [] for key in ("entities", "operations", "components", "capacity", "assumptions", "decisions")}
    questions = [{"question": f.fact, "worth": f.fix} for f in needs.findings] + _questions(needs)
    row: Row = {"status": "unusable", **nothing, **_read(needs), "open_questions": questions}
    row["pattern"] = {"name": None, "reason": ""}
    row["cost"] = {"currency": "USD", **dict.fromkeys(_MONEY)}
    return _encoded({key: row.get(key, SUMMARY_SCHEMA) for key in KEYS})


def summary(design: Design) -> Row:
    """Plain data; every key is present, lists may be empty."""
    return _whole(View(design))


def _whole(view: View) -> Row:
    design = view.design
    row: Row = {
        **_read(design.requirements),
        "schema": SUMMARY_SCHEMA,
        "status": str(design.status),
        "entities": [{"name": e.name, **_found(e.why)} for e in view.domain.entities],
        "operations": _operations(view),
        "pattern": _pattern(view),
        "components": components(view),
        "capacity": _capacity(view),
        "cost": _cost(view),
        "assumptions": [{"what": a.what, "value": a.value, "reason": a.reason} for a in assumptions(design.derivation)],
        "open_questions": _ranked(design),
        "decisions": [_decision(d) for d in design.decisions.decisions],
    }
    return {key: row[key] for key in KEYS}


def _read(needs: Requirements) -> Row:
    """What the brief alone says."""
    return {
        "title": needs.title,
        "requirements": [_requirement(r) for r in needs.requirements],
        "numbers": _numbers(needs),
        "out_of_scope": [
            {"what": x.what, "quote": quote_of(x.why) or "", "line": line_of(x.why)} for x in needs.excluded
        ],
        "conflicts": [
            {"what": c.what, "quotes": [s.quote for s in c.spans], "resolution": c.resolution} for c in needs.conflicts
        ],
        "compliance": [
            {"regime": r.id, "status": str(r.status), "reason": r.reason, "quote": quote_of(r.why)}
            for r in needs.regimes
        ],
    }


def _requirement(r: Requirement) -> Row:
    said = {"quote": quote_of(r.why), "line": line_of(r.why)}
    return {"id": r.id, "class": str(r.kind), "priority": str(r.priority), "statement": r.statement, **said}


def _questions(needs: Requirements) -> list[Row]:
    return [{"question": q.question, "worth": q.worth} for q in needs.questions]


def _ranked(design: Design) -> list[Row]:
    """The open questions, those whose answer is worth most first."""
    worths = design.decisions.worths
    rows = by_worth(design.requirements.questions, worths)
    return [{"question": q.question, "worth": doubt.worth(q, w, measured=bool(worths))} for q, w in rows]


def _decision(d: Decision) -> Row:
    said = {"runner_up": d.runner_up or None, "margin_month": d.margin, "flips_at": d.flips_at or None}
    return {"id": d.id, "title": d.title, "choice": d.choice, **said}


def _encoded(row: Row) -> bytes:
    return (json.dumps(row, indent=1, ensure_ascii=False) + "\n").encode("utf-8", "replace")


def _found(why: Provenance) -> Row:
    return {"inferred": isinstance(why, Derived | Assumed), "quote": quote_of(why), "line": line_of(why)}


def _operations(view: View) -> list[Row]:
    return [
        {
            "actor": view.name_of_actor(o.actor),
            "verb": o.verb,
            "object": _object(view, o),
            "kind": str(o.kind),
            **_found(o.why),
        }
        for o in view.domain.operations
    ]


def _object(view: View, operation: Operation) -> str:
    """The entity in the singular, or the words that stand for it where the operation is named by others."""
    entity = view.entities.get(operation.entity)
    named = operation.name.removeprefix(operation.verb).strip()
    if entity is None or (named and _plain(named) not in (_plain(entity.name), _plain(entity.plural))):
        return _plain(named or str(operation.entity))
    return _plain(entity.name)


def _plain(name: str) -> str:
    """`AccountData` as the brief would write it: `account data`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).lower()


def _numbers(needs: Requirements) -> list[Row]:
    """Those that the brief states; the ends of a range are two rows."""
    stated = [n for n in needs.numbers if quote_of(n.why) is not None]
    return [_number(n, value) for n in stated for value in ((n.value,) if n.high is None else (n.value, n.high))]


def _number(n: Number, value: float) -> Row:
    said = {"quote": quote_of(n.why), "line": line_of(n.why)}
    return {"what": n.what, "value": value, "unit": n.unit, "role": str(n.role), "status": str(n.status), **said}


def _pattern(view: View) -> Row:
    style = view.first(Dimension.STYLE)
    return {"name": view.arch.style, "reason": style.reason if style else ""}


def components(view: View) -> list[Row]:
    """Every part by its kind, once; one part may fulfil several kinds, and is then listed once for each.

    What has no kind of its own, such as a proxy that only ends TLS on the one machine, is left out.
    """
    rows: list[Row] = []
    for s in view.arch.stores:
        reason = _reason(view, s.because) or ", ".join(view.entity_name(e) for e in s.entities)
        rows += [_component(kind, product_of(s), s.id, reason) for kind in s.kinds]
    rows += [_component(e.kind, e.product, e.id, _reason(view, e.because)) for e in view.arch.edges]
    rows += [_component(u.kind, u.product, u.id, u.purpose) for u in view.arch.utilities]
    inside = (*platform_components(view), *further_kinds(view))
    rows += [_component(kind, product, ident, reason) for kind, product, ident, reason in inside]
    found: dict[tuple[str, str], Row] = {}
    for row in rows:
        if row["kind"] in KINDS:
            found.setdefault((row["kind"], row["product"]), row)
    return list(found.values())


def _component(kind: str, product: str, ident: str, reason: str) -> Row:
    return {"kind": kind, "product": product, "id": str(ident), "reason": reason}


def _reason(view: View, because: tuple[str, ...]) -> str:
    known = {str(d.id): d.reason for d in view.design.decisions.decisions}
    return next((known[str(i)] for i in because if str(i) in known), "")


def _capacity(view: View) -> list[Row]:
    return [
        {"what": s.what, "value": s.value, "unit": s.unit, "formula": show.formula(s.formula)} for s in capacity(view)
    ]


def _cost(view: View) -> Row:
    cost = view.design.report.cost
    ten: GrowthRow | None = next((g for g in view.design.report.growth if float(g.factor) == _TEN), None)
    return {
        "currency": "USD",
        "infrastructure_month": cost.infrastructure,
        "people_month": cost.people,
        "total_month": cost.total,
        "at_10x_month": ten.month if ten else None,
    }
