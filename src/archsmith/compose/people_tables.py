"""Tables of people: their accounts, their sessions, what they were granted, and the organisations that they are of."""

from archsmith.compose.actors import federated
from archsmith.compose.columns import key_column, moment
from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.compose.ownership import shares_tables
from archsmith.kernel.ids import StoreId
from archsmith.model.architecture import Service
from archsmith.model.contracts import Column, Index, Table
from archsmith.model.decisions import Dimension


def short_text(name: str, comment: str, limit: int, nullable: bool = False) -> Column:
    """A text column that the database keeps within `limit` characters."""
    check = f"char_length({name}) <= {limit}"
    return Column(name=name, type="text", nullable=nullable, comment=comment, check=check)


def accounts(ctx: Context, draft: Draft, service: Service, store: StoreId) -> Table | None:
    """Sign-in of the framework keeps its accounts in the first service's store."""
    people = any(entry.method == "password" for entry in draft.authentication)
    if federated(ctx) or not people or service is not draft.services[0]:
        return None
    return Table(
        store=store,
        name="accounts",
        entity=None,
        comment="Sign-in of people; business tables refer to it by subject only",
        columns=(
            Column(name="subject", type="text", nullable=False, comment="Claim sub", default="gen_random_uuid()::text"),
            short_text("login", "E-mail address or name that one signs in with, in lower case", 320),
            short_text("password_hash", "Argon2id, with its parameters", 255),
            short_text("role_name", "Which scopes the account may have", 50),
            short_text(
                "second_factor", "Secret of the one-time codes, encrypted; empty where not set up", 500, nullable=True
            ),
            Column(
                name="failed_attempts", type="integer", nullable=False, comment="Since the last success", default="0"
            ),
            moment("locked_until", "No sign-in before", nullable=True, default=""),
            moment("created_at", "When it was made"),
        ),
        primary_key=("subject",),
        uniques=(("login",),),
        because=ctx.because(Dimension.IDENTITY),
    )


def sessions(ctx: Context, draft: Draft, service: Service, store: StoreId) -> Table | None:
    """Sessions that are looked up, or the refresh tokens behind signed ones where nobody else issues them."""
    choice, identity = ctx.decision(Dimension.SESSION), ctx.decision(Dimension.IDENTITY)
    own = identity is not None and identity.option == "framework_auth"
    if choice is None or not (choice.option == "session_rows" or (choice.option == "signed_token" and own)):
        return None
    signed = choice.option == "signed_token"
    people = [a for a in draft.authentication if a.method in ("oidc", "password")]
    if not people:
        return None
    return Table(
        store=store,
        name="sessions",
        entity=None,
        comment="Refresh tokens, each changed at its use" if signed else "Sessions, looked up with each request",
        columns=(
            Column(
                name="token_hash", type="bytea", nullable=False, comment="SHA-256 of the token; it is not kept itself"
            ),
            short_text("subject", "Claim sub", 255),
            moment("created_at", "When it began"),
            moment("last_used_at", "When it was last used", default=""),
            moment("expires_at", "When it ends by itself", default=""),
            moment("revoked_at", "When it was ended", nullable=True, default=""),
        ),
        primary_key=("token_hash",),
        indexes=(Index(name="sessions_subject_idx", columns=("subject",)),),
        because=ctx.because(Dimension.SESSION),
    )


def grants(ctx: Context, draft: Draft, service: Service, store: StoreId) -> Table | None:
    """Who stands in which relation to what, where rights go along relations."""
    choice = ctx.decision(Dimension.AUTHORIZATION)
    if choice is None or choice.option != "relations":
        return None
    return Table(
        store=store,
        name="grants",
        entity=None,
        comment="Relations by which people may see and do things; rights of a whole go for its parts",
        columns=(
            short_text("subject", "Claim sub, or a group of them", 255),
            short_text("relation", "owner, editor, viewer, member", 50),
            short_text("object_kind", "Kind of thing", 100),
            short_text("object_id", "Its id", 255),
            moment("granted_at", "When it was granted"),
            moment("ends_at", "When it ends by itself", nullable=True, default=""),
        ),
        primary_key=("object_kind", "object_id", "relation", "subject"),
        indexes=(Index(name="grants_subject_idx", columns=("subject",)),),
        because=ctx.because(Dimension.AUTHORIZATION),
    )


def tenants(ctx: Context, draft: Draft, service: Service, store: StoreId) -> Table | None:
    """The organisations, where they share tables."""
    if not shares_tables(ctx) or not any(e.tenant_scoped for e in ctx.domain.entities):
        return None
    return Table(
        store=store,
        name="tenants",
        entity=None,
        comment="Organisations that share this system, each seeing its own rows only",
        columns=(
            key_column(),
            short_text("name", "Name of the organisation", 200),
            moment("created_at", "When it joined"),
        ),
        primary_key=("id",),
        because=ctx.because(Dimension.TENANCY),
    )
