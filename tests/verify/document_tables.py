"""Every table of the document with facts of the model: which elements its rows are of, and what else stands in it.

It reads the examples only: what else may stand in a table is a list of words, which another brief can go beyond without
saying anything false. What `archsmith verify` compares for every design is exact.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from tests.verify.document_words import Model, Support, Text, text_of

Json = Any
Known = tuple[Mapping[str, Json], Support]
"""The values of an element, and what may be said of it."""


@dataclass(frozen=True)
class Rows:
    """What the rows of a table are of: the elements at `paths`, one a row where it shows the `whole` of them.

    `beside`: where more is said of the same thing, by the key there and the key of the element (`report.latencies`,
    `operation`, `id`). `names`: what may be named anywhere in the table. `words`: what stands there besides. `flags`:
    columns that say one value in a word; `figures`: columns whose first number is one value. `together`: rows are of
    the whole of what stands at the paths.
    """

    paths: tuple[str, ...]
    words: str = ""
    whole: bool = False
    beside: tuple[tuple[str, str, str], ...] = ()
    flags: Mapping[str, tuple[str, Mapping[Json, str]]] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    figures: Mapping[str, str] = field(default_factory=dict)
    together: bool = False


_YES: Final = {True: "yes", False: "no"}
_ID: Final = {"Id": ("id", dict[Json, str]())}
_SERVICES: Final = ("architecture.services.name",)
_QUOTE: Final = "line lines assumed and"
TABLES: Final[Mapping[tuple[str, str], Rows]] = {
    ("Id", "Decision"): Rows(("decisions.decisions",), "over draws of no other option", flags=_ID),
    ("Id", "Part of the stack"): Rows(("decisions.decisions",), flags=_ID),
    ("From", "To"): Rows(
        ("architecture.flows",),
        "attempts from opens at failures",
        flags={"Waits": ("mode", {"sync": "yes", "async": "no"})},
        figures={"Peak": "peak"},
    ),
    ("Where", "Product"): Rows(
        ("architecture.deployments", "architecture.second.twins"),
        "fixed vcpu disk by use to at busy in created on takeover see the bill",
        whole=True,
        beside=(("architecture.deployments", "id", "deployment"),),
        names=("architecture.second",),
        figures={"Count": "count", "List price a month": "month"},
    ),
    ("Plot", "Design"): Rows(("decisions.front",), "and a b c d e f g h i j k l this design", whole=True),
    ("Endpoint", "Does"): Rows(
        ("architecture.endpoints",),
        "etag in open key cached",
        whole=True,
        beside=(("report.latencies", "operation", "operation"),),
    ),
    ("Event", "Channel"): Rows(("architecture.event_contracts",), names=_SERVICES),
    ("Store", "Product"): Rows(
        ("architecture.stores",),
        "every kept log shipped inside with its host rebuilt from truth none the",
        whole=True,
    ),
    ("Store", "Kept as"): Rows(("architecture.keyspaces",)),
    ("Entity", "Rows at the horizon"): Rows(
        ("derivation.domain.entities",),
        "no limit and copy",
        whole=True,
        beside=(("decisions.placements", "entity", "id"),),
    ),
    ("Scope", "Opens"): Rows(("architecture.policies.scopes",), whole=True),
    ("Who", "Proves it by"): Rows(
        ("architecture.policies.authentication",), whole=True, flags={"Second factor": ("second_factor", _YES)}
    ),
    ("Limit on", "Requests"): Rows(("architecture.policies.rate_limits",), "in", whole=True),
    ("Where", "At rest"): Rows(("architecture.policies.encryption",), whole=True),
    ("Threat", "To"): Rows(("report.threats",)),
    ("Control", "Asks"): Rows(("report.controls",)),
    ("Operation", "Average"): Rows(
        ("derivation.domain.operations",),
        beside=(("report.latencies", "operation", "id"),),
        flags={"Verdict": ("met", {True: "met", False: "missed", None: "–"})},
        figures={"p50": "p50", "p95": "p95", "p99": "p99", "p95 asked for": "target_p95"},
    ),
    ("Operation", "With"): Rows(
        ("decisions.flows",),
        "undone by",
        names=("derivation.domain.operations.name",),
        flags={"Waits": ("waits", _YES)},
    ),
    ("Outside system", "Kind"): Rows(
        ("derivation.domain.systems",), "and", whole=True, beside=(("architecture.flows", "target", "id"),)
    ),
    ("Part", "Product"): Rows(("architecture.stores", "architecture.edges", "architecture.utilities"), "serves and"),
    ("Crosses a trust boundary", "By"): Rows(
        ("architecture.flows",),
        "to public internal personal financial credential card child education health sensitive and",
        flags={"Encrypted": ("encrypted", _YES)},
    ),
    ("Data", "Class"): Rows(
        ("derivation.domain.entities",),
        "no limit and of all kinds",
        beside=(
            ("architecture.policies.retention", "entity", "id"),
            ("architecture.policies.ownership", "entity", "id"),
            ("architecture.tables", "entity", "id"),
        ),
    ),
    ("Table", "Index on"): Rows(("architecture.tables",)),
    ("Named in the brief", "As"): Rows(
        ("requirements.technologies", "requirements.needs.skills", "decisions.wishes"), f"{_QUOTE} known to the team"
    ),
    ("Target", "Asked for"): Rows(
        (
            "derivation.targets",
            "requirements.needs",
            "report.availability",
            "report.latencies",
            "report.recovery",
            "report.cost",
            "report.intervals",
            "architecture.services.name",
            "architecture.slos",
            "plan.months",
            "plan.engineers",
            "plan.deadline",
        ),
        f"{_QUOTE} met missed for with people at worst down a month to in infrastructure working again after response "
        "first data lost at most cost p95 nothing",
        together=True,
    ),
    ("What", "Used"): Rows(
        ("derivation",),
        f"{_QUOTE} working left planning several capacity free open data lost size p95 lives",
        together=True,
    ),
    ("Load", "Peak"): Rows(
        ("report.growth",),
        "it infrastructure over budget within",
        whole=True,
        flags={"Holds": ("holds", _YES)},
        figures={"Load": "factor", "Peak": "peak", "In use": "utilisation", "A month": "month"},
    ),
    ("From load", "Reached"): Rows(("report.path",), "person days another structure"),
    ("Resource", "Arrivals"): Rows(("report.stations",), "the", whole=True),
    ("Limit", "In use at the peak"): Rows(
        ("report.ceilings",), "a quota raised on request today what was chosen", names=_SERVICES
    ),
    ("Part", "One alone"): Rows(("report.availability.parts",), "of"),
    ("After the loss of", "Data lost"): Rows(("report.recovery",), "nothing", whole=True),
    ("For", "What"): Rows(
        ("report.cost.lines",),
        whole=True,
        figures={"Quantity": "quantity", "Unit price": "unit_price", "A month": "month"},
    ),
    ("Id", "Work"): Rows(
        ("plan.packages",), whole=True, flags=_ID, figures={"Days": "estimate.mean", "From–to": "start"}
    ),
    ("Role", "People"): Rows(("plan.roles",), whole=True, figures={"People": "people", "Days": "days"}),
    ("Day", "Milestone"): Rows(("plan.milestones",), whole=True, figures={"Day": "day"}),
    ("Id", "Risk"): Rows(
        ("plan.risks",),
        flags=_ID,
        figures={"Chance": "probability", "Costs": "impact", "Expected": "exposure"},
    ),
    ("Gate", "Where"): Rows(("plan.gates",), whole=True),
    ("Step", "Go on when"): Rows(("plan.rollout",), whole=True),
    ("Question", "Used meanwhile"): Rows(
        ("requirements.questions",),
        "by rule no figure of the model hangs on it measured answer within its range makes another choice pay "
        "a month average deciding with and more",
        whole=True,
        names=("decisions.decisions.title",),
        beside=(("decisions.worths", "topic", "topic"),),
    ),
    ("What", "Words"): Rows(("requirements.excluded",), _QUOTE, whole=True),
    ("Rule", "Severity"): Rows(("report.findings", "plan.findings", "requirements.findings"), whole=True),
    ("Regime", "Applies"): Rows(("requirements.regimes",), _QUOTE, whole=True),
    ("Id", "Class"): Rows(
        ("requirements.requirements",),
        f"{_QUOTE} its figures targets left out see contradictions nothing more",
        whole=True,
        beside=(("report.coverage", "requirement", "id"),),
        names=_SERVICES,
        flags=_ID,
    ),
    ("About", "Words"): Rows(("requirements.conflicts",), _QUOTE, whole=True),
    ("Step", "Value"): Rows(("derivation.workload.steps",), f"computed {_QUOTE} a"),
    ("Channel", "Carries"): Rows(("architecture.channels",), "none"),
}
"""By the heads of the first two columns."""


def differences(model: Model, columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> list[str]:
    """What the rows of a table say that no element of the model says; cells as they are shown."""
    spec = TABLES.get((columns[0], columns[1])) if len(columns) > 1 else None
    if spec is None:
        return []
    known, vocabulary = model.remembered((columns[0], columns[1]), lambda: _known(model, spec))
    told = [] if not spec.whole or len(rows) == len(known) else [f"{columns[0]}: {len(rows)} rows of {len(known)}"]
    words = vocabulary | frozenset(Text(" ".join(columns)).words)
    return told + [fact for row in rows for fact in _row(spec, row, known, words)]


def _known(model: Model, spec: Rows) -> tuple[list[Known], frozenset[str]]:
    """The elements that rows may be of, and what else may stand in the table."""
    elements, near = [e for path in spec.paths for e in model.at(path)], _beside(model, spec)
    found = [(e, near(e)) for e in elements] if not spec.together else [({}, elements)]
    names = [n for path in spec.names for n in model.at(path)]
    vocabulary = frozenset(Text(spec.words).words)
    return [(_flat(e, more), model.support(e, (*more, *names))) for e, more in found], vocabulary


def _beside(model: Model, spec: Rows) -> Callable[[Json], list[Json]]:
    """What is said elsewhere of an element; a reference may begin with the kind (`service:app`)."""
    found: list[tuple[str, dict[str, list[Json]]]] = []
    for path, there, own in spec.beside:
        by_key: dict[str, list[Json]] = {}
        for other in model.at(path):
            by_key.setdefault(str(other.get(there)).rpartition(":")[2], []).append(other)
        found.append((own, by_key))
    return lambda element: [
        x for own, by_key in found for x in by_key.get(str(element.get(own)).rpartition(":")[2], ())
    ]


def _flat(element: Json, more: Sequence[Json]) -> Mapping[str, Json]:
    """The values of an element, and those that are said of it elsewhere."""
    return {k: v for each in (*more, element) if isinstance(each, dict) for k, v in each.items()}


def _row(
    spec: Rows,
    row: Mapping[str, str],
    known: Sequence[Known],
    vocabulary: frozenset[str],
) -> list[str]:
    """What the element that comes nearest to saying it does not say; nothing where one says it all."""
    cells = [(column, text_of(shown)) for column, shown in row.items() if column not in spec.flags]
    best: list[str] | None = None
    for values, support in known:
        found = _other(spec, row, values)
        for column, text in cells:
            if best is not None and len(found) >= len(best):
                break  # another one comes nearer
            found += [f"{column} {said}" for said in text.unsupported(support, vocabulary)]
        if not found:
            return []
        best = found if best is None or len(found) < len(best) else best
    column, shown = next(iter(row.items()))
    return [f"{column} {shown}: the model has no {', '.join(best or ['such row'])}"]


def _other(spec: Rows, row: Mapping[str, str], values: Mapping[str, Json]) -> list[str]:
    """The columns of one flag or one figure that say another."""
    found = list[str]()
    for column, (key, words) in spec.flags.items():
        value = values.get(key)
        wanted = words.get(value, str(value))
        found += [f"{column} {row[column]}, but {wanted}"] if row.get(column, wanted) != wanted else []
    return found + [f"{c} {row[c]}" for c, path in spec.figures.items() if not _says(row.get(c, ""), values, path)]


def _says(shown: str, values: Mapping[str, Json], path: str) -> bool:
    """Whether a cell's number is the value at a path of an element; where there is none, what it shows is no number."""
    value: Json = dict(values)
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value is None or text_of(shown).says(float(value))
