"""Who may sign in to a store and what each role may do, read back and compared with design.json."""

import importlib.metadata
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.containers import Containers, Logins
from archsmith.knowledge.dialects import RELAY_ROLE, SERVICE_ROLE, mysql_tables, postgresql_tables, sqlite_tables
from archsmith.model.architecture import Architecture
from archsmith.model.artifacts import Artifact, Check
from archsmith.model.contracts import Table
from archsmith.model.logins import Login
from archsmith.verify.parity import design_of
from archsmith.verify.parity_facts import Fact, compare
from archsmith.verify.ports import ToolMissing, chosen, verdict

_NONE: Final = "NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE"
_MADE: Final = (
    "DO $role$\nBEGIN\n    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN\n"
    f"        CREATE ROLE {{role}} NOLOGIN {_NONE};\n    END IF;\nEND;\n$role$"
)
_META: Final = re.compile(r"(?m)^\\(.*)$")
_VALUE: Final = re.compile(r":(?=['\"]\w+['\"])")
"""psql puts a variable where `:'name'` or `:"name"` stands."""
_FILES: Final = ("db/*roles.sql", "db/*logins.sql", "db/*logins-mysql.sh", "db/*logins.js")


class RightsParity:
    """Logins and rights are those of the model: none too many, none missing, nothing granted that the model has not."""

    id = "V-PARITY-RIGHTS"
    what = "logins and rights are those of the model"
    tool = "archsmith with pglast"
    patterns = ("design.json", *(f"+{path}" for path in _FILES))
    slow = False

    def check(self, files: Sequence[Artifact]) -> Check:
        """Compares statement by statement, line by line where it is a script."""
        try:
            import pglast
        except ImportError as error:
            raise ToolMissing("pglast is not installed: pip install 'archsmith[verify]'") from error
        facts, said, wanted = list[str](), list[Fact](), list[Fact]()
        for path, lines in _wanted(design_of(files).architecture):
            wanted += _facts(path, _sql("".join(f"{x};\n" for x in lines)) if path.endswith(".sql") else lines)
        for file in chosen(files, _FILES):
            try:
                text = file.content.decode()
                said += _facts(file.path, _sql(text) if file.path.endswith(".sql") else _lines(text))
            except pglast.Error as error:
                facts.append(f"{file.path}: {error}")
        version = importlib.metadata.version("pglast")
        return verdict(self, files, facts + compare(said, wanted), version=version, command="compare with design.json")


def _facts(path: str, statements: Iterable[str]) -> Iterator[Fact]:
    yield Fact(path)
    yield from (Fact(path, statement, "is said") for statement in statements)


def _sql(text: str) -> Iterator[str]:
    """Each statement in PostgreSQL's own spelling, and what psql is told besides."""
    from pglast import parse_sql
    from pglast.stream import RawStream

    yield from (" ".join(found[1].rstrip(";").split()) for found in _META.finditer(text))
    for raw in parse_sql(_VALUE.sub("", _META.sub("", text))):
        statement: Any = raw.stmt
        yield str(RawStream()(statement))


def _lines(text: str) -> Iterator[str]:
    lines = (line.strip() for line in text.splitlines())
    yield from (line for line in lines if line and not line.startswith(("#", "//")))


def _wanted(arch: Architecture) -> Iterator[tuple[str, list[str]]]:
    """What each file has to say, in statements."""
    relational = postgresql_tables(arch)
    several = len({**relational, **mysql_tables(arch), **sqlite_tables(arch)}) > 1
    kinds, engines = Containers(Catalogue()), {s.id: s.engine for s in arch.stores}
    for store, tables in relational.items():
        yield f"{f'db/{store}' if len(relational) > 1 else 'db'}/roles.sql", list(_rights(tables))
    for store in dict.fromkeys(x.store for x in arch.logins):
        image = kinds.image(engines[store])
        if image and image.logins in _SCRIPTS:
            name, say = _SCRIPTS[image.logins]
            home = f"db/{store}" if several or store not in {**relational, **mysql_tables(arch)} else "db"
            yield f"{home}/{name}", list(say([x for x in arch.logins if x.store == store]))


def _rights(tables: Iterable[Table]) -> Iterator[str]:
    """Of the service: all that rows may be asked for, but no change of what is only added. Of a relay: its queues."""
    names = {t.name: _quoted(t.name) for t in sorted(tables, key=lambda t: t.name)}
    added = {t.name for t in tables if t.append_only}
    queues = {t.name for t in tables if t.relayed and t.tenant_column}
    for role in (SERVICE_ROLE, *([RELAY_ROLE] if queues else [])):
        yield _MADE.format(role=role)
        yield f"GRANT USAGE ON SCHEMA public TO {role}"
        yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}"
    for may, some in (
        ("SELECT, INSERT, UPDATE, DELETE", [n for t, n in names.items() if t not in added]),
        ("SELECT, INSERT", [n for t, n in names.items() if t in added]),
    ):
        if some:
            yield f"GRANT {may} ON {', '.join(some)} TO {SERVICE_ROLE}"
    for name in (n for t, n in names.items() if t in queues):
        yield f"GRANT SELECT, UPDATE, DELETE ON {name} TO {RELAY_ROLE}"
        yield f"DROP POLICY IF EXISTS all_tenants ON {name}"
        yield f"CREATE POLICY all_tenants ON {name} TO {RELAY_ROLE} USING (true)"


def _quoted(name: str) -> str:
    return '"{}"'.format(name.replace('"', '""'))


def _psql(logins: Sequence[Login]) -> Iterator[str]:
    database = 'DATABASE "DBNAME"'
    yield from (_MADE.format(role=r) for r in dict.fromkeys(r for x in logins for r in (*x.roles, x.relay) if r))
    yield f"REVOKE ALL ON {database} FROM PUBLIC"
    for login in logins:
        yield f"CREATE ROLE {login.name} LOGIN PASSWORD '{login.name}' {_NONE}"
        yield from (f"GRANT {role} TO {login.name}" for role in login.roles)
        if login.relay:
            yield f"GRANT {login.relay} TO {login.name} WITH INHERIT FALSE, SET TRUE"
        owned = f"ALTER {database} OWNER TO {login.name}"
        yield f"GRANT CONNECT ON {database} TO {login.name}" if login.service else owned
    yield from (f"\n\\getenv {x.name} {x.name.upper()}_PASSWORD\n" for x in logins)


def _mysql(logins: Sequence[Login]) -> Iterator[str]:
    yield "docker_process_sql <<SQL"
    for login in (x for x in logins if x.service):
        yield f"CREATE USER '{login.name}'@'%' IDENTIFIED BY '${{{login.name.upper()}_PASSWORD:?}}';"
        yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON app.* TO '{login.name}'@'%';"
    yield "SQL"


def _mongosh(logins: Sequence[Login]) -> Iterator[str]:
    for login in logins:
        secret = f"process.env.{login.name.upper()}_PASSWORD"
        yield f'db.createUser({{ user: "{login.name}", pwd: {secret}, roles: ["readWrite"] }});'


_SCRIPTS: Final = {
    Logins.POSTGRESQL: ("logins.sql", _psql),
    Logins.MYSQL: ("logins-mysql.sh", _mysql),
    Logins.MONGODB: ("logins.js", _mongosh),
}
