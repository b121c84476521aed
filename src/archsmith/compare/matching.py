"""Pairs what is the same thing in two designs: by id, then by name; the rest is only in one of them."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def pairs(before: Iterable[T], after: Iterable[T], *keys: Callable[[T], object]) -> Iterator[tuple[T | None, T | None]]:
    """Pairs in the order of the second design; what only the first has comes after it, in its order.

    Each key is tried in turn on what is not matched yet; a key that several share matches them in their order.
    """
    olds, news = list(before), list(after)
    found: dict[int, int] = {}
    matched: set[int] = set()
    for key in keys:
        waiting: dict[object, list[int]] = {}
        for n in reversed(range(len(olds))):
            if n not in matched:
                waiting.setdefault(key(olds[n]), []).append(n)
        for m, new in enumerate(news):
            if m not in found and waiting.get(key(new)):
                found[m] = waiting[key(new)].pop()
                matched.add(found[m])
    for m, new in enumerate(news):
        yield (olds[found[m]] if m in found else None), new
    yield from ((old, None) for n, old in enumerate(olds) if n not in matched)
