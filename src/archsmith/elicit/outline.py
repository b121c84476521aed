"""Text that is written like YAML: its keys are headings by their indentation."""

import re
from collections.abc import Iterator
from typing import Final

from archsmith.elicit.keyed import phrased
from archsmith.elicit.source import Piece, Source

_KEY: Final = re.compile(r"(?P<indent> *)(?P<key>[A-Za-z][\w /-]{0,40}):(?:[ \t]+(?P<value>\S.*))?$")
_ITEM: Final = re.compile(r"(?P<indent> *)[-*] +(?P<text>\S.*)$")
_SHARE: Final = 0.6
"""This part of the lines has to be keys or items."""

Line = tuple[str, int, list[tuple[int, int]]]
"""Kind, level, and the ranges of the source that belong to it."""


def is_outline(text: str) -> bool:
    """Whether most lines are keys and items, and keys without a value are nested."""
    lines = [line.rstrip() for line in text.split("\n") if line.strip()]
    keys = [k for k in map(_KEY.fullmatch, lines) if k]
    items = sum(1 for line in lines if _ITEM.fullmatch(line))
    bare = sum(1 for k in keys if k["value"] is None)
    nested = any(k["indent"] for k in keys)
    heads = any(line.startswith("#") and not line.startswith("# ") for line in lines) or "\n## " in text
    return bool(nested and bare >= 2 and not heads and len(keys) + items >= _SHARE * len(lines))


Keyed = tuple[str, int, Piece]
"""Kind, level, and the words."""
_COMMENT: Final = re.compile(r"\s+#\s.*$")
_MARKER: Final = re.compile(r"(?:---|\.\.\.)\s*$|\s*#")


def keyed_outline(source: Source) -> Iterator[Keyed]:
    """A YAML file that people wrote for people: keys are headings, and a key with its value is a phrase.

    Read line by line, so that a file that is no YAML after all is still read.
    """
    pending: tuple[str, int, tuple[int, int] | None, list[tuple[int, int]]] | None = None
    offset = 0
    for raw in source.text.split("\n"):
        line, start = _COMMENT.sub("", raw.rstrip()), offset
        offset += len(raw) + 1
        if not line.strip() or _MARKER.match(line):
            continue
        key, item = _KEYED.fullmatch(line), _ITEM.fullmatch(line)
        if key is None and item is None and pending is not None:
            first = len(line) - len(line.lstrip())
            pending[3].append((start + first, start + len(line)))
            continue
        if pending is not None and pending[3]:
            yield pending[0], pending[1], phrased(source, pending[2], pending[3])
        if key is not None:
            level = len(key["indent"]) + (2 * len(key["dash"] or "") // 2) + 1
            place: tuple[int, int] | None = (start + key.start("key"), start + key.end("key"))
            if key["value"] in (None, ">", "|", ">-", "|-", ">+", "|+"):
                yield "heading", level, phrased(source, place, [])
                pending = ("paragraph", level + 1, None, [])
            else:
                kind = "item" if key["dash"] else "paragraph"
                if key["dash"] and key["key"].lower() in ("name", "id", "title"):
                    place = None
                pending = (kind, level + 1, place, [(start + key.start("value"), start + len(line))])
        elif item is not None:
            pending = ("item", len(item["indent"]) + 2, None, [(start + item.start("text"), start + len(line))])
        else:
            first = len(line) - len(line.lstrip())
            pending = ("paragraph", first + 1, None, [(start + first, start + len(line))])
    if pending is not None and pending[3]:
        yield pending[0], pending[1], phrased(source, pending[2], pending[3])


_KEYED: Final = re.compile(
    r"(?P<indent> *)(?P<dash>- +)?[\"']?(?P<key>[A-Za-z][\w /().&-]{0,60}?)[\"']?:(?:[ \t]+(?P<value>\S.*))?$"
)


def outline(source: Source) -> Iterator[Line]:
    """Headings, "key: value" lines and items; a line that is none of them goes on with the one before."""
    pending: Line | None = None
    offset = 0
    for raw in source.text.split("\n"):
        line, start = raw.rstrip(), offset
        offset += len(raw) + 1
        if not line.strip():
            continue
        key, item = _KEY.fullmatch(line), _ITEM.fullmatch(line)
        if key is None and item is None and pending is not None:
            first = len(line) - len(line.lstrip())
            pending[2].append((start + first, start + len(line)))
            continue
        if pending is not None and pending[2]:
            yield pending
        if key is not None and key["value"] in (None, ">", "|", ">-", "|-"):
            level = len(key["indent"]) + 1
            yield "heading", level, [(start + key.start("key"), start + key.end("key"))]
            pending = ("paragraph", level + 1, [])
        elif key is not None:
            pending = ("paragraph", len(key["indent"]) + 1, [(start + key.start("key"), start + len(line))])
        elif item is not None:
            pending = ("item", len(item["indent"]) + 2, [(start + item.start("text"), start + len(line))])
        else:
            first = len(line) - len(line.lstrip())
            pending = ("paragraph", first + 1, [(start + first, start + len(line))])
    if pending is not None and pending[2]:
        yield pending
