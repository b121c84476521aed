"""Predicates on who poses as whom."""

from collections.abc import Iterator

from archsmith.evaluate.threats.hit import Hit, service_of_all
from archsmith.evaluate.view import SENSITIVE, View
from archsmith.kernel.ids import element
from archsmith.kernel.phrases import counted, duration, listed
from archsmith.kernel.units import DAY
from archsmith.model.architecture import Mode


def open_commands(view: View) -> Iterator[Hit]:
    """Operations of the API that take no scope."""
    bare = [e for e in view.architecture.endpoints if e.open]
    guarded = [e for e in view.architecture.endpoints if not e.open]
    changing = [e for e in bare if e.method != "GET"]
    touched = tuple({e.entity: view.entities[e.entity] for e in changing or bare}.values())
    scopes = len(view.architecture.policies.scopes)
    if changing:
        yield Hit(
            service_of_all(view, (e.operation for e in changing)),
            f"{listed(e.summary for e in changing)} can be called without signing in",
            f"rate limit and input schema only; {counted(len(guarded), 'other operation')} called with one of "
            f"{counted(scopes, 'scope')}",
            tuple(r.applies_to for r in view.architecture.policies.rate_limits),
            1 if view.architecture.policies.rate_limits else 0,
            touched,
        )
    elif guarded:
        yield Hit(
            service_of_all(view, (e.operation for e in guarded)),
            f"{counted(len(guarded), 'operation')} for known callers only",
            f"each asks for one of {counted(scopes, 'scope')}; "
            f"only reading ({listed(e.summary for e in bare)}) is open",
            (service_of_all(view, (e.operation for e in guarded)),),
            2,
            tuple({e.entity: view.entities[e.entity] for e in guarded}.values()),
        )


def password_guessing(view: View) -> Iterator[Hit]:
    """Actors who sign in by password."""
    rows = [a for a in view.architecture.policies.authentication if a.method == "password"]
    if rows:
        limits = tuple(r.applies_to for r in view.architecture.policies.rate_limits)
        names = listed(view.actors[a.actor].name for a in rows if a.actor in view.actors)
        yield Hit(
            service_of_all(view, view.service_of),
            f"{names} sign in by password",
            "rate limit by account and source, breached-password check"
            if limits
            else "nothing slows the attempts down",
            limits,
            1 if limits else 0,
            view.of_class(SENSITIVE),
        )


def staff_sign_in(view: View) -> Iterator[Hit]:
    """Internal actors and their factors."""
    internal = {a.id: a.name for a in view.domain.actors if a.internal}
    people = ("oidc", "password", "saml")
    rows = [a for a in view.architecture.policies.authentication if a.actor in internal and a.method in people]
    weak = [internal[a.actor] for a in rows if not a.second_factor]
    for edge in view.edges_of("identity_provider")[:1] or [None]:
        where = element("edge", edge.id) if edge else service_of_all(view, view.service_of)
        if weak:
            yield Hit(where, f"{listed(weak)} sign in with one factor", "none: turn on a second factor", (), 0)
        elif rows:
            names = listed(internal[a.actor] for a in rows)
            yield Hit(where, f"{names} hold rights over others' rows", "second factor for each of them", (where,), 2)


def long_sessions(view: View) -> Iterator[Hit]:
    """Sessions longer than a day."""
    rows = [a for a in view.architecture.policies.authentication if a.session > DAY and a.actor in view.actors]
    if rows:
        longest = max(rows, key=lambda a: a.session)
        yield Hit(
            element("actor", longest.actor),
            f"a session of {view.actors[longest.actor].name} lasts {duration(longest.session)}",
            "short access tokens, rotating refresh tokens that can be revoked",
            (service_of_all(view, view.service_of),),
            1,
        )


def neighbours(view: View) -> Iterator[Hit]:
    """Calls between services."""
    rows = [f for f in view.over_network if f.source.startswith("service:") and f.target.startswith("service:")]
    sync = [f for f in rows if f.mode is Mode.SYNC]
    if sync:
        bare = [f for f in sync if not f.encrypted]
        said = listed(f"{view.name(f.source)} calls {view.name(f.target)}" for f in sync)
        yield Hit(
            sync[0].target,
            said,
            "not encrypted" if bare else "TLS with a workload identity, audience checked",
            () if bare else (sync[0].target,),
            0 if bare else 1,
        )


def callbacks(view: View) -> Iterator[Hit]:
    """Flows that outside systems start."""
    for flow in view.architecture.flows:
        if flow.source.startswith("system:") and flow.target.startswith("service:"):
            yield Hit(
                flow.source,
                f"{view.name(flow.source)} reports to {view.name(flow.target)} ({flow.label})",
                "signature over the raw body, time window, each event id is taken once"
                if flow.idempotent
                else "signature over the raw body; repeats are not told apart",
                (flow.target,),
                1,
                tuple(view.entities[view.operations[o].entity] for o in flow.operations if o in view.operations),
            )


def devices(view: View) -> Iterator[Hit]:
    """Callers with a key that lives long."""
    for row in view.architecture.policies.authentication:
        if row.method in ("device_certificate", "api_key") and row.actor in view.actors:
            strong = row.method == "device_certificate"
            yield Hit(
                element("actor", row.actor),
                f"{view.actors[row.actor].name} signs in by {row.method.replace('_', ' ')}",
                "one certificate each, revoked one by one" if strong else "one key each, revoked one by one",
                (service_of_all(view, view.service_of),),
                2 if strong else 1,
            )
