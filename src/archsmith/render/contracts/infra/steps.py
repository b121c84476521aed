"""Containers that run to their end before the services start: the migrations of a store, then the rights in it."""

from typing import Any, Final

from archsmith.knowledge.containers import Image, Logins
from archsmith.model.design import Design
from archsmith.render.contracts.infra.environment import address, form_of, secret
from archsmith.render.contracts.infra.logins import SCRIPTS, password_of
from archsmith.render.contracts.infra.parts import Part, Parts, Step
from archsmith.render.contracts.sql.roles import roles_path
from archsmith.render.contracts.stores.kept import Kept
from archsmith.render.contracts.stores.valkey import rights
from archsmith.render.view import View

Json = dict[str, Any]
_ONCE: Final = {"healthcheck": {"disable": True}, "read_only": True}


def step_container(step: Step, parts: Parts, design: Design) -> Json:
    """What a step runs: the tool of the migrations, or psql with the file of the rights."""
    image, migration = step.store.image, step.migration
    assert image is not None, "only stores have steps"
    assert step.store.store is not None, "only stores have steps"
    url = address(step.store, parts, step.store.owner, step.home, form_of(step))
    if migration is None:
        file = f"../{roles_path(design, step.store.store.id)}:/db/roles.sql:ro"
        command = ["psql", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--file=/db/roles.sql", url]
        return {"image": image.image, "user": image.user, "command": command, "volumes": [file], **_ONCE}
    found: Json = {"image": migration.image, "user": migration.user} if migration.image else {}
    found["command"] = [word.replace("{url}", url) for word in migration.command]
    variables = {
        name.replace("{store}", step.store.variable): value.replace("{url}", url)
        for name, value in migration.variables.items()
    }
    found |= {"environment": variables} if variables else {}
    return {**found, "volumes": [f"../{step.store.folder}/migrations:{migration.place}:ro"], **_ONCE}


def script_of(part: Part, image: Image) -> list[str]:
    """The script that tells the container who may sign in, mounted where it looks for one."""
    if image.logins not in SCRIPTS or not part.logins:
        return []
    path, _ = SCRIPTS[image.logins]
    return [f"../{part.folder}/{path}:{image.init}/{path}:ro"]


def told(part: Part, image: Image, parts: Parts) -> Json:
    """The passwords that the script reads, by the variables that it reads them from."""
    if image.logins not in SCRIPTS:
        return {}
    given = [x for x in part.logins if x.service or image.logins is not Logins.MYSQL]
    return {password_of(x): secret(part, parts, x) for x in given}


def users(part: Part, image: Image, view: View, parts: Parts) -> list[str]:
    """Arguments of a server that is told its users there: nobody without a name, and each service for its own keys."""
    if image.logins is not Logins.ACL or part.store is None:
        return []
    found = ["--user", "default", "off", "resetpass", "--user", "health", "on", "nopass", "-@all", "+ping"]
    may = rights(Kept(view, part.store).keyspaces)
    for login in part.logins:
        found += ["--user", login.name, "on", f">{secret(part, parts, login)}", *may]
    return found
