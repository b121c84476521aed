"""Edits of files, each one small: what a careless hand or a wrong merge does, everywhere in the file."""

import copy
import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from archsmith.kernel import safeyaml
from archsmith.render.contracts.yaml_text import dump


class Mutant(NamedTuple):
    """An edited file. `edit` says what was done where."""

    edit: str
    content: bytes


Mutate = Callable[[bytes], Iterator[Mutant]]

Path = tuple[Any, ...]
Skip = Callable[[Path], bool]
"""Whether what stands at a path is no fact of the model: words for people, forms of standards."""


def _nodes(value: Any, path: Path = ()) -> Iterator[Path]:
    """Every key and every element, the outer ones first."""
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in list(keys):
        yield (*path, key)
        yield from _nodes(value[key], (*path, key))


def _holder(document: Any, path: Path) -> Any:
    for key in path[:-1]:
        document = document[key]
    return document


def tree_edits(document: Any, skip: Skip) -> Iterator[tuple[str, Any]]:
    """Of each node: it is dropped, its key is another, its value is another. The document is edited in place."""
    for path in [p for p in _nodes(document) if not skip(p)]:
        holder, key = _holder(document, path), path[-1]
        before = copy.deepcopy(holder)
        for what, edit in (("drop", _drop), ("rename", _rename), ("change", _change)):
            if edit(holder, key):
                yield f"{what} {'.'.join(map(str, path))}", document
                _restore(holder, before)
                before = copy.deepcopy(holder)


def _restore(holder: Any, before: Any) -> None:
    if isinstance(holder, dict):
        holder.clear()
        holder.update(before)
    else:
        holder[:] = before


def _drop(holder: Any, key: Any) -> bool:
    del holder[key]
    return True


def _rename(holder: Any, key: Any) -> bool:
    if not isinstance(holder, dict):
        return False
    items = [(f"{key}x" if k == key else k, v) for k, v in holder.items()]
    holder.clear()
    holder.update(items)
    return True


def _change(holder: Any, key: Any) -> bool:
    value = holder[key]
    if isinstance(value, bool):
        holder[key] = not value
    elif isinstance(value, int | float):
        holder[key] = value + 1
    elif isinstance(value, str):
        holder[key] = f"{value}x"
    else:
        return False
    return True


def yaml_mutants(skip: Skip) -> Mutate:
    """Edits of a YAML file."""
    return lambda content: (
        Mutant(edit, dump(document).encode()) for edit, document in tree_edits(safeyaml.load(content.decode()), skip)
    )


def json_mutants(skip: Skip) -> Mutate:
    """Edits of a JSON file."""
    return lambda content: (
        Mutant(edit, json.dumps(document).encode()) for edit, document in tree_edits(json.loads(content), skip)
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
