"""All tables as one JSON file, made from the YAML at installation: reading YAML is a sixth of a design's time.

The snapshot carries a digest of the files that it was made from. Where they changed since, or where there is no
snapshot, the YAML is read; so it can be stale or missing, and never wrong. `python -m archsmith.knowledge.snapshot`
makes it.
"""

import functools
import hashlib
import importlib.resources
from collections.abc import Mapping
from importlib.resources.abc import Traversable
from typing import Final

import msgspec

from archsmith.kernel import safeyaml
from archsmith.model.base import Value

NAME: Final = "snapshot.json"


class Snapshot(Value, frozen=True, kw_only=True):
    """The content of the file: the digest of the YAML, and each table as JSON text, decoded when asked for."""

    digest: str
    tables: dict[str, msgspec.Raw]


def text_of(table: str) -> str:
    """The YAML of a table of the package."""
    return (_home() / "data" / f"{table}.yaml").read_text("utf-8")


@functools.cache
def tables() -> Mapping[str, msgspec.Raw]:
    """The tables of a snapshot that fits the YAML, by name; empty where there is none."""
    path = _home() / NAME
    if not path.is_file():
        return {}
    try:
        snapshot = msgspec.json.decode(path.read_bytes(), type=Snapshot)
    except msgspec.MsgspecError:
        return {}
    return snapshot.tables if snapshot.digest == _digest(_files()) else {}


def make() -> bytes:
    """The snapshot of the YAML as it is now."""
    files = _files()
    rows = {name: msgspec.Raw(msgspec.json.encode(safeyaml.load_own(data.decode()))) for name, data in files.items()}
    return msgspec.json.encode(Snapshot(digest=_digest(files), tables=rows))


def _home() -> Traversable:
    return importlib.resources.files("archsmith.knowledge")


def _files() -> dict[str, bytes]:
    return dict(sorted(_below(_home() / "data", "")))


def _below(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        if entry.is_dir():
            found += _below(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".yaml"):
            found.append((prefix + entry.name.removesuffix(".yaml"), entry.read_bytes()))
    return found


def _digest(files: Mapping[str, bytes]) -> str:
    whole = hashlib.sha256()
    for name, data in files.items():
        whole.update(f"{name}\0{len(data)}\0".encode())
        whole.update(data)
    return whole.hexdigest()


if __name__ == "__main__":
    from pathlib import Path

    Path(__file__).with_name(NAME).write_bytes(make())
