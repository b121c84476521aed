"""How a signed-in caller is known again, and how it is decided what the caller may see and do."""

from archsmith.decide.ground import Ground
from archsmith.decide.option import Option
from archsmith.decide.words import work
from archsmith.kernel.ids import OptionId
from archsmith.kernel.phrases import counted, duration, money
from archsmith.model.decisions import Dimension
from archsmith.model.domain import DataClass

_OWN = ("identity:framework_auth",)
_ISSUED = tuple(
    f"identity:{i}" for i in ("keycloak", "cognito", "identity_platform", "auth0", "entra_id", "external_oidc")
)
_GUARDED = frozenset({DataClass.HEALTH, DataClass.CARD, DataClass.CHILD, DataClass.FINANCIAL, DataClass.CREDENTIAL})


def session(ground: Ground) -> tuple[Option, ...]:
    """A signed token that is trusted until it ends, or an opaque one that is looked up and can end at once."""
    life = ground.resilience("token.life")
    late = _late(ground)
    stateless = f"no look-up; a stolen or withdrawn one works for up to {duration(life)} more" + (
        f", {money(late)} a month of risk" if late >= 0.5 else ""
    )
    look_up = "looked up with each request, by the query that asks for the caller's rights anyway; ends at once"
    rows = (
        ("signed/own", "signed_token", _OWN, (), "own", late, f"keys and rotated refresh tokens are ours; {stateless}"),
        (
            "signed/issued",
            "signed_token",
            _ISSUED,
            (),
            "issued",
            late,
            f"the issuer keeps keys and refresh; {stateless}",
        ),
        ("rows/own", "session_rows", _OWN, (), "rows", 0.0, look_up),
        ("rows/issued", "session_rows", _ISSUED, (), "exchange", 0.0, f"the issuer's tokens stay with us; {look_up}"),
        ("memory/own", "session_memory", _OWN, ("cache:shared",), "memory", 0.0, f"kept in the cache: {look_up}"),
        (
            "memory/issued",
            "session_memory",
            _ISSUED,
            ("cache:shared",),
            "memory",
            0.0,
            f"kept in the cache, the issuer's tokens with them: {look_up}",
        ),
    )
    return tuple(
        Option(
            axis="session",
            dimension=Dimension.SESSION,
            key=key,
            id=OptionId(ident),
            label=_LABELS[ident].format(life=duration(life)),
            gives=(f"session:{ident}",),
            needs=(identities, *((needs,) if needs else ())),
            build=ground.figure(f"session.{days}_days"),
            ops=0.2 if days in ("own", "memory") else 0.1,
            risk=risk,
            why=f"{why}; {work(0.0, ground.figure(f'session.{days}_days'))}",
        )
        for key, ident, identities, needs, days, risk, why in rows
    )


_LABELS = {
    "signed_token": "signed access tokens of {life}, refreshed by rotated ones",
    "session_rows": "opaque tokens, sessions kept as rows",
    "session_memory": "opaque tokens, sessions kept in the shared cache",
}


def _late(ground: Ground) -> float:
    """USD a month of tokens that work on after they should not: in full from 5,000 users on, less for fewer."""
    demand = ground.demand
    full = ground.figure("risk.late_end") * (10 if demand.data_class in _GUARDED else 1)
    return full * min(1.0, 0.1 + demand.users / 5000)


def authorization(ground: Ground) -> tuple[Option, ...]:
    """Roles alone, roles and whose row it is, or relations that people grant each other."""
    demand = ground.demand
    owned, shared = demand.owned, demand.shared
    guard = ground.figure("access.owned_days") * owned
    by_hand = ground.figure("access.shared_days") * shared
    leak = ground.figure("risk.row_leak") * (3 if demand.data_class in _GUARDED else 1)
    whose = f"{counted(owned, 'kind')} of rows belong to somebody" if owned else "no row belongs to anybody"
    asks = f", {counted(shared, 'requirement')} of sharing" if shared else ""
    found = [
        Option(
            axis="authorization",
            dimension=Dimension.AUTHORIZATION,
            key="relations",
            id=OptionId("relations"),
            label="relations between people and things, granted and inherited",
            gives=("authorization:relations", "authorization:rows"),
            build=ground.figure("access.relation_days") + guard,
            ops=2.0,
            why=f"{whose}{asks}: each grant is a row, each check a look-up along them; "
            f"{work(2.0, ground.figure('access.relation_days') + guard)}",
        )
    ]
    roles = Option(
        axis="authorization",
        dimension=Dimension.AUTHORIZATION,
        key="roles",
        id=OptionId("roles"),
        label="roles alone",
        gives=("authorization:roles",),
        build=0.5,
        risk=leak * min(owned, 5),
        why=f"scopes by role; {whose}" + (", and a filter that is forgotten shows it" if owned else ""),
    )
    rows = Option(
        axis="authorization",
        dimension=Dimension.AUTHORIZATION,
        key="roles_and_owners",
        id=OptionId("roles_and_owners"),
        label="roles, and whose row it is",
        gives=("authorization:rows",),
        build=1.0 + guard + by_hand,
        risk=0.05 * leak * min(owned, 5),
        why=f"scopes by role, and one guard for each row; {whose}{asks}"
        + (f" coded by hand in {by_hand:g} days" if by_hand else "")
        + f"; {work(0.0, 1.0 + guard + by_hand)}",
    )
    return (roles, rows, *found)
