"""What the brief leaves open, in the order of what an answer could change: by rule until it is measured."""

from collections.abc import Iterator
from typing import Final

from archsmith.elicit.facts import Facts
from archsmith.elicit.gaps import Ranked, ask_gaps
from archsmith.elicit.numbers import Found
from archsmith.elicit.reading import Reading
from archsmith.elicit.vague import ask_vague
from archsmith.model.requirements import Conflict, ExternalSystem, Needs, Question, Regime, RegimeStatus

MOST: Final = 18
"""Questions at most: nobody answers more."""
_MOST_LAWS: Final = 4
_MOST_SYSTEMS: Final = 3
_QUIET_SYSTEMS: Final = frozenset({"payment", "maps", "mail", "sms", "identity"})
_LAW, _SYSTEM, _CONFLICT = 85.0, 67.0, 90.0


def find_questions(
    reading: Reading,
    found: list[Found],
    needs: Needs,
    systems: list[ExternalSystem],
    regimes: list[Regime],
    facts: Facts,
    conflicts: list[Conflict],
) -> list[Question]:
    """By rank, then in the order of the rows; each topic once, at most `MOST`."""
    rows = [
        *_conflicts(conflicts),
        *_laws(regimes, facts),
        *ask_gaps(reading, found, needs, facts),
        *_systems(systems),
        *ask_vague(reading, needs),
    ]
    rows.sort(key=lambda r: -r.rank)
    unique = {r.question.question: r.question for r in rows}
    return list(unique.values())[:MOST]


def _conflicts(conflicts: list[Conflict]) -> Iterator[Ranked]:
    """What the brief contradicts and does not settle itself."""
    for conflict in conflicts:
        if "the brief itself corrects" in conflict.resolution:
            continue
        one, two = (f"“{' '.join(span.quote.split())[:80]}”" for span in conflict.spans[:2])
        yield Ranked(
            rank=_CONFLICT,
            question=Question(
                topic=f"conflict:{conflict.rule}",
                question=f"Which one holds of {conflict.what}: {one} or {two}?",
                used=conflict.resolution,
                worth="decides which of two statements the design follows",
                spans=conflict.spans,
            ),
        )


def _laws(regimes: list[Regime], facts: Facts) -> Iterator[Ranked]:
    """The likeliest of the laws that depend on an answer; the others stand in the list of laws."""
    open_laws = [r for r in regimes if r.status is RegimeStatus.CONDITIONAL and r.confidence >= 0.5]
    if "unknown_place" in facts.held:  # where the users live is asked anyway
        open_laws = [r for r in open_laws if r.id != "GDPR"]
    for regime in sorted(open_laws, key=lambda r: -r.confidence)[:_MOST_LAWS]:
        yield Ranked(
            rank=_LAW - 20 * (1 - regime.confidence),
            question=Question(
                topic=f"law:{regime.id}",
                question=f"Does {regime.id} apply ({regime.reason})?",
                used="treated as possible: nothing in the design stands in its way",
                worth="adds controls and evidence if it does",
            ),
        )


def _systems(systems: list[ExternalSystem]) -> Iterator[Ranked]:
    """What the brief does not say of the systems that this one talks to."""
    silent = [s for s in systems if not s.protocol and s.kind not in _QUIET_SYSTEMS]
    for system in silent[:_MOST_SYSTEMS]:
        yield Ranked(
            rank=_SYSTEM,
            question=Question(
                topic=f"system:{system.id}",
                question=f"Which interface does {system.name} offer, and how fast and fresh is it?",
                used="a queue before it and a copy of what is needed, so that its outages do not stop the system",
                worth="decides between a direct call and a copy with its delay",
            ),
        )
