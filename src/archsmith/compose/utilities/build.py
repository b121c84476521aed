"""One utility: where it runs, what it is called, and the product that does it at this provider."""

from archsmith.compose.context import Context
from archsmith.kernel.ids import DecisionId, EdgeId, ElementId, SystemId
from archsmith.knowledge.products import PRODUCTS
from archsmith.model.architecture import Utility
from archsmith.model.decisions import Dimension


def utility(
    ctx: Context,
    kind: str,
    purpose: str,
    because: tuple[DecisionId, ...],
    *,
    name: str = "",
    product: str = "",
    ident: str = "",
    host: ElementId | None = None,
    system: SystemId | None = None,
) -> Utility:
    """A utility of `kind`; the product is that of the provider unless given."""
    return Utility(
        id=EdgeId(ident or kind.replace("_", "-")),
        kind=kind,
        name=name or kind.replace("_", " "),
        product=product or product_of(ctx, kind),
        purpose=purpose,
        host=host,
        system=system,
        because=because,
    )


def product_of(ctx: Context, kind: str) -> str:
    """What does the job of a kind at the chosen provider, else anywhere. Raises KeyError for a kind without a row."""
    rows = ctx.catalogue.table(PRODUCTS)
    provider = ctx.decision(Dimension.PROVIDER)
    own = rows.get(f"{kind}.{provider.tech or provider.option}") if provider else None
    return (own or rows[kind]).product
