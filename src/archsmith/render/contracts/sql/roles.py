"""`db/roles.sql`: the role of the application, which may do what its operations need and sees one tenant at a time."""

from collections.abc import Iterable

from archsmith.kernel.ids import ArtifactPath, StoreId, element
from archsmith.knowledge.dialects import RELAY_ROLE, SERVICE_ROLE, postgresql_tables, sql_folder
from archsmith.model.artifacts import Artifact
from archsmith.model.contracts import Table
from archsmith.model.design import Design
from archsmith.render.contracts.sql.quoting import comment, name, names
from archsmith.render.view import View


def role_files(design: Design) -> Iterable[Artifact]:
    """One file for each PostgreSQL database."""
    view = View(design)
    files = postgresql_tables(design.architecture)
    for store, tables in files.items():
        path = roles_path(design, store)
        head = comment(
            f"Rights in {view.stores[store].name}, after the migrations and again whenever tables come: it may be run "
            f"any number of times. The services sign in as members of {SERVICE_ROLE} (logins.sql) and never as the "
            "owner of the tables."
        )
        text = "\n".join([*head, "", *statements(tables)]) + "\n"
        yield Artifact(path=ArtifactPath(path), content=text.encode(), shows=(element("store", store),))


def roles_path(design: Design, store: StoreId) -> str:
    """Beside the schema of the same store."""
    return f"{sql_folder(design.architecture, store)}/roles.sql"


def made_once(roles: Iterable[str]) -> list[str]:
    """Roles are the server's and not the database's: each is made where it is missing."""
    return [
        f"DO $role$\nBEGIN\n    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN\n"
        f"        CREATE ROLE {role} NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;\n"
        "    END IF;\nEND;\n$role$;"
        for role in dict.fromkeys(roles)
    ]


def statements(tables: Iterable[Table]) -> list[str]:
    """The role, then what it may do with each table."""
    tables = sorted(tables, key=lambda t: t.name)
    added = [t.name for t in tables if t.append_only]
    changed = [t.name for t in tables if not t.append_only]
    relayed = [t.name for t in tables if t.relayed and t.tenant_column]
    found = made_once([SERVICE_ROLE, *([RELAY_ROLE] if relayed else [])])
    found += _from_nothing(SERVICE_ROLE)
    found += [f"GRANT SELECT, INSERT, UPDATE, DELETE ON {names(changed)} TO {SERVICE_ROLE};"] if changed else []
    if added:
        found += ["-- Rows that are only added: nobody who breaks into the application can change or remove them."]
        found += [f"GRANT SELECT, INSERT ON {names(added)} TO {SERVICE_ROLE};"]
    return [*found, *_relay(relayed)] if relayed else found


def _from_nothing(role: str) -> list[str]:
    return [f"GRANT USAGE ON SCHEMA public TO {role};", f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role};"]


def _relay(tables: Iterable[str]) -> list[str]:
    """A worker looks for work of all tenants in these tables, and in no other."""
    found = comment(
        f"Work that waits is of all tenants: a worker says SET LOCAL ROLE {RELAY_ROLE}, takes its row, says RESET "
        "ROLE, names the tenant of the row and goes on as the service. Requests never take on that role."
    )
    found += _from_nothing(RELAY_ROLE)
    for table in map(name, tables):
        found += [
            f"GRANT SELECT, UPDATE, DELETE ON {table} TO {RELAY_ROLE};",
            f"DROP POLICY IF EXISTS all_tenants ON {table};",
            f"CREATE POLICY all_tenants ON {table} TO {RELAY_ROLE} USING (true);",
        ]
    return found
