"""What a count a second, a day or a month says: a load, the limit of a quota, or people who are active."""

from archsmith.elicit.context import Context, Said
from archsmith.elicit.permits import permitted
from archsmith.elicit.referents import is_person
from archsmith.elicit.shares import TIMES
from archsmith.kernel.inflect import is_plural, plural
from archsmith.model.requirements import NumberRole as R


def rated(c: Context, head: str) -> Said | None:
    """The role of a count with a period, and whose rate it is where it is one of each."""
    q = c.quantity
    active = any(t.low == "active" for t in c.sentence.tokens)
    if is_person(head, c.lex) and active and q.per in ("day", "month", "week"):
        names = {"day": "daily", "week": "weekly", "month": "monthly"}
        return Said(role=R.POPULATION, unit="users", what=f"{names[q.per]} active {plural(head)}")
    unit = f"per {q.per}"
    per = c.attached.per
    if q.each:
        owner = _each_of(c)
        unit += f" per {owner}" if owner else ""
    elif per is not None and per.head_word not in TIMES and q.value < 100_000 and "per" in c.clause:
        unit += f" per {per.head_word}"
    if permitted(c):
        return Said(role=R.LIMIT, unit=unit)
    if head in c.lex.groups["person"] and not c.here("peak") and c.has("active"):
        return Said(role=R.LOAD, unit=unit)
    return Said(role=R.LOAD, unit=unit, peak=_peak(c))


def _peak(c: Context) -> bool:
    told = c.here("peak") or (c.sentence.block.kind == "cell" and c.heading("peak"))
    return told or (c.quantity.per in ("second", "minute") and c.has("up to"))


def _each_of(c: Context) -> str:
    """Whose number it is when each of them has it: the subject of the sentence."""
    for phrase in c.sentence.phrases:
        if phrase.head_word in c.lex.groups["abstract"]:
            continue
        if (
            phrase.end <= c.quantity.start
            and is_plural(c.sentence.tokens[phrase.head].low)
            and phrase.head_word != c.attached.noun
        ):
            return phrase.head_word
    return ""
