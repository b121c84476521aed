"""Whether a span of time is one until something must be done, or the horizon of a growth."""

from archsmith.elicit.context import Context
from archsmith.elicit.idle import is_idle
from archsmith.elicit.priority import story_actor
from archsmith.elicit.retained import lapses, names_team


def is_deadline(c: Context) -> bool:
    """Whether a span is the time until something must be ready. A user story tells until when somebody may do it."""
    q = c.quantity
    hedged = q.hedge in ("in", "within", "for", "after", "about", "", "at most", "under")
    if q.hedge == "after" and not (c.has("live", "launch", "go-live") or _restated(c)):
        hedged = False
    if _restated(c):
        return True
    if q.hedge != "in" and lapses(c):
        return False
    if is_idle(c) or c.has("guarantee", "warranty") or c.low(q.mid) in ("notice", "later", "old", "after", "of"):
        return False
    if c.here("deadline") or c.heading("deadline") or c.here("team_word") or names_team(c) or _beside_team(c):
        return hedged and not is_horizon(c) and not c.here("retention")
    if q.hedge == "in" and q.unit in ("weeks", "months") and not is_horizon(c):
        finite = any(t.tag in ("VERB", "AUX", "MODAL") for t in c.sentence.tokens[c.first : q.start])
        out = "out" in c.lows and c.has("run", "runs")
        if not finite or out or c.has("first", "replace", "replaced", "migrated", "over"):
            return True
    wants = c.has("want", "need", "aim", "target", "plan", "expect") or any(
        x.kind in ("count", "rate") and (x.per or x.kind == "rate") for x in c.sentence.quantities
    )
    return q.hedge in ("in", "within") and wants and not is_horizon(c) and not story_actor(c.sentence)


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


def is_horizon(c: Context) -> bool:
    """Whether a span is the horizon of a growth told in the same clause: "twice as many growers in two years"."""
    if c.quantity.unit not in ("months", "years", "quarters", "weeks"):
        return False
    near = [q.kind for q in c.sentence.quantities if q is not c.quantity and c.first <= q.start and q.end <= c.last]
    grows = c.has("grow", "growth", "growing", "grows", "double", "triple")
    return c.here("growth") and ("factor" in near or "percent" in near or grows)
