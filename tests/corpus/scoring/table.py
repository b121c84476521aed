"""The outcomes as a table for each brief and field."""

from collections.abc import Iterator

from tests.corpus.scoring.score import share_found, share_wrong
from tests.corpus.scoring.tally import Outcome, Tally, sums


def table(title: str, outcomes: list[Outcome], verbose: bool = False) -> Iterator[str]:
    """The lines: found/expected, `!n` for n wrong ones; then the sums, and what is reported beside."""
    total = sums(outcomes)
    yield f"{title:22}" + "".join(f"{n:>13}" for n in total)
    for outcome in outcomes:
        yield _line(outcome.name, outcome.fields, total) + (
            f"  {outcome.status} {outcome.seconds:.1f}s{' CRASH' if outcome.crash else ''}"
        )
        if verbose:
            yield from _details(outcome)
    yield _line("all", total, total)
    yield f"{'found':22}" + "".join(f"{t.found / max(1, t.expected):>13.0%}" for t in total.values())
    yield f"{'not expected':22}" + "".join(f"{f'{len(t.extra)}/{t.reported}':>13}" for t in total.values())
    (found, expected), (wrong, reported) = share_found(total), share_wrong(total)
    forbidden = sum(len(t.forbidden) for t in total.values())
    yield (
        f"found {found}/{expected} = {found / max(1, expected):.1%}; "
        f"wrong {wrong}/{reported} = {wrong / max(1, reported):.1%} of what is reported; forbidden {forbidden}"
    )
    if crashed := [o.name for o in outcomes if o.crash]:
        yield f"crashed: {', '.join(crashed)}"


def _line(name: str, fields: dict[str, Tally], columns: dict[str, Tally]) -> str:
    cells = ""
    for column in columns:
        tally = fields.get(column)
        bad = f"!{len(tally.wrong)}" if tally and tally.wrong else ""
        cells += f"{f'{tally.found}/{tally.expected}{bad}' if tally else '-':>13}"
    return f"{name:22}{cells}"


def _details(outcome: Outcome) -> Iterator[str]:
    if outcome.crash:
        yield "    " + outcome.crash.replace("\n", "\n    ")
    for name, tally in outcome.fields.items():
        for kind, lines in (("missing", tally.missing), ("WRONG", tally.wrong)):
            for line in lines:
                yield f"    {name} {kind}: {line}"
        if tally.extra:
            yield f"    {name} extra ({len(tally.extra)} of {tally.reported}): " + "; ".join(tally.extra)
