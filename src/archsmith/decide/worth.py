"""What an answer to an open question is worth: what it saves on average if it comes before the choice.

This is the expected value of perfect information on what the question asks for, over the same draws as robustness.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from archsmith.decide.demand import Demand
from archsmith.decide.pool import Design, Found, Pool, design_of
from archsmith.formulas.information import perfect_parameter_information
from archsmith.kernel.units import UsdPerMonth
from archsmith.knowledge.tradeoffs import tradeoff
from archsmith.knowledge.uncertain import Draw
from archsmith.model.decisions import Weighed
from archsmith.model.requirements import Question
from archsmith.model.uncertainty import Worth

MOST = 8
"""Designs between which an answer decides: those that win most often."""
Answer = Callable[[Demand, Draw], float]


def _input(name: str) -> Answer:
    return lambda _, draw: draw.values.get(name, 0.0)


ANSWERS: dict[str, tuple[Answer, ...]] = {
    "availability": (lambda d, _: d.availability,),
    "recovery": (lambda d, _: d.rto, lambda d, _: d.rpo),
    "load": (lambda d, _: d.web_average + d.stream_average,),
    "peak": (lambda d, _: d.peak_factor,),
    "growth": (_input("growth"),),
    "team": (lambda d, _: float(d.team),),
    "place": (_input("place"),),
    "retention": (_input("retention"),),
    "file-volume": (lambda d, _: d.files_gb,),
    "own-staff": (_input("staff"),),
    "law:HIPAA": (_input("law.hipaa"),),
    "vague:fast": (lambda d, _: d.tightest,),
}
"""By topic, what an answer would say, as a number in each draw; of several the one that is worth most counts."""
SAME = {
    "vague:available": "availability",
    "vague:scalable": "growth",
    "vague:traffic": "load",
    "vague:many": "load",
    "vague:large-files": "file-volume",
    "file-terms": "retention",
}
"""Topics whose answer is that of another one."""


def worths(
    questions: tuple[Question, ...],
    pools: Sequence[Pool],
    best: Sequence[Found | None],
    weighed: Weighed,
    titles: Mapping[str, str],
) -> tuple[Worth, ...]:
    """A row for each topic whose answer the model has and nobody gave; draws without any design are left out.

    `titles` of decisions by axis: what an answer would change is told by them.
    """
    seen = [(p, b) for p, b in zip(pools, best, strict=True) if b is not None]
    if not seen:
        return ()
    base = design_of(weighed.chosen)
    often = Counter(b.design for _, b in seen)
    designs = list(dict.fromkeys([base, *sorted(often, key=lambda d: -often[d])[:MOST]]))
    costs = _costs(designs, seen)
    found = []
    for topic in dict.fromkeys(q.topic for q in questions):
        told = [
            perfect_parameter_information(costs, answers)
            for answer in ANSWERS.get(SAME.get(topic, topic), ())
            if len(set(answers := [answer(p.ground.demand, p.draw) for p, _ in seen])) > 1
        ]
        if told:
            month, taken = max(told, key=lambda t: t[0])
            changed = {a for n in taken for a, k in designs[n] if dict(designs[taken[0]])[a] != k}
            names = tuple(dict.fromkeys(titles[a] for a in weighed.chosen if a in changed and a in titles))
            found.append(Worth(topic=topic, month=UsdPerMonth(round(month, 2)), changes=names))
    return tuple(found)


def _costs(designs: list[Design], seen: list[tuple[Pool, Found]]) -> list[list[float]]:
    """USD a month of each design in each draw, or of going over to another one later, where that is less.

    Going over costs work on each decision that is taken back, spread over the months as building is.
    """
    columns = []
    for pool, best in seen:
        demand = pool.ground.demand
        days = tradeoff(pool.draw.catalogue, "rework.decision_days")
        rework = days * 8 * demand.hourly / demand.horizon
        plain = {d: f.total for d in designs if (f := pool.cost_of(d)) is not None} | {best.design: best.total}
        columns.append([min(t + rework * _apart(d, other) for other, t in plain.items()) for d in designs])
    return [list(row) for row in zip(*columns, strict=True)]


def _apart(one: Design, two: Design) -> int:
    return sum(a != b for a, b in zip(one, two, strict=True))
