"""`archsmith explain`."""

from dataclasses import dataclass
from pathlib import Path

from archsmith.cli.console import show, show_bytes
from archsmith.cli.designs import NAME, catalog_faults, design_of
from archsmith.cli.exits import FINE
from archsmith.cli.inputs import refuse, wrong
from archsmith.kernel.canonical import to_json
from archsmith.kernel.findings import Finding
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.argument import Explained
from archsmith.model.design import Design
from archsmith.pipeline import sharpened
from archsmith.render.argument import explain

_SHARP = 3
"""Decisions at once whose flip points are narrowed for the answer."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The arguments of the command; `words` are what to explain and where it is, in either order."""

    words: tuple[str, ...]
    as_json: bool
    catalog: tuple[Path, ...]


def run(wanted: Wanted) -> int:
    """Explains what is asked for."""
    told = _told(wanted.words)
    if isinstance(told, Finding):
        return refuse((told,))
    what, source = told
    faults = catalog_faults(wanted.catalog)
    if faults:
        return refuse(faults)
    design = design_of(source, wanted.catalog)
    if not isinstance(design, Design):
        return refuse(design)
    catalogue = Catalogue(wanted.catalog)
    found = explain(design, what, catalogue)
    if isinstance(found, Finding):
        return refuse((found,))
    ids = tuple(a.id for a in found.arguments)
    if 0 < len(ids) <= _SHARP:
        found = explain(sharpened(design, ids, catalogue), what, catalogue)
        assert isinstance(found, Explained)
    if wanted.as_json:
        show_bytes(to_json(found))
    else:
        from archsmith.cli.explain_report import explained

        show(explained(found))
    return FINE


def _told(words: tuple[str, ...]) -> tuple[str, Path] | Finding:
    """What to explain, and the source: of two words the one that holds a design or a brief, else the second."""
    left = list(words[1:] if len(words) == 3 and words[0] == "figure" else words)
    if len(left) > 2:
        return wrong("EXP002", "more than WHAT and SOURCE", "give one decision, and one folder or brief")
    here = Path()
    sources = [w for w in left if w == "-" or Path(w).is_file() or (Path(w) / NAME).is_file()]
    if not sources and len(left) < 2:
        if not (here / NAME).is_file():
            return wrong(
                "EXP003",
                "no design is named, and the current folder holds none",
                "give a folder that archsmith design wrote, or a brief: archsmith explain D-001 OUT",
            )
        return (left[0] if left else ""), here
    source = sources[-1] if sources else left[-1]
    left.remove(source)
    return (left[0] if left else ""), Path(source)
