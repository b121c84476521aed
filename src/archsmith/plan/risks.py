"""Risks of this design and its plan: chance x cost, what is done about it, and the early sign."""

from collections.abc import Iterator

from msgspec import Struct

from archsmith.formulas.cost import work_cost
from archsmith.kernel.ids import ElementId, RiskId, element
from archsmith.kernel.phrases import counted, duration, listed, money, number
from archsmith.kernel.provenance import Assumed
from archsmith.kernel.units import PersonDays, Probability, Usd, UsdPerHour
from archsmith.knowledge.effort import figure
from archsmith.knowledge.tradeoffs import tradeoff
from archsmith.model.decisions import StoreRole
from archsmith.model.domain import DataClass
from archsmith.model.plan import Risk
from archsmith.model.report import ControlStatus
from archsmith.model.uncertainty import by_worth
from archsmith.plan.context import Context
from archsmith.plan.draft import Draft

_HARD = ("erp", "partner", "files", "device", "other", "calendar")
_TRUTH = (StoreRole.PRIMARY, StoreRole.TIME_SERIES, StoreRole.KEY_VALUE)
_MOST = 12


class _Found(Struct, frozen=True):
    title: str
    chance: float
    cost: float
    mitigation: str
    sign: str
    elements: tuple[ElementId, ...] = ()


def risks(context: Context, drafts: tuple[Draft, ...]) -> tuple[Risk, ...]:
    """The dearest first by chance x cost; at most twelve."""
    found = [
        *_interfaces(context, drafts),
        *_people(context),
        *_load(context),
        *_skills(context),
        *_leak(context),
        *_outage(context),
        *_data(context, drafts),
        *_clauses(context),
        *_provider(context),
        *_scope(context, drafts),
        *_questions(context),
    ]
    ranked = sorted(found, key=lambda f: (-f.chance * f.cost, f.title))[:_MOST]
    return tuple(
        Risk(
            id=RiskId(f"RK-{n:02}"),
            title=f.title,
            probability=Probability(f.chance),
            impact=Usd(f.cost),
            exposure=Usd(f.chance * f.cost),
            mitigation=f.mitigation,
            sign=f.sign,
            elements=f.elements,
        )
        for n, f in enumerate(ranked, 1)
    )


def _money(context: Context, days: float) -> float:
    return float(work_cost(PersonDays(days), UsdPerHour(context.rate)))


def _interfaces(context: Context, drafts: tuple[Draft, ...]) -> Iterator[_Found]:
    for system in context.domain.systems:
        own = element("system", system.id)
        draft = next((d for d in drafts if own in d.delivers), None)
        if draft is None:
            continue
        hard = system.kind in _HARD
        more = draft.effort.high - draft.effort.likely
        calls = [o for o in context.domain.operations if system.id in o.calls]
        waits = [o for o in calls if o.calls_sync]
        what = listed((o.name for o in (waits or calls)), 3)
        names = what if calls else "its data"
        yield _Found(
            f"{system.name} is not as described or comes late, and holds up {names}",
            figure(context.catalogue, "interface.company" if hard else "interface.known"),
            _money(context, more),
            f"call {system.name} for real in the first week of {draft.id}; until then a stand-in answers in the tests",
            f"no test account of {system.name} when {draft.id} begins",
            (own,),
        )


def _people(context: Context) -> Iterator[_Found]:
    team = context.engineers
    share = figure(context.catalogue, "people.leave")
    days = figure(context.catalogue, "people.handover") * (2.0 if team == 1 else 1.0)
    names = listed(s.name for s in context.architecture.services)
    yield _Found(
        f"one of {counted(team, 'engineer')} leaves, and with the person what is known of {names}"
        if team > 1
        else f"the only engineer is away for long, and nobody can change {names}",
        min(0.9, 1 - (1 - share) ** team),
        _money(context, days),
        f"every change to {names} is read by a second person; runbooks are tried by somebody who did not write them"
        if team > 1
        else f"a second person with access who has restored {listed((s.name for s in context.kept), 2)} once",
        "parts that only one person has changed for two months",
        tuple(element("service", s.id) for s in context.architecture.services),
    )


def _load(context: Context) -> Iterator[_Found]:
    guessed = isinstance(context.workload.peak_factor.why, Assumed) or isinstance(context.workload.peak.why, Assumed)
    if not guessed or not context.report.stations:
        return
    first = context.report.stations[0]
    three = next((g for g in context.report.growth if float(g.factor) == 3.0), None)
    if three is None:
        return
    more = max(0.0, three.month - context.report.cost.total) * 12
    outage = context.targets.outage_cost.value * 4 if first.saturates_at < 3 else 0.0
    name = context.name(first.element)
    yield _Found(
        f"the peak is three times the assumed {number(context.workload.peak.value)} requests/s, and {name} is "
        f"{first.utilisation * 300:.0f}% busy",
        figure(context.catalogue, "guess.load"),
        more + outage + _money(context, 2),
        three.step if not three.holds else f"{name} holds it; measure the real peak in the first month",
        f"{name} above {min(60.0, first.utilisation * 200):.0f}% in the first busy week",
        (first.element,),
    )


def _skills(context: Context) -> Iterator[_Found]:
    known = {f.value.casefold().replace(" ", "_") for f in context.requirements.needs.skills}
    if not known:
        return
    used = [context.technology(s.engine) for s in context.architecture.stores]
    used += [context.technology(s.framework) for s in context.architecture.services[:1]]
    used += (
        [context.technology(context.architecture.deployments[0].platform)] if context.architecture.deployments else []
    )
    for tech in {t.id: t for t in used if t is not None and t.skills}.values():
        if not known & {*tech.skills, tech.id} and tech.build.value >= 3:
            yield _Found(
                f"nobody in the team has run {tech.name}, and it takes longer to learn than planned",
                figure(context.catalogue, "skill.new"),
                _money(context, figure(context.catalogue, "skill.days")),
                f"build the thinnest path through {tech.name} first, before anything depends on it",
                f"the first week with {tech.name} ends without data in it",
            )


def _leak(context: Context) -> Iterator[_Found]:
    rank = [DataClass.HEALTH, DataClass.CARD, DataClass.CHILD, DataClass.EDUCATION, DataClass.PERSONAL]
    held = [e for e in context.domain.entities if e.data_class in rank]
    if not held:
        return
    worst = min(held, key=lambda e: (rank.index(e.data_class), -e.rows.value))
    each = "leak.health" if worst.data_class in (DataClass.HEALTH, DataClass.CARD) else "leak.personal"
    cost = min(worst.rows.value * figure(context.catalogue, each), figure(context.catalogue, "leak.most"))
    high = [t for t in context.report.threats if t.severity in ("high", "critical")]
    rules = [r for r in context.architecture.policies.ownership if r.entity == worst.id]
    how = f"ownership by {rules[0].column} in every query" if rules else "scopes on every operation"
    todo = f"; {counted(len(high), 'threat')} rated high or worse to close before launch" if high else ""
    yield _Found(
        f"rows of {worst.name} ({worst.data_class}, {number(worst.rows.value)} at the horizon) leak",
        figure(context.catalogue, "leak.year"),
        cost,
        f"{how}, tested with two callers{todo}",
        f"refused reads of {worst.name} by one caller rise above 10 an hour",
        (element("entity", worst.id),),
    )


def _outage(context: Context) -> Iterator[_Found]:
    kept = [s for s in context.kept if s.backup and s.role in _TRUTH]
    if not kept:
        return
    slowest = max(kept, key=lambda s: s.backup.rto if s.backup else 0)
    rto = slowest.backup.rto if slowest.backup else 0.0
    hours = min(rto / 3600, 72.0) + 1
    allowed = duration(context.targets.rto.value)
    yield _Found(
        f"{slowest.name} is lost and must be restored",
        figure(context.catalogue, "outage.long"),
        hours * context.targets.outage_cost.value + _money(context, 2),
        f"a restore drill before launch and yearly: {duration(rto)} computed, {allowed} allowed",
        f"a backup of {slowest.name} older than {duration(slowest.backup.every * 1.5 if slowest.backup else 0)}",
        (element("store", slowest.id),),
    )


def _data(context: Context, drafts: tuple[Draft, ...]) -> Iterator[_Found]:
    draft = next((d for d in drafts if d.title.startswith("Move of today's data")), None)
    if draft is not None:
        names = listed((context.name(e) for e in draft.delivers), 3)
        yield _Found(
            f"today's rows of {names} break the rules of the new tables",
            figure(context.catalogue, "data.dirty"),
            _money(context, draft.effort.high - draft.effort.likely),
            f"load a copy of {names} into the new tables in the first month and count what is refused",
            "more than 1 in 100 rows refused at the first rehearsal",
            draft.delivers,
        )


def _clauses(context: Context) -> Iterator[_Found]:
    gaps = [c for c in context.report.controls if c.status is ControlStatus.OPEN]
    if gaps:
        names = listed((f"{c.regime} {c.clause}" for c in gaps), 3)
        yield _Found(
            f"somebody asks for the proof of {names}, and {gaps[0].answer.split('; ')[0]}",
            min(0.9, figure(context.catalogue, "clause.open")),
            figure(context.catalogue, "clause.cost"),
            f"close {counted(len(gaps), 'clause')} before launch, in the order of their regimes",
            "a questionnaire of a customer or an authority with a question nobody can answer",
            tuple(dict.fromkeys(e for c in gaps for e in c.elements[:1])),
        )


def _provider(context: Context) -> Iterator[_Found]:
    rows = [(s, context.technology(s.engine)) for s in context.architecture.stores]
    bound = [s for s, t in rows if t is not None and "provider_bound" in t.traits]
    provider = context.architecture.provider
    days = tradeoff(context.catalogue, "switch.provider_days") + tradeoff(context.catalogue, "switch.store_days") * len(
        bound
    )
    held = listed((s.name for s in bound), 3)
    yield _Found(
        f"{provider} withdraws a service or doubles a price"
        + (f", and {held} exist only there" if bound else f" for {money(context.report.cost.infrastructure)} a month"),
        figure(context.catalogue, "provider.leaves"),
        _money(context, days),
        f"a dump of {listed((s.name for s in context.kept), 2)} in an open format, restored elsewhere once a year",
        f"an announcement by {provider} with less than a year's notice",
        tuple(element("store", s.id) for s in bound),
    )


def _scope(context: Context, drafts: tuple[Draft, ...]) -> Iterator[_Found]:
    work = [d for d in drafts if d.phase == "features"]
    if not work:
        return
    days = sum(d.effort.likely for d in work) * figure(context.catalogue, "scope.share")
    later = [x.what for x in context.requirements.excluded] + [
        o.name for o in context.domain.operations if o.priority == "later"
    ]
    named = f", such as {listed(later, 2)}" if later else ""
    yield _Found(
        f"more is wanted in the first release than {counted(len(context.domain.operations), 'operation')}{named}",
        figure(context.catalogue, "scope.grows"),
        _money(context, days),
        f"the list of {counted(len(work), 'feature package')} is closed; each wish names the package that it replaces",
        "a package whose list of operations grew after its start",
    )


def _questions(context: Context) -> Iterator[_Found]:
    for question, _ in by_worth(context.requirements.questions, context.decisions.worths)[:2]:
        yield _Found(
            f"the answer to «{question.question}» is not {question.used}",
            0.3,
            _money(context, 5),
            f"ask before the first package that rests on it; worth of the answer: {question.worth}",
            "no answer two weeks after the start",
        )
