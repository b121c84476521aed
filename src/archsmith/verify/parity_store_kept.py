"""What a store keeps, as the readers of its files compare it: trees, whose leaves are texts, or lines with figures."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Final, NamedTuple

from archsmith.kernel.ids import element
from archsmith.kernel.names import snake
from archsmith.kernel.phrases import listed
from archsmith.model.architecture import Store
from archsmith.model.base import Figure
from archsmith.model.design import Design
from archsmith.model.domain import AttributeType
from archsmith.model.keyspaces import Keyspace, fields_of
from archsmith.model.shapes import Field

Tree = dict[str, Any]
"""A parsed file, or what the model wants of it: mappings, lists and plain values."""
INT32: Final = 2**31
NUMBERS: Final = frozenset({AttributeType.INTEGER, AttributeType.DECIMAL, AttributeType.MONEY})
_TITLE_ENDS: Final = re.compile(r"\s[-–—|]\s|[:,]\s")
_POWER: Final = re.compile(r"(?<![\w.])\d+(?:\.\d+)?e[+-]?\d{1,3}(?![\w.])")
_NUMBER: Final = re.compile(r"(\d[\d,]*)(\.\d+)?(?: (million|billion|trillion))?")
_SHORT: Final = 3
"""Letters of a unit, and its space, that has no plural."""
_LARGE: Final = {"million": 1e6, "billion": 1e9, "trillion": 1e12, None: 1.0}
_UNITS: Final[dict[str, dict[str, float]]] = {
    "rate": {"/s": 1.0, "/day": 1 / 86_400, "/month": 1 / 2_630_000},
    "s": {" ms": 1e-3, " s": 1.0, " min": 60.0, " h": 3600.0, " day": 86_400.0},
    "months": {" month": 1.0, " year": 12.0, " day": 1 / 30.4375},
    "bytes": {" B": 1.0, " kB": 1e3, " MB": 1e6, " GB": 1e9, " TB": 1e12, " PB": 1e15},
    "": {"": 1.0},
}
"""How much of the unit, by its kind, what stands behind a number is."""


class Shown(NamedTuple):
    """A figure of the model as a text shows it: rounded, in a handy unit of its kind (`_UNITS`), or in its own."""

    value: float
    unit: str

    def found_in(self, text: str, at: int) -> int:
        """Where the figure ends that stands at a place of a text, if it is this one; else -1."""
        number = _NUMBER.match(text, at)
        if not number:
            return -1
        units = _UNITS.get(self.unit, {f" {self.unit.removesuffix('s')}": 1.0})
        unit = max((u for u in units if text.startswith(u, number.end())), key=len, default=None)
        if unit is None:
            return -1
        scale = _LARGE[number[3]] * units[unit]
        value = float(number[1].replace(",", "") + (number[2] or ""))
        last = 10.0 ** -max(0, len(number[2] or "") - 1)
        ends = number.end() + len(unit)
        ends += len(unit) > _SHORT and text.startswith("s", ends)
        return ends if abs(self.value / scale - value) <= last * 0.5000001 else -1


class Line(NamedTuple):
    """Words for people, compared by their letters and digits, and the figures that stand among them."""

    parts: tuple[str | Shown, ...]

    def is_said(self, text: str) -> bool:
        """Whether a text says this and no more, whatever escapes its language needs."""
        at = 0
        for part in self.parts:
            at = _past(text, part, at) if isinstance(part, str) else part.found_in(text, _skipped(text, at))
            if at < 0:
                return False
        return not letters(text[at:])

    def __str__(self) -> str:
        return "".join(p if isinstance(p, str) else f"{p.value:.6g} {p.unit}".rstrip() for p in self.parts)


def line(*parts: str | Shown) -> Line:
    """A line out of words and figures.

    >>> line("Serves it: ", Shown(61.12, "rate"), " at the peak").is_said("Serves `it`: 61.1/s at the peak.")
    True
    >>> line("Kept for ", Shown(13.0, "months")).is_said("Kept for 14 months.")
    False
    """
    return Line(parts)


def _past(text: str, words: str, at: int) -> int:
    for wanted in letters(words):
        at = _skipped(text, at)
        if text[at : at + 1] != wanted:
            return -1
        at += 1
    return at


def _skipped(text: str, at: int) -> int:
    while at < len(text) and not (text[at].isascii() and text[at].isalnum()):
        at += 1
    return at


def letters(text: str) -> str:
    """What of words no language escapes and no screen hides: letters and digits of ASCII.

    >>> letters("it\\\\'s `x`, 7")
    'itsx7'
    """
    return re.sub(r"[^0-9A-Za-z]", "", text)


def settled(said: Any, wanted: Any) -> Any:
    """What is wanted, with the words of the file where it says the same as a line of the model."""
    if isinstance(wanted, Line):
        return said if isinstance(said, str) and wanted.is_said(said) else str(wanted)
    if isinstance(wanted, dict):
        inner = said if isinstance(said, dict) else {}
        return {key: settled(inner.get(key), value) for key, value in wanted.items()}
    if isinstance(wanted, list):
        other = said if isinstance(said, list) else []
        return [settled(other[n] if n < len(other) else None, value) for n, value in enumerate(wanted)]
    return wanted


@dataclass(frozen=True)
class Kept:
    """A store, what it keeps, and the fields of that."""

    design: Design
    store: Store

    @cached_property
    def keyspaces(self) -> tuple[Keyspace, ...]:
        """Its keyspaces."""
        return tuple(k for k in self.design.architecture.keyspaces if k.store == self.store.id)

    def fields(self, keyspace: Keyspace) -> tuple[Field, ...]:
        """The fields of a keyspace."""
        return fields_of(keyspace, self.design.architecture.shapes)

    @property
    def system(self) -> str:
        """The system's name as an identifier: its title up to the first dash, colon or comma."""
        whole = " ".join(self.design.requirements.title.split())
        return snake(_TITLE_ENDS.split(whole)[0].strip() or whole)

    @property
    def own_key(self) -> bool:
        """Whether the store is encrypted with a key of our own."""
        subject, policies = element("store", self.store.id), self.design.architecture.policies
        return any(e.subject == subject and "our own" in e.at_rest for e in policies.encryption)

    def names(self, operations: Iterable[str], most: int) -> str:
        """Operations as their actors say them, as many as a line has room for."""
        known = {o.id: o.name for o in self.design.derivation.domain.operations}
        return listed([known.get(o, o) for o in operations], most)  # type: ignore[call-overload]

    def said(self, k: Keyspace) -> Iterator[Line]:
        """What is told of a keyspace: what it is, what it serves, what it is made from, how long it is kept."""
        yield line(k.comment)
        for p in k.patterns:
            way = " by a scan" if p.scan else f" by index {p.index}" if p.index else ""
            yield line(f"Serves {self.names(p.operations, 6)}{way}:", Shown(p.peak, "rate"), "at the peak")
        if any(k.source == other.name for other in self.keyspaces):
            yield line(f"Made from {k.source}")
        if k.keep is not None:
            yield line("Kept for", Shown(k.keep, "months"))
        yield from (computed(f) for f in k.figures)


def computed(figure: Figure) -> Line:
    """A figure with its arithmetic."""
    return line(f"{figure.what}:", Shown(figure.value, figure.unit), written(figure.formula))


def written(formula: str) -> str:
    """Arithmetic with its digits written out.

    >>> written("3.8e-07 * 2")
    '0.00000038 * 2'
    """
    return _POWER.sub(lambda found: format(Decimal(found[0]), "f"), formula)


def apart(pairs: Iterable[tuple[str, Any]]) -> Tree:
    """A mapping that keeps what is there twice, as a reader of JSON does not."""
    found: Tree = {}
    for key, value in pairs:
        while key in found:
            key += " again"
        found[key] = value
    return found


def numbered(lines: Iterable[Any]) -> Mapping[str, Any]:
    """Lines in their order, each with its number."""
    return {f"{n:03d}": value for n, value in enumerate(lines, 1)}


def of_model(keyspaces: Iterable[Keyspace], of: Kept) -> Mapping[str, Any]:
    """What the comments of a file say of keyspaces, one after the other."""
    return numbered(said for k in keyspaces for said in of.said(k))


def comments(text: str, mark: str, head: int) -> Mapping[str, str]:
    """The comments of a file but for its head of so many lines."""
    found = [x.removeprefix(mark).strip() for x in text.splitlines() if x.startswith(mark)]
    return numbered(found[head:])
