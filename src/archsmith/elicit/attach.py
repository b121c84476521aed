"""Attaches a quantity to its noun: after it, before a bracket, before a copula, as a label, or as in the one before."""

import re
from dataclasses import dataclass

from archsmith.elicit.identifiers import MONTHS
from archsmith.elicit.inflect import phrase_singular
from archsmith.elicit.phrases import Phrase
from archsmith.elicit.quantity import Quantity
from archsmith.elicit.reading import Sentence

_OPEN = ("(", "[")
_THEM = frozenset("them these those which ones it".split())


@dataclass(frozen=True, slots=True)
class Attached:
    """The noun phrase of a quantity (None where there is none), the noun after "per" or "of", and how it was found.

    `how`: after, bracket, left, label, copula, pronoun, same (that of the quantity before), heading.
    """

    phrase: Phrase | None
    owner: Sentence | None
    how: str
    per: Phrase | None = None
    of: Phrase | None = None
    name: str = ""
    end: int = 0

    @property
    def noun(self) -> str:
        """The name of the thing counted or measured, singular; empty where nothing was found."""
        return self.phrase.name if self.phrase is not None else self.name


def attach(sentence: Sentence, quantity: Quantity, before: Attached | None) -> Attached:
    """The noun that a quantity belongs to. `before` is the attachment of the quantity to the left, if any."""
    of = per = None
    after = None
    if quantity.kind in ("count", "rate", "odds"):
        after = _after(sentence, quantity.mid)
        if after is not None:
            per = _following(sentence, after.end, "per")
            return Attached(after, sentence, "after", per=per, end=max(after.end, quantity.mid))
        if _low(sentence, quantity.mid) == "of" and _low(sentence, quantity.mid + 1) in _THEM:
            named = sentence.phrase_at(quantity.mid + 2) if quantity.mid + 2 < len(sentence.tokens) else None
            if named is not None:
                return Attached(named, sentence, "after", end=named.end)
            earlier = _bracket(sentence, quantity) or _left(sentence, quantity.start)
            return Attached(earlier, sentence, "pronoun", end=quantity.mid + 2)
        per = _following(sentence, quantity.mid, "per") if quantity.kind == "count" else None
    else:
        of = _following(sentence, quantity.mid, "of")
        per = _following(sentence, quantity.mid, "per")
    bracket = _bracket(sentence, quantity)
    if bracket is not None:
        return Attached(bracket, sentence, "bracket", per=per, of=of, end=quantity.end)
    label = _label(sentence, quantity)
    if label is not None:
        return Attached(label, sentence, "label", per=per, of=of, end=quantity.end)
    left = _near_left(sentence, quantity)
    if left is not None and (quantity.kind != "count" or _touches(sentence, left, quantity)):
        return Attached(left, sentence, "left", per=per, of=of, end=quantity.end)
    if before is not None and before.phrase is not None:
        return Attached(before.phrase, before.owner, "same", per=per, of=of, end=quantity.end)
    if left is not None:
        return Attached(left, sentence, "left", per=per, of=of, end=quantity.end)
    context = sentence.block.row or (sentence.block.headings[-1] if sentence.block.headings else "")
    return Attached(None, None, "heading", per=per, of=of, name=phrase_singular(context.lower()), end=quantity.end)


def _after(sentence: Sentence, n: int) -> Phrase | None:
    """The noun phrase right after a number: adjectives and "of the" are stepped over."""
    tokens = sentence.tokens
    k = n
    while k < len(tokens) and (
        tokens[k].tag in ("ADJ", "ADV") or tokens[k].low in ("more", "other", "such", "different")
    ):
        if tokens[k].low in (
            "later",
            "now",
            "today",
            "currently",
            "in",
            "out",
            "up",
            "down",
            "on",
            "off",
            "over",
            "back",
            "away",
        ):
            return None
        k += 1
    if k < len(tokens) and tokens[k].low in ("of",) and k + 1 < len(tokens) and tokens[k + 1].tag in ("POSS", "DET"):
        k += 2
        while k < len(tokens) and tokens[k].tag in ("ADJ", "POSS", "DET"):
            k += 1
    if k < len(tokens) and tokens[k].tag == "NOUN" and tokens[k].kind == "word":
        return sentence.phrase_at(k)
    if k < len(tokens) and tokens[k].tag == "POSS" and tokens[k].owned:
        return sentence.phrase_at(k)
    return None


def _following(sentence: Sentence, n: int, word: str) -> Phrase | None:
    """The noun phrase after "per" or "of" that follows at `n`."""
    if _low(sentence, n) in ((word, "a", "each", "/") if word == "per" else (word,)):
        return sentence.phrase_at(n + 1) if n + 1 < len(sentence.tokens) else None
    return None


def _left(sentence: Sentence, n: int) -> Phrase | None:
    """The nearest noun phrase that ends at or before token `n`."""
    return next((p for p in reversed(sentence.phrases) if p.end <= n), None)


def _bracket(sentence: Sentence, quantity: Quantity) -> Phrase | None:
    """ "Staff (9 people)", "cooks (home kitchens, now 40, later 900)": what the bracket explains."""
    tokens = sentence.tokens
    depth = 0
    for k in range(quantity.start - 1, max(-1, quantity.start - 40), -1):
        low = tokens[k].low
        if low in (")", "]"):
            depth += 1
        elif low in _OPEN:
            if depth == 0:
                if quantity.kind == "size":
                    inside = next((p for p in sentence.phrases if p.start == k + 1 and p.end < quantity.start), None)
                    if inside is not None:
                        return inside
                close = k - 1 if k and tokens[k - 1].low in ("each", "apiece") else k
                while (
                    close > 1 and tokens[close - 2].low in ("every", "each", "per") and _is_date(tokens[close - 1].low)
                ):
                    close -= 2
                return next((p for p in reversed(sentence.phrases) if p.end == close), None)
            depth -= 1
    return None


def _label(sentence: Sentence, quantity: Quantity) -> Phrase | None:
    """ "Engineers: 16 in two teams", "Click event: 600 bytes": a short label before a colon."""
    tokens = sentence.tokens
    for k in range(quantity.start - 1, max(-1, quantity.start - 4), -1):
        if tokens[k].low in (":", "=", "→") and k <= 6:
            return next((p for p in reversed(sentence.phrases) if p.end <= k and p.end >= k - 2), None)
        if tokens[k].tag not in ("ADV", "PREP", "DET", "ADJ"):
            break
    return None


def _near_left(sentence: Sentence, quantity: Quantity) -> Phrase | None:
    """The noun phrase left of the number in its clause, over a verb or a preposition: "a mail is 75 KB"."""
    tokens = sentence.tokens
    for k in range(quantity.start - 1, max(-1, quantity.start - 14), -1):
        if tokens[k].low in (",", ";", ".") and k < quantity.start - 1:
            return None
        if tokens[k].tag == "NOUN" and tokens[k].kind == "word" and not _is_time(tokens[k].lemma):
            return sentence.phrase_at(k)
    return None


def _is_date(low: str) -> bool:
    return low in MONTHS or low.endswith("day") or low in ("week", "month", "year", "hour", "minute", "night")


def _is_time(lemma: str) -> bool:
    return lemma in (
        "day",
        "week",
        "month",
        "year",
        "average",
        "minute",
        "hour",
        "second",
        "total",
        "maximum",
        "minimum",
    )


def _touches(sentence: Sentence, phrase: Phrase, quantity: Quantity) -> bool:
    """Whether only a copula or a preposition stands between a noun and its bare number ("peak factor 2.5")."""
    return all(
        t.tag in ("AUX", "ADV")
        or t.low in ("at", "around", "about", "over", "under", "up", "to")
        or t.low in (":", "=", "is", "of")
        for t in sentence.tokens[phrase.end : quantity.start]
    )


def _low(sentence: Sentence, n: int) -> str:
    return sentence.tokens[n].low if 0 <= n < len(sentence.tokens) else ""


def _bare(context: str) -> str:
    """A row's label without its period: "Loads per day" is the loads."""
    return _PERIOD.sub("", context).strip(" :")


_PERIOD = re.compile(r"(?:\bper\b|\ba\b|\beach\b|/)\s*(second|minute|hour|day|week|month|year)\b.*$", re.I)


def row_period(sentence: Sentence) -> str:
    """The period that the label of a row gives: "Loads per day"."""
    found = _PERIOD.search(sentence.block.row or "")
    return found.group(1).lower() if found else ""
