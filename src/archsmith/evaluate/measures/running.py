"""Measures on keeping the system up, watched and recoverable."""

from archsmith.evaluate.measures.answer import (
    Answer,
    by_decision,
    done,
    missing,
    people,
    service_names,
    services,
    store_names,
    stores,
)
from archsmith.evaluate.view import View
from archsmith.kernel.ids import ElementId, element
from archsmith.kernel.phrases import duration, listed, number, percent
from archsmith.model.architecture import Mode
from archsmith.model.decisions import Dimension
from archsmith.model.domain import DataClass


def audit(view: View) -> Answer:
    """Who did what to which record stands in a log."""
    parts = view.utilities_of("audit_log")
    own = [e for e in view.domain.entities if "audit" in e.name.casefold()]
    if parts:
        purpose = parts[0].purpose
        return done(f"{parts[0].name}: {purpose[:1].lower()}{purpose[1:]}", *(element("utility", u.id) for u in parts))
    if own:
        return done(f"{own[0].name} records who did what and when", *(element("entity", e.id) for e in own))
    worst = view.of_class((DataClass.HEALTH, DataClass.CARD, DataClass.EDUCATION, DataClass.CHILD))
    if worst:
        names = listed(e.name for e in worst)
        return missing(f"no element records who read or changed {names} in {service_names(view)}", *services(view))
    return people(f"who changed what is read from the request logs of {service_names(view)}", *services(view))


def sealed_log(view: View) -> Answer:
    """The trail can't be rewritten."""
    parts = view.utilities_of("audit_log")
    if not parts:
        return missing("there is no audit log to seal")
    where = view.name(parts[0].host) if parts[0].host else parts[0].product
    return people(
        f"the role of {service_names(view)} may only add to {parts[0].name} in {where}; a copy leaves daily",
        element("utility", parts[0].id),
    )


def monitoring(view: View) -> Answer:
    """Somebody hears when it breaks."""
    slos = view.architecture.slos
    parts = view.utilities_of("observability")
    product = parts[0].product if parts else by_decision(view, Dimension.OBSERVABILITY)
    if not slos and not product:
        return missing("nothing watches the services")
    said = listed((f"{view.name(s.subject)} {s.indicator} {percent(s.objective)}" for s in slos), 3)
    return done(f"{product} alerts on the error budgets of {said}", *(element("utility", u.id) for u in parts))


def backup(view: View) -> Answer:
    """Copies exist and come back."""
    truth = view.truth_stores
    bare = [s for s in truth if s.backup is None]
    if bare:
        return missing(f"{store_names(bare)} has no backup", *stores(bare))
    said = listed(
        (f"{s.name} every {duration(s.backup.every)}, kept {number(s.backup.keep)} d" for s in truth if s.backup), 3
    )
    return done(f"backups: {said}", *stores(truth))


def recovery_plan(view: View) -> Answer:
    """The way back is written down and timed."""
    said = listed((f"{s.name} within {duration(s.backup.rto)}" for s in view.truth_stores if s.backup), 3)
    if said == "none":
        said = store_names(view.truth_stores)
    return people(f"the restore runbook brings back {said}; it is rehearsed twice a year", *stores(view.truth_stores))


def zones(view: View) -> Answer:
    """One failing zone is not the end."""
    a = view.architecture
    single = [d for d in a.deployments if d.zones < 2]
    where: tuple[ElementId, ...] = tuple(element("deployment", d.id) for d in a.deployments if d.zones >= 2)
    if not single and where:
        return done(f"{listed(d.name for d in a.deployments)} run in {a.zones} zones of {listed(a.regions)}", *where)
    aim = percent(view.targets.availability.value)
    return people(
        f"{listed(d.name for d in single)} run in one zone of {listed(a.regions)}: for the target of {aim} the loss "
        "of a zone is met by restoring elsewhere",
        *(element("deployment", d.id) for d in single),
    )


def capacity(view: View) -> Answer:
    """There is room for the peak."""
    rows = [d for d in view.architecture.deployments if d.count]
    peak = number(view.workload.peak.value)
    scaled = [d for d in rows if d.scaling]
    said = listed((f"{d.count} x {d.name}" for d in rows), 3)
    grows = f"; {listed(d.name for d in scaled)} add instances by themselves" if scaled else ""
    return done(f"sized for a peak of {peak} requests/s: {said}{grows}", *(element("deployment", d.id) for d in rows))


def degradation(view: View) -> Answer:
    """A failing dependency does not take the rest along."""
    calls = [f for f in view.architecture.flows if f.mode is Mode.SYNC and f.target.startswith("system:")]
    bare = [f for f in calls if not (f.breaker or f.fallback)]
    if bare:
        return missing(f"{view.name(bare[0].source)} has no answer while {view.name(bare[0].target)} is away")
    if calls:
        said = listed((f"{view.name(f.target)}: {f.fallback or 'breaker'}" for f in calls), 3)
        return done(f"without the outside system: {said}", *dict.fromkeys(f.source for f in calls))
    return done(f"{service_names(view)} answers without waiting for any outside system", *services(view))


def segments(view: View) -> Answer:
    """Stores are not reachable from outside."""
    outside = ("actor:", "system:")
    bare = [f for f in view.architecture.flows if f.source.startswith(outside) and f.target.startswith("store:")]
    kept = [f for f in bare if not _objects(view, f.target)]
    if kept:
        return missing(f"{view.name(kept[0].source)} reaches {view.name(kept[0].target)} directly", kept[0].target)
    entry = listed(e.name for e in view.architecture.edges if e.kind in ("load_balancer", "api_gateway", "cdn", "waf"))
    inner = store_names(view.truth_stores)
    by = f"{entry} is the only way in" if entry != "none" else f"{service_names(view)} is the only way in"
    return done(f"{by}; {inner} has no public address", *stores(view.truth_stores))


def _objects(view: View, ident: ElementId) -> bool:
    return any(element("store", s.id) == ident and "object_store" in s.kinds for s in view.architecture.stores)


def edge_filter(view: View) -> Answer:
    """The entry filters and limits."""
    wafs = view.edges_of("waf")
    limits = view.architecture.policies.rate_limits
    if wafs:
        return done(f"{wafs[0].product} filters in front", *(element("edge", e.id) for e in wafs))
    if limits:
        said = f"{limits[0].limit} requests in {duration(limits[0].window)}"
        return done(f"{view.name(limits[0].applies_to)} lets one caller make {said}", *(r.applies_to for r in limits))
    return missing("nothing limits or filters what comes from the internet")


def secrets(view: View) -> Answer:
    """Secrets live in a vault."""
    vault = view.utilities_of("secrets_manager")
    if vault:
        return done(f"{vault[0].product} hands secrets to {service_names(view)}", element("utility", vault[0].id))
    return missing(f"the credentials of {store_names(view.truth_stores)} have no vault", *services(view))


def egress(view: View) -> Answer:
    """Calls out go only where they should."""
    systems = list(view.domain.systems)
    if not systems:
        return done(f"{service_names(view)} calls nothing outside", *services(view))
    return people(
        f"the outbound rules of {service_names(view)} allow {listed(s.name for s in systems)} and nothing else",
        *(element("system", s.id) for s in systems),
    )


def signatures(view: View) -> Answer:
    """Messages from outside prove their origin."""
    found = [f for f in view.architecture.flows if f.source.startswith("system:")]
    if not found:
        return done("no outside system sends messages in; every other flow runs over TLS", *services(view))
    return people(
        f"signatures of what {listed({view.name(f.source): 0 for f in found})} sends are verified before it is used",
        *dict.fromkeys(f.source for f in found),
    )


def problems(view: View) -> Answer:
    """Errors help the caller and tell nothing else."""
    codes = sorted({c for e in view.architecture.endpoints for c in e.problems})
    if not codes:
        return people(f"{service_names(view)} answers errors without inner details")
    return done(
        f"problem details (RFC 9457) for {listed((str(c) for c in codes), 8)}, with a pointer to the field, "
        "no inner text",
        *services(view),
    )
