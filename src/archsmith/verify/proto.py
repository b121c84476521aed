"""Protocol Buffers, checked and compiled by buf."""

import json
from collections.abc import Sequence
from typing import Any, Final

from archsmith.model.artifacts import Artifact, Check
from archsmith.verify.ports import call, laid_out, program, verdict

PROTO_FILES: Final = ("+proto/*.proto", "proto/buf.yaml")
"""The module: its packages and buf's configuration."""
_FINDINGS: Final = 100
_FAILED: Final = (1, _FINDINGS)


class Proto:
    """buf compiles the module, and its lint has nothing to say."""

    id = "V-PROTO"
    what = "Protocol Buffers compile and pass buf's lint"
    tool = "buf"
    patterns = PROTO_FILES
    slow = True

    def check(self, files: Sequence[Artifact]) -> Check:
        """Lints, which compiles first."""
        path = program("buf")
        with laid_out(files) as folder:
            version = call([path, "--version"], folder).stdout.strip()
            done = call([path, "lint", "proto"], folder)
        facts = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        facts = facts or ([f"buf ended with {done.returncode}"] if done.returncode else [])
        return verdict(self, files, facts, version=version, command="buf lint proto")


class NotCompiled(Exception):
    """The module is not one that buf compiles."""


def descriptors(files: Sequence[Artifact]) -> Any:
    """The compiled module as data (FileDescriptorSet in JSON). Raises NotCompiled where buf can't compile it."""
    path = program("buf")
    with laid_out(files) as folder:
        done = call([path, "build", "proto", "--as-file-descriptor-set", "-o", "-#format=json"], folder)
    if done.returncode in _FAILED:
        raise NotCompiled(f"buf does not compile the module: {done.stderr.strip()[:300]}")
    return json.loads(done.stdout)
