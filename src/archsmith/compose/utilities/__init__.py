"""Pass: supporting parts, each only where this design has work for it, with the purpose in its own words."""

from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.compose.utilities.guard import audit_log, backup, kms, secrets_manager
from archsmith.compose.utilities.outside import (
    integration_adapters,
    mail_transfer_agent,
    notification_service,
    payment_gateway,
)
from archsmith.compose.utilities.running import autoscaling, observability
from archsmith.compose.utilities.work import (
    batch_processor,
    geo_index,
    media_transcoder,
    offline_sync,
    scheduler,
    stream_processor,
)

RULES = (
    scheduler,
    batch_processor,
    stream_processor,
    media_transcoder,
    geo_index,
    offline_sync,
    notification_service,
    mail_transfer_agent,
    payment_gateway,
    integration_adapters,
    secrets_manager,
    kms,
    audit_log,
    backup,
    observability,
    autoscaling,
)
"""One rule a kind: what the work needs, what lies outside, what guards it, what keeps it running."""


def utilities(ctx: Context, draft: Draft) -> None:
    """The utilities of all rules, in the order of RULES."""
    for rule in RULES:
        draft.utilities += rule(ctx, draft)


__all__ = ["utilities"]
