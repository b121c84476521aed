"""The seed shop's decisions, written by hand."""

from tests.samples.shop_derivation import sample_derivation

from archsmith.decide.flows import flow_choices
from archsmith.decide.scene import Means
from archsmith.kernel.ids import DecisionId, ElementId, EntityId, OptionId, ServiceId, StoreId, TechId
from archsmith.kernel.units import GB, Bytes, Count, HoursPerMonth, PersonDays, UsdPerMonth
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.decisions import (
    Decision,
    Decisions,
    Dimension,
    Loser,
    LossKind,
    Module,
    ObjectiveTerm,
    Placement,
    ServiceGroup,
    Sizing,
    StoreRole,
)

_CHOICES: tuple[tuple[Dimension, str, str, str | None], ...] = (
    (Dimension.STYLE, "modular_monolith", "Modular monolith", None),
    (Dimension.PARTITION, "one_service", "One service with modules catalogue and sales", None),
    (Dimension.PROVIDER, "aws", "Amazon Web Services", "aws"),
    (Dimension.REGION, "eu-central-1", "Frankfurt", None),
    (Dimension.ZONES, "two", "Two zones", None),
    (Dimension.PLATFORM, "virtual_machine", "Virtual machines", "vm_compose"),
    (Dimension.PRIMARY_STORE, "postgresql", "PostgreSQL", "postgresql"),
    (Dimension.STORE_HOSTING, "managed", "Managed by the provider", "postgresql"),
    (Dimension.CACHE, "none", "No cache", None),
    (Dimension.BROKER, "postgresql_queue", "A table of jobs in PostgreSQL", "postgresql_queue"),
    (Dimension.SEARCH, "postgresql_fts", "Full-text search of PostgreSQL", "postgresql_fts"),
    (Dimension.CDN, "none", "No CDN", None),
    (Dimension.EDGE, "aws_alb", "Application load balancer", "aws_alb"),
    (Dimension.API_STYLE, "rest", "REST over HTTPS", None),
    (Dimension.IDENTITY, "framework_auth", "Accounts in the application", "framework_auth"),
    (Dimension.LANGUAGE, "python", "Python", "python"),
    (Dimension.FRAMEWORK, "fastapi", "FastAPI", "fastapi"),
    (Dimension.BACKUP, "continuous", "Daily snapshots and shipped logs", None),
    (Dimension.OBSERVABILITY, "cloud_monitoring", "The provider's metrics and logs", "cloud_monitoring"),
    (Dimension.SIZING, "small", "Two small instances", None),
)


MEANS = Means(style="modular_monolith", queue="a table of jobs in PostgreSQL", embedded=True)


def decision_id(dimension: Dimension) -> DecisionId:
    """The id of the sample's decision on `dimension`."""
    return DecisionId(f"D-{[row[0] for row in _CHOICES].index(dimension) + 1:03}")


def _decisions() -> tuple[Decision, ...]:
    return tuple(
        Decision(
            id=decision_id(dimension),
            dimension=dimension,
            title=f"{dimension.replace('_', ' ').capitalize()} of the seed shop",
            option=OptionId(option),
            choice=choice,
            tech=TechId(tech) if tech else None,
            reason=f"{choice} costs least over three years for 30 requests a second and two developers.",
            losers=(
                Loser(
                    option=OptionId("microservices"),
                    label="Microservices",
                    kind=LossKind.DEARER,
                    reason="five services cost two people 40 hours more a month",
                    extra=UsdPerMonth(2_800.0),
                ),
            )
            if dimension is Dimension.STYLE
            else (),
            runner_up="Microservices" if dimension is Dimension.STYLE else "",
            margin=UsdPerMonth(2_800.0) if dimension is Dimension.STYLE else None,
        )
        for dimension, option, choice, tech in _CHOICES
    )


def sample_decisions() -> Decisions:
    """The shop as a modular monolith on two small virtual machines and a managed PostgreSQL."""
    domain = sample_derivation().domain
    main = StoreId("main")
    places = tuple(Placement(entity=entity.id, store=main) for entity in domain.entities)
    catalogue = Module(name="catalogue", entities=(EntityId("product"),))
    sales = Module(
        name="sales",
        entities=(EntityId("customer"), EntityId("order"), EntityId("order-line"), EntityId("payment")),
    )
    shop = ServiceGroup(
        id=ServiceId("shop"),
        name="Shop",
        purpose="Sells products: catalogue, orders and payments",
        entities=tuple(entity.id for entity in domain.entities),
        operations=tuple(operation.id for operation in domain.operations),
        modules=(catalogue, sales),
        reason="two developers and 30 requests a second",
    )
    sized = decision_id(Dimension.SIZING)
    return Decisions(
        decisions=_decisions(),
        services=(shop,),
        placements=places,
        flows=flow_choices(domain, (shop,), places, MEANS, Catalogue()),
        sizings=(
            Sizing(
                subject=ElementId("service:shop"),
                tech=TechId("vm_compose"),
                product="Amazon EC2 t4g.small",
                managed=False,
                instance="aws.ec2.t4g.small",
                vcpu=Count(2.0),
                memory=Bytes(2 * GB),
                storage=Bytes(20 * GB),
                count=2,
                minimum=2,
                zones=2,
                month=UsdPerMonth(28.0),
                because=(sized, decision_id(Dimension.PLATFORM)),
            ),
            Sizing(
                subject=ElementId("store:main"),
                tech=TechId("postgresql"),
                role=StoreRole.PRIMARY,
                product="Amazon RDS for PostgreSQL 17, db.t4g.small",
                managed=True,
                instance="aws.rds.t4g.small",
                vcpu=Count(2.0),
                memory=Bytes(2 * GB),
                storage=Bytes(20 * GB),
                count=2,
                minimum=2,
                zones=2,
                month=UsdPerMonth(55.0),
                because=(sized, decision_id(Dimension.PRIMARY_STORE), decision_id(Dimension.STORE_HOSTING)),
            ),
            Sizing(
                subject=ElementId("edge:load-balancer"),
                tech=TechId("aws_alb"),
                product="Application Load Balancer",
                managed=True,
                instance="aws.alb",
                vcpu=Count(0.0),
                memory=Bytes(0.0),
                storage=Bytes(0.0),
                count=1,
                minimum=1,
                zones=2,
                month=UsdPerMonth(22.0),
                because=(decision_id(Dimension.EDGE),),
            ),
        ),
        objective=(
            ObjectiveTerm(name="infrastructure", month=UsdPerMonth(105.0), formula="28 + 55 + 22"),
            ObjectiveTerm(name="operations", month=UsdPerMonth(560.0), formula="8 h * 70"),
        ),
        ops_hours=HoursPerMonth(8.0),
        build_days=PersonDays(12.0),
    )
