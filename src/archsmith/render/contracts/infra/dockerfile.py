"""A Dockerfile for each service: two stages, a pinned base, a user that is only a number."""

import json
from collections.abc import Iterable, Sequence

from archsmith.kernel.ids import ArtifactPath, element
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.containers import Containers, Runtime
from archsmith.model.architecture import Service
from archsmith.model.artifacts import Artifact
from archsmith.model.design import Design
from archsmith.render.markdown import clip


def dockerfiles(design: Design) -> Iterable[Artifact]:
    """`infra/Dockerfile`; `infra/<service>.Dockerfile` each where there are several services."""
    containers = Containers(Catalogue())
    for service in design.architecture.services:
        if service.language in containers.runtimes and service.framework in containers.starts:
            path = dockerfile_path(design, service)
            content = _text(service, containers).encode()
            yield Artifact(path=ArtifactPath(path), content=content, shows=(element("service", service.id),))


def dockerfile_path(design: Design, service: Service) -> str:
    """Where a service's Dockerfile lies in the output."""
    return "infra/Dockerfile" if len(design.architecture.services) == 1 else f"infra/{service.id}.Dockerfile"


def filled(words: Sequence[str], service: Service) -> list[str]:
    """A command with the service's port and health path put in."""
    return [w.replace("{port}", str(service.port)).replace("{health}", service.health) for w in words]


def _text(service: Service, containers: Containers) -> str:
    runtime, start = containers.runtimes[service.language], containers.starts[service.framework]
    return "\n\n".join([_head(service), _build(runtime), _run(service, runtime, start.serve, containers)]) + "\n"


def _head(service: Service) -> str:
    return (
        f"# Image of {clip(service.name, 60)}. The build context is the folder of its code, yet to be written:\n"
        "# it must hold the files that the first stage copies. Pin the bases by digest once you have pulled them."
    )


def _build(runtime: Runtime) -> str:
    return "\n".join([f"FROM {runtime.build} AS build", "WORKDIR /src", *runtime.make])


def _run(service: Service, runtime: Runtime, command: Sequence[str], containers: Containers) -> str:
    user = containers.rule("user")
    every, timeout, start, retries = (
        containers.rule(f"check.{name}") for name in ("every", "timeout", "start", "retries")
    )
    return "\n".join(
        [
            f"FROM {runtime.run}",
            "WORKDIR /app",
            *runtime.take,
            f"USER {user}:{user}",
            f"EXPOSE {service.port}",
            f"HEALTHCHECK --interval={every}s --timeout={timeout}s --start-period={start}s --retries={retries} \\",
            f"    CMD {json.dumps(filled(runtime.check, service))}",
            f"CMD {json.dumps(filled(command, service))}",
        ]
    )
