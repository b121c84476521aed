"""Attaches a quantity to its noun: after it, before a bracket, before a copula, as a label, or as in the one before."""

import bisect
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from archsmith.elicit.identifiers import MONTHS
from archsmith.elicit.labels import label_of
from archsmith.elicit.lexicon import Lexicon
from archsmith.elicit.phrases import Phrase
from archsmith.elicit.quantity import Quantity
from archsmith.elicit.reading import Reading, Sentence
from archsmith.elicit.verbal import acting, acts, governs

_OPEN = ("(", "[")
_THEM = frozenset("them these those which ones it total whole lot".split())


class Attached(Struct, frozen=True):
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


def attach(sentence: Sentence, quantity: Quantity, before: Attached | None, reading: Reading) -> Attached:
    """The noun that a quantity belongs to. `before` is the attachment of the quantity to the left, if any."""
    lex = reading.lex
    of = per = None
    after = None
    if quantity.kind in ("count", "rate", "odds"):
        after = _after(sentence, quantity, lex)
        if after is not None:
            per = _following(sentence, after.end, "per")
            if quantity.per and (per is None or per.head_word == quantity.per):
                per = _following(sentence, quantity.end, "per")
            return Attached(after, sentence, "after", per=per, end=max(after.end, quantity.mid))
        whole = 2 if _low(sentence, quantity.mid + 1) == "the" else 1
        if _low(sentence, quantity.mid) == "of" and _low(sentence, quantity.mid + whole) in _THEM:
            behind = quantity.mid + whole + 1
            pointing = whole == 1 and behind < len(sentence.tokens)
            named = sentence.phrase_at(behind) if pointing else None
            if named is not None and _low(sentence, quantity.mid + 1) not in ("these", "those"):
                known = named.head_word in lex.groups["team"] or named.head_word in lex.groups["person"]
                named = named if known else None
            if named is not None:
                return Attached(named, sentence, "after", end=named.end)
            earlier = _bracket(sentence, quantity) or _left(sentence, quantity.start)
            return Attached(earlier, sentence, "pronoun", end=quantity.mid + 2)
        shared = _of_the_next(sentence, quantity, lex) if quantity.kind == "count" else None
        if shared is not None:
            return Attached(shared, sentence, "same", end=quantity.end)
        per = _following(sentence, quantity.mid, "per") if quantity.kind == "count" else None
    else:
        of = _following(sentence, quantity.mid, "of")
        per = _following(sentence, quantity.mid, "per")
    bracket = _bracket(sentence, quantity)
    if bracket is not None:
        return Attached(bracket, sentence, "bracket", per=per, of=of, end=quantity.end)
    if quantity.kind == "count" and before is not None and before.phrase is not None and acting(sentence, quantity):
        return Attached(before.phrase, before.owner, "same", per=per, of=of, end=quantity.end)
    label = _label(sentence, quantity)
    if label is not None:
        return Attached(label, sentence, "label", per=per, of=of, end=quantity.end)
    left = _near_left(sentence, quantity, lex)
    if left is not None and quantity.kind == "count" and left.head_word in _PARTS_OF_DAY and before is not None:
        left = None
    if left is not None and before is not None and _of_another(sentence, left, quantity):
        left = None
    if left is not None and (quantity.kind != "count" or _touches(sentence, left, quantity)):
        return Attached(left, sentence, "left", per=per, of=of, end=quantity.end)
    if before is not None and before.phrase is not None:
        return Attached(before.phrase, before.owner, "same", per=per, of=of, end=quantity.end)
    if left is not None:
        return Attached(left, sentence, "left", per=per, of=of, end=quantity.end)
    return Attached(None, None, "heading", per=per, of=of, name=_titled(sentence, reading), end=quantity.end)


def _titled(sentence: Sentence, reading: Reading) -> str:
    """The thing that the column, the row or the heading above names."""
    block = sentence.block
    for text in (block.column, block.row, *block.headings[-1:]):
        noun = label_of(text, reading).noun if text else ""
        if noun:
            return noun
    return ""


def _after(sentence: Sentence, quantity: Quantity, lex: Lexicon) -> Phrase | None:
    """The noun phrase right after a number: adjectives and "of the" are stepped over; a verb is none."""
    tokens = sentence.tokens
    k = quantity.mid
    if k < len(tokens) and tokens[k].low in ("next", "last", "this", "previous", "per"):
        return None
    while k < len(tokens) and (
        tokens[k].tag in ("ADJ", "ADV") or tokens[k].low in ("more", "other", "such", "different")
    ):
        if tokens[k].low in _ASIDE:
            return None
        k += 1
    if k < len(tokens) and tokens[k].low in ("of",) and k + 1 < len(tokens) and tokens[k + 1].tag in ("POSS", "DET"):
        k += 2
        while k < len(tokens) and tokens[k].tag in ("ADJ", "POSS", "DET"):
            k += 1
    if k < len(tokens) and tokens[k].tag == "NOUN" and tokens[k].kind == "word":
        verb = quantity.value != 1 and acts(tokens, k, lex)
        return None if verb else _trimmed(sentence, _from(sentence.phrase_at(k), quantity.mid), lex)
    if k < len(tokens) and tokens[k].tag == "POSS" and tokens[k].owned:
        return sentence.phrase_at(k)
    return None


_ASIDE: Final = frozenset("later now today currently in out up down on off over back away".split())


def _of_the_next(sentence: Sentence, quantity: Quantity, lex: Lexicon) -> Phrase | None:
    """The noun of "from 300 to 5,000 users", which stands behind the second number only."""
    following = next((q for q in sentence.quantities if q.start >= quantity.end), None)
    if following is None or following.kind != "count" or following.start - quantity.end > _JOINT:
        return None
    joined = [t.low for t in sentence.tokens[quantity.end : following.start]]
    if not joined or joined[-1] not in ("to", ">", "→", "then") or "," in joined:
        return None
    return _after(sentence, following, lex)


_JOINT: Final = 3


def _from(phrase: Phrase | None, start: int) -> Phrase | None:
    """The phrase without what belongs to the number: the "odd" of "60-odd suppliers"."""
    if phrase is None or phrase.start >= start or phrase.head < start:
        return phrase
    return replace(phrase, start=start, name=" ".join(phrase.name.split()[start - phrase.end :]))


def _trimmed(sentence: Sentence, phrase: Phrase | None, lex: Lexicon) -> Phrase | None:
    """ "5,000 students log in": after a plural noun a verb is no part of the name."""
    tokens = sentence.tokens
    if phrase is None or phrase.head == phrase.start or phrase.end >= len(tokens):
        return phrase
    plural, verb = tokens[phrase.head - 1], tokens[phrase.head]
    form = lex.forms.get(verb.low)
    if plural.tag != "NOUN" or plural.low == plural.lemma or plural.low in _COMPOUNDING or form is None:
        return phrase
    if tokens[phrase.end].tag not in ("PREP", "ADV", "DET", "NUM", "POSS", "TO", "PRON"):
        return phrase
    name = " ".join([*phrase.name.split()[:-2], plural.lemma])
    return replace(phrase, end=phrase.end - 1, head=phrase.head - 1, name=name, head_word=plural.lemma)


_COMPOUNDING: Final = frozenset("sales goods sports news customs operations systems communications claims".split())


def _following(sentence: Sentence, n: int, word: str) -> Phrase | None:
    """The noun phrase after "per" or "of" that follows at `n`."""
    if _low(sentence, n) in ((word, "a", "each", "/") if word == "per" else (word,)):
        phrase = sentence.phrase_at(n + 1) if n + 1 < len(sentence.tokens) else None
        acts = phrase is not None and phrase.end < len(sentence.tokens) and _low(sentence, n) == "a"
        finite = acts and phrase is not None and sentence.tokens[phrase.end].tag in ("AUX", "MODAL")
        return None if finite else phrase
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
                inner = next((p for p in reversed(sentence.phrases) if p.end == close), None)
                return _whole(sentence, inner, quantity) if inner is not None else None
            depth -= 1
    return None


def _whole(sentence: Sentence, inner: Phrase, quantity: Quantity) -> Phrase:
    """ "Officers at the colleges (1,100)": a bare number in the bracket counts the first of the two plural things."""
    at = inner.start - 1
    if quantity.kind != "count" or at < 1 or _low(sentence, at) not in ("at", "in", "from"):
        return inner
    outer = next((p for p in reversed(sentence.phrases) if p.end == at), None)
    closed = _low(sentence, quantity.mid) == ")"
    many = outer is not None and sentence.tokens[outer.head].low != outer.head_word
    return outer if outer is not None and many and closed else inner


def _label(sentence: Sentence, quantity: Quantity) -> Phrase | None:
    """ "Engineers: 16 in two teams", "Click event: 600 bytes": a short label before a colon."""
    tokens = sentence.tokens
    for k in range(quantity.start - 1, max(-1, quantity.start - 4), -1):
        if tokens[k].low in (":", "=", "→") and k <= 6:
            label = next((p for p in reversed(sentence.phrases) if p.end <= k and p.end >= k - 2), None)
            times = label is not None and quantity.kind == "count" and label.head_word in _PARTS_OF_DAY
            return None if times else label
        if tokens[k].tag not in ("ADV", "PREP", "DET", "ADJ"):
            break
    return None


_PARTS_OF_DAY: Final = frozenset(
    "evening morning night afternoon weekend weekday noon weeknight saturday sunday".split()
)
"""Times that a label gives for a number whose noun stands before: "Normal evening: 4,500"."""


def _near_left(sentence: Sentence, quantity: Quantity, lex: Lexicon) -> Phrase | None:
    """The noun phrase left of the number in its clause, over a verb or a preposition: "a mail is 75 KB"."""
    tokens = sentence.tokens
    at = bisect.bisect_left(sentence.quantities, quantity.start, key=lambda q: q.core)
    beside = sentence.quantities[max(0, at - 14) : at + 1]
    for k in range(quantity.start - 1, max(-1, quantity.start - 14), -1):
        if tokens[k].low in (",", ";", ".") and k < quantity.start - 1:
            return None
        if any(x.core <= k < x.mid for x in beside):
            continue
        named = tokens[k].tag == "NOUN" and tokens[k].kind == "word" and not _is_time(tokens[k].lemma)
        if named and not governs(tokens, k, lex):
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


def _of_another(sentence: Sentence, left: Phrase, quantity: Quantity) -> bool:
    """ "The depots hold 3,400 pallets, the yard 900": the one thing before the number has what was counted before."""
    one = sentence.tokens[left.head].low == left.head_word and _low(sentence, left.start) == "the"
    listed = left.start > 0 and _low(sentence, left.start - 1) in (",", ";", "and")
    closed = quantity.mid >= len(sentence.tokens) or sentence.tokens[quantity.mid].tag == "MARK"
    return quantity.kind == "count" and one and listed and closed and left.end == quantity.start


def _low(sentence: Sentence, n: int) -> str:
    return sentence.tokens[n].low if 0 <= n < len(sentence.tokens) else ""
