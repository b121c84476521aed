"""Measures three things as ratios within one run, so that a slow machine gives the same answer. Writes nothing.

1. `archsmith --help` against an empty Python process: what a user waits for before anything happens.
2. A whole design against importing the solver alone: what archsmith adds to its heaviest dependency.
3. The time of a design, less the import of the solver, against the size of the brief.

`python benchmarks/run.py [BRIEF] [--repeat N]`
"""

import argparse
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
COMMAND: Final = (sys.executable, "-m", "archsmith")
SIZES: Final = (1, 2, 4)


def main() -> int:
    """Prints the three tables; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("brief", nargs="?", type=Path, help="default: examples/startup/brief.md, or the first example")
    parser.add_argument("--repeat", type=int, default=5, metavar="N", help="runs of each; the median is shown")
    options = parser.parse_args()
    brief = options.brief or default_brief()
    if brief is None:
        print("no brief: examples/*/brief.md is missing", file=sys.stderr)
        return 2

    empty = median((sys.executable, "-c", "pass"), options.repeat)
    start = median((*COMMAND, "--help"), options.repeat)
    solver = median((sys.executable, "-c", "from ortools.sat.python import cp_model"), options.repeat)
    print(f"{'what':<44}{'seconds':>9}   ratio")
    row("python -c pass", empty)
    row("archsmith --help", start, f"{start / empty:.1f} x python -c pass")
    row("import of the solver", solver, f"{solver / empty:.1f} x python -c pass")

    text = brief.read_text(encoding="utf-8")
    first = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            enlarged = Path(folder) / f"brief-{size}.md"
            enlarged.write_text(grow(text, size), encoding="utf-8")
            taken = median((*COMMAND, "design", str(enlarged), "--json"), options.repeat)
            lines = enlarged.read_text(encoding="utf-8").count("\n")
            own = taken - solver
            first = first or own
            ratio = f"{taken / solver:.1f} x solver" if size == 1 else f"{own / first:.1f} x of 1x, less the solver"
            row(f"design of {brief.parent.name}, {size}x ({lines} lines)", taken, ratio)
    return 0


def default_brief() -> Path | None:
    """The start-up example, or the first one there is."""
    found = sorted((ROOT / "examples").glob("*/brief.md"), key=lambda p: (p.parent.name != "startup", p))
    return found[0] if found else None


def row(what: str, seconds: float, ratio: str = "") -> None:
    """Prints a line of the table."""
    print(f"{what:<44}{seconds:>9.3f}   {ratio}", flush=True)


def median(command: tuple[str, ...], repeat: int) -> float:
    """Median wall time of a command in seconds, after one run that warms the disk cache. Stops if the command fails."""
    times = []
    for _ in range(repeat + 1):
        before = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
        times.append(time.perf_counter() - before)
        if done.returncode not in (0, 1):  # 1: the design has findings
            sys.exit(f"{' '.join(command)}: exit code {done.returncode}\n{done.stderr}")
    return statistics.median(times[1:])


def grow(text: str, size: int) -> str:
    """The brief with its sentences about the business repeated for `size` - 1 further lots of things.

    In each copy, every noun of the business gets a prefix, so that the copies name things of their own.
    Numbers stay: a larger brief has more things, each with its load.
    """
    nouns = business_nouns(text)
    copies = [text]
    for number in range(1, size):
        prefix = PREFIXES[(number - 1) % len(PREFIXES)]
        pattern = re.compile(r"\b(" + "|".join(map(re.escape, nouns)) + r")\b") if nouns else None
        body = "\n".join(line for line in text.splitlines() if not line.startswith("# "))
        copies.append(pattern.sub(rf"{prefix} \1", body) if pattern else body)
    return "\n\n".join(copies) + "\n"


PREFIXES: Final = ("partner", "regional", "seasonal", "archived", "sponsored", "internal", "shared")


def business_nouns(text: str) -> list[str]:
    """Objects of "can VERB (a) NOUN": close enough for a load generator, and independent of archsmith's own reading."""
    found = re.findall(r"\b(?:can|to|must) [a-z]+ (?:an? |the |their |its )?([a-z]{4,})\b", text)
    return sorted(set(found) - {"that", "this", "them", "with", "from", "more", "than", "least", "have"})


if __name__ == "__main__":
    sys.exit(main())
