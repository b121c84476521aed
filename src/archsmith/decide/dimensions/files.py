"""Files: where they lie, and how they reach readers."""

from archsmith.decide.ground import Ground, hours
from archsmith.decide.option import Option, Part
from archsmith.decide.words import bill_of, figure, run, work
from archsmith.kernel.ids import OptionId, element
from archsmith.knowledge.billing import from_origin, plan_is_due
from archsmith.knowledge.technologies import Technology
from archsmith.model.decisions import Dimension, StoreRole

STORES = ("s3", "gcs", "azure_blob", "hetzner_objects", "r2", "seaweedfs")
SUBJECT = element("store", "objects")
_CACHED = 0.9
"""Share of a hit's queries that a cache behind the edge would have spared anyway."""


def objects(ground: Ground) -> tuple[Option, ...]:
    """The provider's object store, a cheaper one elsewhere, or own disks."""
    demand = ground.demand
    if not demand.files and not demand.logs:
        return (
            Option(
                axis="objects",
                dimension=Dimension.OBJECT_STORE,
                key="none",
                id=OptionId("none"),
                label="none",
                gives=("objects:none",),
                why="no entity has a file",
            ),
        )
    gb = max(1.0, demand.files_gb) + (demand.logs_gb * 0.3 if demand.heavy_stream else 0.0)
    found = []
    for ident in STORES:
        tech = ground.tech(ident)
        for offer in tech.offers:
            anywhere = "anywhere" in tech.traits
            place = "" if anywhere else str(offer.provider)
            bill = ground.month(offer.storage, gb, place)
            bill += ground.month(offer.minimum, 1, place) if offer.minimum else 0.0
            bill += sum(ground.month(k, _asked(ground, k), place) for k in offer.usage)
            part = Part(
                subject=SUBJECT,
                tech=tech.id,
                role=StoreRole.OBJECTS,
                product=offer.product,
                managed=True,
                storage=gb,
                zones=3,
                month=bill,
                formula=f"{gb:,.0f} GB",
            )
            found.append(
                Option(
                    axis="objects",
                    dimension=Dimension.OBJECT_STORE,
                    key=ident,
                    id=OptionId(ident),
                    label=offer.product,
                    tech=tech.id,
                    gives=(
                        f"objects:{ident}",
                        *(["free_egress"] if "free_egress" in tech.traits else []),
                        *(["elsewhere"] if anywhere else []),
                        *(["object_lock"] if "object_lock" in tech.traits else []),
                    ),
                    needs=() if anywhere else ((f"provider:{offer.provider}",),),
                    infra=bill,
                    ops=hours(tech.managed),
                    build=tech.build.value,
                    risk=ground.figure("risk.young_stack") if anywhere else 0.0,
                    parts=(part,),
                    why=f"{figure(gb)} GB: {bill_of(bill)}",
                )
            )
    found += [_own(ground, gb, provider) for provider in ground.providers if provider in ("on_premises", "hetzner")]
    if gb < 100:
        found += [_local(ground, gb, provider) for provider in ground.providers]
    return tuple(found)


def _asked(ground: Ground, key: str) -> float:
    """How often a month files are put away or fetched."""
    demand = ground.demand
    return demand.file_writes if key.rsplit(".", 1)[-1] in ("put", "write") else demand.file_reads


def _own(ground: Ground, gb: float, provider: str) -> Option:
    tech, row = ground.tech("seaweedfs"), ground.providers[provider]
    bill = ground.month(row.disk, gb * 2, provider)
    part = Part(
        subject=SUBJECT,
        tech=tech.id,
        role=StoreRole.OBJECTS,
        product=tech.product,
        managed=False,
        storage=gb,
        count=2,
        month=bill,
        formula=f"2 x {gb:,.0f} GB",
    )
    return Option(
        axis="objects",
        dimension=Dimension.OBJECT_STORE,
        key=f"seaweedfs/{provider}",
        id=OptionId("seaweedfs"),
        label=tech.product,
        tech=tech.id,
        gives=("objects:seaweedfs", "object_lock"),
        needs=((f"provider:{provider}",), ("can_run_stores",)),
        infra=bill,
        ops=hours(tech.run),
        build=tech.build.value,
        memory=0.5,
        parts=(part,),
        why=f"2 x {figure(gb)} GB on own disks: {bill_of(bill)}",
    )


def _local(ground: Ground, gb: float, provider: str) -> Option:
    tech, row = ground.tech("local_files"), ground.providers[provider]
    bill = ground.month(row.disk, max(0.0, gb - 10), provider)
    part = Part(
        subject=SUBJECT, tech=tech.id, role=StoreRole.OBJECTS, product=tech.name, managed=False, storage=gb, month=bill
    )
    return Option(
        axis="objects",
        dimension=Dimension.OBJECT_STORE,
        key=f"local_files/{provider}",
        id=OptionId("local_files"),
        label=tech.name,
        tech=tech.id,
        gives=("objects:local",),
        needs=((f"provider:{provider}",), ("machines:1",)),
        infra=bill,
        ops=hours(tech.run),
        build=tech.build.value,
        risk=ground.figure("backup.manual_risk"),
        parts=(part,),
        why=f"{figure(gb)} GB beside the application, in its backup",
    )


def cdn(ground: Ground) -> tuple[Option, ...]:
    """What the files' way to their readers costs: straight from the store, or through an edge network.

    Pages of a public system that are read much, or read in bursts, come through it too.
    """
    demand = ground.demand
    found = []
    for provider in ground.providers:
        straight = ground.egress(provider, demand.egress_gb) - ground.egress(
            provider, demand.egress_gb - demand.file_egress_gb
        )
        cloudflare = ground.tech("cloudflare")
        rest = from_origin(ground.catalogue, cloudflare, provider, demand.file_egress_gb)
        origin = straight * rest / demand.file_egress_gb if demand.file_egress_gb > 0 else 0.0
        found.append(_direct(ground, provider, straight))
        found.append(_through(ground, cloudflare, provider, origin, ()))
    found.append(_direct(ground, "", 0.0))
    found.append(_through(ground, ground.tech("cloudflare"), "", 0.0, ()))
    for ident, provider in (("cloudfront", "aws"), ("gcp_cdn", "gcp"), ("azure_frontdoor", "azure")):
        found.append(_through(ground, ground.tech(ident), provider, 0.0, (f"provider:{provider}",)))
    return tuple(found)


def _direct(ground: Ground, provider: str, bill: float) -> Option:
    free = not provider
    return Option(
        axis="cdn",
        dimension=Dimension.CDN,
        key=f"none/{provider or 'free'}",
        id=OptionId("none"),
        label="none",
        gives=("cdn:none",),
        needs=(("free_egress",),) if free else ((f"provider:{provider}",),),
        bars=() if free else ("free_egress",),
        infra=bill,
        risk=ground.figure("risk.no_edge") * ground.demand.requests_month / 1e6 if ground.demand.public else 0.0,
        why=f"{_leaves(ground)}: {bill_of(bill)}",
    )


def _through(ground: Ground, tech: Technology, provider: str, origin: float, needs: tuple[str, ...]) -> Option:
    demand, offer, ident = ground.demand, tech.offers[0], str(tech.id)
    gb, where = demand.file_egress_gb, provider if needs else ""
    asked = max(demand.file_reads, demand.requests_month)
    bill = origin + sum(ground.month(k, asked if k.endswith("https") else gb, where) for k in offer.usage)
    if offer.minimum and plan_is_due(demand.requests_month, gb):
        bill += ground.month(offer.minimum, 1, where)
    free = not provider
    spared, relief = _kept_at_edge(ground)
    media = ident == "cloudflare" and not free and demand.media_gb > 5_000
    return Option(
        axis="cdn",
        dimension=Dimension.CDN,
        key=f"{ident}/{provider or 'free'}",
        id=OptionId(ident),
        label=offer.product,
        tech=tech.id,
        gives=("cdn:edge", *(["waf"] if "waf" in tech.traits else [])),
        needs=(*((n,) for n in needs), *((("free_egress",),) if free else ((f"provider:{provider}",),))),
        bars=() if free else ("free_egress",),
        infra=bill,
        saves=spared,
        store=-relief,
        ops=hours(tech.managed),
        build=tech.build.value,
        risk=2000.0 if media else (ground.figure("risk.young_stack") if ident == "cloudflare" else 0.0),
        why=f"{_leaves(ground)}: {run(bill, hours(tech.managed))}, {work(0.0, tech.build.value)}"
        + (f"; answers kept at the edge spare {figure(spared * 100)}% of the web work" if spared >= 0.005 else "")
        + ("; its terms for ordinary plans exclude media in such masses" if media else ""),
    )


def _kept_at_edge(ground: Ground) -> tuple[float, float]:
    """Share of the web work, and cores of the store, that answers kept at the edge spare on top of any cache."""
    demand = ground.demand
    never, hit = demand.at_edge, demand.edge_hit
    spared = never / max(demand.web, 1e-9) * (1 - hit * ground.capacity("cache.hit_saves"))
    cores = never * ground.capacity("queries.per_request") / ground.capacity("sql.read") / (1 - demand.headroom)
    return spared, cores * (1 - hit * _CACHED)


def _leaves(ground: Ground) -> str:
    """What goes out to readers."""
    gb = ground.demand.file_egress_gb
    return f"{figure(gb)} GB of files a month leave" if gb >= 0.01 else f"{figure(ground.demand.egress_gb)} GB a month"
