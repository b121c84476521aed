"""The common form of what a file says and what the model says: facts, compared place by place.

A parity check reads its file with a real parser into facts, makes the facts of the model without looking at the file,
and calls `compare`. A renderer's code is never used for either side: a fault there would then agree with itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from archsmith.kernel.unseen import without

NONE: Final = "none"


class Fact(NamedTuple):
    """One thing that is said. `place` is where it stands, in the reader's words and with what it is part of first
    (`orders`, `orders.total`, `POST /orders`); `what` names the property (`type`, `max length`, `scopes`); `value` is
    a text, or a set where order means nothing. A property that is not said has no fact.

    >>> Fact("orders.total", "type", "numeric(14, 2)").what
    'type'
    """

    place: str
    what: str = ""
    value: str | frozenset[str] = ""


def seen(text: str) -> str:
    """Words for people without what no file can show: control characters, and halves of characters.

    >>> seen("a\\x1b[31m\\ufffd b")
    'a[31m b'
    """
    return without(text).replace("\ufffd", "")


def facts_at(place: str, said: Mapping[str, str | frozenset[str]]) -> list[Fact]:
    """That the place is there, and what is said of it; empty values are left out.

    >>> facts_at("orders", {"key": "id", "comment": ""})
    [Fact(place='orders', what='', value=''), Fact(place='orders', what='key', value='id')]
    """
    return [Fact(place), *(Fact(place, what, value) for what, value in said.items() if value)]


def compare(said: Iterable[Fact], model: Iterable[Fact]) -> list[str]:
    """The differences, sorted by place: what is missing, what is too much, what is said otherwise.

    Of a place that is missing its parts are not told as well.

    >>> wanted = [*facts_at("orders", {"key": "id"}), *facts_at("orders.total", {"type": "text"})]
    >>> compare(facts_at("orders", {"key": "no"}), wanted)
    ['missing: orders.total', 'orders: key is no, the model says id']
    >>> compare([], wanted)
    ['missing: orders']
    """
    found, wanted = map(_by_place, _apart(said, model))
    told = [f"missing: {place}" for place in _roots(wanted.keys() - found.keys())]
    told += [f"not in the model: {place}" for place in _roots(found.keys() - wanted.keys())]
    for place in sorted(found.keys() & wanted.keys()):
        one, other = found[place], wanted[place]
        for what in sorted(one.keys() | other.keys()):
            if one.get(what) != other.get(what):
                told.append(f"{place}: {_difference(what, one.get(what, NONE), other.get(what, NONE))}")
    return told


def _apart(said: Iterable[Fact], model: Iterable[Fact]) -> tuple[list[Fact], list[Fact]]:
    """The facts of places of which not the same is said: the few that are worth a look."""
    one, other = list(said), list(model)
    places = {fact.place for fact in set(one).symmetric_difference(other)}
    return [f for f in one if f.place in places], [f for f in other if f.place in places]


def _by_place(facts: Iterable[Fact]) -> dict[str, dict[str, str | frozenset[str]]]:
    """Two different values of one property at one place stand beside each other, so that neither hides the other."""
    found: dict[str, dict[str, str | frozenset[str]]] = defaultdict(dict)
    for place, what, value in facts:
        before = found[place].get(what)
        if before is not None and before != value:
            value = f"{_shown(before)} and {_shown(value)}"
        found[place][what] = value
    return found


def _roots(places: Iterable[str]) -> list[str]:
    roots: list[str] = []
    for place in sorted(places):
        if not any(place.startswith((f"{root}.", f"{root} ")) for root in roots):
            roots.append(place)
    return roots


def _difference(what: str, said: str | frozenset[str], model: str | frozenset[str]) -> str:
    if isinstance(said, frozenset) and isinstance(model, frozenset):
        return f"{what} differ; only in the file: {_shown(said - model)}; only in the model: {_shown(model - said)}"
    return f"{what} is {_shown(said)}, the model says {_shown(model)}"


def _shown(value: str | frozenset[str]) -> str:
    return value if isinstance(value, str) else ", ".join(sorted(value)) or NONE
