"""The small files beside the document: cost/, plan/ and security/. A file without rows is not written."""

import csv
import io
from collections.abc import Iterator

from archsmith.kernel.ids import ArtifactPath
from archsmith.model.artifacts import Artifact
from archsmith.render import show
from archsmith.render.cells import cell
from archsmith.render.diagrams import gantt
from archsmith.render.markdown import clause, fence, join, sentence, table, text
from archsmith.render.prose import capital, step
from archsmith.render.sections import data, security, timeline
from archsmith.render.view import View


def tables(view: View) -> Iterator[Artifact]:
    """All of them."""
    title = text(view.title)
    report, plan = view.design.report, view.design.plan
    if report.cost.lines:
        yield _file("cost/estimate.md", f"# Cost of {title}", _estimate(view))
        yield Artifact(path=ArtifactPath("cost/estimate.csv"), content=_csv(view).encode("utf-8", "replace"))
    if plan.packages:
        drawn = fence("mermaid", gantt.mermaid(plan, view.design.requirements.title))
        yield _file("plan/roadmap.md", f"# Roadmap of {title}", timeline.outline(view), drawn, _roadmap(view))
    if view.design.derivation.workload.steps:
        steps = [step(s) for s in view.design.derivation.workload.steps]
        shown = table(("Step", "Value", "Arithmetic", "From"), steps, right=(1,))
        yield _file("plan/workload.md", f"# Workload of {title}", shown)
    if plan.gates or plan.rollout:
        yield _file("plan/gates.md", f"# Gates and roll-out of {title}", timeline.control(view))
    if plan.risks:
        shown = table(timeline.RISKS, timeline.risks(view), right=(2, 3, 4))
        yield _file("plan/risks.md", f"# Risks of {title}", shown)
    if report.threats:
        yield _file("security/threats.md", f"# Threats to {title}", table(security.THREATS, security.threats(view)))
    if report.controls:
        yield _file("security/controls.md", f"# Controls of {title}", table(security.CONTROLS, security.controls(view)))
    if page := data.tables_page(view):
        yield _file("db/README.md", page)
    if security.inventory(view):
        rows = security.inventory(view)
        more = "Each column, why it may be kept, and where else it is: [db/dictionary.md](../db/dictionary.md)."
        yield _file("security/data-inventory.md", f"# Sensitive data of {title}", more, table(security.INVENTORY, rows))


def _file(path: str, *blocks: str) -> Artifact:
    return Artifact(path=ArtifactPath(path), content=f"{join(blocks)}\n".encode("utf-8", "replace"))


def _estimate(view: View) -> str:
    cost = view.design.report.cost
    lines = [
        (
            capital(view.name(x.element)),
            text(x.kind.replace("_", " ")),
            clause(x.what),
            f"{show.decimal(x.quantity)} {text(x.unit)}",
            show.price(x.unit_price),
            show.money(x.month),
            "fixed" if x.fixed else "with the load",
            clause(x.source),
        )
        for x in cost.lines
    ]
    total = (
        f"Infrastructure {show.money(cost.infrastructure)}, people {show.money(cost.people)} "
        f"({show.hours(cost.ops_hours)}), together {show.money(cost.total)} a month."
    )
    if cost.budget is not None:
        total += f" Budget {show.money(cost.budget)}: {'within' if cost.within_budget else '**not within**'}."
    head = ("For", "Kind", "What", "Quantity", "Unit price", "A month", "Moves", "Source")
    growth = [
        (show.factor(g.factor), show.rate(g.peak), show.money(g.month), sentence(g.step))
        for g in view.design.report.growth
    ]
    return join(
        [
            total,
            table(head, lines, right=(3, 4, 5)),
            table(("Load", "Peak", "A month", "Step"), growth, right=(0, 1, 2)),
        ]
    )


def _csv(view: View) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        ("id", "element", "kind", "what", "quantity", "unit", "unit_price_usd", "month_usd", "fixed", "source")
    )
    for x in view.design.report.cost.lines:
        words = (cell(x.id), cell(x.element), x.kind, cell(x.what))
        writer.writerow((*words, x.quantity, cell(x.unit), x.unit_price, x.month, str(x.fixed).lower(), cell(x.source)))
    return out.getvalue()


def _roadmap(view: View) -> str:
    head = ("Id", "Phase", "Work", "Role", "Low", "Likely", "High", "Mean", "Why", "Done when")
    rows = [
        (
            text(p.id),
            text(p.phase),
            capital(p.title),
            text(p.role),
            show.work(p.estimate.low),
            show.work(p.estimate.likely),
            show.work(p.estimate.high),
            show.work(p.estimate.mean),
            clause(p.estimate.reason),
            clause(p.done_when),
        )
        for p in view.design.plan.packages
    ]
    return table(head, rows, right=(4, 5, 6, 7))
