"""A small, complete and consistent design by hand: a seed shop. For the tests of any stage that come after another."""

from tests.samples.shop_brief import BRIEF
from tests.samples.shop_decisions import sample_decisions
from tests.samples.shop_derivation import sample_derivation
from tests.samples.shop_requirements import sample_requirements

from archsmith.compose import compose
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.architecture import Architecture


def sample_architecture() -> Architecture:
    """What `compose` makes of the shop."""
    return compose(sample_requirements(), sample_derivation(), sample_decisions(), Catalogue())


__all__ = ["BRIEF", "sample_architecture", "sample_decisions", "sample_derivation", "sample_requirements"]
