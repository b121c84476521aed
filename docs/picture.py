"""Draws docs/images from a real design of the start-up example: the run as a terminal shows it, and a diagram.

Run by hand (`.venv/bin/python docs/picture.py`) when the output has changed; the run shows elapsed times.
"""

import io
import sys
from pathlib import Path
from typing import Final

from mermaidx import render
from rich.console import Console
from rich.table import Table

from archsmith import pipeline
from archsmith.cli.progress import Progress
from archsmith.files.reader import read_brief
from archsmith.kernel.findings import Finding
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.design import Design

ROOT: Final = Path(__file__).resolve().parent.parent
BRIEF: Final = "examples/startup/brief.md"
IMAGES: Final = ROOT / "docs" / "images"
WIDTH: Final = 130
SHOWN: Final = 8


def main() -> int:
    """Writes run.svg and container.png; returns the exit code."""
    brief = read_brief(ROOT / BRIEF)
    if isinstance(brief, Finding):
        print(brief, file=sys.stderr)
        return 2
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=False, color_system="truecolor")
    console.print(f"[bold]$ archsmith design {BRIEF} -o out/demo[/bold]", highlight=False)
    listen = Progress(console)
    design = pipeline.design(brief, Catalogue(), listen=listen)
    files, _ = pipeline.deliver(design, listen=listen)
    console.print(f"{design.status}: out/demo/architecture.md\n", highlight=False)
    console.print(dearest_decisions(design))
    IMAGES.mkdir(exist_ok=True)
    svg = console.export_svg(title="archsmith", unique_id="run")
    (IMAGES / "run.svg").write_text(without_web_fonts(svg), encoding="utf-8")
    source = next(f for f in files if f.path == "diagrams/c4-container.mmd")
    render(source.content.decode()).save(str(IMAGES / "container.png"), background="white")
    return 0


def dearest_decisions(design: Design) -> Table:
    """The decisions whose runner-up would cost most more a month: those worth arguing about first."""
    table = Table(title=f"The {SHOWN} decisions with the widest margin", title_justify="left", expand=True)
    for heading in ("decision", "choice", "runner-up", "flips at"):
        table.add_column(heading, overflow="fold")
    table.add_column("margin, USD a month", justify="right")
    argued = [d for d in design.decisions.decisions if d.margin is not None]
    for each in sorted(argued, key=lambda d: -(d.margin or 0.0))[:SHOWN]:
        table.add_row(each.title, each.choice, each.runner_up, each.flips_at.partition(";")[0], f"{each.margin:,.2f}")
    return table


def without_web_fonts(svg: str) -> str:
    """The picture without the fonts that rich links to: whoever looks at it fetches nothing."""
    start, end = svg.find("@font-face"), svg.rfind("@font-face")
    return svg if start < 0 else svg[:start] + svg[svg.index("}", end) + 1 :]


if __name__ == "__main__":
    sys.exit(main())
