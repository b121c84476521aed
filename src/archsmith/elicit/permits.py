"""Whether a rate is one that somebody permits (a quota, a throttle) and not one that the users cause."""

import itertools
from typing import Final

from archsmith.elicit.context import Context

_WORDS: Final = frozenset(
    "limit limits limited limiting quota quotas throttle throttles throttled throttling tolerate tolerates tolerated"
    " capped cap caps ceiling allowance exceed exceeds exceeding rate-limit rate-limited rate-limits permits permitted"
    " fair-use entitled".split()
)
_HEADS: Final = frozenset("limit limits quota quotas throttling throttle allowance rate-limit rate-limits".split())
_CONSUMER: Final = frozenset(
    "key token client tenant workspace account ip address caller consumer subscriber user customer person member"
    " device application app integration organisation organization partner team plan tier".split()
)
_CALLERS: Final = frozenset("key token client tenant workspace account ip caller consumer subscriber app".split())
_BOUNDS: Final = frozenset({"at most", "under"})
_GUARDED: Final = frozenset("login attempt retry try code sms password reset registration call request query".split())
_RECEIVING: Final = frozenset(
    "expect handle serve process support sustain have get receive see be cope estimate peak come arrive count"
    " forecast reckon plan grow reach take run scale generate make record manage do".split()
)


def permitted(c: Context) -> bool:
    """Whether a rate binds as a limit: by a word of permission, by the heading, or by its bound and its consumer."""
    if c.quantity.kind == "interval" and c.quantity.unit != "times":
        return False
    clause = set(c.clause)
    if clause & _WORDS or _HEADS & set(c.headings):
        return not _ours(c)
    if any(one in ("let", "lets") and two == "in" for one, two in itertools.pairwise(c.lows)):
        return True
    own = c.has("expect", "expected", "load", "traffic", "peak", "average", "forecast")
    if "allows" in clause or ("allow" in clause and "us" in clause) or ("let" in clause and "us" in clause):
        return not own
    if (clause & {"allowed", "permits", "grants", "included"}) and not own:
        return True
    if clause & {"include", "includes"} and clause & {"plan", "tier", "package", "subscription", "licence", "license"}:
        return True
    if _announced(c) and not own:
        return True
    if "default" in clause and _consumer(c):
        return True
    if c.quantity.kind != "interval" and c.verb() is None and _consumer(c, _CALLERS) and _interface(c) and not own:
        return True
    return (c.quantity.hedge in _BOUNDS or (c.quantity.hedge == "up to" and _consumer(c))) and _binding(c)


def _ours(c: Context) -> bool:
    """ "not limited to 500 orders a day", "no limit": nobody permits."""
    low = c.lows
    return any(
        w in ("limit", "limits", "limited") and n and low[n - 1] in ("no", "not", "without") for n, w in enumerate(low)
    )


def _announced(c: Context) -> bool:
    """ "each key has a rate limit, default 20 a second": the words of a limit in the clause before."""
    q = c.quantity
    tokens = c.sentence.tokens
    low = [t.low for t in tokens[max(0, q.start - 8) : q.start]]
    if c.verb() is not None and any(t.tag == "VERB" for t in tokens[c.first : q.start]) and c.first > 0:
        return False
    pairs = set(itertools.pairwise(low))
    return bool({"quota", "quotas", "rate-limit", "rate-limits", "throttle", "throttling"} & set(low)) or bool(
        pairs & {("rate", "limit"), ("rate", "limits"), ("fair", "use"), ("usage", "limit"), ("api", "limit")}
    )


def _interface(c: Context) -> bool:
    return bool({"api", "interface", "endpoint", "gateway"} & {*c.headings, *c.clause})


def _consumer(c: Context, kinds: frozenset[str] = _CONSUMER) -> bool:
    """Whether the rate is each consumer's own: "per key", "for each workspace", "by one account"."""
    tokens = c.sentence.tokens
    after = tokens[c.quantity.mid : min(c.last, c.quantity.end + 6)]
    for a, b in itertools.pairwise(after):
        if a.low in ("per", "each", "every", "/", "one", "same", "a") and b.lemma in kinds:
            return True
    per = c.attached.per
    return per is not None and per.head_word in kinds


def _binding(c: Context) -> bool:
    """Whether a bounded rate forbids more: not the most that is expected or that must be borne."""
    if c.here("peak") or c.here("concurrent"):
        return False
    verb = c.verb()
    if verb is None:
        head = c.attached.noun.rpartition(" ")[2]
        return _consumer(c) or head in _GUARDED
    if verb.lemma in _RECEIVING and not _consumer(c):
        return False
    modal = any(t.tag == "MODAL" for t in c.sentence.tokens[c.first : c.last])
    return modal or _consumer(c)
