"""The ledger of the workload: every figure with its arithmetic, in the order of computation."""

from typing import Final, TypeVar

from archsmith.kernel.names import snake
from archsmith.kernel.provenance import Assumed, Derived, Fact, Provenance
from archsmith.model.base import Figure

_BIG: Final = 1e15
T = TypeVar("T", bound=float)


def digits(value: float) -> str:
    """A figure as it stands in a formula: plain digits, six that matter behind the point.

    >>> digits(240000.0), digits(0.0333333333), digits(2.63e6)
    ('240000', '0.0333333', '2630000')
    """
    if value == int(value) and abs(value) < _BIG:
        return str(int(value))
    text = f"{value:.6g}"
    return f"{value:.0f}" if "e+" in text and abs(value) < _BIG else text


class Ledger:
    """Collects the steps. A step is made of earlier steps and of constants (units, counts), never of bare guesses."""

    def __init__(self) -> None:
        self._steps: dict[str, Figure] = {}

    @property
    def steps(self) -> tuple[Figure, ...]:
        """All figures so far, in the order of computation."""
        return tuple(self._steps.values())

    def get(self, ident: str) -> Figure | None:
        """The figure with this id, if it was put down."""
        return self._steps.get(ident)

    def state(self, ident: str, what: str, value: float, unit: str, why: Provenance) -> Figure:
        """Puts down a figure that somebody gave: its formula is the figure itself. Same id and value: the same step."""
        known = self._steps.get(snake(ident))
        if known is not None and known.value == value and known.unit == unit:
            return known
        return self._add(ident, what, value, unit, digits(value), why)

    def assume(self, ident: str, what: str, value: float, unit: str, *, reason: str, source: str) -> Figure:
        """Puts down a default with its reason and the place where the default stands."""
        return self.state(ident, what, value, unit, Assumed(reason=reason, source=source))

    def once(self, ident: str, what: str, unit: str, rule: str, times: tuple[Figure | float, ...]) -> Figure:
        """As `ratio`, but a step of this id that is known already is that one."""
        return self._steps.get(snake(ident)) or self.ratio(ident, what, unit, rule, times)

    def ratio(
        self,
        ident: str,
        what: str,
        unit: str,
        rule: str,
        times: tuple[Figure | float, ...],
        over: tuple[Figure | float, ...] = (),
    ) -> Figure:
        """The product of `times` divided by each of `over`, in the order given. Divisors are never zero."""
        value = 1.0
        for factor in times:
            value *= _value(factor)
        for divisor in over:
            value /= _value(divisor)
        text = " * ".join(_text(t) for t in times) + "".join(f" / {_text(o)}" for o in over)
        return self._add(ident, what, value, unit, text, _why(rule, text, (*times, *over)))

    def total(self, ident: str, what: str, unit: str, rule: str, parts: tuple[Figure | float, ...]) -> Figure:
        """The sum of the parts; zero of none."""
        value = sum(_value(part) for part in parts)
        text = " + ".join(_text(part) for part in parts) or "0"
        return self._add(ident, what, value, unit, text, _why(rule, text, parts))

    def rest(self, ident: str, what: str, unit: str, rule: str, whole: Figure, parts: tuple[Figure, ...]) -> Figure:
        """What is left of the whole without the parts."""
        text = " - ".join(_text(term) for term in (whole, *parts))
        value = whole.value - sum(part.value for part in parts)
        return self._add(ident, what, value, unit, text, _why(rule, text, (whole, *parts)))

    def _add(self, ident: str, what: str, value: float, unit: str, formula: str, why: Provenance) -> Figure:
        base = snake(ident)
        name, n = base, 2
        while name in self._steps:
            name, n = f"{base}_{n}", n + 1
        figure = Figure(id=name, what=what, value=value, unit=unit, formula=formula, why=why)
        self._steps[name] = figure
        return figure


def fact(figure: Figure, kind: type[T] | None = None) -> Fact[T]:
    """The figure as a fact that names its step. `kind` only fixes the unit type for the type checker."""
    if isinstance(figure.why, Derived):
        why: Provenance = Derived(rule=figure.why.rule, formula=figure.formula, inputs=(figure.id,))
    else:
        why = figure.why
    return Fact(value=figure.value, why=why)  # type: ignore[arg-type]  # NewType of float


def _value(term: Figure | float) -> float:
    return term.value if isinstance(term, Figure) else float(term)


def _text(term: Figure | float) -> str:
    return digits(_value(term))


def _why(rule: str, text: str, terms: tuple[Figure | float, ...]) -> Derived:
    seen = dict.fromkeys(term.id for term in terms if isinstance(term, Figure))
    return Derived(rule=rule, formula=text, inputs=tuple(seen))
