"""What the services run on, in the component kinds of summary.json."""

from collections.abc import Iterator
from typing import Final

from archsmith.model.decisions import Dimension
from archsmith.render.view import View

PLATFORMS: Final = frozenset(
    {"kubernetes", "container_platform", "virtual_machine", "serverless_functions", "platform_as_a_service"}
)


def platform_components(view: View) -> Iterator[tuple[str, str, str, str]]:
    """Kind, product, id and reason of the platform, once for each deployment that runs a service."""
    decided = view.first(Dimension.PLATFORM)
    if decided is None:
        return
    kind = next((k for k in sorted(PLATFORMS) if k == str(decided.option)), None)
    if kind is None:
        return
    hosts = [d for d in view.arch.deployments if any(str(e).startswith("service:") for e in d.runs)]
    for where in hosts:
        yield kind, where.product, str(where.id), decided.reason
    if not hosts:
        yield kind, decided.choice, str(decided.option), decided.reason
