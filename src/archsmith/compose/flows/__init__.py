"""Pass: what goes from where to where, how often, how large, and what happens when the other side is away."""

from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.compose.flows.data import to_stores
from archsmith.compose.flows.entry import entry, sign_in, to_files
from archsmith.compose.flows.messages import messages
from archsmith.compose.flows.outside import to_services, to_systems
from archsmith.compose.flows.push import pushes

STEPS = (entry, sign_in, to_files, pushes, to_services, to_stores, messages, to_systems)
"""From the outside in, so that the list reads like the way of a request."""


def flows(ctx: Context, draft: Draft) -> None:
    """All flows, in the order of STEPS."""
    for step in STEPS:
        step(ctx, draft)


__all__ = ["flows"]
