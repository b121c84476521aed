"""The figures that words for people state: a duration, a share, a size, a number of requests or of tries."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from archsmith.verify.parity_facts import Fact

_NUMBER: Final = re.compile(r"\d+(?:[.,:]\d+)*(?:\s?[A-Za-z%/]+)?")
_QUOTED: Final = re.compile(r'"[^\n]*"')
"""Other people's words, up to the last quotation mark of the line."""
_FIGURE: Final = re.compile(
    r"(?<![\w.,-])\d[\d,.]*(?:%|\s(?:ms|s|min|h|d|months?|[KMGT]?B|requests|times|characters)\b)"
)


def figures(words: Any) -> frozenset[str]:
    """The figures of a text with their units, what stands in quotation marks left out. Numbers without a unit are names
    (RFC 9457, line 12 of the brief).

    >>> sorted(figures('95% of answers within 500 ms, see RFC 9457.\\nLine 3: "within 2 s".'))
    ['500 ms', '95%']
    """
    if not isinstance(words, str) or not _FIGURE.search(words):
        return frozenset()
    return frozenset(" ".join(found.split()) for found in _FIGURE.findall(_QUOTED.sub(" ", words)))


def numbers(text: str) -> str:
    """Every number of words that are all our own, in their order, with the word behind each; `figures` is for texts in
    which strangers' words stand too.

    >>> numbers("Kept for 2 d; 1,234 messages/s at the peak, 5 tries.")
    '2 d, 1,234 messages/s, 5 tries'
    """
    return ", ".join(_NUMBER.findall(text))


def plainly(facts: Iterable[Fact], names: frozenset[str]) -> Iterator[Fact]:
    """The facts without figures that are but parts of names ("24 h pass")."""
    if not names:
        yield from facts
        return
    for fact in facts:
        if fact.what != "figures" or not isinstance(fact.value, frozenset):
            yield fact
        elif fact.value - names:
            yield fact._replace(value=fact.value - names)
