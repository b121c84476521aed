"""Containers read back and compared with design.json: every key of the compose file, every line of a Dockerfile."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.containers import Containers
from archsmith.model.architecture import Service
from archsmith.model.artifacts import Artifact, Check
from archsmith.model.design import Design
from archsmith.verify.parity import design_of
from archsmith.verify.parity_compose import ComposeModel
from archsmith.verify.parity_facts import Fact, compare, facts_at
from archsmith.verify.ports import chosen, verdict, yaml_of

_DOCKERFILES: Final = ("infra/Dockerfile", "infra/*.Dockerfile")
_ASKED: Final = re.compile(r"\$\{(\w+):(?:(-)|\?set it in \.env)\}")
"""A variable that somebody must set, or may leave out."""
_ORDERED: Final = frozenset({"command", "test"})
"""Lists whose order means something."""


class InfraParity:
    """The containers are those of the model's services, stores and edges, and each has what the model and the rules for
    containers say: image, logins, ports, addresses, limits, rights, health, what it waits for."""

    id = "V-PARITY-INFRA"
    what = "containers say what the model says"
    tool = "archsmith"
    patterns = ("design.json", "infra/compose.yaml", "infra/.env.example", *_DOCKERFILES)
    slow = False

    def check(self, files: Sequence[Artifact]) -> Check:
        """Compares the compose file, the variables that it asks for, and each Dockerfile."""
        design, said, wanted = design_of(files), list[Fact](), list[Fact]()
        document = ComposeModel(design).document()
        for file in chosen(files, ("infra/compose.yaml",)):
            said += told("compose", yaml_of(file.content))
            wanted += told("compose", document)
        for file in chosen(files, ("infra/.env.example",)):
            lines = [x.partition("=") for x in file.content.decode().splitlines() if x and not x.startswith("#")]
            said += [Fact(f"variable {name}", "value", value) for name, _, value in lines]
            wanted += [Fact(f"variable {m[1]}", "value", "") for m in _ASKED.finditer(json.dumps(document))]
        for file in chosen(files, _DOCKERFILES):
            said += _docker(file.path, file.content.decode())
            wanted += (f for n, lines in enumerate(_stages(design, file.path)) for f in _stage(file.path, n, lines))
        return verdict(self, files, compare(said, wanted), command="compare with design.json")


def told(place: str, value: Any) -> Iterator[Fact]:
    """Each key with what stands there; of the variables of the environment file the name alone, in brackets."""
    scalars = {k: _plain(k, v) for k, v in value.items() if not (isinstance(v, dict) and v)}
    yield from facts_at(place, scalars)
    for key, inner in value.items():
        if isinstance(inner, dict) and inner:
            yield from told(f"{place} {key}", inner)


def _plain(key: str, value: Any) -> str | frozenset[str]:
    if isinstance(value, list):
        words = [_asked(str(v)) for v in value]
        return json.dumps(words) if key in _ORDERED else frozenset(words)
    return _asked(str(value)) if isinstance(value, str) else json.dumps(value)


def _asked(value: str) -> str:
    """A value; of one that somebody sets, its name in brackets."""
    return _ASKED.sub(lambda found: f"({found[1]}{', if used' if found[2] else ''})", value)


def _docker(path: str, text: str) -> Iterator[Fact]:
    """The instructions of each stage, in their order; a line that ends in a backslash goes on."""
    lines = [" ".join(line.split()) for line in text.replace("\\\n", " ").splitlines()]
    stages = list[list[str]]()
    for line in lines:
        if line.startswith("FROM ") or (line and not line.startswith("#") and not stages):
            stages.append([])
        if line and not line.startswith("#"):
            stages[-1].append(line)
    for number, found in enumerate(stages):
        yield from _stage(path, number, found)


def _stages(design: Design, path: str) -> list[list[str]]:
    """What the Dockerfile at a path has to say: how its language builds and runs, and how its framework starts."""
    kinds = Containers(Catalogue())
    for service in design.architecture.services:
        if path in ("infra/Dockerfile", f"infra/{service.id}.Dockerfile"):
            runtime, start = kinds.runtimes[service.language], kinds.starts[service.framework]
            check, serve = (_filled(words, service) for words in (runtime.check, start.serve))
            pace = " ".join(f"--{k}={kinds.rule(f'check.{v}')}{unit}" for k, v, unit in _PACE)
            user = kinds.rule("user")
            first = [f"FROM {runtime.build} AS build", "WORKDIR /src", *runtime.make]
            second = [f"FROM {runtime.run}", "WORKDIR /app", *runtime.take, f"USER {user}:{user}"]
            second += [f"EXPOSE {service.port}", f"HEALTHCHECK {pace} CMD {check}", f"CMD {serve}"]
            return [[" ".join(x.split()) for x in lines] for lines in (first, second)]
    return []


def _filled(words: Sequence[str], service: Service) -> str:
    return json.dumps([w.replace("{port}", str(service.port)).replace("{health}", service.health) for w in words])


_PACE: Final = (
    ("interval", "every", "s"),
    ("timeout", "timeout", "s"),
    ("start-period", "start", "s"),
    ("retries", "retries", ""),
)


def _stage(path: str, number: int, lines: Sequence[str]) -> list[Fact]:
    """An instruction a fact: which one of its stage it is, and what it says."""
    said = {f"line {at} {line.split()[0]}": line for at, line in enumerate(lines, 1)}
    return facts_at(f"{path} stage {number + 1}", said)
