"""Putting a release out, and taking it back, by the strategy that was decided."""

from collections.abc import Callable, Iterator

from archsmith.formulas.availability import BurnAlert, burn_alerts, can_fire, detection_time
from archsmith.kernel.phrases import counted, duration, listed, number, percent
from archsmith.kernel.units import Probability
from archsmith.model.architecture import Deployment
from archsmith.model.decisions import Dimension
from archsmith.model.plan import RolloutStep
from archsmith.plan.context import Context


def rollout(context: Context) -> tuple[RolloutStep, ...]:
    """The steps of the chosen strategy, with this design's instances and limits."""
    chosen = context.decision(Dimension.DEPLOYMENT)
    option = str(chosen.option) if chosen else ("rolling" if _machines(context).count > 1 else "restart")
    steps = _STEPS.get(option, _rolling)
    return (_migrate(context), *steps(context), _settle(context))


def _services(context: Context) -> str:
    return listed(s.name for s in context.architecture.services)


def _machines(context: Context) -> Deployment:
    found = [d for d in context.architecture.deployments if any(e.startswith("service:") for e in d.runs)]
    return found[0] if found else context.architecture.deployments[0]


def _limits(context: Context) -> str:
    """What must hold while a release goes out: response time of the busiest operation, and errors."""
    timed = [context.latencies[o.id] for o in context.key_operations if o.id in context.latencies]
    speed = ""
    if timed:
        busiest = timed[0]
        name = context.operations[busiest.operation].name
        speed = f"p95 of {name} at most {duration(busiest.target_p95)} and "
    return f"{speed}errors below {percent((1 - context.targets.availability.value) * 10)}"


def _alert(context: Context, failing: float) -> str:
    """How long the fastest alert needs to see a release that fails so many requests."""
    slo = Probability(context.targets.availability.value)
    alerts: list[BurnAlert] = [a for a in burn_alerts(slo) if can_fire(slo, a.factor)] if 0 < slo < 1 else []
    times = [detection_time(slo, Probability(failing), a) * 3600 for a in alerts]
    fastest = min(times, default=float("inf"))
    return f"if {percent(failing)} of requests fail, the alert comes after {duration(fastest)}" if fastest < 1e6 else ""


def _migrate(context: Context) -> RolloutStep:
    names = listed(_stores(context))
    tables = [t.name for t in context.architecture.tables if t.entity is not None]
    what = f"tables of {names} ({listed(tables, 3)})" if tables else names
    return RolloutStep(
        step=f"Migrate {what} by additions only",
        go_on_when=f"the running {_services(context)} still answers with the new schema",
        roll_back="nothing: the old version ignores what was added; columns go one release later",
    )


def _stores(context: Context) -> Iterator[str]:
    for store in context.kept:
        if not store.kinds or "object_store" not in store.kinds:
            yield store.name


def _restart(context: Context) -> Iterator[RolloutStep]:
    quiet = "at the quietest hour" if context.workload.peak_factor.value > 2 else "at any hour"
    yield RolloutStep(
        step=f"Stop {_services(context)} and start the new version {quiet}",
        go_on_when=f"the health check answers within 30 s; then {_limits(context)} for 15 min",
        roll_back="start the image before; about 30 s without service",
    )


def _rolling(context: Context) -> Iterator[RolloutStep]:
    machines = _machines(context)
    yield RolloutStep(
        step=f"Replace the first of {counted(machines.count, 'instance')} of {_services(context)}",
        go_on_when=f"{_limits(context)} on it for 10 min; {_alert(context, 1 / max(1, machines.count))}",
        roll_back=f"replace it by the image before; {machines.count - 1} of {machines.count} instances never changed",
    )
    if machines.count > 1:
        rest = "the second instance" if machines.count == 2 else f"the other {machines.count - 1}, one by one"
        yield RolloutStep(
            step=f"Replace {rest}",
            go_on_when=f"each answers its health check and {_limits(context)}",
            roll_back="the same in the other direction, one by one",
        )


def _blue_green(context: Context) -> Iterator[RolloutStep]:
    machines = _machines(context)
    yield RolloutStep(
        step=f"Start {counted(machines.count, 'instance')} of the new {_services(context)} beside the old ones",
        go_on_when="the key operations pass on the new side: " + listed((o.name for o in context.key_operations), 3),
        roll_back="stop the new side; nobody used it",
    )
    yield RolloutStep(
        step="Switch all callers to the new side",
        go_on_when=f"{_limits(context)} for 30 min; {_alert(context, 0.5)}",
        roll_back="switch back within seconds; the old side runs for an hour more",
    )


def _canary(context: Context) -> Iterator[RolloutStep]:
    rate = context.workload.average.value
    for share, minutes in ((0.05, 15), (0.25, 15), (1.0, 30)):
        seen = rate * share * minutes * 60
        yield RolloutStep(
            step=f"Send {share:.0%} of the callers to the new {_services(context)}",
            go_on_when=f"after {minutes} min and about {number(seen)} requests: {_limits(context)}, within a tenth "
            f"of the old version; {_alert(context, share)}",
            roll_back=f"send them back, automatically; {share:.0%} of callers saw it",
        )


def _settle(context: Context) -> RolloutStep:
    budget = context.report.availability[0].error_budget_month if context.report.availability else 0.0
    left = f" and more than {duration(budget / 2)} of the month's {duration(budget)} are left" if budget else ""
    return RolloutStep(
        step=f"Keep the image before of {_services(context)} for a week",
        go_on_when=f"no rise in support cases of {listed(a.name for a in context.domain.actors)}{left}",
        roll_back="the last step backwards; data written meanwhile stays, since the schema only grew",
    )


_STEPS: dict[str, Callable[[Context], Iterator[RolloutStep]]] = {
    "restart": _restart,
    "rolling": _rolling,
    "blue_green": _blue_green,
    "canary": _canary,
}
