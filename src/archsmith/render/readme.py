"""README.md of the output: what this is, what to do first, where things are."""

from collections.abc import Sequence
from typing import Final

from archsmith.kernel.ids import ArtifactPath
from archsmith.model.artifacts import Artifact
from archsmith.render import show
from archsmith.render.document import verdict
from archsmith.render.markdown import bullets, code, join, table, text
from archsmith.render.prose import capital
from archsmith.render.sections.executive import attention
from archsmith.render.view import View

_ABOUT: Final = {
    "architecture.md": "the design in eight sections",
    "requirements.yaml": "what was understood of the brief; edit it and run again",
    "design.json": "the whole model behind every file",
    "summary.json": "the short answer for scripts",
    "decisions": "one record a decision, with what lost and why",
    "diagrams": "each as Mermaid (.mmd) and as plain text (.txt); workspace.dsl for Structurizr",
    "api": "what callers, subscribers and services may count on",
    "proto": "the same for gRPC, as buf lays it out",
    "db": "what is kept, and how it changes",
    "services": "what builds and runs each service",
    "infra": "what starts it all",
    "plan": "the work, its order, its risks",
    "security": "threats, controls, sensitive data",
    "cost": "every line of the bill: quantity and unit price",
    "evidence": "what was checked, by which tool, with what result",
}
_PARTS: Final = {
    "api/openapi.yaml": "HTTP",
    "api/schema.graphql": "GraphQL",
    "api/asyncapi.yaml": "messages",
    "api/problems.md": "problems",
    "api/schemas": "shared schemas",
    "db/schema.sql": "tables",
    "db/migrations": "migrations",
    "db/seed.sql": "seed",
    "db/queries.sql": "queries",
    "db/dictionary.md": "dictionary",
    "db/EVOLUTION.md": "first foreseeable changes",
}
"""Files and folders that are told by name, where the design has them."""
_WRITTEN_LATER: Final = ("evidence/checks.json", "requirements.yaml", "summary.json", "design.json", "README.md")


def readme(view: View, others: Sequence[Artifact]) -> Artifact:
    """The README beside the other files."""
    needs = view.design.requirements
    title = capital(view.title)
    peak = view.design.derivation.workload.peak.value
    month = show.money(view.design.report.cost.infrastructure)
    steps = [
        f"Read [section 1 of the document](architecture.md#1-executive-summary): {title} in a page.",
    ]
    paths = [str(a.path) for a in others] + list(_WRITTEN_LATER)
    top = dict.fromkeys(p.split("/", 1)[0] for p in sorted(paths))
    rows = [(_link(name, paths), _about(name, paths)) for name in sorted(top, key=_rank) if name != "README.md"]
    again = "archsmith design requirements.yaml -o ../next"
    body = join(
        [
            f"# {capital(needs.title)}",
            f"A backend design out of {code(needs.source)}; it {verdict(view)}.",
            f"{title} answers {show.requests(peak)} at the peak for {month} of infrastructure a month.",
            "## First",
            bullets(steps),
            "What needs a person's eye in it:" if attention(view) else "",
            bullets(attention(view)),
            f"To change something, edit `requirements.yaml` and run `{again}`. Same input, same bytes.",
            "## What is here",
            table(("File", "Holds"), rows),
        ]
    )
    return Artifact(path=ArtifactPath("README.md"), content=f"{body}\n".encode("utf-8", "replace"))


def _about(name: str, paths: Sequence[str]) -> str:
    """What a file or a folder holds, with the main ones in it."""
    inside = [
        f"[{label}]({path}{'' if path in paths else '/'})"
        for path, label in _PARTS.items()
        if path.startswith(f"{name}/") and any(p == path or p.startswith(f"{path}/") for p in paths)
    ]
    return f"{_ABOUT.get(name, '')}: {', '.join(inside)}" if inside else _ABOUT.get(name, "")


def _rank(name: str) -> tuple[int, str]:
    order = list(_ABOUT)
    return (order.index(name) if name in order else len(order), name)


def _link(name: str, paths: Sequence[str]) -> str:
    return f"[{text(name)}]({name})" if name in paths else f"[{text(name)}/]({name}/)"
