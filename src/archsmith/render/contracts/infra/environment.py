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
from archsmith.render.contracts.infra.parts import Part, Parts
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


def password(part: Part) -> Variable:
    """The password of a store or an edge."""
    return Variable(f"{part.variable}_PASSWORD", f"Password of {part.name}: long, random, letters and digits only")


def needs_password(part: Part) -> bool:
    """Whether an image is started with a password."""
    image = part.image
    return image is not None and any("{password}" in word for word in (*image.environment.values(), *image.command))


def put(words: str, part: Part, parts: Parts) -> str:
    """A value of an image with the password's variable and the container's name put in.

    Compose reads the variables of all profiles, so a stand-in's password may be missing where the stand-in is not used.
    """
    secret = password(part)
    standin = part.elsewhere and parts.on_machines
    return words.replace("{password}", f"${{{secret.name}:-}}" if standin else secret.wanted).replace(
        "{host}", part.name
    )


def address(part: Part, parts: Parts, home: DeploymentId | None) -> tuple[str, str]:
    """The variable by which a service on `home` finds a store, and its value: by name where both are on one machine."""
    name = f"{part.variable}_URL"
    assert part.image is not None, "only stores have an address"
    if parts.apart(part, home):
        return name, Variable(name, "").wanted
    return name, put(part.image.url, part, parts)


def _addresses(parts: Parts) -> Iterable[Variable]:
    """The addresses that somebody must set: of what another machine or a provider runs."""
    for part in parts.stores:
        if any(parts.apart(part, service.deployment) for service in parts.services):
            form = part.image.url.replace("{password}", "PASSWORD").replace("{host}", "HOST") if part.image else ""
            yield Variable(f"{part.variable}_URL", f"Address of {part.name}: {form}")


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
    found += [password(p) for p in (*parts.edges, *parts.stores) if needs_password(p)]
    found += _addresses(parts)
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
