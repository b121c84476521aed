"""`archsmith read`."""

import importlib.metadata
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from archsmith import pipeline
from archsmith.cli.designs import catalog_faults
from archsmith.cli.exits import FINDINGS, FINE
from archsmith.cli.inputs import bad_catalogue, brief_of, refuse
from archsmith.cli.progress import silent
from archsmith.files.writer import write_file
from archsmith.kernel.canonical import Malformed
from archsmith.kernel.findings import Finding, Severity
from archsmith.kernel.safeyaml import BadYaml
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.brief import Brief
from archsmith.pipeline import Stage, State
from archsmith.render.reading import READING_SCHEMA, Reading, as_json, as_yaml, reading


@dataclass(frozen=True, slots=True)
class Wanted:
    """The arguments of the command."""

    brief: Path
    form: str
    out: Path | None
    force: bool
    catalog: tuple[Path, ...]


def run(wanted: Wanted) -> int:
    """Reads the brief and shows what was understood; the exit code."""
    faults = catalog_faults(wanted.catalog)
    if faults:
        return refuse(faults)
    brief = brief_of(wanted.brief)
    if isinstance(brief, Finding):
        return refuse((brief,))
    try:
        catalogue = Catalogue(wanted.catalog)
        state = pipeline.advance(State(brief=brief), catalogue, upto=Stage.DERIVE, listen=silent)
    except pipeline.Unusable as unusable:
        return refuse(unusable.findings)
    except (BadYaml, Malformed, KeyError) as error:
        if not wanted.catalog:
            raise
        return refuse((bad_catalogue(error),))
    assert state.requirements is not None
    assert state.derivation is not None
    generator = f"archsmith {importlib.metadata.version('archsmith')}"
    read = reading(state.requirements, state.derivation, generator)
    refusal = _show(wanted, brief, read)
    if refusal:
        return refuse((refusal,))
    return FINDINGS if _troubled(read) else FINE


def _show(wanted: Wanted, brief: Brief, read: Reading) -> Finding | None:
    """Writes the wanted form to the wanted place."""
    content = _FORMS[wanted.form](wanted, brief, read)
    if wanted.out is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return None
    return write_file(wanted.out, content, ours=READING_SCHEMA, force=wanted.force)


def _text(wanted: Wanted, brief: Brief, read: Reading) -> bytes:
    from archsmith.cli.read_report import report

    return report(brief, read, terminal=wanted.out is None and sys.stdout.isatty())


def _html(_wanted: Wanted, brief: Brief, read: Reading) -> bytes:
    from archsmith.render.reading.page import page

    return page(brief, read)


_FORMS: Final[dict[str, Callable[[Wanted, Brief, Reading], bytes]]] = {
    "text": _text,
    "yaml": lambda _wanted, _brief, read: as_yaml(read),
    "json": lambda _wanted, _brief, read: as_json(read),
    "html": _html,
}


def _troubled(read: Reading) -> bool:
    """Whether the brief contradicts itself, or holds what a design can't be made of."""
    needs = read.requirements
    return bool(needs.conflicts) or any(f.severity in (Severity.DANGER, Severity.BLOCKER) for f in needs.findings)
