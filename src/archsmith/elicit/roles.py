"""What a quantity says: its role and unit, one function for each kind of quantity; None where it is no requirement."""

import itertools
from collections.abc import Callable, Mapping
from typing import Final

from archsmith.elicit.context import Context, Said
from archsmith.elicit.counts import count
from archsmith.elicit.units import seconds
from archsmith.model.requirements import NumberRole as R


def _money(c: Context) -> Said | None:
    q = c.quantity
    unit = f"{q.unit} per {q.per}" if q.per else q.unit
    if q.per in ("month", "year", "week", "day", "quarter"):
        if c.here("budget") or c.heading("budget") or _own_money(c):
            price = c.near("price", 3, 3) and not c.here("running")
            return Said(role=R.OTHER if price else R.BUDGET, unit=unit)
        return Said(role=R.OTHER, unit=unit)
    if c.here("anecdote"):
        return None
    if q.hedge in ("over", "under", "at most", "up to", "at least", "after") and not c.here("budget"):
        return Said(role=R.LIMIT, unit=unit)
    if c.near("price", 3, 3):
        return Said(role=R.OTHER, unit=unit)
    if c.past() and q.value < 100_000:
        return None
    own = c.has(
        "budget",
        "invest",
        "invested",
        "investor",
        "investment",
        "funding",
        "funded",
        "grant",
        "raised",
        "gave",
        "capex",
        "cap",
    )
    if (own or (q.value >= 1000 and c.here("budget")) or c.heading("budget")) and not c.has(
        "revenue", "turnover", "total", "sales", "each"
    ):
        return Said(role=R.BUDGET, unit=unit)
    if c.has("time", "times") and c.has("cost", "costs", "lose", "loses"):
        return None
    return Said(role=R.OTHER, unit=unit)


def _own_money(c: Context) -> bool:
    return c.has("money", "spend", "pay", "afford") and not c.here("price")


def _percent(c: Context) -> Said | None:
    q = c.quantity
    after = [t.low for t in c.sentence.tokens[q.mid : q.mid + 4]]
    fine = q.value >= 99 and q.value < 100
    if q.value <= 100 and (
        (fine and not c.has("accuracy", "accurate", "precision", "cheaper"))
        or (q.value >= 90 and (c.here("uptime") or c.heading("uptime")))
    ):
        if not (
            after[:1] == ["of"]
            and any(w in c.clause for w in ("request", "response", "query", "page", "call", "message", "search"))
        ) or c.has("uptime", "available", "availability"):
            return Said(role=R.AVAILABILITY, unit="percent")
        return None
    if (
        q.value >= 50
        and after[:1] == ["of"]
        and any(t.low in ("ms", "seconds", "second", "s") for t in c.sentence.tokens[q.mid :])
    ):
        return None
    of = c.attached.of
    money_of = of is not None and of.head_word in c.cues["income"]
    if (money_of and c.here("budget")) or (c.here("running") and of is not None and of.head_word in c.cues["budget"]):
        return Said(role=R.BUDGET, unit="percent")
    if (c.here("growth") and not c.has("than")) or c.has("yoy", "growth", "grow", "growing", "grows"):
        return Said(role=R.GROWTH, unit="percent" + (f" per {q.per}" if q.per and q.per != "day" else ""))
    if c.here("pay"):
        return Said(role=R.OTHER, unit="percent")
    if any(t.kind == "time" for t in c.sentence.tokens[q.end :]) or c.here("peak"):
        return Said(role=R.LOAD, unit="percent", peak=True)
    if c.here("tolerate") and q.value < 5:
        return Said(role=R.LIMIT, unit="percent")
    if any(t.low in ("not", "don't", "never") for t in c.sentence.tokens[q.end : q.end + 3]):
        return Said(role=R.OTHER, unit="percent")
    return Said(role=R.RATIO, unit="percent")


def _time(c: Context) -> Said | None:
    q = c.quantity
    span = seconds(q.value, q.unit)
    tokens = c.sentence.tokens
    following = tokens[q.mid].low if q.mid < len(tokens) else ""
    verb = c.verb()
    recent = following == "ago" and q.hedge in ("over", "after", "under", "at least")
    if (c.here("anecdote") and not c.here("retention") and not recent) or (
        following == "of" and _low(c, q.mid + 1) == "experience"
    ):
        return None
    stored = verb is not None and verb.lemma in ("keep", "store", "retain", "archive", "delete", "remove")
    if c.past() and following != "of" and not c.here("allowance") and not stored:
        return Said(role=R.OTHER, unit=q.unit) if q.unit == "hours" and q.hedge == "in" else None
    if tokens[q.core - 1].low in ("last", "past", "previous", "first", "next", "other", "best") if q.core else False:
        return (
            Said(role=R.RETENTION, unit=q.unit)
            if c.here("retention") and q.unit in ("days", "months", "years")
            else None
        )
    if c.here("recovery") or c.has("rpo", "rto"):
        return Said(role=R.RECOVERY, unit=q.unit)
    losable = c.has("data", "work", "minutes", "transaction", "transactions") and c.here("tolerate")
    if (losable or "lose" in c.clause) and q.hedge in ("at most", "over", "up to", "under"):
        return Said(role=R.RECOVERY, unit=q.unit)
    if c.here("outage") and span < 7 * 86_400:
        return Said(role=R.AVAILABILITY, unit=q.unit)
    if following in ("before", "ago", "earlier", "old") or c.has("ago"):
        if q.hedge in ("over", "after", "at most", "under") and following in ("ago", "old", "before"):
            return Said(role=R.LIMIT, unit=q.unit)
        return None
    if _kept(c, span):
        return Said(role=R.RETENTION, unit=q.unit)
    if span >= 7 * 86_400 and _deadline(c):
        return Said(role=R.DEADLINE, unit=q.unit)
    if _grows(c):
        return None
    if following == "of" and _low(c, q.mid + 1) in ("each", "one"):
        return Said(role=R.LOAD, unit=q.unit, peak=True)
    if (
        following == "of"
        and c.attached.of is not None
        and span < 40 * 86_400
        and q.hedge not in ("within", "in", "after", "under")
    ):
        content = c.attached.of.head_word not in ("notice", "time", "interruption", "downtime")
        return Said(role=R.LIMIT if c.anywhere("allowance") else R.SIZE, unit=q.unit) if content else None
    if q.hedge == "in" and q.start == 0 and span >= 60 and not c.here("respond"):
        return Said(role=R.OTHER, unit=q.unit)
    if c.has("been") and c.has("have", "has"):
        return None
    if _conditional(c) and q.hedge in ("over", "after", "at least", "for", "within", "under"):
        return Said(role=R.LIMIT, unit=q.unit)
    fast = q.hedge in ("within", "in", "under", "at most", "up to") or c.has(
        "p95", "p99", "p50", "latency", "delay", "behind"
    )
    if fast and span < 12 * 3600:
        return Said(role=R.LATENCY, unit=q.unit)
    if q.hedge in ("within", "at most", "up to", "over", "after", "under", "at least") and span >= 60:
        return Said(role=R.LIMIT, unit=q.unit)
    if c.here("respond") and span < 12 * 3600:
        return Said(role=R.LATENCY, unit=q.unit)
    if fast and c.here("respond"):
        return Said(role=R.LIMIT, unit=q.unit)
    return None


def _low(c: Context, n: int) -> str:
    return c.sentence.tokens[n].low if n < len(c.sentence.tokens) else ""


def _kept(c: Context, span: float) -> bool:
    q = c.quantity
    if span < 3600 or _keeps_on(c):
        return False
    erase = c.here("erase") and q.hedge in ("within", "after", "in", "at most", "for", "under")
    if erase:
        return True
    if q.hedge in ("for", "at least", "over", "up to", "", "about", "at most") and (
        c.here("retention") or c.heading("retention")
    ):
        return not c.has("contract", "contractor", "contractors", "developer", "developers", "notice") or c.has(
            "keep", "kept", "retain"
        )
    return (
        q.hedge == "for"
        and span >= 86_400
        and not c.here("team_word")
        and not _people(c)
        and not c.has("contract", "borrow", "rent", "rental", "week", "trial", "valid", "free")
    )


def _keeps_on(c: Context) -> bool:
    """ "keeps working for 4 hours" is no retention."""
    tokens = c.sentence.tokens[c.first : c.last]
    return any(a.lemma == "keep" and b.low.endswith("ing") for a, b in itertools.pairwise(tokens))


def _people(c: Context) -> bool:
    return bool(c.lex.groups["team"].intersection(c.clause))


def _deadline(c: Context) -> bool:
    if c.here("deadline") or c.heading("deadline") or c.here("team_word") or _people(c):
        return (
            c.quantity.hedge in ("in", "within", "for", "after", "about", "", "at most", "under")
            and not _grows(c)
            and not c.here("retention")
        )
    wants = c.has("want", "need", "aim", "target", "plan", "expect") or any(
        q.kind in ("count", "rate") and (q.per or q.kind == "rate") for q in c.sentence.quantities
    )
    return c.quantity.hedge in ("in", "within") and wants and not _grows(c)


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


def _interval(c: Context) -> Said | None:
    q = c.quantity
    if q.unit == "times":
        if q.value == 1 and q.per in ("second", "minute", "hour"):
            return Said(role=R.LOAD, unit={"second": "s", "minute": "minutes", "hour": "hours"}[q.per], value=1.0)
        if q.per in ("month", "year", "quarter") or q.value == 1 or c.past():
            return None
        return Said(role=R.LOAD, unit=f"per {q.per}")
    if q.unit in ("weeks", "months", "years", "quarters") or c.past():
        return None
    return Said(role=R.LOAD, unit=q.unit)


def _size(c: Context) -> Said | None:
    q = c.quantity
    if q.per:
        return Said(role=R.LOAD, unit=f"{q.unit} per {q.per}")
    limit = q.hedge in ("up to", "at most", "under", "over") or c.near("allowance", 3, 2)
    return Said(role=R.LIMIT if limit else R.SIZE, unit=q.unit)


def _bits(c: Context) -> Said | None:
    if c.quantity.unit == "kbit/s" and not c.has(
        "bandwidth", "uplink", "line", "link", "connection", "network", "speed"
    ):
        return None
    return Said(role=R.LIMIT, unit=c.quantity.unit)


def _factor(c: Context) -> Said | None:
    if c.here("growth") or (c.anywhere("growth") and not c.has("spring", "summer", "season", "peak")):
        return Said(role=R.GROWTH, unit="ratio")
    return Said(role=R.RATIO, unit="ratio", peak=c.here("peak"))


def _odds(c: Context) -> Said | None:
    return None if c.past() else Said(role=R.RATIO, unit="ratio")


def _rate(c: Context) -> Said | None:
    return Said(role=R.LOAD, unit=f"per {c.quantity.per}", what=c.attached.noun or "request", peak=c.here("peak"))


_BY_KIND: Final[Mapping[str, Callable[[Context], Said | None]]] = {
    "count": count,
    "time": _time,
    "size": _size,
    "bits": _bits,
    "money": _money,
    "percent": _percent,
    "rate": _rate,
    "factor": _factor,
    "interval": _interval,
    "odds": _odds,
}


def role_of(c: Context) -> Said | None:
    """The role of a quantity by its kind."""
    return _BY_KIND[c.quantity.kind](c)
