"""How operations answer: payload sizes, latency, freshness, consistency, idempotency, filters and order."""

import re
from functools import partial
from typing import Final

from archsmith.derive.context import Context
from archsmith.derive.drafts import EntityDraft, OperationDraft, World
from archsmith.derive.lore import Lore
from archsmith.derive.product import Product
from archsmith.derive.quantities import Dim, Quantity
from archsmith.derive.words import lemmas
from archsmith.kernel.provenance import Assumed, Derived, Fact
from archsmith.kernel.units import Bytes, Seconds
from archsmith.model.domain import LOOKS, Access, AttributeType, Consistency, DataClass
from archsmith.model.requirements import NumberRole, OperationKind

_ONCE: Final = re.compile(r"\b(?:twice|double|once only|exactly once|duplicate|lose|lost)\b")
_SORTS: Final = (AttributeType.TIMESTAMP, AttributeType.DATE)
_STALE: Final = re.compile(r"\b(?:never older|behind|fresh|stale|visible|live in|old(?:er)?|lags?|lagging)\b")
_ANY_ANSWER: Final = frozenset("answer page response reply data content information figure screen view website".split())
"""What all that is shown is called: how old that may be holds for whatever is looked at."""
_WORDS_THAT_BIND: Final = 1


def payloads(
    operation: OperationDraft, row: Fact[Bytes], answer: Fact[Bytes] | None, lore: Lore
) -> tuple[Fact[Bytes], Fact[Bytes]]:
    """Bytes of the request and of the answer; `answer`: what the brief says of answers in general."""
    if operation.access is Access.APPEND:
        name = Derived(rule="the row that it appends", formula=f"{row.value:g}", inputs=(operation.id,))
        return Fact(value=row.value, why=name), _default(lore, "response_bytes", "append", operation)
    if operation.access in LOOKS:
        kind = "get" if operation.access is Access.GET else "list"
        asked = _default(lore, "request_bytes", "get", operation)
        return asked, answer or _default(lore, "response_bytes", kind, operation)
    return _default(lore, "request_bytes", "command", operation), _default(lore, "response_bytes", "command", operation)


def _default(lore: Lore, name: str, variant: str, operation: OperationDraft) -> Fact[Bytes]:
    row = lore.default(name, variant)
    return Fact(
        value=Bytes(row.value),
        why=Assumed(
            reason=f"no payload of '{operation.verb} {operation.object}' is stated: {row.reason}",
            source=f"defaults/{row.id}",
        ),
    )


def latency(
    operation: OperationDraft,
    numbers: tuple[Quantity, ...],
    world: World,
    context: Context,
    product: Product,
    lore: Lore,
    need: Fact[Seconds] | None,
    waits: bool,
) -> Fact[Seconds]:
    """The stated limit whose sentence speaks of this operation, else the stated overall one, else a default.

    `waits`: it can't answer before another system has.
    """
    found = _limit(operation, numbers, world, context, stale=False)
    if found is not None:
        return Fact(value=Seconds(found.value), why=found.number.why)
    row = lore.default("latency_p95", product.audience)
    if need is not None and operation.kind in (OperationKind.COMMAND, OperationKind.QUERY):
        own = any(q.number.why == need.why and _names_an_act(q, world, context) for q in numbers)
        if not own or need.value >= row.value:
            return need
    factor, why = 1.0, ""
    if operation.access in (Access.SEARCH, Access.AGGREGATE):
        factor, why = 2.0, ", doubled for a search or a report"
    elif operation.kind is OperationKind.BATCH:
        row, why = lore.default("batch_hour_share"), ""
    elif waits:
        row = lore.default("latency_p95", "outside")
    elif operation.access is Access.NOTIFY:
        factor, why = 60.0 / row.value, ", a minute for a message that nobody waits for"
    return Fact(
        value=Seconds(row.value * factor),
        why=Assumed(
            reason=f"no time is stated for '{operation.verb} {operation.object}': {row.reason}{why}",
            source=f"defaults/{row.id}",
        ),
    )


def freshness(
    operation: OperationDraft, numbers: tuple[Quantity, ...], world: World, context: Context
) -> Fact[Seconds] | None:
    """How old the shown data may be, where the brief limits it for this operation."""
    if operation.access not in LOOKS:
        return None
    found = _limit(operation, numbers, world, context, stale=True) or _any_age(operation, numbers, world, context)
    return Fact(value=Seconds(found.value), why=found.number.why) if found is not None else None


def _any_age(
    operation: OperationDraft, numbers: tuple[Quantity, ...], world: World, context: Context
) -> Quantity | None:
    """A limit that the brief sets for all pages or answers, where people outside look: `the page may be 5 s old`."""
    if world.actors[operation.actor].internal or operation.access is Access.EXPORT:
        return None
    for q in numbers:
        if q.dim is not Dim.SECONDS or q.number.role is not NumberRole.LATENCY or not q.binding:
            continue
        text = context.around(q.number.why)
        named = _ANY_ANSWER & {q.noun, *lemmas(text.partition(q.quote)[0])}
        if named and _STALE.search(text) and not _is_of_one(q, world, context):
            return q
    return None


def _is_of_one(q: Quantity, world: World, context: Context) -> bool:
    """Whether the limit is said of what a particular operation shows."""
    reads = (o for o in world.operations.values() if o.access in LOOKS)
    return any(_limit(o, (q,), world, context, stale=True) is not None for o in reads)


def _names_an_act(q: Quantity, world: World, context: Context) -> bool:
    """Whether a time limit is said of particular operations only: then it does not bind the others."""
    return context.once(
        ("names an act", id(q.number)),
        lambda: any(_limit(o, (q,), world, context, stale=False) is not None for o in world.operations.values()),
    )


def _limit(
    operation: OperationDraft, numbers: tuple[Quantity, ...], world: World, context: Context, *, stale: bool
) -> Quantity | None:
    """The time limit whose words share most with the operation's own; its object or entity must be among them."""
    best: tuple[int, Quantity] | None = None
    about = {*operation.object.split(" "), *world.entities[operation.entity].name.split(" ")}
    for q in numbers:
        if q.dim is not Dim.SECONDS or q.number.role is not NumberRole.LATENCY or not q.binding:
            continue
        words, is_stale = context.once(("words of", id(q.number)), partial(_said, q, context))
        if stale is not is_stale:
            continue
        shared = len(about & words)
        verb = any(v in words for v in (operation.verb, f"{operation.verb}ing", f"{operation.verb}s"))
        score = shared + 2 * verb
        if shared >= _WORDS_THAT_BIND and score >= 2 and (best is None or score > best[0]):
            best = (score, q)
    return best[1] if best else None


def consistency(operation: OperationDraft, entity: EntityDraft) -> Consistency:
    """Commands are strong; searches, reports and public pages may lag; one's own things are read back at once."""
    if operation.access is Access.APPEND or operation.access is Access.NOTIFY:
        return Consistency.EVENTUAL
    if operation.access not in LOOKS:
        return Consistency.STRONG
    if operation.access in (Access.SEARCH, Access.AGGREGATE) or entity.data_class is DataClass.PUBLIC:
        return Consistency.EVENTUAL
    return Consistency.READ_YOUR_WRITES


def idempotent(operation: OperationDraft, entity: EntityDraft, text: str) -> bool:
    """Whether repeating it must do no more than doing it once: all but plain appends of things that harm nobody."""
    if operation.access is Access.CREATE:
        return (
            entity.data_class in (DataClass.FINANCIAL, DataClass.CARD, DataClass.HEALTH)
            or bool(_ONCE.search(text))
            or bool(operation.touches)
        )
    return operation.access is not Access.APPEND or bool(_ONCE.search(text))


def filters(operation: OperationDraft, entity: EntityDraft, text: str, tenant: bool, lore: Lore) -> tuple[str, ...]:
    """What a query selects by: tenant, owner, the attributes and references that its words name, the status."""
    if operation.access not in LOOKS or operation.access is Access.GET:
        return ()
    words = set(lemmas(text))
    found: list[str] = ["tenant_id"] if tenant and entity.tenant_scoped else []
    owner = next(
        (r for r in entity.relations if entity.owner is not None and r.name.replace("_", " ") == entity.owner), None
    )
    if owner is not None and operation.actor == entity.owner:
        found.append(f"{owner.name}_id")
    known = [r for r in entity.relations if not r.taken]  # who has it now is no business of those who look for one
    if operation.access is Access.AGGREGATE and operation.actor != entity.owner:
        known = [r for r in known if r.name.replace("_", " ") != entity.owner]
    found += [f"{r.name}_id" for r in known if set(r.name.split("_")) & words]
    found += [a.name for a in entity.attributes if a.name != "id" and set(a.name.split("_")) & words]
    if len(found) <= (1 if tenant else 0) and known:
        found.append(f"{known[0].name}_id")
    own = sort(operation, entity)
    asks_when = any(lore.naming.has("day_words", word) for word in words)
    found += [own] if asks_when and own not in ("", "created_at", *found) and _is_time(entity, own) else []
    found += ["status"] if entity.states else []
    return tuple(dict.fromkeys(found))[:4]


def _is_time(entity: EntityDraft, name: str) -> bool:
    """Whether it is a time that is planned: when a photo was uploaded is not what "on a given day" is about."""
    happened = any(word.endswith("ed") for word in name.split("_"))
    return not happened and any(a.name == name and a.type in _SORTS for a in entity.attributes)


def sort(operation: OperationDraft, entity: EntityDraft) -> str:
    """The attribute that a list is ordered by: its own moment in time, else when the row came; of a search the name."""
    if operation.access not in LOOKS or operation.access in (Access.GET, Access.AGGREGATE):
        return ""
    if operation.access is Access.SEARCH:
        named = next((a.name for a in entity.attributes if a.name in ("name", "title", "full_name")), "")
        if named:
            return named
    own = next(
        (
            a.name
            for a in entity.attributes
            if a.type in _SORTS and a.name not in ("created_at", "updated_at") and a.required
        ),
        "",
    )
    return own or "created_at"


def _said(q: Quantity, context: Context) -> tuple[frozenset[str], bool]:
    """The words about a limit, and whether it is about how old something may be."""
    text = context.around(q.number.why)
    return frozenset(lemmas(f"{text} {q.number.what} {q.number.subject}")), bool(_STALE.search(text))
