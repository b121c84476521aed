"""The only writer. It stays in its folder, leaves nothing half-written and never overwrites what it did not write."""

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from archsmith.kernel.canonical import Malformed, from_json, to_json
from archsmith.kernel.findings import Finding, Severity
from archsmith.model.artifacts import Artifact

MANIFEST: Final = ".archsmith.json"
"""Lists what was written and the hash of each file, so that the next run knows its own from a person's."""

HEAD: Final = 1_000
"""In so many bytes at its beginning a single file says that it is ours."""

_SAFE_PART: Final = re.compile(r"[A-Za-z0-9._-]{1,120}")


class UnsafePath(ValueError):
    """An artifact's path leaves the folder, or could on another system. A bug of a renderer, never the user's."""


def write_tree(
    target: Path, artifacts: Iterable[Artifact], *, force: bool = False, replaceable: frozenset[str] = frozenset()
) -> Finding | None:
    """Writes all artifacts to `target` at once: into a temporary folder beside it, which then takes its place.

    A target that exists must be empty or our own earlier output with no file changed by hand (but for `replaceable`);
    `force` gives up the changes. Files in it that are not ours are kept. Returns the finding that made it refuse.
    """
    files = {_checked(a.path): a.content for a in artifacts}
    target = target.absolute()
    refusal = _refusal(target, files, force, replaceable)
    if refusal:
        return refusal
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    except OSError as error:
        return _refused(
            target, f"it can't be written: {error.strerror or error}", "choose a folder that you may write to"
        )
    try:
        _fill(staging, files)
        _keep_foreign(target, staging, files)
        _swap(staging, target)
    except OSError as error:
        return _refused(
            target, f"writing failed: {error.strerror or error}", "nothing was changed; free space or permissions"
        )
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return None


def update_tree(folder: Path, artifacts: Iterable[Artifact]) -> Finding | None:
    """Replaces or adds single files of our own output, each at once, and enters them in its manifest.

    All else stays as it is, changes made by hand too. Returns the finding that made it fail.
    """
    files = {_checked(a.path): a.content for a in artifacts}
    digests = {**(_manifest(folder) or {}), **{p: hashlib.sha256(c).hexdigest() for p, c in files.items()}}
    try:
        for path, content in [*sorted(files.items()), (MANIFEST, to_json(dict(sorted(digests.items()))))]:
            place = folder / path
            if any(p.is_symlink() for p in (place, *place.parents) if folder in p.parents):
                return _refused(place, "a link stands where our file was", "remove the link")
            place.parent.mkdir(parents=True, exist_ok=True)
            staged = place.with_name(f".{place.name}.new")
            staged.write_bytes(content)
            os.replace(staged, place)
    except OSError as error:
        return _refused(folder, f"writing failed: {error.strerror or error}", "check space and permissions")
    return None


def write_file(path: Path, content: bytes, *, ours: str, force: bool = False) -> Finding | None:
    """Writes one file at once. A file that is there is replaced if its beginning holds `ours`, or with `force`.

    Returns the finding that made it refuse.
    """
    try:
        if path.is_symlink() or path.is_dir():
            return _refused(path, "a folder or a link stands there", "choose another name for the file")
        if not force and path.exists() and ours.encode() not in path.read_bytes()[:HEAD]:
            return _refused(path, "archsmith did not write it", "choose another name, or --force to lose what it holds")
        with tempfile.NamedTemporaryFile(prefix=f".{path.name}.", dir=path.parent, delete=False) as staged:
            staged.write(content)
        Path(staged.name).chmod(0o644)
        os.replace(staged.name, path)
    except OSError as error:
        return _refused(
            path, f"it can't be written: {error.strerror or error}", "choose a folder that you may write to"
        )
    return None


def _checked(path: str) -> str:
    if any(p in {".", ".."} or not _SAFE_PART.fullmatch(p) for p in path.split("/")):
        raise UnsafePath(f"unsafe artifact path: {path!r}")
    return path


def _refusal(target: Path, files: Mapping[str, bytes], force: bool, replaceable: frozenset[str]) -> Finding | None:
    if len({p.lower() for p in files}) != len(files):
        raise UnsafePath("two artifacts differ only in upper and lower case")
    if target == Path.cwd():
        return _refused(target, "this is the folder you stand in, which can't be replaced", f"use -o {target / 'out'}")
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        return _refused(target, "it is not a folder", "choose another name for the output folder")
    if not target.exists() or not any(target.iterdir()):
        return None
    ours = _manifest(target)
    if ours is None:
        if force:
            return None
        fact = "it is not empty, and archsmith did not write it"
        return _refused(target, fact, "choose another folder, or --force to write into it (its other files stay)")
    changed = [p for p in sorted(ours) if _differs(target / p, ours[p]) and p not in replaceable]
    foreign = [p for p in sorted(files) if p not in ours and (target / p).exists()]
    if (changed or foreign) and not force:
        some = ", ".join([*changed, *foreign][:5])
        return _refused(
            target, f"changed by hand since it was written: {some}", "save them elsewhere, or --force to lose them"
        )
    return None


def _refused(target: Path, fact: str, fix: str) -> Finding:
    return Finding(id="OUT001", severity=Severity.BLOCKER, place=str(target), fact=fact, fix=fix)


def _manifest(target: Path) -> dict[str, str] | None:
    try:
        return from_json((target / MANIFEST).read_bytes(), dict[str, str])
    except (OSError, Malformed):
        return None


def _differs(path: Path, digest: str) -> bool:
    """Whether a file of ours was changed; one that was deleted counts as unchanged, it is only written again."""
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() != digest


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.chmod(0o755)
    digests = {path: hashlib.sha256(content).hexdigest() for path, content in sorted(files.items())}
    for path, content in [*sorted(files.items()), (MANIFEST, to_json(digests))]:
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def _keep_foreign(target: Path, staging: Path, files: Mapping[str, bytes]) -> None:
    """Copies what is in the target and not ours, without following links out of it."""
    if not target.is_dir():
        return
    ours = set(_manifest(target) or ()) | set(files) | {MANIFEST}
    for path in sorted(target.rglob("*")):
        relative = path.relative_to(target).as_posix()
        if relative in ours or (path.is_dir() and not path.is_symlink()):
            continue
        place = staging / relative
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, place, follow_symlinks=False)


def _swap(staging: Path, target: Path) -> None:
    """The new tree takes the old one's place; if that fails in the middle, the old one comes back."""
    if not target.exists():
        os.rename(staging, target)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{target.name}.old.", dir=target.parent))
    os.rename(target, old)
    try:
        os.rename(staging, target)
    except OSError:
        os.rename(old, target)
        raise
    shutil.rmtree(old, ignore_errors=True)
