"""Whether a number is one of today or one to plan for: what a word of the present or of the future governs."""

import bisect
from typing import Final

from archsmith.elicit.context import Context, Said
from archsmith.elicit.reading import Sentence
from archsmith.elicit.shared import looked_back
from archsmith.elicit.words import Token
from archsmith.model.requirements import NumberRole, NumberStatus

_TIMELESS: Final = frozenset(
    {NumberRole.TEAM, NumberRole.BUDGET, NumberRole.RETENTION, NumberRole.LATENCY, NumberRole.DEADLINE}
    | {NumberRole.LIMIT, NumberRole.RECOVERY, NumberRole.AVAILABILITY, NumberRole.GROWTH}
)
_COUNTED: Final = frozenset({NumberRole.LOAD, NumberRole.POPULATION})
_NEAR: Final = frozenset("now today currently current already present presently existing".split())
_NOW: Final = frozenset("now today currently presently nowadays".split())
_NOW_PHRASES: Final = (
    "at present", "at the moment", "at this moment", "right now", "so far", "these days", "to date", "as of now",
    "as is", "as-is", "as it stands", "as it is", "just now", "status quo", "for the time being", "up to now",
    "until now", "as things stand", "where we are", "where we stand", "how things stand",
)  # fmt: skip
_PHRASES: Final = {
    first: tuple(p.split() for p in _NOW_PHRASES if p.split()[0] == first)
    for first in {p.split()[0] for p in _NOW_PHRASES}
}
_SITUATION: Final = frozenset(
    "situation state setup set-up system process figures numbers volumes volume load landscape operation business"
    " position practice operations use usage".split()
)
_AHEAD: Final = frozenset(
    "will would could might expect expects expected plan plans planned planning hope hopes aim aims target targets"
    " forecast forecasts anticipate later soon eventually future become becomes reach reaches reckon projected ambition"
    " goal goals next grow grows growing".split()
)
_DUTY: Final = frozenset("must shall should need needs want wants has_to have_to".split())
_HORIZON: Final = frozenset("year years month months quarter quarters season".split())


def status_of(c: Context, said: Said) -> NumberStatus:
    """Current, where a word of the present governs the number and none of the future; else a target."""
    q = c.quantity
    tokens = c.sentence.tokens
    column = set(c.sentence.block.column.lower().split())
    if said.role in _COUNTED and looked_back(c):
        return NumberStatus.CURRENT
    if column & {"today", "now", "current", "currently"}:
        return NumberStatus.CURRENT
    if q.kind == "money" and _of_today(c):
        return NumberStatus.CURRENT
    if said.role in _TIMELESS - {NumberRole.LIMIT}:
        return NumberStatus.TARGET
    near = _beside(tokens, max(c.first, q.start - 3), q.start, min(c.last, q.end + 4), q.end)
    if _NEAR & set(near) and "not" not in near and not _future_between(c):
        return NumberStatus.CURRENT
    if [t.low for t in tokens[:2]] == ["status", "quo"] or (c.sentence.scope.story and c.heading("now")):
        return NumberStatus.CURRENT
    if _starts(tokens, q.end) and said.role in _COUNTED:
        return NumberStatus.CURRENT
    early = {t.low for t in tokens[max(0, q.start - _FAR) : q.start]}
    if "pilot" in early and "had" in early and said.role in _COUNTED:
        return NumberStatus.CURRENT
    if c.has("pilot", "so far", "works") and (c.past() or c.has("works")) and said.role is NumberRole.LOAD:
        return NumberStatus.CURRENT
    counted = said.role in _COUNTED or (said.role is NumberRole.SIZE and q.kind == "count")
    if counted and (_governed(c) or _under_present(c)):
        return NumberStatus.CURRENT
    if q.kind == "percent" and any(t.low in ("not", "never") for t in tokens[q.end : q.end + 3]):
        return NumberStatus.CURRENT
    return NumberStatus.TARGET


def _of_today(c: Context) -> bool:
    """ "The current bill is 212k a month", "today we pay 31k for hosting": a sum of today, and no word of duty."""
    marks = _marks(c.sentence, c.first, c.last)
    adjective = any(
        t.low in ("current", "present", "existing")
        and n + 1 < c.last
        and c.sentence.tokens[n + 1].tag in ("NOUN", "ADJ")
        for n, t in enumerate(c.sentence.tokens[c.first : c.quantity.start], c.first)
    )
    now = adjective or any(kind == "now" for _, kind in marks)
    return now and not any(kind in ("ahead", "duty") for _, kind in marks)


def _beside(tokens: list[Token], first: int, start: int, last: int, end: int) -> list[str]:
    """The words beside a number that no mark and no "to" parts from it: "today", "(now)"."""
    before: list[str] = []
    for t in reversed(tokens[first:start]):
        if (t.tag == "MARK" and t.low not in (":", "(", "~")) or t.low in ("to", "then"):
            break
        before.append(t.low)
    after: list[str] = []
    for n in range(end, last):
        low = tokens[n].low
        closed = low == "(" and n + 2 < len(tokens) and tokens[n + 2].low == ")"
        if (tokens[n].tag == "MARK" and low not in ("/",) and not closed) or low in ("to", "then"):
            break
        after.append(low)
    return before + after


_GROWS: Final = frozenset("grow rise increase jump climb expand scale".split())


def _starts(tokens: list[Token], n: int) -> bool:
    """ "1,400 going to 5,000", "from 300 to 5,000": where a growth begins."""
    low = [t.low for t in tokens[n : n + 3]]
    if low[:1] == ["to"] and n + 1 < len(tokens) and tokens[n + 1].tag == "NUM":
        return any(t.lemma in _GROWS for t in tokens[max(0, n - 6) : n])
    return low[:2] in (["going", "to"], ["growing", "to"], ["rising", "to"], ["increasing", "to"], ["heading", "for"])


def ahead(c: Context) -> bool:
    """Whether a word of the future governs the number: "we expect 90,000", "80,000 by 2028", "then 3,000 next year"."""
    tokens = c.sentence.tokens
    start, end = c.quantity.start, c.quantity.end
    before, after = _marks(c.sentence, max(0, start - _FAR), start), _marks(c.sentence, end, min(c.last, end + _FAR))
    if before and before[-1][1] == "ahead":
        return True
    if not after or after[0][1] != "ahead" or not _joined(tokens, end, after[0][0]):
        return False
    return not any(x.kind == "count" and end <= x.core < after[0][0] for x in c.sentence.quantities) or not _listed(
        tokens, end, after[0][0]
    )


def _listed(tokens: list[Token], start: int, stop: int) -> bool:
    """Whether a comma or a semicolon parts a number from a mark that another number stands beside."""
    return any(t.low in (",", ";") for t in tokens[start:stop])


def _governed(c: Context) -> bool:
    """The nearest mark before the number, else the first one behind it in its list, is one of the present."""
    tokens = c.sentence.tokens
    q = c.quantity
    before = _marks(c.sentence, _clause_start(tokens, q.start), q.start)
    after = _marks(c.sentence, q.end, min(len(tokens), q.end + _FAR))
    later = next((kind for at, kind in after if at < q.end + 6 and _joined(tokens, q.end, at)), "")
    if before:
        return before[-1][1] == "now" and later != "ahead"
    return bool(after) and after[0][1] == "now" and _told_of(tokens, q.end, after[0][0])


def _clause_start(tokens: list[Token], n: int) -> int:
    """The start of the run of words around `n`: a semicolon or a full stop ends it."""
    least = max(0, n - _FAR)
    while n > least and tokens[n - 1].low not in (";", ".", "•", "|"):
        n -= 1
    return n


def _joined(tokens: list[Token], start: int, stop: int) -> bool:
    """Whether only nouns, numbers and small words stand between: no verb, no other clause."""
    return not any(
        t.low in (";", ".", "but") or t.tag in ("MODAL", "AUX") or (t.tag == "VERB" and t.form in ("base", "past", "s"))
        for t in tokens[start:stop]
    )


def _told_of(tokens: list[Token], start: int, stop: int) -> bool:
    """Whether the number's own clause goes on to the mark: "612,000 have some form of meter today"."""
    apart = any(
        t.low in (";", ".", "but", ",", "(")
        or t.tag in ("MODAL", "NUM", "SUB")
        or (t.tag == "VERB" and t.form == "past")
        for t in tokens[start:stop]
    )
    return _joined(tokens, start, stop) or (not apart and stop - start <= _NEAR_BY)


_NEAR_BY: Final = 9
_FAR: Final = 80
"""Words beyond which none governs a number: sentences of hostile input have no end."""


def _future_between(c: Context) -> bool:
    """ "now 40, later 900": the 900 has its own word."""
    before = _marks(c.sentence, c.first, c.quantity.start)
    return bool(before) and before[-1][1] in ("ahead", "duty")


def _marks(sentence: Sentence, start: int, stop: int) -> list[tuple[int, str]]:
    """The words of time and duty from `start` up to `stop`, with their places: now, ahead or duty."""
    if _NOTED not in sentence.noted:
        sentence.noted[_NOTED] = _all_marks(sentence.tokens)
    marks = sentence.noted[_NOTED]
    return marks[bisect.bisect_left(marks, (start, "")) : bisect.bisect_left(marks, (stop, ""))]


_NOTED: Final = "time"


def _all_marks(near: list[Token]) -> list[tuple[int, str]]:
    low = [t.low for t in near]
    out: list[tuple[int, str]] = []
    for n in range(len(near)):
        if (
            (
                low[n] in _NOW
                and low[max(0, n - 1) : n] not in (["not"], ["from"], ["by"], ["for"])
                and low[n + 1 : n + 2] != ["and"]
            )
            or any(low[n : n + len(p)] == p for p in _PHRASES.get(low[n], ()))
            or _situation(low, n)
        ):
            out.append((n, "now"))
        elif low[n] in _AHEAD or _dated(near, n):
            out.append((n, "ahead"))
        elif low[n] in _DUTY or (low[n] in ("has", "have") and low[n + 1 : n + 2] == ["to"]):
            out.append((n, "duty"))
    return out


def _situation(low: list[str], n: int) -> bool:
    return low[n] in ("current", "existing", "present") and low[n + 1 : n + 2] != [] and low[n + 1] in _SITUATION


def _dated(tokens: list[Token], n: int) -> bool:
    """ "by 2028", "by the end of next year", "in three years", "by year three", "within two seasons"."""
    low = [t.low for t in tokens[n : n + 5]]
    if low[0] == "by" and len(low) > 1:
        return bool((low[1].isdigit() and len(low[1]) == 4) or {"end", "year", "summer", "spring"} & set(low[1:4]))
    if low[0] == "in" and len(low) > 2 and (tokens[n + 1].tag == "NUM" or tokens[n + 1].kind == "num"):
        return low[2] in _HORIZON
    return low[0] in ("in", "after") and "first" in low[1:3] and bool(_HORIZON & set(low[2:4]))


def _under_present(c: Context) -> bool:
    """A heading or a lead of the present ("How it works today", "Current situation") over a sentence without future."""
    words = list(c.headings)
    told = any(
        (w in _NOW and words[max(0, n - 1) : n] != ["not"])
        or any(words[n : n + len(p)] == p for p in _PHRASES.get(w, ()))
        or _situation(words, n)
        for n, w in enumerate(words)
    )
    return told and not any(kind in ("ahead", "duty") for _, kind in _marks(c.sentence, c.first, c.last))
