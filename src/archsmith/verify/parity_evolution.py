"""Pages of foreseeable changes read back: their statements, names, locks and figures are those of the model."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from markdown_it import MarkdownIt

from archsmith.knowledge.dialects import sql_folder
from archsmith.model.architecture import Service
from archsmith.model.artifacts import Artifact, Check
from archsmith.model.design import Design
from archsmith.model.requirements import Priority
from archsmith.verify import dialect_facts, parity_sqlite_model
from archsmith.verify.parity import design_of
from archsmith.verify.parity_evolution_model import Change, changes
from archsmith.verify.parity_facts import Fact, compare, facts_at
from archsmith.verify.ports import chosen, verdict
from archsmith.verify.sql_readers import SqlReader, Tables, readable

_FILES: Final = ("db/EVOLUTION.md", "db/*/EVOLUTION.md")
_HEADS: Final = {
    "state": re.compile(r"A new state of `(.+)`"),
    "required": re.compile(r"`(.+)` becomes required"),
    "growth": re.compile(r"The table that grows most()"),
    "split": re.compile(r".+ as a service of its own()"),
    "later": re.compile(r"What the brief keeps for later()"),
}
"""The heading of a section, and what it is about."""
_NAMES: Final = re.compile(r"`([^`]+)`")
_LOCKS: Final = re.compile(r"\b[A-Z]{3,}(?:=[A-Z]+)?(?: [A-Z]{3,})*\b")
_FIGURE: Final = re.compile(
    r"(?<![\w.,-])(\d[\d,]*(?:\.\d+)?)(?:\s?(million|billion|trillion|ms|s|min|h|days?|kB|MB|GB|TB|PB|B|%)(?!\w))?"
    r"(?=[\s.,;:)]|$)"
)
_UNITS: Final = {
    "": 1.0, "million": 1e6, "billion": 1e9, "trillion": 1e12, "ms": 1e-3, "s": 1.0, "min": 60.0, "h": 3600.0,
    "day": 86_400.0, "days": 86_400.0, "B": 1.0, "kB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12, "PB": 1e15, "%": 0.01,
}  # fmt: skip
_INTRO: Final = "expand, migrate, contract."
"""What stands before it names the system, in the brief's words."""
_ASKED: Final = re.compile(r":(?:value|cut)\b")
"""What whoever runs a statement puts in."""
_SOON: Final = "under a second"
_NEVER: Final = "–"
_DONE: Final = re.compile(r"setting |drop |transaction$|statement (?!CREATE )")
"""What is done around the table that is made anew."""
_TOLD: Final = re.compile(r"--([^\n]*)")


@dataclass(slots=True)
class _Section:
    """What stands under a heading: prose, cells of its table, SQL."""

    title: str
    prose: str = ""
    rows: list[list[str]] = field(default_factory=list)
    sql: str = ""


class EvolutionParity:
    """Each database has its page. Of each change there: the table and column, the statements as the engine's parser
    reads them, the locks, the times and sizes as exactly as they are shown; of what waits, how much there is and which
    tables it meets. The words between them are for people."""

    id = "V-PARITY-EVOLUTION"
    what = "foreseeable changes are those of the model"
    tool = "archsmith with pglast or sqlglot"
    patterns = ("design.json", *_FILES)
    slow = False

    def check(self, files: Sequence[Artifact]) -> Check:
        """Compares each page with the changes of its database."""
        design, facts = design_of(files), list[str]()
        kept, versions, left_out = readable(design.architecture)
        shown = {str(f.path): f for f in chosen(files, _FILES)}
        for store, (reader, tables) in kept.items():
            path = f"{sql_folder(design.architecture, store)}/EVOLUTION.md"
            file = shown.pop(path, None)
            wanted = list(changes(design, reader.dialect, tables, _service(design, tables)))
            if file is None:
                facts += [f"missing: {path}"] if wanted else []
                continue
            sections = list(_sections(file.content.decode()))
            try:
                facts += [f"{path}: {fact}" for fact in _differences(design, reader, tables, sections, wanted)]
            except ValueError as error:
                facts.append(f"{path}: {error}")
        facts += [f"{path}: no database has it" for path in shown if not left_out]
        return verdict(self, files, facts, version=versions, command="compare with design.json", left_out=left_out)


def _service(design: Design, tables: Tables) -> Service:
    """The one that keeps most of the entities."""
    kept = {t.entity for t in tables if t.entity}
    return max(design.architecture.services, key=lambda s: len(kept & set(s.entities)))


def _sections(text: str) -> Iterator[_Section]:
    """The page before its first section has no title."""
    here, heading, cells = _Section(""), "", list[str]()
    for token in MarkdownIt("commonmark").enable("table").disable("inline").parse(text):
        match token.type:
            case "heading_open":
                heading = token.tag
            case "heading_close":
                heading = ""
            case "inline" if heading == "h2":
                yield here
                here = _Section(token.content)
            case "tr_open":
                here.rows.append(cells := [])
            case "tr_close":
                cells = []
            case "inline" if here.rows and cells is here.rows[-1]:
                cells.append(token.content)
            case "inline" if not heading:
                here.prose += f"{token.content}\n"
            case "fence":
                here.sql += token.content
    yield here


def _differences(
    design: Design, reader: SqlReader, tables: Tables, sections: list[_Section], wanted: list[Change]
) -> Iterator[str]:
    said, model = list[Fact](), list[Fact]()
    by_kind = {change.kind: change for change in wanted}
    for section in sections:
        kind, of = _kind(section)
        change = by_kind.get(kind)
        said += facts_at(f"section {kind}", {"of": of})
        if kind == "intro":
            yield from _intro(design, section)
        elif kind == "later":
            yield from _later(design, tables, section)
        elif change is not None:
            said += _statements(reader, change, section.sql)
            yield from _prose(change, section)
            yield from _steps(change, section.rows)
    for change in wanted:
        model += facts_at(f"section {change.kind}", {"of": change.of})
        model += _wanted(reader, change)
    model += [Fact("section intro")] + ([Fact("section later")] if _waiting(design) else [])
    yield from compare(said, model)


def _kind(section: _Section) -> tuple[str, str]:
    if not section.title:
        return "intro", ""
    for kind, head in _HEADS.items():
        if found := head.fullmatch(section.title):
            return kind, found[1]
    return section.title, ""


def _intro(design: Design, section: _Section) -> Iterator[str]:
    upkeep = design.architecture.upkeep
    if upkeep is not None:
        yield from _figures("intro", section.prose.partition(_INTRO)[2], (upkeep.lock, upkeep.busy))


def _waiting(design: Design) -> list[str]:
    """What the brief leaves out or keeps for later, each once."""
    needs = design.requirements
    later = [r.statement for r in needs.requirements if r.priority is Priority.LATER]
    return list(dict.fromkeys([*(x.what for x in needs.excluded), *later]))


def _later(design: Design, tables: Tables, section: _Section) -> Iterator[str]:
    """As many rows as there is waiting, which meet tables that are here."""
    count, rows = len(_waiting(design)), section.rows[1:]
    if len(rows) != count:
        yield f"later: {len(rows)} rows, the model says {count}"
    known = {t.name for t in tables}
    for row in rows:
        yield from (f"later: no table {name}" for name in _NAMES.findall(row[-1]) if name not in known)


def _prose(change: Change, section: _Section) -> Iterator[str]:
    names = tuple(_NAMES.findall(section.prose))
    if names != change.names:
        yield f"{change.kind}: names {', '.join(names)}, the model says {', '.join(change.names)}"
    prose = section.prose.partition("is tied least:")[2] if change.kind == "split" else section.prose
    yield from _figures(change.kind, _NAMES.sub(" ", prose), change.figures)
    yield from _figures(f"{change.kind}, comments", " ".join(_TOLD.findall(_asked(change, section.sql))), change.pauses)


def _asked(change: Change, sql: str) -> str:
    """The part whose comments tell how: those within a table that is made anew are the columns' own."""
    return sql.partition("PRAGMA")[0] if change.anew is not None else sql


def _figures(place: str, text: str, wanted: Sequence[float]) -> Iterator[str]:
    """Each figure is the model's, as exactly as it is shown."""
    found = list(_FIGURE.finditer(text))
    if len(found) != len(wanted):
        yield f"{place}: figures {', '.join(f[0] for f in found)}, the model has {len(wanted)}"
        return
    for shown, value in zip(found, wanted, strict=True):
        unit, decimals = _UNITS[shown[2] or ""], len(shown[1].partition(".")[2])
        if abs(float(shown[1].replace(",", "")) * unit - value) > 0.501 * unit * 10.0**-decimals:
            yield f"{place}: {shown[0]}, the model says {value:g}"


def _steps(change: Change, rows: list[list[str]]) -> Iterator[str]:
    shown = rows[1:]
    if len(shown) != len(change.steps):
        yield f"{change.kind}: {len(shown)} steps, the model has {len(change.steps)}"
        return
    yield from _figures(f"{change.kind}, steps", " ".join(row[0] for row in shown), change.batches)
    for number, (row, (locks, takes)) in enumerate(zip(shown, change.steps, strict=True), start=1):
        place = f"{change.kind}, step {number}"
        said = frozenset(_LOCKS.findall(row[1]))
        if said != locks:
            yield f"{place}: locks {', '.join(sorted(said))}, the model says {', '.join(sorted(locks))}"
        if takes is None or takes < 1:
            right = _NEVER if takes is None else _SOON
            yield from [] if row[2] == right else [f"{place}: takes {row[2]}, the model says {right}"]
        else:
            yield from _figures(place, row[2], (takes,))


def _wanted(reader: SqlReader, change: Change) -> Iterator[Fact]:
    for number, text in enumerate(change.sql):
        said = _ASKED.sub("$1", text) if reader.dialect == "postgresql" else text
        yield from facts_at(f"{change.kind} statement {number}", {"is": reader.statement(said)})
    if change.anew is not None:
        new = f"{change.anew.name}_new"
        for fact in parity_sqlite_model.database_facts((change.anew,)):
            inside = " index " not in fact.place and " trigger " not in fact.place
            yield fact._replace(place=f"{new}{fact.place.removeprefix(change.anew.name)}") if inside else fact


def _statements(reader: SqlReader, change: Change, sql: str) -> Iterator[Fact]:
    """Each statement in its order; what makes a table or hangs on it is read as in a schema."""
    number = 0
    if change.anew is not None:
        yield from (f for f in dialect_facts.read(sql, reader.dialect) if not _DONE.match(f.place))
    for text in _split(reader, sql):
        if change.anew is not None and text.startswith("CREATE "):
            continue
        yield from facts_at(f"{change.kind} statement {number}", {"is": reader.statement(text)})
        number += 1


def _split(reader: SqlReader, sql: str) -> list[str]:
    if reader.dialect != "postgresql":
        return list(dialect_facts.statements(sql, reader.dialect))
    import pglast

    try:
        return [str(text) for text in pglast.split(_ASKED.sub("$1", sql))]
    except pglast.Error as error:
        raise ValueError(str(error)) from error
