"""Mermaid diagrams, drawn by Mermaid's own command-line program."""

from collections.abc import Sequence

from archsmith.model.artifacts import Artifact, Check
from archsmith.verify.ports import call, laid_out, program, verdict


class Mermaid:
    """Each diagram parses and can be drawn."""

    id = "V-MERMAID"
    what = "diagrams can be drawn"
    tool = "mermaid-cli"
    patterns = ("diagrams/*.mmd",)
    slow = True

    def check(self, files: Sequence[Artifact]) -> Check:
        """Draws each diagram into nowhere."""
        path = program("mmdc")
        facts = []
        with laid_out(files) as folder:
            version = call([path, "--version"], folder).stdout.strip()
            for file in files:
                done = call([path, "-q", "-i", file.path, "-o", "out.svg"], folder)
                if done.returncode:
                    facts.append(f"{file.path}: {done.stderr.strip()[-300:]}")
        return verdict(self, files, facts, version=version, command="mmdc -q -i FILE -o out.svg")
