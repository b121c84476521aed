"""A deliberate edit of a table of the document is found: words and numbers of every cell, and rows that are gone.

Left out are where links lead, which has a test of its own, and how many more there are than a cell has room for. Of a
table that shows some of its elements only, a missing row is no false statement. Tables of endpoints, events and
stores are compared by `archsmith verify` for every design, the others here for the examples (`document_tables`).
"""

import itertools
import json
import random
import re
from bisect import bisect_right
from collections.abc import Container, Iterator, Sequence
from typing import Final, NamedTuple

import pytest
from msgspec.structs import replace
from tests.designs import example
from tests.render.contracts.designs import artifacts
from tests.verify.document_tables import TABLES, differences
from tests.verify.document_words import Model

from archsmith.model.artifacts import Artifact, Outcome
from archsmith.model.design import Design
from archsmith.render.document import document
from archsmith.render.view import View
from archsmith.verify.parity_documents import DocumentParity, Row, shown, tables_of

SAMPLE: Final = 40
"""Edits in `make check`; `make check-all` makes all of them."""
_CELL: Final = re.compile(r"(?<!\\)\|")
_LINK: Final = re.compile(r"\]\([^)]*\)|<[^>]*>|&[#\w]+;|\d+ more\b")
_TOKEN: Final = re.compile(r"\d+(?![\d.,]*\w*[A-Za-z_])|[A-Za-z_]\w*")


class Edit(NamedTuple):
    """An edit: what was done, the lines of the table then, and the number of its first line."""

    what: str
    table: list[str]
    at: int


def edits(text: str) -> Iterator[Edit]:
    """Each word of a cell is another, each number is one that nothing has (in a column of one figure one more), and
    each row of a table that shows all is gone."""
    lines = text.split("\n")
    for first, line in enumerate(lines):
        if not line.startswith("| ") or lines[first - 1].startswith("| "):
            continue
        last = next(n for n in range(first, len(lines) + 1) if n == len(lines) or not lines[n].startswith("| "))
        head, table = [c.strip() for c in _CELL.split(line)][1:-1], lines[first:last]
        rules = TABLES.get((head[0], head[1]))
        for at, row in enumerate(table[2:], 2) if rules else ():
            if rules and rules.whole:
                yield Edit(f"drop {row}", [*table[:at], *table[at + 1 :]], first)
            for edited, what in _of_row(head, row, rules.figures if rules else ()):
                yield Edit(what, [*table[:at], edited, *table[at + 1 :]], first)


def _of_row(head: Sequence[str], row: str, figures: Container[str]) -> Iterator[tuple[str, str]]:
    blank = _LINK.sub(lambda found: " " * len(found[0]), row)
    cells = [at.end() for at in _CELL.finditer(row)]
    for found in _TOKEN.finditer(blank):
        word, column = found[0], head[bisect_right(cells, found.start()) - 1]
        new = f"{word}q"
        if word.isdigit():
            whole = column in figures and blank[found.start() - 1] in " $" and blank[found.end()] not in ",.–"
            new = str(int(word) + 1) if whole and "(" not in blank[: found.start()] else f"{word}737"
        yield f"{row[: found.start()]}{new}{row[found.end() :]}", f"{word} -> {new} in {row}"


def files_of(design: Design) -> tuple[Artifact, Artifact]:
    """The model and the document."""
    model = next(f for f in artifacts(design) if f.path == "design.json")
    return model, next(a for a in document(View(design)) if a.path == "architecture.md")


def as_shown(rows: Sequence[Row]) -> list[Row]:
    """Rows with their cells as they are shown."""
    return [{column: shown(cell) for column, cell in row.items()} for row in rows]


def unseen(design: Design, count: int = 0) -> Iterator[str]:
    """Edits that the check does not see; `count` of them tried, drawn with a fixed seed, or all."""
    check, (model, text) = DocumentParity(), files_of(design)
    assert check.check((model, text)).facts == ()
    known = Model(json.loads(model.content))
    assert [d for c, rows in tables_of(text.content.decode()) for d in differences(known, c, as_shown(rows))] == []
    lines = text.content.decode().split("\n")
    every = list(edits(text.content.decode()))
    for edit in random.Random(len(every)).sample(every, min(count or len(every), len(every))):
        tables = tables_of("\n".join(edit.table))
        if any(differences(known, columns, as_shown(rows)) for columns, rows in tables):
            continue
        size = sum(1 for _ in itertools.takewhile(lambda x: x.startswith("| "), lines[edit.at :]))
        whole = "\n".join([*lines[: edit.at], *edit.table, *lines[edit.at + size :]])
        if check.check((model, replace(text, content=whole.encode()))).outcome is not Outcome.FAILED:
            yield edit.what


@pytest.mark.parametrize("name", ["startup", "tickets"])
def test_edits_are_found(name: str) -> None:
    assert list(unseen(example(name), SAMPLE)) == []


@pytest.mark.all
@pytest.mark.parametrize("name", ["startup", "clinic", "tickets"])
def test_every_edit_of_an_example_is_found(name: str) -> None:
    assert list(unseen(example(name))) == []
