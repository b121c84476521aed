"""How data is kept apart, kept in step, and kept safe: tenancy, consistency, backup."""

from archsmith.decide.ground import Ground
from archsmith.decide.option import Option
from archsmith.decide.words import figure
from archsmith.kernel.ids import OptionId
from archsmith.kernel.phrases import counted, listed
from archsmith.knowledge.billing import copies_price
from archsmith.model.decisions import Dimension


def tenancy(ground: Ground) -> tuple[Option, ...]:
    """One owner; or rows with a tenant, a schema or a database for each."""
    if not ground.demand.multi_tenant:
        return (
            Option(
                axis="tenancy",
                dimension=Dimension.TENANCY,
                key="single",
                id=OptionId("single_tenant"),
                label="one tenant",
                why="one organisation uses it",
            ),
        )
    days = ground.figure("tenant.isolation_days")
    return (
        Option(
            axis="tenancy",
            dimension=Dimension.TENANCY,
            key="rows",
            id=OptionId("row_security"),
            label="shared tables, rows guarded by the database",
            gives=("tenancy:rows",),
            needs=(("engine.row_security",),),
            build=2.0,
            ops=0.2,
            risk=10.0,
            why="one schema to migrate; the database refuses rows of others",
        ),
        Option(
            axis="tenancy",
            dimension=Dimension.TENANCY,
            key="filter",
            id=OptionId("row_filter"),
            label="shared tables, rows filtered by the application",
            gives=("tenancy:filter",),
            build=2.0,
            ops=0.2,
            risk=60.0,
            why="a forgotten filter shows a tenant's data to another",
        ),
        Option(
            axis="tenancy",
            dimension=Dimension.TENANCY,
            key="schema",
            id=OptionId("schema_per_tenant"),
            label="a schema for each tenant",
            build=days,
            ops=2.0,
            why="each migration runs once for each tenant",
        ),
        Option(
            axis="tenancy",
            dimension=Dimension.TENANCY,
            key="database",
            id=OptionId("database_per_tenant"),
            label="a database for each tenant",
            build=days * 2,
            ops=8.0,
            risk=-5.0,
            why="most apart, most to run",
        ),
    )


def consistency(ground: Ground) -> tuple[Option, ...]:
    """How a change and its consequences stay in step."""
    demand = ground.demand
    return (
        Option(
            axis="consistency",
            dimension=Dimension.CONSISTENCY,
            key="local",
            id=OptionId("local_transaction"),
            label="one transaction, jobs enqueued within it",
            gives=("consistency:local",),
            bars=("style:microservices", "broker:apart"),
            why=_together(ground),
        ),
        Option(
            axis="consistency",
            dimension=Dimension.CONSISTENCY,
            key="outbox",
            id=OptionId("outbox"),
            label="transactional outbox",
            gives=("consistency:outbox",),
            bars=("crosses",),
            ops=0.3,
            build=ground.figure("consistency.outbox_days"),
            why=f"{counted(demand.events, 'event')} leave after the commit, at least once; consumers tell repeats",
        ),
        Option(
            axis="consistency",
            dimension=Dimension.CONSISTENCY,
            key="saga",
            id=OptionId("saga"),
            label="outbox and sagas",
            gives=("consistency:saga",),
            ops=0.8,
            build=ground.figure("consistency.outbox_days") + 3.0,
            why=f"what crosses services is undone step by step; {counted(demand.crossings, 'command')} cross contexts",
        ),
    )


def backup(ground: Ground) -> tuple[Option, ...]:
    """What comes back after a loss: a nightly copy, the log shipped all the time, copies in another place.

    The first copy is paid with the store; one in another place costs what the provider asks for it.
    """
    demand = ground.demand
    gb = demand.database_gb + demand.series_gb * 0.15
    risk = ground.figure("backup.manual_risk")
    continuous = Option(
        axis="backup",
        dimension=Dimension.BACKUP,
        key="continuous",
        id=OptionId("continuous"),
        label="nightly copy and continuous log, point-in-time recovery",
        gives=("backup:continuous",),
        ops=0.6,
        build=1.5,
        risk=risk * 0.4,
        why=f"at most 5 min of {figure(gb)} GB are lost; a restore drill each quarter",
    )
    nightly, elsewhere = [], []
    for way in ("managed", "own"):
        for provider, row in ground.providers.items():
            key = copies_price(ground.catalogue, row, managed=way == "managed")
            needs = ((f"provider:{provider}",), (f"restores:{way}",))
            nightly.append(
                Option(
                    axis="backup",
                    dimension=Dimension.BACKUP,
                    key=f"nightly/{provider}/{way}",
                    id=OptionId("nightly"),
                    label="nightly copy to another place",
                    gives=("backup:nightly",),
                    needs=needs,
                    infra=ground.month(key, gb, provider),
                    ops=0.5,
                    build=0.7,
                    risk=risk,
                    why=f"up to a day of {figure(gb)} GB is lost",
                )
            )
            files = ground.month(row.snapshot, demand.files_gb, provider)
            elsewhere.append(
                Option(
                    axis="backup",
                    dimension=Dimension.BACKUP,
                    key=f"continuous_elsewhere/{provider}/{way}",
                    id=OptionId("continuous_elsewhere"),
                    label="continuous log, copies in a second region or provider",
                    gives=("backup:continuous", "backup:elsewhere"),
                    needs=needs,
                    infra=ground.month(key, gb, provider) + files,
                    ops=0.9,
                    build=2.5,
                    risk=risk * 0.2,
                    why=f"{figure(gb)} GB survive the loss of the provider's region or account",
                )
            )
    return (*nightly, continuous, *elsewhere)


def _together(ground: Ground) -> str:
    """Which operations change several things at once, and what arrives with their commit."""
    demand = ground.demand
    verb = "commits" if len(demand.together) == 1 else "commit"
    changed = (
        f"{listed(demand.together, 3)} {verb} as a whole" if demand.together else "each command changes one record"
    )
    return f"{changed}; {counted(demand.events, 'event')} are enqueued with them" if demand.events else changed
