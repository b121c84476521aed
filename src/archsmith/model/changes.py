"""What `vary` returns: the requirements with changes that somebody asked for, each beside what it replaces."""

import enum

from archsmith.model.base import Value
from archsmith.model.requirements import Requirements


class ChangeKind(enum.StrEnum):
    """What was asked for: another figure, or a technology out or in."""

    SET = "set"
    FORBID = "forbid"
    REQUIRE = "require"


class Origin(enum.StrEnum):
    """Where the replaced value came from. `SILENT`: there was none."""

    STATED = "stated"
    GIVEN = "given"
    ASSUMED = "assumed"
    DERIVED = "derived"
    SILENT = "silent"


class Replaced(Value, frozen=True, kw_only=True):
    """A figure of the brief that changes along, with the words that say it."""

    what: str
    before: float
    after: float
    unit: str
    quote: str = ""
    line: int | None = None


class Change(Value, frozen=True, kw_only=True):
    """One change. `name` is the lever's or the technology's, `asked` the words of whoever asked.

    `before` and `after` are as they are shown, `value_before` and `value_after` in `unit`, where they are numbers.
    `origin`, `quote` and `line` say where the replaced value came from, `also` what changes along with it.
    """

    kind: ChangeKind
    name: str
    asked: str
    what: str
    before: str
    after: str
    value_before: float | None = None
    value_after: float | None = None
    unit: str = ""
    origin: Origin
    quote: str = ""
    line: int | None = None
    reason: str = ""
    also: tuple[Replaced, ...] = ()


class Varied(Value, frozen=True, kw_only=True):
    """The changed requirements, and the changes in the order in which they were asked for.

    `scaled`: factors that are to be put on what follows from the requirements, since no single figure of the brief
    stands for it.
    """

    requirements: Requirements
    changes: tuple[Change, ...]
    scaled: tuple["Scale", ...] = ()


class Scale(Value, frozen=True, kw_only=True):
    """`factor` on the traffic, the peaks or the data kept, as `lever` says."""

    lever: str
    factor: float
