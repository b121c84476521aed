"""Pass: how each actor proves who it is, and how long that lasts."""

from archsmith.compose.actors import Caller, caller, federated, guests_welcome
from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.kernel.units import Seconds
from archsmith.model.architecture import Authentication
from archsmith.model.domain import DataClass
from archsmith.model.requirements import Actor

SENSITIVE = frozenset({DataClass.CARD, DataClass.HEALTH, DataClass.CREDENTIAL})
"""Classes of data whose sessions end early and ask for a second factor."""


def authentication(ctx: Context, draft: Draft) -> None:
    """One entry an actor; none for the clock, which proves nothing."""
    for actor in ctx.domain.actors:
        entry = _of(ctx, actor)
        if entry:
            draft.authentication.append(entry)


def _of(ctx: Context, actor: Actor) -> Authentication | None:
    kind = caller(ctx, actor)
    if kind is Caller.CLOCK:
        return None
    if kind is Caller.ANONYMOUS:
        note = f"a {actor.name} has no account; rate limits go by address"
        return Authentication(actor=actor.id, method="anonymous", second_factor=False, session=Seconds(0.0), note=note)
    if kind is Caller.DEVICE:
        note = f"each {actor.name} has its own key pair, made at provisioning; a lost one is revoked alone"
        return _entry(ctx, actor, "device_certificate", "session.device", note)
    if kind is Caller.PROGRAM:
        note = f"the {actor.name} gets a token for its key (OAuth 2 client credentials)"
        return _entry(ctx, actor, "api_key", "session.key", note)
    return _person(ctx, actor)


def _person(ctx: Context, actor: Actor) -> Authentication:
    opened = [o for o in ctx.domain.operations if o.actor == actor.id]
    sensitive = any(ctx.entities[o.entity].data_class in SENSITIVE for o in opened)
    session = "session.sensitive" if sensitive else "session.staff" if actor.internal else "session.person"
    note = ""
    if guests_welcome(ctx, actor):
        note = f"a {actor.name} may do without an account; what was made so is reached by a signed link in the mail"
    method = "oidc" if federated(ctx) else "password"
    second = actor.internal and (sensitive or ctx.has_regime("HIPAA", "PCI DSS", "SOC 2", "ISO 27001", "DORA", "NIS2"))
    return _entry(ctx, actor, method, session, note, second)


def _entry(
    ctx: Context, actor: Actor, method: str, session: str, note: str, second_factor: bool = False
) -> Authentication:
    return Authentication(
        actor=actor.id,
        method=method,
        second_factor=second_factor,
        session=Seconds(ctx.parameter(session)),
        note=note,
    )
