"""Which of two figures for one thing the brief itself takes back: by the words around them, or by the age of a"
" mail."""

import bisect
import re
from typing import Final

from archsmith.elicit.numbers import Found
from archsmith.elicit.reading import Reading, Sentence

_OLD: Final = re.compile(
    r"\b(?:in the slides|the slides|slide deck|it says|says|said|the (?:old|earlier|previous|first"
    r"|original) (?:figure|number"
    r"|plan|version|paper|offer|draft|estimate|brief)|used to|previously|formerly|earlier we|outdated"
    r"|out of date|wrong"
    r"|incorrect|typo|that includes|which includes|including inactive|no longer|obsolete|superseded|the brochure"
    r"|marketing (?:says|claims)|original(?:ly)?|was (?:meant|planned)|at first we (?:thought|assumed|wrote)"
    r"|(?:thinks|believes|claims|reckons|swears)\b[^.;]*\bbut)\b",
    re.I,
)
"""Words of a sentence whose figure does not hold (any more)."""
_NEW: Final = re.compile(
    r"\b(?:correction|corrigendum|erratum|i (?:really )?mean[t]?|scratch that|sorry"
    r""
    r"|(?:has|have) (?:since |now |meanwhile )?(?:changed|been (?:raised|cut|lowered|reduced|increased|moved|corrected"
    r"|revised|agreed))|revised|updated? (?:figure|number|estimate|to)|replaces|forget (?:what|that|the|about|my)"
    r"|disregard|since then|(?:is|are) now|we (?:now|meanwhile) (?:expect|plan|assume|have|reckon|agreed)"
    r"|new (?:figure"
    r"|number|estimate|target)|on second thought|should (?:have )?read|better (?:figure|number)"
    r"|checked (?:again|with))\b"
    r"|^\W*(?:update|edit|ps|p\.s\.|nb|make (?:that|it))\b",
    re.I,
)
"""Words of a later sentence whose figure replaces an earlier one."""
_TURN: Final = re.compile(r"\b(?:no|sorry|correction|i mean|make that|actually|scratch that|rather)\b[\s,:–—-]*", re.I)
"""Between two figures of a sentence: the second replaces the first."""
_REPLY: Final = re.compile(
    r"^(?:-{2,} ?original message|_{5,}|on .{4,80} wrote:|am .{4,80} schrieb|-{2,} ?forwarded)", re.I | re.M
)
_SENDER: Final = re.compile(r"^[ \t>*]*(?:from)[ \t*]*:[ \t*]*\S", re.I | re.M)
_DATED: Final = re.compile(
    r"^[ \t>*]*(?:date|sent)[ \t]*:[ \t*]*(?:\w{3,9},?[ \t]+)?(?:(?P<iso>\d{4}-\d\d-\d\d)|(?P<day>\d{1,2})\.?[ \t]+"
    r"(?P<month>[a-z]{3,9})\.?,?[ \t]+(?P<year>\d{4})"
    r"|(?P<month2>[a-z]{3,9})\.?[ \t]+(?P<day2>\d{1,2}),?[ \t]+(?P<year2>\d{4}))",
    re.I | re.M,
)
_LINE: Final = 200
"""Characters that are looked back for the start of a line."""
_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()


class Ages:
    """Which parts of a mail thread are older than others."""

    def __init__(self, reading: Reading) -> None:
        """Finds the headers and the marks of quoted mails once."""
        self.text = reading.source.text
        reply = _REPLY.search(self.text)
        self.replied = reply.start() if reply else len(self.text)
        dated = [(m.start(), _date(m)) for m in _DATED.finditer(self.text)]
        self.dated = [(at, date) for at, date in dated if date] if len(dated) > 1 else []
        if not self.dated and reply is None:  # a thread without dates is told in its order
            mails = [m.start() for m in _SENDER.finditer(self.text)]
            self.dated = [(at, f"{n:06d}") for n, at in enumerate(mails)] if len(mails) > 2 else []

    @property
    def single(self) -> bool:
        """Whether the brief is one text, and no thread of mails."""
        return not self.dated

    def older(self, a: Found, b: Found) -> Found | None:
        """The one of two that stands in the older mail, or None where both stand in one or no date is known."""
        first, second = self._age(a.context.sentence), self._age(b.context.sentence)
        return None if first == second else a if first < second else b

    def older_than(self, one: Sentence, two: Sentence) -> bool:
        """Whether a sentence stands in an older mail than another."""
        return self._age(one) < self._age(two)

    def _age(self, sentence: Sentence) -> tuple[int, str]:
        """Sortable, older first: 0 for quoted words, 1 for the writer's own; then the date of the mail."""
        piece = sentence.block.piece
        at = piece.at[min(sentence.start, len(piece.at) - 1)] if piece.at else 0
        line = self.text.rfind("\n", max(0, at - _LINE), at) + 1
        mail = bisect.bisect_right(self.dated, at, key=lambda row: row[0]) - 1
        date = self.dated[mail][1] if mail >= 0 else ""
        quoted = self.text[line:at].lstrip().startswith(">") or (not self.dated and at >= self.replied)
        return (0 if quoted else 1), date


def _date(found: re.Match[str]) -> str:
    """As YYYY-MM-DD, or the empty string for a month that there is not."""
    if found["iso"]:
        return found["iso"]
    name = (found["month"] or found["month2"])[:3].lower()
    if name not in _MONTHS:
        return ""
    year, day = found["year"] or found["year2"], found["day"] or found["day2"]
    return f"{year}-{_MONTHS.index(name) + 1:02d}-{int(day):02d}"


def taken_back(a: Found, b: Found, ages: Ages) -> Found | None:
    """The one of two figures that the brief takes back; `a` stands before `b`."""
    one, two = a.context.sentence, b.context.sentence
    text = two.block.piece.text
    if one is two:
        end = one.tokens[a.context.quantity.end - 1].end
        return a if _TURN.search(text[end : _start(b)]) else None
    old = [f for f in (a, b) if _OLD.search(f.context.sentence.text)]
    if len(old) == 1:
        return old[0]
    if _NEW.search(two.text) and not _NEW.search(one.text):
        return a
    return ages.older(a, b)


def _start(f: Found) -> int:
    """Where the figure begins in the text of its block."""
    return f.context.sentence.tokens[f.context.quantity.start].start
