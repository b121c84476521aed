"""What a design is like, as the closed set of tags that clauses of regimes depend on."""

from collections.abc import Iterator
from typing import Final

from archsmith.evaluate.view import ABOUT_PEOPLE, SENSITIVE, View
from archsmith.model.decisions import StoreRole
from archsmith.model.domain import DataClass

TAGS: Final = frozenset(
    {
        "analytics",
        "availability",
        "child",
        "consent",
        "internet",
        "large",
        "multi_tenant",
        "personal",
        "processors",
        "sensitive",
        "special_category",
        "upload",
    }
)
"""Every tag there is; a test holds the clauses to it."""

LARGE_USERS: Final = 1_000_000
"""Users from which laws that speak of large businesses are taken to apply."""


def tags_of(view: View) -> frozenset[str]:
    """The tags that hold for a design."""
    return frozenset(_tags(view))


def _tags(view: View) -> Iterator[str]:
    classes = {e.data_class for e in view.domain.entities} | {
        a.data_class for e in view.domain.entities for a in e.attributes
    }
    if classes & ABOUT_PEOPLE:
        yield "personal"
    if classes & (SENSITIVE - {DataClass.PERSONAL}):
        yield "sensitive"
    if DataClass.HEALTH in classes:
        yield "special_category"
    if DataClass.CHILD in classes:
        yield "child"
    if view.domain.multi_tenant.value:
        yield "multi_tenant"
    if any(e.blob_bytes.value > 0 for e in view.domain.entities):
        yield "upload"
    if any(not a.internal for a in view.domain.actors):
        yield "internet"
    if any(s.kind != "device" for s in view.domain.systems) or view.architecture.provider:
        yield "processors"
    if any(s.role is StoreRole.ANALYTICS for s in view.architecture.stores):
        yield "analytics"
    if view.requirements.needs.availability is not None:
        yield "availability"
    if view.workload.users.value >= LARGE_USERS:
        yield "large"
    words = ("newsletter", "subscri", "consent", "marketing", "campaign")
    named = [*(e.name for e in view.domain.entities), *(o.name for o in view.domain.operations)]
    if any(w in n.casefold() for w in words for n in named):
        yield "consent"
