"""Blocks of text and tables on standard output: styled on a terminal only, and never wider than can be read."""

import io
import shutil
import sys
from collections.abc import Iterable, Iterator
from typing import Final

from rich.console import Console, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

WIDTH: Final = 100
"""Columns where there is no terminal to ask and COLUMNS is not set."""
NARROWEST: Final = 40
WIDEST: Final = 140
"""Longer lines are hard to read."""


def columns() -> int:
    """How wide the output is to be."""
    return min(WIDEST, max(NARROWEST, shutil.get_terminal_size((WIDTH, 24)).columns))


def show(blocks: Iterable[RenderableType]) -> None:
    """Prints the blocks on standard output."""
    show_bytes(printed(blocks, styled=sys.stdout.isatty()))


def printed(blocks: Iterable[RenderableType], *, styled: bool) -> bytes:
    """The blocks as UTF-8; where they are styled, without colour if NO_COLOR is set."""
    out = io.StringIO()
    console = Console(
        file=out,
        force_terminal=styled,
        width=columns(),
        highlight=False,
        emoji=False,
        markup=False,
        legacy_windows=False,
    )
    for block in blocks:
        console.print(block)
    lines = out.getvalue().splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines).encode("utf-8", "replace")


def show_bytes(data: bytes) -> None:
    """Prints bytes as they are."""
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def titled(title: str, *blocks: RenderableType) -> Iterator[RenderableType]:
    """A heading with what belongs to it."""
    yield ""
    yield Rule(Text(title, style="bold"), align="left", style="dim", characters="─")
    yield from blocks


def grid(*ratios: int, head: tuple[str, ...] = ()) -> Table:
    """Columns by their share of the width, 0 for one as wide as its content; `head` are their titles."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim", expand=True)
    table.show_header = bool(head)
    for n, ratio in enumerate(ratios):
        table.add_column(head[n] if head else "", ratio=ratio or None, overflow="fold", no_wrap=not ratio)
    return table
