"""What is left of a file without its names and words, as its own reader sees it: two designs that differ in names alone
must leave the same."""

import json
import re
import sqlite3
from collections.abc import Callable
from typing import Any, Final

import pglast
from markdown_it import MarkdownIt
from pglast import ast

from archsmith.kernel import safeyaml

NAMED: Final = frozenset(
    "paths properties schemas parameters headers responses examples securitySchemes scopes variables channels messages "
    "operations patternProperties callbacks webhooks services volumes networks environment definitions $defs mapping "
    "depends_on".split()
)
"""Keys below which the keys are names."""
WORDS: Final = frozenset("description example examples value summary title default message pattern".split())
"""Keys whose values are words or follow from names."""
CLOSED: Final = frozenset("type format in method action protocol".split())
"""Keys whose values are of a closed list."""


def masked(value: Any, *, named: bool = False) -> Any:
    """A tree with the same kinds of nodes: names masked, and sorted where their order follows from them."""
    if isinstance(value, dict):
        if named:
            return sorted((masked(inner) for inner in value.values()), key=repr)
        return {
            key: inner if key in CLOSED and isinstance(inner, str) else masked(inner, named=key in NAMED)
            for key, inner in value.items()
            if key not in WORDS
        }
    if isinstance(value, list):
        return sorted((masked(inner) for inner in value), key=repr)
    return "text" if isinstance(value, str) else type(value).__name__


def _postgres(text: str) -> Any:
    """Statements in their order; of each table the types and constraints of its columns in theirs."""
    return [_statement(raw.stmt) for raw in pglast.parse_sql(text)]


def _statement(made: Any) -> Any:
    kind = type(made).__name__
    if isinstance(made, ast.CreateStmt):
        return kind, [_element(e) for e in made.tableElts or ()]
    if isinstance(made, ast.IndexStmt):
        return (
            kind,
            len(made.indexParams or ()),
            bool(made.unique),
            str(made.accessMethod),
            made.whereClause is not None,
        )
    return kind


def _element(node: Any) -> Any:
    if isinstance(node, ast.ColumnDef):
        kind: Any = node.typeName
        return kind.names[-1].sval, [c.contype.name for c in node.constraints or ()]
    return node.contype.name, len(node.keys or node.fk_attrs or ())


def _sqlite(text: str) -> Any:
    """What the database says of itself when it has run the file."""
    with sqlite3.connect(":memory:") as database:
        database.executescript(text)
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return sorted(
            ([row[2:4] for row in database.execute("SELECT * FROM pragma_table_xinfo(?)", (name,))] for name in tables),
            key=repr,
        )


def _markdown(text: str) -> Any:
    """The blocks in their order, and the width of each table."""
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    assert not [t for t in tokens if t.type == "html_block"]
    inner = [c for t in tokens for c in t.children or ()]
    assert not [c for c in inner if c.type in ("html_inline", "image")]
    return [t.type for t in tokens if t.type not in ("inline",)]


def _lines(pattern: str) -> Callable[[str], Any]:
    """For small languages: each line by its first word of a closed list, and how many brackets of each kind it has.

    Quoted words, words after a colon, titles and comments are left out.
    """
    words = re.compile(pattern)

    def read(text: str) -> Any:
        found = []
        for line in text.splitlines():
            line = re.sub(r'"[^"]*"|#[^#]*$|(?<!:): .*| as .*|^\s*title .*', "", line)
            word = words.match(line.strip())
            found.append((word[0] if word else "", *(line.count(mark) for mark in "[](){}")))
        return found

    return read


def _env(text: str) -> Any:
    return [line.startswith("#") or line.partition("=")[1] for line in text.splitlines() if not line.startswith("#")]


READERS: Final[tuple[tuple[str, Callable[[str], Any]], ...]] = (
    (r"db/(.*/)?schema\.sql", _postgres),
    (r"db/(.*/)?schema-sqlite\.sql", _sqlite),
    (r"(api|infra)/.*\.ya?ml", lambda text: masked(safeyaml.load(text))),
    (r"(api|db)/.*\.json", lambda text: masked(json.loads(text))),
    (r".*\.md", _markdown),
    (r".*\.mmd", _lines(r"erDiagram|flowchart|sequenceDiagram|C4\w+|participant|actor|section|end\b|\}")),
    (r".*Dockerfile", _lines(r"[A-Z]+\b")),
    (r".*\.env\.example", _env),
)


def structures(files: dict[str, str]) -> dict[str, Any]:
    """The structures of files by path; where a path has a name in it, all of a folder and kind together.

    Files that no reader is for count by their number. Raises what a reader raises.
    """
    found: dict[str, list[Any]] = {}
    for path, text in files.items():
        read = next((read for pattern, read in READERS if re.fullmatch(pattern, path)), None)
        folder, _, name = path.rpartition("/")
        found.setdefault(f"{folder}/*.{name.rpartition('.')[2]}", []).append(read(text) if read else None)
    return {kind: sorted(each, key=repr) for kind, each in found.items()}
