"""Whose the rows of the design's own tables are, where tenants share tables."""

from archsmith.compose.columns import Own
from archsmith.compose.context import Context
from archsmith.compose.dialects import Dialect
from archsmith.compose.ownership import TENANT, shares_tables
from archsmith.model.contracts import Column


def of_tenant(ctx: Context, dialect: Dialect, *, always: bool) -> tuple[tuple[Column, ...], str]:
    """The column that says it, and its name where the database holds rows apart by it; nothing where there is one
    tenant. `always`: no row is of nobody."""
    if not shares_tables(ctx):
        return (), ""
    said = "Whose row it is" if always else "Whose row it is; empty for what is of no single tenant"
    column = Own(dialect).reference(TENANT, said, nullable=not always)
    return (column,), TENANT if dialect.row_security else ""
