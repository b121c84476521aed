"""The words around a number: the smallest stretch of the brief that another item quotes and that holds the number."""

import re
from collections.abc import Callable, Hashable
from typing import Final, TypeVar, cast

from msgspec import Struct

from archsmith.derive.quantities import PERIODS
from archsmith.derive.words import NUMBER_WORDS, a_number
from archsmith.kernel.inflect import singular
from archsmith.kernel.provenance import Provenance, Span, Stated
from archsmith.model.requirements import Requirements

T = TypeVar("T")

_TENS: Final = (
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-(?:one|two|three|four|five|six|seven|eight|nine)"
)
_WORDS: Final = "|".join((_TENS, *sorted(NUMBER_WORDS, key=len, reverse=True)))
_NUM: Final = rf"(\d[\d,]{{0,12}}(?:\.\d{{1,3}})?|{_WORDS})"
_UNIT: Final = r"(seconds?|secs?|minutes?|mins?|hours?|hrs?|h|days?|weeks?)"
_WITHIN: Final = re.compile(
    r"\b(?:in|within|over|during|inside|for|takes?|lasts?)\s+(?:the\s+|its\s+)?"
    r"((?:best|busiest|first|last|peak|final|opening|next|only|just|about|around|under|less than|same|very|single)\s+)"
    r"{0,2}"
    rf"{_NUM}[\s-]{_UNIT}\b"
)
_BUSIEST: Final = re.compile(r"\b(?:best|busiest|peak|rush|worst)\s+(second|minute|hour)\b")
_CLOCK: Final = re.compile(
    r"(?:\b(?:between|from)\s+|(?=\d{1,2}[:.h]\d{2}\s*[-–]))(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?\s*(?:and|to|until|till|-|–)\s*"
    r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?\b"
)


class Window(Struct, frozen=True):
    """A stretch of time named in the text: how long, in which words, and where these stand in it."""

    seconds: float
    words: str
    start: int


class Context:
    """Finds the sentence around a span among all that the requirements quote."""

    def __init__(self, requirements: Requirements) -> None:
        spans: dict[int, list[Span]] = {}
        items: list[Provenance] = [
            *(r.why for r in requirements.requirements),
            *(o.why for o in requirements.operations),
            *(m.why for m in requirements.mentions),
            *(n.why for n in requirements.numbers),
            *(x.why for x in requirements.excluded),
        ]
        for why in items:
            if isinstance(why, Stated):
                for line in range(why.at.line, min(why.at.end_line, why.at.line + 20) + 1):
                    spans.setdefault(line, []).append(why.at)
        self._by_line = {line: tuple(dict.fromkeys(found)) for line, found in spans.items()}
        self._known: dict[Hashable, object] = {}
        self._beside = {n.why.at: n.sentence for n in requirements.numbers if n.sentence and isinstance(n.why, Stated)}

    def once(self, key: Hashable, work: Callable[[], T]) -> T:
        """What `work` gives for this key in this reading, worked out the first time that it is asked for."""
        if key not in self._known:
            self._known[key] = work()
        return cast("T", self._known[key])

    def around(self, why: Provenance) -> str:
        """The widest quoted sentence that holds this place, in lower case; the place's own quote where none does."""
        if not isinstance(why, Stated):
            return ""
        own = why.at
        best = self._beside.get(own, own.quote)
        for span in self._by_line.get(own.line, ()):
            if _holds(span, own) and len(best) < len(span.quote) <= 600:
                best = span.quote
        return " ".join(best.lower().split())

    def sides(self, why: Provenance) -> tuple[str, str]:
        """The words before and after a place in its sentence, in lower case; both empty where no sentence is quoted."""
        if not isinstance(why, Stated) or not why.at.quote.strip():
            return "", ""
        quote = " ".join(why.at.quote.lower().split())
        head, _, tail = self.around(why).partition(quote)
        return head, tail

    @property
    def sentences(self) -> tuple[str, ...]:
        """All quoted stretches, in lower case and in their order."""
        found = dict.fromkeys(span for line in sorted(self._by_line) for span in self._by_line[line])
        quotes = dict.fromkeys([*(span.quote for span in found), *self._beside.values()])
        return tuple(" ".join(quote.lower().split()) for quote in quotes)

    def place(self, words: str) -> Stated | None:
        """The first quoted stretch that holds these words, which are in lower case."""
        spans = (span for line in sorted(self._by_line) for span in self._by_line[line])
        said = [*((span, span.quote) for span in spans), *self._beside.items()]
        found = next((span for span, quote in said if words in " ".join(quote.lower().split())), None)
        return Stated(at=found) if found is not None else None

    def near(self, why: Provenance, lines: int = 0) -> str:
        """All that is quoted on the line of a place (and up to `lines` after it), joined."""
        if not isinstance(why, Stated):
            return ""
        found: dict[str, None] = {}
        for line in range(why.at.line, why.at.line + lines + 1):
            for span in self._by_line.get(line, ()):
                found[span.quote] = None
        return " ".join(" | ".join(found).lower().split())


def windows(text: str) -> tuple[Window, ...]:
    """The stretches of time in a lower-case text, in its order.

    >>> [w.seconds for w in windows("45,000 in the best ten minutes, all between 9:45 and 10:30")]
    [600.0, 2700.0]
    """
    found: list[Window] = []
    for match in _WITHIN.finditer(text):
        count, unit = a_number(match[2]), singular(match[3])
        if count and unit in PERIODS:
            found.append(Window(count * PERIODS[unit], match[0], match.start()))
    found.extend(Window(PERIODS[m[1]], m[0], m.start()) for m in _BUSIEST.finditer(text))
    found.extend(clock_windows(text))
    return tuple(sorted(found, key=lambda w: w.start))


def clock_windows(text: str) -> tuple[Window, ...]:
    """The stretches between two times of the day in a lower-case text.

    >>> [w.seconds for w in clock_windows("most of it between 6 and 8 in the morning, some from 17:00 to 17:30")]
    [7200.0, 1800.0]
    """
    found: list[Window] = []
    for match in _CLOCK.finditer(text):
        begin, end = _clock(match[1], match[2], match[3] or match[6]), _clock(match[4], match[5], match[6])
        length = (end - begin) % 86_400
        if begin < 86_400 and end <= 86_400 and length:
            found.append(Window(length, match[0], match.start()))
    return tuple(found)


def _clock(hour: str, minute: str | None, half: str | None) -> float:
    value = int(hour) * 3600.0 + int(minute or 0) * 60.0
    if half == "pm" and int(hour) < 12:
        value += 43_200
    return value


def _holds(outer: Span, inner: Span) -> bool:
    return (outer.file, outer.line, outer.column) <= (inner.file, inner.line, inner.column) and (
        outer.end_line,
        outer.end_column,
    ) >= (inner.end_line, inner.end_column)
