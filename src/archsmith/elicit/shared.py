"""The period of a count that stands elsewhere in the sentence: before it, after a second count, or as a span."""

import itertools
import re
from typing import Final

from archsmith.elicit.context import Context
from archsmith.elicit.identifiers import MONTHS
from archsmith.elicit.lexicon import Lexicon
from archsmith.elicit.quantity import Quantity, moved
from archsmith.elicit.reading import Sentence
from archsmith.elicit.words import low_at

_WITHIN: Final = 10
_FOLD: Final = 20.0


def restates(one: Quantity, two: Quantity) -> bool:
    """Whether a bare number can restate a rate: "4,000 orders a day and want to get to 10,000"."""
    return 1 / _FOLD <= one.value / max(two.value, 1e-9) <= _FOLD and one.high is None


def happens(head: str, lex: Lexicon) -> bool:
    """Whether a noun names what happens: an event, or the deed of a verb ("petition", "transfer")."""
    form = lex.forms.get(head)
    return head in lex.groups["event"] or (form is not None and "base" in form.forms) or _deed(head, lex)


def _deed(head: str, lex: Lexicon) -> bool:
    """Whether a noun is made of a verb: "declaration", "registration", "shipment"."""
    if any(head in lex.groups[g] for g in ("site", "company", "device", "person", "abstract", "department")):
        return False
    ends = {"ation": ("", "e"), "ion": ("", "e"), "ment": ("",), "al": ("", "e")}
    return any(
        head.endswith(end)
        and any((stem := head.removesuffix(end) + add) in lex.forms for add in adds)
        and "base" in lex.forms[stem].forms
        for end, adds in ends.items()
    )


def spans_behind(sentence: Sentence, quantity: Quantity) -> bool:
    """ "61 in four hours", "900 within 10 minutes": the number has a span of its own."""
    n = quantity.mid
    return low_at(sentence.tokens, n) in ("in", "within", "during") and any(
        x.kind == "time" and n <= x.start <= n + 1 for x in sentence.quantities
    )


def spent_until(sentence: Sentence, raw: Quantity, quantity: Quantity) -> int:
    """The end of the span that the number took as its period: "60,000 signatures within one hour"."""
    if raw.per or not quantity.per:
        return 0
    spans = (x for x in sentence.quantities if x.kind == "time" and x.start >= raw.end and x.value == 1)
    return next((x.end for x in spans if x.unit.startswith(quantity.per) and x.start - raw.end < _WITHIN), 0)


def told_of_a_period(c: Context) -> bool:
    """ "In 2025 we had 6,200 reports", "last year 130 events took place": what happens, counted over a period."""
    q = c.quantity
    happening = happens(c.attached.noun.rpartition(" ")[2], c.lex)
    return (bool(q.per) or _last_turn(c)) and q.value >= _FIGURE and happening and not c.here("anecdote")


def _last_turn(c: Context) -> bool:
    """ "In the last cycle 420,000 applications were received"."""
    near = c.sentence.tokens[max(0, c.quantity.start - _WITHIN) : c.quantity.start]
    return any(one.low in ("last", "past", "previous") and two.low in _TURNS for one, two in itertools.pairwise(near))


_TURNS: Final = frozenset("cycle season edition term semester campaign intake round exam fair financial fiscal".split())


def _year_told(sentence: Sentence, at: int, quantity: Quantity) -> str:
    """ "In 2025 we had 6,200 reports", "1.9M tests in 2025", "last month 40 claims": the period looked back on."""
    if quantity.value < _FIGURE:
        return ""
    tokens = sentence.tokens
    first = sentence.quantities[at - 1].end if at else 0
    before = tokens[max(first, quantity.start - _WITHIN) : quantity.start]
    if any(t.tag == "SUB" for t in before):
        return ""
    after = tokens[quantity.mid : quantity.mid + _WITHIN // 2]
    stop = next(
        (n for n, t in enumerate(after) if t.tag in ("MARK", "SUB", "NUM") and not _YEAR.fullmatch(t.low)), None
    )
    for one, two in (*itertools.pairwise(before), *itertools.pairwise(after[:stop])):
        if one.low in ("last", "past", "previous") and two.low in _LOOKED_BACK:
            return two.low
        if one.low in ("in", "during") and _YEAR.fullmatch(two.low):
            return "year"
    return ""


def looked_back(c: Context) -> bool:
    """Whether the period that a figure is counted over lies behind."""
    told = {(one.low, two.low) for one, two in itertools.pairwise(c.sentence.tokens[: c.quantity.end + _WITHIN])}
    past = any(one in ("last", "past", "previous") and two in _LOOKED_BACK for one, two in told)
    year = any(one == "in" and _YEAR.fullmatch(two) for one, two in told)
    return _last_turn(c) or (bool(c.quantity.per) and (past or (year and not _ahead(c) and _tells_past(c))))


def _ahead(c: Context) -> bool:
    return any(t.tag == "MODAL" or t.lemma in ("plan", "expect", "target", "want") for t in c.sentence.tokens)


def _tells_past(c: Context) -> bool:
    return any(t.form == "past" or t.low in ("was", "were", "had") for t in c.sentence.tokens[: c.last + _WITHIN])


_LOOKED_BACK: Final = frozenset("week month year".split())
_YEAR: Final = re.compile(r"202\d")


def with_period(sentence: Sentence, at: int, quantity: Quantity, event: bool) -> Quantity:
    """A bare count of what happens with the period that the sentence gives elsewhere."""
    if quantity.kind != "count" or quantity.per or not event:
        return quantity
    per = next((found for find in _FINDERS if (found := find(sentence, at, quantity))), "")
    return moved(quantity, per=per) if per else quantity


def _label(sentence: Sentence, at: int, quantity: Quantity) -> str:
    """ "A normal day: 350 donations"."""
    label = [t.low for t in sentence.tokens[:5]]
    colon = label.index(":") if ":" in label else 0
    near = [t.low for t in sentence.tokens[_reach(sentence, at, quantity) : quantity.start]]
    if near[-1:] == [":"] and {"day", "days"} & set(near[-3:]):
        return "day"
    return "day" if colon and label[colon - 1] == "day" and not quantity.each and quantity.start > colon else ""


def _before(sentence: Sentence, at: int, quantity: Quantity) -> str:
    """ "On other days 350 donations", "each week 40 claims", "daily 300 calls"."""
    near = [t.low for t in sentence.tokens[_reach(sentence, at, quantity) : quantity.start]]
    for n, word in enumerate(near):
        if word == "on" and any(w in ("day", "days", "weekday", "weekdays") for w in near[n:]):
            return "day"
        if word in ("per", "every", "each") and n + 1 < len(near) and near[n + 1] in _SHORT:
            return near[n + 1]
        if word in _ADVERBS and n == len(near) - 1:
            return _ADVERBS[word]
    return ""


def _span(sentence: Sentence, at: int, quantity: Quantity) -> str:
    """ "60,000 signatures within one hour", "240,000 visits on a single day"."""
    after = [t.low for t in sentence.tokens[quantity.mid : quantity.mid + _WITHIN]]
    after = [w for n, w in enumerate(after) if w != "single" or after[n - 1 : n] not in (["a"], ["one"])]
    for n in range(len(after) - 2):
        if (
            after[n] in ("on", "in", "within")
            and after[n + 1] in ("one", "a", "an", "single")
            and after[n + 2] in _LONG
        ):
            return after[n + 2]
        if after[n : n + 3] in (["in", "the", "first"], ["within", "the", "first"]) and after[n + 3 : n + 4]:
            return after[n + 3] if after[n + 3] in _LONG else ""
        if after[n] in (",", ";", "("):
            break
    return ""


def _as_earlier(sentence: Sentence, at: int, quantity: Quantity) -> str:
    """ "240,000 visits on a Sunday, 55,000 otherwise": the period of the count before."""
    follows = sentence.tokens[quantity.mid : quantity.mid + 1]
    if not at or not follows or follows[0].low not in ("otherwise", "usually", "normally", "else"):
        return ""
    earlier = sentence.quantities[at - 1]
    return earlier.per if earlier.kind == "count" else ""


def _schedule(sentence: Sentence, at: int, quantity: Quantity) -> str:
    """ "A tax receipt every February (about 600,000 of them)": the period of the schedule before."""
    tokens = sentence.tokens
    if low_at(tokens, quantity.mid) != "of":
        return ""
    for k in range(max(0, quantity.start - 8), quantity.start - 1):
        name = tokens[k + 1].low
        if tokens[k].low not in ("every", "each"):
            continue
        if name in ("year", "month", "week", "day"):
            return name
        if name in MONTHS:
            return "year"
        if name.endswith("day"):
            return "week"
    return ""


def _as_later(sentence: Sentence, at: int, quantity: Quantity) -> str:
    """ "9 bn impressions and 140 M clicks a day": the period of the last counts for the one before "and" too."""
    follows = sentence.quantities[at + 1] if at + 1 < len(sentence.quantities) else None
    if follows is None or follows.kind != "count" or quantity.value < _FIGURE:
        return ""
    between = [t.low for t in sentence.tokens[quantity.end : follows.start]]
    return follows.per if "and" in between and not {",", ";", "(", "."} & set(between) else ""


def _reach(sentence: Sentence, at: int, quantity: Quantity) -> int:
    """How far left a period can stand: five words, and not within the number before."""
    return max(0, quantity.start - 5, sentence.quantities[at - 1].end if at else 0)


_FINDERS: Final = (_span, _label, _before, _as_earlier, _schedule, _as_later, _year_told)
_FIGURE: Final = 20
_SHORT: Final = frozenset("second minute hour day week month".split())
_LONG: Final = _SHORT | {"year"}
_ADVERBS: Final = {"daily": "day", "weekly": "week", "monthly": "month", "hourly": "hour"}
