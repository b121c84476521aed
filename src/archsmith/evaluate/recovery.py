"""Recovery: what the loss of a store would cost in data and in time, beside the targets."""

from archsmith.evaluate.stack import Stack
from archsmith.kernel.ids import element
from archsmith.kernel.phrases import duration, number
from archsmith.kernel.units import Seconds
from archsmith.model.architecture import Store, Topology
from archsmith.model.report import Recovery

FAILOVER = Seconds(120.0)
"""Until a standby has taken over: providers speak of 60 to 120 s (Amazon RDS user guide, 2024)."""


def recovery(stack: Stack) -> tuple[Recovery, ...]:
    """A row for each store whose loss loses data, in their order."""
    return tuple(_row(stack, s) for s in stack.view.truth_stores if s.entities or s.backup)


def _row(stack: Stack, store: Store) -> Recovery:
    targets = stack.view.targets
    if store.backup is not None:
        rpo, rto = store.backup.rpo, store.backup.rto
        kept = f"kept {number(store.backup.keep)} d"
        if store.backup.continuous:
            how = f"log shipped without a pause (loses {duration(rpo)}), full copy every {duration(store.backup.every)}"
        else:
            how = f"full copy every {duration(store.backup.every)}"
        how = f"{how}, {kept}, restored in {duration(rto)}"
        if store.backup.elsewhere:
            how += "; copies also lie elsewhere"
        if store.topology in (Topology.PRIMARY_STANDBY, Topology.CLUSTER, Topology.PRIMARY_REPLICAS):
            how += f"; a failed node is replaced in {duration(FAILOVER)} without loss"
    elif store.topology is Topology.PROVIDER:
        rpo, rto = Seconds(0.0), Seconds(0.0)
        how = f"the provider keeps several copies of {store.name}; erased by mistake is lost"
    else:
        rpo = rto = Seconds(30 * 86_400.0)
        how = f"nothing: {store.name} has no backup, so its data would be collected anew"
    return Recovery(
        element=element("store", store.id),
        rpo=rpo,
        rpo_target=targets.rpo.value,
        rto=rto,
        rto_target=targets.rto.value,
        met=rpo <= targets.rpo.value and rto <= targets.rto.value,
        how=how,
    )
