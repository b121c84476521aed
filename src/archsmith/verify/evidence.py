"""The evidence as files."""

from archsmith.kernel.canonical import to_json
from archsmith.kernel.ids import ArtifactPath
from archsmith.model.artifacts import Artifact, Check, Evidence, Outcome

_WORDS = {
    Outcome.PASSED: "passed",
    Outcome.PARTLY: "partly run",
    Outcome.FAILED: "**failed**",
    Outcome.NOT_RUN: "not run",
}


def evidence_artifacts(evidence: Evidence) -> tuple[Artifact, ...]:
    """`evidence/evidence.json` and `evidence/README.md`."""
    return (
        Artifact(path=ArtifactPath("evidence/README.md"), content=_page(evidence).encode()),
        Artifact(path=ArtifactPath("evidence/evidence.json"), content=to_json(evidence)),
    )


def _page(evidence: Evidence) -> str:
    counts = ", ".join(f"{sum(c.outcome is o for c in evidence.checks)} {o.replace('_', ' ')}" for o in Outcome)
    rows = "".join(_row(c) for c in evidence.checks)
    notes = "".join(_note(c) for c in evidence.checks if c.facts)
    head = "| check | tool | files | result |\n|---|---|---|---|\n"
    return f"# Evidence\n\n{counts}.\n\n{head}{rows}{notes}"


def _row(check: Check) -> str:
    tool = f"{check.tool} {check.version}".strip()
    return f"| {check.what} | {tool} | {len(check.artifacts)} | {_WORDS[check.outcome]} |\n"


def _note(check: Check) -> str:
    facts = "".join(f"- `{fact.replace('`', chr(39))}`\n" for fact in (" ".join(f.split()) for f in check.facts))
    return f"\n## {check.what}: {_WORDS[check.outcome]}\n\n{facts}"
