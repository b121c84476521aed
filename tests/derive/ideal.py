"""Requirements as though elicit had found exactly the expected facts of a corpus brief."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from archsmith.kernel.ids import ActorId, RequirementId
from archsmith.kernel.provenance import Provenance, Span, Stated
from archsmith.model.requirements import (
    Actor,
    Excluded,
    Mention,
    Number,
    NumberRole,
    NumberStatus,
    OperationKind,
    OperationMention,
    Priority,
    Requirement,
    RequirementClass,
    Requirements,
)

CORPUS = Path(__file__).parent.parent / "corpus" / "briefs"
NAMES = sorted(p.stem for p in CORPUS.glob("[0-9]*.md"))
_QUERY = ("view", "search", "show", "list", "see", "browse", "look", "serve", "read", "report opens")
_BATCH = (
    "sync",
    "import",
    "export",
    "compute",
    "plan",
    "calculate",
    "transcode",
    "normalise",
    "count",
    "aggregate",
    "pay out",
    "create tax",
    "delete passport",
    "truncate",
    "process",
    "invoice",
    "replay",
)
_EVENT = ("send", "block")
_STREAM = ("ingest", "score", "track")


@cache
def expected(name: str) -> dict[str, Any]:
    """The expected facts of a brief."""
    data: dict[str, Any] = yaml.safe_load((CORPUS / f"{name}.expected.yaml").read_text("utf-8"))
    return data["expected"]  # type: ignore[no-any-return]


@cache
def ideal(name: str) -> Requirements:
    """The requirements of a corpus brief, made out of its expected facts and its sentences."""
    text = (CORPUS / f"{name}.md").read_text("utf-8")
    facts = expected(name)
    mentions = [Mention(name=n, why=_at(text, n)) for n in _firsts(facts["entities"]["must"])]
    operations = []
    for op in _firsts(facts["operations"]["must"]):
        verb, _, obj = op.partition(" ")
        kind = (
            OperationKind.QUERY
            if op.startswith(_QUERY)
            else OperationKind.BATCH
            if op.startswith(_BATCH)
            else OperationKind.EVENT
            if op.startswith(_EVENT)
            else OperationKind.STREAM
            if op.startswith(_STREAM)
            else OperationKind.COMMAND
        )
        operations.append(
            OperationMention(
                actor="",
                verb=verb,
                object=obj or verb,
                kind=kind,
                priority=Priority.MUST,
                why=_at(text, obj.split(" ")[-1] if obj else verb),
            )
        )
    numbers = tuple(_number(i, n, text) for i, n in enumerate(facts["numbers"]) if n["role"] != "reliability")
    sentences = []
    for i, match in enumerate(re.finditer(r"[^.\n]+(?:\.\d+[^.\n]*)*\.?", text)):
        if match[0].strip():
            sentences.append(
                Requirement(
                    id=RequirementId(f"R-{i:03d}"),
                    kind=RequirementClass.FUNCTIONAL,
                    priority=Priority.MUST,
                    statement=match[0].strip(),
                    why=Stated(at=_span(text, match.start(), match.end())),
                )
            )
    actors = tuple(
        Actor(id=ActorId(a), name=a, internal=a in ("staff", "receptionist", "teacher"), why=_at(text, a))
        for a in _people(mentions)
    )
    return Requirements(
        title=text.splitlines()[0].strip("# "),
        source=f"{name}.md",
        requirements=tuple(sentences),
        mentions=tuple(mentions),
        operations=tuple(operations),
        numbers=numbers,
        actors=actors,
        excluded=tuple(Excluded(what=x, why=_at(text, x)) for x in facts.get("out_of_scope", [])),
    )


def _firsts(items: list[str]) -> list[str]:
    return [item.split("|")[0].strip().strip('"') for item in items]


def _people(mentions: list[Mention]) -> list[str]:
    people = (
        "customer",
        "guest",
        "student",
        "teacher",
        "podcaster",
        "employee",
        "manager",
        "grower",
        "cook",
        "courier",
        "eater",
        "donor",
        "publisher",
        "subscriber",
        "patient",
        "member",
        "advertiser",
    )
    return [m.name for m in mentions if m.name in people] or ["user"]


def _number(i: int, n: dict[str, Any], text: str) -> Number:
    status = NumberStatus(n.get("status", "target"))
    return Number(
        id=f"N-{i:03d}",
        what=str(n["what"]),
        value=float(n["value"]),
        unit=str(n["unit"]),
        role=NumberRole(n["role"]),
        status=status,
        peak="peak" in n["what"],
        why=_at(text, n["quote"]),
    )


def _at(text: str, quote: str) -> Provenance:
    pattern = r"\s+".join(re.escape(w) for w in quote.split())
    match = re.search(pattern, text) or re.search(pattern, text, re.I)
    start, end = match.span() if match else (0, 1)
    return Stated(at=_span(text, start, end))


def _span(text: str, start: int, end: int) -> Span:
    def place(i: int) -> tuple[int, int]:
        before = text[:i]
        return before.count("\n") + 1, i - (before.rfind("\n") + 1) + 1

    (line, column), (end_line, end_column) = place(start), place(end)
    return Span(
        file="brief.md", line=line, column=column, end_line=end_line, end_column=end_column, quote=text[start:end]
    )
