"""Who signs in to a store: one login for whoever changes its schema, one for each service that uses it."""

from archsmith.kernel.ids import DecisionId, ServiceId, StoreId
from archsmith.model.base import Value


class Login(Value, frozen=True, kw_only=True):
    """A login of a store. `service`: whose it is; None for the owner of the tables, who changes the schema and no rows.

    `roles`: what it is a member of, with their rights. `relay`: a role that it takes on by name only, for work that
    belongs to all tenants; empty for none.
    """

    store: StoreId
    name: str
    service: ServiceId | None = None
    roles: tuple[str, ...] = ()
    relay: str = ""
    because: tuple[DecisionId, ...]
