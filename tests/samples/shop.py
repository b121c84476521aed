"""A small, complete and consistent design by hand: a seed shop. For the tests of any stage that come after another."""

from tests.samples.shop_brief import BRIEF
from tests.samples.shop_decisions import sample_decisions
from tests.samples.shop_derivation import sample_derivation
from tests.samples.shop_requirements import sample_requirements

__all__ = ["BRIEF", "sample_decisions", "sample_derivation", "sample_requirements"]
