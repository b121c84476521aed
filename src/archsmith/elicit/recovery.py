"""Recovery: which span is what may be lost (RPO) and which is the time to be back (RTO)."""

from typing import Final

from archsmith.elicit.numbers import Found, of_role
from archsmith.elicit.units import seconds
from archsmith.elicit.words import Token
from archsmith.kernel.provenance import Fact
from archsmith.kernel.units import Seconds
from archsmith.model.requirements import NumberRole

_POINT: Final = frozenset("rpo point lose loses losing lost loss".split())
_TIME: Final = frozenset(
    "rto restore restores restored restoring recover recovers recovered back again resume resumed running up online"
    " on-line working operational reinstated rebuilt rebuild".split()
)
_NAMED: Final = {"rpo": "rpo", "rto": "rto"}


def recovery_point(numbers: list[Found]) -> Fact[Seconds] | None:
    """The data that may be lost, as a span."""
    return _first(numbers, "rpo")


def recovery_time(numbers: list[Found]) -> Fact[Seconds] | None:
    """The time to be back."""
    return _first(numbers, "rto")


def _first(numbers: list[Found], kind: str) -> Fact[Seconds] | None:
    for f in of_role(numbers, NumberRole.RECOVERY):
        if f.number.unit != "percent" and kind_of(f) == kind:
            return Fact(value=Seconds(seconds(f.number.value, f.number.unit)), why=f.number.why)
    return None


def kind_of(f: Found) -> str:
    """The nearest word of loss or of return: to the left first, then to the right; a table row names it."""
    c = f.context
    tokens = c.sentence.tokens
    start, end = c.quantity.start, c.quantity.end
    listed = _listed(f)
    if listed:
        return listed
    left = _nearest(list(reversed(tokens[c.first : start])))
    right = _nearest(tokens[end : c.last])
    if left in _NAMED.values() and any(t.low in _NAMED for t in tokens[c.first : start]):
        return next(_NAMED[t.low] for t in reversed(tokens[c.first : start]) if t.low in _NAMED)
    row = _nearest_word(list(c.headings)) if c.sentence.block.kind == "cell" else ""
    return row or left or right or _told(tokens[:start]) or _nearest_word(list(c.headings))


def _listed(f: Found) -> str:
    """The "RTO/RPO: 4h/15min" of names side by side: the spans follow in their order."""
    sentence = f.context.sentence
    named = [n for n, t in enumerate(sentence.tokens) if t.low in _NAMED]
    if len(named) != 2 or named[1] - named[0] != 2 or sentence.tokens[named[0] + 1].low not in ("/", "and", "&"):
        return ""
    spans = [q.start for q in sentence.quantities if q.kind == "time" and q.start > named[1]]
    at = f.context.quantity.start
    return _NAMED[sentence.tokens[named[spans.index(at)]].low] if at in spans[:2] and len(spans) > 1 else ""


def _told(tokens: list[Token]) -> str:
    """Further left in the sentence, where the clause itself names neither."""
    return _nearest(list(reversed(tokens)))


def _nearest(tokens: list[Token]) -> str:
    return _nearest_word([t.low for t in tokens])


def _nearest_word(words: list[str]) -> str:
    for n, w in enumerate(words):
        if w in _POINT:
            return "rpo"
        if w in _TIME or (w == "time" and "recovery" in words[max(0, n - 1) : n + 2]):
            return "rto"
    return ""
