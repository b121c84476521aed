"""Health data only with those who sign a business associate agreement."""

from collections.abc import Iterator

from archsmith.decide.constraints.constraint import (
    Barrier,
    Constraint,
    Cut,
    Ground,
    Option,
    Requirements,
    Rule,
    ban_where,
)

_SIGNS = frozenset({"cloudfront", "gcp_cdn", "azure_frontdoor", "entra_id", "external_oidc"})


def check(
    ground: Ground, options: tuple[Option, ...], requirements: Requirements, cuts: tuple[Cut, ...]
) -> Iterator[Rule]:
    """Under HIPAA: providers and services without a BAA are out."""
    if not ground.demand.baa:
        return

    def refuses(option: Option) -> bool:
        if option.axis == "provider":
            return "baa" not in option.gives
        tech = ground.techs.get(option.tech) if option.tech else None
        if tech is None or not tech.offers or option.tech in _SIGNS:
            return bool(option.tech == "grafana_cloud")
        anywhere = "anywhere" in tech.traits
        return anywhere and not any(o.baa for o in tech.offers)

    yield from ban_where(
        options,
        refuses,
        lambda o: Barrier(
            name="associates",
            fact=f"HIPAA: {o.label} signs no business associate agreement",
            requirements=ground.demand.binding.get("health", ()),
            waivable=False,
        ),
    )


CONSTRAINT = Constraint(
    id="associates",
    what="whoever hosts or handles health data must sign a business associate agreement",
    why="45 CFR 164.504(e)",
    check=check,
)
