"""The port behind which every tool sits, and what its adapters share."""

import fnmatch
import functools
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Protocol

from archsmith.kernel import safeyaml
from archsmith.kernel.ids import ArtifactPath
from archsmith.model.artifacts import Artifact, Check, Outcome

TIMEOUT: Final = 120
"""Seconds that an outside tool may take before it counts as not run."""
MAX_FACTS: Final = 20


class Tool(Protocol):
    """One check. `slow` ones start processes or take more than a tenth of a second; they run only when asked for."""

    @property
    def id(self) -> str:
        """Stable id (`V-OPENAPI`)."""
        ...

    @property
    def what(self) -> str:
        """What holds when it passes."""
        ...

    @property
    def tool(self) -> str:
        """Name of the tool."""
        ...

    @property
    def patterns(self) -> tuple[str, ...]:
        """Which paths it is for, as glob patterns."""
        ...

    @property
    def slow(self) -> bool:
        """Whether it waits to be asked for."""
        ...

    def check(self, files: Sequence[Artifact]) -> Check:
        """Checks those files, of which there is at least one."""
        ...


_WILD: Final = frozenset("*?[")
"""What tells a glob pattern from a name."""


def chosen(files: Sequence[Artifact], patterns: Sequence[str]) -> tuple[Artifact, ...]:
    """The files whose path matches one of the patterns (`api/*.yaml`, `*/Dockerfile`), in their order.

    Where some begin with `+`, a file of one of those must be there; without one there is nothing to check.
    """
    needed = [p[1:] for p in patterns if p.startswith("+")]
    if needed and not any(fnmatch.fnmatchcase(f.path, p) for f in files for p in needed):
        return ()
    every = [p.removeprefix("+") for p in patterns]
    names, globs = frozenset(every), [p for p in every if not _WILD.isdisjoint(p)]
    return tuple(f for f in files if f.path in names or any(fnmatch.fnmatchcase(f.path, p) for p in globs))


_LARGEST = 64_000_000
"""Bytes of a generated YAML file: the OpenAPI of a thousand operations has three million."""


@functools.lru_cache(maxsize=8)
def yaml_screened(content: bytes) -> str:
    """A YAML file's text, known to be plain: well formed, no aliases, no tags. Nothing is built. Raises BadYaml."""
    text = content.decode()
    safeyaml.screen(text, _LARGEST)
    return text


@functools.lru_cache(maxsize=8)
def yaml_of(content: bytes) -> Any:
    """A YAML file's plain data, read once for all checks of it; they must not change it. Raises BadYaml."""
    return safeyaml.load_own(yaml_screened(content))


def verdict(
    tool: Tool,
    files: Sequence[Artifact],
    facts: Sequence[str],
    *,
    version: str = "",
    command: str = "",
    ran: bool = True,
    left_out: Sequence[str] = (),
) -> Check:
    """A check's result: failed where there are facts, partly run where something was left out, passed where there is
    neither, not run where it was not."""
    good = Outcome.PARTLY if left_out else Outcome.PASSED
    outcome = Outcome.NOT_RUN if not ran else Outcome.FAILED if facts else good
    facts = [*facts, *(f"not run: {what}" for what in left_out)]
    shown = tuple(facts[:MAX_FACTS]) + ((f"and {len(facts) - MAX_FACTS} more",) if len(facts) > MAX_FACTS else ())
    paths = tuple(ArtifactPath(f.path) for f in files)
    return Check(
        id=tool.id,
        what=tool.what,
        tool=tool.tool,
        version=version,
        command=command,
        artifacts=paths,
        outcome=outcome,
        facts=shown,
    )


def not_run(tool: Tool, files: Sequence[Artifact], why: str) -> Check:
    """The result of a check that did not take place."""
    return verdict(tool, files, (why,), ran=False)


@contextmanager
def laid_out(files: Sequence[Artifact]) -> Iterator[Path]:
    """The files in a temporary folder, for tools that read from disk."""
    with tempfile.TemporaryDirectory(prefix="archsmith-verify-") as name:
        folder = Path(name)
        for file in files:
            place = folder / file.path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(file.content)
        yield folder


class ToolMissing(Exception):
    """The tool is not here, or did not answer in time."""


def program(*names: str) -> str:
    """The first of the programs on PATH, or beside this Python, whose packages bring some of them. Raises ToolMissing
    where none is."""
    beside = str(Path(sys.executable).parent)
    for name in names:
        found = shutil.which(name) or shutil.which(name, path=beside)
        if found:
            return found
    raise ToolMissing(f"{' or '.join(names)} is not on PATH")


def call(
    command: Sequence[str], cwd: Path, variables: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Runs a program without a shell, bounded in time, in a fixed locale. Raises ToolMissing on a time-out."""
    env = {**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC", "NO_COLOR": "1", **(variables or {})}
    try:
        return subprocess.run(
            list(command), cwd=cwd, env=env, capture_output=True, text=True, timeout=TIMEOUT, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ToolMissing(f"no answer within {TIMEOUT} s") from error
    except OSError as error:
        raise ToolMissing(f"{command[0]} does not start: {error.strerror}") from error
