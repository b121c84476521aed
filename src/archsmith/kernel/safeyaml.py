"""YAML from strangers, bounded: no tags, no aliases (so no bombs), limited size and depth."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import yaml

MAX_BYTES: Final = 2_000_000
MAX_DEPTH: Final = 60
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class BadYaml(ValueError):
    """The text is no YAML that we take. `line` counts from 1, or is None."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


def load(text: str) -> Any:
    """Plain data from YAML text. Raises BadYaml, with the line, on bad syntax, aliases, tags or over-deep nesting."""
    with _errors_as_ours(text):
        _screen(text, _LOADER)
        return load_own(text)


def screen(text: str, limit: int = MAX_BYTES) -> None:
    """Only looks: raises BadYaml, with the line, on bad syntax, aliases, tags or over-deep nesting; builds nothing."""
    with _errors_as_ours(text, limit):
        _screen(text, _LOADER, tags=False)


@contextmanager
def _errors_as_ours(text: str, limit: int = MAX_BYTES) -> Iterator[None]:
    if len(text.encode("utf-8", "surrogatepass")) > limit:
        raise BadYaml(f"larger than {limit:,} bytes")
    try:
        yield
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise BadYaml(error.problem or "bad syntax", line) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        if isinstance(error, BadYaml):
            raise
        raise BadYaml(str(error)) from error


def load_own(text: str) -> Any:
    """Plain data from a file of the package itself: not screened, which would cost as much again."""
    return yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader


def _screen(text: str, loader: Any, *, tags: bool = True) -> None:
    """One pass over the events, in constant memory, before anything is built. `tags`: left to who builds."""
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        if isinstance(event, yaml.AliasEvent):
            raise BadYaml("an alias (*name) is not taken here: write the value out", _line(event))
        if not tags and getattr(event, "tag", None) is not None:
            raise BadYaml("a tag (!name) is not taken here", _line(event))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise BadYaml(f"nested deeper than {MAX_DEPTH}", _line(event))
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _line(event: yaml.Event) -> int | None:
    return event.start_mark.line + 1 if event.start_mark else None
