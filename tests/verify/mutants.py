"""Edits of files, each one small: what a careless hand or a wrong merge does, everywhere in the file."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tests.verify.tree_mutants import Free, edits

from archsmith.kernel import safeyaml
from archsmith.render.contracts.yaml_text import dump


class Mutant(NamedTuple):
    """An edited file. `edit` says what was done where."""

    edit: str
    content: bytes


Mutate = Callable[[bytes], Iterator[Mutant]]


def yaml_mutants(free: Free) -> Mutate:
    """Edits of a YAML file."""
    return lambda content: (
        Mutant(edit, dump(document).encode()) for edit, document in edits(safeyaml.load(content.decode()), free)
    )


def text_mutants(comments: str, token: str = r"[A-Za-z_][A-Za-z0-9_]*|\d+") -> Mutate:
    """Edits of a text: each word and number outside `comments` (a pattern over lines) is another, each line is gone."""
    told, tokens = re.compile(comments, re.MULTILINE | re.DOTALL), re.compile(token)

    def mutate(content: bytes) -> Iterator[Mutant]:
        text = content.decode()
        blank = told.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
        for found in tokens.finditer(blank):
            line = text.count("\n", 0, found.start()) + 1
            word = found[0]
            new = str(int(word) + 1) if word.isdigit() else f"{word}x"
            yield Mutant(f"line {line}: {word} -> {new}", f"{text[: found.start()]}{new}{text[found.end() :]}".encode())
        lines = text.splitlines(keepends=True)
        for number, (whole, shown) in enumerate(zip(lines, blank.splitlines(keepends=True), strict=True)):
            if tokens.search(shown):
                kept = "".join(lines[:number] + lines[number + 1 :])
                yield Mutant(f"drop line {number + 1}: {whole.strip()}", kept.encode())

    return mutate


def csv_mutants(*columns: str) -> Mutate:
    """Edits of the cells of some columns, all where none is named, and rows that are gone."""

    def mutate(content: bytes) -> Iterator[Mutant]:
        head, *rows = csv.reader(io.StringIO(content.decode(), newline=""))
        for number, row in enumerate(rows):
            yield Mutant(f"drop row {number}: {row[:3]}", _written([head, *rows[:number], *rows[number + 1 :]]))
            for column in columns or head:
                at = head.index(column)
                new = [*row[:at], f"{row[at]}x", *row[at + 1 :]]
                yield Mutant(f"row {number}: {column}", _written([head, *rows[:number], new, *rows[number + 1 :]]))

    return mutate


def _written(rows: list[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()
