"""The plan's packages on a line of working days, as a Mermaid gantt and as bars. Days are offsets, never dates."""

import re
from typing import Final

from archsmith.model.plan import Plan
from archsmith.render import show
from archsmith.render.diagrams.graph import handle
from archsmith.render.diagrams.mermaid import label
from archsmith.render.markdown import clip
from archsmith.render.plain import pad, wrap
from archsmith.render.view import grouped

_DAY_MS = 86_400_000
_BAR = 44
_ACTIVE: Final = re.compile(r"[:;#%<>{}`\"\\]")


def mermaid(plan: Plan, title: str) -> str:
    """As a gantt. The axis counts days from the first one; Mermaid wants times, so day n stands n days after zero."""
    lines = ["gantt", f"  title {label(title, 60)}: working days from the start", "  dateFormat x", "  axisFormat %j"]
    for phase, packages in grouped((p.phase, p) for p in plan.packages).items():
        lines.append(f"  section {_name(phase)}")
        for p in packages:
            state = "crit, " if p.critical else ""
            start, days = round(p.start * _DAY_MS), f"{max(p.end - p.start, 0):.4g}d"
            lines.append(f"  {_name(f'{p.id} {p.title}')} :{state}{handle(p.id)}, {start}, {days}")
    return "\n".join(lines) + "\n"


def text(plan: Plan, title: str) -> str:
    """As bars, each day of the plan at its place; the critical path is drawn heavier."""
    last = max((p.end for p in plan.packages), default=0.0) or 1.0
    lines = [f"{clip(title, 60)}: working days from the start, █ critical, ░ has slack", ""]
    for p in plan.packages:
        start = int(p.start / last * _BAR)
        length = max(1, round((p.end - p.start) / last * _BAR))
        bar = " " * min(start, _BAR - 1) + ("█" if p.critical else "░") * length
        name = wrap(clip(f"{p.id} {p.title}", 36), 36)[0]
        lines.append(f"{pad(name, 36)} │{pad(bar, _BAR)}│ {show.number(p.start)}–{show.number(p.end)}")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _name(raw: str) -> str:
    """A task's name: Mermaid ends it at a colon, a semicolon or a hash."""
    return _ACTIVE.sub(" ", clip(raw, 50))
