"""Where a threat fits a design, and the ratings of what it reaches."""

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from archsmith.evaluate.view import View
from archsmith.kernel.ids import ElementId, OperationId, element
from archsmith.model.domain import DataClass, Entity

SECRECY = {
    DataClass.PUBLIC: 1,
    DataClass.INTERNAL: 2,
    DataClass.PERSONAL: 3,
    DataClass.FINANCIAL: 3,
    DataClass.EDUCATION: 3,
    DataClass.CHILD: 4,
    DataClass.CREDENTIAL: 4,
    DataClass.CARD: 4,
    DataClass.HEALTH: 4,
}
"""What a leak of the class is worth, 1 to 4."""

CORRECTNESS = {
    DataClass.PUBLIC: 2,
    DataClass.INTERNAL: 2,
    DataClass.PERSONAL: 2,
    DataClass.EDUCATION: 3,
    DataClass.CHILD: 3,
    DataClass.CREDENTIAL: 4,
    DataClass.FINANCIAL: 4,
    DataClass.CARD: 4,
    DataClass.HEALTH: 4,
}
"""What a falsified row of the class is worth, 1 to 4."""


class Hit(Struct, frozen=True):
    """An element that a threat fits: what exactly is there, what the design does about it, and which data is reached.

    `steps` by which the countermeasure lowers the likelihood: 0 none found, 1 found, 2 found and checked on the output.
    """

    element: ElementId
    detail: str
    mitigation: str
    by: tuple[ElementId, ...] = ()
    steps: int = 0
    reached: tuple[Entity, ...] = ()


Check = Callable[[View], Iterator[Hit]]


def service_of_all(view: View, operations: Iterable[OperationId]) -> ElementId:
    """The service that most of the operations belong to; the first service where none does."""
    counts: dict[ElementId, int] = {}
    for ident in operations:
        service = view.service_of.get(ident)
        if service:
            counts[element("service", service.id)] = counts.get(element("service", service.id), 0) + 1
    if not counts:
        return element("service", view.architecture.services[0].id) if view.architecture.services else ElementId("")
    return max(counts, key=lambda k: counts[k])


def uptime(view: View) -> int:
    """What being up is worth, 1 to 4, by the target."""
    aim = view.targets.availability.value
    return 4 if aim >= 0.9995 else 3 if aim >= 0.999 else 2 if aim >= 0.99 else 1
