"""The plan: everything is built by some package, dates follow from dependencies and people, figures from the model."""

import pytest
from msgspec.structs import replace
from tests.evaluate.designs import CATALOGUE, Case, shop

from archsmith.formulas.schedule import WORKING_DAYS_PER_MONTH, three_point
from archsmith.kernel.canonical import from_json, to_json
from archsmith.kernel.findings import Severity
from archsmith.knowledge.effort import EFFORT, RISKS
from archsmith.model.plan import Plan
from archsmith.model.requirements import Excluded, Priority
from archsmith.plan import plan


def planned(case: Case) -> Plan:
    return plan(case.requirements, case.derivation, case.decisions, case.architecture, case.report(), CATALOGUE)


def team(case: Case, people: float) -> Case:
    return case.aims(team=people)


def later(case: Case, name: str) -> Case:
    rows = tuple(replace(o, priority=Priority.LATER) if o.id == name else o for o in case.derivation.domain.operations)
    return case.domain(operations=rows)


@pytest.fixture(scope="module")
def seed() -> Plan:
    return planned(shop())


def test_reads_back_and_repeats(seed: Plan) -> None:
    assert from_json(to_json(seed), Plan) == seed
    assert to_json(planned(shop())) == to_json(seed)


def test_every_part_is_delivered_once_at_least(seed: Plan) -> None:
    built = {e for p in seed.packages for e in p.delivers}
    a, d = shop().architecture, shop().derivation.domain
    wanted = {
        *(f"service:{s.id}" for s in a.services),
        *(f"store:{s.id}" for s in a.stores),
        *(f"edge:{e.id}" for e in a.edges),
        *(f"deployment:{x.id}" for x in a.deployments),
        *(f"operation:{o.id}" for o in d.operations),
        *(f"system:{s.id}" for s in d.systems),
    }
    assert wanted <= built


def test_dependencies_and_people_hold(seed: Plan) -> None:
    by_id = {p.id: p for p in seed.packages}
    for package in seed.packages:
        for before in package.depends:
            assert by_id[before].end <= package.start + 1e-9
    for moment in {p.start for p in seed.packages}:
        busy = sum(p.people for p in seed.packages if p.start <= moment < p.end)
        assert busy <= seed.engineers


def test_critical_path_reaches_the_end(seed: Plan) -> None:
    critical = [p for p in seed.packages if p.critical]
    assert critical
    assert max(p.end for p in critical) == seed.duration
    assert float(min(p.start for p in critical)) == 0
    assert all(p.slack >= 0 for p in seed.packages)
    assert any(p.slack > 0 for p in seed.packages)


def test_estimates_are_pert(seed: Plan) -> None:
    for package in seed.packages:
        e = package.estimate
        assert e.low <= e.likely <= e.high
        pert = three_point(e.low, e.likely, e.high)
        assert (e.mean, e.deviation) == (pert.mean, pert.deviation)
        assert e.reason
    assert seed.effort == pytest.approx(sum(p.estimate.mean for p in seed.packages))
    assert seed.cost == pytest.approx(seed.effort * 8 * 70)
    assert seed.months == pytest.approx(seed.duration / WORKING_DAYS_PER_MONTH)


def test_more_people_are_done_sooner_up_to_a_point() -> None:
    alone, pair, crowd = (planned(team(shop(), n)).duration for n in (1, 2, 12))
    assert alone > pair > crowd
    assert crowd > pair / 6, "dependencies do not vanish with people"


def test_deadline_that_fits_and_one_that_does_not() -> None:
    loose, tight = planned(shop().aims(deadline=12.0)), planned(shop().aims(deadline=1.0))
    assert loose.fits is True
    assert not loose.findings
    assert tight.fits is False
    (finding,) = tight.findings
    assert finding.id == "PLN001"
    assert finding.severity is Severity.DANGER
    assert "WP-" in finding.fix


def test_build_budget() -> None:
    assert not planned(shop().aims(build_budget=1e6)).findings
    (finding,) = planned(shop().aims(build_budget=1000.0)).findings
    assert finding.id == "PLN002"


def test_what_is_wanted_later_is_not_planned() -> None:
    case = later(shop(), "cancel-order")
    requirements = replace(
        case.requirements, excluded=(Excluded(what="gift cards", why=case.requirements.requirements[0].why),)
    )
    found = planned(Case(requirements, case.derivation, case.decisions, case.architecture))
    assert found.deferred == ("cancel order", "gift cards")
    assert not [p for p in found.packages if "operation:cancel-order" in p.delivers]


def test_gates_take_their_thresholds_from_the_model(seed: Plan) -> None:
    by_name = {g.name: g for g in seed.gates}
    assert "800 ms" in by_name["load"].threshold
    assert "Shop" in by_name["load"].threshold
    assert "$436" in by_name["bill"].threshold
    assert "43.8 min" in by_name["error budget of Shop"].check
    assert "order" in by_name["rights"].check
    assert all(g.check and g.threshold and g.stage for g in seed.gates)


def test_risks_are_ranked_and_name_their_subjects(seed: Plan) -> None:
    exposures = [r.exposure for r in seed.risks]
    assert exposures == sorted(exposures, reverse=True)
    assert all(r.exposure == pytest.approx(r.probability * r.impact) for r in seed.risks)
    text = " ".join(f"{r.title} {r.mitigation} {r.sign}" for r in seed.risks)
    for name in ("warehouse system", "payment provider", "main database", "Shop", "order"):
        assert name in text
    assert all(0 < r.probability < 1 and r.impact > 0 and r.sign for r in seed.risks)


@pytest.mark.parametrize(
    ("option", "words"),
    [("restart", "quietest"), ("rolling", "first of 2"), ("blue_green", "beside"), ("canary", "5%")],
)
def test_rollout_follows_the_decision(option: str, words: str) -> None:
    from archsmith.model.decisions import Dimension

    case = shop()
    rows = tuple(
        replace(d, dimension=Dimension.DEPLOYMENT, option=option) if d.dimension is Dimension.SEARCH else d
        for d in case.decisions.decisions
    )
    case = Case(case.requirements, case.derivation, replace(case.decisions, decisions=rows), case.architecture)
    steps = planned(case).rollout
    assert any(words in s.step for s in steps)
    assert all(s.go_on_when and s.roll_back for s in steps)


def test_roles_cover_the_work(seed: Plan) -> None:
    assert sum(r.days for r in seed.roles) == pytest.approx(seed.effort)
    assert sum(r.people for r in seed.roles) == pytest.approx(seed.engineers, abs=0.02)
    assert all(r.skills for r in seed.roles)


def test_milestones_rise(seed: Plan) -> None:
    days = [m.day for m in seed.milestones]
    assert days == sorted(days)
    assert seed.milestones[-1].title == "Launch"
    ids = {p.id for p in seed.packages}
    assert all(set(m.after) <= ids for m in seed.milestones)


def test_no_sentence_fits_another_design(seed: Plan) -> None:
    names = (
        "shop product order customer payment mail warehouse database search queue gdpr eu-central balancer % requests/s"
    ).split()
    for package in seed.packages:
        said = f"{package.title} {package.done_when}".casefold()
        assert any(n in said for n in names), said


def test_tables_have_reasons_and_ranges() -> None:
    units, figures = CATALOGUE.table(EFFORT).values(), CATALOGUE.table(RISKS).values()
    rows = [(r.id, r.low, r.value, r.high, r.reason) for r in units] + [
        (r.id, r.low, r.value, r.high, r.reason) for r in figures
    ]
    for ident, low, value, high, reason in rows:
        assert low <= value <= high, ident
        assert len(reason) > 15, ident
