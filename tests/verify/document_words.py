"""Whether a row of a table says what one element of the model says: every number, every name, and no word besides.

A cell is not written a second time here: it is read. Its words have to stand in the element, or in the names of what
the element refers to; its numbers have to be some of the element's, as exactly as they are shown and in their unit;
what else stands there is the small vocabulary of the table.
"""

import functools
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, NamedTuple, TypeVar, cast

Json = Any
T = TypeVar("T")
_TOKEN: Final = re.compile(r"[A-Z]{1,4}-\d+\b|\d+(?:,\d{3})*(?:\.\d+)?(?!\w)|[^\W_]+")
_UNIT: Final = re.compile(r"\s?(%|/(?:s|day|month|h)\b|[A-Za-z]+\b)(/(?:s|day|month)\b)?")
_MONTH: Final = 2_630_000.0
_DAYS: Final = 29
_HALF: Final = 0.25
"""Days of work are shown by halves."""
_MORE: Final = re.compile(r"\s(?:and\s)?more\b")
"""After a number of things that found no room."""
_PART: Final = re.compile(r"[^“”]+")
"""Between the marks of a quotation."""
_ID_MAX: Final = 200
"""Characters of the longest id; longer texts refer to nothing."""
_UNITS: Final[Mapping[str, tuple[float, ...]]] = {
    "%": (0.01,),
    "/s": (1.0,),
    "/day": (1 / 86_400,),
    "/month": (1 / _MONTH,),
    "ms": (1e-3,),
    "s": (1.0,),
    "min": (60.0,),
    "h": (1.0, 3600.0),
    "d": (1.0, 86_400.0),
    "day": (1.0, 86_400.0),
    "days": (1.0, 86_400.0),
    "month": (1.0,),
    "months": (1.0,),
    "year": (1.0, 12.0),
    "years": (1.0, 12.0),
    "B": (1.0,),
    "kB": (1e3,),
    "MB": (1e6,),
    "GB": (1e9, 1.0),
    "TB": (1e12, 1.0),
    "PB": (1e15,),
    "MiB": (2.0**20,),
    "GiB": (2.0**30,),
    "million": (1e6,),
    "billion": (1e9,),
    "trillion": (1e12,),
}
"""What a number is times, by the word after it: seconds, bytes, events a second, months, or the figure itself."""


@dataclass
class Support:
    """What may be said of an element: words, folded, numbers, and those of its texts with the word before or after."""

    words: set[str] = field(default_factory=set)
    numbers: set[float] = field(default_factory=set)
    quoted: set[tuple[str, str]] = field(default_factory=set)

    def add(self, value: Json) -> list[str | float]:
        """Takes up a value of design.json with all that is in it, which it returns."""
        leaves = _leaves(value)
        for leaf in leaves:
            if isinstance(leaf, str):
                words, quoted = _said(leaf)
                self.words |= words
                self.quoted |= quoted
            else:
                self.numbers.add(abs(float(leaf)))
        return leaves

    @cached_property
    def sorted(self) -> list[float]:
        """The numbers, to be searched; nothing is added any more."""
        return sorted(self.numbers)


class Model:
    """design.json, and what its ids stand for."""

    def __init__(self, design: Json) -> None:
        self.design = design
        self._objects: dict[str, list[Json]] = {}
        self._named: dict[str, Support] = {}
        self._kept: dict[object, object] = {}
        todo = [design]
        while todo:
            inner = todo.pop()
            if isinstance(inner, dict):
                if isinstance(inner.get("id"), str):
                    self._objects.setdefault(inner["id"], []).append(inner)
                inner = inner.values()
            todo.extend(x for x in inner if isinstance(x, dict | list))

    def _name(self, ident: str) -> Support:
        """How what has this id is called, and its figures."""
        if ident not in self._named:
            found = self._named[ident] = Support()
            for each in self._objects[ident]:
                found.add([_plain(v) for k, v in each.items() if k not in ("why", "reason", "formula")])
        return self._named[ident]

    def remembered(self, key: object, make: Callable[[], T]) -> T:
        """What `make` returns, made once for each key."""
        if key not in self._kept:
            self._kept[key] = make()
        return cast(T, self._kept[key])

    def at(self, path: str) -> list[Json]:
        """The elements at a path (`plan.risks`); of a list on the way, those of all its elements."""
        found = [self.design]
        for key in path.split("."):
            inner = [x.get(key) for x in found if isinstance(x, dict)]
            found = [y for x in inner if x is not None for y in (x if isinstance(x, list) else [x])]
        return found

    def support(self, element: Json, beside: Iterable[Json] = ()) -> Support:
        """What an element says, what stands beside it, and how that is called which it refers to."""
        found = Support()
        for each in (element, *beside):
            for leaf in {x for x in found.add(each) if isinstance(x, str) and len(x) < _ID_MAX}:
                for ident in {leaf, leaf.partition(":")[2], leaf.partition("@")[2]}:
                    if ident in self._objects:
                        named = self._name(ident)
                        found.words |= named.words
                        found.numbers |= named.numbers
                        found.quoted |= named.quoted
        return found


class Text:
    """A text as its words and numbers: what has to be supported."""

    def __init__(self, text: str) -> None:
        self.words, self.numbers, at = dict[str, str](), list[_Number](), 0
        pairs = _pairs(text)
        while match := _TOKEN.search(text, at):
            start, at, token = match.start(), match.end(), match[0]
            if not _is_number(token):
                self.words[_folded(token)] = token
                continue
            if _MORE.match(text, at):
                continue
            unit = _UNIT.match(text, at)
            factors = _factors(unit, _number(token)) if unit else ()
            at = (unit.end(2) if unit[2] else unit.end(1)) if unit and factors else at
            self.numbers.append(_Number(text[start:at], token, factors or (1.0,), pairs.get(start, ())))

    def unsupported(self, support: Support, vocabulary: frozenset[str]) -> list[str]:
        """The words and numbers that nothing supports.

        >>> found, text = Support(), Text("List desk: 166 ms, 864/day")
        >>> _ = found.add({"name": "list desk", "p95": 0.166, "peak": 0.01})
        >>> text.unsupported(found, frozenset()), Text("167 ms").unsupported(found, frozenset())
        ([], ['167 ms'])
        """
        words = [said for word, said in self.words.items() if word not in support.words and word not in vocabulary]
        return words + [
            n.said
            for n in self.numbers
            if not any(pair in support.quoted for pair in n.pairs) and not _near(n.token, n.factors, support.sorted)
        ]

    def says(self, value: float) -> bool:
        """Whether its first number is that, as exactly as it is shown; so is a text without a number.

        >>> Text("166 ms").says(0.166), Text("3 s, 166 ms").says(0.166), Text("none").says(7)
        (True, False, True)
        """
        return all(_near(n.token, n.factors, [abs(value)]) for n in self.numbers[:1])


@functools.lru_cache(maxsize=4096)
def text_of(shown: str) -> Text:
    """A cell's text, read once: it is held against every element that its row could be about."""
    return Text(shown)


class _Number(NamedTuple):
    """A number as it is said with its unit, its digits, what it is times by the unit, the pairs that it stands in."""

    said: str
    token: str
    factors: tuple[float, ...]
    pairs: tuple[tuple[str, str], ...]


def _pairs(text: str) -> dict[int, tuple[tuple[str, str], ...]]:
    """Of each number of a text, by where it begins: itself with what stands before it, and with what comes after."""
    told: dict[int, tuple[tuple[str, str], ...]] = {}
    for part in _PART.finditer(text):
        found = [(part.start() + m.start(), _folded(m[0])) for m in _TOKEN.finditer(part[0])]
        words = ["", *(word for _, word in found), ""]
        for n, (start, word) in enumerate(found):
            if _is_number(word):
                told[start] = ((words[n], word), (word, words[n + 2]))
    return told


def _factors(unit: re.Match[str], shown: float) -> tuple[float, ...]:
    """What a number is times by the words after it; months are days where there are few of them."""
    rate = _UNITS[unit[2]][0] if unit[2] else 1.0
    days = (1 / 30.4375,) if unit[1] in ("day", "days") and shown < _DAYS else ()
    return tuple(f * rate for f in (*_UNITS.get(unit[1], ()), *days))


def _near(token: str, factors: Iterable[float], numbers: list[float]) -> bool:
    """Whether a number is one of these, rounded to what is shown; zeros at the end of a large one are no digits."""
    shown, decimals = _number(token), len(token.partition(".")[2])
    digits = token.replace(",", "")
    zeros = len(digits) - len(digits.rstrip("0")) if not decimals and len(digits) > 3 else 0
    slack = _HALF if decimals == 1 and token.endswith("5") else 0.5 * 10.0 ** (zeros - decimals)
    for factor in factors:
        middle, reach = shown * factor, slack * factor * (1 + 1e-6) + 1e-12
        at = bisect_left(numbers, middle - reach)
        while at < len(numbers) and numbers[at] <= middle + reach:
            if zeros or slack == _HALF or f"{numbers[at] / factor:.{decimals}f}" == digits:
                return True
            at += 1
    return False


@functools.lru_cache(maxsize=20_000)
def _said(text: str) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    """The words of a text of the model, and its numbers with their neighbours."""
    pairs = (pair for two in _pairs(text).values() for pair in two)
    return frozenset(map(_folded, _TOKEN.findall(text))), frozenset(pairs)


@functools.lru_cache(maxsize=20_000)
def _is_number(token: str) -> bool:
    digits = token.replace(",", "").replace(".", "")
    return digits.isascii() and digits.isdigit()


def _number(token: str) -> float:
    return float(token.replace(",", ""))


@functools.lru_cache(maxsize=20_000)
def _folded(word: str) -> str:
    """Without case, and one of several as the one.

    >>> _folded("Desks"), _folded("desk")
    ('desk', 'desk')
    """
    small = word.casefold()
    return small[:-1] if len(small) > 3 and small.endswith("s") else small


def _leaves(value: Json) -> list[str | float]:
    found, todo = list[str | float](), [value]
    while todo:
        inner = todo.pop()
        if isinstance(inner, dict):
            todo.extend(inner.values())
        elif isinstance(inner, list):
            todo.extend(inner)
        elif inner is not None and not isinstance(inner, bool):
            found.append(inner)
    return found


def _plain(value: Json) -> Json:
    """A text, a number, or a number that says where it is from; of anything deeper nothing."""
    if isinstance(value, dict):
        value = value.get("value")
    return value if isinstance(value, str | int | float) and not isinstance(value, bool) else None
