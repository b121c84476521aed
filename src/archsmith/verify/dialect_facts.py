"""What a file of MySQL's or SQLite's SQL says, read by sqlglot: tables by its parser, the rest word by word."""

import functools
import logging
from collections.abc import Iterator, Sequence
from typing import Any, Final

from archsmith.verify.parity_facts import Fact, facts_at, seen
from archsmith.verify.ports import ToolMissing

_KNOWN: Final = frozenset({"this", "kind", "properties"})
"""What of a CREATE TABLE is read; anything else is an addition."""
_PROPERTIES: Final = {
    "EngineProperty": "engine",
    "CharacterSetProperty": "character set",
    "CollateProperty": "collation",
    "SchemaCommentProperty": "comment",
}
"""What is said of a table, by the parser's name."""


def read(text: str, dialect: str) -> Iterator[Fact]:
    """The facts of a file, of every statement. Raises ValueError where the text is no SQL."""
    found = list(_statements(text, dialect))
    for number, tokens in enumerate(found):
        place = "first" if number == 0 else "last" if number == len(found) - 1 else "in between"
        source = text[tokens[0].start : tokens[-1].end + 1]
        about = _told(tokens[0].comments) if dialect == "sqlite" else ""
        for fact in _read(source, dialect, about):
            yield fact._replace(value=place) if fact.place == "transaction" else fact


def statements(text: str, dialect: str) -> Iterator[str]:
    """The text of each statement, without comments before it."""
    return (text[tokens[0].start : tokens[-1].end + 1] for tokens in _statements(text, dialect))


def _statements(text: str, dialect: str) -> Iterator[list[Any]]:
    """The tokens of each statement; a trigger of several ends with END."""
    open_: list[Any] = []
    for token in _tokens(text, dialect):
        if token.text != ";":
            open_.append(token)
        elif open_ and _whole(open_):
            yield open_
            open_ = []
        else:
            open_.append(token)
    if open_:
        yield open_


def _whole(tokens: list[Any]) -> bool:
    words = [t.text.upper() for t in tokens]
    return words[:2] != ["CREATE", "TRIGGER"] or "BEGIN" not in words or words[-1] == "END"


def _tokens(text: str, dialect: str) -> list[Any]:
    try:
        from sqlglot.dialects import Dialect
        from sqlglot.errors import SqlglotError
    except ImportError as error:
        raise ToolMissing("sqlglot is not installed: pip install sqlglot") from error
    try:
        return list(Dialect.get_or_raise(dialect).tokenize(text))
    except SqlglotError as error:
        raise ValueError(_first_line(error)) from error


def _flat(tokens: Sequence[Any]) -> str:
    """Word by word: a name is the same with and without quotation marks, a text never is a name."""
    return " ".join(_word(token) for token in tokens)


def _word(token: Any) -> str:
    match token.token_type.name:
        case "STRING":
            return repr(token.text)
        case "HEX_STRING":
            return f"x'{token.text}'"
        case _:
            return str(token.text)


def statement(text: str, dialect: str) -> str:
    """A whole statement, word by word."""
    return _flat(_tokens(text, dialect))


@functools.lru_cache(maxsize=4096)
def _read(source: str, dialect: str, about: str) -> tuple[Fact, ...]:
    tokens = _tokens(source, dialect)
    words = [t.text for t in tokens]
    match [w.upper() for w in words[:2]]:
        case ["CREATE", "TABLE"]:
            return tuple(_create(source, dialect, about))
        case ["CREATE", "INDEX" | "UNIQUE"]:
            at = words.index("INDEX")
            said = {"is": _flat(tokens), "comment": about}
            return tuple(facts_at(f"{words[at + 3]} index {words[at + 1]}", said))
        case ["CREATE", "TRIGGER"]:
            return tuple(facts_at(f"{words[words.index('ON') + 1]} trigger {words[2]}", {"is": _flat(tokens)}))
        case ["ALTER", "TABLE"] if words[3:5] == ["ADD", "CONSTRAINT"]:
            made = source[tokens[4].start :]
            return tuple(_create(f"CREATE TABLE {_quoted(words[2], dialect)} ({made})", dialect, ""))[1:]
        case ["ALTER", "TABLE"] if words[3:5] in (["DROP", "FOREIGN KEY"], ["DROP", "CONSTRAINT"]):
            return (Fact(f"{words[2]} loses {' '.join(words[5:])}"),)
        case ["DROP", "TABLE"]:
            return tuple(facts_at(f"drop table {words[2]}", {"besides": " ".join(words[3:]) or "restrict"}))
        case ["SET" | "PRAGMA", _]:
            return tuple(facts_at(f"setting {words[1]}", {"is": _flat(tokens)}))
        case ["BEGIN"] | ["COMMIT"] | ["START", "TRANSACTION"]:
            return (Fact("transaction", _flat(tokens)),)
    return (Fact(f"statement {_flat(tokens)}"),)


def _quoted(name: str, dialect: str) -> str:
    mark = "`" if dialect == "mysql" else '"'
    return f"{mark}{name.replace(mark, 2 * mark)}{mark}"


def parsed(source: str, dialect: str) -> Any:
    """A statement's tree. Raises ValueError where it is no SQL."""
    import sqlglot
    from sqlglot.errors import SqlglotError

    logging.getLogger("sqlglot").setLevel(logging.ERROR)  # what it doesn't know is a difference, told by us
    try:
        return sqlglot.parse_one(source, dialect=dialect)
    except SqlglotError as error:
        raise ValueError(_first_line(error)) from error


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]


def _create(source: str, dialect: str, about: str) -> Iterator[Fact]:
    from sqlglot import exp

    node = parsed(source, dialect)
    if not isinstance(node, exp.Create) or not isinstance(node.this, exp.Schema):
        yield Fact(f"statement {statement(source, dialect)}")
        return
    table = str(node.this.this.name)
    said: dict[str, str] = {
        "comment": about,
        "besides": ", ".join(k for k, v in node.args.items() if v and k not in _KNOWN),
    }
    for each in node.args["properties"].expressions if node.args.get("properties") else ():
        kind = type(each).__name__
        said[_PROPERTIES.get(kind, kind)] = seen(each.name) or "on"
    yield from facts_at(table, said)
    for element in node.this.expressions:
        yield from _element(table, element, dialect)


def _element(table: str, node: Any, dialect: str) -> Iterator[Fact]:
    match type(node).__name__:
        case "ColumnDef":
            yield from facts_at(f"{table}.{node.name}", _column(node, dialect))
        case "PrimaryKey":
            yield Fact(table, "primary key", ", ".join(_name(n) for n in node.expressions))
        case "UniqueColumnConstraint":
            yield Fact(f"{table} unique ({', '.join(_name(n) for n in node.this.expressions)})")
        case "ForeignKey":
            columns = ", ".join(n.name for n in node.expressions)
            yield from facts_at(f"{table} foreign key ({columns})", {"is": node.sql(dialect=dialect, identify=True)})
        case "Constraint":
            inner = node.expressions[0]
            kind = "foreign key" if type(inner).__name__ == "ForeignKey" else "check"
            is_ = " ".join(n.sql(dialect=dialect, identify=True) for n in node.expressions)
            yield from facts_at(f"{table} {kind} {node.name}", {"is": is_})
        case other:
            yield Fact(f"{table} {other} {node.sql(dialect=dialect, identify=True)}")


def _name(node: Any) -> str:
    """A column of a key; what it is besides (an order, a part of it) stands in its text."""
    return str(node.name) if type(node).__name__ in ("Identifier", "Column") else str(node.sql())


def _column(node: Any, dialect: str) -> dict[str, str]:
    said = {"type": node.kind.sql(dialect=dialect, identify=True) if node.kind else "", "NULL": "may be NULL"}
    said["comment"] = _told(node.this.comments) if dialect == "sqlite" else ""
    more = [k for k, v in node.args.items() if v and k not in ("this", "kind", "constraints")]
    for each in node.args.get("constraints") or ():
        kind = each.kind
        match type(kind).__name__:
            case "NotNullColumnConstraint" if not kind.args.get("allow_null"):
                said["NULL"] = "NOT NULL"
            case "DefaultColumnConstraint":
                said["DEFAULT"] = kind.this.sql(dialect=dialect, identify=True)
            case "CheckColumnConstraint" if not kind.args.get("enforced"):
                said["CHECK"] = kind.this.sql(dialect=dialect, identify=True)
            case "ComputedColumnConstraint":
                said["generation"] = kind.sql(dialect=dialect, identify=True)
            case "CommentColumnConstraint":
                said["comment"] = seen(kind.name)
            case "CharacterSetColumnConstraint":
                said["character set"] = kind.name
            case "CollateColumnConstraint":
                said["collation"] = kind.this.name
            case _:
                more.append(each.sql(dialect=dialect, identify=True))
    return {**said, "besides": ", ".join(more)}


def _told(lines: Sequence[str] | None) -> str:
    """Comments before a word, as one text."""
    return plain(" ".join(lines or ()))


def plain(text: str) -> str:
    """Words for people as they stand in comments of the language: one line, nothing that can't be seen."""
    return " ".join("".join(seen(c) or " " for c in text).split())


@functools.cache
def column(text: str, dialect: str) -> dict[str, str]:
    """What is said of a column by what stands behind its name; to be read only."""
    node = parsed(f"CREATE TABLE t (c {text})", dialect)
    return _column(node.this.expressions[0], dialect)


@functools.cache
def constraint(text: str, dialect: str) -> str:
    """What stands after `CONSTRAINT name` in a table."""
    node = parsed(f"CREATE TABLE t (CONSTRAINT c {text})", dialect)
    return " ".join(n.sql(dialect=dialect, identify=True) for n in node.this.expressions[0].expressions)


def key(text: str, dialect: str) -> str:
    """A foreign key without a name."""
    return str(parsed(f"CREATE TABLE t ({text})", dialect).this.expressions[0].sql(dialect=dialect, identify=True))
