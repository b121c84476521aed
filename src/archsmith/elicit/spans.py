"""What a span of time says: recovery, outage, retention, deadline, latency, duration, or the limit that it is by
itself.
"""

from typing import Final

from archsmith.elicit.context import Context, Said
from archsmith.elicit.deadlines import is_deadline, is_horizon
from archsmith.elicit.idle import is_idle
from archsmith.elicit.outages import is_down, may_be_lost, recovers
from archsmith.elicit.referents import is_person
from archsmith.elicit.retained import DAY, is_kept
from archsmith.elicit.units import seconds
from archsmith.model.requirements import NumberRole as R

_STORED: Final = ("keep", "store", "retain", "archive", "delete", "remove")
_WAS: Final = frozenset("was were had did".split())
_LASTING: Final = frozenset(
    "last lasts lasted take takes spend spends watch watches stay stays listen listens average averages".split()
)
_LENGTH: Final = frozenset("long average avg median mean duration length typical typically each per on".split())


def time(c: Context) -> Said | None:
    """The role of a span of time. What is told of the past says nothing; what binds without a cue is a limit."""
    q = c.quantity
    span = seconds(q.value, q.unit)
    following = c.low(q.mid)
    verb = c.verb()
    recent = following == "ago" and q.hedge in ("over", "after", "under", "at least")
    if (c.here("anecdote") and not c.here("retention") and not recent) or (
        following == "of" and c.low(q.mid + 1) == "experience"
    ):
        return None
    stored = verb is not None and verb.lemma in _STORED
    if (
        c.past()
        and not _past_behind(c)
        and not _not_done(c)
        and following != "of"
        and not c.here("allowance")
        and not stored
    ):
        return Said(role=R.OTHER, unit=q.unit) if q.unit == "hours" and q.hedge == "in" else None
    earlier = c.low(q.core - 1)
    if earlier in ("last", "past", "previous", "first", "next", "other", "best") and not _lasts(c):
        kept = c.here("retention") and q.unit in ("days", "months", "years")
        return Said(role=R.RETENTION, unit=q.unit) if kept else None
    brief = span < _MOMENT and not c.has("rpo", "rto", "recovery", "failover")
    if (recovers(c) and not brief) or may_be_lost(c):
        return Said(role=R.RECOVERY, unit=q.unit)
    if is_down(c) and span < 7 * DAY:
        return Said(role=R.AVAILABILITY, unit=q.unit)
    if following in ("before", "ago", "earlier", "old") or c.has("ago"):
        return _reckoned(c, span, following)
    if c.has("been") and c.has("have", "has") and not c.here("retention"):
        return None
    if q.hedge == "for" and is_horizon(c):
        return None
    if is_kept(c, span):
        return Said(role=R.RETENTION, unit=q.unit)
    if span >= 7 * DAY and is_deadline(c):
        return Said(role=R.DEADLINE, unit=q.unit)
    if is_horizon(c):
        return None
    if following == "of" and c.low(q.mid + 1) in ("each", "one"):
        return Said(role=R.LOAD, unit=q.unit, peak=True)
    if (
        following == "of"
        and c.attached.of is not None
        and span < 40 * DAY
        and q.hedge not in ("within", "in", "after", "under")
    ):
        content = c.attached.of.head_word not in ("notice", "time", "interruption", "downtime")
        return Said(role=R.LIMIT if c.anywhere("allowance") else R.SIZE, unit=q.unit) if content else _bound(c, span)
    if _of_a_kind(c):
        return Said(role=R.OTHER, unit=q.unit)
    if q.hedge == "in" and q.start == 0 and span >= 60 and not c.here("respond"):
        return Said(role=R.OTHER, unit=q.unit)
    if span <= _SLOWEST and _answers(c):
        return Said(role=R.LATENCY, unit=q.unit)
    if _conditional(c) and q.hedge in ("over", "after", "at least", "for", "within", "under"):
        return Said(role=R.LIMIT, unit=q.unit)
    return _bound(c, span)


def _not_done(c: Context) -> bool:
    """ "Not collected after 48 hours: reminder", "if not paid within 14 days": what happens when nothing is done."""
    tokens, q = c.sentence.tokens, c.quantity
    before = tokens[c.first : q.start]
    finite = any(t.low in _WAS or t.tag in ("PRON",) for t in before)
    told = any(one.tag == "NEG" or one.low == "not" for one in before)
    return told and not finite and q.hedge in ("after", "within", "in", "over", "for")


def _answers(c: Context) -> bool:
    """ "If the screens take more than a second", "a page may not load longer than 3 seconds": the time of an answer."""
    verb = c.verb()
    if (
        verb is None
        or verb.lemma not in ("take", "load", "open", "respond", "answer", "render")
        or c.low(c.quantity.mid)
        in (
            "after",
            "before",
        )
    ):
        return False
    subject = subject_of(c)
    return c.quantity.hedge in ("over", "at most", "under", "up to") and subject in _SHOWN


def _of_a_kind(c: Context) -> bool:
    """ "Cut in 10 s segments", "over 30 min windows": how long each of the things behind the span is."""
    q, tokens = c.quantity, c.sentence.tokens
    if q.unit not in ("s", "minutes", "hours") or q.mid >= len(tokens) or q.hedge not in ("", "in", "over", "about"):
        return False
    noun = tokens[q.mid]
    return noun.tag == "NOUN" and noun.low != noun.lemma and noun.lemma in _PIECES


_PIECES: Final = frozenset(
    "segment window slot chunk interval step block batch clip lesson session shift piece part slice bucket video call"
    " appointment sequence episode recording".split()
)


_MOMENT: Final = 10.0
"""Seconds under which "come back" says of an answer, not of a system."""
_SLOWEST: Final = 60.0
_SHOWN: Final = frozenset(
    "screen page view site website portal app application api system list search query report dashboard map form"
    " request call response it everything anything nothing interface login checkout".split()
)


def subject_of(c: Context) -> str:
    """The head of the nearest phrase, or the pronoun, before the verb of the clause."""
    verb = c.verb()
    at = next((n for n, t in enumerate(c.sentence.tokens) if t is verb), c.quantity.start)
    left = [p for p in c.sentence.phrases if p.end <= at]
    if at > 0 and c.sentence.tokens[at - 1].tag == "PRON":
        return c.sentence.tokens[at - 1].low
    return left[-1].head_word if left else ""


def _lasts(c: Context) -> bool:
    """ "meetings last 90 minutes": last is the verb of a plural noun before it."""
    n = c.quantity.core - 2
    tokens = c.sentence.tokens
    return n >= c.first and c.low(n + 1) == "last" and tokens[n].tag == "NOUN" and tokens[n].low != tokens[n].lemma


def _past_behind(c: Context) -> bool:
    """ "a refund within 14 days provided that less was watched": the past stands in a condition after the span."""
    tokens = c.sentence.tokens
    before = any((t.tag == "VERB" and t.form == "past") or t.low in _WAS for t in tokens[c.first : c.quantity.start])
    behind = {t.low for t in tokens[c.quantity.end : c.last]}
    return not before and bool({"if", "provided", "unless", "when", "after", "once", "since", "that"} & behind)


def _bound(c: Context, span: float) -> Said | None:
    """A span that no cue claims: an answer in time, a length, or a limit."""
    q = c.quantity
    if is_idle(c):
        return None
    if _window(c):
        return Said(role=R.OTHER, unit=q.unit)
    fast = q.hedge in ("within", "in", "under", "at most", "up to") or c.has(
        "p95", "p99", "p50", "latency", "delay", "behind"
    )
    if fast and span < 12 * 3600 and not _lasting(c, "at most"):
        return Said(role=R.LATENCY, unit=q.unit)
    if q.hedge in ("within", "at most", "up to", "over", "after", "under", "at least") and span >= 60:
        return Said(role=R.LIMIT, unit=q.unit)
    asked = c.here("respond") or (c.in_table and c.heading("respond"))
    verb = c.verb()
    granted = q.hedge == "" and verb is not None and verb.lemma in ("get", "receive")
    if asked and span < 12 * 3600 and q.hedge != "for" and not _length(c) and not granted:
        return Said(role=R.LATENCY, unit=q.unit)
    if fast and c.here("respond"):
        return Said(role=R.LIMIT, unit=q.unit)
    if span < 1:
        return Said(role=R.LATENCY, unit=q.unit)
    return Said(role=R.OTHER if _length(c) else R.LIMIT, unit=q.unit)


def _reckoned(c: Context, span: float, following: str) -> Said | None:
    """ "an hour old at most" is how fresh a thing must be; "2 days before it is due" is a lead time."""
    q = c.quantity
    modal = any(t.tag == "MODAL" for t in c.sentence.tokens[c.first : q.start])
    bounded = q.hedge in ("over", "after", "at most", "under", "up to")
    if following == "old" and span <= 7 * DAY and (bounded or modal):
        return Said(role=R.LATENCY, unit=q.unit)
    if bounded and following in ("ago", "old", "before"):
        return Said(role=R.LIMIT, unit=q.unit)
    ahead = following == "before" and q.mid + 1 < len(c.sentence.tokens) and c.low(q.mid + 1) not in (".", ",", ")")
    return Said(role=R.LIMIT, unit=q.unit) if ahead else None


def _conditional(c: Context) -> bool:
    tokens = c.sentence.tokens[max(0, c.quantity.start - 12) : c.quantity.start]
    return any(t.low in ("if", "when", "whoever", "who", "after", "once", "unless") for t in tokens)


def _lasting(c: Context, *hedges: str) -> bool:
    """Whether the clause tells how long a thing lasts: "a consent lasts 180 days at most"."""
    return c.quantity.hedge in hedges and bool({"last", "lasts", "valid", "expire", "expires"} & set(c.clause))


def _length(c: Context) -> bool:
    """Whether a span is how long a thing takes as it is: "a lesson lasts 18 minutes", "35 minutes each"."""
    q = c.quantity
    if q.hedge not in ("", "about", "for"):
        return False
    after = c.low(q.mid)
    if q.hedge == "for" and (c.here("peak") or any(x.kind == "factor" for x in c.sentence.quantities)):
        return True
    if q.hedge == "about" or after in _LENGTH or c.low(q.core - 1) in ("average", "mean", "median", "typically"):
        return True
    verb = c.verb()
    return (verb is not None and (verb.low in _LASTING or verb.lemma in _LASTING)) or bool(_LASTING & set(c.lows))


def _window(c: Context) -> bool:
    """ "5,000 students log in within ten minutes", "70 % of the parents within 10 minutes": when a crowd comes."""
    q = c.quantity
    if q.hedge not in ("within", "in") or q.unit not in ("minutes", "hours") or c.here("erase"):
        return False
    if any(t.tag == "MODAL" for t in c.sentence.tokens[c.first : q.start]):
        return False
    tokens = c.sentence.tokens
    return any(
        (x.kind == "percent" or (x.kind == "count" and x.value >= _CROWD))
        and any(t.tag == "NOUN" and is_person(t.lemma, c.lex) for t in tokens[x.mid : x.mid + _BESIDE])
        for x in c.sentence.quantities
        if c.first <= x.start and x.end <= q.start
    )


_CROWD: Final = 50
_BESIDE: Final = 5
