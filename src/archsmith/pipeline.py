"""The order of the stages, the repair loop, and the progress events: the one place where all of it can be read.

Nothing here decides, computes or touches the disk; each stage is imported when its turn comes, since some are heavy.
"""

import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from msgspec.structs import replace

from archsmith.kernel.canonical import typed
from archsmith.kernel.findings import Finding, Severity, sort_findings
from archsmith.kernel.ids import ArtifactPath, DecisionId
from archsmith.kernel.phrases import counted
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.architecture import Architecture
from archsmith.model.artifacts import Artifact, Evidence, Outcome
from archsmith.model.base import Value
from archsmith.model.brief import Brief
from archsmith.model.changes import Varied
from archsmith.model.decisions import Cut, Decisions
from archsmith.model.design import Design, Status
from archsmith.model.domain import Derivation
from archsmith.model.plan import Plan
from archsmith.model.report import Report
from archsmith.model.requirements import Requirements

MAX_ROUNDS: Final = 4
"""Rounds of decide, compose and evaluate; findings that are left after the last one stay findings."""


class Stage(enum.StrEnum):
    """The stages, in their order."""

    ELICIT = "elicit"
    DERIVE = "derive"
    DECIDE = "decide"
    COMPOSE = "compose"
    EVALUATE = "evaluate"
    DOUBT = "doubt"
    PLAN = "plan"
    RENDER = "render"
    VERIFY = "verify"


class State(Value, frozen=True, kw_only=True):
    """What the stages have produced so far. This is what `--dump-after` writes and `--from-dump` reads."""

    brief: Brief | None = None
    requirements: Requirements | None = None
    derivation: Derivation | None = None
    decisions: Decisions | None = None
    architecture: Architecture | None = None
    report: Report | None = None
    plan: Plan | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """A stage begins. `round` counts from 1 in the repair loop."""

    stage: Stage
    round: int = 1


@dataclass(frozen=True, slots=True)
class Finished:
    """A stage is through; `found` says in a few words what it found. The listener measures the time."""

    stage: Stage
    found: str
    round: int = 1


T = TypeVar("T")

Event = Started | Finished
Listener = Callable[[Event], None]


class MissingInput(ValueError):
    """A stage was to run without the result of an earlier one."""


class Unusable(Exception):
    """The brief can't be designed from. `findings` say why, each with place, fact and fix; none is a bug of ours."""

    def __init__(self, requirements: Requirements) -> None:
        super().__init__("; ".join(f.fact for f in requirements.findings))
        self.requirements = requirements
        self.findings: tuple[Finding, ...] = sort_findings(requirements.findings)


def design(
    brief: Brief, catalogue: Catalogue, *, listen: Listener = lambda _: None, generator: str = "archsmith"
) -> Design:
    """The whole design of a brief. Raises Unusable where the brief holds nothing to design from."""
    return finish(advance(State(brief=brief), catalogue, listen=listen), generator)


def advance(
    state: State,
    catalogue: Catalogue,
    *,
    after: Stage | None = None,
    upto: Stage = Stage.PLAN,
    listen: Listener = lambda _: None,
) -> State:
    """Runs the stages that come after `after`, up to and including `upto`. `state` holds what they start from."""
    order = tuple(Stage)
    todo = order[order.index(after) + 1 if after else 0 : order.index(upto) + 1]
    if Stage.ELICIT in todo:
        state = _step(state, Stage.ELICIT, catalogue, listen)
    if state.requirements and any(f.severity is Severity.BLOCKER for f in state.requirements.findings):
        raise Unusable(state.requirements)
    if Stage.DERIVE in todo:
        state = _step(state, Stage.DERIVE, catalogue, listen)
    state = _repair(state, tuple(s for s in LOOP if s in todo), catalogue, listen)
    for stage in (s for s in (Stage.DOUBT, Stage.PLAN) if s in todo):
        state = _step(state, stage, catalogue, listen)
    return state


LOOP: Final = (Stage.DECIDE, Stage.COMPOSE, Stage.EVALUATE)


def _repair(state: State, todo: tuple[Stage, ...], catalogue: Catalogue, listen: Listener) -> State:
    """Decide, compose, evaluate; again with the cuts that evaluate asks for, until it asks for none."""
    cuts: tuple[Cut, ...] = state.decisions.cuts if state.decisions else ()
    for number in range(1, MAX_ROUNDS + 1):
        for stage in todo:
            state = _step(state, stage, catalogue, listen, cuts, number)
        asked = state.report.cuts if state.report and Stage.DECIDE in todo and Stage.EVALUATE in todo else ()
        fresh = tuple(c for c in asked if c not in cuts)
        if not fresh:
            break
        cuts += fresh
    return state


def _step(
    state: State, stage: Stage, catalogue: Catalogue, listen: Listener, cuts: tuple[Cut, ...] = (), number: int = 1
) -> State:
    listen(Started(stage, number))
    state, found = _RUN[stage](state, catalogue, cuts, number)
    listen(Finished(stage, found, number))
    return state


def _elicit(s: State, kb: Catalogue, _cuts: tuple[Cut, ...], _round: int) -> tuple[State, str]:
    from archsmith.elicit import elicit

    r = typed(elicit(_need(s.brief), kb))
    found = f"{len(r.requirements)} requirements, {len(r.numbers)} numbers, {len(r.operations)} operations"
    return replace(s, requirements=r), found


def _derive(s: State, kb: Catalogue, _cuts: tuple[Cut, ...], _round: int) -> tuple[State, str]:
    from archsmith.derive import derive

    d = typed(derive(_need(s.requirements), kb))
    peak = f"{d.workload.peak.value:,.3g} requests/s at the peak"
    return replace(s, derivation=d), f"{len(d.domain.entities)} entities, {len(d.domain.operations)} operations, {peak}"


def _decide(s: State, kb: Catalogue, cuts: tuple[Cut, ...], number: int) -> tuple[State, str]:
    from archsmith.decide import decide

    d = typed(replace(decide(_need(s.requirements), _need(s.derivation), kb, cuts), rounds=number))
    month = sum(t.month for t in d.objective)
    clash = ", requirements clash" if d.clash else ""
    return replace(s, decisions=d), f"{len(d.decisions)} decisions, {month:,.0f} USD a month of ownership{clash}"


def _compose(s: State, kb: Catalogue, _cuts: tuple[Cut, ...], _round: int) -> tuple[State, str]:
    from archsmith.compose import compose

    a = typed(compose(_need(s.requirements), _need(s.derivation), _need(s.decisions), kb))
    made = (("service", a.services), ("store", a.stores), ("endpoint", a.endpoints), ("table", a.tables))
    found = ", ".join(counted(len(parts), noun) for noun, parts in made)
    return replace(s, architecture=a), found


def _evaluate(s: State, kb: Catalogue, _cuts: tuple[Cut, ...], _round: int) -> tuple[State, str]:
    from archsmith.evaluate import evaluate

    r = typed(evaluate(_need(s.requirements), _need(s.derivation), _need(s.decisions), _need(s.architecture), kb))
    return replace(s, report=r), f"{len(r.findings)} findings, {r.cost.infrastructure:,.0f} USD a month to run"


def _doubt(s: State, kb: Catalogue, _cuts: tuple[Cut, ...], _round: int) -> tuple[State, str]:
    """Once the loop is through: the choices and figures under other values of all that nobody stated."""
    from archsmith.decide import doubt
    from archsmith.evaluate import intervals
    from archsmith.vary import draws

    needs, derivation, architecture = _need(s.requirements), _need(s.derivation), _need(s.architecture)
    drawn = draws(needs, derivation, kb)
    decisions, hours = doubt(_need(s.decisions), needs.questions, drawn.inputs, drawn.draws)
    report = intervals(_need(s.report), derivation, decisions, architecture, drawn.draws, hours)
    rows = [r for d in decisions.decisions if (r := d.robustness)]
    firm = sum(r.wins + r.none == r.draws for r in rows)
    found = f"{firm} of {len(rows)} decisions stay in all of {len(drawn.draws)} draws of {len(drawn.inputs)} inputs"
    return replace(s, decisions=typed(decisions), report=typed(report)), found


def _plan(s: State, kb: Catalogue, _cuts: tuple[Cut, ...], _round: int) -> tuple[State, str]:
    from archsmith.plan import plan

    p = plan(_need(s.requirements), _need(s.derivation), _need(s.decisions), _need(s.architecture), _need(s.report), kb)
    return replace(s, plan=p), f"{len(p.packages)} work packages, {p.months:.1f} months"


_RUN: Final[dict[Stage, Callable[[State, Catalogue, tuple[Cut, ...], int], tuple[State, str]]]] = {
    Stage.ELICIT: _elicit,
    Stage.DERIVE: _derive,
    Stage.DECIDE: _decide,
    Stage.COMPOSE: _compose,
    Stage.EVALUATE: _evaluate,
    Stage.DOUBT: _doubt,
    Stage.PLAN: _plan,
}


def _need(value: T | None) -> T:
    """The value that an earlier stage left; its absence is a bug of the caller, such as a dump of the wrong stage."""
    if value is None:
        raise MissingInput("this stage needs the result of an earlier one, which the dump does not hold")
    return value


def changed(state: State, varied: Varied, catalogue: Catalogue, *, listen: Listener = lambda _: None) -> State:
    """The stages again, from changed requirements, but for the doubt; `state` is that of the brief as it is."""
    from archsmith.vary import scaled

    start = State(brief=state.brief, requirements=varied.requirements)
    derived = advance(start, catalogue, after=Stage.ELICIT, upto=Stage.DERIVE, listen=listen)
    derived = replace(derived, derivation=typed(scaled(_need(derived.derivation), varied.scaled)))
    decided = advance(derived, catalogue, after=Stage.DERIVE, upto=Stage.EVALUATE, listen=listen)
    return advance(decided, catalogue, after=Stage.DOUBT, listen=listen)


def finish(state: State, generator: str) -> Design:
    """The design out of a state in which all stages up to the plan have run."""
    decisions, report, plan = _need(state.decisions), _need(state.report), _need(state.plan)
    missed = any(f.severity is Severity.DANGER for f in (*report.findings, *plan.findings))
    return Design(
        generator=generator,
        status=Status.INFEASIBLE if decisions.clash else Status.PARTIAL if missed else Status.COMPLETE,
        requirements=_need(state.requirements),
        derivation=_need(state.derivation),
        decisions=decisions,
        architecture=_need(state.architecture),
        report=report,
        plan=plan,
    )


def sharpened(design: Design, ids: tuple[DecisionId, ...], catalogue: Catalogue) -> Design:
    """The design with the flip points of these decisions narrowed."""
    from archsmith.decide import sharpen

    decisions = sharpen(design.requirements, design.derivation, design.decisions, catalogue, ids)
    return replace(design, decisions=decisions)


def deliver(
    design: Design, *, full: bool = False, listen: Listener = lambda _: None
) -> tuple[tuple[Artifact, ...], Evidence]:
    """All files of the design, their evidence among them. `full` also runs the outside tools, which takes seconds."""
    from archsmith.elicit.structured import to_yaml
    from archsmith.render import render
    from archsmith.verify import evidence_artifacts, verify

    listen(Started(Stage.RENDER))
    yaml = Artifact(path=ArtifactPath("requirements.yaml"), content=to_yaml(design.requirements).encode())
    files = (*render(design), yaml)
    listen(Finished(Stage.RENDER, f"{len(files)} files, {sum(len(f.content) for f in files) / 1e3:,.0f} kB"))
    listen(Started(Stage.VERIFY))
    evidence = verify(files, full=full)
    ran = [c for c in evidence.checks if c.outcome is not Outcome.NOT_RUN]
    skipped = len(evidence.checks) - len(ran)
    listen(Finished(Stage.VERIFY, f"{len(ran)} checks ran, {len(evidence.failed)} failed, {skipped} not run"))
    return tuple(sorted((*files, *evidence_artifacts(evidence)), key=lambda f: f.path)), evidence
