"""Provider with its region, and zones."""

from archsmith.decide.ground import Ground
from archsmith.decide.option import Option
from archsmith.decide.words import allowance, bill_of, work
from archsmith.kernel.ids import OptionId, TechId
from archsmith.knowledge.billing import secrets
from archsmith.model.decisions import Dimension


def provider(ground: Ground) -> tuple[Option, ...]:
    """Who rents out the machines. Infra: keys, secrets, calls outside, and what leaves besides files."""
    demand, found = ground.demand, []
    rivals = frozenset(ground.providers)
    for ident, row in ground.providers.items():
        tech = ground.tech(ident)
        other = ground.egress(ident, max(0.0, demand.egress_gb - demand.file_egress_gb))
        fixed = ground.month(row.key, 1, ident) + ground.month(row.secret, secrets(demand.systems), ident)
        learn = 0.0 if row.own or ident == "hetzner" else ground.learning(tech) * 0.4
        build = learn + ground.switching(ident, rivals, "switch.provider_days")
        found.append(
            Option(
                axis="provider",
                dimension=Dimension.PROVIDER,
                key=ident,
                id=OptionId(ident),
                label=tech.name,
                tech=TechId(ident),
                gives=(
                    f"provider:{ident}",
                    "own_site" if row.own else "public_cloud",
                    *(["baa"] if row.baa else []),
                    *(["pci"] if row.pci else []),
                    *(f"place:{p}" for p in ground.region[ident].places),
                    *(["second_region"] if ground.second[ident] else []),
                ),
                infra=other + fixed + demand.calls,
                build=build,
                why=f"region {ground.region[ident].name}, price factor {ground.factor(ident):g}, "
                f"{bill_of(other + fixed)} for traffic, keys and secrets"
                + (f", {bill_of(demand.calls)} for calls of outside systems" if demand.calls >= 0.005 else "")
                + (f", {work(0.0, build, 'to learn or move')}" if build >= 0.05 else ""),
            )
        )
    return tuple(found)


def zones(ground: Ground) -> tuple[Option, ...]:
    """One zone, or two with a machine or node in each."""
    labels = {1: "one zone", 2: "two zones that carry on without each other"}
    return tuple(
        Option(
            axis="zones",
            dimension=Dimension.ZONES,
            key=str(n),
            id=OptionId(f"zones_{n}"),
            label=labels[n],
            gives=(f"zones:{n}", *(["redundant"] if n > 1 else [])),
            build=0.0 if n == 1 else 1.0,
            ops=0.0 if n == 1 else 0.5,
            why=f"a lost zone means a restore; the target leaves {allowance(ground.demand.availability)}"
            if n == 1
            else f"a lost zone costs no data; the target leaves {allowance(ground.demand.availability)} for the rest",
        )
        for n in labels
    )
