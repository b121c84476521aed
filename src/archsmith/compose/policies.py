"""Pass: the rules that hold across elements, gathered from the passes that made them."""

from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.compose.ownership import TENANT, shares_tables
from archsmith.kernel.phrases import listed
from archsmith.model.architecture import Policies
from archsmith.model.decisions import Dimension


def policies(ctx: Context, draft: Draft) -> None:
    """Freezes authentication, scopes, ownership, limits, encryption and retention into one value."""
    draft.policies = Policies(
        authentication=tuple(draft.authentication),
        scopes=tuple(draft.scopes),
        ownership=tuple(draft.ownership),
        rate_limits=tuple(draft.rate_limits),
        encryption=tuple(draft.encryption),
        retention=tuple(draft.retention),
        tenancy=_tenancy(ctx),
        session=_chosen(ctx, Dimension.SESSION),
        authorization=_chosen(ctx, Dimension.AUTHORIZATION),
        because=ctx.because(Dimension.IDENTITY, Dimension.SESSION, Dimension.AUTHORIZATION, Dimension.TENANCY),
    )


def _chosen(ctx: Context, dimension: Dimension) -> str:
    """What was chosen, in words; empty where nothing was to be decided."""
    choice = ctx.decision(dimension)
    return choice.choice if choice else ""


def _tenancy(ctx: Context) -> str:
    """How tenants are held apart, in words; empty for one tenant."""
    if not ctx.domain.multi_tenant.value:
        return ""
    chosen = ctx.decision(Dimension.TENANCY)
    scoped = listed(e.plural for e in ctx.domain.entities if e.tenant_scoped)
    if shares_tables(ctx):
        return (
            f"shared tables: row-level security holds {scoped} apart by {TENANT}, which comes from the caller's token"
        )
    return f"{chosen.choice if chosen else 'apart'}: {scoped} of one tenant never stand beside those of another"
