"""Items grouped by kind, and within a kind by the words that they rest on: a quote with all readings inside it."""

from collections.abc import Iterable
from dataclasses import dataclass

from archsmith.kernel.provenance import Span, Stated
from archsmith.render.reading.items import Item
from archsmith.render.reading.kinds import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A quote, the item that rests on all of it first, then those that rest on a part of it."""

    at: Span
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The items of a kind: those with a quote as rows in the order of the brief, then those without."""

    kind: Kind
    rows: tuple[Row, ...]
    unquoted: tuple[Item, ...]

    @property
    def count(self) -> int:
        """How many items it holds."""
        return sum(len(r.items) for r in self.rows) + len(self.unquoted)


def sections(items: Iterable[Item]) -> tuple[Section, ...]:
    """A section for each kind that has items, in the order of the kinds."""
    by_kind: dict[Kind, list[Item]] = {kind: [] for kind in Kind}
    for item in items:
        by_kind[item.kind].append(item)
    return tuple(_section(kind, those) for kind, those in by_kind.items() if those)


def _section(kind: Kind, items: list[Item]) -> Section:
    quoted = sorted((i for i in items if isinstance(i.why, Stated)), key=_place)
    rows: list[list[Item]] = []
    for item in quoted:
        if rows and _within(_at(item), _at(rows[-1][0])):
            rows[-1].append(item)
        else:
            rows.append([item])
    return Section(
        kind=kind,
        rows=tuple(Row(at=_at(row[0]), items=tuple(row)) for row in rows),
        unquoted=tuple(i for i in items if not isinstance(i.why, Stated)),
    )


def _at(item: Item) -> Span:
    assert isinstance(item.why, Stated)
    return item.why.at


def _place(item: Item) -> tuple[str, int, int, int, int]:
    """In the order of the brief; of those that begin together the longest first."""
    at = _at(item)
    return (at.file, at.line, at.column, -at.end_line, -at.end_column)


def _within(inner: Span, outer: Span) -> bool:
    """Whether a span lies in another, which does not begin later."""
    ends = (inner.end_line, inner.end_column) <= (outer.end_line, outer.end_column)
    return inner.file == outer.file and ends
