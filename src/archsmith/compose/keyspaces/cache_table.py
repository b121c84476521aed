"""The table of a cache inside the database: an answer a row, under the keys that a shared cache would have."""

from archsmith.compose.columns import Own
from archsmith.compose.context import Context
from archsmith.compose.demand import cached
from archsmith.compose.dialects import dialect_of
from archsmith.compose.draft import Draft
from archsmith.kernel.ids import StoreId
from archsmith.kernel.units import DAY, Months
from archsmith.model.architecture import Service
from archsmith.model.contracts import Index, Query, Table
from archsmith.model.decisions import Dimension
from archsmith.model.domain import same_for_all

_MONTH_DAYS = 30.4375
_KEY_MAX = 200
"""Characters of a key: its words, a tenant's id, a generation and a hash in hexadecimal."""


def cache_entries(ctx: Context, draft: Draft, service: Service, store: StoreId) -> Table | None:
    """The answers that a service keeps; None where no cache is a table, or nothing of the service is kept in it."""
    inside = next((s for s in draft.stores if s.engine == "postgresql_cache" and s.host == store), None)
    if inside is None:
        return None
    kept = [o for o in cached(ctx, inside.id) if same_for_all(ctx.entities[o.entity], o)]
    if not any(ctx.group_of[o.id].id == service.id for o in kept):
        return None
    own = Own(dialect_of(draft, store))
    return Table(
        store=store,
        name="cache_entries",
        entity=None,
        comment=f"Answers of {service.name} that may be read again until they end or their rows change",
        columns=(
            own.text("cache_key", "What was asked, as the keys of the cache are made", _KEY_MAX),
            own.json("answer", "What was answered"),
            own.moment("expires_at", "When it ends", now=False),
        ),
        primary_key=("cache_key",),
        indexes=(Index(name="cache_entries_expires_at_idx", columns=("expires_at",)),),
        queries=(
            Query(name="is the answer there", kind="row", equal=("cache_key",), index="cache_key"),
            Query(name="answers that ended", kind="old", span="expires_at", index="cache_entries_expires_at_idx"),
        ),
        retention=Months(ctx.parameter("cache.keep") / DAY / _MONTH_DAYS),
        because=ctx.because(Dimension.CACHE),
    )
