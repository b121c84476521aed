"""Whether a span of time is how long something is kept."""

import itertools
from typing import Final

from archsmith.elicit.context import Context

DAY: Final = 86_400.0
"""Seconds."""
_MASS: Final = frozenset("data footage history audio video mail correspondence telemetry".split())
_GOES_ON: Final = frozenset(
    "retry retries retried run runs running last lasts support supported hand-holding open hold held block blocked"
    " pause paused sale sales order orders wait waits".split()
)
_ARCHIVES: Final = frozenset("archive archives storage tier tape glacier cold".split())
_MOVES: Final = frozenset("move moved transfer transferred go goes archive archived migrate migrated".split())


def is_kept(c: Context, span: float) -> bool:
    """Whether a span is how long something is kept, or after which it is erased or moved to an archive."""
    q = c.quantity
    if span < 3600 or _keeps_on(c) or (q.hedge in ("", "about") and "average" in c.lows):
        return False
    if q.hedge in ("after", "over") and c.has(*_ARCHIVES) and c.has(*_MOVES):
        return True
    if c.here("erase") and q.hedge in ("within", "after", "in", "at most", "for", "under"):
        return not lapses(c)
    if q.hedge in ("for", "at least", "over", "up to", "", "about", "at most", "after") and (
        c.here("retention") or c.heading("retention")
    ):
        if q.hedge == "after" or lapses(c):
            return False
        return not c.has("contract", "contractor", "contractors", "developer", "developers", "notice") or c.has(
            "keep", "kept", "retain"
        )
    if _labelled(c, span) or (c.anywhere("erase") and span >= 7 * DAY and c.low(q.mid) == "after" and _else(c)):
        return True
    return (
        q.hedge == "for"
        and span >= DAY
        and not c.here("team_word")
        and not names_team(c)
        and not c.has("contract", "borrow", "rent", "rental", "week", "trial", "valid", "free", "use", "used", "stay")
        and not c.has(*_GOES_ON)
        and not any(t.low in ("can", "may", "could") for t in c.sentence.tokens[c.first : q.start])
    )


def _else(c: Context) -> bool:
    """ "delete after 6 months; everything else 24 months after it ends": no verb of its own before the span."""
    return not any(t.tag in ("VERB", "AUX", "MODAL") for t in c.sentence.tokens[c.first : c.quantity.start])


def lapses(c: Context) -> bool:
    """ "an application that isn't completed within 180 days expires": the thing lapses, nothing is erased."""
    return c.has("expire", "expires", "lapse", "lapses") and not c.has(
        "delete", "deleted", "erase", "erased", "remove", "removed", "purge", "purged", "drop", "dropped"
    )


def _labelled(c: Context, span: float) -> bool:
    """ "Invoices seven years", "temperature records 2 years": a plural thing and a long span, and no verb between."""
    q = c.quantity
    tokens = c.sentence.tokens
    if span < 28 * DAY or q.hedge not in ("", "at least", "about") or names_team(c) or c.here("team_word"):
        return False
    n = q.start - 1
    while n > 0 and tokens[n].low in (":", "-", "–", "—"):
        n -= 1
    mass = n >= 0 and (tokens[n].low in _MASS or c.anywhere("retention"))
    if n < 0 or (tokens[n].low == tokens[n].lemma and not mass) or tokens[n].lemma in c.lex.groups["abstract"]:
        return False
    noun = tokens[n].tag == "NOUN" or (tokens[n].tag == "VERB" and tokens[n].form == "s" and n == c.first)
    return noun and not any(t.tag in ("VERB", "AUX", "MODAL") for t in tokens[c.first : n])


def _keeps_on(c: Context) -> bool:
    """ "keeps working for 4 hours" is no retention."""
    tokens = c.sentence.tokens[c.first : c.last]
    return any(a.lemma == "keep" and b.low.endswith("ing") for a, b in itertools.pairwise(tokens))


def names_team(c: Context) -> bool:
    """Whether the clause names those who build."""
    return bool(c.lex.groups["team"].intersection(c.clause))
