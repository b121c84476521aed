"""`db/roles.sql`: the role of the application, which may do what its operations need and sees one tenant at a time."""

from collections.abc import Iterable
from typing import Final

from archsmith.kernel.ids import ArtifactPath, element
from archsmith.knowledge.dialects import postgresql_tables
from archsmith.model.artifacts import Artifact
from archsmith.model.contracts import Table
from archsmith.model.design import Design
from archsmith.render.contracts.sql.quoting import comment, names
from archsmith.render.view import View

ROLE: Final = "app_service"
"""The role that the application's own users are members of."""


def role_files(design: Design) -> Iterable[Artifact]:
    """One file for each PostgreSQL database where it matters who writes: tenants share it, or rows are only added."""
    view = View(design)
    files = postgresql_tables(design.architecture)
    for store, tables in files.items():
        if any(t.tenant_column or t.append_only for t in tables):
            path = "db/roles.sql" if len(files) == 1 else f"db/{store}/roles.sql"
            head = comment(
                f"Rights in {view.stores[store].name}, after schema.sql and again whenever tables come: it may be run "
                f"any number of times. The services log in as members of {ROLE} (CREATE ROLE ... LOGIN IN ROLE {ROLE}) "
                "and never as the owner of the tables."
            )
            text = "\n".join([*head, "", *statements(tables)]) + "\n"
            yield Artifact(path=ArtifactPath(path), content=text.encode(), shows=(element("store", store),))


def statements(tables: Iterable[Table]) -> list[str]:
    """The role, then what it may do with each table."""
    tables = sorted(tables, key=lambda t: t.name)
    added = [t.name for t in tables if t.append_only]
    changed = [t.name for t in tables if not t.append_only]
    found = [
        f"DO $role$\nBEGIN\n    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROLE}') THEN\n"
        f"        CREATE ROLE {ROLE} NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;\n"
        "    END IF;\nEND;\n$role$;",
        f"GRANT USAGE ON SCHEMA public TO {ROLE};",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {ROLE};",
    ]
    found += [f"GRANT SELECT, INSERT, UPDATE, DELETE ON {names(changed)} TO {ROLE};"] if changed else []
    if added:
        found += ["-- Rows that are only added: nobody who breaks into the application can change or remove them."]
        found += [f"GRANT SELECT, INSERT ON {names(added)} TO {ROLE};"]
    return found
