"""What an amount of money says: a budget to run or to build, a limit of the business, or a price."""

import itertools
from typing import Final

from archsmith.elicit.context import Context, Said
from archsmith.elicit.referents import is_person
from archsmith.model.requirements import NumberRole as R

_BOUNDS: Final = frozenset({"over", "under", "at most", "up to", "at least", "after"})
_MOST: Final = frozenset({"under", "at most", "up to"})
_OURS: Final = frozenset("i we us our".split())
_WHOLE: Final = frozenset(
    "it this that everything all whole system service platform solution site website app application backend bill"
    " operation infrastructure total ceiling cap limit maximum target cost costs spending".split()
)
_KEPT: Final = frozenset("stay keep remain spend go exceed pay run cost be cap limit afford".split())
_ROUND: Final = (
    ("all", "in"), ("all", "told"), ("in", "total"), ("for", "everything"), ("per", "total"), ("for", "all"),
)  # fmt: skip
_THOUGHT: Final = frozenset("think thought thinking imagine imagined mind budgeted set".split())
_GIVES: Final = frozenset("pay earn donate give transfer owe invoice bill order buy receive make sell".split())
_TODAY: Final = frozenset("old current currently today now existing present legacy previous so_far far".split())
_FUNDS: Final = frozenset(
    "budget invest invested investor investment funding funded grant raised gave capex cap build project".split()
)
_ADVERBS: Final = {"monthly": "month", "yearly": "year", "annual": "year", "annually": "year", "weekly": "week"}
_PERIODS: Final = frozenset("month year quarter week".split())


def money(c: Context) -> Said | None:
    """The role of an amount of money."""
    q = c.quantity
    per = q.per or _period_before(c)
    if _part(c):
        return Said(role=R.OTHER, unit=f"{q.unit} per {per}" if per else q.unit)
    if per in ("month", "year", "week", "day", "quarter"):
        return Said(role=_running(c), unit=f"{q.unit} per {per}")
    unit = f"{q.unit} per {q.per}" if q.per else q.unit
    if c.here("anecdote"):
        return None
    if (c.here("outage") or c.has("hour")) and c.has("cost", "costs", "penalty", "fine", "refund", "loses", "lose"):
        return Said(role=R.OTHER, unit=unit)
    if c.has("gone", "lost", "lose", "loses", "damage", "damages", "penalty", "fine"):
        return Said(role=R.OTHER, unit=unit)
    funds = c.has(*_FUNDS) and not _parties(c)
    if q.hedge in _BOUNDS and not (c.here("budget") and not _parties(c) and not c.here("price")):
        return Said(role=R.LIMIT, unit=unit)
    if _capped(c):
        return Said(role=R.LIMIT, unit=unit)
    if c.near("price", 3, 3):
        return Said(role=R.OTHER, unit=unit)
    if c.past() and q.value < 100_000:
        return None
    if _ours_to_spend(c):
        return Said(role=R.BUDGET, unit=unit)
    if _named_bound(c):
        return Said(role=R.BUDGET, unit=unit)
    if (funds or (q.value >= 1000 and c.here("budget")) or c.heading("budget")) and not c.has(
        "revenue", "turnover", "total", "sales", "each"
    ):
        return Said(role=R.BUDGET, unit=unit)
    if c.has("time", "times") and c.has("cost", "costs", "lose", "loses"):
        return None
    return Said(role=R.OTHER, unit=unit)


def _led_by_money(c: Context) -> bool:
    """ "Money is, as always, the weak spot: 120 euros a month"."""
    low = [t.low for t in c.sentence.tokens[max(0, c.quantity.start - _LEAD) : c.quantity.start]]
    return low[-1:] == [":"] and bool({"money", "budget", "funds"} & set(low))


_LEAD: Final = 12


def _named_bound(c: Context) -> bool:
    """ "Target: 120k", "ceiling 9,000": a sum told by nothing but that it binds."""
    named = c.attached.noun in ("target", "ceiling", "cap", "maximum", "budget")
    return named and c.attached.how in ("label", "left") and c.verb() is None


def _granted(c: Context) -> bool:
    """ "The council gave us 60 a year", "the board has granted the project 4,000 a month"."""
    tokens = c.sentence.tokens[c.first : c.quantity.start]
    return any(
        (one.lemma in _GRANTS or one.low == "gave") and two.low in ("us", "me", "the", "this", "our")
        for one, two in itertools.pairwise(tokens)
        if one.tag == "VERB" or one.low == "gave"
    ) and not c.here("price")


_GRANTS: Final = frozenset("give grant allow approve allocate allot assign budget".split())


def _capped(c: Context) -> bool:
    """ "Cap the fee at 15 euros", "until 90 euros we repair without asking": a bound of the business."""
    tokens, q = c.sentence.tokens, c.quantity
    before = tokens[c.first : q.start]
    until = q.start > 0 and tokens[q.start - 1].low in ("until", "till")
    capped = any(t.lemma in ("cap", "limit", "restrict") and t.tag == "VERB" for t in before)
    return until or (capped and tokens[q.start - 1].low in ("at", "to"))


def _part(c: Context) -> bool:
    """ "Of it 90k for egress", "3k of it for storage", "of which 400 a month": a part of a sum told before."""
    q = c.quantity
    behind = [c.low(n) for n in (q.end, q.end + 1)]
    before = [c.low(n) for n in (q.start - 2, q.start - 1)]
    return any(one == "of" and two in ("it", "this", "that", "which") for one, two in (behind, before))


def _ours_to_spend(c: Context) -> bool:
    """ "We have six months and 250k EUR"."""
    tokens = c.sentence.tokens[: c.quantity.start]
    verb = next((n for n in range(len(tokens) - 1, -1, -1) if tokens[n].tag in ("VERB", "AUX", "MODAL")), 0)
    have = verb > 0 and tokens[verb].low in ("have", "got") and tokens[verb - 1].low in ("we", "i")
    return have and c.quantity.value >= _SUM and not c.here("price")


_SUM: Final = 1000


def _running(c: Context) -> R:
    """An amount a month or a year: the budget to run it, unless somebody else pays, or a product costs it."""
    q = c.quantity
    if _granted(c) or _named_bound(c):
        return R.BUDGET
    if _parties(c) or _of_each(c):
        return R.LIMIT if q.hedge in _BOUNDS else R.OTHER
    bound = q.hedge in _MOST and q.per in _PERIODS and c.verb() is None
    if c.near("price", 3, 3) and not c.here("running") and not bound:
        return R.OTHER
    if _spent_today(c):
        return R.OTHER
    if _led_by_money(c) or c.here("budget") or c.heading("budget") or c.has("money", "spend", "pay", "afford"):
        return R.BUDGET
    if _bounded_by_us(c) or _round(c) or (c.has(*_THOUGHT) and c.has(*_OURS)):
        return R.BUDGET
    alone = q.per == "month" and len(c.sentence.tokens) <= q.end - q.start + 2
    return R.BUDGET if alone else R.OTHER


def _bounded_by_us(c: Context) -> bool:
    """ "I would like to stay under 120 euros a month", "ceiling: 3,000 a month", "it must not go over 90 a month"."""
    ceiling = c.has("ceiling", "cap", "capped") or c.heading("running")
    low = {t.low for t in c.sentence.tokens[c.first : c.quantity.start]}
    told = bool(low & (_OURS | _WHOLE)) or not any(
        t.tag == "NOUN" for t in c.sentence.tokens[c.first : c.quantity.core]
    )
    return ceiling or (c.quantity.hedge in _MOST and told and (bool(_KEPT & set(c.clause)) or c.verb() is None))


def _round(c: Context) -> bool:
    low = c.lows
    return any((a, b) in _ROUND for a, b in itertools.pairwise(low)) and not c.here("price")


def _parties(c: Context) -> bool:
    """Whether people of the business pay, earn or order the amount: "sellers who earn more than 2,000 a year"."""
    tokens = c.sentence.tokens
    before = tokens[c.first : c.quantity.start]
    acts = any(t.lemma in _GIVES for t in before)
    phrases = [p for p in c.sentence.phrases if c.first <= p.start and p.end <= c.quantity.core]
    who = next((n for n, t in enumerate(before, c.first) if t.low in ("who", "that")), -1)
    named = next((p for p in phrases if p.end == who), phrases[0] if phrases else None)
    if named is None or any(t.low in _OURS for t in before):
        return False
    head = named.head_word
    if head in c.lex.groups["team"] or head in ("investor", "board", "sponsor", "management"):
        return False
    person = is_person(head, c.lex) or head in c.lex.groups["company"]
    return (person and acts) or (
        head in c.lex.groups["event"] and c.quantity.hedge in _BOUNDS and not c.here("running")
    )


def _of_each(c: Context) -> bool:
    """ "10 EUR a month per shop": what each of many pays."""
    tokens = c.sentence.tokens[c.quantity.end : c.quantity.end + 3]
    if len(tokens) < 2 or tokens[0].low not in ("per", "for", "from", "by", "/") or tokens[-1].tag == "NUM":
        return False
    noun = next((t for t in tokens[1:] if t.tag == "NOUN"), None)
    each = tokens[0].low in ("per", "/") or tokens[1].low in ("each", "every")
    return each and noun is not None and noun.lemma not in _PERIODS


def _spent_today(c: Context) -> bool:
    """ "the old provider costs us 700 a month": what is paid now, no limit to come."""
    modal = any(t.tag == "MODAL" for t in c.sentence.tokens[c.first : c.last])
    return (
        c.has(*_TODAY)
        and c.has("cost", "costs", "pay", "spend", "bill")
        and not modal
        and c.quantity.hedge not in _MOST
    )


def _period_before(c: Context) -> str:
    """ "monthly cost must not exceed $900", "each month we can spend 500 EUR"."""
    tokens = c.sentence.tokens[c.first : c.quantity.start]
    for a, b in zip(tokens, [*tokens[1:], None], strict=False):
        if a.low in _ADVERBS and c.here("budget"):
            return _ADVERBS[a.low]
        if b is not None and a.low in ("each", "every", "per", "a") and b.low in _PERIODS and c.here("budget"):
            return b.low
    return ""
