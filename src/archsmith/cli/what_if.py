"""`archsmith what-if`."""

from dataclasses import dataclass
from pathlib import Path

import click

from archsmith import pipeline
from archsmith.cli.console import show, show_bytes
from archsmith.cli.designs import catalog_faults, finished, state_of
from archsmith.cli.exits import FINDINGS, FINE
from archsmith.cli.inputs import brief_of, refuse
from archsmith.cli.progress import listener
from archsmith.compare import compare, unheeded
from archsmith.elicit.technologies import TECH_NAMES
from archsmith.kernel.canonical import to_json
from archsmith.kernel.findings import Finding
from archsmith.kernel.ids import TechId
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.comparison import WhatIf
from archsmith.model.design import Status
from archsmith.pipeline import State
from archsmith.vary import LEVERS, Refused, asked, vary
from archsmith.vary.amounts import like


@dataclass(frozen=True, slots=True)
class Wanted:
    """The arguments of the command."""

    brief: Path
    sets: tuple[str, ...]
    forbid: tuple[str, ...]
    require: tuple[str, ...]
    as_json: bool
    catalog: tuple[Path, ...]
    quiet: bool


def run(wanted: Wanted) -> int:
    """Designs the brief as it is and with the changes; 1 where the changed design misses what is asked of it."""
    brief = brief_of(wanted.brief)
    if isinstance(brief, Finding):
        return refuse((brief,))
    faults = catalog_faults(wanted.catalog)
    if faults:
        return refuse(faults)
    catalogue = Catalogue(wanted.catalog)
    moves = asked(catalogue, sets=wanted.sets, forbid=wanted.forbid, require=wanted.require, words=_words(catalogue))
    if isinstance(moves, Refused):
        return refuse(moves.findings)
    state = state_of(brief, wanted.catalog, listener(wanted.quiet))
    if not isinstance(state, State):
        return refuse(state)
    assert state.requirements is not None
    assert state.derivation is not None
    varied = vary(state.requirements, state.derivation, catalogue, moves)
    if isinstance(varied, Refused):
        return refuse(varied.findings)
    after = finished(pipeline.changed(state, varied, catalogue, listen=listener(wanted.quiet)))
    found = WhatIf(changes=varied.changes, unheeded=unheeded(after), comparison=compare(finished(state), after))
    if wanted.as_json:
        show_bytes(to_json(found))
    else:
        from archsmith.cli.comparison_report import what_if

        show(what_if(found))
    return FINE if after.status is Status.COMPLETE else FINDINGS


def _words(catalogue: Catalogue) -> dict[str, TechId | None]:
    """The names by which briefs call technologies."""
    rows = catalogue.table(TECH_NAMES).values()
    return {
        word.lower(): TechId(row.tech) if row.tech else None
        for row in rows
        for word in (row.id.replace(" ", "_"), *row.words.split(), *row.exact.split())
    }


def names() -> None:
    """Prints what can be set."""
    for lever in LEVERS:
        click.echo(f"{lever.name:<14}{lever.what}\n{'':<14}takes {like(lever.kind)}")
