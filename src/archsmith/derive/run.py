"""The stage: the order of its steps can be read here."""

from archsmith.derive import audience, bursts, conversions, habits, money, parts, requests
from archsmith.derive.attributes import fill_attributes, priced
from archsmith.derive.bounds import few_leave, files_follow_deeds
from archsmith.derive.commitments import commit
from archsmith.derive.context import Context
from archsmith.derive.ensure import entities_of_loads, operations_of_loads
from archsmith.derive.entities import world_of
from archsmith.derive.freeze import domain_of, owners, tenancy
from archsmith.derive.growth import growths
from archsmith.derive.intake import intake
from archsmith.derive.ledger import Ledger
from archsmith.derive.loads import Loads
from archsmith.derive.lore import Lore
from archsmith.derive.making import entered
from archsmith.derive.operations import operate, settle_states
from archsmith.derive.places import placed
from archsmith.derive.populations import Populations
from archsmith.derive.product import classify
from archsmith.derive.rates import Rates
from archsmith.derive.relations import relate
from archsmith.derive.rhythms import rhythms
from archsmith.derive.runs import runs
from archsmith.derive.sensitivity import classify_data, open_views
from archsmith.derive.sessions import sessions
from archsmith.derive.sizes import Sizes
from archsmith.derive.storage import storage_steps, transfers, yearly
from archsmith.derive.targets import targets
from archsmith.derive.ties import tied
from archsmith.derive.volumes import volumes
from archsmith.derive.workload import workload_of
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.domain import DataClass, Derivation
from archsmith.model.requirements import Requirements


def derive(requirements: Requirements, catalogue: Catalogue) -> Derivation:
    """The business as entities and operations, its load, and the targets. Pure: the same input gives the same value."""
    lore, context, ledger = Lore(catalogue), Context(requirements), Ledger()
    product = classify(requirements, catalogue)
    numbers = tied(requirements.numbers, context)

    world = world_of(requirements, product, lore)
    operate(world, requirements, product, lore)

    growing = growths(numbers, requirements, context)
    people = Populations(numbers, growing, world, context, ledger)
    loads = Loads(numbers, growing, people, world, context, ledger, requirements)
    habitual = habits.find(loads)
    loads.rates()
    habits.add(habitual, loads)
    loads.seasons()
    requests.visits(loads, product, lore)
    bursts.rushes(loads)
    conversions.multiples(loads)
    parts.busy_days(loads)
    conversions.shares(loads)
    parts.of_people(loads)
    intake(loads)
    rhythms(loads, lore)
    sessions(loads, lore)
    runs(loads, lore)
    yearly(loads)
    entities_of_loads(world, loads, product, lore)
    operations_of_loads(world, loads, product, lore)
    commit(world, lore)

    placed(world, context)
    fill_attributes(world, product, lore)
    settle_states(world)
    priced(world)
    relate(world, requirements.relations, numbers, product, lore)
    classify_data(world, requirements, product, lore)
    owners(world, requirements)
    open_views(world, numbers, context, product)

    requests.reminders(loads)
    requests.sites(loads)
    users, at_once = audience.users(loads, product, lore)
    rates = Rates(loads, users, at_once, product, lore)
    rates.work_out()
    files_follow_deeds(rates)
    few_leave(rates)
    sizes = Sizes(numbers, world, context, ledger, lore)
    volume = volumes(loads, rates, sizes, users, lore)
    entered(world, rates.of, volume, ledger, lore)
    storage_steps(volume, loads)
    sent = transfers(loads, sizes, volume)
    money.budget_steps(loads)

    tenant = tenancy(world, requirements, product.audience)
    domain = domain_of(requirements, world, product, rates.of, volume, sizes, numbers, context, lore, tenant)
    workload = workload_of(
        domain,
        world,
        loads,
        volume,
        users,
        at_once,
        sent,
        growing,
        lore,
        product.main is not None and product.main.live,
    )
    paid = any(e.data_class in (DataClass.FINANCIAL, DataClass.CARD) for e in domain.entities)
    goals = targets(requirements, product, lore, loads, workload.average.value, users.value, paid)
    return Derivation(
        domain=domain,
        workload=workload.__class__(
            **{f: getattr(workload, f) for f in workload.__struct_fields__ if f != "steps"}, steps=ledger.steps
        ),
        targets=goals,
    )
