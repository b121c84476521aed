"""Turns of speech that tell what a sentence asks of a design: patterns over words, compiled when first looked for."""

import functools
import re
from typing import Final

from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.model.base import Value


class Turn(Value, frozen=True, kw_only=True):
    """`pattern`: a regular expression, read without regard to case. `{id}` in it stands for another row's pattern."""

    id: str
    what: str
    pattern: str


TURNS: Final = Table("turns", Turn)
"""No rows of one's own are laid over these: a stranger's pattern could run for ever."""
_PART: Final = re.compile(r"\{([a-z_]+)\}")


@functools.cache
def turn(ident: str) -> re.Pattern[str]:
    """The pattern of a row. Raises KeyError for an unknown one, a bug of the caller."""
    return re.compile(_whole(ident), re.IGNORECASE)


def _whole(ident: str) -> str:
    pattern = Catalogue().table(TURNS)[ident].pattern
    return _PART.sub(lambda found: f"(?:{_whole(found[1])})", pattern)
