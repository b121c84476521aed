"""The text of a brief with its lines: from an offset to a span with line, column and verbatim quote."""

import bisect
from array import array
from dataclasses import dataclass, field

from archsmith.kernel.provenance import Span, Stated


class Source:
    """A brief's text. Offsets count characters from 0; lines and columns of spans count from 1."""

    __slots__ = ("_starts", "name", "text")

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        starts = array("L", [0])
        at = text.find("\n")
        while at != -1:
            starts.append(at + 1)
            at = text.find("\n", at + 1)
        self._starts = starts

    def line_start(self, line: int) -> int:
        """The offset of the first character of line `line`, counted from 0."""
        return self._starts[line] if line < len(self._starts) else len(self.text)

    def line_text(self, line: int) -> str:
        """Line `line`, counted from 0, without its line end."""
        start = self.line_start(line)
        end = self.line_start(line + 1)
        return self.text[start:end].rstrip("\n")

    def span(self, start: int, end: int) -> Span:
        """The place of `text[start:end]`."""
        first = bisect.bisect_right(self._starts, start) - 1
        last = bisect.bisect_right(self._starts, max(start, end - 1)) - 1
        return Span(
            file=self.name,
            line=first + 1,
            column=start - self._starts[first] + 1,
            end_line=last + 1,
            end_column=end - self._starts[last] + 1,
            quote=self.text[start:end],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words cleaned of markup, with the offset in the source of each of their characters."""

    source: Source = field(repr=False)
    text: str
    at: "array[int]" = field(repr=False)

    def span(self, start: int, end: int) -> Span:
        """The place in the source of `self.text[start:end]`; surrounding white space is left out."""
        while start < end - 1 and self.text[start].isspace():
            start += 1
        while end - 1 > start and self.text[end - 1].isspace():
            end -= 1
        if not self.at:
            return self.source.span(0, 0)
        start = min(start, len(self.at) - 1)
        return self.source.span(self.at[start], self.at[max(start, end - 1)] + 1)

    def stated(self, start: int, end: int) -> Stated:
        """The provenance of `self.text[start:end]`."""
        return Stated(at=self.span(start, end))
