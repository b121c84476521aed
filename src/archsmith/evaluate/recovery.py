"""Recovery: what the loss of a store would cost in data and in time, beside the targets."""

from archsmith.evaluate.stack import Stack
from archsmith.kernel.ids import element
from archsmith.kernel.phrases import duration, number
from archsmith.kernel.units import Seconds
from archsmith.knowledge.resilience import RESILIENCE
from archsmith.model.architecture import SecondRegion, Store, Topology
from archsmith.model.decisions import StoreRole
from archsmith.model.report import Recovery

_REDUNDANT = (Topology.PRIMARY_STANDBY, Topology.PRIMARY_REPLICAS, Topology.CLUSTER)


def recovery(stack: Stack) -> tuple[Recovery, ...]:
    """A row for each store whose loss loses data, in their order; with two regions one for the loss of the first."""
    rows = tuple(_row(stack, s) for s in stack.view.truth_stores if s.entities or s.backup)
    second = stack.view.architecture.second
    return (*rows, _region(stack, second)) if second else rows


def _region(stack: Stack, second: SecondRegion) -> Recovery:
    """Without a stated target for the loss of a region, what was chosen stands as its own."""
    rpo = second.rpo_target if second.rpo_target is not None else second.lag
    rto = second.rto_target if second.rto_target is not None else second.takeover
    silent = "" if second.rto_target is not None or second.rpo_target is not None else "; no target is stated for it"
    return Recovery(
        element=element("region", stack.view.architecture.regions[0]),
        rpo=second.lag,
        rpo_target=rpo,
        rto=second.takeover,
        rto_target=rto,
        met=second.lag <= rpo and second.takeover <= rto,
        how=f"{second.region} as {second.label} takes over in {duration(second.takeover)}; copies run "
        f"{duration(second.lag)} behind, and writes of that time are lost{silent}",
    )


def _row(stack: Stack, store: Store) -> Recovery:
    targets = stack.view.targets
    switch = Seconds(stack.catalogue.table(RESILIENCE)["backup.failover"].value)
    deployment = stack.view.deployments.get(element("store", store.id))
    standby = store.topology is Topology.PROVIDER or (
        store.topology in _REDUNDANT and deployment is not None and deployment.zones > 1
    )
    if store.role is StoreRole.OBJECTS and store.topology is Topology.PROVIDER:
        rpo = rto = Seconds(0.0)
        kept = f" {number(store.backup.keep)} d" if store.backup else ""
        how = f"the provider keeps {store.name} in several zones; an erased file comes back from its versions{kept}"
    elif store.backup is not None:
        rpo, rto = store.backup.rpo, store.backup.rto
        kept = f"copies kept {number(store.backup.keep)} d{' and also elsewhere' if store.backup.elsewhere else ''}"
        back = (
            f"back to any second until {duration(rpo)} ago"
            if store.backup.continuous
            else f"back to the copy of at most {duration(store.backup.every)} ago"
        )
        if standby:
            how = (
                f"a node or zone fails: its standby takes over in {duration(switch)} without loss; rows lost by "
                f"mistake: {back}, in {duration(rto)}; {kept}"
            )
            rpo, rto = Seconds(0.0), switch
        else:
            how = f"lost or damaged: {back}, in {duration(rto)}; {kept}"
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
