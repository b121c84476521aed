"""Measures on who gets in and what they may touch."""

from archsmith.evaluate.measures.answer import Answer, done, missing, people, service_names, services
from archsmith.evaluate.view import SENSITIVE, View
from archsmith.kernel.ids import ElementId, element
from archsmith.kernel.phrases import counted, duration, listed
from archsmith.model.architecture import Authentication


def _identity(view: View) -> tuple[tuple[ElementId, ...], str]:
    edges = view.edges_of("identity_provider")
    parts = view.utilities_of("identity_provider")
    if edges:
        return tuple(element("edge", e.id) for e in edges), listed(e.product for e in edges)
    if parts:
        return tuple(element("utility", u.id) for u in parts), listed(u.product for u in parts)
    return services(view), service_names(view)


def _staff(view: View) -> tuple[Authentication, ...]:
    internal = {a.id for a in view.domain.actors if a.internal}
    people = ("oidc", "password", "saml")
    return tuple(a for a in view.architecture.policies.authentication if a.actor in internal and a.method in people)


def authn(view: View) -> Answer:
    """Each person and program proves who it is."""
    where, product = _identity(view)
    rows = view.architecture.policies.authentication
    if not rows:
        return missing("no actor of this design has a way to sign in")
    ways = listed(f"{view.actors[a.actor].name if a.actor in view.actors else a.actor} by {a.method}" for a in rows)
    return done(f"{product} identifies callers: {ways}", *where)


def mfa(view: View) -> Answer:
    """A second factor for those who reach much."""
    where, product = _identity(view)
    staff = _staff(view)
    names = {a.actor: view.actors[a.actor].name for a in staff if a.actor in view.actors}
    without = [names.get(a.actor, str(a.actor)) for a in staff if not a.second_factor]
    if staff and not without:
        return done(f"{product} asks {listed(names.values())} for a second factor", *where)
    if without:
        return missing(f"{listed(without)} can sign in with one factor only", *where)
    return people("administrators of the provider account sign in with a second factor")


def rbac(view: View) -> Answer:
    """Functions open only to named scopes."""
    scopes = view.architecture.policies.scopes
    if not scopes:
        return missing(f"no scope limits what a caller of {service_names(view)} may do", *services(view))
    return done(
        f"{service_names(view)} checks {counted(len(scopes), 'scope')} ({listed(s.id for s in scopes)})",
        *services(view),
    )


def object_authz(view: View) -> Answer:
    """Rows are seen only by those they belong to."""
    rules = view.architecture.policies.ownership
    covered = {r.entity for r in rules}
    owned = [e for e in view.domain.entities if (e.owner or e.tenant_scoped)]
    bare = [e.name for e in owned if e.id not in covered]
    if bare:
        return missing(f"no rule ties rows of {listed(bare)} to their owner", *services(view))
    if rules:
        said = listed((f"{view.entities[r.entity].name} by {r.column}" for r in rules if r.entity in view.entities), 3)
        return done(f"each query is limited to the caller's rows: {said}", *services(view))
    kept = [e.name for e in view.domain.entities if e.data_class in SENSITIVE]
    return done(f"no row belongs to one caller alone; scopes guard {listed(kept or ['every entity'])}", *services(view))


def tenant_isolation(view: View) -> Answer:
    """Tenants do not see each other."""
    tables = [t for t in view.architecture.tables if t.tenant_column]
    if tables:
        where = dict.fromkeys(element("store", t.store) for t in tables)
        return done(
            f"row-level security on {tables[0].tenant_column} holds {counted(len(tables), 'table')} apart "
            f"({listed((t.name for t in tables), 3)})",
            *where,
        )
    tenancy = view.architecture.policies.tenancy
    if tenancy:
        return done(f"tenants are held apart: {tenancy}", *services(view))
    return missing("nothing in the stores holds the rows of tenants apart")


def session(view: View) -> Answer:
    """Sessions end."""
    rows = [a for a in view.architecture.policies.authentication if a.session > 0]
    said = listed(f"{view.actors[a.actor].name} {duration(a.session)}" for a in rows if a.actor in view.actors)
    if not said or said == "none":
        return people("no session is kept on the server: tokens of callers end by their own lifetime")
    kept = view.architecture.policies.session
    return done(f"sessions end: {said}" + (f" ({kept})" if kept else ""), *_identity(view)[0])


def passwords(view: View) -> Answer:
    """Passwords are kept so that theft of the table helps little."""
    own = [a for a in view.architecture.policies.authentication if a.method == "password"]
    where, product = _identity(view)
    if not own:
        return done(f"no password is stored here: {product} keeps the credentials", *where)
    return done(f"{service_names(view)} stores Argon2id hashes and takes 12 characters or more", *services(view))


def anti_automation(view: View) -> Answer:
    """Guessing is slowed."""
    limits = view.architecture.policies.rate_limits
    if limits:
        first = limits[0]
        return done(
            f"{view.name(first.applies_to)} takes {first.limit} requests in {duration(first.window)} from one caller",
            *(r.applies_to for r in limits),
        )
    return missing("nothing slows down repeated sign-in attempts", *_identity(view)[0])


def lifecycle(view: View) -> Answer:
    """Accounts go when people go."""
    staff = [a.name for a in view.domain.actors if a.internal] or ["operators"]
    return people(f"accounts of {listed(staff)} are closed on the day somebody leaves", *_identity(view)[0])


def access_review(view: View) -> Answer:
    """Rights are looked at again."""
    scopes = view.architecture.policies.scopes
    staff = {a.id: a.name for a in view.domain.actors if a.internal}
    held = [s.id for s in scopes if any(a in staff for a in s.actors)]
    said = f"{counted(len(held), 'scope')} of {listed(staff.values())}" if held else "the provider account's roles"
    return people(f"twice a year somebody reviews {said}", *services(view))


def elevated(view: View) -> Answer:
    """Elevated rights are borrowed, logged and given back."""
    names = listed(s.name for s in view.truth_stores)
    return people(
        f"direct access to {names} is granted for hours, with a ticket, and every use is reviewed",
        *(element("store", s.id) for s in view.truth_stores),
    )


def machine_identity(view: View) -> Answer:
    """Programs prove who they are too."""
    between = [
        f for f in view.architecture.flows if f.source.startswith("service:") and f.target.startswith("service:")
    ]
    if not between:
        held = listed(s.name for s in view.truth_stores)
        return done(f"{service_names(view)} reaches {held} with a database role of its own", *services(view))
    bare = [f for f in between if not f.encrypted]
    if bare:
        return missing(f"calls from {view.name(bare[0].source)} to {view.name(bare[0].target)} are not authenticated")
    return done(f"{len(between)} calls between services carry a workload identity over TLS", *services(view))
