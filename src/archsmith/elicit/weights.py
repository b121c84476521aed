"""What the brief puts first: qualities that it names as the main thing, with the weight that the solver gives them."""

import re
from typing import Final

from archsmith.elicit.reading import Reading
from archsmith.kernel.units import Ratio
from archsmith.model.requirements import Weight

_FIRST: Final = re.compile(
    r"\b(?:most important|above all|first priority|top priority|highest priority|priority (?:number )?(?:one|1)"
    r"|matters most|crucial|at any price"
    r"|worst thing|worst case|non-negotiable|before (?:everything|anything) else|main (?:goal|thing|concern)"
    r"|must be (?:as )?cheap|as cheap as)\b",
    re.I,
)
_QUALITIES: Final = {
    "cost": frozenset("cost costs cheap budget price money hosting expensive".split()),
    "latency": frozenset("fast speed latency quick quickly response snappy seconds instant".split()),
    "availability": frozenset(
        "available availability uptime down outage reliable reliability unavailable losing lose loss".split()
    ),
    "effort": frozenset(
        "simple simplicity maintain maintenance easy effort small launch quickly time-to-market".split()
    ),
    "security": frozenset("secure security privacy confidential private leak breach".split()),
}
_WEIGHT: Final = Ratio(2.0)


def find_weights(reading: Reading) -> list[Weight]:
    """One weight a quality, in reading order."""
    out: dict[str, Weight] = {}
    for sentence in reading.sentences:
        if sentence.scope.excluded or not _FIRST.search(sentence.text):
            continue
        for quality, words in _QUALITIES.items():
            if words & sentence.words and quality not in out:
                out[quality] = Weight(quality=quality, weight=_WEIGHT, why=sentence.stated())
    return list(out.values())
