"""Edits of parsed trees, each one small, everywhere: a node is dropped, renamed, changed, of another type, or too much.

Texts for people are left alone, but for the figures in those that state some.
"""

import copy
import re
from collections.abc import Callable, Iterator
from typing import Any

Path = tuple[Any, ...]
Edit = Callable[[Any, Any], bool]
"""Does one thing to `holder[key]`; False where there is nothing of the kind to do."""
Free = Callable[[Path, str], bool]
"""Whether an edit, by its name, of what stands at a path changes no fact of the model."""


def nodes(value: Any, path: Path = ()) -> Iterator[Path]:
    """Every key and every element, the outer ones first."""
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in list(keys):
        yield (*path, key)
        yield from nodes(value[key], (*path, key))


def edits(document: Any, free: Free) -> Iterator[tuple[str, Any]]:
    """The document after each edit, edited in place: look at it before asking for the next."""
    yield from ((name, edited) for _, name, edited in located(document, free))


def located(document: Any, free: Free) -> Iterator[tuple[Path, str, Any]]:
    """The same, with the path of what is edited."""
    for path in list(nodes(document)):
        holder, key = document, path[-1]
        for step in path[:-1]:
            holder = holder[step]
        for name, edit in EDITS.items():
            if free(path, name):
                continue
            before = copy.deepcopy(holder)
            if edit(holder, key):
                yield path, f"{name} {'.'.join(map(str, path))}", document
            holder.clear()
            holder.update(before) if isinstance(holder, dict) else holder.extend(before)


def _drop(holder: Any, key: Any) -> bool:
    del holder[key]
    return True


def _rename(holder: Any, key: Any) -> bool:
    if isinstance(holder, dict):
        items = [(f"{key}x" if k == key else k, v) for k, v in holder.items()]
        holder.clear()
        holder.update(items)
    return isinstance(holder, dict)


def _change(holder: Any, key: Any) -> bool:
    value = holder[key]
    if isinstance(value, bool):
        holder[key] = not value
    elif isinstance(value, int | float):
        holder[key] = value + 1
    elif isinstance(value, str):
        holder[key] = f"{value}x"
    return isinstance(value, bool | int | float | str)


def _retype(holder: Any, key: Any) -> bool:
    """A number as text, a text in a list."""
    value = holder[key]
    holder[key] = str(value).lower() if isinstance(value, bool | int | float) else [value]
    return isinstance(value, bool | int | float | str)


def _add(holder: Any, key: Any) -> bool:
    """One thing more in a mapping or a list: a copy of the first, else a mark."""
    value = holder[key]
    if isinstance(value, dict):
        value["extra"] = copy.deepcopy(next(iter(value.values()), True))
    elif isinstance(value, list):
        value.append(copy.deepcopy(value[0]) if value and isinstance(value[0], dict) else "extra")
    return isinstance(value, dict | list)


def _swap(holder: Any, key: Any) -> bool:
    """Two neighbours in a list change places."""
    value = holder[key]
    if isinstance(value, list) and len(value) > 1 and value[0] != value[1]:
        value[:2] = [value[1], value[0]]
        return True
    return False


def _figure(holder: Any, key: Any) -> bool:
    """The last figure of a text is another."""
    value = holder[key]
    found = list(re.finditer(r"\d+", value)) if isinstance(value, str) else []
    if found:
        at = found[-1]
        holder[key] = f"{value[: at.start()]}{int(at[0]) + 1}{value[at.end() :]}"
    return bool(found)


EDITS: dict[str, Edit] = {
    "drop": _drop,
    "rename": _rename,
    "change": _change,
    "retype": _retype,
    "add": _add,
    "swap": _swap,
    "figure": _figure,
}
