"""The stage as a whole: sound for the sample, for any small domain, the same each time, and quick."""

import time

from hypothesis import given
from msgspec.structs import replace
from tests.compose.domains import cases
from tests.compose.invariants import broken
from tests.samples.shop import sample_architecture, sample_decisions, sample_derivation, sample_requirements

from archsmith.compose import compose
from archsmith.compose.build import PASSES
from archsmith.kernel.canonical import from_json, to_json
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.architecture import Architecture
from archsmith.model.decisions import Decisions
from archsmith.model.domain import Derivation

CATALOGUE = Catalogue()


def test_the_sample_is_sound() -> None:
    assert broken(sample_requirements(), sample_derivation(), sample_decisions(), sample_architecture()) == []


def test_every_pass_says_what_it_does() -> None:
    assert len({each.__name__ for each in PASSES}) == len(PASSES)
    assert all(each.__doc__ for each in PASSES)


@given(cases())
def test_any_small_domain_is_sound(case: tuple[Derivation, Decisions]) -> None:
    derivation, decisions = case
    architecture = compose(sample_requirements(), derivation, decisions, CATALOGUE)
    assert broken(sample_requirements(), derivation, decisions, architecture) == []


def test_the_same_input_gives_the_same_bytes() -> None:
    first, second = sample_architecture(), sample_architecture()
    assert to_json(first) == to_json(second)
    assert from_json(to_json(first), Architecture) == first


def test_it_is_quick_and_about_linear() -> None:
    def seconds(factor: int) -> float:
        derivation = sample_derivation()
        domain = derivation.domain
        operations = tuple(
            replace(o, id=f"{o.id}-{n}", name=f"{o.name} {n}", verb=f"{o.verb}{n}", emits=())
            for n in range(factor)
            for o in domain.operations
        )
        grown = replace(derivation, domain=replace(domain, operations=operations, events=()))
        began = time.perf_counter()
        compose(sample_requirements(), grown, sample_decisions(), CATALOGUE)
        return time.perf_counter() - began

    seconds(1)
    assert min(seconds(1) for _ in range(3)) < 0.1
    assert min(seconds(20) for _ in range(3)) < 40 * max(0.01, min(seconds(2) for _ in range(3)))
