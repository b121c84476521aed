"""Laws and standards that apply, or may: those the brief names, and those that its facts imply."""

import functools
from typing import Final

from archsmith.elicit.facts import Facts
from archsmith.elicit.names import NameIndex
from archsmith.elicit.reading import Reading, Sentence
from archsmith.elicit.stance import negated_at
from archsmith.kernel.provenance import Derived, Stated
from archsmith.kernel.units import Probability
from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.model.base import Value
from archsmith.model.requirements import Regime, RegimeStatus


class RegimeRow(Value, frozen=True, kw_only=True):
    """A rule: the regime, its names, the facts that imply it (alternatives; "+" joins), and with what confidence."""

    id: str
    regime: str
    words: str
    needs: tuple[str, ...]
    status: RegimeStatus
    confidence: float
    reason: str
    exact: str = ""


REGIMES: Final = Table("regimes", RegimeRow)
_RANK: Final = {RegimeStatus.REQUIRED: 0, RegimeStatus.EXCLUDED: 1, RegimeStatus.CONDITIONAL: 2}
_COMMON: Final = frozenset({"allergen", "allergens", "gambling", "accessibility", "kyc"})


@functools.lru_cache(maxsize=8)
def regime_names(catalogue: Catalogue) -> NameIndex[RegimeRow]:
    """The names of laws and standards, ready to be found."""
    index: NameIndex[RegimeRow] = NameIndex()
    for row in catalogue.table(REGIMES).values():
        index.add(row.words, row)
        index.add(row.exact, row, exact=True)
    index.sort()
    return index


def find_regimes(reading: Reading, facts: Facts) -> list[Regime]:
    """Named ones first, in reading order, then implied ones in the order of the table; each once, the surest
    status kept.
    """
    found: dict[str, Regime] = {}
    for sentence in reading.sentences:
        for first, last, row in regime_names(reading.catalogue).find(sentence):
            _keep(found, _named(sentence, first, last, row))
    for row in reading.catalogue.table(REGIMES).values():
        for alternative in row.needs:
            why = facts.why(alternative)
            if why is not None:
                _keep(
                    found,
                    Regime(
                        id=row.regime,
                        status=row.status,
                        reason=row.reason,
                        confidence=Probability(row.confidence),
                        why=why,
                    ),
                )
                break
    return list(found.values())


def _keep(found: dict[str, Regime], regime: Regime) -> None:
    known = found.get(regime.id)
    if known is None or (_RANK[regime.status] < _RANK[known.status] and known.status is not RegimeStatus.EXCLUDED):
        found[regime.id] = regime


def _named(sentence: Sentence, first: int, last: int, row: RegimeRow) -> Regime:
    words = " ".join(t.text for t in sentence.tokens[first:last])
    low = sentence.text.lower()
    why: Stated | Derived = sentence.stated()
    if (
        sentence.scope.excluded
        or negated_at(sentence, first, last)
        or "does not apply" in low
        or "doesn't apply" in low
    ):
        status, reason, sure = RegimeStatus.EXCLUDED, f"the brief rules {words} out", 0.9
    elif {"if", "might", "may", "perhaps", "later", "possibly"} & sentence.words and words.lower() not in _COMMON:
        status, reason, sure = RegimeStatus.CONDITIONAL, f"the brief names {words} as possible", 0.6
    else:
        status, reason, sure = RegimeStatus.REQUIRED, f"the brief names {words}", 0.98
    return Regime(id=row.regime, status=status, reason=reason, confidence=Probability(sure), why=why)
