"""Markdown out of other people's words: what comes in as text stays text.

`text` escapes everything that CommonMark or GitHub's dialect would act on. `table`, `bullets` and `fence` take cells
and lines that are Markdown already.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

_ACTIVE: Final = re.compile(r"([\\`*\[\]<|~]|\{(?=[{%])|(?<=[{%])\{|\}(?=\})|(?<=\})\}|(?<![^\W_])_|_(?![^\W_]))")
_ENTITY: Final = re.compile(r"&(?=#?\w+;)")
_SCHEME: Final = re.compile(r"(?i)\b([a-z][a-z0-9+.-]*):(?=//)")
_WWW: Final = re.compile(r"(?i)\bwww\.")
_START: Final = re.compile(r"^([-+=>#]|\d+[.)](?=\s|$))")
_DROPPED: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


@lru_cache(maxsize=8192)
def clean(raw: str) -> str:
    """One line of visible characters: white space folded, control and direction characters dropped.

    U+FFFD stands for a text of which nothing is visible, so that there is something to see.
    """
    spaced = re.sub(r"\s+", " ", raw)
    if spaced.isascii() and spaced.isprintable():
        return spaced.strip()
    shown = "".join(c for c in spaced if unicodedata.category(c) not in _DROPPED).strip()
    return shown or ("\ufffd" if spaced.strip() else "")


def clip(raw: str, limit: int = 160) -> str:
    """`clean`, cut at a space and closed with an ellipsis where it is longer than `limit` characters."""
    line = clean(raw)
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut[limit // 2 :] else cut}…"


@lru_cache(maxsize=8192)
def text(raw: str) -> str:
    """Plain text as Markdown that shows exactly that text, inside a line or a table cell.

    >>> text("<script> | `x` [a](b) *c*")
    '\\\\<script> \\\\| \\\\`x\\\\` \\\\[a\\\\](b) \\\\*c\\\\*'
    """
    line = _ACTIVE.sub(r"\\\1", _ENTITY.sub("&amp;", clean(raw)))
    if "//" in line:
        line = _SCHEME.sub(r"\1\\:", line)
    if "ww." in line.lower():
        line = _WWW.sub(lambda found: f"{found.group()[:-1]}\\.", line)
    if line.count("$") > 1:
        line = line.replace("$", "\\$")
    return _START.sub(_disarmed, line) if line[:1] in "-+=>#0123456789" else line


def sentence(raw: str) -> str:
    """`text` that begins with a capital letter and ends with a full stop, for reasons written elsewhere."""
    line = clean(raw)
    if not line:
        return ""
    first = line.split(" ", 1)[0]
    begins = line[0].upper() + line[1:] if first[1:].islower() or len(first) == 1 else line
    return text(begins if begins[-1] in ".!?:" else f"{begins}.")


def clause(raw: str) -> str:
    """`text` without a closing full stop, to go on after."""
    return text(clean(raw).rstrip("."))


def code(raw: str, *, in_table: bool = False) -> str:
    """A code span that shows the text as it is, whatever backticks it holds."""
    line = clean(raw)
    if not line:
        return ""
    ticks = "`" * (max((len(run) for run in re.findall(r"`+", line)), default=0) + 1)
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    shown = line.replace("|", "\\|") if in_table else line
    return f"{ticks}{pad}{shown}{pad}{ticks}"


def fence(language: str, body: str) -> str:
    """A fenced code block; the fence is longer than any in the body."""
    longest = max((len(run) for run in re.findall(r"`{3,}", body)), default=2)
    ticks = "`" * (longest + 1)
    return f"{ticks}{language}\n{body.rstrip()}\n{ticks}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> str:
    """A table, or nothing where there are no rows. `right`: the columns of numbers, counted from 0.

    A column that is empty in every row is left out.
    """
    full = [tuple(row) for row in rows]
    kept = [n for n in range(len(head)) if any(row[n] for row in full)]
    if not kept:
        return ""
    lines = [_row([row[n] for n in kept]) for row in full]
    rule = ["--:" if n in right else "---" for n in kept]
    return "\n".join([_row([head[n] for n in kept]), _row(rule), *lines])


def bullets(items: Iterable[str]) -> str:
    """A list with one line for each item."""
    return "\n".join(f"- {item}" for item in items)


def join(blocks: Iterable[str]) -> str:
    """Blocks apart by an empty line; empty ones are left out, and so is a heading (a block of one line) over nothing.

    >>> join(["# A", "", "## B", "text", "## C", ""])
    '# A\\n\\n## B\\n\\ntext'
    """
    kept: list[str] = []
    for block in reversed([b for b in blocks if b]):
        level = _level(block)
        if level and "\n" not in block and (not kept or 0 < _level(kept[-1]) <= level):
            continue
        kept.append(block)
    return "\n\n".join(reversed(kept))


def _level(block: str) -> int:
    """The level of the heading that a block begins with; zero where it begins with text."""
    return len(found.group(1)) if (found := re.match(r"(#{1,6}) ", block)) else 0


def listed(names: Iterable[str], last: str = "and") -> str:
    """Names in a sentence.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    all_names = list(names)
    if len(all_names) < 2:
        return "".join(all_names)
    return f"{', '.join(all_names[:-1])} {last} {all_names[-1]}"


def _disarmed(found: re.Match[str]) -> str:
    """The beginning of a list or a rule as text: the mark itself is escaped, digits can't be."""
    mark = found.group()
    return f"{mark[:-1]}\\{mark[-1]}"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell or '–' for cell in cells)} |"
