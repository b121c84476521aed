"""Dockerfiles and compose files, by the field's own programs."""

import json
from collections.abc import Sequence

from archsmith.model.artifacts import Artifact, Check
from archsmith.verify.ports import ToolMissing, call, laid_out, program, verdict


class Hadolint:
    """hadolint with its default rules."""

    id = "V-DOCKERFILE"
    what = "Dockerfiles lint clean"
    tool = "hadolint"
    patterns = ("*Dockerfile", "*.Dockerfile")
    slow = True

    def check(self, files: Sequence[Artifact]) -> Check:
        """Lints all Dockerfiles."""
        path = program("hadolint")
        with laid_out(files) as folder:
            done = call([path, "-f", "json", *(f.path for f in files)], folder)
            version = call([path, "--version"], folder).stdout.strip().rpartition(" ")[2]
        try:
            rows = json.loads(done.stdout)
        except ValueError:
            rows = [
                {"file": files[0].path, "line": 0, "code": "error", "message": (done.stderr or done.stdout).strip()}
            ]
        facts = [f"{r['file']}:{r['line']}: {r['code']} {r['message']}" for r in rows]
        return verdict(self, files, facts, version=version, command="hadolint -f json")


class Compose:
    """`docker compose config` reads the file and resolves it; no engine is needed."""

    id = "V-COMPOSE"
    what = "the compose file is valid"
    tool = "docker compose"
    patterns = ("infra/compose*.yaml", "compose.yaml")
    slow = True

    def check(self, files: Sequence[Artifact]) -> Check:
        """Checks each compose file."""
        command = _compose_command()
        facts = []
        with laid_out(files) as folder:
            asked = call([*command, "version", "--short"], folder)
            if asked.returncode:
                raise ToolMissing("docker is here, but not its compose plugin")
            version = asked.stdout.strip()
            for file in files:
                done = call([*command, "-f", file.path, "config", "-q", "--no-interpolate"], folder)
                if done.returncode:
                    facts.append(f"{file.path}: {done.stderr.strip()[-500:]}")
        return verdict(self, files, facts, version=version, command="docker compose config -q --no-interpolate")


def _compose_command() -> tuple[str, ...]:
    path = program("docker-compose", "docker")
    return (path,) if path.endswith("docker-compose") else (path, "compose")
