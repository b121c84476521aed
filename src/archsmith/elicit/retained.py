"""Whether a span of time is how long something is kept."""

import itertools
from typing import Final

from archsmith.elicit.context import Context
from archsmith.elicit.referents import is_person

DAY: Final = 86_400.0
"""Seconds."""
_MASS: Final = frozenset("data footage history audio video mail correspondence telemetry".split())
_GOES_ON: Final = frozenset(
    "retry retries retried run runs running last lasts support supported hand-holding open hold held block blocked"
    " pause paused sale sales order orders wait waits".split()
)
_ARCHIVES: Final = frozenset("archive archives storage tier tape glacier cold".split())
_ERASED: Final = frozenset(
    "erase erased delete deleted wipe wiped purge purged destroy destroyed remove removed".split()
)
_MOVES: Final = frozenset("move moved transfer transferred go goes archive archived migrate migrated".split())


def is_kept(c: Context, span: float) -> bool:
    """Whether a span is how long something is kept, or after which it is erased or moved to an archive."""
    q = c.quantity
    if span < 3600 or _keeps_on(c) or (q.hedge in ("", "about") and "average" in c.lows):
        return False
    if q.hedge in ("after", "over") and c.has(*_ARCHIVES) and c.has(*_MOVES):
        return True
    if c.here("erase") and (
        q.hedge in ("within", "after", "in", "at most", "for", "under")
        or (q.hedge in ("", "about") and c.low(q.mid) == "after" and c.has(*_ERASED))
    ):
        return not lapses(c)
    if q.hedge == "" and span >= 28 * DAY and _logged(c):
        return True
    if _may_go(c, span) or _stays(c, span):
        return True
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


def _logged(c: Context) -> bool:
    """ "Every search is itself logged, 2 years": a span alone behind the clause of what is kept."""
    tokens, q = c.sentence.tokens, c.quantity
    alone = q.start > 1 and tokens[q.start - 1].low == "," and (q.end >= len(tokens) or tokens[q.end].tag == "MARK")
    before = tokens[q.start - 2] if alone else None
    return before is not None and before.lemma in ("log", "record", "archive", "store", "keep", "retain")


def _may_go(c: Context, span: float) -> bool:
    """ "After two years they can go", "their details should go after a year"."""
    tokens, q = c.sentence.tokens, c.quantity
    if span < 7 * DAY or q.hedge not in ("after", "within") or c.verb() is None:
        return False
    at = next((n for n in range(c.first + 1, c.last) if tokens[n].low == "go" and tokens[n - 1].tag == "MODAL"), 0)
    behind = tokens[at + 1] if 0 < at + 1 < len(tokens) else None
    closes = behind is None or behind.tag == "MARK" or behind.low == "after" or behind.tag in ("CONJ", "SUB")
    return at > 0 and closes and not _of_people(c, at)


def _stays(c: Context, span: float) -> bool:
    """ "The reports themselves stay for five years", "repair records stay 10 years"."""
    verb = c.verb()
    if span < 28 * DAY or verb is None or verb.lemma not in ("stay", "remain") or c.quantity.hedge == "in":
        return False
    at = next((n for n, t in enumerate(c.sentence.tokens) if t is verb), 0)
    return at > 0 and not _of_people(c, at) and not c.has("price", "rate", "tariff", "valid", "contract", "same")


def _of_people(c: Context, at: int) -> bool:
    """Whether the nearest noun before a verb names people."""
    left = next((p for p in reversed(c.sentence.phrases) if p.end <= at), None)
    return left is not None and is_person(left.head_word, c.lex) and c.sentence.tokens[at - 1].low != "they"


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
    if (
        n < 0
        or (tokens[n].low == tokens[n].lemma and not mass)
        or (tokens[n].lemma in c.lex.groups["abstract"] and not _and_more(c, n))
    ):
        return False
    noun = tokens[n].tag == "NOUN" or (tokens[n].tag == "VERB" and tokens[n].form == "s" and n == c.first)
    return noun and not any(t.tag in ("VERB", "AUX", "MODAL") for t in tokens[c.first : n])


def _and_more(c: Context, n: int) -> bool:
    """ "Scores and responses": plural things side by side, one of which is one of the business."""
    tokens = c.sentence.tokens
    if n < 2 or tokens[n - 1].low != "and" or tokens[n].low == tokens[n].lemma:
        return False
    other = tokens[n - 2]
    return other.tag == "NOUN" and other.low != other.lemma and other.lemma not in c.lex.groups["abstract"]


def _keeps_on(c: Context) -> bool:
    """ "keeps working for 4 hours" is no retention."""
    tokens = c.sentence.tokens[c.first : c.last]
    return any(a.lemma == "keep" and b.low.endswith("ing") for a, b in itertools.pairwise(tokens))


def names_team(c: Context) -> bool:
    """Whether the clause names those who build."""
    return bool(c.lex.groups["team"].intersection(c.clause))
