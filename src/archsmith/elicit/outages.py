"""Whether a span of time is one of being down, of coming back, or of data that may be lost."""

import itertools
from typing import Final

from archsmith.elicit.context import Context
from archsmith.elicit.words import Token

_AT_MOST: Final = frozenset({"at most", "over", "up to", "under"})
_RECOVERS: Final = frozenset("restore restored recover recovered recovery reinstate reinstated rebuilt resume".split())
_AGAIN: Final = frozenset("working running up online on-line operational available usable live reachable".split())
_RUNS: Final = frozenset("work working run running up online on-line operational".split())
_SYSTEM: Final = frozenset(
    "it we everything system service site platform portal shop app application api backend product database software"
    " tool website server servers services failure disaster outage crash".split()
)
_STATES: Final = frozenset("back up running working going there".split())
_LOSE: Final = frozenset("lose loses losing lost loss".split())
_OUT: Final = frozenset("failure failures disaster disasters crash crashes outage outages incident breakdown".split())
_LESSEN: Final = frozenset("come bring cut get go slow narrow scale calm take write boil pin".split())


def is_down(c: Context) -> bool:
    """Whether the span is one of being down: "down for an hour", "no interruption longer than 30 seconds"; not "come
    down to 2 hours" nor "following an outage, ingest it within 12 hours".
    """
    tokens, q = c.sentence.tokens, c.quantity
    if _does_not_go(c):
        return True
    if not c.here("outage"):
        return False
    for n in range(c.first, c.last):
        if tokens[n].low not in c.cues["outage"] and tokens[n].lemma not in c.cues["outage"]:
            continue
        if tokens[n].low == "down" and (c.low(n + 1) == "to" or tokens[n - 1].lemma in _LESSEN):
            continue
        low, high = (n, q.start) if n < q.start else (q.end, n)
        between = tokens[low:high]
        if any(t.low in (",", ";", ":") for t in between if t.tag == "MARK") and not _verbless(between):
            continue
        if n > q.start and any(t.low in (",", "and", "but") for t in between):
            continue
        return True
    return False


def _does_not_go(c: Context) -> bool:
    """ "If it does not go for half a day", "when the system doesn't work for an hour"."""
    tokens = c.sentence.tokens[c.first : c.quantity.start]
    for n in range(1, len(tokens)):
        runs = tokens[n].low in _GOES and (tokens[n - 1].tag == "NEG" or tokens[n - 1].low.endswith(("n't", "not")))
        if runs and c.quantity.hedge in ("for", "", "up to", "over", "about"):
            return any(t.low in _SYSTEM or t.low in _TOOLS for t in tokens[:n])
    return False


_TOOLS: Final = frozenset("till program computer computers screen screens page tills register list calendar".split())
_GOES: Final = frozenset("go work run function respond".split())


def recovers(c: Context) -> bool:
    """Whether a span is the time to be back: "restored within 2 hours", "up and running again after an hour"."""
    if c.here("recovery") or c.has("rpo", "rto") or (c.in_table and c.heading("recovery")):
        return True
    if c.quantity.hedge not in ("within", "in", "at most", "under", "after", "up to"):
        return False
    low = c.lows
    whole = bool(_SYSTEM & set(low)) or c.quantity.unit != "s"
    again = "again" in low and bool((_AGAIN | _RUNS if whole and not _thing(c) else _RUNS) & set(c.clause))
    back = "back" in low and any(a == "back" and b in (*_AGAIN, "in", "within") for a, b in itertools.pairwise(low))
    told = bool(_OUT & {t.low for t in c.sentence.tokens[: c.quantity.start]}) and bool(_STATES & set(low))
    return again or back or told or bool(_RECOVERS & set(c.clause))


def _thing(c: Context) -> bool:
    """Whether a thing of the business is the subject ("a seat is available again"), not the system."""
    subject = next((p for p in c.sentence.phrases if c.first <= p.start and p.end <= c.quantity.start), None)
    return subject is not None and not (_SYSTEM & {subject.head_word, c.sentence.tokens[subject.head].low})


def loses(c: Context) -> bool:
    """Whether the clause speaks of what may be lost."""
    return bool(_LOSE & set(c.clause)) or c.has("rpo")


def may_be_lost(c: Context) -> bool:
    """ "no more than 15 minutes of data may be lost", "lose up to an hour of orders"."""
    q = c.quantity
    if q.hedge not in _AT_MOST and not (loses(c) and c.low(q.mid) == "of"):
        return False
    named = c.has("data", "work", "minutes", "transaction", "transactions") and c.here("tolerate")
    return named or bool(_LOSE & set(c.clause)) or "lose" in c.clause


def _verbless(tokens: list[Token]) -> bool:
    return not any(t.tag in ("VERB", "AUX", "MODAL") for t in tokens)
