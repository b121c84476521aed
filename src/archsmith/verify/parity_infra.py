"""Containers read back and compared with design.json: ports, images, health checks, limits, where stores are found."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from archsmith.kernel.ids import DeploymentId
from archsmith.kernel.names import slug, snake
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.containers import Containers, Image
from archsmith.model.architecture import Edge, Service, Store, Topology
from archsmith.model.artifacts import Artifact, Check
from archsmith.model.design import Design
from archsmith.verify.parity import design_of
from archsmith.verify.parity_facts import Fact, compare, facts_at
from archsmith.verify.ports import chosen, verdict, yaml_of

_DOCKERFILES: Final = ("infra/Dockerfile", "infra/*.Dockerfile")
_ASKED: Final = re.compile(r"\$\{(\w+):(?:\?[^}]+|-)\}")
"""A variable that somebody must set, or may leave out."""
_PORT: Final = re.compile(r"(?:(\d+\.\d+\.\d+\.\d+):)?(\d+):(\d+)")


class InfraParity:
    """The containers are those of the model's services and stores, with their ports, images, limits and addresses."""

    id = "V-PARITY-INFRA"
    what = "containers say what the model says"
    tool = "archsmith"
    patterns = ("design.json", "infra/compose.yaml", *_DOCKERFILES)
    slow = False

    def check(self, files: Sequence[Artifact]) -> Check:
        """Compares the compose file and each Dockerfile."""
        model = _Model(design_of(files))
        said, wanted = list[Fact](), list[Fact]()
        for file in chosen(files, ("infra/compose.yaml",)):
            said += _compose_said(yaml_of(file.content))
            wanted += model.compose()
        for file in chosen(files, _DOCKERFILES):
            said += facts_at(file.path, _docker_said(file.content.decode()))
            wanted += model.dockerfile(file.path)
        return verdict(self, files, compare(said, wanted), command="compare with design.json")


def _compose_said(document: Any) -> Iterator[Fact]:
    for name, container in document.get("services", {}).items():
        variables = container.get("environment", {})
        image = str(container.get("image", ""))
        limits = container.get("deploy", {}).get("resources", {}).get("limits", {})
        ports = [m for p in container.get("ports", ()) if (m := _PORT.fullmatch(str(p)))]
        own = "build" in container
        yield from facts_at(
            f"container {name}",
            {
                "image": ":".join(map(_asked, image.split(":", 1))) if own else image,
                "Dockerfile": str(container.get("build", {}).get("dockerfile", "")),
                "PORT": str(variables.get("PORT", "")) if own else "",
                "ports": frozenset(f"{m[2]} to {m[3]}" for m in ports) if own else "",
                "addresses": frozenset(f"{k}={_asked(v)}" for k, v in variables.items() if k.endswith("_URL") and own),
                "CPUs": str(limits.get("cpus", "")),
                "user": "" if own else str(container.get("user", "")),
                "health": _health(container.get("healthcheck", {})),
                "variables": frozenset(variables) if not own else "",
            },
        )


def _asked(value: str) -> str:
    """A value; of one that somebody must set, its name in brackets."""
    return _ASKED.sub(r"(\1)", value)


def _health(check: Any) -> str:
    return "disabled" if check.get("disable") else " ".join(check.get("test", ()))


def _docker_said(text: str) -> dict[str, str | frozenset[str]]:
    lines = text.replace("\\\n", " ").splitlines()
    found = {word: rest for line in lines for word, _, rest in [line.partition(" ")] if word.isupper()}
    return {
        "EXPOSE": found.get("EXPOSE", ""),
        "USER": found.get("USER", ""),
        "health": " ".join(found.get("HEALTHCHECK", "").split()),
        "bases": " ".join(line.split()[1] for line in lines if line.startswith("FROM ")),
        "runs": found.get("CMD", ""),
    }


class _Model:
    """The facts of the model's containers."""

    def __init__(self, design: Design) -> None:
        self._arch = design.architecture
        self._techs = {d.id: d.tech for d in design.decisions.decisions}
        self._kinds = Containers(Catalogue())
        self._called = {s for o in design.derivation.domain.operations for s in o.calls}
        self._own = [
            s
            for s in self._arch.services
            if s.language in self._kinds.runtimes and s.framework in self._kinds.starts
        ]  # fmt: skip
        self._homes = {d.id: d for d in self._arch.deployments}
        platforms = {self._homes[s.deployment].platform for s in self._arch.services if s.deployment in self._homes}
        self._on_machines = bool(platforms & {"vm_compose", "on_prem_vm"})

    def dockerfile(self, path: str) -> list[Fact]:
        """What the Dockerfile at a path has to say."""
        for service in self._own:
            if path in ("infra/Dockerfile", f"infra/{service.id}.Dockerfile"):
                runtime, start = self._kinds.runtimes[service.language], self._kinds.starts[service.framework]
                user = self._kinds.rule("user")
                names = ("every", "timeout", "start", "retries")
                every, timeout, start_in, tries = (self._kinds.rule(f"check.{name}") for name in names)
                pace = f"--interval={every}s --timeout={timeout}s --start-period={start_in}s --retries={tries}"
                said: dict[str, str | frozenset[str]] = {
                    "EXPOSE": str(service.port),
                    "USER": f"{user}:{user}",
                    "health": f"{pace} CMD {json.dumps(self._filled(runtime.check, service))}",
                    "bases": f"{runtime.build} {runtime.run}",
                    "runs": json.dumps(self._filled(start.serve, service)),
                }
                return facts_at(path, said)
        return []

    def compose(self) -> Iterator[Fact]:
        """What the compose file has to say of services, stores, and edges in containers of their own."""
        edges = [e for e in self._arch.edges if e.host is None and not e.managed]
        stores = [s for s in self._arch.stores if self._image(s)]
        taken = {slug(s.id) for s in self._own} | {f"{slug(s.id)}-worker" for s in self._own if s.worker}
        names = {s.id: f"{slug(s.id)}-store" if slug(s.id) in taken else slug(s.id) for s in stores}
        addresses = {names[s.id]: s for s in stores}
        for service in self._own:
            for worker in (False, True)[: 1 + service.worker]:
                yield from self._service(service, addresses, worker=worker, behind=bool(edges))
        for store in stores:
            yield from self._bought(names[store.id], self._image(store), store.deployment)
        for edge in edges:
            image = self._image_of(edge)
            if image:
                name = f"{slug(edge.id)}-store" if slug(edge.id) in taken else slug(edge.id)
                yield from self._bought(name, image, edge.deployment)

    def _bought(self, name: str, image: Image, deployment: DeploymentId | None) -> Iterator[Fact]:
        """The facts of a container whose image others make. One that faces the public is told its host name."""
        said: dict[str, str | frozenset[str]] = {
            "image": image.image,
            "user": image.user,
            "health": " ".join(image.health),
            "CPUs": _cpus(self._homes.get(deployment) if deployment else None),
            "variables": frozenset({*image.environment, *(["HOST"] if image.public else [])}),
        }
        yield from facts_at(f"container {name}", said)

    def _image_of(self, edge: Edge) -> Image | None:
        techs = (self._techs.get(d) for d in edge.because)
        return next((image for tech in techs if tech and (image := self._kinds.image(tech))), None)

    def _service(self, service: Service, stores: dict[str, Store], *, worker: bool, behind: bool) -> Iterator[Fact]:
        name = slug(service.id)
        several = len(self._arch.services) > 1
        yield from facts_at(
            f"container {name}-worker" if worker else f"container {name}",
            {
                "image": f"{name}:(RELEASE)",
                "health": "disabled" if worker else "",
                "Dockerfile": f"../../infra/{f'{service.id}.' if several else ''}Dockerfile",
                "PORT": "" if worker else str(service.port),
                "ports": frozenset() if worker or behind else frozenset({f"{service.port} to {service.port}"}),
                "addresses": frozenset(self._addresses(service, stores)),
                "CPUs": _cpus(self._homes.get(service.deployment)),
            },
        )

    def _addresses(self, service: Service, stores: dict[str, Store]) -> Iterator[str]:
        for name, store in stores.items():
            apart = self._on_machines and (store.managed or store.deployment != service.deployment)
            stem = snake(name).upper()
            url = self._image(store).url.replace("{host}", name).replace("{password}", f"({stem}_PASSWORD)")
            yield f"{stem}_URL={f'({stem}_URL)' if apart else url}"
        yield from (f"{stem}_URL=({stem}_URL)" for stem in (snake(s).upper() for s in self._called))

    def _image(self, store: Store) -> Any:
        """The image of a store that runs by itself; None for one inside another, and where nothing stands in."""
        alone = store.topology is not Topology.EMBEDDED and store.host is None
        return self._kinds.image(store.engine) if alone else None

    @staticmethod
    def _filled(words: Sequence[str], service: Service) -> list[str]:
        return [w.replace("{port}", str(service.port)).replace("{health}", service.health) for w in words]


def _cpus(home: Any) -> str:
    return f"{home.vcpu:g}" if home and home.memory > 0 else ""
