"""`infra/compose.yaml`: for development, and for production where the platform is machines with Docker Compose."""

from collections.abc import Iterable
from typing import Any

from archsmith.kernel.ids import ArtifactPath, DeploymentId
from archsmith.kernel.names import slug
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.containers import Containers
from archsmith.model.architecture import Deployment, Service
from archsmith.model.artifacts import Artifact
from archsmith.model.design import Design
from archsmith.render.contracts.infra.dockerfile import dockerfile_path, filled
from archsmith.render.contracts.infra.environment import PRIVATE_ADDRESS, Variable, address, outside, put
from archsmith.render.contracts.infra.parts import Part, Parts, Step
from archsmith.render.contracts.infra.steps import script_of, step_container, told, users
from archsmith.render.contracts.sql.quoting import comment
from archsmith.render.contracts.yaml_text import dump
from archsmith.render.view import View, grouped

Json = dict[str, Any]


def compose_file(design: Design) -> Iterable[Artifact]:
    """The file; none where nothing of the design runs in a container."""
    view, containers = View(design), Containers(Catalogue())
    parts = Parts(view, containers)
    if not parts.services:
        return
    text = "\n".join(_head(view, parts)) + "\n" + dump(_Compose(view, parts, containers).document())
    shows = tuple(dict.fromkeys(p.subject for p in parts.all))
    yield Artifact(path=ArtifactPath("infra/compose.yaml"), content=text.encode(), shows=shows)


def _head(view: View, parts: Parts) -> list[str]:
    said = [f"Containers of {view.domain.title}. Copy .env.example to .env and fill it in before the first start."]
    if not parts.on_machines:
        said.append("For development: in production the platform of the design runs the services.")
    elif len(parts.machines) > 1:
        said.append("Each machine starts its own profile; `docker compose --profile '*' up` starts all on one.")
    else:
        many = next((d.count for d in view.arch.deployments if d.id in parts.machines), 1)
        said.append(f"This is what runs in production, on {many} machine{'s' if many > 1 else ''}.")
    if any(p.elsewhere for p in parts.all) and parts.on_machines:
        said.append("The profile `local` adds stand-ins for what the provider runs in production.")
    if parts.missing:
        said.append(f"Not in this file, since nothing stands in for it on one machine: {', '.join(parts.missing)}.")
    return [line.replace("-- ", "# ", 1) for one in said for line in comment(one, 106)]


class _Compose:
    """Builds the document of one design."""

    def __init__(self, view: View, parts: Parts, containers: Containers) -> None:
        self._view = view
        self._parts = parts
        self._containers = containers
        self._neighbours = grouped((p.deployment, p) for p in parts.all)

    def document(self) -> Json:
        """The whole file as data."""
        volumes: Json = {f"{p.name}-data": {} for p in self._parts.all if p.image and p.image.data}
        found: Json = {
            "name": slug(self._view.domain.title),
            "services": {p.name: self._container(p) for p in self._parts.all},
        }
        found["services"] |= {s.name: self._step(s) for s in self._parts.steps}
        found["networks"] = {"inside": {}}
        return found | ({"volumes": volumes} if volumes else {})

    def _container(self, part: Part) -> Json:
        found = self._own(part) if part.service else self._bought(part)
        profile = self._parts.profile(part)
        if profile:
            found["profiles"] = [profile]
        return found | self._common(part.deployment)

    def _step(self, step: Step) -> Json:
        """It runs once, with whatever image brings its tool, in the share of the machine that a service gets later."""
        found = self._build(step.service) if step.service else {}
        found |= step_container(step, self._parts, self._view.design)
        before = next((s for s in self._parts.steps if s.store is step.store and s is not step), None)
        waits = {step.store.name: self._awaited(self._parts.profile_of(step), step.store)}
        if before and not step.migration:
            waits[before.name] = {"condition": "service_completed_successfully"}
        found |= {"depends_on": waits, "tmpfs": ["/tmp"]}  # noqa: S108 - inside the container
        profile = self._parts.profile_of(step)
        found |= {"profiles": [profile]} if profile else {}
        return found | self._common(step.home) | {"restart": "no"}

    def _own(self, part: Part) -> Json:
        service = part.service
        assert service is not None, "called for services"
        found = self._build(service) | {"environment": self._variables(part)}
        if part.worker:
            found["command"] = filled(self._containers.starts[service.framework].work, service)
            found["healthcheck"] = {"disable": True}
        elif not self._parts.edges:
            # A provider's balancer reaches the machine; a developer's machine opens nothing to others.
            here = "" if self._parts.on_machines else "127.0.0.1:"
            found["ports"] = [f"{here}{service.port}:{service.port}"]
        written = self._containers.runtimes[service.language].writable
        needed = dict(self._needed(part, service))
        return found | ({"depends_on": needed} if needed else {}) | {"read_only": True, "tmpfs": ["/tmp", *written]}  # noqa: S108 - inside the container

    def _build(self, service: Service) -> Json:
        return {
            "image": f"{slug(service.id)}:{Variable('RELEASE', '').wanted}",
            "build": {
                "context": f"../services/{slug(service.id)}",
                "dockerfile": f"../../{dockerfile_path(self._view.design, service)}",
            },
        }

    def _needed(self, part: Part, service: Service) -> Iterable[tuple[str, Json]]:
        """A service starts when its stores answer, and their tables are as it expects them."""
        profile = self._parts.profile(part)
        for store in self._parts.called(service):
            yield store.name, self._awaited(profile, store)
            step = self._parts.awaited(store)
            if step:
                found: Json = {"condition": "service_completed_successfully"}
                apart = self._parts.profile_of(step) != profile
                yield step.name, {**found, "required": False} if apart else found

    def _awaited(self, profile: str, other: Part) -> Json:
        healthy = bool(other.image and other.image.health)
        found: Json = {"condition": "service_healthy" if healthy else "service_started"}
        return found if self._parts.profile(other) == profile else {**found, "required": False}

    def _variables(self, part: Part) -> Json:
        service = part.service
        found: Json = {} if part.worker or service is None else {"PORT": str(service.port)}
        if service:
            for store in self._parts.called(service):
                login = store.login_of(service)
                found[f"{store.variable}_URL"] = address(store, self._parts, login, part.deployment)
        return found | {v.name: v.wanted for v in outside(self._view)}

    def _bought(self, part: Part) -> Json:
        image = part.image
        assert image is not None, "called for what has an image"
        found: Json = {"image": image.image, "user": image.user}
        if image.command:
            words = [put(word, part, self._parts).replace("{memory}", self._share(part)) for word in image.command]
            found["command"] = [*words, *users(part, image, self._view, self._parts)]
        variables = {name: put(value, part, self._parts) for name, value in image.environment.items()}
        variables |= told(part, image, self._parts)
        if image.public:
            variables["HOST"] = Variable("HOST", "").wanted
            found["ports"] = list(image.public)
            found["depends_on"] = {
                p.name: self._awaited(self._parts.profile(part), p) for p in self._parts.services if not p.worker
            }
        if part in self._parts.published:
            found["ports"] = [f"{PRIVATE_ADDRESS.wanted}:{image.port}:{image.port}"]
        if variables:
            found["environment"] = variables
        kept = [f"{part.name}-data:{image.data}"] if image.data else []
        kept += script_of(part, image)
        kept += [f"./{name}:{place}:ro" for name, place in image.files.items()]
        if kept:
            found["volumes"] = kept
        found["read_only"] = True
        if image.writable:
            found["tmpfs"] = list(image.writable)
        if image.health:
            found["healthcheck"] = {"test": list(image.health), **self._timing()}
        return found | ({"cap_add": list(image.capabilities)} if image.capabilities else {})

    def _timing(self) -> Json:
        rule = self._containers.rule
        return {
            "interval": f"{rule('check.every')}s",
            "timeout": f"{rule('check.timeout')}s",
            "retries": rule("check.retries"),
            "start_period": f"{rule('check.start')}s",
        }

    def _share(self, part: Part) -> str:
        """Megabytes that the data of a store in memory may fill; 0, no limit, where its machine is not known."""
        home = self._view.deployments.get(part.deployment) if part.deployment else None
        share = self._containers.rule("memory.data") / 100
        return str(int(self._memory(home) * share)) if home and home.memory > 0 else "0"

    def _common(self, deployment: DeploymentId | None) -> Json:
        """What holds for every container: no rights, a bounded share of the machine, a bounded log."""
        rule = self._containers.rule
        limits: Json = {"pids": rule("processes")}
        home = self._view.deployments.get(deployment) if deployment else None
        if home and home.memory > 0:
            limits |= {"cpus": f"{home.vcpu:g}", "memory": f"{self._memory(home)}M"}
        return {
            "cap_drop": ["ALL"],
            "security_opt": ["no-new-privileges:true"],
            "networks": ["inside"],
            "restart": "unless-stopped",
            "logging": {
                "driver": "json-file",
                "options": {"max-size": f"{rule('log.size')}m", "max-file": str(rule("log.files"))},
            },
            "deploy": {"resources": {"limits": limits}},
        }

    def _memory(self, home: Deployment) -> int:
        """The containers of one machine share its memory evenly; in binary megabytes."""
        return int(home.memory / len(self._neighbours[home.id]) / 2**20)
