"""What archsmith decides for a brief, beside what a competent engineer would accept."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import yaml
from tests.corpus.scoring import design as parts
from tests.corpus.scoring import figures, reading
from tests.corpus.scoring.language import synonyms
from tests.corpus.scoring.score import BRIEFS, briefs
from tests.corpus.scoring.tally import Row
from tests.designs import designed

from archsmith.model.base import Value
from archsmith.model.decisions import Decisions, StoreRole
from archsmith.model.design import Design
from archsmith.render.summary import summary

HERE: Final = Path(__file__).parent
FOLDERS: Final = (BRIEFS, HERE)
FIELDS: Final = ("pattern", "components", "capacity", "cost", "compliance", "feasible", "choices")
KNOWN: Final[dict[str, dict[str, str]]] = yaml.safe_load((HERE / "known.yaml").read_text("utf-8"))
"""By brief and field, why a miss is accepted for now. What is not in here must hold."""
_CHECKS: Final = (parts.pattern, parts.components, figures.capacity, figures.cost)


class Outcome(Value, frozen=True, kw_only=True):
    """One brief. `shown`: by field, found of expected in a few words; `misses`: by field, what is wrong."""

    name: str
    pattern: str
    month: float
    feasible: str
    shown: dict[str, str]
    misses: dict[str, tuple[str, ...]]


def paths() -> tuple[Path, ...]:
    """All briefs with known answers: the corpus, and the cases of this folder."""
    return tuple(p for folder in FOLDERS for p in briefs(folder))


def outcome(path: Path, design: Callable[[Path], Design] = designed) -> Outcome:
    """The brief designed, and compared with its expectations."""
    made = design(path)
    return compare(path.stem, _expected(path), dict(summary(made)), made.decisions)


def unaccepted(found: Outcome) -> list[str]:
    """The misses that nobody has accepted; one that is forbidden can't be."""
    accepted = KNOWN.get(found.name, {})
    return [
        f"{field}: {line}"
        for field, lines in found.misses.items()
        for line in lines
        if field not in accepted or line.startswith("forbidden")
    ]


def _expected(path: Path) -> Row:
    return dict(yaml.safe_load(path.with_suffix(".expected.yaml").read_text("utf-8"))["expected"])


def compare(name: str, expected: Row, got: Row, decisions: Decisions) -> Outcome:
    """The outcome of a summary and its decisions under these expectations."""
    shown: dict[str, str] = {}
    misses: dict[str, tuple[str, ...]] = {}
    for check in _CHECKS:
        tally, field = check(expected, got, synonyms(strict=False)), check.__name__
        shown[field] = f"{tally.found}/{tally.expected}" if tally.expected else "-"
        misses[field] = (*tally.missing, *(f"forbidden: {f}" for f in tally.forbidden))
    wrong = reading.compliance(
        {"compliance": {"wrong": expected.get("compliance", {}).get("wrong", [])}}, got, synonyms(strict=False)
    )
    misses["compliance"] = tuple(wrong.forbidden)
    misses["feasible"] = tuple(_feasibility(expected, decisions))
    rows = expected.get("choices", {})
    misses["choices"] = tuple(_choices(rows, decisions))
    shown["choices"] = f"{len(rows) - len(misses['choices'])}/{len(rows)}" if rows else "-"
    return Outcome(
        name=name,
        pattern=got["pattern"]["name"],
        month=got["cost"]["infrastructure_month"] or 0.0,
        feasible="no: " + ", ".join(decisions.clash.constraints) if decisions.clash else "yes",
        shown=shown,
        misses={field: found for field, found in misses.items() if found},
    )


def _feasibility(expected: Row, decisions: Decisions) -> Iterator[str]:
    """Whether it can be had at all, and what clashes where it can't: of each alternative one name, and no others."""
    wanted, clash = expected.get("feasible", True), decisions.clash
    if wanted is True and clash:
        yield f"can be had, but: {clash.fact}"
    if wanted is False and not clash:
        yield "can't be had, but no clash is named"
    if wanted is not True and clash:
        groups = [set(str(row).split("|")) for row in expected["clash"]]
        yield from (f"no part of the clash: {c}" for c in clash.constraints if not any(c in g for g in groups))
        yield from (f"missing in the clash: {'|'.join(sorted(g))}" for g in groups if g.isdisjoint(clash.constraints))


def _choices(rows: dict[str, dict[str, Any]], decisions: Decisions) -> Iterator[str]:
    """Options that must or must not be chosen, and counts of zones and of the primary store's shards."""
    chosen: dict[str, set[str]] = {}
    for row in decisions.decisions:
        chosen.setdefault(str(row.dimension), set()).add(str(row.option))
    shards = max((s.shards for s in decisions.sizings if s.role is StoreRole.PRIMARY), default=1)
    zones = max(s.zones for s in decisions.sizings if s.subject.startswith("service:"))
    counts = {"shards": shards, "zones": zones}
    for name, rule in rows.items():
        if name in counts:
            if not rule.get("min", 1) <= counts[name] <= rule.get("max", 1000):
                yield f"{counts[name]} {name}, not {rule}"
            continue
        have = chosen.get(name, set())
        if ("in" in rule and have.isdisjoint(rule["in"])) or not have.isdisjoint(rule.get("not", ())):
            yield f"{name}: {', '.join(sorted(have)) or 'not decided'}, not {rule}"
