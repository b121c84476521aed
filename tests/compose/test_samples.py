"""The hand-made sample is complete: it reads back, and every id in it resolves."""

from tests.samples.shop import sample_decisions, sample_derivation, sample_requirements

from archsmith.kernel.canonical import from_json, to_json
from archsmith.model.decisions import Decisions
from archsmith.model.domain import Derivation
from archsmith.model.requirements import Requirements


def test_the_sample_reads_back() -> None:
    assert from_json(to_json(sample_requirements()), Requirements) == sample_requirements()
    assert from_json(to_json(sample_derivation()), Derivation) == sample_derivation()
    assert from_json(to_json(sample_decisions()), Decisions) == sample_decisions()


def test_every_id_of_the_sample_resolves() -> None:
    domain, decisions = sample_derivation().domain, sample_decisions()
    entities = {entity.id for entity in domain.entities}
    for operation in domain.operations:
        assert operation.entity in entities
        assert set(operation.touches) <= entities
        assert set(operation.calls) <= {system.id for system in domain.systems}
        assert set(operation.emits) <= {event.id for event in domain.events}
        assert operation.actor in {actor.id for actor in domain.actors}
    assert {placement.entity for placement in decisions.placements} == entities
    known = {decision.id for decision in decisions.decisions}
    assert all(set(sizing.because) <= known for sizing in decisions.sizings)
