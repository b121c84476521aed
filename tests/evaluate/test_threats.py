"""Threats: rows and predicates agree, severity follows the rule, mitigations lower it."""

from msgspec.structs import replace
from tests.evaluate.designs import CATALOGUE, shop

from archsmith.evaluate.threats import CHECKS, MOST, threats
from archsmith.knowledge.threats import THREATS
from archsmith.model.report import Threat

ORDER = ["critical", "high", "elevated", "medium", "low"]


def by_rule(rows: tuple[Threat, ...]) -> dict[str, Threat]:
    return {t.id.partition("@")[0]: t for t in rows}


def test_rows_and_predicates_agree() -> None:
    assert sorted(r.check for r in CATALOGUE.table(THREATS).values()) == sorted(CHECKS)
    assert all(r.references and r.threat[0].islower() for r in CATALOGUE.table(THREATS).values())


def test_worst_first_and_bounded() -> None:
    found = threats(shop().view())
    assert 10 <= len(found) <= MOST
    ranks = [ORDER.index(t.severity) for t in found]
    assert ranks == sorted(ranks)
    assert len({t.id for t in found}) == len(found)


def test_mitigation_lowers_severity() -> None:
    policies = shop().architecture.policies
    bare = shop().design(policies=replace(policies, rate_limits=(), ownership=()))
    with_, without = by_rule(threats(shop().view())), by_rule(threats(bare.view()))
    assert with_["T-DOS-01"].severity == "elevated"
    assert without["T-DOS-01"].severity == "high"
    assert without["T-DOS-01"].mitigated_by == ()
    assert ORDER.index(without["T-AUTHZ-01"].severity) < ORDER.index(with_["T-AUTHZ-01"].severity)


def test_mitigations_name_elements() -> None:
    ids = {
        *(f"service:{s.id}" for s in shop().architecture.services),
        *(f"store:{s.id}" for s in shop().architecture.stores),
        *(f"edge:{s.id}" for s in shop().architecture.edges),
        *(f"utility:{s.id}" for s in shop().architecture.utilities),
        *(f"deployment:{s.id}" for s in shop().architecture.deployments),
        *(f"system:{s.id}" for s in shop().derivation.domain.systems),
        *(f"actor:{s.id}" for s in shop().derivation.domain.actors),
        *(f"operation:{s.id}" for s in shop().derivation.domain.operations),
    }
    for threat in threats(shop().view()):
        assert threat.element in ids, threat.id
        assert set(threat.mitigated_by) <= ids, threat.id
        assert threat.mitigation
