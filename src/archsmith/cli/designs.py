"""A design from whatever names it: the folder that holds it, its design.json, or a brief to design from."""

import importlib
import importlib.metadata
import sys
from pathlib import Path
from typing import Any, Final

from archsmith import pipeline
from archsmith.cli.inputs import bad_catalogue, brief_of
from archsmith.cli.progress import silent
from archsmith.kernel.canonical import Malformed, from_json
from archsmith.kernel.findings import Finding, Severity
from archsmith.kernel.safeyaml import BadYaml
from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.model.brief import Brief
from archsmith.model.design import DESIGN_SCHEMA, Design
from archsmith.pipeline import Listener, State

NAME: Final = "design.json"
MAX_BYTES: Final = 50_000_000
Findings = tuple[Finding, ...]


def design_of(path: Path, catalog: tuple[Path, ...], listen: Listener = silent) -> Design | Findings:
    """The design, read or made; or the findings that say why there is none."""
    if path.is_dir():
        return _read(path / NAME)
    if path.suffix == ".json":
        return _read(path)
    brief = brief_of(path)
    if isinstance(brief, Finding):
        return (brief,)
    state = state_of(brief, catalog, listen)
    return finished(state) if isinstance(state, State) else state


def state_of(brief: Brief, catalog: tuple[Path, ...], listen: Listener = silent) -> State | Findings:
    """All stages on a brief; or the findings that say why it can't be designed from."""
    faults = catalog_faults(catalog)
    if faults:
        return faults
    try:
        return pipeline.advance(State(brief=brief), Catalogue(catalog), listen=listen)
    except pipeline.Unusable as unusable:
        return unusable.findings
    except (BadYaml, Malformed, KeyError) as error:
        if not catalog:
            raise
        return (bad_catalogue(error),)


def catalog_faults(catalog: tuple[Path, ...]) -> Findings:
    """What is wrong with folders of own knowledge, so that no run stumbles over it."""
    if not catalog:
        return ()
    from archsmith.knowledge.overlays import check

    return tuple(f for f in check(catalog, lexicons()) if f.severity is Severity.BLOCKER)


def lexicons() -> dict[str, Table[Any]]:
    """The tables of words, which belong to the stage that reads briefs."""
    importlib.import_module("archsmith.elicit")
    modules = [m for name, m in sorted(sys.modules.items()) if name.startswith("archsmith.elicit.")]
    return {t.name: t for m in modules for t in vars(m).values() if isinstance(t, Table)}


def finished(state: State) -> Design:
    """The design out of all stages."""
    return pipeline.finish(state, f"archsmith {importlib.metadata.version('archsmith')}")


def _read(path: Path) -> Design | Findings:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        fix = "give a folder that archsmith design wrote, its design.json, or a brief"
        return (_bad("INP007", path, f"there is no {NAME}", fix),)
    except OSError as error:
        return (_bad("INP001", path, f"it can't be read: {error.strerror or error}", "check the file's permissions"),)
    if len(data) > MAX_BYTES:
        return (_bad("INP002", path, f"it is larger than {MAX_BYTES:,} bytes", "give the design.json of one design"),)
    try:
        design = from_json(data, Design)
    except (Malformed, RecursionError) as error:
        fix = "design again with this version, and give what it writes"
        return (_bad("INP005", path, f"it is no design of this version: {error}", fix),)
    if design.schema != DESIGN_SCHEMA:
        fix = "design again with this version, and give what it writes"
        return (_bad("INP005", path, f"its schema is {design.schema[:60]!r}, not {DESIGN_SCHEMA!r}", fix),)
    return design


def _bad(rule: str, path: Path, fact: str, fix: str) -> Finding:
    return Finding(id=rule, severity=Severity.BLOCKER, place=str(path), fact=fact, fix=fix)
