"""Pass: what stands in the second region, where the decisions ask for one."""

import math

from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.kernel.units import Seconds
from archsmith.knowledge.region_modes import REGION_MODES, RegionMode
from archsmith.model.architecture import Deployment, SecondRegion, Twin
from archsmith.model.decisions import Decision, Dimension


def second_region(ctx: Context, draft: Draft) -> None:
    """A twin of each deployment, in the number that the role asks for; the data behind by the lag of the copies."""
    chosen = ctx.decision(Dimension.REGIONS)
    mode = ctx.catalogue.table(REGION_MODES).get(str(chosen.option)) if chosen else None
    if chosen is None or mode is None or len(draft.regions) < 2:
        return
    draft.second = SecondRegion(
        region=draft.regions[1],
        role=mode.id,
        label=mode.name,
        twins=tuple(_twin(d, mode) for d in draft.deployments),
        takeover=Seconds(mode.switch),
        lag=Seconds(mode.lag),
        rpo_target=_target(chosen, "region.rpo_target"),
        rto_target=_target(chosen, "region.rto_target"),
        because=ctx.because(Dimension.REGIONS, Dimension.REGION),
    )


def _twin(deployment: Deployment, mode: RegionMode) -> Twin:
    if not any(e.startswith("service:") for e in deployment.runs):
        primary = any(e == "store:primary" for e in deployment.runs)
        share = mode.stores if primary else min(1.0, _share(deployment, mode))
        count = math.ceil(deployment.count * share - 1e-9)
        return Twin(deployment=deployment.id, count=count, minimum=count)
    least = deployment.scaling.minimum if deployment.scaling else deployment.count
    if mode.machines == "all":
        return Twin(deployment=deployment.id, count=deployment.count, minimum=least)
    count = 0 if mode.machines == "none" else least
    return Twin(deployment=deployment.id, count=count, minimum=count)


_AXES = {"timeseries": "series"}
"""The axis of the space that a store's id belongs to."""


def _share(deployment: Deployment, mode: RegionMode) -> float:
    """Share of the nodes of what keeps no truth, or only copies of it."""
    axes = [
        _AXES.get(e.partition(":")[2], e.partition(":")[2]) if e.startswith("store:") else "edge"
        for e in deployment.runs
    ]
    return max((mode.again.get(a, 0.0) for a in axes), default=0.0)


def _target(chosen: Decision, ident: str) -> Seconds | None:
    """A target of the loss of a region, as the decision was given it."""
    return next((Seconds(f.value) for f in chosen.figures if f.id == ident), None)
