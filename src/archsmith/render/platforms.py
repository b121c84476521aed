"""What the services run on, in the component kinds of summary.json."""

from collections.abc import Iterator
from typing import Final

from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.technologies import TECHNOLOGIES
from archsmith.model.architecture import Deployment
from archsmith.model.decisions import Dimension
from archsmith.render.view import View

PLATFORMS: Final = frozenset(
    {"kubernetes", "container_platform", "virtual_machine", "serverless_functions", "platform_as_a_service"}
)


def platform_components(view: View) -> Iterator[tuple[str, str, str, str]]:
    """Kind, product, id and reason of the platform, for each deployment that runs a service."""
    decided = view.first(Dimension.PLATFORM)
    known = Catalogue().table(TECHNOLOGIES)
    for where in view.arch.deployments:
        if not any(str(e).startswith("service:") for e in where.runs):
            continue
        row = known.get(str(where.platform)) or (known.get(str(decided.tech)) if decided else None)
        kinds = row.kinds if row else tuple(k for k in sorted(PLATFORMS) if decided and k == str(decided.option))
        for kind in kinds:
            if kind in PLATFORMS or (kind == "autoscaling" and _scales(where)):
                yield kind, where.product, str(where.id), decided.reason if decided else ""


def _scales(where: Deployment) -> bool:
    return where.scaling is not None and where.scaling.maximum > where.scaling.minimum
