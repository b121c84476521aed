"""The numbers of a brief: each quantity with its noun, role, status and the words around it."""

from typing import Final

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from archsmith.elicit.attach import Attached, attach
from archsmith.elicit.context import Context, Said, context_of
from archsmith.elicit.elided import again_in_time, left_out, nearest, topic_of
from archsmith.elicit.labels import measured
from archsmith.elicit.quantity import Quantity, moved
from archsmith.elicit.reading import Reading, Sentence
from archsmith.elicit.roles import role_of
from archsmith.elicit.shared import happens, restates, spans_behind, spent_until, with_period
from archsmith.elicit.status import ahead, status_of
from archsmith.elicit.structure import Block
from archsmith.elicit.sums import as_money, usual_currency
from archsmith.elicit.tenants import find_tenancy
from archsmith.kernel.inflect import plural
from archsmith.kernel.provenance import Stated
from archsmith.model.requirements import Number, NumberRole, NumberStatus


class Found(Struct, frozen=True, kw_only=True):
    """A number with what it was read from, for the readers that need more than the number."""

    number: Number
    context: Context
    said: Said


_LONGEST: Final = 600
_MOST: Final = 12
"""Characters and quantities of a sentence that is kept beside a number: what is longer is a table or no prose."""


class _Before(Struct):
    """What a number of a block can lean on: the noun, the sum of money, the rate and the span of time before it, and
    the thing that the sentence before spoke of.
    """

    block: Block | None = None
    noun: Attached | None = None
    money: Quantity | None = None
    rate: Quantity | None = None
    topic: Attached | None = None
    span: Quantity | None = None
    counted: list[tuple[float, Attached]] = field(default_factory=list)


def find_numbers(reading: Reading) -> list[Found]:
    """All numbers that say something of the system, in reading order."""
    out: list[Found] = []
    before = _Before()
    currency = usual_currency(reading)
    for sentence in reading.sentences:
        if sentence.block.kind == "heading" and not sentence.block.headings and not sentence.quantities:
            continue
        if sentence.block is not before.block:
            before = _Before(block=sentence.block)
        spent = 0
        for at, written in enumerate(sentence.quantities):
            if written.end <= spent or _numbers_heading(sentence, written):
                continue
            attached = attach(
                sentence, written, nearest(before.counted, written, before.noun, reading.cues["geography"]), reading
            )
            attached = left_out(sentence, written, attached, before.topic)
            raw = _completed(sentence, at, attached, before, currency, reading)
            quantity = with_period(sentence, at, raw, happens(attached.noun.rpartition(" ")[2], reading.lex))
            spent = spent_until(sentence, raw, quantity)
            before.rate = quantity if quantity.kind == "count" and quantity.per else before.rate
            context = context_of(sentence, quantity, attached, reading.lex, reading.cues)
            said = None if sentence.scope.excluded else _coordinated(context, role_of(context), out)
            if said is not None and written.kind == "count" and quantity.kind == "time":
                said = _as_before(said, out)
            if attached.phrase is not None and quantity.kind in ("count", "size") and quantity.value > 1:
                before.noun = attached
                if attached.how == "after" and quantity.kind == "count":
                    before.counted = [*before.counted[-2:], (quantity.value, attached)]
            if said is not None:
                out.append(Found(number=_number(len(out), context, said), context=context, said=said))
        before.topic = topic_of(sentence, reading.lex)
    return _tenants(_outgrown(out), reading)


def _completed(
    sentence: Sentence, at: int, attached: Attached, before: _Before, currency: str, reading: Reading
) -> Quantity:
    """A bare number with the unit of its row or column, the period of the rate and the currency of the sum before."""
    raw = again_in_time(sentence, sentence.quantities[at], before.span)
    if raw.kind in ("time", "count", "money"):
        before.span = raw if raw.kind == "time" else None
    if raw.kind == "count" and attached.how in ("heading", "same") and sentence.block.kind == "cell":
        raw = measured(raw, sentence, reading)
    if raw.kind == "count" and attached.how == "same" and not raw.per and before.rate is not None:
        elsewhere = with_period(sentence, at, raw, event=True).per or spans_behind(sentence, raw)
        raw = moved(raw, per=before.rate.per) if not elsewhere and restates(raw, before.rate) else raw
    raw = as_money(sentence, raw, attached, before.money, currency)
    before.money = raw if raw.kind == "money" and (raw.per or not _rated(before.money)) else before.money
    return raw


def _rated(money: Quantity | None) -> bool:
    """Whether a sum is one a period: a target told later is another value of it, not of a part named in between."""
    return money is not None and bool(money.per)


def _as_before(said: Said, found: list[Found]) -> Said:
    """ "Kept 90 days. Make that 30": a span told by its bare number has the role of the one that it restates."""
    before = next((f for f in reversed(found) if f.context.quantity.kind == "time"), None)
    return said if before is None else replace(said, role=before.number.role)


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
    shared = before.number.role in _SHARED
    return replace(said, role=before.number.role) if listed and closed and shared else said


_SHARED: Final = frozenset({NumberRole.RECOVERY, NumberRole.LATENCY, NumberRole.AVAILABILITY, NumberRole.RETENTION})
"""Roles that a span has from the one beside it."""


def _numbers_heading(sentence: Sentence, quantity: Quantity) -> bool:
    """ "4 Data protection" as a heading: the number counts the sections."""
    after = sentence.tokens[quantity.mid : quantity.mid + 1]
    first = sentence.block.kind == "heading" and quantity.core == 0 and quantity.kind == "count"
    return first and bool(after) and after[0].text[:1].isupper()


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
    values: dict[tuple[str, NumberRole, str], set[float]] = {}
    for n in rows:
        number = found[n].number
        values.setdefault((number.unit, number.role, number.what), set()).add(number.value)
    told: dict[int, bool] = {}

    def later(n: int) -> bool:
        if n not in told:
            told[n] = ahead(found[n].context)
        return told[n]

    most: dict[tuple[str, NumberRole, str], float] = {}
    for n in rows:
        number = found[n].number
        key = (number.unit, number.role, number.what)
        alone = len(values[key]) == 1 and (number.what != "users" or len(values) == 1)
        if not alone and number.value > most.get(key, 0.0) and later(n) and not found[n].context.here("peak"):
            most[key] = number.value
    out = list(found)
    for n in rows:
        f, one = found[n], found[n].number
        largest = max(most.get((one.unit, one.role, what), 0.0) for what in (one.what, "users"))
        if largest > one.value and not later(n):
            out[n] = Found(
                number=msgspec.structs.replace(one, status=NumberStatus.CURRENT), context=f.context, said=f.said
            )
    return out


def _tenants(found: list[Found], reading: Reading) -> list[Found]:
    """In a multi-tenant product the companies counted are the tenants."""
    if any(f.number.unit == "tenants" for f in found) or find_tenancy(reading) is None:
        return found
    for n, f in enumerate(found):
        head = f.context.attached.noun.rpartition(" ")[2]
        if f.number.role is NumberRole.POPULATION and head in reading.lex.groups["company"]:
            changed = msgspec.structs.replace(f.number, unit="tenants")
            return [*found[:n], Found(number=changed, context=f.context, said=f.said), *found[n + 1 :]]
    return found


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
