"""Pass: the words that stand over the whole design: style, kind of API, provider, regions, zones."""

from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.kernel.ids import TechId
from archsmith.model.decisions import Dimension


def frame(ctx: Context, draft: Draft) -> None:
    """Options as the decisions name them."""
    draft.style = _option(ctx, Dimension.STYLE)
    draft.api_style = _option(ctx, Dimension.API_STYLE)
    provider = ctx.decision(Dimension.PROVIDER)
    draft.provider = (provider.tech if provider else None) or TechId(_option(ctx, Dimension.PROVIDER))
    draft.regions = tuple(dict.fromkeys(str(d.option) for d in ctx.by_dimension.get(Dimension.REGION, ())))
    sizings = ctx.decisions.sizings  # what is billed by use stands in the provider's zones, not in those of the design
    draft.zones = max((s.zones for s in sizings if s.instance), default=max((s.zones for s in sizings), default=1))


def _option(ctx: Context, dimension: Dimension) -> str:
    decision = ctx.decision(dimension)
    return str(decision.option) if decision else ""
