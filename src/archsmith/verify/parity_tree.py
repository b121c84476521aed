"""Parsed files as facts, node by node: whatever is added, taken away or changed anywhere in a tree is a difference."""

import re
from collections.abc import Iterator
from typing import Any, Final

from archsmith.verify.parity_facts import Fact

WORDS: Final = frozenset({"description", "summary", "title"})
"""Keys whose text is for people and states nothing of the model; where it does, its reader puts `numbers` there."""
_NUMBER: Final = re.compile(r"[-+]?[\d.]+(?:e[-+]?\d+)?|true|false|null|", re.IGNORECASE)
"""A text that reads like something else."""


def tree_facts(place: str, node: Any, words: frozenset[str] = WORDS) -> Iterator[Fact]:
    """A fact for each value of a mapping, its place the path to it; texts under `words` are left out.

    A list of plain values is one fact, in its order; of other lists each element has its number.

    >>> [tuple(fact) for fact in tree_facts("server", {"port": 1, "title": "Broker", "tags": [{"name": "x"}]})][1:]
    [('server', 'port', '1'), ('server.tags.0', '', ''), ('server.tags.0', 'name', 'x')]
    """
    yield Fact(place)
    for key, value in node.items():
        if isinstance(value, str) and key in words:
            continue
        inner = f"{place}.{key}"
        if isinstance(value, dict):
            yield from tree_facts(inner, value, words)
        elif isinstance(value, list) and any(isinstance(v, dict | list) for v in value):
            for number, part in enumerate(value):
                one = part if isinstance(part, dict) else {"is": part}
                yield from tree_facts(f"{inner}.{number}", one, words)
        else:
            yield Fact(place, str(key), _shown(value))


def _shown(value: Any) -> str:
    """A value so that a number, a text of digits and a truth value are told apart."""
    if isinstance(value, list):
        return f"[{', '.join(_shown(v) for v in value)}]"
    if isinstance(value, str):
        return repr(value) if _NUMBER.fullmatch(value) else value
    return repr(value).removesuffix(".0") if isinstance(value, float) else repr(value)
