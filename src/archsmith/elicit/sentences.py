"""Sentences of a block, by offsets into its clean text."""

import re
from collections.abc import Iterator
from typing import Final

_STOP: Final = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)|\n+")
_ABBREVIATED: Final = frozenset(
    "e.g i.e eg ie approx no nr vs incl excl max min avg ca dr mr mrs prof inc ltd p.a a.m p.m fig vol art cf resp"
    " st jan feb mar apr jun jul aug sep sept oct nov dec approx. est dept corp bzw z.b ref min max p w.r.t"
    " a.k.a rs nos para pp mio mrd tsd".split()
)
_WORD: Final = re.compile(r"[\w.]+$")
_MAX: Final = 2_000


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence; a very long one is cut at white space, so that work stays linear.

    >>> t = "Ships in approx. 3 days. then it is late! ok"
    >>> [t[a:b] for a, b in sentences(t)]
    ['Ships in approx. 3 days.', 'then it is late!', 'ok']
    """
    start = 0
    for stop in _STOP.finditer(text):
        if not _ends(text, start, stop):
            continue
        yield from _cut(text, start, stop.end())
        start = stop.end()
    yield from _cut(text, start, len(text))


def _ends(text: str, start: int, stop: "re.Match[str]") -> bool:
    mark = stop.group()
    if mark[0] != ".":
        return True
    before = _WORD.search(text[max(start, stop.start() - 20) : stop.start()])
    word = before.group().lower() if before else ""
    after = text[stop.end() : stop.end() + 3].lstrip()[:1]
    if len(mark) > 1:
        return not (mark.startswith("...") and after.islower() and not word)
    if word in _ABBREVIATED:
        return False
    if word == "etc":
        return after.isupper() or not after
    if word.isdigit() and start == stop.start() - len(word):
        return False
    return not (
        len(word) == 1 and word.isalpha() and word not in {"i", "a"} and after.isupper() and start < stop.start() - 1
    )


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > _MAX:
        space = text.rfind(" ", start + 1, start + _MAX)
        middle = space if space > start else start + _MAX
        yield start, middle
        start = middle + (1 if space > start else 0)
        while start < end and text[start].isspace():
            start += 1
    if end > start:
        yield start, end
