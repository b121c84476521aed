"""One decision with everything that speaks for it, and everything that it hangs on."""

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from archsmith.kernel.ids import DecisionId, RequirementId
from archsmith.kernel.phrases import counted
from archsmith.kernel.provenance import Assumed, Derived, line_of, quote_of
from archsmith.kernel.units import Ratio
from archsmith.model.architecture import Deployment, Edge, Service, Store, Utility
from archsmith.model.argument import Argument, Bound, Hangs, Held, Line, Lost, Related
from archsmith.model.changes import Origin
from archsmith.model.decisions import Decision, Loser
from archsmith.model.design import Design
from archsmith.render import show
from archsmith.render.argument.topics import EVERY, fact_of, said, topics
from archsmith.render.argument.trace import NEAR, Known, assumed_in, chain, origin_of

_LEAST: Final = 0.05
"""Share of a figure below which an assumption is not worth a line."""
_MOST: Final = 8


def lines(design: Design) -> tuple[Line, ...]:
    """All decisions, a line each."""
    return tuple(
        Line(
            id=d.id,
            dimension=d.dimension,
            title=d.title,
            choice=d.choice,
            runner_up=d.runner_up,
            margin=d.margin,
        )
        for d in design.decisions.decisions
    )


def argument(decision: Decision, design: Design, known: Known) -> Argument:
    """The decision as a sceptical colleague would have it argued."""
    told: set[str] = set()
    return Argument(
        id=decision.id,
        dimension=decision.dimension,
        title=decision.title,
        choice=decision.choice,
        reason=decision.reason,
        runner_up=decision.runner_up,
        margin=decision.margin,
        bound_by=tuple(
            replace(bound, how=bond.how) for bond in decision.binding for bound in _bound((bond.requirement,), design)
        ),
        losers=tuple(_losers(decision, design)),
        held_to=tuple(_held(decision, design)),
        figures=tuple(step for figure in decision.figures for step in chain(figure, known, told, NEAR)),
        flips_at=decision.flips_at,
        flips=decision.flips,
        robustness=decision.robustness,
        hangs_on=tuple(_hangs(decision, design, known))[:_MOST],
        follows_from=_related(decision, design, back=True),
        carries=_related(decision, design, back=False),
        elements=tuple(_elements(decision.id, design)),
    )


def _bound(ids: tuple[RequirementId, ...], design: Design) -> tuple[Bound, ...]:
    known = {r.id: r for r in design.requirements.requirements}
    return tuple(
        Bound(id=i, statement=known[i].statement, quote=quote_of(known[i].why) or "", line=line_of(known[i].why))
        for i in ids
        if i in known
    )


def _losers(decision: Decision, design: Design) -> Iterator[Lost]:
    """Options that lost, those that lost for the same reason together; the nearest first."""
    groups: dict[tuple[str, str, float | None], list[Loser]] = {}
    for loser in decision.losers:
        groups.setdefault((loser.kind, loser.reason, loser.extra), []).append(loser)
    for those in groups.values():
        ids = dict.fromkeys(i for x in those for i in x.requirements)
        yield Lost(
            options=tuple(x.label for x in those),
            kind=those[0].kind,
            reason=those[0].reason,
            extra=those[0].extra,
            requirements=_bound(tuple(ids), design),
        )


def _held(decision: Decision, design: Design) -> Iterator[Held]:
    for topic in topics(decision.dimension):
        fact = fact_of(design, topic)
        if fact is None or (topic in EVERY and decision.margin is None):
            continue
        origin, source = origin_of(fact.why)
        if isinstance(fact.why, Derived) and fact.why.inputs:
            source = f"computed: `archsmith explain {fact.why.inputs[0]}` traces it"
        what, value = said(topic, fact.value)
        yield Held(what=what, value=value, origin=origin, source=source)


def _hangs(decision: Decision, design: Design, known: Known) -> Iterator[Hangs]:
    """Assumed targets, estimates of the catalogue that its figures use, and what is assumed in its loads."""
    seen: set[str] = set()
    for topic in topics(decision.dimension):
        fact = fact_of(design, topic)
        if fact is not None and isinstance(fact.why, Assumed) and topic not in EVERY:
            seen.add(topic)
            what, value = said(topic, fact.value)
            yield Hangs(what=what, value=value, reason=fact.why.reason, source=fact.why.source)
    for figure in decision.figures:
        for step in chain(figure, known, None, NEAR):
            if step.origin is Origin.ASSUMED and step.value is not None and step.id not in seen and step.depth:
                seen.add(step.id)
                value = show.figure(step.value, step.unit)
                yield Hangs(what=step.what, value=value, reason=step.source, source=step.id, of=figure.what)
    yield from _hangs_in_loads(decision, design, seen)


def _hangs_in_loads(decision: Decision, design: Design, seen: set[str]) -> Iterator[Hangs]:
    for topic in topics(decision.dimension):
        fact = fact_of(design, topic)
        if fact is None or not isinstance(fact.why, Derived):
            continue
        found = sorted(assumed_in(fact, design).values(), key=lambda row: (-row[1], row[0].id))
        for step, share in found:
            if share < _LEAST or step.id in seen or not isinstance(step.why, Assumed):
                continue
            seen.add(step.id)
            yield Hangs(
                what=step.what,
                value=show.figure(step.value, step.unit),
                reason=step.why.reason,
                source=step.why.source,
                of=said(topic, fact.value)[0],
                share=Ratio(round(share, 3)),
            )


def _related(decision: Decision, design: Design, *, back: bool) -> tuple[Related, ...]:
    """What it rests on, or what rests on it; the nearest first, each once."""
    rows = {d.id: d for d in design.decisions.decisions}
    found: dict[DecisionId, int] = {}
    front, depth = [decision.id], 1
    while front:
        reached = [
            d.id
            for d in rows.values()
            if any((d.id in rows[i].rests_on) if back else (i in d.rests_on) for i in front)
            and d.id not in found
            and d.id != decision.id
        ]
        found.update(dict.fromkeys(reached, depth))
        front, depth = reached, depth + 1
    return tuple(Related(id=i, title=rows[i].title, choice=rows[i].choice, depth=n) for i, n in found.items())


def _elements(ident: DecisionId, design: Design) -> Iterator[str]:
    """Names of the components, and how many endpoints, tables and events, that are there because of it."""
    a = design.architecture
    components: tuple[Service | Store | Edge | Utility | Deployment, ...]
    components = (*a.services, *a.stores, *a.edges, *a.utilities, *a.deployments)
    for part in components:
        if ident in part.because:
            yield part.name
    counts = (("endpoint", a.endpoints), ("table", a.tables), ("event contract", a.event_contracts))
    for noun, those in counts:
        number = sum(1 for x in those if ident in x.because)
        if number:
            yield counted(number, noun)
