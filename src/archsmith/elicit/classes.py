"""The class of a requirement, from the weight of its words, the roles of its figures and what it means as a whole."""

import functools
from collections.abc import Mapping, Sequence
from typing import Final

from archsmith.elicit.meanings import by_meaning
from archsmith.elicit.numbers import Found
from archsmith.elicit.reading import Sentence
from archsmith.elicit.words import Token
from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.model.base import Value
from archsmith.model.requirements import NumberRole, NumberStatus, RequirementClass


class ClassRow(Value, frozen=True, kw_only=True):
    """Words that tell the class of a requirement, and what each weighs."""

    id: RequirementClass
    weight: int
    words: str


CLASSES: Final = Table("classes", ClassRow)
ROLE_CLASS: Final = {
    NumberRole.LATENCY: RequirementClass.PERFORMANCE,
    NumberRole.AVAILABILITY: RequirementClass.AVAILABILITY,
    NumberRole.RECOVERY: RequirementClass.RECOVERY,
    NumberRole.BUDGET: RequirementClass.COST,
    NumberRole.TEAM: RequirementClass.TEAM,
    NumberRole.DEADLINE: RequirementClass.DEADLINE,
    NumberRole.LOAD: RequirementClass.SCALABILITY,
    NumberRole.GROWTH: RequirementClass.SCALABILITY,
}


_FACT_WEIGHT: Final = {
    RequirementClass.FUNCTIONAL: 2,
    RequirementClass.COMPLIANCE: 4,
    RequirementClass.CONSTRAINT: 4,
}
"""What a fact in the sentence weighs, beside the words of `classes.yaml`: what somebody does is said in passing too."""


@functools.lru_cache(maxsize=8)
def _classes(catalogue: Catalogue) -> Mapping[RequirementClass, tuple[int, frozenset[str]]]:
    return {
        r.id: (r.weight, frozenset(w.replace("_", " ") for w in r.words.split()))
        for r in catalogue.table(CLASSES).values()
    }


def requirement_class(
    sentence: Sentence,
    first: int,
    last: int,
    catalogue: Catalogue,
    numbers: list[Found],
    speaks_for: Sequence[RequirementClass] = (),
) -> RequirementClass:
    """The class of the tokens `first` to `last` by the weight of their words; a figure's role counts as two words.

    `speaks_for`: the classes that the facts in the sentence show, an operation or a place of data, say.
    """
    tokens = sentence.tokens[first:last]
    meant = by_meaning(sentence.block.piece.text[tokens[0].start : tokens[-1].end])
    if meant is not None and not _never_lower(sentence, tokens):
        return meant
    low = [t.low for t in tokens]
    grams = set(low) | {t.lemma for t in tokens}
    for size in (2, 3, 4):
        grams.update(" ".join(low[n : n + size]) for n in range(len(low) - size + 1))
    scores: dict[RequirementClass, int] = {}
    for kind, (weight, words) in _classes(catalogue).items():
        hits = len(grams & words)
        if hits:
            scores[kind] = hits * weight
    for f in numbers:
        role = ROLE_CLASS.get(f.number.role)
        if role is not None and f.number.status is NumberStatus.TARGET:
            scores[role] = scores.get(role, 0) + 6
        elif f.number.role is NumberRole.RETENTION:
            scores[RequirementClass.COMPLIANCE] = scores.get(RequirementClass.COMPLIANCE, 0) + 6
    for kind in dict.fromkeys(speaks_for):
        scores[kind] = scores.get(kind, 0) + _FACT_WEIGHT[kind]
    if _only_for(tokens):
        scores[RequirementClass.SECURITY] = scores.get(RequirementClass.SECURITY, 0) + 6
    if any(t.low == "no" for t in tokens) and RequirementClass.CONSTRAINT in scores:
        scores[RequirementClass.CONSTRAINT] += 4
    if _never_lower(sentence, tokens):
        scores = {RequirementClass.FUNCTIONAL: 1}
    if any(f.number.role is NumberRole.LIMIT for f in numbers):
        scores.pop(RequirementClass.COST, None)
    if any(f.context.quantity.kind == "interval" for f in numbers):
        scores.pop(RequirementClass.PERFORMANCE, None)
        scores.pop(RequirementClass.SCALABILITY, None)
    if not scores and (first, last) != (0, len(sentence.tokens)):
        return requirement_class(sentence, 0, len(sentence.tokens), catalogue, numbers, speaks_for)
    if not scores:
        return RequirementClass.FUNCTIONAL
    order = list(RequirementClass)
    return max(scores, key=lambda k: (scores[k], -order.index(k)))


def _only_for(tokens: list[Token]) -> bool:
    """Who may see what: "sees his claims only", "only the teacher may see them"."""
    words = {t.low for t in tokens} | {t.lemma for t in tokens}
    return "only" in words and bool(words & {"see", "view", "access", "read", "edit", "open", "visible"})


def _never_lower(sentence: Sentence, tokens: list[Token]) -> bool:
    """ "The running total must never go down": the subject is a figure, so it must not decrease."""
    text = sentence.text.lower()
    figures = {
        "total",
        "counter",
        "count",
        "score",
        "balance",
        "number",
        "figure",
        "price",
        "sum",
        "level",
        "rank",
        "points",
        "amount",
    }
    return (
        "go down" in text
        and bool(figures & sentence.words)
        and not {"server", "site", "system", "service"} & sentence.words
    )
