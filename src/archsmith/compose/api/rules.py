"""Pass: what holds for all endpoints, each figure with its source in the catalogue."""

from typing import Final

from archsmith.compose.api.work import CANCELLED, JOB_STATES
from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.compose.ownership import TENANT
from archsmith.kernel.units import Months, Seconds
from archsmith.model.api_rules import ApiRules
from archsmith.model.contracts import Act
from archsmith.model.decisions import Dimension

GUIDE: Final = "Zalando RESTful API and Event Guidelines"
SIGNATURE: Final = "Webhook-Signature"
"""The header field of the Standard Webhooks specification: HMAC-SHA256 over id, time and body."""


def api_rules(ctx: Context, draft: Draft) -> None:
    """None for a design without endpoints."""
    if not draft.endpoints:
        return
    p = ctx.parameter
    draft.api = ApiRules(
        guide=GUIDE,
        base_path="/v1",
        notice=Months(p("api.notice")),
        keys_kept=Seconds(p("idempotency.keep")),
        key_min=p.whole("idempotency.key_min"),
        key_max=p.whole("idempotency.key_max"),
        cursor_max=p.whole("cursor.max"),
        parts_max=p.whole("parts.max"),
        select_max=p.whole("select.max"),
        groups_max=p.whole("groups.max"),
        job_states=_job_states(draft),
        page_size=p.whole("page.default"),
        page_max=p.whole("page.max"),
        batch_max=p.whole("batch.max"),
        tenant_claim=TENANT if ctx.domain.multi_tenant.value else "",
        link_valid=Seconds(p("link.valid")),
        signature=SIGNATURE,
        tolerance=Seconds(p("webhook.tolerance")),
        timeout=Seconds(p("webhook.timeout")),
        attempts=p.whole("webhook.attempts"),
        give_up=Seconds(p("webhook.give_up")),
        because=ctx.because(Dimension.API_STYLE),
    )


def _job_states(draft: Draft) -> tuple[str, ...]:
    """Those that a client may see; none where no work takes long."""
    acts = {e.act for e in draft.endpoints}
    if Act.JOB not in acts:
        return ()
    return (*JOB_STATES, CANCELLED) if Act.JOB_CANCEL in acts else JOB_STATES
