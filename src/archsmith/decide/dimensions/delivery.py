"""How the system is released, described and watched."""

from archsmith.decide.ground import Ground, hours
from archsmith.decide.option import Option
from archsmith.decide.words import allowance, run, work
from archsmith.kernel.ids import OptionId
from archsmith.kernel.phrases import duration, money
from archsmith.model.decisions import Dimension


def deployment(ground: Ground) -> tuple[Option, ...]:
    """How a release replaces the last one."""
    releases, seconds = ground.figure("deploy.releases"), ground.figure("deploy.pause")
    pause = (
        f"{releases:g} releases a month with {seconds:g} s of pause: {duration(releases * seconds)} of the "
        f"{allowance(ground.demand.availability)} that the target leaves"
    )
    rows = (
        (
            "restart",
            "restart with a short pause",
            (),
            0.2,
            0.0,
            "deploy.restart_down",
            pause,
        ),
        (
            "rolling",
            "rolling, instance by instance",
            (("scales_out",),),
            ground.figure("deploy.rolling_days"),
            0.2,
            "deploy.rolling_down",
            f"no pause where a restart has {pause}; two versions run side by side for minutes",
        ),
        (
            "blue_green",
            "blue and green",
            (),
            ground.figure("deploy.blue_green_days"),
            0.8,
            "deploy.rolling_down",
            f"way back in seconds; {work(0.0, ground.figure('deploy.blue_green_days'))} for a second environment",
        ),
        (
            "canary",
            "canary with automatic abort",
            (("scales_out",),),
            ground.figure("deploy.canary_days"),
            1.0,
            "deploy.canary_down",
            f"a bad release reaches a tenth; {work(1.0, ground.figure('deploy.canary_days'))}",
        ),
    )
    return tuple(
        Option(
            axis="deployment",
            dimension=Dimension.DEPLOYMENT,
            key=key,
            id=OptionId(key),
            label=label,
            gives=(f"deploy:{key}",),
            needs=needs,
            build=build,
            ops=ops,
            down=ground.figure(down),
            why=why,
        )
        for key, label, needs, build, ops, down, why in rows
    )


def observability(ground: Ground) -> tuple[Option, ...]:
    """What is known of the running system, and at what work; blindness is priced by outage cost."""
    demand, found = ground.demand, []
    million = demand.requests_month / 1e6
    logs = million * ground.figure("logs.gb_per_million") * min(1.0, 20 / max(million, 1e-9)) + 1
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
            bill = ground.month(row.logs, logs) + 3.0 if ident == "cloud_monitoring" else 0.0
            if ident == "grafana_cloud":
                bill = 0.0 if demand.web < 300 else 50.0
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
