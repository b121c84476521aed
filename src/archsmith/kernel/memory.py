"""Results that are kept for arguments which are asked about again and again, and are too large to be hashed."""

import functools
from collections.abc import Callable
from typing import Final, TypeVar

A = TypeVar("A")
R = TypeVar("R")
MOST: Final = 8
"""Arguments that are remembered; a run has one set of requirements, and a few variants of it."""


def remembered(function: Callable[[A], R]) -> Callable[[A], R]:
    """A pure function of one frozen value, worked out once for each object (not: for equal ones).

    >>> double = remembered(lambda row: row * 2)
    >>> row = (1, 2)
    >>> double(row) is double(row), double((1, 2)) == double(row)
    (True, True)
    """
    known: dict[int, tuple[A, R]] = {}  # the argument itself is kept too, so that no other one gets its id

    @functools.wraps(function)
    def ask(argument: A) -> R:
        found = known.get(id(argument))
        if found is None:
            if len(known) >= MOST:
                del known[next(iter(known))]
            found = known[id(argument)] = (argument, function(argument))
        return found[1]

    return ask
