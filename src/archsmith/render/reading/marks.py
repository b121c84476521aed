"""Marks in the text of a brief: spans that may nest and overlap, as one well-nested stream of openings and closings.

Spans that overlap without nesting are cut where the enclosing one ends; the pieces of a mark, one after the other, are
its quote. The work is linear in the marks: nesting deeper than `DEPTH` is not marked, so that each is cut that often at
most.
"""

import heapq
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from archsmith.kernel.provenance import Given, Span, Stated
from archsmith.model.brief import Brief, BriefForm
from archsmith.render.reading.items import Item
from archsmith.render.reading.keys import places

DEPTH: Final = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place in the text that items rest on, all on exactly the same words. `inside`: the mark around it, if any."""

    id: str
    start: int
    end: int
    items: tuple[Item, ...]
    inside: str = ""

    @property
    def first(self) -> Item:
        """The item that gives the mark its colour and its target."""
        return self.items[0]


@dataclass(frozen=True, slots=True)
class Open:
    """A piece of a mark begins; `again` where it is not its first piece."""

    mark: Mark
    again: bool


@dataclass(frozen=True, slots=True)
class Close:
    """The innermost open piece ends."""


@dataclass(frozen=True, slots=True)
class Text:
    """Characters of the brief as they stand. `mark`: the innermost around them. `first`: its first own characters."""

    text: str
    mark: Mark | None = None
    first: bool = False


Event = Open | Close | Text


def marks(text: str, name: str, items: Sequence[Item]) -> tuple[Mark, ...]:
    """The marks of the items whose words stand in the text, in the order of the text.

    Of what the brief says these are its quotes, if they stand where their span says; of what a person set in a
    structured file, the value of the key.
    """
    starts = [0, *(m.end() for m in re.finditer("\n", text))]
    given = any(isinstance(i.why, Given) and i.why.file == name for i in items)
    keys = places(text) if given else {}
    found: dict[tuple[int, int], list[Item]] = {}
    for item in items:
        place = None
        if isinstance(item.why, Stated) and item.why.at.file == name:
            place = _place(item.why.at, text, starts)
        elif isinstance(item.why, Given) and item.why.file == name:
            place = keys.get(item.why.key)
        if place and place[0] < place[1]:
            found.setdefault(place, []).append(item)
    ordered = sorted(found, key=lambda place: (place[0], -place[1]))
    made: list[Mark] = []
    around: list[Mark] = []
    for number, (start, end) in enumerate(ordered, 1):
        around = [m for m in around if m.end > start]
        outer = next((m for m in reversed(around) if m.end >= end), None)
        mark = Mark(
            id=f"m{number}",
            start=start,
            end=end,
            items=tuple(sorted(found[start, end], key=lambda i: bool(i.under))),
            inside=outer.id if outer else "",
        )
        made.append(mark)
        if len(around) < DEPTH:
            around.append(mark)
    return tuple(made)


def _place(at: Span, text: str, starts: list[int]) -> tuple[int, int] | None:
    """Where a span begins and ends in the text, or None where its quote is not there."""
    if not (0 < at.line <= len(starts) and at.quote):
        return None
    start = starts[at.line - 1] + at.column - 1
    end = start + len(at.quote)
    return (start, end) if at.column > 0 and text[start:end] == at.quote else None


def events(text: str, found: Sequence[Mark]) -> Iterator[Event]:
    """The text with its marks, in order; the characters of all `Text` events are the text."""
    yield from _Weaver(text, found).run()


class _Weaver:
    """Goes through the text once with a stack of the marks that are open."""

    def __init__(self, text: str, found: Sequence[Mark]) -> None:
        self._text = text
        self._queue = [(m.start, -m.end, n, m, False) for n, m in enumerate(found)]
        self._open: list[tuple[Mark, int]] = []
        self._at = 0
        self._linked: set[str] = set()
        heapq.heapify(self._queue)

    def run(self) -> Iterator[Event]:
        while self._queue:
            start, minus_end, n, mark, again = heapq.heappop(self._queue)
            yield from self._close_until(start)
            end = min(-minus_end, self._open[-1][1] if self._open else len(self._text))
            if end < -minus_end:
                heapq.heappush(self._queue, (end, minus_end, n, mark, True))
            if len(self._open) >= DEPTH:
                continue
            yield from self._upto(start)
            yield Open(mark, again)
            self._open.append((mark, end))
        yield from self._close_until(len(self._text))
        yield from self._upto(len(self._text))

    def _close_until(self, position: int) -> Iterator[Event]:
        while self._open and self._open[-1][1] <= position:
            yield from self._upto(self._open[-1][1])
            self._open.pop()
            yield Close()

    def _upto(self, position: int) -> Iterator[Event]:
        if position <= self._at:
            return
        mark = self._open[-1][0] if self._open else None
        first = mark is not None and mark.id not in self._linked
        if mark is not None:
            self._linked.add(mark.id)
        yield Text(self._text[self._at : position], mark, first)
        self._at = position


def unmarked(brief: Brief, found: Sequence[Mark]) -> tuple[tuple[int, str], ...]:
    """The lines, with their numbers, that hold words and no part of a mark. Headings only tell where: left out.

    None of a requirements.yaml: all of it is taken, and its words stand in another file.
    """
    left: list[tuple[int, str]] = []
    quoted = any(isinstance(i.why, Stated) for m in found for i in m.items)
    lines = brief.text.split("\n") if quoted or brief.form is not BriefForm.STRUCTURED else []
    position = reached = n = 0
    for number, line in enumerate(lines, 1):
        while n < len(found) and found[n].start < position + len(line):
            reached = max(reached, found[n].end)
            n += 1
        below = lines[number] if number < len(lines) else ""
        if reached <= position and any(c.isalnum() for c in line) and not _is_heading(line, below):
            left.append((number, line))
        position += len(line) + 1
    return tuple(left)


def _is_heading(line: str, below: str) -> bool:
    """A heading of Markdown, the head of a table, or a key or a few words that lead to what follows."""
    underlined = _UNDERLINE.fullmatch(below.strip())
    return line.lstrip().startswith("#") or bool(underlined or _LEAD.fullmatch(line.strip()))


_UNDERLINE: Final = re.compile(r"=+|-+|\|?[ |:-]*---[ |:-]*")
_LEAD: Final = re.compile(r"\w[^.:;,]{0,40}:")
