"""The outcomes as a table, for people: `python -m tests.cases.table [names]`, and at the end of a test run."""

import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import msgspec
from tests.cases.outcome import Outcome, outcome, paths

_COLUMNS = ("components", "capacity", "cost", "choices")


def lines(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The same of outcomes as plain data, such as a test run hands over."""
    return table(msgspec.convert(row, Outcome) for row in rows)


def table(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """A line for each brief, and under it what is wrong."""
    yield f"{'brief':28}{'pattern':18}" + "".join(f"{c:>12}" for c in _COLUMNS) + f"{'USD/month':>12}  feasible"
    for row in sorted(outcomes, key=lambda o: o.name):
        cells = "".join(f"{row.shown[c]:>12}" for c in _COLUMNS)
        yield f"{row.name:28}{row.pattern:18}{cells}{row.month:>12,.0f}  {row.feasible}"
        for field, lines in row.misses.items():
            yield from (f"    {field}: {line}" for line in lines)


def main(names: list[str]) -> int:
    """Prints the table; 1 where anything is wrong."""
    chosen = [p for p in paths() if not names or any(n in str(p) for n in names)]
    with ProcessPoolExecutor(2) as pool:
        found = list(pool.map(outcome, chosen))
    print("\n".join(table(found)))
    return int(any(o.misses for o in found))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
