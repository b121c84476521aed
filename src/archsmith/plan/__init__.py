"""Stage plan: how the design gets built, by whom, by when, at what cost, and what could go wrong."""

from archsmith.formulas.cost import work_cost
from archsmith.formulas.schedule import Estimate as Spread
from archsmith.formulas.schedule import calendar_months, total
from archsmith.kernel.units import Days, PersonDays, Ratio
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.effort import days
from archsmith.model.architecture import Architecture
from archsmith.model.decisions import Decisions, Dimension
from archsmith.model.domain import Derivation
from archsmith.model.plan import Plan, WorkPackage
from archsmith.model.report import Report
from archsmith.model.requirements import Priority, Requirements
from archsmith.plan.context import Context
from archsmith.plan.draft import Draft
from archsmith.plan.gates import gates
from archsmith.plan.packages import packages
from archsmith.plan.people import findings, milestones, roles
from archsmith.plan.risks import risks
from archsmith.plan.rollout import rollout
from archsmith.plan.schedule import Slot, Task, length, schedule

__all__ = ["plan"]

_URGENCY = {Priority.MUST: 0, Priority.SHOULD: 1, Priority.COULD: 2, Priority.LATER: 3}


def plan(
    requirements: Requirements,
    derivation: Derivation,
    decisions: Decisions,
    architecture: Architecture,
    report: Report,
    catalogue: Catalogue,
) -> Plan:
    """Work packages out of the architecture, on a calendar of working days with the people of the targets.

    Effort in person-days of 8 h, money in dollars. A plan that misses its deadline says which packages to leave out.
    Raises KeyError where the catalogue lacks a unit of work.
    """
    context = Context(requirements, derivation, decisions, architecture, report, catalogue)
    drafts = packages(context)
    tasks = [_task(context, d) for d in drafts]
    slots = schedule(tasks, context.engineers)
    people = {t.id: t.people for t in tasks}
    rows = tuple(_package(d, slots[d.id], people[d.id]) for d in drafts)
    spread = total(
        (Spread(mean=p.estimate.mean, deviation=p.estimate.deviation) for p in rows),
        Ratio(days(catalogue, "correlation").value),
    )
    whole = Days(max((p.end for p in rows), default=0.0))
    months = calendar_months(whole)
    deadline = context.targets.deadline
    found = findings(context, rows, {d.id: d for d in drafts}, months, spread.deviation / max(1.0, spread.mean))
    way = [context.decision(d) for d in (Dimension.DEPLOYMENT, Dimension.CI, Dimension.STYLE)]
    return Plan(
        packages=rows,
        milestones=milestones(context, rows),
        risks=risks(context, drafts),
        gates=gates(context),
        rollout=rollout(context) if architecture.deployments else (),
        roles=roles(context, rows),
        engineers=context.engineers,
        effort=spread.mean,
        deviation=spread.deviation,
        duration=whole,
        months=months,
        cost=work_cost(PersonDays(spread.mean), context.targets.hourly_rate.value),
        deadline=deadline.value if deadline else None,
        fits=months <= deadline.value if deadline else None,
        deferred=_deferred(context),
        because=tuple(d.id for d in way if d is not None),
        findings=found,
    )


def _task(context: Context, draft: Draft) -> Task:
    estimate = draft.effort.estimate()
    big = days(context.catalogue, "split_from").value
    most = min(context.engineers, int(days(context.catalogue, "most_on_one").value))
    people = max(1, min(most, int(estimate.mean // big) + 1)) if draft.phase != "launch" else 1
    people = min(draft.crew, context.engineers) or people
    focus = days(context.catalogue, "focus").value
    return Task(draft.id, length(estimate.mean, people, focus), people, draft.depends, _URGENCY[draft.priority])


def _package(draft: Draft, slot: Slot, people: int) -> WorkPackage:
    return WorkPackage(
        id=draft.id,
        title=draft.title,
        phase=draft.phase,
        role=draft.role,
        estimate=draft.effort.estimate(),
        people=people,
        depends=draft.depends,
        start=slot.start,
        end=slot.end,
        slack=slot.slack,
        critical=slot.critical,
        delivers=draft.delivers,
        requirements=draft.requirements,
        done_when=draft.done_when,
    )


def _deferred(context: Context) -> tuple[str, ...]:
    """What is wanted, and not in this plan: operations for later, then what the brief rules out for now."""
    later = [o.name for o in context.domain.operations if o.priority is Priority.LATER]
    return tuple(dict.fromkeys([*later, *(x.what for x in context.requirements.excluded)]))
