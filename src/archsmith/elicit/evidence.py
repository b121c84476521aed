"""Evidence that a noun names a thing of which records are kept: the ways of using it, and what each is worth."""

import enum
from typing import Final

from msgspec import Struct, field

from archsmith.kernel.provenance import Stated


class Use(enum.StrEnum):
    """A way of speaking of a noun. The text is what the mention says of it."""

    NAMED = "named"
    IN_DEED = "in a sentence that says what is done"
    ARGUMENT = "somebody or something acts on it"
    MANY = "one of several"
    ACTED_ON = "operation"
    READ = "looked at"
    DOES = "acts"
    COUNTED = "counted"
    ROWS = "counted in thousands"
    EACH = "each of it"
    HAS = "has others"
    MEMBER = "had by another"
    LISTED = "listed"
    LABEL = "explained behind a colon"
    LEFT = "left behind by a deed"
    DENIED = "denied"
    TOLD = "part of the story"
    BARE = "without an article"
    CLASHES = "reads as a verb"
    PROPER = "a proper name"


_POINTS: Final = {
    Use.NAMED: (0, 0, 0),
    Use.IN_DEED: (0, 0, 0),
    Use.ARGUMENT: (1, 0, 1),
    Use.MANY: (0, 0, 0),
    Use.ACTED_ON: (2, 1, 4),
    Use.READ: (1, 1, 2),
    Use.DOES: (2, 0, 2),
    Use.COUNTED: (2, 0, 2),
    Use.ROWS: (1, 0, 1),
    Use.EACH: (1, 0, 1),
    Use.HAS: (4, 0, 4),
    Use.MEMBER: (2, 0, 2),
    Use.LISTED: (1, 0, 1),
    Use.LABEL: (2, 0, 2),
    Use.LEFT: (2, 0, 2),
    Use.DENIED: (-2, 0, -2),
    Use.TOLD: (0, 0, 0),
    Use.BARE: (-1, 0, -1),
    Use.CLASHES: (-3, 0, -3),
    Use.PROPER: (-2, 0, -2),
}
"""Points of the first use of a sort, of each further one with other words, and the most (or least) together."""


class Candidate(Struct):
    """A noun with its uses: by sort, the words that show it. `aside`: named in brackets only, as a detail."""

    first: int
    why: Stated | None = None
    uses: dict[Use, dict[str, None]] = field(default_factory=dict)
    sentences: set[int] = field(default_factory=set)
    told: set[int] = field(default_factory=set)
    aside: bool = True
    attributes: list[str] = field(default_factory=list)
    states: list[str] = field(default_factory=list)

    def see(self, use: Use, words: str = "") -> None:
        """Notes one use."""
        self.uses.setdefault(use, {})[words] = None

    def points(self) -> int:
        """The sum over the sorts of use, and what repetition adds."""
        total = 0
        for use, words in self.uses.items():
            one, more, limit = _POINTS[use]
            sum_ = one + more * (len(words) - 1)
            total += min(sum_, limit) if limit >= 0 else max(sum_, limit)
        plain = len(self.sentences - self.told)
        if self.sentences and self.aside and Use.MANY not in self.uses:
            total -= 2
        return total + (plain >= 2) + (plain >= 4) - 2 * (plain == 0 and bool(self.told))
