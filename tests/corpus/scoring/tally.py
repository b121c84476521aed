"""What the comparison of one field, and of one brief, comes to."""

from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]


@dataclass
class Tally:
    """One field of one brief, or of many added up.

    `wrong` is said against the expectation; the worst of it is also `forbidden`. `extra` is said, and neither expected
    nor ruled out.
    """

    found: int = 0
    expected: int = 0
    reported: int = 0
    missing: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    forbidden: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)

    def see(self, ok: bool, what: str) -> None:
        """Counts one expected fact."""
        self.expected += 1
        self.found += ok
        if not ok:
            self.missing.append(what)

    def forbid(self, what: str) -> None:
        """Notes a fact that must not be claimed."""
        self.wrong.append(what)
        self.forbidden.append(what)

    def add(self, other: "Tally") -> None:
        """Sums, for the totals."""
        self.found += other.found
        self.expected += other.expected
        self.reported += other.reported
        self.missing += other.missing
        self.wrong += other.wrong
        self.forbidden += other.forbidden
        self.extra += other.extra


@dataclass
class Outcome:
    """One brief: its fields by name. `crash` is the end of the traceback; later stages' fields are then missing."""

    name: str
    folder: str = ""
    status: str = ""
    seconds: float = 0.0
    crash: str = ""
    fields: dict[str, Tally] = field(default_factory=dict)


def sums(outcomes: list[Outcome]) -> dict[str, Tally]:
    """The fields of all briefs added up, in the order of their columns."""
    out: dict[str, Tally] = {}
    for outcome in outcomes:
        for name, tally in outcome.fields.items():
            out.setdefault(name, Tally()).add(tally)
    return out
