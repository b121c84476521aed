"""Plain text in boxes and columns, aligned by the width that a terminal gives each character."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

WIDTH: Final = 100
"""Columns of a page of plain text."""


@lru_cache(maxsize=8192)
def width(line: str) -> int:
    """Columns that a line takes: wide characters two, combining ones none."""
    if line.isascii():
        return len(line)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def pad(line: str, columns: int) -> str:
    """The line, filled with spaces to a number of columns."""
    return line + " " * max(0, columns - width(line))


def wrap(line: str, columns: int) -> list[str]:
    """The line in pieces of at most `columns`; a longer word is cut."""
    lines: list[str] = []
    current = ""
    for word in line.split():
        piece = word
        while width(piece) > columns:
            if current:
                lines.append(current)
                current = ""
            cut = _fitting(piece, columns)
            lines.append(piece[:cut])
            piece = piece[cut:]
        joined = f"{current} {piece}".strip()
        if width(joined) > columns:
            lines.append(current)
            current = piece
        else:
            current = joined
    return [*lines, current] if current or not lines else lines


def box(lines: Sequence[str], columns: int, height: int = 0) -> list[str]:
    """Lines in a frame that is `columns` wide in all, filled to `height` lines of content."""
    inside = columns - 4
    content = [piece for line in lines for piece in wrap(line, inside)]
    content += [""] * (height - len(content))
    return [f"┌{'─' * (columns - 2)}┐", *(f"│ {pad(c, inside)} │" for c in content), f"└{'─' * (columns - 2)}┘"]


def boxes(all_lines: Sequence[Sequence[str]], columns: int, most: int = 3) -> list[str]:
    """Boxes side by side, `most` in a row, all rows filling `columns`."""
    if not all_lines:
        return []
    across = min(most, len(all_lines))
    each, rest = divmod(columns - 2 * (across - 1), across)
    widths = [each + (n >= across - rest) for n in range(across)]
    out: list[str] = []
    for start in range(0, len(all_lines), across):
        row = list(zip(all_lines[start : start + across], widths, strict=False))
        height = max(len([p for line in lines for p in wrap(line, wide - 4)]) for lines, wide in row)
        drawn = [box(lines, wide, height) for lines, wide in row]
        out += ["  ".join(parts) for parts in zip(*drawn, strict=True)]
    return out


def frame(title: str, lines: Sequence[str], columns: int) -> list[str]:
    """Lines in a heavier frame with a title in its upper edge."""
    head = _fit(title, columns - 6)
    top = f"╔═ {head} {'═' * (columns - 5 - width(head))}╗"
    return [top, *(f"║ {pad(line, columns - 4)} ║" for line in lines), f"╚{'═' * (columns - 2)}╝"]


def columns(rows: Sequence[Sequence[str]], widest: Sequence[int], gap: str = "  ") -> list[str]:
    """Rows in aligned columns; a cell wider than its column's `widest` goes on below."""
    if not rows:
        return []
    widths = [min(most, max(width(row[n]) for row in rows)) for n, most in enumerate(widest)]
    out: list[str] = []
    for row in rows:
        pieces = [wrap(cell, max(1, w)) for cell, w in zip(row, widths, strict=True)]
        for n in range(max(len(p) for p in pieces)):
            cells = (pad(p[n] if n < len(p) else "", w) for p, w in zip(pieces, widths, strict=True))
            out.append(gap.join(cells).rstrip())
    return out


def _fitting(word: str, columns: int) -> int:
    count = 0
    for n, char in enumerate(word):
        count += width(char)
        if count > columns:
            return max(1, n)
    return len(word)


def _fit(line: str, columns: int) -> str:
    return line if width(line) <= columns else f"{line[: _fitting(line, columns - 1)]}…"
