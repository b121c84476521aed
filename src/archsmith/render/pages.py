"""The renderers in their order, and the one function that runs them."""

from collections.abc import Callable, Iterable
from typing import Final

from archsmith.kernel.canonical import to_json
from archsmith.kernel.cores import beside
from archsmith.kernel.ids import ArtifactPath
from archsmith.model.artifacts import Artifact
from archsmith.model.design import Design
from archsmith.render.contracts import RENDERERS as CONTRACTS
from archsmith.render.diagrams.files import diagrams
from archsmith.render.document import document
from archsmith.render.readme import readme
from archsmith.render.records import records
from archsmith.render.summary import summary_file
from archsmith.render.tables import tables
from archsmith.render.view import View

Renderer = Callable[[View], Iterable[Artifact]]


RENDERERS: Final[tuple[Renderer, ...]] = (
    document,
    records,
    diagrams,
    tables,
    lambda view: (summary_file(view),),
    lambda view: (Artifact(path=ArtifactPath("design.json"), content=to_json(view.design)),),
)


def render(design: Design) -> tuple[Artifact, ...]:
    """All files of the design, sorted by path. The same design gives the same bytes."""
    contracts = beside(lambda: [artifact for renderer in CONTRACTS for artifact in renderer(design)])
    view = View(design)
    files = [artifact for renderer in RENDERERS for artifact in renderer(view)]
    files += contracts()
    files.append(readme(view, files))
    return tuple(sorted(files, key=lambda f: f.path))
