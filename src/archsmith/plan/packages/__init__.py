"""All work packages, in the order in which they are thought of; the schedule decides when each is done."""

from archsmith.plan.backlog import Backlog
from archsmith.plan.context import Context
from archsmith.plan.draft import Draft
from archsmith.plan.packages import foundation, hardening, modules, outside


def packages(context: Context) -> tuple[Draft, ...]:
    """Each part of the architecture is delivered by one of them."""
    backlog = Backlog(context)
    base = foundation.foundation(backlog)
    ready = foundation.learning(backlog)
    store = foundation.stores(backlog, base)
    identity = foundation.identity(backlog, base)
    modules.modules(backlog, (base, ready, store, identity))
    modules.jobs(backlog)
    outside.languages(backlog)
    outside.integrations(backlog, base)
    outside.migration(backlog)
    hardening.watching(backlog, base)
    hardening.restores(backlog)
    hardening.controls(backlog, identity)
    hardening.load_test(backlog)
    hardening.launch(backlog)
    return tuple(backlog.drafts)
