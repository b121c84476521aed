"""Clean text out of Markdown: emphasis, links and code marks go, and every character keeps its place in the source."""

import re
from array import array
from typing import Final

from archsmith.elicit.source import Piece, Source

_MARKS: Final = re.compile(
    r"(?P<link>!?\[(?P<label>[^\[\]\n]{0,200})\]\([^()\n]{0,400}\))|(?P<mark>\*{1,3}|`{1,3}|~~"
    r"|(?<!\w)_{1,2}(?=\w)|(?<=\w)_{1,2}(?!\w))"
)


def clean(source: Source, ranges: list[tuple[int, int]]) -> Piece:
    """The text of the ranges without emphasis, links and code marks, joined by line ends."""
    out: list[str] = []
    at = array("L")
    for n, (start, end) in enumerate(ranges):
        if n:
            out.append(" ")
            at.append(ranges[n - 1][1])
        cursor = start
        for found in _MARKS.finditer(source.text, start, end):
            _keep(source, out, at, cursor, found.start())
            if found["link"]:
                _keep(source, out, at, found.start("label"), found.end("label"))
            elif not _is_mark(source.text, found.start(), found.end(), start, end):
                _keep(source, out, at, found.start(), found.end())
            cursor = found.end()
        _keep(source, out, at, cursor, end)
    return Piece(source=source, text="".join(out), at=at)


def _keep(source: Source, out: list[str], at: "array[int]", start: int, end: int) -> None:
    if end > start:
        out.append(source.text[start:end])
        at.extend(range(start, end))


def _is_mark(text: str, start: int, end: int, first: int, last: int) -> bool:
    """A lone asterisk between spaces is multiplication or a footnote, not emphasis."""
    before = text[start - 1] if start > first else " "
    after = text[end] if end < last else " "
    return not (before.isspace() and after.isspace()) and not (before.isdigit() and after.isdigit())
