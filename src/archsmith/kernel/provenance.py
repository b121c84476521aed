"""Where a fact comes from: a closed sum of four, and the fact that carries it."""

from typing import Generic, TypeVar

import msgspec


class Span(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place in a source file. Lines and columns count from 1; `end_column` is one past the last character.

    `quote` is verbatim: the characters from start to end, line breaks included.
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    quote: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class Stated(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="stated", tag_field="by"):
    """The brief says it, in these words."""

    at: Span


class Given(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="given", tag_field="by"):
    """A person set it in a structured file; `key` is the path inside the file (`targets.availability`)."""

    file: str
    key: str


class Assumed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="assumed", tag_field="by"):
    """Nobody said it: a default, its reason, and where the default stands (`defaults/peak_factor`)."""

    reason: str
    source: str


class Derived(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="derived", tag_field="by"):
    """Computed: the rule's id, the formula with its figures put in, and the named inputs (ids or step names)."""

    rule: str
    formula: str = ""
    inputs: tuple[str, ...] = ()


Provenance = Stated | Given | Assumed | Derived

T = TypeVar("T")


class Fact(msgspec.Struct, Generic[T], frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A value that knows where it came from."""

    value: T
    why: Provenance


def quote_of(why: Provenance) -> str | None:
    """The verbatim words behind a fact, or None where nobody wrote any."""
    return why.at.quote if isinstance(why, Stated) else None


def line_of(why: Provenance) -> int | None:
    """The line of the brief behind a fact, or None."""
    return why.at.line if isinstance(why, Stated) else None
