"""What `render` returns and `verify` reads: files in memory, and the evidence about them."""

import enum

from archsmith.kernel.ids import ArtifactPath, ElementId
from archsmith.model.base import Value


class Artifact(Value, frozen=True, kw_only=True):
    """A file to be: its path within the output folder (posix, relative, no `..`), its bytes, the elements it shows."""

    path: ArtifactPath
    content: bytes
    shows: tuple[ElementId, ...] = ()


class Outcome(enum.StrEnum):
    """What a tool said. `NOT_RUN` is never a pass; of `PARTLY` what ran held, and the facts say what did not run."""

    PASSED = "passed"
    PARTLY = "partly_run"
    FAILED = "failed"
    NOT_RUN = "not_run"


class Check(Value, frozen=True, kw_only=True):
    """One check of one or more artifacts by one tool. `facts`: its messages, or why it was not run."""

    id: str
    what: str
    tool: str
    version: str
    command: str
    artifacts: tuple[ArtifactPath, ...]
    outcome: Outcome
    facts: tuple[str, ...] = ()


class Evidence(Value, frozen=True, kw_only=True):
    """All checks, in the order of their ids."""

    checks: tuple[Check, ...]

    @property
    def failed(self) -> tuple[Check, ...]:
        """The checks that a tool ran and did not pass."""
        return tuple(c for c in self.checks if c.outcome is Outcome.FAILED)
