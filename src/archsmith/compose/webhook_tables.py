"""The table of who is told of what over HTTP, where receivers say it themselves."""

from archsmith.compose.api.webhooks import SUBSCRIPTIONS
from archsmith.compose.columns import Own
from archsmith.compose.context import Context
from archsmith.compose.dialects import dialect_of
from archsmith.compose.draft import Draft
from archsmith.compose.ownership import TENANT, shares_tables
from archsmith.kernel.ids import StoreId
from archsmith.model.architecture import Service
from archsmith.model.contracts import Index, Query, Table
from archsmith.model.decisions import Dimension


def webhook_subscriptions(ctx: Context, draft: Draft, service: Service, store: StoreId) -> Table | None:
    """In the store of the service that has the endpoints. The secret is encrypted, not hashed: it signs."""
    if not any(e.service == service.id and e.path == f"/{SUBSCRIPTIONS}" for e in draft.endpoints):
        return None
    own = Own(dialect_of(draft, store))
    tenant = [own.reference(TENANT, "Whose subscription it is")] if shares_tables(ctx) else []
    by = (TENANT,) if tenant else ()
    return Table(
        store=store,
        name="webhook_subscriptions",
        entity=None,
        comment=f"Who is told by {service.name} of what, and where",
        columns=(
            own.key(),
            *tenant,
            own.text("subscriber", "Claim sub of whoever made it", 255),
            own.text("url", "Where events are sent; https only, and no address inside our network", 2048),
            own.text("event", "What is told", 63),
            own.text("secret", "Signs each message; encrypted by the application (AES-256-GCM)", 500),
            own.count("failures", "Deliveries that failed since the last one that went through"),
            own.moment("disabled_at", "When it was switched off after too many failures", nullable=True),
            own.moment("created_at", "When it was made"),
        ),
        primary_key=("id",),
        indexes=(
            Index(name="webhook_subscriptions_event_idx", columns=(*by, "event"), where="disabled_at IS NULL"),
            Index(name="webhook_subscriptions_subscriber_idx", columns=("subscriber", "created_at", "id")),
        ),
        queries=(
            Query(
                name="who is told",
                kind="all",
                equal=(*by, "event"),
                where="disabled_at IS NULL",
                index="webhook_subscriptions_event_idx",
            ),
            Query(
                name="own subscriptions",
                kind="page",
                equal=("subscriber",),
                order=("created_at", "id"),
                index="webhook_subscriptions_subscriber_idx",
            ),
            Query(name="one subscription", kind="row", equal=("id",), index="id"),
        ),
        because=ctx.because(Dimension.API_STYLE, Dimension.BROKER),
    )
