"""`archsmith diff`."""

from dataclasses import dataclass
from pathlib import Path

from archsmith.cli.console import show, show_bytes
from archsmith.cli.designs import design_of
from archsmith.cli.exits import FINDINGS, FINE
from archsmith.cli.inputs import refuse
from archsmith.compare import compare
from archsmith.kernel.canonical import to_json
from archsmith.model.design import Design


@dataclass(frozen=True, slots=True)
class Wanted:
    """The arguments of the command."""

    before: Path
    after: Path
    as_json: bool
    catalog: tuple[Path, ...]


def run(wanted: Wanted) -> int:
    """Compares two designs; 0 where they are the same, 1 where they differ."""
    before = design_of(wanted.before, wanted.catalog)
    after = design_of(wanted.after, wanted.catalog)
    faults = [f for side in (before, after) if not isinstance(side, Design) for f in side]
    if not isinstance(before, Design) or not isinstance(after, Design):
        return refuse(tuple(dict.fromkeys(faults)))
    found = compare(before, after)
    if wanted.as_json:
        show_bytes(to_json(found))
    else:
        from archsmith.cli.comparison_report import difference

        show(difference(found, str(wanted.before), str(wanted.after)))
    return FINE if found.same else FINDINGS
