"""Chains of calls that wait for each other."""

from collections.abc import Iterator

from archsmith.evaluate.rules.base import Evaluated, Hit, rule
from archsmith.kernel.findings import Severity
from archsmith.kernel.ids import ElementId, ServiceId, element
from archsmith.kernel.phrases import listed
from archsmith.model.architecture import Mode

LONGEST = 2
"""Calls in a row that a caller may wait for."""


@rule("AVL003", severity=Severity.WARNING, title="Synchronous chain of services is long")
def long_chain(found: Evaluated) -> Iterator[Hit]:
    """What: follows synchronous calls from service to service and counts the hops.

    Why: each hop in series lowers availability and adds its slowest percent to every request. Fix: make a hop
    asynchronous, keep a copy of what is asked for, or join the two services.
    """
    for service in found.view.architecture.services:
        chain = _longest(found, element("service", service.id), ())
        if len(chain) - 1 > LONGEST:
            names = " -> ".join(found.view.name(e) for e in chain)
            slow = found.view.name(chain[-1])
            yield Hit(
                chain[0],
                f"{names}: {len(chain) - 1} calls in a row, {LONGEST} at most",
                f"let {found.view.name(chain[-2])} keep a copy of what it asks {slow}, fed by "
                f"{listed(_events(found, chain[-1]))}",
            )


def _longest(found: Evaluated, start: ElementId, seen: tuple[ElementId, ...]) -> tuple[ElementId, ...]:
    here = (*seen, start)
    best = here
    for flow in found.view.flows_from.get(start, ()):
        if flow.mode is Mode.SYNC and flow.target.startswith("service:") and flow.target not in here:
            best = max(best, _longest(found, flow.target, here), key=len)
    return best


def _events(found: Evaluated, ident: ElementId) -> list[str]:
    service = found.view.services.get(ServiceId(ident.partition(":")[2]))
    names = [found.view.events[e].name for e in service.publishes if e in found.view.events] if service else []
    return names or ["its events"]
