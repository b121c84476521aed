"""Measures three things as ratios within one run, so that a slow machine gives the same answer. Writes nothing.

1. `archsmith --help` against an empty Python process: what a user waits for before anything happens.
2. A whole design against importing the solver alone: what archsmith adds to its heaviest dependency.
3. The time of a design, less the import of the solver, for generated briefs about 6, 12 and 24 things.
4. A brief of a hundred things and a thousand operations: seconds and the most memory, against the limits of the issue.
5. Designs evaluated a second: one by one, and all at once.

`python benchmarks/run.py [BRIEF] [--repeat N]`
"""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
COMMAND: Final = (sys.executable, "-m", "archsmith")
SIZES: Final = (6, 12, 24)


def main() -> int:
    """Prints the table; returns the exit code."""
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

    whole = design(brief, options.repeat)
    row(f"design of {brief.parent.name or brief.name}", whole, f"{whole / solver:.1f} x import of the solver")
    first = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for things in SIZES:
            enlarged = Path(folder) / f"brief-{things}.md"
            enlarged.write_text(generated_brief(things), encoding="utf-8")
            own = design(enlarged, options.repeat) - solver
            first = first or own
            size = f"{things / SIZES[0]:.0f} x the brief"
            row(f"design of {things} things, less the solver", own, f"{own / first:.1f} x the first, for {size}")
        large = Path(folder) / "brief-large.md"
        text = subprocess.run(
            (sys.executable, "-m", "benchmarks.synthetic", "100"), cwd=ROOT, check=True, capture_output=True
        )
        large.write_bytes(text.stdout)
        seconds = design(large, 1)
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        row("design of 100 things, 1,000 operations", seconds, f"of 30 s; {memory:,.0f} MiB of 1,024 at most")
    done = subprocess.run(
        (sys.executable, "-m", "benchmarks.candidates"), cwd=ROOT, check=True, capture_output=True, text=True
    )
    print(f"{'designs evaluated':<44}{done.stdout.strip()}")
    return 0


def default_brief() -> Path | None:
    """The start-up example, or the first one there is."""
    found = sorted((ROOT / "examples").glob("*/brief.md"), key=lambda p: (p.parent.name != "startup", p))
    return found[0] if found else None


def design(brief: Path, repeat: int) -> float:
    """Median wall time of a whole design in seconds, its files included."""
    with tempfile.TemporaryDirectory() as folder:
        return median((*COMMAND, "design", str(brief), "-q", "-o", f"{folder}/out"), repeat)


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


def generated_brief(things: int) -> str:
    """A brief about so many things, each with the same four operations, its own load and its own size."""
    parts = [
        "# Depot",
        "",
        "A system for a chain of repair shops, with a team of six and 9,000 dollars a month to run it.",
        "",
    ]
    for number, noun in enumerate(THINGS[:things]):
        parts += [
            f"## {noun.capitalize()}s",
            "",
            f"- A mechanic can create a {noun} and update it",
            f"- A manager can search for {noun}s by date and approve a {noun}",
            f"- A customer sees the status of a {noun}",
            "",
            f"There are {900 + 150 * number} {noun}s a day, each of {2 + number} kB, kept for {1 + number % 5} years.",
            "",
        ]
    return "\n".join([*parts, "It must answer within 400 ms and be up 99.9% of the time.", ""])


THINGS: Final = tuple(
    "invoice parcel contract vehicle ticket voucher complaint estimate shipment inspection guarantee lease "
    "booking reminder handover payment supplier certificate discount refund schedule permit survey badge".split()
)


if __name__ == "__main__":
    sys.exit(main())
