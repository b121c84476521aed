"""Outside systems that can stop the design."""

from collections.abc import Iterator

from archsmith.evaluate.rules.base import Evaluated, Hit, rule
from archsmith.kernel.findings import Severity
from archsmith.kernel.phrases import listed
from archsmith.model.architecture import Mode


@rule("AVL004", severity=Severity.WARNING, title="Outside system is waited for without breaker or fallback")
def bare_call(found: Evaluated) -> Iterator[Hit]:
    """What: finds synchronous calls to outside systems that have neither a circuit breaker nor a stand-in answer.

    Why: when the system hangs, every worker hangs with it, and the whole service is down for a fault of others. Fix: a
    timeout, a breaker, and an answer for the time that the system is away.
    """
    for flow in found.view.architecture.flows:
        outside = flow.target.startswith("system:") and flow.source.startswith("service:")
        if outside and flow.mode is Mode.SYNC and not (flow.breaker or flow.fallback):
            names = listed(found.view.operations[o].name for o in flow.operations if o in found.view.operations)
            yield Hit(
                flow.source,
                f"{names} waits for {found.view.name(flow.target)} with nothing to fall back on",
                f"a breaker on the call to {found.view.name(flow.target)}, and an answer while it is open",
            )
