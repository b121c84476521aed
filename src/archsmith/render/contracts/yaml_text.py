"""Data as block-style YAML that a person can read: keys in the given order, no aliases, long text folded."""

import re
from typing import Any, Final

import yaml

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
WIDTH: Final = 110
"""Columns after which long text goes on in the next line."""

_Base: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Dumper(_Base):  # type: ignore[misc]  # the C dumper where it is built, else the same in Python
    """The safe dumper without aliases, with literal blocks for text of several lines."""

    def ignore_aliases(self, _data: Any) -> bool:
        """A value that occurs twice is written twice: a reader needs no anchors."""
        return True


def _text(dumper: Any, value: str) -> Any:
    value = _SURROGATE.sub("\ufffd", value)
    style = "|" if "\n" in value and _fits_block(value) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _fits_block(value: str) -> bool:
    """Whether a literal block can hold the text as it is."""
    return all(line == line.rstrip() for line in value.split("\n")) and not value.startswith((" ", "\n"))


_Dumper.add_representer(str, _text)


def dump(data: Any) -> str:
    """YAML text of plain data: dicts, lists, strings, numbers, booleans, None. Other types raise RepresenterError."""
    return str(yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH))
