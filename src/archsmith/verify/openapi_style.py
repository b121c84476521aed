"""OpenAPI documents, read by the linters of the field: Spectral with the ruleset beside them, and Redocly."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from archsmith.model.artifacts import Artifact, Check
from archsmith.verify.npm import modules_of, npm_program, version_of
from archsmith.verify.openapi import OPENAPI_FILES
from archsmith.verify.ports import ToolMissing, call, chosen, laid_out, verdict

RULES: Final = "api/.spectral.yaml"
_OWASP: Final = "@stoplight/spectral-owasp-ruleset"
_WARNING: Final = 1
_STRICT: Final = "recommended-strict"
_QUIET: Final = ("env", "REDOCLY_TELEMETRY=off", "REDOCLY_SUPPRESS_UPDATE_NOTICE=true")


class SpectralLints:
    """No error and no warning from Spectral: OpenAPI's rules, OWASP's, and those of the naming guide."""

    id = "V-OPENAPI-STYLE"
    what = "OpenAPI passes Spectral's rules, OWASP's and the naming guide's"
    tool = "spectral"
    patterns = (*OPENAPI_FILES, RULES)
    slow = True

    def check(self, files: Sequence[Artifact]) -> Check:
        """Lints each document with the ruleset that was written for it."""
        facts, version = self.facts(files)
        return verdict(self, files, facts, version=version, command=f"spectral lint -r {RULES} FILES")

    def facts(self, files: Sequence[Artifact]) -> tuple[list[str], str]:
        """All that it has to say of errors and warnings, and its version."""
        path = npm_program("spectral", "@stoplight/spectral-cli")
        modules = modules_of(path)
        if modules is None or not (modules / _OWASP).is_dir():
            raise ToolMissing(f"{_OWASP} is not installed beside spectral: npm install {_OWASP}")
        documents = [f.path for f in chosen(files, OPENAPI_FILES)]
        with laid_out(files) as folder:
            (folder / "node_modules").symlink_to(modules, target_is_directory=True)
            version = version_of(path, "@stoplight/spectral-cli")
            command = [str(path), "lint", "-q", "-r", RULES, "-f", "json", *documents]
            done = call(command, folder)
            facts = [
                _spectral(found, folder) for found in _json(done.stdout, done.stderr) if found["severity"] <= _WARNING
            ]
        return facts, version


class RedoclyLints:
    """No error and no warning from Redocly's strict recommended rules."""

    id = "V-OPENAPI-REDOCLY"
    what = "OpenAPI passes Redocly's recommended rules"
    tool = "redocly"
    patterns = OPENAPI_FILES
    slow = True

    def check(self, files: Sequence[Artifact]) -> Check:
        """Lints each document."""
        path = npm_program("redocly", "@redocly/cli")
        facts: list[str] = []
        with laid_out(files) as folder:
            for file in files:  # its JSON is that of one document
                done = call([*_QUIET, str(path), "lint", f"--extends={_STRICT}", "--format=json", file.path], folder)
                found: Any = _json(done.stdout, done.stderr)
                facts += [_redocly(problem) for problem in found["problems"] if not problem.get("ignored")]
        version = version_of(path, "@redocly/cli")
        return verdict(self, files, facts, version=version, command=f"redocly lint --extends={_STRICT} FILE")


def _json(text: str, error: str) -> Any:
    """What a linter printed. Raises ToolMissing where it broke down instead."""
    try:
        return json.loads(text)
    except ValueError as broken:
        raise ToolMissing(f"it broke down: {(error or text).strip()[-200:]}") from broken


def _spectral(found: Any, folder: Path) -> str:
    source = Path(found.get("source") or "").name and Path(found["source"]).resolve()
    where = source.relative_to(folder.resolve()) if source and source.is_relative_to(folder.resolve()) else ""
    return f"{where} {'/'.join(map(str, found['path']))}: {found['code']}: {found['message']}".strip()


def _redocly(problem: Any) -> str:
    at = problem["location"][0] if problem.get("location") else {}
    return f"{at.get('source', {}).get('ref', '')} {at.get('pointer', '')}: {problem['ruleId']}: {problem['message']}"
