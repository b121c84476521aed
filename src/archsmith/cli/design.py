"""`archsmith design`."""

import importlib.metadata
import sys
from dataclasses import dataclass
from pathlib import Path

from archsmith import pipeline
from archsmith.cli.designs import catalog_faults
from archsmith.cli.exits import FINDINGS, FINE
from archsmith.cli.inputs import bad_catalogue, brief_of, refuse, say, wrong
from archsmith.cli.progress import listener
from archsmith.files.writer import write_tree
from archsmith.kernel.canonical import Malformed, from_json, to_json
from archsmith.kernel.findings import Finding, Severity
from archsmith.kernel.safeyaml import BadYaml
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.design import Design, Status
from archsmith.pipeline import Stage, State

MAX_DUMP_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """The arguments of the command."""

    brief: Path | None
    out: Path | None
    as_json: bool
    force: bool
    full: bool
    catalog: tuple[Path, ...]
    dump_after: str | None
    from_dump: tuple[str, Path] | None
    quiet: bool


def run(wanted: Wanted) -> int:
    """Does what is wanted; the exit code."""
    faults = catalog_faults(wanted.catalog)
    if faults:
        return refuse(faults)
    start = _start(wanted)
    if isinstance(start, Finding):
        return refuse((start,))
    state, after = start
    listen = listener(wanted.quiet)
    try:
        upto = Stage(wanted.dump_after) if wanted.dump_after else Stage.PLAN
        catalogue = Catalogue(wanted.catalog)
        state = pipeline.advance(state, catalogue, after=after, upto=upto, listen=listen)
    except pipeline.Unusable as unusable:
        if wanted.as_json:
            _print_unusable(unusable)
        return refuse(unusable.findings)
    except pipeline.MissingInput as error:
        return refuse((wrong("INP006", str(error), "dump again, and name the stage that was dumped"),))
    except (BadYaml, Malformed, KeyError) as error:
        if not wanted.catalog:
            raise
        return refuse((bad_catalogue(error),))
    if wanted.dump_after:
        sys.stdout.buffer.write(to_json(state))
        return FINE
    return _deliver(wanted, pipeline.finish(state, f"archsmith {importlib.metadata.version('archsmith')}"), listen)


def _start(wanted: Wanted) -> tuple[State, Stage | None] | Finding:
    if wanted.from_dump:
        stage, path = wanted.from_dump
        return _read_dump(stage, path)
    brief = brief_of(wanted.brief or Path("-"))
    return brief if isinstance(brief, Finding) else (State(brief=brief), None)


def _read_dump(stage: str, path: Path) -> tuple[State, Stage | None] | Finding:
    try:
        with path.open("rb") as file:
            return from_json(file.read(MAX_DUMP_BYTES), State), Stage(stage)
    except OSError as error:
        return wrong("INP001", f"{path}: {error.strerror or error}", "give the file that --dump-after wrote")
    except Malformed as error:
        return wrong("INP005", f"{path}: {error}", "give the file that --dump-after of this version wrote")


def _deliver(wanted: Wanted, design: Design, listen: pipeline.Listener) -> int:
    failed = 0
    if wanted.out:
        files, evidence = pipeline.deliver(design, full=wanted.full, listen=listen)
        own = _own_input(wanted.brief, wanted.out)
        refusal = write_tree(wanted.out, files, force=wanted.force, replaceable=own)
        if refusal:
            return refuse((refusal,))
        failed = len(evidence.failed)
    if wanted.as_json:
        from archsmith.render.summary import summary_json

        sys.stdout.buffer.write(summary_json(design))
    _report(wanted, design, failed)
    return FINE if design.status is Status.COMPLETE and not failed else FINDINGS


def _own_input(brief: Path | None, out: Path) -> frozenset[str]:
    """The input itself, where it is an edited requirements.yaml in the folder that it is written back to."""
    if brief is None or str(brief) == "-" or brief.absolute().parent != out.absolute():
        return frozenset()
    return frozenset({brief.name})


def _report(wanted: Wanted, design: Design, failed: int) -> None:
    if wanted.quiet:
        return
    dangers = [f for f in (*design.report.findings, *design.plan.findings) if f.severity is Severity.DANGER]
    if design.decisions.clash:
        say(f"infeasible: {design.decisions.clash.fact}", err=True)
    for finding in dangers:
        say(str(finding), err=True)
    if failed:
        say(f"{failed} checks failed: see {wanted.out}/evidence", err=True)
    if wanted.out:
        say(f"{design.status}: {wanted.out}/architecture.md", err=True)


def _print_unusable(unusable: pipeline.Unusable) -> None:
    from archsmith.render.summary import unusable_json

    sys.stdout.buffer.write(unusable_json(unusable.requirements))
