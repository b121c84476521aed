"""The figures of the short answer: what a reader asks first, without the helper steps of the arithmetic."""

import re
from typing import Any, Final

from archsmith.kernel.provenance import Derived, Fact, Stated
from archsmith.model.base import Figure
from archsmith.model.domain import Workload
from archsmith.render.view import View

MOST: Final = 45
"""Steps of the workload at most; the figures of the report follow them."""
_REPORT: Final = ("load.", "latency.", "availability.", "cost.infrastructure", "cost.per_thousand")
"""The figures of the report by the beginning of their ids; the other costs stand in `cost`."""

_KEPT: Final = frozenset({"connections", "devices", "concurrent", "peak_factor", "budget"})
"""Headline figures by the id of their step, whatever they rest on."""
_HELPER: Final = re.compile(
    r"_(share|row_bytes|monthly|rows|bytes_\d+y|files_\d+y|files_month|bytes|per_site|inflow)$"
    r"|^(row_overhead|session_seconds|reads_per_\w+|deeds\w*|browsing\w*|staff\w*|read_rps|mean_response|answers_egress)$"
)
"""Steps of one entity or one operation, and constants that only other steps use."""
_STORED: Final = re.compile(r"^(rows|files)_\d+y$|_kept$|_files$|_files_year$|(?<!answers_)egress$|^blobs_month$")


def capacity(view: View) -> list[Figure]:
    """Peak and average requests, the rates of the loads, storage and traffic, open connections, budgets; then what the
    design makes of them. Every step stands in plan/workload.md."""
    load = view.design.derivation.workload
    first = _headline(load)
    order = {ident: n for n, ident in enumerate(first)}
    stated = {s.id for s in load.steps if isinstance(s.why, Stated)}
    kept = [s for s in load.steps if s.id in order or _worth(s, stated)]
    ranked = sorted(kept, key=lambda s: (order.get(s.id, len(order)), bool(_STORED.search(s.id))))
    return [*_cut(ranked), *(f for f in view.design.report.figures if f.id.startswith(_REPORT))]


def _headline(load: Workload) -> tuple[str, ...]:
    """The ids of the figures of the whole."""
    whole = (load.peak, load.average, load.peak_factor, load.reads, load.concurrent)
    return tuple(dict.fromkeys(i for fact in whole for i in _inputs(fact)))


def _inputs(fact: Fact[Any]) -> tuple[str, ...]:
    return fact.why.inputs if isinstance(fact.why, Derived) else ()


def _worth(step: Figure, stated: set[str]) -> bool:
    """Whether the figure says something of its own: computed from a figure of the brief, or of the whole."""
    if step.id in _KEPT:
        return True
    if not isinstance(step.why, Derived):
        return False  # what is stated stands in `numbers`, what is assumed in `assumptions`
    if stated & set(step.why.inputs) and not step.id.endswith(("_monthly", "_row_bytes", "_inflow")):
        return True
    return "'" not in step.what and (bool(_STORED.search(step.id)) or not _HELPER.search(step.id))


def _cut(ranked: list[Figure]) -> list[Figure]:
    """At most so many; what is stored and sent is kept before the rates of ever smaller loads."""
    spare = len(ranked) - MOST
    if spare <= 0:
        return ranked
    plain = [s for s in ranked[5:] if not _STORED.search(s.id) and s.id not in _KEPT]
    dropped = {s.id for s in plain[len(plain) - spare :]} if spare < len(plain) else {s.id for s in plain}
    return [s for s in ranked if s.id not in dropped]
