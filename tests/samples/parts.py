"""Short ways to write provenance and facts by hand."""

from dataclasses import dataclass
from typing import TypeVar

from archsmith.kernel.provenance import Assumed, Derived, Fact, Provenance, Span, Stated

T = TypeVar("T")


@dataclass(frozen=True)
class Text:
    """A brief, and the places of its words."""

    name: str
    text: str

    def said(self, quote: str) -> Stated:
        """Where the brief says `quote`, which stands on one line. Raises ValueError where it does not."""
        at = self.text.index(quote)
        line = self.text.count("\n", 0, at) + 1
        column = at - (self.text.rfind("\n", 0, at) + 1) + 1
        return Stated(
            at=Span(
                file=self.name, line=line, column=column, end_line=line, end_column=column + len(quote), quote=quote
            )
        )


def assumed(reason: str, source: str = "defaults") -> Assumed:
    """A default, its reason and where it stands."""
    return Assumed(reason=reason, source=source)


def computed(rule: str, formula: str = "", *inputs: str) -> Derived:
    """The rule, its formula with figures, and the inputs."""
    return Derived(rule=rule, formula=formula, inputs=inputs)


def fact(value: T, why: Provenance | None = None) -> Fact[T]:
    """A value and where it came from."""
    return Fact(value=value, why=why or computed("sample"))
