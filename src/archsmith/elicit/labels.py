"""What the label of a row or column says of the bare numbers in it: their thing, unit, scale and period.

"Latency (ms)", "Orders per day", "Users (k)", "Budget, EUR a month"; "Today" and "Target 2029" name no thing.
"""

import re
from typing import Final

from msgspec import Struct

from archsmith.elicit.phrases import noun_phrases
from archsmith.elicit.quantities import quantities
from archsmith.elicit.quantity import Quantity, moved
from archsmith.elicit.reading import Reading, Sentence
from archsmith.elicit.tokens import tokenize
from archsmith.knowledge.noun_kinds import nouns

_LONGEST: Final = 120
_BRACKET: Final = re.compile(r"\s*[(\[]([^()\[\]]{1,40})[)\]]")
_TAIL: Final = re.compile(r"(?:,|\bin)\s+([^,]{1,24})$")
_PERIOD: Final = re.compile(
    r"(?:\bper\b|\ba\b|\beach\b|/|\bon an? \w+\b|\bin the \w+\b)\s*"
    r"(second|sec|s|minute|min|hour|h|day|week|month|year)\b.*$",
    re.I,
)
_SHORT: Final = {"sec": "second", "s": "second", "min": "minute", "h": "hour"}
_ADVERB: Final = {
    "hourly": "hour",
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "yearly": "year",
    "annual": "year",
}
_GENERIC: Final = frozenset(
    "today now current currently target targets value values number numbers count amount quantity volume figure figures"
    " average avg mean typical normal peak peaks max maximum min minimum median expected planned plan estimate"
    " estimated goal goals actual launch year years month months end start first second third phase later future"
    " forecast requirement required metric item unit units note notes comment total after before in at the of by nr no"
    " id q1 q2 q3 q4 y1 y2 y3 limit limits size sizes load budget threshold nfr level".split()
)
_COUNTERS: Final = frozenset("number count amount quantity total volume".split())


class Label(Struct, frozen=True):
    """The thing that a label names (empty where it names none), and the unit that it gives (a quantity of one)."""

    noun: str = ""
    unit: Quantity | None = None
    per: str = ""


def label_of(text: str, reading: Reading) -> Label:
    """The label read as a noun phrase with a unit."""
    text = text[:_LONGEST].strip(" :*_")
    if not text:
        return Label()
    unit, bare = _unit(text, reading)
    found = _PERIOD.search(bare)
    per = _SHORT.get(found[1].lower(), found[1].lower()) if found else ""
    first = bare.split()[0].lower() if bare.split() else ""
    return Label(_noun(bare[: found.start()] if found else bare, reading), unit, per or _ADVERB.get(first, ""))


def measured(quantity: Quantity, sentence: Sentence, reading: Reading) -> Quantity:
    """A bare number of a cell with the unit and the period that its column or its row gives."""
    for text in (sentence.block.column, sentence.block.row):
        label = label_of(text, reading)
        one = label.unit
        if one is not None:
            high = None if quantity.high is None else quantity.high * one.value
            per = one.per or label.per
            return moved(quantity, kind=one.kind, value=quantity.value * one.value, high=high, unit=one.unit, per=per)
        if label.per and not quantity.per:
            return moved(quantity, per=label.per)
    return quantity


def _unit(text: str, reading: Reading) -> tuple[Quantity | None, str]:
    """The unit of a label, and the label without it and without what it says in brackets."""
    bare = _BRACKET.sub("", text).strip()
    tail = _TAIL.search(bare)
    for candidate in (*_BRACKET.findall(text), *((tail[1],) if tail else ())):
        one = f"1 {candidate.strip()}"
        tokens = tokenize(one, 0, len(one), reading.lex)
        found = quantities(tokens, reading.units)
        if not found or found[0].core != 0 or found[0].end < len(tokens):
            continue
        if found[0].kind != "count" or found[0].per or found[0].value != 1:
            return found[0], bare[: tail.start()] if tail and candidate == tail[1] else bare
    return None, bare


def _noun(text: str, reading: Reading) -> str:
    """The thing: "Employees using the system" are employees, "Number of rooms" are rooms, "Target 2029" is none."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    if not words or all(w in _GENERIC for w in words):
        return ""
    tokens = tokenize(text, 0, len(text), reading.lex)
    phrases = noun_phrases(tokens, reading.lex, nouns(reading.catalogue))
    for n, phrase in enumerate(phrases):
        counted = phrase.head_word in _COUNTERS and n + 1 < len(phrases)
        if not counted and phrase.head_word not in _GENERIC - {"size", "load", "budget"}:
            return phrase.name
    return phrases[0].name if phrases else ""
