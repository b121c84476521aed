"""Methods of gRPC: what a service is asked over it, by callers outside or by other services."""

import enum

from archsmith.kernel.ids import DecisionId, ElementId, EntityId, OperationId, ServiceId
from archsmith.kernel.units import Seconds
from archsmith.model.base import Value
from archsmith.model.shapes import Field


class Gives(enum.StrEnum):
    """What a method answers with."""

    ONE = "one"
    MANY = "many"
    PAGE = "page"
    NOTHING = "nothing"


class Rpc(Value, frozen=True, kw_only=True):
    """A method of `service`, unique there by `name`. It answers with rows of `entity`.

    `takes` are the fields of its request. `safe`: it changes nothing. `keyed`: the request has a `request_id`, by
    which a repeat is told. `deadline`: how long its caller waits. `callers`: services inside, empty for the public
    API, where `scopes` are asked for. `errors`: HTTP status codes of what may go wrong, of which gRPC has its own.
    """

    service: ServiceId
    name: str
    summary: str
    entity: EntityId
    operations: tuple[OperationId, ...]
    takes: tuple[Field, ...]
    gives: Gives
    safe: bool
    keyed: bool
    deadline: Seconds | None = None
    callers: tuple[ElementId, ...] = ()
    scopes: tuple[str, ...] = ()
    errors: tuple[int, ...] = ()
    because: tuple[DecisionId, ...]


class Numbered(Value, frozen=True, kw_only=True):
    """A message or an enum of a package.

    `numbers`: of each field by its safe name, in their order; they stand for the names on the wire and never change.
    `entity`: whose rows it holds. An enum has `states`, and as `numbers` its values: first that which nobody said,
    then one a state.
    """

    name: str
    entity: EntityId | None = None
    states: tuple[str, ...] = ()
    numbers: tuple[tuple[str, int], ...]


class Package(Value, frozen=True, kw_only=True):
    """A package of Protocol Buffers: a service, what its methods take and give, and the rows and enums in that.

    `name` is `company.module.v1`, unique; `interface` the name of its service. Names of types are unique in a package
    without regard to case.
    """

    service: ServiceId
    company: str
    module: str
    interface: str
    requests: tuple[Numbered, ...]
    responses: tuple[Numbered, ...]
    rows: tuple[Numbered, ...]
    enums: tuple[Numbered, ...]

    @property
    def name(self) -> str:
        """With the major version."""
        return f"{self.company}.{self.module}.v1"
