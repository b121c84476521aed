"""The variables of the containers: addresses that we know, and secrets that somebody must set. None has a default."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from archsmith.kernel.ids import ArtifactPath, DeploymentId, element
from archsmith.kernel.names import snake
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.containers import Containers
from archsmith.model.artifacts import Artifact
from archsmith.model.design import Design
from archsmith.model.logins import Login
from archsmith.render.contracts.infra.parts import Part, Parts, Step
from archsmith.render.markdown import clip
from archsmith.render.view import View


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of the environment file, and what to put there."""

    name: str
    about: str

    @property
    def wanted(self) -> str:
        """How the compose file asks for it: it stops where the variable is not set."""
        return f"${{{self.name}:?set it in .env}}"


PRIVATE_ADDRESS: Final = Variable("PRIVATE_ADDRESS", "Address of this machine in the private network of the machines")


_LONG: Final = "long, random, letters and digits only"


def password(part: Part, login: Login | None = None) -> Variable:
    """The password of whoever administers a store or an edge, or of one of its logins."""
    if login is None:
        return Variable(f"{part.variable}_PASSWORD", f"Password of whoever administers {part.name}: {_LONG}")
    who = "whoever changes its tables" if login.service is None else f"the service {login.service}"
    stem = f"{part.variable}_{login.name.upper()}"
    return Variable(f"{stem}_PASSWORD", f"Password of {login.name} in {part.name}, for {who}: {_LONG}")


def reached(part: Part, login: Login | None, form: str) -> Variable:
    """The address of a store that another machine or a provider runs, for one of its logins."""
    stem = f"{part.variable}_{login.name.upper()}" if login else part.variable
    if part.image and form != part.image.url:
        stem = f"{part.variable}_MIGRATE"  # the tool of the migrations has a form of its own
    shown = form.replace("{login}", login.name if login else "").replace("{password}", "PASSWORD")
    return Variable(f"{stem}_URL", f"Address of {part.name}: {shown.replace('{host}', 'HOST')}")


def needs_password(part: Part) -> bool:
    """Whether an image is started with a password."""
    image = part.image
    return image is not None and any("{password}" in word for word in (*image.environment.values(), *image.command))


def secret(part: Part, parts: Parts, login: Login | None) -> str:
    """How the compose file asks for a password.

    Compose reads the variables of all profiles, so a stand-in's password may be missing where the stand-in is not used.
    """
    found = password(part, login)
    return f"${{{found.name}:-}}" if part.elsewhere and parts.on_machines else found.wanted


def put(words: str, part: Part, parts: Parts, login: Login | None = None) -> str:
    """A value of an image with the variables of passwords and the container's name put in."""
    words = words.replace("{owner_password}", secret(part, parts, part.owner))
    words = words.replace("{password}", secret(part, parts, login))
    return words.replace("{login}", login.name if login else "").replace("{host}", part.name)


def address(part: Part, parts: Parts, login: Login | None, home: DeploymentId | None, form: str = "") -> str:
    """Where a login on `home` finds a store: by name where both are on one machine, else what somebody sets."""
    assert part.image is not None, "only stores have an address"
    form = form or part.image.url
    return reached(part, login, form).wanted if parts.apart(part, home) else put(form, part, parts, login)


def _addresses(parts: Parts) -> Iterable[Variable]:
    """The addresses that somebody must set: of what another machine or a provider runs."""
    for part in parts.stores:
        assert part.image is not None, "only stores have an address"
        for service in (p.service for p in parts.services if p.service and not p.worker):
            if part in parts.called(service) and parts.apart(part, service.deployment):
                yield reached(part, part.login_of(service), part.image.url)
    for step in parts.steps:
        if parts.apart(step.store, step.home):
            yield reached(step.store, step.store.owner, form_of(step))


def form_of(step: Step) -> str:
    """The form of the address that a step is given."""
    own = step.migration.urls.get(step.dialect, "") if step.migration else ""
    return own or (step.store.image.url if step.store.image else "")


def outside(view: View) -> Iterable[Variable]:
    """The keys of the external systems that the design calls."""
    called = {s for o in view.domain.operations for s in o.calls}
    for system in view.domain.systems:
        if system.id in called:
            stem = snake(system.id).upper()
            yield Variable(f"{stem}_URL", f"Where the {clip(system.name, 60)} is reached")
            yield Variable(f"{stem}_KEY", f"The key that the {clip(system.name, 60)} gave you")


def variables(view: View, parts: Parts) -> list[Variable]:
    """All variables that somebody must set, in the order of the compose file."""
    found = [Variable("HOST", "The name under which the system is reached")] if parts.edges else []
    found += [Variable("RELEASE", "Which image to run: the version of the release")] if parts.services else []
    for part in (*parts.edges, *parts.stores):
        found += [password(part)] if needs_password(part) else []
        found += [password(part, login) for login in part.logins]
    found += dict.fromkeys(_addresses(parts))
    if parts.published:
        found.append(PRIVATE_ADDRESS)
    return [*found, *outside(view)]


def environment(design: Design) -> Iterable[Artifact]:
    """`infra/.env.example`: every variable, what it is for, and no value."""
    view = View(design)
    parts = Parts(view, Containers(Catalogue()))
    if not parts.all:
        return
    lines = ["# Copy this file to .env beside compose.yaml, and fill it in. Never commit that copy: it holds secrets."]
    for variable in variables(view, parts):
        lines += ["", f"# {variable.about}.", f"{variable.name}="]
    shows = tuple(dict.fromkeys(p.subject for p in parts.all)) or (element("service", "none"),)
    yield Artifact(path=ArtifactPath("infra/.env.example"), content=("\n".join(lines) + "\n").encode(), shows=shows)
