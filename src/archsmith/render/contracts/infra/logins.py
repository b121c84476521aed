"""What tells a store who may sign in: a script that its container runs once, or arguments of the server.

Passwords come from the environment of whoever runs it; none stands in a file.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from archsmith.kernel.ids import ArtifactPath, ElementId, element
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.containers import Containers, Logins
from archsmith.knowledge.dialects import RELAY_ROLE
from archsmith.model.architecture import Store
from archsmith.model.artifacts import Artifact
from archsmith.model.design import Design
from archsmith.model.logins import Login
from archsmith.render.contracts.infra.parts import folder_of
from archsmith.render.contracts.sql.quoting import comment, literal, name
from archsmith.render.contracts.sql.roles import made_once
from archsmith.render.view import View, grouped


def login_files(design: Design) -> Iterable[Artifact]:
    """One script for each store that is told by a script."""
    view, containers = View(design), Containers(Catalogue())
    for store, found in grouped((x.store, x) for x in design.architecture.logins).items():
        kept = view.stores[store]
        image = containers.image(kept.engine)
        if image is not None and image.logins in SCRIPTS:
            path, write = SCRIPTS[image.logins]
            shows: tuple[ElementId, ...] = (element("store", store),)
            text = write(kept, found)
            yield Artifact(path=ArtifactPath(f"{folder_of(view, kept)}/{path}"), content=text.encode(), shows=shows)


def password_of(login: Login) -> str:
    """The variable that the script reads."""
    return f"{login.name.upper()}_PASSWORD"


def _psql(store: Store, logins: Iterable[Login]) -> str:
    logins = list(logins)
    lines = comment(
        f"Who may sign in to {store.name}. Its container runs this once, while the volume is empty; elsewhere whoever "
        "administers it does, with psql, the passwords in the environment. Then come the migrations, as the owner of "
        "the tables, then roles.sql."
    )
    lines.append("")
    lines += [f"\\getenv {x.name} {password_of(x)}" for x in logins]
    lines += made_once([r for x in logins for r in (*x.roles, x.relay) if r])
    for login in logins:
        said = f"CREATE ROLE {name(login.name)} LOGIN PASSWORD :'{login.name}'"
        lines.append(f"{said} NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;")
        lines += [f"GRANT {name(role)} TO {name(login.name)};" for role in login.roles]
        if login.relay:
            lines += comment(f"Its worker and its relay SET ROLE {RELAY_ROLE} to find what waits; requests never do.")
            lines.append(f"GRANT {name(login.relay)} TO {name(login.name)} WITH INHERIT FALSE, SET TRUE;")
    lines.append('REVOKE ALL ON DATABASE :"DBNAME" FROM PUBLIC;')
    lines += [f'GRANT CONNECT ON DATABASE :"DBNAME" TO {name(x.name)};' for x in logins if x.service]
    lines += [f'ALTER DATABASE :"DBNAME" OWNER TO {name(x.name)};' for x in logins if not x.service]
    return "\n".join(lines) + "\n"


_MYSQL_MAY: Final = "SELECT, INSERT, UPDATE, DELETE"


def _mysql(store: Store, logins: Iterable[Login]) -> str:
    said = (
        f"Who may sign in to {store.name}. Its container sources this once, while the volume is empty; the owner of "
        "the tables is the image's MYSQL_USER. Services read and change rows, no more."
    )
    lines = [line.replace("-- ", "# ", 1) for line in comment(said)]
    lines += ["", "docker_process_sql <<SQL"]
    for login in logins:
        if login.service:
            who = f"{literal(login.name)}@'%'"
            lines.append(f"CREATE USER {who} IDENTIFIED BY '${{{password_of(login)}:?}}';")
            lines.append(f"GRANT {_MYSQL_MAY} ON app.* TO {who};")
    return "\n".join([*lines, "SQL"]) + "\n"


def _mongosh(store: Store, logins: Iterable[Login]) -> str:
    said = f"Who may sign in to {store.name}. Its container runs this once, while the volume is empty."
    lines = [line.replace("-- ", "// ", 1) for line in comment(said)]
    for login in logins:
        made = f'{{ user: "{login.name}", pwd: process.env.{password_of(login)}, roles: ["readWrite"] }}'
        lines.append(f"db.createUser({made});")
    return "\n".join(lines) + "\n"


SCRIPTS: Final[Mapping[Logins, tuple[str, Callable[[Store, Iterable[Login]], str]]]] = {
    Logins.POSTGRESQL: ("logins.sql", _psql),
    Logins.MYSQL: ("logins-mysql.sh", _mysql),
    Logins.MONGODB: ("logins.js", _mongosh),
}
"""By how the image is told: the script's name and what writes it."""
