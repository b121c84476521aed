"""The GraphQL schema as far as endpoints and shapes do not say it: names of its types, and what its server refuses."""

import enum
from typing import Final

from archsmith.kernel.ids import DecisionId
from archsmith.kernel.names import camel
from archsmith.model.base import Value


class GraphRole(enum.StrEnum):
    """What a type of the schema is for, beside those of entities."""

    ENUM = "enum"
    """States; `of` is the entity and the field that has them first (`E-1.status`)."""
    SORT = "sort"
    """Orders of a list; `of` is its endpoint, as of an input, a payload and a result."""
    EDGE = "edge"
    """A row of a page; `of` is its entity, as of a connection."""
    CONNECTION = "connection"
    INPUT = "input"
    PAYLOAD = "payload"
    """What a mutation did."""
    RESULT = "result"
    """The union of a mutation's payload and its problems."""
    PROBLEM = "problem"
    """A problem that is data: `of` is its status, or the type of a refusal. All others are errors of GraphQL."""


OWN_ARGUMENTS: Final = frozenset({"first", "after", "input", "idempotencyKey", "expectedVersion"})
"""Arguments that the schema has of its own."""


def argument(name: str) -> str:
    """The argument of a parameter, beside those of the schema's own.

    >>> argument("member_id"), argument("first")
    ('memberId', 'first_')
    """
    said = camel(name)
    return f"{said}_" if said in OWN_ARGUMENTS else said


class GraphType(Value, frozen=True, kw_only=True):
    """A type of the schema: what it is for, of what, and its name, unique without regard to case."""

    role: GraphRole
    of: str
    name: str
    values: tuple[str, ...] = ()


class Graph(Value, frozen=True, kw_only=True):
    """The schema. Names of fields and arguments are those of shapes and parameters in camel case.

    A list is `list_depth` levels deep, an object in it two more: an operation has at most `max_depth`. Cost counts
    rows: at most `max_cost`, a page of the most rows, each with the `relations` objects that a type refers to at most.
    A field of a root costs `read_cost` or `change_cost`, unless it is a list. `max_aliases`: fields of one operation.
    """

    types: tuple[GraphType, ...]
    list_depth: int
    relations: int
    max_depth: int
    max_cost: int
    max_aliases: int
    read_cost: int
    change_cost: int
    because: tuple[DecisionId, ...]

    def name(self, role: GraphRole, of: object) -> str:
        """The name of a type; empty where there is none."""
        return next((t.name for t in self.types if t.role is role and t.of == str(of)), "")
