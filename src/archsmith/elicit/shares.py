"""Whether a count is one of each: "3 lines an order", "each with two photos", the row "Photos per claim"."""

from typing import Final

from archsmith.elicit.context import Context
from archsmith.elicit.periods import PERIODS
from archsmith.elicit.words import Token

TIMES: Final = frozenset(
    "time times day days night nights week weeks month months year years hour hours minute minutes".split()
)
LIMIT_HEDGES: Final = frozenset({"up to", "at most", "under"})
MUCH: Final = 100
"""From here on a number is no figure of speech ("the first 20,000 meters", "2.1 million lines")."""
_REACH: Final = 12
_WHOLE: Final = 10_000


def row_of_each(c: Context) -> bool:
    """The row "Photos per claim" counts them for each claim."""
    words = c.sentence.block.row.lower().split()
    return "per" in words[1:-1] and words[words.index("per") + 1] not in PERIODS


def of_each_one(c: Context) -> bool:
    """ "Each order has 3 lines", "for every order 12 page views", "each with two photos and a video", "a typical basket
    contains 12 items", "9,000 orders per day, average 7 items".
    """
    q, tokens = c.quantity, c.sentence.tokens
    if q.per or c.attached.how != "after" or q.value >= _WHOLE or q.hedge in LIMIT_HEDGES:
        return False
    if q.core and tokens[q.core - 1].low in ("average", "avg", "mean") and q.value < MUCH and _rated_before(c):
        return True
    for n in range(q.start - 1, _from(c) - 1, -1):
        if tokens[n].low in (";", ".", ":", "(", "but") or q.start - n > _REACH:
            return False
        if tokens[n].low in ("typical", "median", "average") and _has(tokens[n + 1 : q.start]):
            return True
        if tokens[n].low in ("each", "every") and n + 1 < q.start:
            following = tokens[n + 1]
            timely = following.lemma in TIMES or following.low in PERIODS or following.low in ("of", "other")
            acts = sum(t.tag == "VERB" for t in tokens[n : q.start])
            return not timely and following.tag != "NUM" and acts <= 1
    return False


def _has(tokens: list[Token]) -> bool:
    """ "Order has", "basket contains": what something consists of."""
    return any(t.lemma in ("have", "contain", "include", "hold", "comprise", "carry") or t.low == "has" for t in tokens)


def _from(c: Context) -> int:
    """Where the words that can distribute the number begin: over numbers that are joined to it with "and"."""
    start, tokens = c.quantity.start, c.sentence.tokens
    for x in reversed([x for x in c.sentence.quantities if x.end <= c.quantity.start]):
        between = tokens[x.end : start]
        if any(t.tag not in ("NOUN", "ADJ", "CONJ", "PREP", "ADV") and t.low != "," for t in between):
            return x.end
        start = x.start
    return 0


def _rated_before(c: Context) -> bool:
    """ "RFQs: 9,000 per day, average 7 line items": a rate of what has them stands before."""
    return any(x.per and x.kind == "count" and x.end <= c.quantity.start for x in c.sentence.quantities)


def owned(c: Context, head: str) -> bool:
    """ "places that have two to ten desks": how many each of them has."""
    before = [t.low for t in c.sentence.tokens[max(0, c.quantity.start - 2) : c.quantity.start]]
    relative = before[:1] in (["that"], ["which"], ["who"]) and before[1:] in (["have"], ["has"], ["hold"], ["own"])
    return relative and c.quantity.value < 1000 and c.attached.how == "after"
