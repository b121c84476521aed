"""Every brief through every tool: what is designed for anybody passes all checks, on the servers that run here.

Three examples in `make check`; the corpus, the cases and the held-out briefs in `make check-all`.
"""

from pathlib import Path
from typing import Final

import pytest
from tests.designs import EVERY_BRIEF, EXAMPLES, name_of, undoubted

from archsmith.elicit.structured import to_yaml
from archsmith.kernel.ids import ArtifactPath
from archsmith.model.artifacts import Artifact, Outcome
from archsmith.render import render
from archsmith.verify.registry import TOOLS, verify

ELSEWHERE: Final = frozenset({"V-MERMAID"})
"""Mermaid's layout takes a minute a design; tests/render/test_mermaid.py has each kind of diagram drawn."""
NOT_HERE: Final = {
    "V-CASSANDRA": "does not run here",
    "V-SEARCH": "does not run here",
    "V-STORE-COMMANDS": "does not run here",
    "V-S3-RUN": "a provider whose store does not run here",
    "V-CLICKHOUSE-RUN": "chdb is not installed",
    "V-MYSQL": "is not on PATH",
    "V-MIGRATIONS": "is not on PATH",
}
"""What no test environment brings, and with which words a check says so."""


@pytest.mark.postgres
@pytest.mark.slow
@pytest.mark.usefixtures("npm_tools")
@pytest.mark.filterwarnings("ignore::DeprecationWarning:botocore.*")
@pytest.mark.parametrize(
    "brief",
    [pytest.param(b, id=name_of(b), marks=() if b in EXAMPLES else pytest.mark.all) for b in EVERY_BRIEF],
)
def test_every_tool_passes_every_brief(brief: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARCHSMITH_POSTGRES_URL", postgres_url)
    design = undoubted(brief)
    said = Artifact(path=ArtifactPath("requirements.yaml"), content=to_yaml(design.requirements).encode())
    checks = verify((*render(design), said), full=True, tools=[t for t in TOOLS if t.id not in ELSEWHERE]).checks
    assert {c.id: c.facts for c in checks if c.outcome is Outcome.FAILED} == {}
    left = {c.id: c.facts for c in checks if c.outcome is Outcome.NOT_RUN}
    assert {i: facts for i, facts in left.items() if NOT_HERE.get(i, "never") not in " ".join(facts)} == {}
