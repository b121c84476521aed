"""Robustness, worth of answers and intervals in words: the figures are those of the model."""

from archsmith.kernel.phrases import counted, listed
from archsmith.model.report import Report
from archsmith.model.requirements import Question
from archsmith.model.uncertainty import LEAST, Interval, Mover, Robustness, Worth
from archsmith.render import show

_FACTOR = "x"


def holds(found: Robustness | None) -> str:
    """How often the choice stays, what wins else, and what moves it; empty where it was not looked at."""
    if found is None:
        return ""
    said = f"wins in {found.wins} of {found.draws} draws"
    if found.wins == found.draws:
        return f"wins in all {found.draws} draws"
    if found.rival:
        said += f"; else {found.rival}{moved(found.mover)}"
    if found.none:
        said += f"; in {found.none} no design that was weighed keeps the limits"
    return said


def share(found: Robustness | None) -> str:
    """In how many of the draws the choice wins, for a table."""
    return f"{found.wins} of {found.draws} draws" if found else ""


def moved(mover: Mover | None) -> str:
    """The input that moves a choice most, and from which value on.

    >>> moved(None)
    ''
    """
    if mover is None:
        return ""
    end = mover.below if mover.below is not None else mover.above
    if end is None:
        return f", moved most by {mover.what}"
    value = f"{show.number(end)} times our figure" if mover.unit == _FACTOR else show.figure(end, mover.unit)
    return f", mostly where {mover.what} is {'below' if mover.below is not None else 'above'} {value}"


def worth(question: Question, found: Worth | None, *, measured: bool) -> str:
    """What the answer could change, and what it is worth, where that could be measured.

    `measured`: whether other answers of this design were; else nothing is said of those that were not.
    """
    if found is None:
        return f"{question.worth} (by rule: no figure of the model hangs on it)" if measured else question.worth
    if found.month < LEAST:
        return f"{question.worth} (measured: no answer within its range makes another choice pay)"
    changes = f", by deciding {listed([c.lower() for c in found.changes], 3)} with it" if found.changes else ""
    return f"{question.worth} (measured: {show.money(found.month)} a month on average{changes})"


def between(report: Report, figure: str) -> str:
    """The interval of a figure in brackets, after it; empty where it has none.

    Both ends are in the form of the figure itself, and left out where that makes them the same.
    """
    found = next((i for i in report.intervals if i.figure == figure), None)
    if found is None:
        return ""
    low, high = ends(found)
    return f" ({low} to {high})" if low != high else ""


def ends(found: Interval) -> tuple[str, str]:
    """Both ends as they are shown."""
    if found.unit == "probability":
        return show.nines(found.low), show.nines(found.high)
    if found.unit == "USD per month":
        return show.money(found.low), show.money(found.high)
    return show.figure(found.low, found.unit), show.figure(found.high, found.unit)


def why(report: Report) -> str:
    """What the intervals are, and what they come from."""
    if not report.intervals:
        return ""
    first = report.intervals[0]
    inputs = list(dict.fromkeys(i for row in report.intervals for i in row.inputs[:1]))
    moves = f" What moves them most: {listed(inputs, 4)}." if inputs else ""
    share, many = show.percent(first.share), counted(first.draws, "draw")
    return f"In brackets: {share} of {many} of what nobody stated, each within its range, with this design.{moves}"
