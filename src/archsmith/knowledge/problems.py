"""The catalogue of problem types that an API of ours answers with (RFC 9457)."""

from collections.abc import Collection, Sequence
from typing import Final

from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.model.base import Value


class ProblemType(Value, frozen=True, kw_only=True):
    """A type of problem. `name` is that of the response in OpenAPI; types of one status share it: the first
    describes it.

    `when`: only for endpoints with the trait `state`, `key` or `unique`; empty for all. `errors`: it lists the fields.
    """

    id: str
    status: int
    name: str
    when: str = ""
    title: str
    detail: str
    description: str
    errors: bool = False


PROBLEMS: Final = Table("problems", ProblemType)


def by_status(catalogue: Catalogue) -> dict[int, tuple[ProblemType, ...]]:
    """The problem types of each status, in the order of the file."""
    found: dict[int, list[ProblemType]] = {}
    for row in catalogue.table(PROBLEMS).values():
        found.setdefault(row.status, []).append(row)
    return {status: tuple(rows) for status, rows in found.items()}


def kept(types: Sequence[ProblemType], traits: Collection[str]) -> list[ProblemType]:
    """Those of a status's types that requests with these traits can meet; the first where none is for them."""
    return [t for t in types if not t.when or t.when in traits] or list(types[:1])
