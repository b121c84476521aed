"""The period of a count that stands elsewhere in the sentence: before it, after a second count, or as a span."""

from typing import Final

from archsmith.elicit.identifiers import MONTHS
from archsmith.elicit.lexicon import Lexicon
from archsmith.elicit.quantity import Quantity, moved
from archsmith.elicit.reading import Sentence

_WITHIN: Final = 10
_FOLD: Final = 20.0


def restates(one: Quantity, two: Quantity) -> bool:
    """Whether a bare number can restate a rate: "4,000 orders a day and want to get to 10,000"."""
    return 1 / _FOLD <= one.value / max(two.value, 1e-9) <= _FOLD and one.high is None


def happens(head: str, lex: Lexicon) -> bool:
    """Whether a noun names what happens: an event, or the deed of a verb ("petition", "transfer")."""
    form = lex.forms.get(head)
    return head in lex.groups["event"] or (form is not None and "base" in form.forms)


def spent_until(sentence: Sentence, raw: Quantity, quantity: Quantity) -> int:
    """The end of the span that the number took as its period: "60,000 signatures within one hour"."""
    if raw.per or not quantity.per:
        return 0
    spans = (x for x in sentence.quantities if x.kind == "time" and x.start >= raw.end and x.value == 1)
    return next((x.end for x in spans if x.unit.startswith(quantity.per) and x.start - raw.end < _WITHIN), 0)


def with_period(sentence: Sentence, at: int, quantity: Quantity, event: bool) -> Quantity:
    """ "9 bn impressions and 140 M clicks a day": the period of the last counts for the one before "and" too.

    "On other days 350 donations": a day that stands before the number.
    """
    if quantity.kind != "count" or quantity.per or not event:
        return quantity
    tokens = sentence.tokens
    start = max(0, quantity.start - 5, sentence.quantities[at - 1].end if at else 0)
    head = [t.low for t in tokens[start : quantity.start]]
    if head[-1:] == [":"] and {"day", "days"} & set(head[-3:]):
        return moved(quantity, per="day")
    label = [t.low for t in tokens[:5]]
    colon = label.index(":") if ":" in label else 0
    if colon and label[colon - 1] == "day" and not quantity.each and quantity.start > colon:
        return moved(quantity, per="day")
    for n, word in enumerate(head):
        if word == "on" and any(w in ("day", "days", "weekday", "weekdays") for w in head[n:]):
            return moved(quantity, per="day")
        if word in ("per", "every", "each") and head[n + 1 : n + 2] in (
            ["day"],
            ["week"],
            ["month"],
            ["hour"],
            ["minute"],
            ["second"],
        ):
            return moved(quantity, per=head[n + 1])
        if (word in ("daily", "weekly", "monthly", "hourly") and n == len(head) - 1) or word in ("daily:", "monthly:"):
            return moved(quantity, per={"daily": "day", "weekly": "week", "monthly": "month", "hourly": "hour"}[word])
    after = [t.low for t in tokens[quantity.mid : quantity.mid + 10]]
    for n in range(len(after) - 2):
        if (
            after[n] in ("on", "in", "within")
            and after[n + 1] in ("one", "a", "single")
            and after[n + 2] in ("day", "hour", "minute", "second", "week", "month", "year")
        ):
            return moved(quantity, per=after[n + 2])
        if after[n] in (",", ";", "("):
            break
    if (
        at
        and tokens[quantity.mid : quantity.mid + 1]
        and tokens[quantity.mid].low in ("otherwise", "usually", "normally", "else")
    ):
        earlier = sentence.quantities[at - 1]
        if earlier.kind == "count" and earlier.per:
            return moved(quantity, per=earlier.per)
    schedule = _schedule(sentence, quantity)
    if schedule:
        return moved(quantity, per=schedule)
    if at + 1 < len(sentence.quantities):
        follows = sentence.quantities[at + 1]
        between = [t.low for t in tokens[quantity.end : follows.start]]
        if (
            follows.kind == "count"
            and follows.per
            and "and" in between
            and not {",", ";", "(", "."} & set(between)
            and quantity.value >= 20
        ):
            return moved(quantity, per=follows.per)
    return quantity


def _schedule(sentence: Sentence, quantity: Quantity) -> str:
    """ "a tax receipt every February (about 600,000 of them)": the period of the schedule before."""
    tokens = sentence.tokens
    if tokens[quantity.mid : quantity.mid + 1] and tokens[quantity.mid].low == "of":
        for k in range(max(0, quantity.start - 8), quantity.start - 1):
            if tokens[k].low in ("every", "each"):
                name = tokens[k + 1].low
                if name in ("year", "month", "week", "day"):
                    return name
                if name in MONTHS:
                    return "year"
                if name.endswith("day"):
                    return "week"
    return ""
