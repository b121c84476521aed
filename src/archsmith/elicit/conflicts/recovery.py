"""What may be lost after a disaster, against how often the data is copied."""

import re
from collections.abc import Iterator
from typing import Final

from archsmith.elicit.conflicts.rule import Matter, Rule
from archsmith.elicit.numbers import of_role
from archsmith.elicit.reading import Sentence
from archsmith.elicit.recovery import kind_of
from archsmith.elicit.units import seconds
from archsmith.kernel.provenance import Span
from archsmith.model.requirements import Conflict, NumberRole

_NOTHING: Final = re.compile(
    r"\b(?:no|zero|without(?: any)?|never any|not any) (?:data ?loss|loss of (?:data|orders|payments"
    r"|transactions|bookings))\b"
    r"|\brpo (?:of |is |= ?|: ?)?(?:zero|none)\b"
    r"|\b(?:not|never|must not|cannot|can't|may not) (?:ever )?(?:lose|losing) (?:a single|any|even one|one) \w+"
    r"|\bnot (?:a|one) (?:single )?\w+ (?:may|must|can|shall) (?:ever )?be lost\b",
    re.I,
)
_EVERY: Final = {
    "hourly": 3600.0, "hour": 3600.0,
    "nightly": 86_400.0, "daily": 86_400.0, "overnight": 86_400.0, "night": 86_400.0, "nights": 86_400.0,
    "day": 86_400.0,
    "weekly": 604_800.0, "week": 604_800.0, "weekend": 604_800.0, "monthly": 2.63e6, "month": 2.63e6,
}  # fmt: skip
_COPY: Final = frozenset("backup backups back-up back-ups dump dumps snapshot snapshots backed".split())
_BESIDE: Final = frozenset(
    "replica replicas replicated replication standby wal log-shipping continuous synchronous".split()
)
"""Words that say that the backup is not the only copy."""


def _backup(matter: Matter, rule: Rule) -> Iterator[Conflict]:
    """A copy every so often loses what came after it."""
    point = _point(matter)
    if point is None:
        return
    allowed, where = point
    for sentence in matter.wanted():
        every = _interval(sentence)
        if every is not None and every > allowed and not sentence.words & _BESIDE:
            yield rule.conflict(
                where,
                sentence.span(),
                f"keeps the limit on loss ({_span(allowed)}) and ships the log continuously: a copy every"
                f" {_span(every)}"
                " alone can lose all that came after it; the copies stay as a second line",
            )
            return


def _point(matter: Matter) -> tuple[float, Span] | None:
    for f in of_role(matter.found, NumberRole.RECOVERY):
        if f.number.unit != "percent" and kind_of(f) == "rpo":
            return seconds(f.number.value, f.number.unit), f.context.sentence.span()
    return next(((0.0, s.span()) for s in matter.wanted() if _NOTHING.search(s.text)), None)


def _interval(sentence: Sentence) -> float | None:
    """Seconds between two backups, where the sentence says how often they are made."""
    low = [t.low for t in sentence.tokens]
    at = [n for n, w in enumerate(low) if w in _COPY or (w == "back" and low[n + 1 : n + 2] == ["up"])]
    if not at:
        return None
    near = range(max(0, at[0] - 5), min(len(low), at[-1] + 7))
    for q in sentence.quantities:
        if q.kind in ("interval", "rate") and q.start in near and q.unit not in ("", "times"):
            return seconds(q.value, q.unit)
    for n in near:
        word = low[n]
        fixed = word in ("hourly", "nightly", "daily", "weekly", "monthly", "overnight")
        if word in _EVERY and (fixed or (n and low[n - 1] in ("every", "each", "per", "a", "once", "at"))):
            return _EVERY[word]
    return None


def _span(span: float) -> str:
    for name, length in (("days", 86_400.0), ("hours", 3600.0), ("minutes", 60.0)):
        if span >= length:
            return f"{span / length:g} {name if span > length else name[:-1]}"
    return f"{span:g} seconds" if span else "none"


BACKUP: Final = Rule(
    "CFL111", "loss of data and backups", "What came after the last copy is lost with the original.", _backup
)
