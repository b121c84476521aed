"""Ages of people: one that somebody must have is a limit, one that somebody has says nothing."""

from typing import Final

from archsmith.elicit.context import Context
from archsmith.elicit.referents import is_person

_OLDEST: Final = 110


def is_age_limit(c: Context, head: str) -> bool:
    """ "Kids under 12", "13 or older", "the age of sixteen", "winners below 18": an age that somebody must have."""
    q, tokens = c.quantity, c.sentence.tokens
    if q.value > _OLDEST or q.per or c.attached.how == "after":
        return False
    after = [t.low for t in tokens[q.mid : q.mid + 3]]
    before = [t.low for t in tokens[max(0, q.start - 2) : q.core]]
    if "older" in after or "younger" in after or {"aged", "age"} & set(before):
        return True
    left = next((t for t in reversed(tokens[: q.start]) if t.tag not in ("ADV", "AUX")), None)
    return q.hedge in ("under", "over") and left is not None and is_person(left.lemma, c.lex)


def is_age(c: Context, head: str) -> bool:
    """ "He's 63", "the average pensioner is 74": how old somebody is."""
    q, tokens = c.quantity, c.sentence.tokens
    if not 10 <= q.value <= _OLDEST or q.per or c.attached.how == "after" or q.start == 0:
        return False
    link = tokens[q.start - 1]
    he = link.low in ("he's", "she's", "i'm", "who's") or (
        link.low in ("is", "am", "was") and q.start > 1 and tokens[q.start - 2].low in ("he", "she", "i", "who")
    )
    one = link.low in ("is", "was") and is_person(head, c.lex) and tokens[q.start - 2].low == head
    ends = q.mid >= len(tokens) or tokens[q.mid].tag in ("MARK", "CONJ")
    return ends and (he or one)
