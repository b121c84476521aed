"""Argues a decision of a design, or traces one of its figures."""

from typing import Final

from archsmith.kernel.findings import Finding
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.argument import Explained
from archsmith.model.base import Figure
from archsmith.model.design import Design
from archsmith.render.argument.build import argument, lines
from archsmith.render.argument.find import find
from archsmith.render.argument.trace import Known, chain, known, leaf, step

FRONT: Final = "front"
"""The word that asks for the designs that trade one goal for another."""


def explain(design: Design, what: str, catalogue: Catalogue) -> Explained | Finding:
    """All decisions in a line each where `what` is empty; else what it names, argued or traced; or the front."""
    title = design.requirements.title
    if not what.strip():
        return Explained(title=title, asked="", decisions=lines(design))
    if what.strip().lower() == FRONT and design.decisions.front:
        return Explained(title=title, asked=what, front=design.decisions.front)
    figures = known(design, catalogue)
    found = find(what, design, figures)
    if isinstance(found, Finding):
        return found
    if isinstance(found, Known):
        return Explained(title=title, asked=what, figures=tuple(step(f) for f in found.figures.values()))
    if isinstance(found, str):
        return Explained(title=title, asked=what, chain=tuple(leaf(found, 0, figures)))
    if isinstance(found, Figure):
        return Explained(title=title, asked=what, chain=chain(found, figures))
    return Explained(title=title, asked=what, arguments=tuple(argument(d, design, figures) for d in found))


__all__ = ["explain"]
