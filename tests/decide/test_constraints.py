"""Each constraint where it bites, and the nearest demand where it does not."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.decide.shop import REQUIREMENTS, WHY, demand, ground

from archsmith.decide.constraints import CONSTRAINTS
from archsmith.decide.ground import Ground
from archsmith.decide.keyed import Keyed
from archsmith.decide.option import Ban, Ceiling, Demands, Rule
from archsmith.decide.space import options
from archsmith.kernel.ids import EntityId, OptionId, RequirementId, TechId
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.decisions import Cut, Dimension
from archsmith.model.requirements import FixedDecision, Requirements, Stance, TechnologyWish


def rules(
    name: str, change: dict[str, Any], requirements: Requirements = REQUIREMENTS, cuts: tuple[Cut, ...] = ()
) -> list[Rule]:
    here = ground(msgspec.structs.replace(demand(), **change), requirements)
    constraint = next(c for c in CONSTRAINTS if c.id == name)
    return list(constraint.check(here, options(here), requirements, cuts))


def banned(found: list[Rule]) -> set[str]:
    return {r.key for r in found if isinstance(r, Ban)}


def test_the_registry_is_sorted_unique_and_documented() -> None:
    ids = [c.id for c in CONSTRAINTS]
    assert ids == sorted(set(ids))
    assert all(c.what and c.why and c.check.__doc__ for c in CONSTRAINTS)


CASES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("associates", {"baa": True}, {"baa": False}),
    ("budget", {"budget": 100.0}, {"budget": None}),
    ("bursts", {"peak_factor": 20.0, "web": 150.0}, {"peak_factor": 20.0, "web": 90.0}),
    ("cold_starts", {"tightest": 0.5}, {"tightest": 0.6}),
    ("invariants", {"strict": True}, {"strict": False}),
    ("look_ups", {"web": 2200.0}, {"web": 2000.0}),
    ("masses", {"logs": (EntityId("click"),), "logs_gb": 1300.0}, {"logs": (EntityId("click"),), "logs_gb": 1200.0}),
    (
        "masses",
        {"logs": (EntityId("click"),), "logs_gb": 1200.0, "database_gb": 300.0},
        {"logs": (), "logs_gb": 0.0, "database_gb": 3000.0},
    ),
    (
        "masses_by_key",
        {"keyed": Keyed(entities=(EntityId("message"),), gb=300.0, writes=3100.0)},
        {"keyed": Keyed(entities=(EntityId("message"),), gb=300.0, writes=2900.0)},
    ),
    ("media", {"media_gb": 100_000.0, "peak_factor": 2.0}, {"media_gb": 80_000.0, "peak_factor": 2.0}),
    ("hurried", {"tightest": 0.05, "web": 600.0}, {"tightest": 0.06, "web": 600.0}),
    ("one_writer", {"async_work": True}, {"async_work": False, "writes": 0.0}),
    ("paths_apart", {"apart": (RequirementId("R-001"),)}, {"apart": ()}),
    ("pushes", {"real_time": True, "push_within": 10.0}, {"real_time": True, "push_within": 11.0}),
    ("recovery_point", {"rpo": 86_399.0}, {"rpo": 86_400.0}),
    ("recovery_time", {"rto": 1799.0}, {"rto": 3600.0}),
    ("residency", {"places": ("ch",)}, {"places": ()}),
    ("slow_masters", {"slow_master": True}, {"slow_master": False}),
    ("streams", {"stream": 1001.0}, {"stream": 999.0}),
    ("whose_rows", {"owned": 2}, {"owned": 0}),
    ("two_way", {"two_way": True, "tightest": 1.0}, {"two_way": True, "tightest": 1.1}),
]


@pytest.mark.parametrize(("name", "bites", "quiet"), CASES, ids=[c[0] for c in CASES])
def test_a_constraint_bites_where_it_must_and_only_there(
    name: str, bites: dict[str, Any], quiet: dict[str, Any]
) -> None:
    assert rules(name, bites)
    assert not rules(name, quiet)


def test_every_constraint_has_a_case() -> None:
    always = {
        "approved",
        "second_region",
        "staying",
        "availability",
        "people",
        "redundancy",
        "sign_in",
        "on_premises",
        "wishes",
        "fixed",
        "demanded_by_findings",
    }
    assert {c.id for c in CONSTRAINTS} == {c[0] for c in CASES} | always


def test_what_is_approved_binds_its_category_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "approved.yaml").write_text("- {id: mysql}", encoding="utf-8")
    constraint = next(c for c in CONSTRAINTS if c.id == "approved")
    here = Ground(demand(), REQUIREMENTS, Catalogue((tmp_path,)))
    found = banned(list(constraint.check(here, options(here), REQUIREMENTS, ())))
    assert {"postgresql", "sqlite"} <= found
    assert not {"mysql", "mongodb", "fastapi"} & found, "a category that the list does not name is free"
    assert not rules("approved", {}), "the package approves of everything"


def test_availability_is_a_ceiling_on_the_time_away() -> None:
    (rule,) = rules("availability", {"availability": 0.9995})
    assert isinstance(rule, Ceiling)
    assert rule.most == pytest.approx(0.0005, abs=1e-8)


def test_people_give_two_fifths_of_their_hours() -> None:
    (rule,) = rules("people", {"team": 2})
    assert isinstance(rule, Ceiling)
    assert rule.most == pytest.approx(2 * 0.4 * 140)


def test_a_push_needs_a_shared_memory_only_where_something_is_pushed() -> None:
    with_push = [r for r in rules("redundancy", {"real_time": True}) if isinstance(r, Demands)]
    without = [r for r in rules("redundancy", {"real_time": False}) if isinstance(r, Demands)]
    assert len(with_push) == len(without) + 1


def test_the_organisations_sign_in_is_used_where_there_is_one() -> None:
    assert "entra_id" not in banned(rules("sign_in", {"workforce_sign_in": "entra_id"}))
    assert "cognito" in banned(rules("sign_in", {"workforce_sign_in": "entra_id"}))
    assert "entra_id" in banned(rules("sign_in", {"workforce_sign_in": ""}))


def test_on_premises_bans_public_clouds_and_nothing_else_bans_none() -> None:
    assert {"aws", "gcp", "azure", "hetzner"} <= banned(rules("on_premises", {"on_premises": True}))
    assert banned(rules("on_premises", {"on_premises": False})) == {"on_premises"}


def wish(tech: str, stance: Stance) -> TechnologyWish:
    return TechnologyWish(name=tech, tech=TechId(tech), stance=stance, why=WHY)


def test_wishes_win_their_dimension_and_bans_lose_it() -> None:
    wanted = msgspec.structs.replace(REQUIREMENTS, must_use=(wish("mysql", Stance.MUST_USE),))
    out = banned(rules("wishes", {}, wanted))
    assert "postgresql" in out
    assert "mysql" not in out
    unwanted = msgspec.structs.replace(REQUIREMENTS, must_not_use=(wish("mysql", Stance.MUST_NOT_USE),))
    out = banned(rules("wishes", {}, unwanted))
    assert "mysql" in out
    assert "postgresql" not in out
    assert not rules("wishes", {})


def test_the_clients_cloud_is_kept_and_gives_way_to_stated_limits_only() -> None:
    there = msgspec.structs.replace(REQUIREMENTS, technologies=(wish("gcp", Stance.EXISTING),))
    found = rules("staying", {}, there)
    assert banned(found) == {"aws", "azure", "hetzner"}
    assert all(r.because.soft for r in found)
    both = msgspec.structs.replace(
        REQUIREMENTS, technologies=(wish("gcp", Stance.EXISTING), wish("aws", Stance.EXISTING))
    )
    assert not rules("staying", {}, both)
    assert not rules("staying", {})


def test_a_fixed_decision_bans_its_rivals_and_an_unknown_one_nothing() -> None:
    fixed = FixedDecision(dimension="language", option="go", why=WHY)
    out = banned(rules("fixed", {}, msgspec.structs.replace(REQUIREMENTS, fixed=(fixed,))))
    assert "python" in out
    assert "go" not in out
    unknown = FixedDecision(dimension="language", option="cobol", why=WHY)
    assert not rules("fixed", {}, msgspec.structs.replace(REQUIREMENTS, fixed=(unknown,)))


def test_a_finding_may_forbid_an_option() -> None:
    cut = Cut(
        kind="forbid", dimension=Dimension.PLATFORM, subject=None, value=OptionId("ecs_fargate"), reason="too slow"
    )
    assert {k.split("/")[0] for k in banned(rules("demanded_by_findings", {}, cuts=(cut,)))} == {"ecs_fargate"}
    assert not rules("demanded_by_findings", {})
