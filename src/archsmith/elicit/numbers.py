"""The numbers of a brief: each quantity with its noun, role, status and the words around it."""

from dataclasses import dataclass, replace
from typing import Final

import msgspec

from archsmith.elicit.attach import Attached, attach
from archsmith.elicit.context import Context, Said, context_of
from archsmith.elicit.identifiers import MONTHS
from archsmith.elicit.inflect import plural
from archsmith.elicit.labels import measured
from archsmith.elicit.lexicon import Lexicon
from archsmith.elicit.quantity import Quantity, moved
from archsmith.elicit.reading import Reading, Sentence
from archsmith.elicit.roles import role_of
from archsmith.elicit.status import ahead, status_of
from archsmith.elicit.sums import as_money, usual_currency
from archsmith.kernel.provenance import Stated
from archsmith.model.requirements import Number, NumberRole, NumberStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A number with what it was read from, for the readers that need more than the number."""

    number: Number
    context: Context
    said: Said


_LONGEST: Final = 600
_MOST: Final = 12
"""Characters and quantities of a sentence that is kept beside a number: what is longer is a table or no prose."""


def find_numbers(reading: Reading) -> list[Found]:
    """All numbers that say something of the system, in reading order."""
    out: list[Found] = []
    before: Attached | None = None
    block = None
    money: Quantity | None = None
    rate: Quantity | None = None
    currency = usual_currency(reading)
    for sentence in reading.sentences:
        if sentence.block.kind == "heading" and not sentence.block.headings and not sentence.quantities:
            continue
        if sentence.block is not block:
            block, before, money, rate = sentence.block, None, None, None
        spent = 0
        for at, raw in enumerate(sentence.quantities):
            if raw.end <= spent or _numbers_heading(sentence, raw):
                continue
            attached = attach(sentence, raw, before, reading)
            if attached.how in ("heading", "same") and raw.kind == "count" and sentence.block.kind == "cell":
                raw = measured(raw, sentence, reading)
            if attached.how == "same" and raw.kind == "count" and not raw.per and rate is not None:
                raw = moved(raw, per=rate.per) if _alike(raw, rate) else raw
            raw = as_money(sentence, raw, attached, money, currency)
            money = raw if raw.kind == "money" else money
            quantity = _shared_period(sentence, at, raw, _happens(attached.noun.rpartition(" ")[2], reading.lex))
            spent = _spent(sentence, raw, quantity)
            rate = quantity if quantity.kind == "count" and quantity.per else rate
            context = context_of(sentence, quantity, attached, reading.lex, reading.cues)
            said = None if sentence.scope.excluded else _coordinated(context, role_of(context), out)
            if attached.phrase is not None and quantity.kind in ("count", "size") and quantity.value > 1:
                before = attached
            if said is not None:
                out.append(Found(number=_number(len(out), context, said), context=context, said=said))
    return _tenants(_outgrown(out), reading)


def _coordinated(c: Context, said: Said | None, found: list[Found]) -> Said | None:
    """ "RPO zero for payments, 15 minutes for everything else": a span beside another one has its role."""
    before = found[-1] if found else None
    if said is None or said.role not in (NumberRole.LIMIT, NumberRole.OTHER) or c.quantity.kind != "time":
        return said
    if before is None or before.context.sentence is not c.sentence or before.context.quantity.kind != "time":
        return said
    between = c.sentence.tokens[before.context.quantity.end : c.quantity.start]
    plain = not any(t.tag in ("VERB", "AUX", "MODAL", "NUM", "SUB") or t.low in (";", ".", ":", "(") for t in between)
    listed = plain and any(t.low in (",", "and") for t in between)
    after = c.sentence.tokens[c.quantity.end : c.quantity.end + 1]
    closed = not after or after[0].tag in ("PREP", "MARK")
    shared = before.number.role in (NumberRole.RECOVERY, NumberRole.LATENCY, NumberRole.AVAILABILITY)
    return replace(said, role=before.number.role) if listed and closed and shared else said


def _numbers_heading(sentence: Sentence, quantity: Quantity) -> bool:
    """ "4 Data protection" as a heading: the number counts the sections."""
    after = sentence.tokens[quantity.mid : quantity.mid + 1]
    first = sentence.block.kind == "heading" and quantity.core == 0 and quantity.kind == "count"
    return first and bool(after) and after[0].text[:1].isupper()


def _alike(one: Quantity, two: Quantity) -> bool:
    """Whether a bare number can restate a rate: "4,000 orders a day and want to get to 10,000"."""
    return 1 / _FOLD <= one.value / max(two.value, 1e-9) <= _FOLD and one.high is None


_FOLD: Final = 20.0


def _happens(head: str, lex: Lexicon) -> bool:
    """Whether a noun names what happens: an event, or the deed of a verb ("petition", "transfer")."""
    form = lex.forms.get(head)
    return head in lex.groups["event"] or (form is not None and "base" in form.forms)


def _spent(sentence: Sentence, raw: Quantity, quantity: Quantity) -> int:
    """The end of the span that the number took as its period: "60,000 signatures within one hour"."""
    if raw.per or not quantity.per:
        return 0
    spans = (x for x in sentence.quantities if x.kind == "time" and x.start >= raw.end and x.value == 1)
    return next((x.end for x in spans if x.unit.startswith(quantity.per) and x.start - raw.end < _WITHIN), 0)


_WITHIN: Final = 10


def _outgrown(found: list[Found]) -> list[Found]:
    """ "1,850 trucks ... next year it would be 3,000 trucks": the smaller figure without a word of the future is one
    of today.
    """
    rows = [
        n
        for n, f in enumerate(found)
        if f.number.role in (NumberRole.POPULATION, NumberRole.LOAD)
        and f.number.status is NumberStatus.TARGET
        and not f.number.peak
    ]
    future = {n: ahead(found[n].context) for n in rows}
    most: dict[tuple[str, NumberRole, str], float] = {}
    for n in rows:
        number = found[n].number
        if future[n] and not found[n].context.here("peak"):
            key = (number.unit, number.role, number.what)
            most[key] = max(number.value, most.get(key, 0.0))
    out = list(found)
    for n in rows:
        f, one = found[n], found[n].number
        later = max(most.get((one.unit, one.role, what), 0.0) for what in (one.what, "users"))
        if later > one.value and not future[n]:
            out[n] = Found(
                number=msgspec.structs.replace(one, status=NumberStatus.CURRENT), context=f.context, said=f.said
            )
    return out


def _tenants(found: list[Found], reading: Reading) -> list[Found]:
    """In a multi-tenant product the companies counted are the tenants."""
    if not any(
        "multi-tenant" in s.words or "multi-tenancy" in s.words or "tenant" in s.words for s in reading.sentences
    ):
        return found
    if any(f.number.unit == "tenants" for f in found):
        return found
    for n, f in enumerate(found):
        head = f.context.attached.noun.rpartition(" ")[2]
        if f.number.role is NumberRole.POPULATION and head in reading.lex.groups["company"]:
            changed = msgspec.structs.replace(f.number, unit="tenants")
            return [*found[:n], Found(number=changed, context=f.context, said=f.said), *found[n + 1 :]]
    return found


def _shared_period(sentence: Sentence, at: int, quantity: Quantity, event: bool) -> Quantity:
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


def _number(n: int, c: Context, said: Said) -> Number:
    q, why = c.quantity, _quote(c)
    return Number(
        id=f"n{n + 1}",
        what=said.what or _what(c),
        value=said.value if said.value is not None else q.value,
        high=q.high,
        unit=said.unit,
        role=said.role,
        status=status_of(c, said),
        subject=_subject(c),
        peak=said.peak,
        sentence=_sentence(c, why),
        why=why,
    )


def _sentence(c: Context, why: Stated) -> str:
    """The words around the number, for later stages: what it is combined with often stands beside it."""
    if len(c.sentence.quantities) > _MOST:
        return ""
    quote, block = c.sentence.stated().at.quote, c.sentence.block
    if block.row or block.column:  # a cell says little without its labels
        labels = " ".join(f"{block.row} ({block.column})".split()).removesuffix("()").strip()
        quote = f"{labels}: {quote}"
    return quote if len(why.at.quote) < len(quote) <= _LONGEST else ""


def _quote(c: Context) -> Stated:
    """The number with its noun, its hedge and its period."""
    q, a = c.quantity, c.attached
    start, end = q.start, max(q.end, a.end if a.how in ("after", "pronoun") else 0)
    phrase = a.phrase
    if a.per is not None and a.owner is c.sentence and a.how != "same":
        end = max(end, a.per.end)
    if a.of is not None:
        end = max(end, a.of.end)
    if phrase is not None and a.owner is c.sentence and a.how in ("left", "label") and 0 <= q.start - phrase.end <= 1:
        start = min(start, phrase.start)
    if q.kind == "factor":
        end = max(end, c.last)
    return c.sentence.at(start, end)


def _what(c: Context) -> str:
    noun = c.attached.noun
    q = c.quantity
    if q.kind == "count" and noun:
        head, _, last = noun.rpartition(" ")
        return f"{head} {plural(last)}".strip()
    if q.kind in ("percent", "time", "size") and c.attached.of is not None:
        return c.attached.of.name
    verb = c.verb()
    if q.kind in ("time", "interval") and c.attached.how in ("same", "heading") and verb is not None:
        return verb.lemma
    return noun or (verb.lemma if verb is not None else q.kind)


def _subject(c: Context) -> str:
    """What the number is attached to beyond its own noun: the owner of a ratio, the operation of a limit."""
    if c.attached.per is not None:
        return c.attached.per.name
    if c.attached.how == "bracket" and c.attached.phrase is not None and c.quantity.kind == "count":
        return c.attached.phrase.name
    if c.quantity.kind in ("time", "interval", "percent"):
        verb = c.verb()
        if verb is not None and verb.lemma not in ("be", "have", "take", "need", "want"):
            return verb.lemma
    return ""


def of_role(found: list[Found], role: NumberRole) -> list[Found]:
    """The numbers of one role."""
    return [f for f in found if f.number.role is role]
