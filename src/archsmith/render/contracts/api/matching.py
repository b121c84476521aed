"""A text that matches a regular expression: for examples of fields whose pattern no sample fits."""

import importlib
import re
from collections.abc import Callable, Iterable
from typing import Any, Final

# The standard library's own reader of patterns; its module has no public name and no types.
sre: Any = importlib.import_module("re._constants")
_parser: Any = importlib.import_module("re._parser")


def matching(pattern: str, pick: int) -> str:
    """A text that `pattern` matches as a whole, of the shortest repetitions; `pick` chooses among characters.

    Literals, sets, groups, branches and repetitions are followed, which is what patterns of fields have.

    >>> matching("^[A-Z]{3}-(x|y)?[0-9]+$", 7), matching("^Bearer$", 1)
    ('HIJ-1', 'Bearer')
    """
    parts: list[str] = []
    for token in _parser.parse(pattern):
        parts.append(_text(token, pick + len("".join(parts))))
    return "".join(parts)


def _text(token: Any, pick: int) -> str:
    kind, value = token
    made = _MAKE.get(kind)
    return made(value, pick) if made else ""


def _all(tokens: Iterable[Any], pick: int) -> str:
    text = ""
    for token in tokens:
        text += _text(token, pick + len(text))
    return text


def _repeated(value: Any, pick: int) -> str:
    low, _, tokens = value
    text = ""
    for _ in range(low):
        text += _all(tokens, pick + len(text))
    return text


def _one_of(value: Any, pick: int) -> str:
    """A character of a set; of a negated one a letter that is not in it."""
    inside: list[int] = []
    negated = bool(value) and value[0][0] is sre.NEGATE
    for kind, member in value:
        if kind is sre.LITERAL:
            inside.append(member)
        elif kind is sre.RANGE:
            inside.extend(range(member[0], member[1] + 1))
    choices = [c for c in range(97, 123) if c not in inside] if negated else inside
    return chr(choices[pick % len(choices)]) if choices else ""


_MAKE: Final[dict[Any, Callable[[Any, int], str]]] = {
    sre.LITERAL: lambda value, _pick: chr(value),
    sre.IN: _one_of,
    sre.ANY: lambda _value, pick: chr(97 + pick % 26),
    sre.MAX_REPEAT: _repeated,
    sre.MIN_REPEAT: _repeated,
    sre.SUBPATTERN: lambda value, pick: _all(value[-1], pick),
    sre.BRANCH: lambda value, pick: _all(value[1][0], pick),
}


def fits(pattern: str, text: str) -> bool:
    """Whether the whole text matches."""
    return re.fullmatch(pattern, text) is not None
