"""What statements beside tables say: functions, types, comments, rights, settings, queries, and what goes down."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from archsmith.verify.parity_facts import Fact, facts_at, seen

_KEPT: Final = re.compile(r"^(.*)\. Kept for ([\d.]+ (?:day|month|year)s?)$", re.DOTALL)
_INNER: Final = re.compile(r"\A\s*BEGIN\s+(IF .*? THEN)\n(.*)\n\s*END IF;\s*END;\s*\Z", re.DOTALL)
"""A block of ours: what it does where a condition holds."""


def spelled(node: Any) -> str:
    """A node of the parser as PostgreSQL would write it."""
    from pglast.stream import RawStream

    return str(RawStream()(node)).replace("pg_catalog.", "") if node is not None else ""


def names_in(nodes: Any) -> tuple[str, ...]:
    """The names in a list of the parser."""
    return tuple(str(n.sval) for n in nodes or ())


def unknown(node: Any) -> Iterator[Fact]:
    """A statement of no kind that we write: the model never has it."""
    yield Fact(f"statement {spelled(node)}")


def _transaction(node: Any) -> Iterator[Fact]:
    yield Fact("transaction", spelled(node))  # the reader adds where it stands


def _setting(node: Any) -> Iterator[Fact]:
    yield from facts_at(f"setting {node.name}", {"is": spelled(node)})


def _function(node: Any) -> Iterator[Fact]:
    yield from facts_at(f"function {names_in(node.funcname)[-1]}", {"is": spelled(node)})


def _type(node: Any) -> Iterator[Fact]:
    yield from facts_at(f"type {names_in(node.typeName)[-1]}", {"is": spelled(node)})


def _comment(node: Any) -> Iterator[Fact]:
    """Of a table also how long rows are kept."""
    kind = node.objtype.name.removeprefix("OBJECT_").lower()
    text = seen(str(node.comment))
    kept = _KEPT.match(text) if kind == "table" else None
    said = {"is": kept[1], "kept for": kept[2]} if kept else {"is": text}
    yield from facts_at(f"comment on {kind} {'.'.join(names_in(node.object))}", said)


def _select(node: Any) -> Iterator[Fact]:
    """A call: of which function with what, each as often as it is there."""
    yield Fact(f"call {spelled(node)}")


def _do(node: Any) -> Iterator[Fact]:
    """A block: under which condition, and the statements in it."""
    from pglast import parse_sql

    text = str(node.args[0].arg.sval)
    inner = _INNER.match(text)
    if inner is None:
        yield Fact(f"block {' '.join(text.split())}")
        return
    condition = " ".join(inner[1].split())
    for raw in parse_sql(re.sub(r"^\s*PERFORM ", "SELECT ", inner[2], flags=re.MULTILINE)):
        yield Fact(f"block {condition} {spelled(raw.stmt)}")


def _prepare(node: Any) -> Iterator[Fact]:
    yield from facts_at(f"query {node.name}", {"is": spelled(node.query)})


def _grant(node: Any) -> Iterator[Fact]:
    """What a role may do with each thing; what all of them lose stands as it is written."""
    if not node.is_grant or node.targtype.name != "ACL_TARGET_OBJECT":
        yield Fact(f"right {spelled(node)}")
        return
    rights = frozenset(str(p.priv_name) for p in node.privileges or ()) or frozenset({"all"})
    again = " with grant option" if node.grant_option else ""
    kind = node.objtype.name.removeprefix("OBJECT_").lower()
    for role in node.grantees:
        for each in node.objects:
            thing = str(each.relname) if hasattr(each, "relname") else str(each.sval)
            yield Fact(f"right of {spelled(role)} on {kind} {thing}", f"may{again}", rights)


def _drop(node: Any) -> Iterator[Fact]:
    """What goes: with everything that hangs on it only where that is said."""
    kind = node.removeType.name.removeprefix("OBJECT_").lower()
    besides = f"{'if exists ' * bool(node.missing_ok)}{node.behavior.name.removeprefix('DROP_').lower()}"
    for each in node.objects:
        name = ".".join(names_in(each)) if isinstance(each, tuple) else spelled(each)
        yield from facts_at(f"drop {kind} {name}", {"besides": besides})


OTHERS: Final[dict[str, Callable[[Any], Iterable[Fact]]]] = {
    "TransactionStmt": _transaction,
    "VariableSetStmt": _setting,
    "CreateFunctionStmt": _function,
    "CreateRangeStmt": _type,
    "CommentStmt": _comment,
    "SelectStmt": _select,
    "DoStmt": _do,
    "PrepareStmt": _prepare,
    "GrantStmt": _grant,
    "DropStmt": _drop,
}
"""By the parser's name of a statement."""
