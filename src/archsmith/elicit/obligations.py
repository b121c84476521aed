"""Requirements: each sentence or list item that obliges something, with its class and priority; stories are left out."""

import functools
import re
from collections.abc import Mapping
from typing import Final

from archsmith.elicit.clauses import Clause, clauses
from archsmith.elicit.numbers import Found
from archsmith.elicit.priority import priority_of
from archsmith.elicit.reading import Reading, Sentence
from archsmith.kernel.ids import RequirementId
from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.model.base import Value
from archsmith.model.requirements import NumberRole, NumberStatus, Requirement, RequirementClass


class ClassRow(Value, frozen=True, kw_only=True):
    """Words that tell the class of a requirement, and what each weighs."""

    id: RequirementClass
    weight: int
    words: str


CLASSES: Final = Table("classes", ClassRow)
_DUTY: Final = frozenset(
    "must shall should need needs required require requires mandatory cannot can't never want wants wish wishes may can has have only"
    " nobody allowed forbidden applies falls fall tolerable worst without always every no not".split()
)
_STRONG: Final = frozenset(
    "must shall should need needs required requires mandatory cannot want wants may can nobody only never would".split()
)
_GREETING: Final = re.compile(
    r"^(?:dear|hello|hi|best|regards|thanks|thank you|cheers|kind regards|yours|sincerely|good morning)\b[^.]{0,40}$",
    re.I,
)
_ROLE_CLASS: Final = {
    NumberRole.LATENCY: RequirementClass.PERFORMANCE,
    NumberRole.AVAILABILITY: RequirementClass.AVAILABILITY,
    NumberRole.RECOVERY: RequirementClass.RECOVERY,
    NumberRole.BUDGET: RequirementClass.COST,
    NumberRole.TEAM: RequirementClass.TEAM,
    NumberRole.DEADLINE: RequirementClass.DEADLINE,
    NumberRole.LOAD: RequirementClass.SCALABILITY,
    NumberRole.GROWTH: RequirementClass.SCALABILITY,
}
_MATTERS: Final = frozenset({*_ROLE_CLASS, NumberRole.RETENTION, NumberRole.LIMIT})


@functools.lru_cache(maxsize=8)
def _classes(catalogue: Catalogue) -> Mapping[RequirementClass, tuple[int, frozenset[str]]]:
    return {
        r.id: (r.weight, frozenset(w.replace("_", " ") for w in r.words.split()))
        for r in catalogue.table(CLASSES).values()
    }


def find_requirements(reading: Reading, found: list[Found]) -> list[Requirement]:
    """The requirements in reading order. What a heading rules out is none."""
    by_sentence: dict[int, list[Found]] = {}
    for f in found:
        by_sentence.setdefault(f.context.sentence.number, []).append(f)
    out: list[Requirement] = []
    for sentence in reading.sentences:
        numbers = by_sentence.get(sentence.number, [])
        if not _obliges(sentence, reading, numbers):
            continue
        out.append(
            Requirement(
                id=RequirementId(f"R-{len(out) + 1:03d}"),
                kind=requirement_class(sentence, reading.catalogue, numbers),
                priority=priority_of(sentence),
                statement=_statement(sentence),
                why=sentence.stated(),
            )
        )
    return out


def _obliges(sentence: Sentence, reading: Reading, numbers: list[Found]) -> bool:
    """Whether a sentence asks something of the system: a duty, a list item that names a thing, a figure that binds."""
    if sentence.scope.excluded or sentence.block.kind == "heading" or len(sentence.tokens) < 2:
        return False
    text = sentence.text.strip()
    if _GREETING.match(text) or text.endswith("?"):
        return False
    words = sentence.words
    binding = any(f.number.role in _MATTERS and f.number.status is NumberStatus.TARGET for f in numbers)
    if sentence.scope.story:
        return binding or bool(words & {"must", "shall", "required"})
    if sentence.block.kind in ("item", "cell"):
        return sentence.block.kind == "item" or (sentence.block.column != "" and len(sentence.tokens) > 2) or binding
    found = clauses(sentence, reading.lex)
    past = [c for c in found if c.past]
    if past and not words & _STRONG and not binding:
        return False
    finite = any(t.tag in ("VERB", "AUX", "MODAL") for t in sentence.tokens)
    if words & _STRONG or binding:
        return True
    if not finite:
        return len(sentence.tokens) <= 25 and len(sentence.phrases) > 0
    return _declares(sentence, found, reading) or bool(
        words & _DUTY and words & {"no", "not", "always", "without", "worst"}
    )


def _declares(sentence: Sentence, found: list[Clause], reading: Reading) -> bool:
    """A statement in the present about the system or its users: "Employee sees his claims only"."""
    tokens = sentence.tokens
    if tokens[0].low in ("we", "i", "our", "my") and not sentence.words & {"keep", "need", "want"}:
        operations = [t for t in tokens if t.tag == "VERB" and reading.lex.kinds.get(t.lemma, "command") != "none"]
        return (
            bool(operations)
            and tokens[0].low == "we"
            and not sentence.words & {"build", "sell", "run", "make", "are", "outgrow"}
        )
    verbs = [t for t in tokens if t.tag == "VERB"]
    if any(t.low in ("if", "when", "after", "once") for t in tokens[:1]):
        return True
    if verbs and all(t.form == "past" for t in verbs):
        return False
    return any(reading.lex.kinds.get(t.lemma, "command") != "none" for t in verbs) or any(
        t.low in ("is", "are") for t in tokens
    )


def requirement_class(sentence: Sentence, catalogue: Catalogue, numbers: list[Found]) -> RequirementClass:
    """The class by the weight of its words; a figure's role counts as two words."""
    low = [t.low for t in sentence.tokens]
    lemmas = [t.lemma for t in sentence.tokens]
    grams = set(low) | set(lemmas)
    for size in (2, 3, 4):
        grams.update(" ".join(low[n : n + size]) for n in range(len(low) - size + 1))
    scores: dict[RequirementClass, int] = {}
    for kind, (weight, words) in _classes(catalogue).items():
        hits = len(grams & words)
        if hits:
            scores[kind] = hits * weight
    for f in numbers:
        role = _ROLE_CLASS.get(f.number.role)
        if role is not None and f.number.status is NumberStatus.TARGET:
            scores[role] = scores.get(role, 0) + 6
    if _never_lower(sentence):
        scores.pop(RequirementClass.AVAILABILITY, None)
    if not scores:
        return RequirementClass.FUNCTIONAL
    order = list(RequirementClass)
    return max(scores, key=lambda k: (scores[k], -order.index(k)))


def _never_lower(sentence: Sentence) -> bool:
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


def _statement(sentence: Sentence) -> str:
    """The sentence in one line; a cell is led by its row."""
    text = " ".join(sentence.text.split()).strip(" -•")
    if sentence.block.kind == "cell" and sentence.block.row and sentence.block.row != sentence.block.piece.text.strip():
        return f"{sentence.block.row}: {text}"
    return text
