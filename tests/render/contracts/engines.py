"""Designs whose main database is of another engine: the decision is taken over, the architecture composed again."""

from msgspec.structs import replace

from archsmith.compose import compose
from archsmith.kernel.ids import OptionId, TechId
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.dialects import SPEAKS_POSTGRESQL
from archsmith.model.decisions import Dimension
from archsmith.model.design import Design


def on_engine(design: Design, engine: str) -> Design:
    """The same design on `mysql` or `sqlite`, wherever it had PostgreSQL."""
    decisions, tech = design.decisions, TechId(engine)
    sizings = tuple(
        replace(s, tech=tech, managed=s.managed and engine != "sqlite") if s.tech in SPEAKS_POSTGRESQL else s
        for s in decisions.sizings
    )
    taken = tuple(
        replace(d, option=OptionId(engine), tech=tech) if d.dimension is Dimension.PRIMARY_STORE else d
        for d in decisions.decisions
    )
    decisions = replace(decisions, sizings=sizings, decisions=taken)
    architecture = compose(design.requirements, design.derivation, decisions, Catalogue())
    return replace(design, decisions=decisions, architecture=architecture)
