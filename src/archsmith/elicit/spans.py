"""What a span of time says: recovery, outage, retention, deadline, latency, duration, or the limit that it is by
itself.
"""

import itertools
from typing import Final

from archsmith.elicit.context import Context, Said
from archsmith.elicit.referents import is_person
from archsmith.elicit.units import seconds
from archsmith.elicit.words import Token
from archsmith.model.requirements import NumberRole as R

_DAY: Final = 86_400.0
_AT_MOST: Final = frozenset({"at most", "over", "up to", "under"})
_STORED: Final = ("keep", "store", "retain", "archive", "delete", "remove")
_MASS: Final = frozenset("data footage history audio video mail correspondence telemetry".split())
_WAS: Final = frozenset("was were had did".split())
_LASTING: Final = frozenset(
    "last lasts lasted take takes spend spends watch watches stay stays listen listens average averages".split()
)
_LENGTH: Final = frozenset("long average avg median mean duration length typical typically each per on".split())
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


def time(c: Context) -> Said | None:
    """The role of a span of time. What is told of the past says nothing; what binds without a cue is a limit."""
    q = c.quantity
    span = seconds(q.value, q.unit)
    following = _low(c, q.mid)
    verb = c.verb()
    recent = following == "ago" and q.hedge in ("over", "after", "under", "at least")
    if (c.here("anecdote") and not c.here("retention") and not recent) or (
        following == "of" and _low(c, q.mid + 1) == "experience"
    ):
        return None
    stored = verb is not None and verb.lemma in _STORED
    if c.past() and not _past_behind(c) and following != "of" and not c.here("allowance") and not stored:
        return Said(role=R.OTHER, unit=q.unit) if q.unit == "hours" and q.hedge == "in" else None
    earlier = _low(c, q.core - 1)
    if earlier in ("last", "past", "previous", "first", "next", "other", "best") and not _lasts(c):
        kept = c.here("retention") and q.unit in ("days", "months", "years")
        return Said(role=R.RETENTION, unit=q.unit) if kept else None
    brief = span < _MOMENT and not c.has("rpo", "rto", "recovery", "failover")
    if (recovers(c) and not brief) or _losable(c):
        return Said(role=R.RECOVERY, unit=q.unit)
    if _out(c) and span < 7 * _DAY:
        return Said(role=R.AVAILABILITY, unit=q.unit)
    if following in ("before", "ago", "earlier", "old") or c.has("ago"):
        return _reckoned(c, span, following)
    if c.has("been") and c.has("have", "has") and not c.here("retention"):
        return None
    if _kept(c, span):
        return Said(role=R.RETENTION, unit=q.unit)
    if span >= 7 * _DAY and _deadline(c):
        return Said(role=R.DEADLINE, unit=q.unit)
    if _grows(c):
        return None
    if following == "of" and _low(c, q.mid + 1) in ("each", "one"):
        return Said(role=R.LOAD, unit=q.unit, peak=True)
    if (
        following == "of"
        and c.attached.of is not None
        and span < 40 * _DAY
        and q.hedge not in ("within", "in", "after", "under")
    ):
        content = c.attached.of.head_word not in ("notice", "time", "interruption", "downtime")
        return Said(role=R.LIMIT if c.anywhere("allowance") else R.SIZE, unit=q.unit) if content else _bound(c, span)
    if q.hedge == "in" and q.start == 0 and span >= 60 and not c.here("respond"):
        return Said(role=R.OTHER, unit=q.unit)
    if span <= _SLOWEST and _answers(c):
        return Said(role=R.LATENCY, unit=q.unit)
    if _conditional(c) and q.hedge in ("over", "after", "at least", "for", "within", "under"):
        return Said(role=R.LIMIT, unit=q.unit)
    return _bound(c, span)


def _out(c: Context) -> bool:
    """Whether the span is one of being down: "down for an hour", "no interruption longer than 30 seconds"; not "come
    down to 2 hours" nor "following an outage, ingest it within 12 hours".
    """
    tokens, q = c.sentence.tokens, c.quantity
    if not c.here("outage"):
        return False
    for n in range(c.first, c.last):
        if tokens[n].low not in c.cues["outage"] and tokens[n].lemma not in c.cues["outage"]:
            continue
        if tokens[n].low == "down" and (_low(c, n + 1) == "to" or tokens[n - 1].lemma in _LESSEN):
            continue
        low, high = (n, q.start) if n < q.start else (q.end, n)
        between = tokens[low:high]
        if any(t.low in (",", ";", ":") for t in between if t.tag == "MARK") and not _verbless(between):
            continue
        if n > q.start and any(t.low in (",", "and", "but") for t in between):
            continue
        return True
    return False


def _answers(c: Context) -> bool:
    """ "If the screens take more than a second", "a page may not load longer than 3 seconds": the time of an answer."""
    verb = c.verb()
    if (
        verb is None
        or verb.lemma not in ("take", "load", "open", "respond", "answer", "render")
        or _low(c, c.quantity.mid)
        in (
            "after",
            "before",
        )
    ):
        return False
    subject = subject_of(c)
    return c.quantity.hedge in ("over", "at most", "under", "up to") and subject in _SHOWN


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


def _verbless(tokens: list[Token]) -> bool:
    return not any(t.tag in ("VERB", "AUX", "MODAL") for t in tokens)


_ARCHIVES: Final = frozenset("archive archives storage tier tape glacier cold".split())
_MOVES: Final = frozenset("move moved transfer transferred go goes archive archived migrate migrated".split())
_LESSEN: Final = frozenset("come bring cut get go slow narrow scale calm take write boil pin".split())


def _lasts(c: Context) -> bool:
    """ "meetings last 90 minutes": last is the verb of a plural noun before it."""
    n = c.quantity.core - 2
    tokens = c.sentence.tokens
    return n >= c.first and _low(c, n + 1) == "last" and tokens[n].tag == "NOUN" and tokens[n].low != tokens[n].lemma


def _past_behind(c: Context) -> bool:
    """ "a refund within 14 days provided that less was watched": the past stands in a condition after the span."""
    tokens = c.sentence.tokens
    before = any((t.tag == "VERB" and t.form == "past") or t.low in _WAS for t in tokens[c.first : c.quantity.start])
    behind = {t.low for t in tokens[c.quantity.end : c.last]}
    return not before and bool({"if", "provided", "unless", "when", "after", "once", "since", "that"} & behind)


def _bound(c: Context, span: float) -> Said | None:
    """A span that no cue claims: an answer in time, a length, or a limit."""
    q = c.quantity
    if _idle(c):
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
    asked = c.here("respond") or (_in_table(c) and c.heading("respond"))
    verb = c.verb()
    granted = q.hedge == "" and verb is not None and verb.lemma in ("get", "receive")
    if asked and span < 12 * 3600 and q.hedge != "for" and not _length(c) and not granted:
        return Said(role=R.LATENCY, unit=q.unit)
    if fast and c.here("respond"):
        return Said(role=R.LIMIT, unit=q.unit)
    if span < 1:
        return Said(role=R.LATENCY, unit=q.unit)
    return Said(role=R.OTHER if _length(c) else R.LIMIT, unit=q.unit)


def _low(c: Context, n: int) -> str:
    return c.sentence.tokens[n].low if 0 <= n < len(c.sentence.tokens) else ""


def _reckoned(c: Context, span: float, following: str) -> Said | None:
    """ "an hour old at most" is how fresh a thing must be; "2 days before it is due" is a lead time."""
    q = c.quantity
    modal = any(t.tag == "MODAL" for t in c.sentence.tokens[c.first : q.start])
    bounded = q.hedge in ("over", "after", "at most", "under", "up to")
    if following == "old" and span <= 7 * _DAY and (bounded or modal):
        return Said(role=R.LATENCY, unit=q.unit)
    if bounded and following in ("ago", "old", "before"):
        return Said(role=R.LIMIT, unit=q.unit)
    ahead = following == "before" and q.mid + 1 < len(c.sentence.tokens) and _low(c, q.mid + 1) not in (".", ",", ")")
    return Said(role=R.LIMIT, unit=q.unit) if ahead else None


def recovers(c: Context) -> bool:
    """Whether a span is the time to be back: "restored within 2 hours", "up and running again after an hour"."""
    if c.here("recovery") or c.has("rpo", "rto") or (_in_table(c) and c.heading("recovery")):
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


def _in_table(c: Context) -> bool:
    return c.sentence.block.kind == "cell"


def loses(c: Context) -> bool:
    """Whether the clause speaks of what may be lost."""
    return bool(_LOSE & set(c.clause)) or c.has("rpo")


def _losable(c: Context) -> bool:
    """ "no more than 15 minutes of data may be lost", "lose up to an hour of orders"."""
    q = c.quantity
    if q.hedge not in _AT_MOST and not (loses(c) and _low(c, q.mid) == "of"):
        return False
    named = c.has("data", "work", "minutes", "transaction", "transactions") and c.here("tolerate")
    return named or bool(_LOSE & set(c.clause)) or "lose" in c.clause


def _kept(c: Context, span: float) -> bool:
    q = c.quantity
    if span < 3600 or _keeps_on(c) or (q.hedge in ("", "about") and "average" in c.lows):
        return False
    if q.hedge == "after" and c.has(*_ARCHIVES) and c.has(*_MOVES):
        return True
    if c.here("erase") and q.hedge in ("within", "after", "in", "at most", "for", "under"):
        return not _lapses(c)
    if q.hedge in ("for", "at least", "over", "up to", "", "about", "at most", "after") and (
        c.here("retention") or c.heading("retention")
    ):
        if q.hedge == "after" or _lapses(c):
            return False
        return not c.has("contract", "contractor", "contractors", "developer", "developers", "notice") or c.has(
            "keep", "kept", "retain"
        )
    if _labelled(c, span) or (c.anywhere("erase") and span >= 7 * _DAY and _low(c, q.mid) == "after" and _else(c)):
        return True
    return (
        q.hedge == "for"
        and span >= _DAY
        and not c.here("team_word")
        and not _people(c)
        and not c.has("contract", "borrow", "rent", "rental", "week", "trial", "valid", "free", "use", "used", "stay")
        and not any(t.low in ("can", "may", "could") for t in c.sentence.tokens[c.first : q.start])
    )


def _else(c: Context) -> bool:
    """ "delete after 6 months; everything else 24 months after it ends": no verb of its own before the span."""
    return not any(t.tag in ("VERB", "AUX", "MODAL") for t in c.sentence.tokens[c.first : c.quantity.start])


def _lapses(c: Context) -> bool:
    """ "an application that isn't completed within 180 days expires": the thing lapses, nothing is erased."""
    return c.has("expire", "expires", "lapse", "lapses") and not c.has(
        "delete", "deleted", "erase", "erased", "remove", "removed", "purge", "purged", "drop", "dropped"
    )


def _labelled(c: Context, span: float) -> bool:
    """ "Invoices seven years", "temperature records 2 years": a plural thing and a long span, and no verb between."""
    q = c.quantity
    tokens = c.sentence.tokens
    if span < 28 * _DAY or q.hedge not in ("", "at least", "about") or _people(c) or c.here("team_word"):
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


def _people(c: Context) -> bool:
    return bool(c.lex.groups["team"].intersection(c.clause))


def _deadline(c: Context) -> bool:
    q = c.quantity
    hedged = q.hedge in ("in", "within", "for", "after", "about", "", "at most", "under")
    if q.hedge == "after" and not (c.has("live", "launch", "go-live") or _restated(c)):
        hedged = False
    if _restated(c):
        return True
    if q.hedge != "in" and _lapses(c):
        return False
    if _idle(c) or _low(c, q.mid) in ("notice", "later", "old", "after", "of"):
        return False
    if c.here("deadline") or c.heading("deadline") or c.here("team_word") or _people(c) or _beside_team(c):
        return hedged and not _grows(c) and not c.here("retention")
    if q.hedge == "in" and q.unit in ("weeks", "months") and not _grows(c):
        finite = any(t.tag in ("VERB", "AUX", "MODAL") for t in c.sentence.tokens[c.first : q.start])
        out = "out" in c.lows and c.has("run", "runs")
        if not finite or out or c.has("first", "replace", "replaced", "migrated", "over"):
            return True
    wants = c.has("want", "need", "aim", "target", "plan", "expect") or any(
        x.kind in ("count", "rate") and (x.per or x.kind == "rate") for x in c.sentence.quantities
    )
    return q.hedge in ("in", "within") and wants and not _grows(c)


def _restated(c: Context) -> bool:
    """ "by 1 October, i.e. after 9 months": a date said again as a span."""
    before = [t.low for t in c.sentence.tokens[max(0, c.quantity.start - 4) : c.quantity.start]]
    if "".join(before).endswith("i.e."):
        return True
    return "i.e" in before or "i.e." in before or before[-2:] == ["that", "is"] or before[-3:] == ["that", "is", ","]


def _beside_team(c: Context) -> bool:
    """ "2 devs, 6 weeks": a bare span in a list with people."""
    q = c.quantity
    tokens = c.sentence.tokens
    if q.hedge not in ("", "in", "about", "within") or q.unit not in ("weeks", "months"):
        return False
    return any(
        x.kind == "count" and x.mid < len(tokens) and _named(c, x.mid) for x in c.sentence.quantities if x is not q
    )


def _named(c: Context, n: int) -> bool:
    return any(t.lemma in c.lex.groups["team"] or t.low in c.lex.groups["team"] for t in c.sentence.tokens[n : n + 2])


def _grows(c: Context) -> bool:
    """Whether a span is the horizon of a growth told in the same clause: "twice as many growers in two years"."""
    if c.quantity.unit not in ("months", "years", "quarters", "weeks"):
        return False
    near = [q.kind for q in c.sentence.quantities if q is not c.quantity and c.first <= q.start and q.end <= c.last]
    grows = c.has("grow", "growth", "growing", "grows", "double", "triple")
    return c.here("growth") and ("factor" in near or "percent" in near or grows)


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
    after = _low(c, q.mid)
    if q.hedge == "for" and (c.here("peak") or any(x.kind == "factor" for x in c.sentence.quantities)):
        return True
    if q.hedge == "about" or after in _LENGTH or _low(c, q.core - 1) in ("average", "mean", "median", "typically"):
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
    crowd = [
        x for x in c.sentence.quantities if c.first <= x.start and x.end <= q.start and x.kind in ("count", "percent")
    ]
    people = [p for p in c.sentence.phrases if p.end <= q.start and is_person(p.head_word, c.lex)]
    return any(
        (x.kind == "percent" or x.value >= _CROWD) and any(0 <= p.end - x.mid <= _BESIDE for p in people) for x in crowd
    )


_CROWD: Final = 50
_BESIDE: Final = 5


def _idle(c: Context) -> bool:
    """Spans that are no requirement: opening hours, hours of work, biographies, the age of people and firms."""
    q = c.quantity
    tokens = c.sentence.tokens
    after = [t.low for t in tokens[q.mid : q.mid + 3]]
    if q.value == 1 and q.hedge == "" and q.unit == "days" and not _in_table(c):
        return True
    if (
        after[:1] in (["a"], ["per"], ["/"], ["each"], ["every"])
        and after[1:2]
        and after[1]
        in (
            "day",
            "week",
            "month",
            "year",
            "night",
        )
    ):
        return True
    if after[:1] == ["-"] or (after[:1] == ["later"] and q.unit == "years"):
        return True
    if q.unit in ("years", "months") and q.hedge in ("", "for", "about", "over", "since"):
        mine = any(t.low in ("i", "we", "she", "he") for t in tokens[c.first : q.start])
        told = c.has("business", "trade", "since", "ran", "job", "career", "market", "work", "worked", "know", "known")
        return told or (mine and (c.has("am", "are", "been") or (q.unit == "years" and c.has("have", "has"))))
    return q.unit == "years" and not any(t.tag == "MODAL" for t in tokens[c.first : c.last]) and q.hedge == ""
