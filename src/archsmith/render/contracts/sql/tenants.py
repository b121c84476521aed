"""Row-level security: a connection sees the rows of the tenant that it has named, and no others."""

from archsmith.model.contracts import Table
from archsmith.render.contracts.sql.quoting import literal, name


def setting(table: Table) -> str:
    """The run-time setting in which a connection names its tenant."""
    return f"app.{table.tenant_column}"


def policies(table: Table) -> list[str]:
    """The statements that hold tenants apart in one table; none where it has no tenant."""
    if not table.tenant_column:
        return []
    column = next(c for c in table.columns if c.name == table.tenant_column)
    # Who has named no tenant sees what is of none, where a table has such rows.
    same = "IS NOT DISTINCT FROM" if column.nullable else "="
    own = f"{name(column.name)} {same} nullif(current_setting({literal(setting(table))}, true), '')::{column.type}"
    return [
        f"ALTER TABLE {name(table.name)} ENABLE ROW LEVEL SECURITY;",
        f"ALTER TABLE {name(table.name)} FORCE ROW LEVEL SECURITY;",
        f"CREATE POLICY tenant_isolation ON {name(table.name)}\n    USING ({own})\n    WITH CHECK ({own});",
    ]
