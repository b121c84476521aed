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
    if not q.per and c.attached.how in ("after", "same") and q.value < _WHOLE and _labelled_each(c):
        return True
    if q.per or c.attached.how != "after" or q.value >= _WHOLE or q.hedge in LIMIT_HEDGES:
        return False
    if _to_each(c) or _of_a_typical_one(c):
        return True
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


def _labelled_each(c: Context) -> bool:
    """ "Per session: 96 responses, of which 12 are speech": a label that says of what the counts are."""
    low = [t.low for t in c.sentence.tokens[:_LABEL]]
    if low[:1] not in (["per"], ["each"], ["every"]) or ":" not in low or c.quantity.start < low.index(":"):
        return False
    return low[1] not in PERIODS and low[1] not in TIMES


_LABEL: Final = 6


def _to_each(c: Context) -> bool:
    """ "Two photos of every aid", "14 events for one parcel", "2.6 faces on each photo"."""
    tokens, n = c.sentence.tokens, c.attached.end
    if n + 2 >= len(tokens) or tokens[n].low not in ("of", "for", "on", "in", "to", "with", "at"):
        return False
    one = tokens[n + 1].low
    noun = tokens[n + 2]
    each = one in ("every", "each", "one") and c.quantity.value != 1
    return each and noun.tag in ("NOUN", "ADJ") and noun.lemma not in TIMES and noun.low not in PERIODS


def _of_a_typical_one(c: Context) -> bool:
    """ "A shipment has four documents", "an applicant uploads 9 documents on average": said of any one of a kind."""
    tokens, q = c.sentence.tokens, c.quantity
    subject = next((p for p in c.sentence.phrases if c.first <= p.start and p.end <= q.start), None)
    if subject is None or q.value >= MUCH or tokens[subject.start].low not in ("a", "an", "each", "every"):
        return False
    between = tokens[subject.end : q.start]
    marked = any(t.tag in ("MARK", "MODAL", "NEG", "SUB") for t in between)
    behind = {t.low for t in tokens[c.attached.end : c.attached.end + 3]}
    averaged = "average" in behind or bool({"average", "typically", "usually", "normally"} & {t.low for t in between})
    takes = any(t.tag == "VERB" and t.lemma in ("take", "need", "get", "bring", "require", "hold") for t in between)
    return not marked and subject.head_word not in TIMES and (averaged or takes or _has(between))


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
