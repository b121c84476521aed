"""`archsmith verify`."""

from pathlib import Path

from archsmith.cli.exits import FINDINGS, FINE
from archsmith.cli.inputs import refuse, say
from archsmith.files.reader import read_tree
from archsmith.files.writer import MANIFEST, update_tree
from archsmith.kernel.findings import Finding
from archsmith.model.artifacts import Artifact


def run(folder: Path) -> int:
    """Checks the files of a design with every tool there is, and writes what they said beside them."""
    from archsmith.verify import evidence_artifacts, verify

    tree = read_tree(folder)
    if isinstance(tree, Finding):
        return refuse((tree,))
    files = tuple(Artifact(path=path, content=content) for path, content in tree if path != MANIFEST)
    evidence = verify(tuple(f for f in files if not f.path.startswith("evidence/")), full=True)
    refusal = update_tree(folder, evidence_artifacts(evidence))
    if refusal:
        return refuse((refusal,))
    for check in evidence.checks:
        say(f"{check.outcome:<8} {check.what} [{check.tool} {check.version}]")
        for fact in check.facts[:5]:
            say(f"         {fact}")
    return FINDINGS if evidence.failed else FINE
