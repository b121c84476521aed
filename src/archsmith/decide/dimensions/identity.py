"""Who callers are: the framework's own accounts, a managed provider, Keycloak, or what the organisation has."""

from archsmith.decide.ground import Ground, hours
from archsmith.decide.option import Option
from archsmith.decide.words import bill_of, work
from archsmith.kernel.ids import OptionId, TechId
from archsmith.kernel.phrases import money
from archsmith.knowledge.billing import active_users
from archsmith.model.decisions import Dimension
from archsmith.model.domain import DataClass

_REGULATED = frozenset({DataClass.HEALTH, DataClass.CARD, DataClass.CHILD})


def identity(ground: Ground) -> tuple[Option, ...]:
    """Work by demand (second factor, single sign-on, machine clients), fees by active user, risk by data class."""
    demand, found = ground.demand, []
    asked = [
        t
        for t, wanted in (
            ("mfa", demand.mfa or demand.data_class in _REGULATED),
            ("sso", bool(demand.workforce_sign_in)),
            ("machine_clients", demand.partners),
        )
        if wanted
    ]
    active = active_users(ground.catalogue, demand.users, demand.requests_month)
    for ident in ("framework_auth", "keycloak", "cognito", "identity_platform", "auth0", "entra_id", "external_oidc"):
        tech = ground.tech(ident)
        offer = tech.offers[0] if tech.offers else None
        missing = [t for t in asked if t not in tech.traits]
        billed = max(0.0, active - tech.free_users)
        fee = sum(ground.month(k, billed, offer.provider) for k in offer.usage) if offer else 0.0
        own = ident == "framework_auth"
        risk = _risk(ground) if own else 0.0
        ops = hours(tech.managed or tech.run)
        build = (
            tech.build.value
            + len(missing) * ground.figure("auth.feature_days")
            + (0.0 if own else ground.learning(tech) * 0.05)
        )
        workforce = "workforce" in tech.traits
        found.append(
            Option(
                axis="identity",
                dimension=Dimension.IDENTITY,
                key=ident,
                id=OptionId(ident),
                label=offer.product if offer else tech.name,
                tech=TechId(ident),
                gives=(f"identity:{ident}", *(["workforce_sign_in"] if workforce else [])),
                needs=((f"provider:{offer.provider}",),)
                if offer and "provider_bound" in tech.traits
                else ((("containers",),) if ident == "keycloak" else ()),
                infra=fee,
                ops=ops,
                build=build,
                risk=risk + (ground.figure("risk.young_stack") if ident == "auth0" else 0.0),
                down=ground.figure("identity.blocked") * ground.down(offer.sla) if offer else 0.0,
                memory=1.2 if ident == "keycloak" else 0.0,
                compute=0.1 if ident == "keycloak" else 0.0,
                why=f"{active:,.0f} active users: {bill_of(fee)}, {work(ops, build)}"
                + (f" ({', '.join(missing)} by hand)" if missing else "")
                + (f", {money(risk)} a month of risk" if risk else ""),
            )
        )
    return tuple(found)


def _risk(ground: Ground) -> float:
    """USD a month of accounts of our own: in full at 5,000 users, less for fewer, by the cube root for more."""
    regulated = ground.demand.data_class in _REGULATED or ground.demand.devices  # a stolen account moves real things
    full = ground.figure("risk.own_auth_regulated" if regulated else "risk.own_auth")
    if ground.demand.data_class is DataClass.FINANCIAL and not regulated:
        full *= 2
    share = ground.demand.users / 5000
    return full * max(min(1.0, 0.1 + share), share ** (1 / 3) if share > 1 else 0.0)
