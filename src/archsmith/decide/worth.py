"""What an open question is worth: the design decided on anew under other plausible answers (docs/adr/0015).

An answer is put on the demand that was derived, as flip points are. Worth, in USD a month: the mean over the answers of
the regret (what the design as chosen costs more than the best one under that answer) and of `REWORK` for each decision
that would be another one.
"""

import re
from collections.abc import Callable

import msgspec

from archsmith.decide import scaling
from archsmith.decide.demand import Demand
from archsmith.decide.evaluator import Evaluator
from archsmith.decide.ground import Ground
from archsmith.decide.program import CENT
from archsmith.decide.settle import Settled, attempt
from archsmith.decide.space import build
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.decisions import Cut, Tried
from archsmith.model.requirements import Question, Requirements

REWORK = 83.0
"""USD a month for a decision taken back later: 5 days of work at 75 USD an hour over 36 months; our estimate."""
NO_DESIGN = 10 * REWORK
"""The same for an answer that no design fulfils: the brief itself has to change; our estimate."""
Answer = tuple[str, Callable[[Demand], Demand]]


def _nines(share: float) -> Answer:
    return f"{share * 100:g}% availability", lambda d: scaling.nines(d, share)


def _load(factor: float) -> Answer:
    return f"{factor:.2g} times the load", lambda d: scaling.traffic(d, factor)


def _peak(factor: float) -> Answer:
    return f"{factor:g} times the peak", lambda d: scaling.peak(d, factor)


def _team(factor: float) -> Answer:
    return f"{factor:g} times the team", lambda d: scaling.team(d, factor)


def _recovery(rpo: float, rto: float) -> Answer:
    def change(demand: Demand) -> Demand:
        return msgspec.structs.replace(demand, rpo=rpo, rto=rto, soft=demand.soft - {"rpo", "rto"})

    return f"{_span(rpo)} of loss and {_span(rto)} to be back", change


def _latency(limit: float) -> Answer:
    def change(demand: Demand) -> Demand:
        return msgspec.structs.replace(demand, latency=limit, tightest=min(demand.tightest, limit))

    return f"answers within {limit:g} s", change


def _place(bloc: str) -> Answer:
    return f"data in {bloc.upper()}", lambda d: msgspec.structs.replace(d, places=(bloc,), near=(bloc,))


def _span(seconds: float) -> str:
    return f"{seconds / 3600:g} h" if seconds >= 3600 else f"{seconds / 60:g} min"


ANSWERS: dict[str, tuple[Answer, ...]] = {
    "availability": (_nines(0.99), _nines(0.999), _nines(0.9999)),
    "recovery": (_recovery(60, 900), _recovery(86_400, 172_800)),
    "load": (_load(1 / 3), _load(3)),
    "peak": (_peak(0.5), _peak(3)),
    "growth": (_load(0.7), _load(3)),
    "team": (_team(0.5), _team(3)),
    "place": (_place("us"), _place("eu")),
    "vague:fast": (_latency(0.2), _latency(2.0)),
}
"""Plausible answers by topic: those that briefs of such systems give, low and high."""
SAME = {"vague:available": "availability", "vague:scalable": "growth", "vague:traffic": "load", "vague:many": "load"}
"""Topics whose answer is that of another one."""


def measured(
    settled: Settled, demand: Demand, requirements: Requirements, catalogue: Catalogue, cuts: tuple[Cut, ...] = ()
) -> tuple[Tried, ...]:
    """Each plausible answer to each question that has one, decided on anew; each is a whole solve."""
    topics = dict.fromkeys(SAME.get(q.topic, q.topic) for q in requirements.questions)
    return tuple(
        tried(settled, demand, requirements, catalogue, cuts, topic, answer)
        for topic in topics
        for answer in ANSWERS.get(topic, ())
    )


def tried(
    settled: Settled,
    demand: Demand,
    requirements: Requirements,
    catalogue: Catalogue,
    cuts: tuple[Cut, ...],
    topic: str,
    answer: Answer,
) -> Tried:
    """What changes under one answer. Where the demand stays the same, so does all else, and nothing is solved."""
    words, change = answer
    other = change(demand)
    if other == demand:
        return Tried(topic=topic, answer=words)
    ground = Ground(other, requirements, catalogue)
    space = build(ground, requirements, cuts)
    best = attempt(space, ground, cuts, frozenset(settled.gave_way), known=settled.chosen)
    return compared(settled, best, ground, topic, words)


def compared(settled: Settled, best: Settled | None, ground: Ground, topic: str, words: str) -> Tried:
    """The best design under another demand beside the one that was chosen."""
    if best is None:
        return Tried(topic=topic, answer=words, feasible=False)
    changed = tuple(a for a, o in sorted(best.chosen.items()) if o.id != settled.chosen[a].id and a not in _SIZES)
    total = best.outcome.objective / (CENT * 100)
    month = total - settled.outcome.objective / (CENT * 100)
    kept = None
    if best.chosen["regions"].key == settled.chosen["regions"].key:
        kept = Evaluator(best.space, ground).carried_over(settled.chosen)
    regret = max(0.0, kept[0].total - total) if kept is not None else abs(month)
    return Tried(topic=topic, answer=words, changed=changed, month=round(month, 2), regret=round(regret, 2))


_SIZES = frozenset({"compute", "size"})
"""Axes whose change is a change of the size, and not of the design."""


def weighed(requirements: Requirements, tries: tuple[Tried, ...]) -> Requirements:
    """The questions in the order of their worth: measured ones first, then by rule, then those that change nothing."""
    by_topic: dict[str, list[Tried]] = {}
    for row in tries:
        by_topic.setdefault(row.topic, []).append(row)
    rows = [(*_worth(by_topic.get(SAME.get(q.topic, q.topic), [])), n, q) for n, q in enumerate(requirements.questions)]
    rows.sort(key=lambda r: (0 if r[0] > 0 else 1 if not r[1] else 2, -r[0], r[2]))
    return msgspec.structs.replace(requirements, questions=tuple(_told(q, words) for _, words, _, q in rows))


def _worth(rows: list[Tried]) -> tuple[float, str]:
    """USD a month, and the words that say what was found; nothing where nothing was tried."""
    if not rows:
        return 0.0, ""
    worth = sum(r.regret + REWORK * len(r.changed) if r.feasible else NO_DESIGN for r in rows) / len(rows)
    return worth, f"measured, {worth:,.0f} USD a month: " + "; ".join(_say(r) for r in rows)


def _say(row: Tried) -> str:
    if not row.feasible:
        return f"no design within the limits with {row.answer}"
    if not row.changed and abs(row.month) < 1:
        return f"nothing changes with {row.answer}"
    more = f"{abs(row.month):,.0f} USD a month {'more' if row.month > 0 else 'less'}"
    if not row.changed:
        return f"{more} with {row.answer}"
    return f"{more} and {' and '.join(row.changed[:3])} decided anew with {row.answer}"


def _told(question: Question, words: str) -> Question:
    if not words:
        return question
    plain = re.sub(r" \(measured, .*\)$", "", question.worth, flags=re.S)
    return msgspec.structs.replace(question, worth=f"{plain} ({words})")
