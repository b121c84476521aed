"""archsmith: an autonomous backend architect. A brief goes in, a complete backend design comes out.

    from archsmith import Brief, BriefForm, Catalogue, deliver, design

    made = design(Brief(name="brief.md", text=text, form=BriefForm.MARKDOWN), Catalogue())
    files, evidence = deliver(made)

The names below are the public ones; all else may change on any day. They are imported when first used, since some are
heavy.
"""

import importlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from archsmith.knowledge.catalogue import Catalogue
    from archsmith.model.artifacts import Artifact, Evidence
    from archsmith.model.brief import Brief, BriefForm
    from archsmith.model.design import Design, Status
    from archsmith.pipeline import Unusable, deliver, design

__all__ = [
    "Artifact",
    "Brief",
    "BriefForm",
    "Catalogue",
    "Design",
    "Evidence",
    "Status",
    "Unusable",
    "deliver",
    "design",
]

_HOMES: Final = {
    "Artifact": "model.artifacts",
    "Brief": "model.brief",
    "BriefForm": "model.brief",
    "Catalogue": "knowledge.catalogue",
    "deliver": "pipeline",
    "Design": "model.design",
    "design": "pipeline",
    "Evidence": "model.artifacts",
    "Status": "model.design",
    "Unusable": "pipeline",
}


def __getattr__(name: str) -> object:
    """The public name, from its home module."""
    if name not in _HOMES:
        raise AttributeError(f"module 'archsmith' has no attribute {name!r}")
    return getattr(importlib.import_module(f"archsmith.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """The public names."""
    return __all__
