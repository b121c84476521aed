"""Tables of people: their accounts, their sessions, what they were granted, and the organisations that they are of."""

from archsmith.compose.actors import federated
from archsmith.compose.columns import Own
from archsmith.compose.context import Context
from archsmith.compose.dialects import dialect_of
from archsmith.compose.draft import Draft
from archsmith.compose.ownership import shares_tables
from archsmith.kernel.ids import StoreId
from archsmith.model.architecture import Service
from archsmith.model.contracts import Index, Query, Table
from archsmith.model.decisions import Dimension


def accounts(ctx: Context, draft: Draft, service: Service, store: StoreId) -> Table | None:
    """Sign-in of the framework keeps its accounts in the first service's store."""
    people = any(entry.method == "password" for entry in draft.authentication)
    if federated(ctx) or not people or service is not draft.services[0]:
        return None
    own = Own(dialect_of(draft, store))
    return Table(
        store=store,
        name="accounts",
        entity=None,
        comment="Sign-in of people; business tables refer to it by subject only",
        columns=(
            own.text("subject", "Claim sub: a random UUID", 255),
            own.text("login", "E-mail address or name that one signs in with, in lower case", 320),
            own.text("password_hash", "Argon2id, with its parameters", 255),
            own.text("role_name", "Which scopes the account may have", 50),
            own.text(
                "second_factor", "Secret of the one-time codes, encrypted; empty where not set up", 500, nullable=True
            ),
            own.count("failed_attempts", "Since the last success"),
            own.moment("locked_until", "No sign-in before", nullable=True),
            own.moment("created_at", "When it was made"),
        ),
        primary_key=("subject",),
        uniques=(("login",),),
        queries=(
            Query(name="who signs in", kind="row", equal=("login",), index="login"),
            Query(name="account of a token", kind="row", equal=("subject",), index="subject"),
        ),
        because=ctx.because(Dimension.IDENTITY),
    )


def sessions(ctx: Context, draft: Draft, service: Service, store: StoreId) -> Table | None:
    """Sessions that are looked up, or the refresh tokens behind signed ones where nobody else issues them."""
    choice, identity = ctx.decision(Dimension.SESSION), ctx.decision(Dimension.IDENTITY)
    issues = identity is not None and identity.option == "framework_auth"
    if choice is None or not (choice.option == "session_rows" or (choice.option == "signed_token" and issues)):
        return None
    signed = choice.option == "signed_token"
    people = [a for a in draft.authentication if a.method in ("oidc", "password")]
    if not people:
        return None
    own = Own(dialect_of(draft, store))
    return Table(
        store=store,
        name="sessions",
        entity=None,
        comment="Refresh tokens, each changed at its use" if signed else "Sessions, looked up with each request",
        columns=(
            own.digest("token_hash", "SHA-256 of the token; it is not kept itself"),
            own.text("subject", "Claim sub", 255),
            own.moment("created_at", "When it began"),
            own.moment("last_used_at", "When it was last used", now=False),
            own.moment("expires_at", "When it ends by itself", now=False),
            own.moment("revoked_at", "When it was ended", nullable=True),
        ),
        primary_key=("token_hash",),
        indexes=(Index(name="sessions_subject_idx", columns=("subject",)),),
        queries=(
            Query(name="session of a request", kind="row", equal=("token_hash",), index="token_hash"),
            Query(name="sessions of a person", kind="parts", equal=("subject",), index="sessions_subject_idx"),
        ),
        because=ctx.because(Dimension.SESSION),
    )


def grants(ctx: Context, draft: Draft, service: Service, store: StoreId) -> Table | None:
    """Who stands in which relation to what, where rights go along relations."""
    choice = ctx.decision(Dimension.AUTHORIZATION)
    if choice is None or choice.option != "relations":
        return None
    own = Own(dialect_of(draft, store))
    return Table(
        store=store,
        name="grants",
        entity=None,
        comment="Relations by which people may see and do things; rights of a whole go for its parts",
        columns=(
            own.text("subject", "Claim sub, or a group of them", 255),
            own.text("relation", "owner, editor, viewer, member", 50),
            own.text("object_kind", "Kind of thing", 100),
            own.text("object_id", "Its id", 255),
            own.moment("granted_at", "When it was granted"),
            own.moment("ends_at", "When it ends by itself", nullable=True),
        ),
        primary_key=("object_kind", "object_id", "relation", "subject"),
        indexes=(Index(name="grants_subject_idx", columns=("subject",)),),
        queries=(
            Query(
                name="may somebody",
                kind="row",
                equal=("object_kind", "object_id", "relation", "subject"),
                index="object_kind, object_id, relation, subject",
            ),
            Query(name="what somebody may", kind="parts", equal=("subject",), index="grants_subject_idx"),
        ),
        because=ctx.because(Dimension.AUTHORIZATION),
    )


def tenants(ctx: Context, draft: Draft, service: Service, store: StoreId) -> Table | None:
    """The organisations, where they share tables."""
    if not shares_tables(ctx) or not any(e.tenant_scoped for e in ctx.domain.entities):
        return None
    own = Own(dialect_of(draft, store))
    return Table(
        store=store,
        name="tenants",
        entity=None,
        comment="Organisations that share this system, each seeing its own rows only",
        columns=(
            own.key(),
            own.text("name", "Name of the organisation", 200),
            own.moment("created_at", "When it joined"),
        ),
        primary_key=("id",),
        because=ctx.because(Dimension.TENANCY),
    )
