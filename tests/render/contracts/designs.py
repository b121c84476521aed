"""Designs whose architecture `compose` made, for the contracts: the seed shop, and the shop as many shops."""

from msgspec.structs import replace
from tests.render.sample import sample_design
from tests.samples.parts import fact
from tests.samples.shop import sample_decisions, sample_derivation, sample_requirements

from archsmith.compose import compose
from archsmith.kernel.canonical import to_json
from archsmith.kernel.ids import ArtifactPath
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.artifacts import Artifact
from archsmith.model.decisions import Decisions
from archsmith.model.design import Design
from archsmith.model.domain import Derivation
from archsmith.render.contracts import RENDERERS


def designed(derivation: Derivation, decisions: Decisions) -> Design:
    """A design with that domain; report and plan are the sample's, which no contract shows."""
    architecture = compose(sample_requirements(), derivation, decisions, Catalogue())
    return replace(sample_design(), derivation=derivation, decisions=decisions, architecture=architecture)


def shop() -> Design:
    """The seed shop."""
    return designed(sample_derivation(), sample_decisions())


def many_shops() -> Design:
    """The seed shop with a tenant in every row."""
    derivation = sample_derivation()
    entities = tuple(replace(e, tenant_scoped=True) for e in derivation.domain.entities)
    domain = replace(derivation.domain, entities=entities, multi_tenant=fact(True))
    return designed(replace(derivation, domain=domain), sample_decisions())


def rendered(design: Design) -> dict[str, str]:
    """The contracts' files by path."""
    return {a.path: a.content.decode() for render in RENDERERS for a in render(design)}


def artifacts(design: Design) -> tuple[Artifact, ...]:
    """The contracts, and the model that they are compared with."""
    files = [a for render in RENDERERS for a in render(design)]
    return (*files, Artifact(path=ArtifactPath("design.json"), content=to_json(design)))
