"""Whom a throw-away server runs as: database servers refuse to run as root."""

import os
import pwd
from pathlib import Path

from archsmith.verify.ports import ToolMissing


def unprivileged(folder: Path, own: str) -> str:
    """The user for a server whose data lie in `folder`, which that user then owns: `own`, made by the server's package,
    or nobody; empty where we are not root and run it ourselves. Raises ToolMissing where there is neither."""
    if os.geteuid() != 0:
        return ""
    for name in (own, "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, entry.pw_uid, entry.pw_gid)
        return name
    raise ToolMissing("the server does not run as root, and there is no other user here")
