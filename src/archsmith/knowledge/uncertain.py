"""What varies when a choice is tried under other values of what nobody stated, and one such set of values."""

import enum
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.model.base import Value
from archsmith.model.domain import Derivation
from archsmith.model.requirements import Requirements


class VariedKind(enum.StrEnum):
    """What an input is put on: see the head of data/uncertain.yaml."""

    ASSUMED = "assumed"
    ROWS = "rows"
    EFFORT = "effort"
    LOAD = "load"
    PLACE = "place"
    LAW = "law"


class VariedInput(Value, frozen=True, kw_only=True):
    """An input that varies where it was assumed. `what` stands in a sentence (`where {what} is below`).

    `unit`: where it is not that of what varies. `low`/`high`: factors on the value where what varies has no range of
    its own, with the reason in `why`.
    """

    id: str
    kind: VariedKind
    what: str
    of: tuple[str, ...]
    unit: str = ""
    low: float | None = None
    high: float | None = None
    why: str = ""


VARIED: Final = Table("uncertain", VariedInput)


class Draw(Struct, frozen=True):
    """One set of values for all that was assumed: `values` by input, and what a stage sees in place of its inputs."""

    values: Mapping[str, float]
    requirements: Requirements
    derivation: Derivation
    catalogue: Catalogue
