"""Statements of CQL and of the SQL of ClickHouse and BigQuery, read token by token: nothing of a file is left out.

A parser of these languages (sqlglot) forgets what it does not model, so that an edit of it would go unseen.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from archsmith.verify.parity_store_kept import Tree, apart, comments

_TOKENS: Final = r"""--[^\n]*|/\*.*?\*/|'{inside}*'|"(?:[^"]|"")*"|`[^`]*`|\w+|[^\s\w]"""
_STANDARD: Final = re.compile(_TOKENS.replace("{inside}", "(?:[^']|'')"), re.DOTALL)
_BACKSLASH: Final = re.compile(_TOKENS.replace("{inside}", r"(?:[^'\\]|\\.)"), re.DOTALL)
_SPACE: Final = re.compile(r"(?<=[(<\[{]) | (?=[),>;\]}(<])")
_OPEN, _CLOSE = "([{<", ")]}>"
_TOLD: Final = frozenset({"comment", "description"})
"""What words for people stand behind."""
_CLAUSES: Final = (
    ("CLUSTERING", "ORDER", "BY"), ("PARTITION", "BY"), ("ORDER", "BY"), ("CLUSTER", "BY"), ("ON", "CLUSTER"),
    ("ENGINE",), ("TTL",), ("COMMENT",), ("OPTIONS",), ("WITH",), ("AND",), ("AS",),
)  # fmt: skip
"""What a part of a statement behind its columns begins with."""


def flat(text: str, *, backslash: bool = False) -> str:
    """A piece of a language with its spaces where this module has them.

    >>> flat("Decimal( 14,2 )"), flat("PRIMARY KEY ((`a`), b)")
    ('Decimal(14, 2)', 'PRIMARY KEY((a), b)')
    """
    return _joined(_tokens(text, _BACKSLASH if backslash else _STANDARD))


def _tokens(text: str, grammar: re.Pattern[str]) -> list[str]:
    found = [t for t in grammar.findall(text) if not t.startswith(("--", "/*"))]
    return [t[1:-1].replace('""', '"') if t[0] in '"`' else t for t in found]


def _joined(tokens: Sequence[str]) -> str:
    return _SPACE.sub("", " ".join(tokens)).replace(" ,", ",").replace(" .", ".")


def tables(text: str, *, backslash: bool, head: int) -> Tree:
    """Each table with its columns and what is said behind them; all other statements as they stand; the comments."""
    found: dict[str, Tree] = {}
    others: list[Tree] = []
    for statement in _statements(_tokens(text, _BACKSLASH if backslash else _STANDARD)):
        if statement[:2] == ["CREATE", "TABLE"] and statement[2] not in found:
            found[statement[2]] = _table(statement[3:])
        else:
            others.append(_said(statement, 0))
    return {"tables": found, "others": others, "comments": comments(text, "--", head)}


def _statements(tokens: list[str]) -> Iterator[list[str]]:
    """Each without its semicolon; what no semicolon ends keeps a mark."""
    while tokens:
        ends = tokens.index(";") if ";" in tokens else len(tokens)
        yield tokens[:ends] if ends < len(tokens) else [*tokens, "(without end)"]
        tokens = tokens[ends + 1 :]


def _table(rest: list[str]) -> Tree:
    """Columns in brackets, if any, and the clauses before and behind them."""
    first = rest.index("(") if "(" in rest else -1
    if first < 0 or "AS" in rest[:first] or "ENGINE" in rest[:first]:
        return _clauses(rest)
    last = _closing(rest, first)
    parts = [["", *p] if p[:2] == ["PRIMARY", "KEY"] else p for p in _split(rest[first + 1 : last])]
    columns = apart((words[0], _said(words, 1)) for words in parts)
    return {"columns": columns, **_clauses(rest[:first] + rest[last + 1 :])}


def _closing(tokens: Sequence[str], first: int) -> int:
    depth = 0
    for at in range(first, len(tokens)):
        depth += (tokens[at] in _OPEN) - (tokens[at] in _CLOSE)
        if depth == 0:
            return at
    return len(tokens)


def _split(tokens: Sequence[str]) -> Iterator[list[str]]:
    """The parts between commas that stand in no further brackets."""
    depth, part = 0, list[str]()
    for word in [*tokens, ","]:
        depth += (word in _OPEN) - (word in _CLOSE)
        if word == "," and depth <= 0:
            yield part
            part = []
        else:
            part.append(word)


def _clauses(tokens: list[str]) -> Tree:
    """By the words that each begins with; of options in CQL by their names."""
    return apart(
        (" ".join([name, *words[:1]]) if name in ("WITH", "AND") else name, _said([name, *words], 1))
        for name, words in _headed(tokens)
    )


def _headed(tokens: list[str]) -> Iterator[tuple[str, list[str]]]:
    """The clauses of a statement, each behind the words that it begins with."""
    name, words, depth, at = "", list[str](), 0, 0
    while at < len(tokens):
        head = next((c for c in _CLAUSES if depth == 0 and tuple(tokens[at : at + len(c)]) == c), None)
        if head:
            if name or words:
                yield name, words
            name, words, at = " ".join(head), [], at + len(head)
            continue
        depth += (tokens[at] in _OPEN) - (tokens[at] in _CLOSE)
        words.append(tokens[at])
        at += 1
    if name or words:
        yield name, words


def _said(tokens: Sequence[str], first: int) -> Tree:
    """What tokens from the first on say, and apart from it what they tell people."""
    told = [t[1:-1] for at, t in enumerate(tokens) if _is_told(tokens, at)]
    kept = [t for at, t in enumerate(tokens) if at >= first and not _is_told(tokens, at)]
    return {"is": _joined(kept)} | ({"told": " ".join(told)} if told else {})


def _is_told(tokens: Sequence[str], at: int) -> bool:
    """Whether a text in quotation marks is for people: behind COMMENT, or `comment =`, `description =`."""
    before = [t for t in tokens[max(0, at - 2) : at] if t != "="]
    return tokens[at].startswith("'") and bool(before) and before[-1].lower() in _TOLD
