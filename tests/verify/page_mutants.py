"""Edits of a page in Markdown that states facts: its SQL, the names in it, its figures, locks and rows."""

import re
from collections.abc import Iterator
from typing import Final

from tests.verify.mutants import Mutant

_WORD: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|\d+")
_FACT: Final = re.compile(r"(?<=`)[A-Za-z_][A-Za-z0-9_]*|(?<=\.)[A-Za-z_][A-Za-z0-9_]*(?=`)|\d+")
_NEXT: Final = 2
"""By how much a figure of prose is another: a value in the middle of two figures has both as its rounding."""
_LOCK: Final = re.compile(r"\b[A-Z]{3,}\b")
_OTHERS: Final = re.compile(r"“[^”]*”(?:, line \d+)?")
"""Words of the brief, and where they stand."""


def page_mutants(content: bytes) -> Iterator[Mutant]:
    """Each word and number of SQL, each name and figure beside it is another; each line that states something is gone.
    Words for people stay: prose but for names and figures, comments of SQL but for figures."""
    lines = content.decode().splitlines(keepends=True)
    fenced = False
    for number, line in enumerate(lines):
        fence = line.startswith("```")
        fenced = fenced != fence
        found = [] if fence or line.startswith("# ") else list(_tokens(line, fenced))
        for start, word in found:
            new = str(int(word) + (1 if fenced else _NEXT)) if word.isdigit() else f"{word}x"
            edited = f"{line[:start]}{new}{line[start + len(word) :]}"
            yield Mutant(f"line {number + 1}: {word} -> {new}", _text(lines, number, edited))
        if found or line.startswith("## "):
            yield Mutant(f"drop line {number + 1}: {line.strip()}", _text(lines, number, ""))


def _text(lines: list[str], number: int, line: str) -> bytes:
    return "".join([*lines[:number], line, *lines[number + 1 :]]).encode()


def _tokens(line: str, fenced: bool) -> Iterator[tuple[int, str]]:
    if fenced:
        code, _, told = line.partition("--")
        yield from ((m.start(), m[0]) for m in _WORD.finditer(code))
        if line.startswith("-- Again"):
            yield from ((len(code) + 2 + m.start(), m[0]) for m in re.finditer(r"\d+", told))
        return
    plain = _OTHERS.sub(lambda m: " " * len(m[0]), line)
    yield from ((m.start(), m[0]) for m in _FACT.finditer(plain))
    cells = plain.split("|")
    if len(cells) == 5 and not set(plain.strip()) <= set("|- "):  # a row of three cells: the second is the lock
        at = len(cells[0]) + len(cells[1]) + 2
        yield from ((at + m.start(), m[0]) for m in _LOCK.finditer(cells[2]))
