"""Language and framework, from skills, work to set up, and cores that the load takes."""

from archsmith.decide.ground import Ground
from archsmith.decide.option import Cores, Option
from archsmith.decide.words import cores as took
from archsmith.decide.words import work
from archsmith.kernel.ids import OptionId, TechId
from archsmith.knowledge.technologies import of_category
from archsmith.model.decisions import Dimension


def language(ground: Ground) -> tuple[Option, ...]:
    """Languages: what the team does not know costs weeks for each engineer."""
    rows = of_category(ground.catalogue, "language")
    rivals = frozenset(t.id for t in rows)
    return tuple(
        Option(
            axis="language",
            dimension=Dimension.LANGUAGE,
            key=tech.id,
            id=OptionId(tech.id),
            label=tech.product,
            tech=tech.id,
            gives=(f"language:{tech.id}",),
            risk=0.0 if tech.id in ("python", "typescript", "java") else ground.figure("risk.hiring"),
            build=(
                days := ground.learning(tech, "learn.language_days")
                + ground.second_language(tech)
                + ground.switching(tech.id, rivals, "switch.language_days")
            ),
            why=work(0.0, days, "to learn or to leave existing code")
            if days
            else (
                "known to the team"
                if set(ground.demand.skills) & {*tech.skills, tech.id}
                else "no skill of the team is known"
            ),
        )
        for tech in rows
    )


def framework(ground: Ground) -> tuple[Option, ...]:
    """Frameworks of each language."""
    rows = of_category(ground.catalogue, "framework")
    rivals = frozenset(t.id for t in rows)
    found = []
    for tech in rows:
        days = tech.build.value + ground.switching(tech.id, rivals, "switch.language_days") * 0.5
        if set(ground.demand.skills) & {row.id for row in rows} and tech.id not in ground.demand.skills:
            days += ground.figure("learn.framework_days") * min(ground.demand.team, 4)
        peak = web_cores(ground, tech.id).peak
        found.append(
            Option(
                axis="framework",
                dimension=Dimension.FRAMEWORK,
                key=tech.id,
                id=OptionId(tech.id),
                label=tech.product,
                tech=tech.id,
                gives=(f"framework:{tech.id}", *(["accounts"] if "accounts" in tech.traits else [])),
                needs=((f"language:{tech.language}",),),
                build=days,
                why=f"{work(0.0, days)}; the peak takes {took(peak)}",
            )
        )
    return tuple(found)


def web_cores(ground: Ground, framework: str) -> Cores:
    """Cores for web work and stream consumers at the peak and on average, headroom included."""
    demand, tech = ground.demand, ground.tech(TechId(framework))
    free = 1 - demand.headroom
    per_core, per_event = ground.capacity(tech.capacity), ground.capacity(tech.events)
    held = demand.connections / ground.capacity("realtime.connections") if demand.real_time or demand.devices else 0.0
    stages = 2 if demand.heavy_stream else 1  # taken in by one service, worked on by another
    jobs, jobs_average = demand.jobs, demand.jobs_average
    strain = ground.strain.get("services", 1.0)
    answers, mean_answers = (rate / per_core / free * strain for rate in (demand.web, demand.web_average))
    peak = ((stages * demand.stream + jobs) / per_event / free + held) * strain
    steady = held if demand.devices else held / demand.peak_factor  # devices stay, people come and go
    mean = ((stages * demand.stream_average + jobs_average) / per_event / free + steady) * strain
    return Cores(answers + peak, mean_answers + mean, answers, mean_answers)
