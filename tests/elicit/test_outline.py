"""Text that is written like YAML in a Markdown file."""

from tests.elicit.reading import reading, requirements

from archsmith.kernel.units import Count

TEXT = """project: Harbour desk
why: >
  boats ask for berths by phone and
  nobody knows who is where
users:
  - skippers
  - harbour staff: 12
features:
  must:
    - a skipper books a berth
  wont:
    - fuel sales
    - insurance (Nauta does that)
limits:
  team: 2 developers
  deadline: 4 months
"""


def test_keys_are_headings() -> None:
    found = {s.text: s.block.headings for s in reading(TEXT).sentences if s.block.kind != "heading"}
    assert found["a skipper books a berth"] == ("features", "must")
    assert found["boats ask for berths by phone and nobody knows who is where"] == ("why",)


def test_scope_and_figures_of_an_outline() -> None:
    found = requirements(TEXT)
    assert [e.what for e in found.excluded] == ["fuel sales", "insurance"]
    assert found.title == "Harbour desk"
    assert found.needs.team is not None
    assert found.needs.team.value == Count(2)
