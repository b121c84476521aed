"""What the brief leaves open and a design must assume: vague words, targets not stated, answers that change the
design.
"""

from collections.abc import Iterator
from typing import Final

from archsmith.elicit.facts import Facts
from archsmith.elicit.numbers import Found
from archsmith.elicit.reading import Reading, Sentence
from archsmith.model.requirements import (
    ExternalSystem,
    Needs,
    NumberRole,
    OperationMention,
    Question,
    Regime,
    RegimeStatus,
)

_VAGUE: Final = {
    "fast": ("how fast is {q}", "95% of requests within 500 ms"),
    "quickly": ("how fast is {q}", "95% of requests within 500 ms"),
    "slow": ("what is too slow in {q}", "95% of requests within 500 ms"),
    "many": ("how many are {q}", "the largest figure that the brief states"),
    "lots": ("how many are {q}", "the largest figure that the brief states"),
    "thousands": ("how many thousands are {q}", "5,000"),
    "millions": ("how many millions are {q}", "2 million"),
    "hundreds": ("how many hundreds are {q}", "500"),
    "highly available": ("how much downtime a month is tolerable for {q}", "99.9%, 43 minutes a month"),
    "always available": ("how much downtime a month is tolerable for {q}", "99.9%, 43 minutes a month"),
    "high availability": ("how much downtime a month is tolerable for {q}", "99.9%, 43 minutes a month"),
    "real time": ("how old may the figures be in {q}", "5 seconds"),
    "real-time": ("how old may the figures be in {q}", "5 seconds"),
    "secure": (
        "which threats does {q} mean",
        "the measures of the regimes that apply, encryption in transit and at rest",
    ),
    "scalable": ("which load in which year does {q} mean", "twice the stated load in two years"),
    "a few seconds": ("how many seconds are {q}", "5 seconds"),
    "few seconds": ("how many seconds are {q}", "5 seconds"),
    "soon": ("by which date is {q}", "no fixed date"),
    "cheap": ("what may it cost a month: {q}", "the smallest set-up that meets the targets"),
}
_MAX: Final = 12


def find_questions(
    reading: Reading,
    found: list[Found],
    needs: Needs,
    operations: list[OperationMention],
    systems: list[ExternalSystem],
    regimes: list[Regime],
    facts: Facts,
) -> list[Question]:
    """In the order of what an answer could change: law and money, load, targets, then details. At most twelve."""
    out = [
        *_law(regimes, facts, systems),
        *_load(found, needs, operations),
        *_targets(reading, found, needs, operations, systems),
        *_vague(reading, found),
    ]
    unique = {q.question: q for q in out}
    return list(unique.values())[:_MAX]


def _law(regimes: list[Regime], facts: Facts, systems: list[ExternalSystem]) -> Iterator[Question]:
    if "unknown_place" in facts.held and "personal" in facts.held:
        yield Question(
            question="In which country do the users live, and where may their data be kept?",
            used="the rules of the EU, kept in the EU",
            worth="decides regions, laws and up to a third of the hosting price",
        )
    for regime in regimes:
        if regime.status is RegimeStatus.CONDITIONAL and regime.confidence >= 0.5:
            yield Question(
                question=f"Does {regime.id} apply ({regime.reason})?",
                used="treated as possible: nothing in the design stands in its way",
                worth="adds controls and evidence if it does",
            )
    paid = "cards" in facts.held or "online_payment" in facts.held
    if paid and not any(s.kind == "payment" for s in systems):
        yield Question(
            question="Which payment provider is used, and may card data stay entirely with it?",
            used="a provider's hosted payment page, so that no card number reaches the system",
            worth="keeps PCI DSS at its smallest scope (SAQ A) or widens it to the whole system",
        )


def _load(found: list[Found], needs: Needs, operations: list[OperationMention]) -> Iterator[Question]:
    loads = [f for f in found if f.number.role is NumberRole.LOAD]
    if not loads:
        yield Question(
            question="How often is the system used: requests, orders or events a day, and in the busiest hour?",
            used="a rate derived from the number of users and what such products see",
            worth="sizes every part and the bill",
        )
    elif needs.peak_factor is None and not any(f.number.peak for f in loads):
        yield Question(
            question="How much busier than the average is the busiest hour?",
            used="a default for products of this kind",
            worth="scales the number of instances",
        )
    if needs.growth is None and needs.users is not None:
        yield Question(
            question="How much growth is expected in the next two years?",
            used="a default growth, shown in the assumptions",
            worth="moves the date at which the first part must be enlarged",
        )


def _targets(
    reading: Reading,
    found: list[Found],
    needs: Needs,
    operations: list[OperationMention],
    systems: list[ExternalSystem],
) -> Iterator[Question]:
    if needs.availability is None:
        yield Question(
            question="How long may the system be down in a month, and at which hours does it matter?",
            used="a target for products of this kind",
            worth="decides between one and several zones, often the largest step in cost",
        )
    if needs.rpo is None and needs.rto is None:
        yield Question(
            question="After a disaster, how much data may be lost and how soon must the system be back?",
            used="defaults by the kind of data (RPO and RTO in the assumptions)",
            worth="decides backups, standby and their price",
        )
    if needs.budget is None:
        yield Question(
            question="What may running it cost a month?",
            used="no limit: the cheapest design that meets the targets",
            worth="rules out or allows managed services",
        )
    if needs.team is None:
        yield Question(
            question="How many engineers build and run it, and what do they know?",
            used="a small team without special skills",
            worth="decides style, languages and how much is bought as a service",
        )
    if not any(f.number.role is NumberRole.RETENTION for f in found):
        yield Question(
            question="How long is data kept before it is deleted?",
            used="kept while it is in use and by the terms of the laws that apply",
            worth="sizes storage and fulfils the duty to delete",
        )
    for system in systems[:3]:
        if not system.protocol and system.kind not in ("payment", "maps"):
            yield Question(
                question=f"Which interface does {system.name} offer, and how fast and fresh is it?",
                used="a queue before it and a copy of what is needed, so that its outages do not stop the system",
                worth="decides between a direct call and a copy with its delay",
            )


def _vague(reading: Reading, found: list[Found]) -> Iterator[Question]:
    """Vague words of sentences that state no number of their own, each quoted."""
    numbered = {f.context.sentence.number for f in found}
    for sentence in reading.sentences:
        if sentence.scope.excluded or sentence.scope.story or sentence.number in numbered:
            continue
        low = f" {' '.join(t.low for t in sentence.tokens)} "
        for word, (ask, used) in _VAGUE.items():
            if f" {word} " in low and _asks(sentence, word):
                quote = " ".join(sentence.text.split())[:90]
                text = ask.format(q=f"“{quote}”")
                yield Question(
                    question=text[0].upper() + text[1:] + "?",
                    used=used,
                    worth="turns a wish into a target that can be tested",
                )
                break


def _asks(sentence: Sentence, word: str) -> bool:
    """Whether the word is part of a wish: not of the past, and not a figure of speech."""
    past = any(t.form == "past" or t.low in ("was", "were", "had") for t in sentence.tokens)
    wish = bool(sentence.words & {"must", "should", "need", "want", "be", "can", "may", "never", "not", "shall"})
    return not past and (wish or sentence.block.kind in ("item", "cell"))
