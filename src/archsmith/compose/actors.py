"""What kind of caller an actor is: a person, a device, a program, somebody without a name, or only the clock."""

import enum

from archsmith.compose.context import Context
from archsmith.model.decisions import Dimension
from archsmith.model.domain import LOOKS, Access, DataClass, Operation
from archsmith.model.requirements import Actor, OperationKind


class Caller(enum.StrEnum):
    """The kinds of caller."""

    PERSON = "person"
    DEVICE = "device"
    PROGRAM = "program"
    ANONYMOUS = "anonymous"
    CLOCK = "clock"


def caller(ctx: Context, actor: Actor) -> Caller:
    """The kind of an actor, by the words of its name and by what it does."""
    words = [actor.name.lower(), *actor.name.lower().split()]
    for kind, words_of in (
        (Caller.DEVICE, "device_words"),
        (Caller.ANONYMOUS, "anonymous_words"),
        (Caller.PROGRAM, "program_words"),
    ):
        if any(ctx.naming.has(words_of, word) for word in words):
            return Caller.CLOCK if kind is Caller.PROGRAM and _is_clock(ctx, actor) else kind
    return Caller.PERSON


def _is_clock(ctx: Context, actor: Actor) -> bool:
    done = [o for o in ctx.domain.operations if o.actor == actor.id]
    timed = all(o.kind in (OperationKind.BATCH, OperationKind.EVENT) for o in done)
    return timed and any(ctx.naming.has("timer_words", word) for word in actor.name.lower().split())


def by_itself(ctx: Context, operation: Operation) -> bool:
    """Whether the system does this without being asked: nobody is named for it, and it is what happens by itself
    (things expire), what computers do (hash, retry), or what goes to another system of itself (a refund, a nightly
    file)."""
    actor = ctx.actors[operation.actor]
    if not actor.internal or not any(ctx.naming.has("timer_words", word) for word in actor.name.lower().split()):
        return False
    verb = operation.verb.replace("_", " ")
    hands_on = operation.access in (Access.EXPORT, Access.IMPORT) or ctx.naming.has("payment_verbs", verb)
    moves = bool(operation.calls) and hands_on
    return moves or operation.access in (Access.COMPUTE, Access.NOTIFY) or ctx.naming.has("automatic_verbs", verb)


def reads(operation: Operation) -> bool:
    """Whether an operation only reads, and its caller gets the answer at once."""
    return operation.access in LOOKS or (
        operation.kind is OperationKind.QUERY and operation.access in (Access.COMPUTE, Access.EXPORT)
    )


def guests_welcome(ctx: Context, actor: Actor) -> bool:
    """Whether a requirement lets this actor in without an account."""
    if actor.internal or caller(ctx, actor) is not Caller.PERSON:
        return False
    said = [
        r.statement.lower()
        for r in ctx.requirements.requirements
        if ctx.naming.any_in("anonymous_phrases", r.statement)
    ]
    named = [a for a in ctx.domain.actors if any(a.name.lower() in statement for statement in said)]
    return bool(said) and (actor in named or not named)


def open_to_all(ctx: Context, operation: Operation) -> bool:
    """Whether an operation needs no sign-in: public data is read, a guest orders, or its actor has no account."""
    actor = ctx.actors[operation.actor]
    if caller(ctx, actor) is Caller.ANONYMOUS or signs_in(ctx, operation):
        return True
    if reads(operation):
        return ctx.entities[operation.entity].data_class is DataClass.PUBLIC and not actor.internal
    return operation.access is Access.CREATE and guests_welcome(ctx, actor)


def signs_in(ctx: Context, operation: Operation) -> bool:
    """Whether the operation is signing in or out, which is the identity provider's work where there is one."""
    return ctx.naming.has("session_verbs", operation.verb.replace("_", " "))


def federated(ctx: Context) -> bool:
    """Whether people sign in at an identity provider rather than with a password that this system keeps."""
    chosen = ctx.chosen(Dimension.IDENTITY)
    outside = any(system.kind == "identity" for system in ctx.domain.systems)
    return outside or (chosen is not None and "identity_provider" in chosen.kinds)


def reports(ctx: Context, operation: Operation) -> bool:
    """Whether a device sends this by itself: readings and events, which go to its gateway where there is one."""
    sent = operation.kind in (OperationKind.STREAM, OperationKind.EVENT) or operation.access is Access.APPEND
    return sent and caller(ctx, ctx.actors[operation.actor]) is Caller.DEVICE


def has_endpoint(ctx: Context, operation: Operation) -> bool:
    """Whether somebody outside triggers the operation over the API: never the clock, and never an event."""
    kind = caller(ctx, ctx.actors[operation.actor])
    if kind is Caller.CLOCK or by_itself(ctx, operation):
        return False
    if signs_in(ctx, operation) and federated(ctx):
        return False
    if reports(ctx, operation) and any(tech.category == "mqtt" for tech in ctx.sized_technologies):
        return False
    if operation.kind in (OperationKind.COMMAND, OperationKind.QUERY):
        return True
    if operation.kind is OperationKind.BATCH:
        return operation.every is None and operation.access in (Access.EXPORT, Access.IMPORT) and not operation.calls
    if operation.kind is OperationKind.STREAM:
        return True
    return operation.access in (Access.APPEND, Access.CREATE) and kind is not Caller.PERSON
