"""What a measure says about a design, and the small helpers that all measures share."""

from collections.abc import Iterable

from msgspec import Struct

from archsmith.evaluate.view import View
from archsmith.kernel.ids import DecisionId, ElementId, element
from archsmith.kernel.phrases import listed
from archsmith.model.architecture import Store
from archsmith.model.decisions import Decision, Dimension
from archsmith.model.domain import Attribute, DataClass, Entity
from archsmith.model.report import ControlStatus


class Answer(Struct, frozen=True):
    """How a design takes a measure: by which elements, in words that name them."""

    status: ControlStatus
    text: str
    elements: tuple[ElementId, ...] = ()


def done(text: str, *elements: ElementId) -> Answer:
    """The design does it."""
    return Answer(ControlStatus.BY_DESIGN, text, tuple(dict.fromkeys(elements)))


def people(text: str, *elements: ElementId) -> Answer:
    """People must do it; the text names what about."""
    return Answer(ControlStatus.BY_TEAM, text, tuple(dict.fromkeys(elements)))


def missing(text: str, *elements: ElementId) -> Answer:
    """The design should do it and does not."""
    return Answer(ControlStatus.OPEN, text, tuple(dict.fromkeys(elements)))


def stores(found: Iterable[Store]) -> tuple[ElementId, ...]:
    """The element ids of stores."""
    return tuple(element("store", s.id) for s in found)


def entities(found: Iterable[Entity]) -> tuple[ElementId, ...]:
    """The element ids of entities."""
    return tuple(element("entity", e.id) for e in found)


def services(view: View) -> tuple[ElementId, ...]:
    """The element ids of all services."""
    return tuple(element("service", s.id) for s in view.architecture.services)


def service_names(view: View) -> str:
    """The names of the services, in words."""
    return listed(s.name for s in view.architecture.services)


def store_names(found: Iterable[Store]) -> str:
    """The names of stores, in words."""
    return listed(s.name for s in found)


def fields(view: View, classes: Iterable[DataClass]) -> tuple[tuple[Entity, Attribute], ...]:
    """Attributes of these classes, with their entities."""
    wanted = frozenset(classes)
    return tuple((e, a) for e in view.domain.entities for a in e.attributes if a.data_class in wanted)


def field_names(found: Iterable[tuple[Entity, Attribute]], limit: int = 5) -> str:
    """`customer.email, customer.name and 3 more`."""
    return listed((f"{e.name}.{a.name}" for e, a in found), limit)


def decision(view: View, dimension: Dimension) -> Decision | None:
    """The first decision on a dimension."""
    return next((d for d in view.decisions.decisions if d.dimension is dimension), None)


def by_decision(view: View, dimension: Dimension) -> str:
    """`GitHub Actions (D-021)`, or empty where nothing was decided on the dimension."""
    found = decision(view, dimension)
    return f"{found.choice} ({DecisionId(found.id)})" if found else ""
