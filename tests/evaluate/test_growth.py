"""What fills up with the load beside the time of servers, and the steps that mend it."""

import pytest
from msgspec.structs import replace
from tests.evaluate.designs import CATALOGUE, Case, shop

from archsmith.evaluate.ceilings import Ceiling, ceilings
from archsmith.evaluate.growth import growth, limit, path
from archsmith.evaluate.stack import Stack
from archsmith.evaluate.stations import stations
from archsmith.evaluate.steps import Load, Step, steps_for
from archsmith.evaluate.visits import paths
from archsmith.kernel.ids import TechId
from archsmith.knowledge.limits import LIMITS
from archsmith.model.architecture import Deployment, Store, Topology


def load(case: Case) -> Load:
    stack = Stack(case.view())
    found = paths(stack)
    busy, share = stations(stack, found), limit(stack)
    return Load(stack, found, busy, ceilings(stack, found, busy, 1 - share), share)


def by_kind(case: Case) -> dict[str, Ceiling]:
    return {c.kind: c for c in load(case).ceilings}


def store(case: Case, **changes: object) -> Case:
    """With another main database."""
    rows: tuple[Store, ...] = tuple(replace(s, **changes) if s.id == "main" else s for s in case.architecture.stores)
    return case.design(stores=rows)


def machine(case: Case, what: str, **changes: object) -> Case:
    """With other machines under an element."""
    rows: tuple[Deployment, ...] = tuple(
        replace(d, **changes) if what in d.runs else d for d in case.architecture.deployments
    )
    return case.design(deployments=rows)


def taken(case: Case, factor: float) -> tuple[Step, ...]:
    """The steps to a multiple of the load."""
    found = load(case)
    return steps_for(found, found.gaps(factor), factor)


def test_connections_by_hand() -> None:
    found = by_kind(shop())["connections"]
    assert found.limit == pytest.approx(105 * 2.0), "RDS: about 105 connections for each of 2 GB"
    assert found.need(1.0) == 2 * 2 * 10, "two machines of two cores run a process for each core, with ten connections"
    assert found.need(30.0) > found.need(1.0)


def test_a_compiled_language_runs_one_process_on_a_machine() -> None:
    service = replace(shop().architecture.services[0], language=TechId("go"), framework=TechId("chi"))
    found = by_kind(shop().design(services=(service, *shop().architecture.services[1:])))["connections"]
    assert found.need(1.0) == 2 * 1 * 10


def test_memory_by_hand() -> None:
    gigabytes = next(s for s in shop().architecture.stores if s.id == "main").size_horizon / 1e9
    found = by_kind(shop())["memory"]
    assert found.need(1.0) == pytest.approx(0.5 + 0.1 * gigabytes)
    assert found.limit == 2.0
    large = store(shop(), size_horizon=400e9)
    sized = tuple(replace(s, storage=400e9) for s in large.decisions.sizings)
    large = Case(large.requirements, large.derivation, replace(large.decisions, sizings=sized), large.architecture)
    above = by_kind(large)["memory"]
    assert above.need(1.0) == pytest.approx(0.5 + 0.1 * 100 + 0.01 * 300), "above 100 GB a tenth of the share is hot"


def test_disk_and_writes_are_those_of_the_paths() -> None:
    found = by_kind(shop())
    writes = found["writes"].need(1.0)
    assert 0 < writes < float(shop().derivation.workload.peak.value)
    assert found["disk"].need(1.0) > 3.4 * writes
    assert found["disk"].limit == CATALOGUE.table(LIMITS)["aws.disk_iops"].value
    assert by_kind(shop().faster(3))["disk"].need(1.0) == pytest.approx(3 * found["disk"].need(1.0))


def test_where_a_ceiling_is_full() -> None:
    found = by_kind(shop())["disk"]
    assert found.need(found.full_at(1.0)) == pytest.approx(found.limit, rel=1e-6)
    assert found.full_at(0.7) < found.full_at(1.0)
    for ceiling in load(shop()).ceilings:
        assert ceiling.need(1.0) <= ceiling.need(3.0) <= ceiling.need(100.0)


def test_lines_held_open_fill_instances() -> None:
    crowd = shop().derivation.workload
    many = replace(crowd, connections=replace(crowd.connections, value=1_000_000.0))
    case = Case(shop().requirements, replace(shop().derivation, workload=many), shop().decisions, shop().architecture)
    edge = shop().architecture.edges[0]
    channel = replace(edge, id="realtime-channel", kind="realtime_channel", host="service:shop")
    case = case.design(edges=(*shop().architecture.edges, channel))
    found = by_kind(case)["lines"]
    assert found.limit == pytest.approx(2 * 2 * 0.2 * 8000)
    fired = [f for f in case.report().findings if f.id == "CAP001" and "connections held open" in f.fact]
    assert fired
    (cut,) = [c for c in case.report().cuts if c.kind == "at_least" and c.subject == "service:shop"]
    assert int(cut.value) >= 1_000_000 / (0.4 * 8000)


def test_a_quota_is_asked_for_once_and_holds_nothing_up() -> None:
    case = machine(shop(), "service:shop", platform="ecs_fargate", instance="aws.fargate.4.8", vcpu=4.0, count=5)
    report = case.report()
    asked = [s for s in report.path if s.until <= 10 and s.step.startswith("ask the provider")]
    assert len(asked) == 1
    assert "from 6 to 20" in asked[0].step
    assert report.growth[0].holds


def test_a_database_grows_by_its_machine_then_replicas_then_a_split() -> None:
    big = machine(shop(), "store:main", instance="aws.rds.db.t4g.small")
    near = taken(big.faster(5), 3.0)
    assert all(s.parts == 1 and not s.rewrite for s in near)
    far = taken(big.faster(3000), 100.0)
    split = next(s for s in far if s.parts > 1)
    assert split.rewrite
    assert "split by" in split.words
    assert "of 8 tables carry" in split.prepared
    assert split.days >= 25


def test_a_pooler_comes_before_a_bigger_database() -> None:
    crowded = machine(machine(shop(), "store:main", instance="aws.rds.db.t4g.small"), "service:shop", count=60)
    (step,) = (s for s in taken(crowded, 1.0) if s.gaps[0].kind == "connections")
    assert "pooler" in step.words
    assert step.machine is None


def test_one_process_stores_become_another_product_first() -> None:
    case = store(
        shop(), engine=TechId("sqlite"), product="SQLite 3.50", topology=Topology.SINGLE, nodes=1, managed=False
    )
    first = shop().architecture.deployments[0]
    both = replace(first, runs=("service:shop", "store:main"), instance="hetzner.cx23", vcpu=2.0, memory=4e9, count=1)
    case = case.design(deployments=(both, shop().architecture.deployments[2]))
    steps = [s for s in case.faster(50).report().path if s.rewrite]
    assert steps
    assert "to PostgreSQL" in steps[0].step
    assert "plain SQL" in steps[0].prepared
    assert steps[0].days >= 15
    assert [f for f in case.faster(50).report().findings if f.id == "GRW001"]


def test_the_bill_of_a_row_is_that_of_its_steps() -> None:
    found = load(shop())
    rows = growth(found)
    way = path(found, rows)
    assert [r.month for r in rows] == sorted(r.month for r in rows)
    assert all(s.extra >= 0 and s.days > 0 and s.formula for s in way)
    dearer = rows[2].infrastructure - rows[0].infrastructure
    steps = sum(float(s.extra) for s in way if float(s.until) == 10.0)
    assert dearer >= steps > 0, "the steps and what is used more of"


def test_the_way_to_ten_is_cheaper_than_building_it_again() -> None:
    figures = {f.id: f.value for f in shop().report().figures}
    assert 0 < figures["growth.path_days"] < figures["growth.rebuild_days"]


def test_plans_with_few_instances_are_left_for_larger_ones() -> None:
    case = machine(
        shop(), "service:shop", platform="app_platform", provider="azure", instance="azure.appservice.B1", vcpu=1.0
    )
    steps = taken(case.faster(10), 10.0)
    chosen = next(s.machine for s in steps if s.machine and "appservice" in s.machine.instance)
    assert chosen.instance != "azure.appservice.B1", "the basic plan has three instances"


def test_what_replicas_answer_today_is_work_of_the_steps() -> None:
    alone = machine(shop(), "store:main", instance="aws.rds.db.m7g.8xlarge", vcpu=32.0, memory=128e9).faster(3000)
    spread = machine(store(alone, replicas=3, nodes=5), "store:main", count=5)
    bare = next(s for s in taken(alone, 10.0) if s.deployment == "store-main" and s.machine)
    with_replicas = next(s for s in taken(spread, 10.0) if s.deployment == "store-main" and s.machine)
    assert bare.machine is not None
    assert with_replicas.machine is not None
    assert with_replicas.machine.count >= bare.machine.count - 1, "replicas of today do not make the work go away"
