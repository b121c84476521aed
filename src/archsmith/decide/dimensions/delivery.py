"""How the system is released, described and watched."""

from archsmith.decide.ground import Ground, hours
from archsmith.decide.option import Option
from archsmith.decide.words import allowance, run, work
from archsmith.formulas.availability import SLO_MONTH, lost_by_releases
from archsmith.kernel.ids import OptionId
from archsmith.kernel.phrases import counted, duration, money
from archsmith.knowledge.billing import logged_gb, watching
from archsmith.knowledge.releases import RELEASE_WAYS, ReleaseWay, by_releases, releases_month
from archsmith.model.decisions import Dimension


def deployment(ground: Ground) -> tuple[Option, ...]:
    """How a release replaces the last one: the pause of each, and of the failed ones whom they reach for how long."""
    return tuple(_release(ground, way) for way in ground.catalogue.table(RELEASE_WAYS).values())


def _release(ground: Ground, way: ReleaseWay) -> Option:
    demand = ground.demand
    releases = releases_month(ground.catalogue, demand.team)
    failed = releases * ground.figure("deploy.failed")
    down = float(lost_by_releases(*by_releases(ground.catalogue, way, demand.team)))
    ops = way.ops + failed * way.restore / 3600
    mending = failed * way.reach * ground.figure("deploy.mending_hours") * demand.hourly if demand.strict else 0.0
    pause = f" with {way.pause:g} s of pause each" if way.pause else " without a pause"
    wrong = f"; {money(mending)} a month to mend what bad ones wrote" if mending >= 0.5 else ""
    lost, bad = duration(down * SLO_MONTH * 86_400), f"{ground.figure('deploy.failed') * 100:.0f}%"
    return Option(
        axis="deployment",
        dimension=Dimension.DEPLOYMENT,
        key=way.id,
        id=OptionId(way.id),
        label=way.name,
        gives=(f"deploy:{way.id}",),
        needs=(("scales_out",),) if way.scales_out else (),
        build=way.build,
        ops=ops,
        down=down,
        risk=mending,
        why=f"{counted(round(releases), 'release')} a month{pause}; the {bad} that fail "
        f"reach {way.reach * 100:.0f}% of the requests for {duration(way.restore)}: {lost} a month of the "
        f"{allowance(demand.availability)} that the target leaves; {work(ops, way.build)}{wrong}",
    )


def observability(ground: Ground) -> tuple[Option, ...]:
    """What is known of the running system, and at what work; blindness is priced by outage cost."""
    demand, found = ground.demand, []
    logs = logged_gb(ground.catalogue, demand.requests_month)
    blind = min(2000.0, demand.outage * 0.5) + 1.5 * demand.hourly * min(1.0, demand.modules / 4)
    check = ground.tech("uptime_check")
    found.append(
        Option(
            axis="observability",
            dimension=Dimension.OBSERVABILITY,
            key=check.id,
            id=OptionId(check.id),
            label=check.name,
            tech=check.id,
            gives=("observability:thin",),
            ops=hours(check.managed),
            build=check.build.value,
            risk=blind,
            why=f"{money(blind)} a month for faults that are found late",
        )
    )
    for ident in ("prometheus", "grafana_cloud", "cloud_monitoring"):
        tech = ground.tech(ident)
        for provider, row in ground.providers.items():
            if ident == "cloud_monitoring" and not row.logs:
                continue
            bill = watching(ground.catalogue, ident, demand.web + demand.stream)
            if ident == "cloud_monitoring":
                bill += ground.month(row.logs, logs, provider)
            inside = ident == "prometheus"
            found.append(
                Option(
                    axis="observability",
                    dimension=Dimension.OBSERVABILITY,
                    key=f"{ident}/{provider}",
                    id=OptionId(ident),
                    label=tech.name,
                    tech=tech.id,
                    gives=("observability:full",),
                    needs=((f"provider:{provider}",), *((("can_run_stores",),) if inside else ())),
                    infra=bill,
                    ops=hours(tech.managed or tech.run),
                    build=tech.build.value,
                    memory=1.5 if inside else 0.1,
                    compute=0.2 if inside else 0.02,
                    risk=ground.figure("risk.young_stack") if ident == "grafana_cloud" else 0.0,
                    bars=("own_site",) if ident == "grafana_cloud" else (),
                    why=f"{run(bill, hours(tech.managed or tech.run))}",
                )
            )
    return tuple(found)


def infrastructure_as_code(ground: Ground) -> tuple[Option, ...]:
    """How the infrastructure is described."""
    found = []
    for ident in ("terraform", "opentofu", "ansible", "setup_script"):
        tech = ground.tech(ident)
        needs = (
            (("machines:1",),)
            if ident == "setup_script"
            else ((("own_site",),) if ident == "ansible" else (("public_cloud",),))
        )
        found.append(
            Option(
                axis="iac",
                dimension=Dimension.IAC,
                key=ident,
                id=OptionId(ident),
                label=tech.product,
                tech=tech.id,
                gives=(f"iac:{ident}",),
                needs=needs,
                ops=hours(tech.managed),
                build=tech.build.value + ground.learning(tech) * 0.1,
                risk=ground.figure("backup.manual_risk") * (1 if ident == "setup_script" else 0),
                why=f"{work(hours(tech.managed), tech.build.value)}: {tech.effort}",
            )
        )
    return tuple(found)


def pipeline(ground: Ground) -> tuple[Option, ...]:
    """What builds, checks and releases."""
    rivals = frozenset({"github_actions", "gitlab_ci"})
    return tuple(
        Option(
            axis="ci",
            dimension=Dimension.CI,
            key=ident,
            id=OptionId(ident),
            label=(tech := ground.tech(ident)).name,
            tech=tech.id,
            gives=(f"ci:{ident}",),
            ops=hours(tech.managed),
            build=tech.build.value + ground.switching(ident, rivals, "switch.tool_days"),
            why=f"{work(hours(tech.managed), tech.build.value)}: {tech.effort}",
        )
        for ident in ("github_actions", "gitlab_ci")
    )
