"""Reading a rendered document back: its words, its sentences, its numbers, without code, headings and table headers."""

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from markdown_it import MarkdownIt

from archsmith.render import show

_ID = re.compile(r"\b(?:[A-Z]{1,4}-\d+(?:-[\w-]+)?|RFC \d+|[A-Z]{2,4}\d{3})\b")
_UNITS = (
    "person-days|requests a day|requests a month|requests/s|million|billion|trillion|%|×|/s|/day|/month|"
    "ms|min|months?|days?|years?|GiB|MiB|PB|TB|GB|MB|kB|B|h|s"
)
_NUMBER = re.compile(rf"(?<![\w.,])(-?\$?\d[\d,]*(?:\.\d+)?)(?:(?! ×)( ?)({_UNITS})(?!\w))?")


def parsed(markdown: str) -> list[Any]:
    """The tokens of a document, tables included."""
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)


def blocks(markdown: str, *, tables: bool = True) -> Iterator[str]:
    """The text of each paragraph, list item and body cell, code spans included; link targets and fences left out."""
    skip = 0
    for token in parsed(markdown):
        if token.type in ("heading_open", "thead_open") or (token.type == "table_open" and not tables):
            skip += 1
        elif token.type in ("heading_close", "thead_close") or (token.type == "table_close" and not tables):
            skip -= 1
        elif token.type == "inline" and not skip:
            yield "".join(
                c.content if c.type in ("text", "code_inline") else " " if c.type.endswith("break") else ""
                for c in token.children or ()
            )


def resolved(path: str, target: str) -> str:
    """The path that a link in the file at `path` leads to; a folder keeps its slash."""
    whole = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
    return f"{whole}/" if target.endswith("/") else whole


def sentences(markdown: str) -> set[str]:
    """The sentences of the prose: paragraphs and list items, not tables."""
    return {s.strip() for b in blocks(markdown, tables=False) for s in re.split(r"(?<=[.!?])\s+", b) if s.strip()}


def numbers(text: str) -> Iterator[str]:
    """Every number with its unit, if it has one of ours; ids are none."""
    for found in _NUMBER.finditer(_ID.sub("", text)):
        digits, _, unit = found.groups()
        yield f"{digits.rstrip(',')}{found.group(2) or ''}{unit}" if unit else digits.rstrip(",")


def known_numbers(model: object) -> set[str]:
    """Every form of every number in plain data, with the unit beside it, and the numbers in its strings."""
    known: set[str] = set()
    for value in leaves(model):
        if isinstance(value, str):
            found = {*numbers(value), *numbers(show.formula(value))}
            known |= found | {n.split(" ")[0].rstrip("%×abcdefghijklmnopqrstuvwxyzGMKTPB/") for n in found}
        elif not isinstance(value, bool) and value is not None:
            known |= show.forms(float(value)) | ({str(value)} if isinstance(value, int) else set())
    for value, unit in measured(model):
        known |= {f"{shown} {re.split('[^A-Za-z]', unit)[0]}" for shown in (show.number(value), show.decimal(value))}
    return known


def measured(value: object) -> Iterator[tuple[float, str]]:
    """Numbers that stand beside a unit of their own (`quantity: 40, unit: GB-month`)."""
    if isinstance(value, dict):
        numeric = [value[k] for k in ("value", "high", "quantity") if isinstance(value.get(k), float)]
        yield from ((n, str(value["unit"])) for n in numeric if "unit" in value)
    if isinstance(value, dict | list | tuple):
        for part in value.values() if isinstance(value, dict) else value:
            yield from measured(part)


def leaves(value: object) -> Iterator[Any]:
    """All scalars within plain data."""
    if isinstance(value, dict):
        for part in value.values():
            yield from leaves(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from leaves(part)
    else:
        yield value
