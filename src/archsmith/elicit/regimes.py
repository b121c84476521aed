"""Laws and standards that apply, or may: those the brief names, and those that its facts imply."""

import functools
import itertools
import re
from collections.abc import Iterator
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
_OUT_OF: Final = re.compile(r"\b(?:out of|outside|outside of|beyond|exempt from|clear of)(?: the)?$")
"""Right before a regime that the system is kept out of: "keep us out of PCI scope"."""
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
            if not _part_of_another(sentence, first, last):
                _keep(found, _named(sentence, first, last, row))
    for sentence in reading.sentences:
        for law in _laws(sentence, found, regime_names(reading.catalogue)):
            _keep(found, law)
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


def _part_of_another(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the name is the end of a longer one: "the Ruritanian Data Protection Act" is another country's."""
    tokens = sentence.tokens
    before = tokens[first - 1] if first else None
    return (
        tokens[last - 1].text in ("Act", "Directive", "Regulation", "Regulations")
        and before is not None
        and before.text[:1].isupper()
        and f"{before.text} " not in _ARTICLES
        and before.text not in ("UK", "EU", "US", "British", "European", "Federal")
    )


_LAW: Final = re.compile(
    r"\b(?P<name>(?:[A-Z][\w'’-]+ ){1,4}(?:Act|Directive|Ordinance|Regulations))\b(?! of\b)"
    r"|§+ ?\d+\w* (?P<code>[A-ZÄÖÜ][A-Za-zÄÖÜ]{1,7})\b"
)
_ARTICLES: Final = ("The ", "This ", "Under ", "By ", "An ", "A ", "Our ", "In ", "Per ")
_MOST_LAWS: Final = 8


def _laws(sentence: Sentence, known: dict[str, Regime], names: NameIndex[RegimeRow]) -> Iterator[Regime]:
    """Laws that the table lacks, by the form of their names: "the Water Industry Act", "§ 11 TFG"."""
    hits = list(itertools.islice(_LAW.finditer(sentence.text), _MOST_LAWS))
    ends = {
        sentence.tokens[last - 1].end - sentence.start
        for first, last, _ in (names.find(sentence) if hits else ())
        if not _part_of_another(sentence, first, last)
    }
    for hit in hits:
        if hit.end() in ends:
            continue
        name = hit["code"] or hit["name"]
        for article in _ARTICLES:
            name = name.removeprefix(article)
        if " " not in name and not hit["code"]:
            continue
        if len(known) > 60 or any(name.lower() in r.lower() or r.lower() in name.lower() for r in known):
            continue
        yield Regime(
            id=name,
            status=RegimeStatus.CONDITIONAL,
            reason=f"the brief names {name}; what it asks of the system is to be checked",
            confidence=Probability(0.6),
            why=sentence.stated(),
        )


def _keep(found: dict[str, Regime], regime: Regime) -> None:
    known = found.get(regime.id)
    if known is None or (_RANK[regime.status] < _RANK[known.status] and known.status is not RegimeStatus.EXCLUDED):
        found[regime.id] = regime


def _named(sentence: Sentence, first: int, last: int, row: RegimeRow) -> Regime:
    words = " ".join(t.text for t in sentence.tokens[first:last])
    low = sentence.text.lower()
    why: Stated | Derived = sentence.stated()
    kept_out = _OUT_OF.search(" ".join(t.low for t in sentence.tokens[max(0, first - 3) : first]))
    if (
        sentence.scope.excluded
        or kept_out
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
