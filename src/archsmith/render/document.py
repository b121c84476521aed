"""architecture.md: the eight sections and the appendix, in reading order."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from archsmith.kernel.ids import ArtifactPath, element
from archsmith.model.artifacts import Artifact
from archsmith.model.design import Status
from archsmith.render.markdown import clean, code, join, listed, text
from archsmith.render.prose import met
from archsmith.render.sections.api import api
from archsmith.render.sections.appendix import appendix
from archsmith.render.sections.data import data
from archsmith.render.sections.executive import executive
from archsmith.render.sections.scalability import scalability
from archsmith.render.sections.security import security
from archsmith.render.sections.system import system
from archsmith.render.sections.targets import rows
from archsmith.render.sections.technology import technology
from archsmith.render.sections.timeline import timeline
from archsmith.render.view import View

SECTIONS: Final[tuple[tuple[str, Callable[[View], str]], ...]] = (
    ("Executive summary", executive),
    ("System architecture", system),
    ("API specification", api),
    ("Database schema", data),
    ("Technology stack", technology),
    ("Security and compliance", security),
    ("Scalability and performance", scalability),
    ("Implementation timeline and resources", timeline),
)
"""The order of the document; the number of a section is its place here."""

STATUS: Final = {
    Status.COMPLETE: "meets its targets",
    Status.PARTIAL: "misses targets, see section 1",
    Status.INFEASIBLE: "can't be built as asked, see section 1; this design misses least",
    Status.UNUSABLE: "is no design",
}


def verdict(view: View) -> str:
    """How the design stands to its targets, by the status and by the verdict on each."""
    missed = [name for name, _, _, said in rows(view) if said == met(False)]
    if missed and view.design.status is not Status.INFEASIBLE:
        names = dict.fromkeys(re.split(" of |,", name)[0].lower() for name in missed)
        return f"misses its targets for {listed(names)}; see section 1"
    return STATUS[view.design.status]


def _summary(view: View) -> str:
    """The brief's own first words, where they are not just its title."""
    said = clean(view.design.requirements.summary)
    same = said.casefold().rstrip(".") == clean(view.design.requirements.title).casefold().rstrip(".")
    return "" if same or not said else f"> {text(said)}"


def document(view: View) -> Iterator[Artifact]:
    """The one document."""
    needs = view.design.requirements
    head = f"# Backend design: {text(needs.title)}"
    about = f"Designed from {code(needs.source)}; the design of {text(view.title)} {verdict(view)}."
    none = f"{text(view.title)} needs none."
    numbered = [f"## {n}. {title}\n\n{section(view) or none}" for n, (title, section) in enumerate(SECTIONS, 1)]
    body = join([head, about, _summary(view), *numbered, appendix(view)])
    shows = [element("service", s.id) for s in view.arch.services]
    shows += [element("store", s.id) for s in view.arch.stores]
    shows += [element("entity", e.id) for e in view.domain.entities]
    yield Artifact(
        path=ArtifactPath("architecture.md"), content=f"{body}\n".encode("utf-8", "replace"), shows=tuple(shows)
    )
