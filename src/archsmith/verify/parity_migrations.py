"""The first migration read back: it makes the tables of design.json, as the schema beside it does, and undoes them."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from archsmith.kernel.ids import StoreId
from archsmith.kernel.names import snake
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.dialects import sql_folder
from archsmith.knowledge.migration_tools import (
    DRIVERS,
    MigrationTool,
    migration_files,
    migration_tool,
    session_limits,
)
from archsmith.model.architecture import Architecture
from archsmith.model.artifacts import Artifact, Check
from archsmith.model.contracts import Table
from archsmith.verify.parity import design_of
from archsmith.verify.parity_facts import Fact, compare, facts_at
from archsmith.verify.ports import ToolMissing, verdict
from archsmith.verify.sql_readers import SqlReader, readable

MIGRATIONS: Final = ("+db/migrations/*", "+db/*/migrations/*")
DOWN: Final = re.compile(r"\.down\.sql$|/U\d+__[^/]*$")
"""The file of a way down, by its path."""
_MARKS: Final = re.compile(r"^-- (?:Down Migration|migrate:down)", re.MULTILINE)
"""Where in a file that holds both ways the way down begins."""
_TOLD: Final = re.compile(r"^\s*(?:#|//).*$", re.MULTILINE)
"""Words for people in the files of a tool."""


_PLACE: Final = re.compile(r"(?<!\$)\{(?:url|driver|dialect|limits|up|down)\}")
"""What the design fills in; the tool fills in what has a dollar sign."""


class MigrationsParity:
    """The first migration of each database makes the tables of the model, each as the model has it, gives up waiting in
    time, drops all of it in an order that works, and has the files that its tool wants."""

    id = "V-PARITY-MIGRATIONS"
    what = "the first migration says what the model says"
    tool = "archsmith with pglast or sqlglot"
    patterns = ("design.json", *MIGRATIONS)
    slow = False

    def check(self, files: Sequence[Artifact]) -> Check:
        """Compares the files of each database's folder."""
        arch, facts = design_of(files).architecture, list[str]()
        kept, versions, left_out = readable(arch)
        if not kept:
            raise ToolMissing("no database of the design speaks SQL")
        for store, (reader, tables) in kept.items():
            home = f"{sql_folder(arch, store)}/migrations"
            shown = {str(f.path): f for f in files if f.path.startswith(f"{home}/")}
            tool = migration_tool(Catalogue(), _language(arch, tables), reader.dialect)
            if tool is None:
                continue
            try:
                facts += _compared(home, shown, _Step(tool, reader, store, tables))
            except (ValueError, SyntaxError) as error:
                facts.append(f"{home}: {error}")
        return verdict(self, files, facts, version=versions, command="compare with design.json", left_out=left_out)


@dataclass(frozen=True, slots=True)
class _Step:
    """The first migration of a database, as the model has it."""

    tool: MigrationTool
    reader: SqlReader
    store: StoreId
    tables: tuple[Table, ...]

    @property
    def limits(self) -> tuple[str, ...]:
        """The statements by which its session gives up waiting."""
        return session_limits(Catalogue(), self.reader.dialect)


def _language(arch: Architecture, tables: tuple[Table, ...]) -> str:
    """That of the service that keeps most of the entities."""
    kept = {t.entity for t in tables if t.entity}
    return str(max(arch.services, key=lambda s: len(kept & set(s.entities))).language)


def _compared(home: str, files: Mapping[str, Artifact], step: _Step) -> Iterator[str]:
    """Up, down, and what the tool wants beside."""
    tool, read = step.tool, step.reader.facts
    paths = [f"{home}/{path}" for path in (tool.up, tool.down) if path]
    yield from (f"missing: {path}" for path in paths if path not in files)
    found = [files[path] for path in paths if path in files]
    ups = [text for f in found if not DOWN.search(f.path) for text in steps(f)]
    downs = [text for f in found if tool.up_mark or DOWN.search(f.path) or f.path.endswith(".py") for text in _downs(f)]
    limits = list[Fact]() if found and found[0].path.endswith(".py") else list(_limits(step))
    up = [fact for text in ups for fact in read(text)]
    yield from (f"{home}: up: {fact}" for fact in compare(up, (*limits, *step.reader.made(step.tables))))
    down = [fact for text in downs for fact in read(text)]
    yield from (f"{home}: down: {fact}" for fact in compare(down, (*limits, *_gone(down, step))))
    yield from (f"{home}: down: {fact}" for fact in _out_of_order(down, step.tables))
    yield from _beside(home, files, step)


def steps(file: Artifact, name: str = "UP") -> Iterator[str]:
    """The SQL that goes up: of a Python file the statements of `name`, of a file with both ways the first."""
    text = file.content.decode()
    if not file.path.endswith(".py"):
        yield _MARKS.split(text)[0]
        return
    for node in ast.parse(text).body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in node.targets):
            yield from (str(c.value) for c in ast.walk(node.value) if isinstance(c, ast.Constant))


def _downs(file: Artifact) -> Iterator[str]:
    """The SQL that goes down, of a file that has both ways or this one alone."""
    if file.path.endswith(".py"):
        yield from steps(file, "DOWN")
    else:
        yield _MARKS.split(file.content.decode())[-1]


def _limits(step: _Step) -> Iterator[Fact]:
    for said in step.limits:
        yield from facts_at(f"setting {said.split()[1]}", {"is": step.reader.statement(said.removesuffix(";"))})


def _gone(said: Iterable[Fact], step: _Step) -> Iterator[Fact]:
    """Everything that was made goes, and nothing goes with it unasked. Any foreign key of ours may go before."""
    makes = {f.place for f in step.reader.made(step.tables) if not f.what}
    for kind in ("function", "type"):
        for name in (m.removeprefix(f"{kind} ") for m in makes if m.startswith(f"{kind} ")):
            yield from facts_at(f"drop {kind} {name}", {"besides": "restrict"})
    for table in step.tables:
        yield from facts_at(f"drop table {table.name}", {"besides": "restrict"})
    ours = {f"{t.name} loses {key.name}" for t in step.tables for key in t.foreign_keys}
    yield from (Fact(f.place) for f in said if f.place in ours)


def _out_of_order(said: Sequence[Fact], tables: tuple[Table, ...]) -> Iterator[str]:
    """What refers to a table, or is called by one, goes after it in vain."""
    order = [f.place for f in said if not f.what]
    gone = {place: n for n, place in enumerate(order)}
    for table in tables:
        here = gone.get(f"drop table {table.name}", -1)
        for key in table.foreign_keys:
            end = min(here, gone.get(f"{table.name} loses {key.name}", here))
            if key.target != table.name and end > gone.get(f"drop table {key.target}", end):
                yield f"drop table {key.target}: {table.name} still refers to it"
        for place, when in gone.items():
            if place.startswith(("drop function ", "drop type ")) and when < here:
                yield f"{place}: {table.name} still needs it"


def _beside(home: str, files: Mapping[str, Artifact], step: _Step) -> Iterator[str]:
    """The files in the tool's own language, line by line, without words for people."""
    tool, dialect = step.tool, step.reader.dialect
    values = {
        "{url}": f"{snake(step.store).upper()}_URL",
        "{driver}": DRIVERS[dialect],
        "{dialect}": dialect,
        "{limits}": "".join(f'    "{limit.removesuffix(";")}",\n' for limit in step.limits),
        "{up}": tool.up,
        "{down}": tool.down,
    }
    said, wanted = list[Fact](), list[Fact]()
    known = {f"{home}/{path}" for path in (tool.up, tool.down) if path}
    for file in migration_files(Catalogue(), tool.id):
        known.add(path := f"{home}/{file.path}")
        shown = files[path].content.decode() if path in files else ""
        text = file.text
        if file.path == tool.up:
            shown, text = _code(shown), _code(text.replace("{up}", "").replace("{down}", ""))
        text = _PLACE.sub(lambda found: values[found[0]], text)
        said += _lines(path, shown)
        wanted += _lines(path, text)
    yield from compare(said, wanted)
    yield from (f"not in the model: {path}" for path in sorted(files.keys() - known))


def _code(text: str) -> str:
    """Python without the statements of the step, and without its docstrings."""
    module = ast.parse(text)
    for node in ast.walk(module):
        if isinstance(node, ast.Module | ast.FunctionDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:]
    module.body = [n for n in module.body if not isinstance(n, ast.Assign)]
    return ast.unparse(module)


def _lines(path: str, text: str) -> Iterator[Fact]:
    plain = (line.strip() for line in _TOLD.sub("", text).splitlines())
    yield from (Fact(path, f"line {n}", line) for n, line in enumerate(filter(None, plain), start=1))
