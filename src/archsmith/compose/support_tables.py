"""Pass: tables of the design itself, each only where something uses it: outbox, inbox, idempotency keys, jobs, ..."""

from msgspec.structs import replace

from archsmith.compose.api.work import CANCELLED, JOB_STATES
from archsmith.compose.columns import Own
from archsmith.compose.context import Context
from archsmith.compose.dialects import dialect_of
from archsmith.compose.draft import Draft
from archsmith.compose.foreign_keys import to_tenants, with_targets
from archsmith.compose.keyspaces.cache_table import cache_entries
from archsmith.compose.names import Unique, bounded
from archsmith.compose.people_tables import accounts, grants, sessions, tenants
from archsmith.compose.tables import database_of, is_relational
from archsmith.compose.tenant_rows import of_tenant
from archsmith.compose.webhook_tables import webhook_subscriptions
from archsmith.kernel.ids import StoreId
from archsmith.kernel.names import slug, snake
from archsmith.kernel.units import DAY, Months
from archsmith.model.architecture import Service, Topology
from archsmith.model.contracts import Body, Index, Query, Table
from archsmith.model.decisions import Dimension, StoreRole

_MONTH_DAYS = 30.4375


def support_tables(ctx: Context, draft: Draft) -> None:
    """For each service its support tables, in the relational store that holds most of its entities."""
    names = {store.id: Unique(t.name for t in draft.tables if t.store == store.id) for store in draft.stores}
    homes = {service.id: home_store(ctx, draft, service) for service in draft.services}
    done: set[str] = set()
    for service in draft.services:
        store = homes[service.id]
        if store is None:
            continue
        shared = list(homes.values()).count(store) > 1
        for own in support_of(ctx, draft, service, store):
            wish = f"{snake(service.id)}_{own.name}" if shared else own.name
            draft.tables.append(_renamed(_sayable(draft, own), names[store].take(wish, service.id)))
        for make in (accounts, sessions, grants, tenants, webhook_subscriptions):
            made = make(ctx, draft, service, store)
            if made is not None and made.name not in done:
                done.add(made.name)
                taken = any(t.name == made.name for t in draft.tables)
                wish = f"system_{made.name}" if taken else made.name
                draft.tables.append(_renamed(_sayable(draft, made), names[store].take(wish, service.id)))
    draft.tables[:] = with_targets(to_tenants(draft.tables, _tenants_of(draft)))
    _name_indexes(draft)


def support_of(ctx: Context, draft: Draft, service: Service, store: StoreId) -> list[Table]:
    """The tables that a service's own work needs, each only where something uses it."""
    makers = (_outbox, _inbox, _idempotency, _jobs, _audit, cache_entries)
    return [made for make in makers if (made := make(ctx, draft, service, store)) is not None]


def _tenants_of(draft: Draft) -> Table | None:
    """The table of tenants."""
    return next((t for t in draft.tables if t.entity is None and t.name in ("tenants", "system_tenants")), None)


def _name_indexes(draft: Draft) -> None:
    """Index names are unique in a store, and differ from those of its tables, with which PostgreSQL keeps them."""
    taken = {store.id: Unique(t.name for t in draft.tables if t.store == store.id) for store in draft.stores}
    for at, table in enumerate(draft.tables):
        names = {i.name: taken[table.store].take(i.name, f"{table.name}.{i.columns}") for i in table.indexes}
        indexes = tuple(replace(i, name=names[i.name]) for i in table.indexes)
        queries = tuple(replace(q, index=names.get(q.index, q.index)) for q in table.queries)
        draft.tables[at] = replace(table, indexes=indexes, queries=queries)


def home_store(ctx: Context, draft: Draft, service: Service) -> StoreId | None:
    """The relational store that holds most entities of a service; None where none does."""
    relational = [s.id for s in draft.stores if is_relational(ctx, s.engine) and s.role is StoreRole.PRIMARY]
    held = [database_of(ctx, draft, entity) for entity in service.entities]
    return max(relational, key=lambda s: (held.count(s), -relational.index(s)), default=None)


def _sayable(draft: Draft, table: Table) -> Table:
    """An index of some rows is one of all rows where the engine has no partial ones."""
    if dialect_of(draft, table.store).partial_indexes:
        return table
    return replace(table, indexes=tuple(replace(i, where="") for i in table.indexes))


def _renamed(table: Table, name: str) -> Table:
    names = {i.name: bounded(f"{name}_{'_'.join(i.columns)}_idx") for i in table.indexes}
    indexes = tuple(replace(i, name=names[i.name]) for i in table.indexes)
    queries = tuple(replace(q, index=names.get(q.index, q.index)) for q in table.queries)
    return replace(table, name=name, indexes=indexes, queries=queries)


def _outbox(ctx: Context, draft: Draft, service: Service, store: StoreId) -> Table | None:
    """Events leave in the transaction that causes them; needed where a broker stands outside the database."""
    if not service.publishes or not broker_apart(draft):
        return None
    own = Own(dialect_of(draft, store))
    whose, tenant = of_tenant(ctx, own.dialect, always=False)
    return Table(
        store=store,
        name="outbox",
        entity=None,
        comment=f"Events of {service.name} that the relay has yet to hand to the broker",
        columns=(
            own.key(),
            *whose,
            own.text("type", "CloudEvents type", 200),
            own.text("ordering_key", "Ordering key: id of the aggregate", 255),
            own.json("payload", "CloudEvents data"),
            own.moment("occurred_at", "When it happened"),
            own.moment("published_at", "When the broker confirmed it; empty until then", nullable=True),
        ),
        primary_key=("id",),
        indexes=(Index(name="outbox_occurred_at_idx", columns=("occurred_at", "id"), where="published_at IS NULL"),),
        queries=(
            Query(
                name="next event for the relay",
                kind="next",
                order=("occurred_at", "id"),
                where="published_at IS NULL",
                index="outbox_occurred_at_idx",
            ),
        ),
        tenant_column=tenant,
        relayed=True,
        retention=_months(ctx, "inbox.keep"),
        because=ctx.because(Dimension.BROKER, Dimension.CONSISTENCY),
    )


def _inbox(ctx: Context, draft: Draft, service: Service, store: StoreId) -> Table | None:
    """Ids of messages and nothing of their rows: it belongs to no tenant."""
    if not service.consumes or not broker_apart(draft):
        return None
    own = Own(dialect_of(draft, store))
    return Table(
        store=store,
        name="inbox",
        entity=None,
        comment=f"Messages that {service.name} has handled: a broker may deliver one twice",
        columns=(
            own.text("consumer", "Which handler", 100),
            own.text("message_id", "CloudEvents id", 255),
            own.moment("handled_at", "When, in the same transaction as the effect"),
        ),
        primary_key=("consumer", "message_id"),
        indexes=(Index(name="inbox_handled_at_idx", columns=("handled_at",)),),
        queries=(
            Query(name="was it handled", kind="row", equal=("consumer", "message_id"), index="consumer, message_id"),
            Query(name="what a broker no longer repeats", kind="old", span="handled_at", index="inbox_handled_at_idx"),
        ),
        retention=_months(ctx, "inbox.keep"),
        because=ctx.because(Dimension.BROKER, Dimension.CONSISTENCY),
    )


def _idempotency(ctx: Context, draft: Draft, service: Service, store: StoreId) -> Table | None:
    keyed = [e for e in draft.endpoints if e.service == service.id and e.idempotency_key]
    if not keyed:
        return None
    own = Own(dialect_of(draft, store))
    always = all(ctx.entities[ctx.operations[e.operation].entity].tenant_scoped for e in keyed)
    whose, tenant = of_tenant(ctx, own.dialect, always=always)
    key = (*((tenant,) if tenant and always else ()), "caller", "idempotency_key")
    return Table(
        store=store,
        name="idempotency_keys",
        entity=None,
        comment=f"Answers to {len(keyed)} commands of {service.name} that a client may send again",
        columns=(
            *whose,
            own.text("caller", "Claim sub, or the address of one without an account", 255),
            own.text("idempotency_key", "Header Idempotency-Key", ctx.parameter.whole("idempotency.key_max")),
            own.text("operation", "operationId", 255),
            own.digest("fingerprint", "SHA-256 of the request"),
            own.count("status", "HTTP status; empty while it runs", 100, 599, nullable=True),
            own.json("response", "Body of the answer", nullable=True),
            own.moment("created_at", "When the key was first seen"),
        ),
        primary_key=key,
        indexes=(Index(name="idempotency_keys_created_at_idx", columns=("created_at",)),),
        queries=(
            Query(name="was it asked before", kind="row", equal=key, index=", ".join(key)),
            Query(name="keys that ended", kind="old", span="created_at", index="idempotency_keys_created_at_idx"),
        ),
        tenant_column=tenant,
        relayed=True,
        retention=Months(ctx.parameter("idempotency.keep") / DAY / _MONTH_DAYS),
        because=ctx.because(Dimension.API_STYLE, Dimension.CONSISTENCY),
    )


def _jobs(ctx: Context, draft: Draft, service: Service, store: StoreId) -> Table | None:
    """Work that waits: the queue where it is a table, and the state that a 202 points at."""
    queued = service.worker and any(
        s.role is StoreRole.BROKER and s.topology is Topology.EMBEDDED for s in draft.stores
    )
    asked = any(e.service == service.id and e.response is Body.ACCEPTED for e in draft.endpoints)
    timed = any(ctx.operations[o].every for o in service.operations)
    if not (queued or asked or timed):
        return None
    own = Own(dialect_of(draft, store))
    whose, tenant = of_tenant(ctx, own.dialect, always=False)
    return Table(
        store=store,
        name="jobs",
        entity=None,
        comment=f"Work of {service.name} that runs in the background, taken with {own.dialect.takes}",
        columns=(
            own.key(),
            *whose,
            own.text("kind", "Operation that it runs", 100),
            own.json("payload", "Its input"),
            own.state("state", "How far it is", (*JOB_STATES, CANCELLED)),
            own.moment("run_at", "Not before"),
            own.count("attempts", "Tries"),
            own.moment("locked_until", "A worker that died gives it back then", nullable=True),
            own.text("last_error", "Why the last try failed", 4000, nullable=True),
            own.json("result", "What came out, for whoever asks for the job", nullable=True),
            own.moment("created_at", "When it was asked for"),
        ),
        primary_key=("id",),
        indexes=(Index(name="jobs_run_at_idx", columns=("run_at", "id"), where="state = 'ready'"),),
        queries=(
            Query(
                name="next job", kind="next", order=("run_at", "id"), where="state = 'ready'", index="jobs_run_at_idx"
            ),
            Query(name="state of a job", kind="row", equal=("id",), index="id"),
        ),
        tenant_column=tenant,
        relayed=True,
        retention=_months(ctx, "inbox.keep"),
        because=ctx.because(Dimension.BROKER),
    )


def _audit(ctx: Context, draft: Draft, service: Service, store: StoreId) -> Table | None:
    utility = draft.utility("audit_log")
    if utility is None or any(slug(e.name).split("-")[0] == "audit" for e in ctx.domain.entities):
        return None
    own = Own(dialect_of(draft, store))
    whose, tenant = of_tenant(ctx, own.dialect, always=False)
    return Table(
        store=store,
        name="audit_entries",
        entity=None,
        comment=f"Who did what in {service.name}, and when; rows are only added, the application may not change them",
        columns=(
            own.key(),
            *whose,
            own.moment("at", "When"),
            own.text("actor", "Claim sub, or the name of the job", 255),
            own.text("action", "operationId", 255),
            own.text("subject_table", "Table of the row", 63),
            own.reference("subject_id", "Key of the row", nullable=True),
            own.json("changed", "Names of the fields that changed, never the values of secret ones", nullable=True),
            own.digest("previous_hash", "Hash of the entry before: a gap shows", nullable=True),
        ),
        primary_key=("id",),
        indexes=(Index(name="audit_entries_subject_id_idx", columns=("subject_id", "at", "id")),),
        queries=(
            Query(
                name="who did what with a row",
                kind="page",
                equal=("subject_id",),
                order=("at", "id"),
                index="audit_entries_subject_id_idx",
            ),
        ),
        tenant_column=tenant,
        append_only=True,
        retention=audit_keep(ctx),
        because=utility.because,
    )


def audit_keep(ctx: Context) -> Months:
    """How long audit entries are kept: what the brief or a regime says, else a year."""
    said = [
        n
        for n in ctx.requirements.numbers
        if n.role == "retention" and ctx.naming.any_in("audit_phrases", f"{n.what} {n.subject}")
    ]
    for figure in said:
        factor = {"years": 12.0, "year": 12.0, "months": 1.0, "month": 1.0, "days": 1 / _MONTH_DAYS}.get(figure.unit)
        if factor:
            return Months(figure.value * factor)
    regulated = ctx.has_regime("HIPAA")
    return Months(ctx.parameter("audit.keep_hipaa" if regulated else "audit.keep") / _MONTH_DAYS)


def broker_apart(draft: Draft) -> bool:
    """Whether messages go through something outside the database."""
    return any(s.role is StoreRole.BROKER and s.topology is not Topology.EMBEDDED for s in draft.stores)


def _months(ctx: Context, parameter: str) -> Months:
    return Months(ctx.parameter(parameter) / _MONTH_DAYS)
