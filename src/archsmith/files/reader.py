"""Reads a brief from disk, bounded and decoded, or says in one finding why it can't."""

import re
from pathlib import Path
from typing import Final

from archsmith.kernel.findings import Finding, Severity
from archsmith.kernel.ids import ArtifactPath
from archsmith.model.brief import Brief, BriefForm

MAX_BRIEF_BYTES: Final = 1_000_000
"""A thousand pages of prose; a requirements.yaml of the largest design is below it too."""

MAX_TREE_BYTES: Final = 200_000_000

_FORMS: Final = {
    ".md": BriefForm.MARKDOWN,
    ".markdown": BriefForm.MARKDOWN,
    ".yaml": BriefForm.STRUCTURED,
    ".yml": BriefForm.STRUCTURED,
}
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def read_brief(path: Path) -> Brief | Finding:
    """The brief in `path`, or the finding that tells why it is unusable."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BRIEF_BYTES + 1)
    except FileNotFoundError:
        return _bad(
            "INP001",
            path,
            "there is no such file",
            "give the path of a brief: Markdown, plain text or a requirements.yaml",
        )
    except IsADirectoryError:
        return _bad("INP001", path, "this is a folder", f"give a file in it, such as {path / 'brief.md'}")
    except OSError as error:
        return _bad("INP001", path, f"it can't be read: {error.strerror or error}", "check the file's permissions")
    return decode_brief(path.name, data)


def decode_brief(name: str, data: bytes) -> Brief | Finding:
    """The brief in `data`, or the finding that tells why it is unusable. `name` is for messages and for the form."""
    path = Path(name)
    if len(data) > MAX_BRIEF_BYTES:
        return _bad(
            "INP002",
            path,
            f"it is larger than {MAX_BRIEF_BYTES // 1000:,} kB",
            "give the brief alone; leave attachments and logs out",
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = (
            "it is binary" if b"\x00" in data[:4096] else f"line {line} is not UTF-8 (byte 0x{data[error.start]:02x})"
        )
        return _bad("INP003", path, what, "save it as UTF-8 text, for example: iconv -f WINDOWS-1252 -t UTF-8")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    control = _CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        fact = f"line {line} holds the control character U+{ord(control[0]):04X}, so this is binary or damaged"
        return _bad("INP003", path, fact, "give plain text; copy the words out of a document of another kind")
    if not text.strip():
        return _bad("INP004", path, "it is empty", "write down who shall do what with the system, and how much of it")
    return Brief(name=name, text=text, form=_FORMS.get(path.suffix.lower(), BriefForm.TEXT))


def _bad(rule: str, path: Path, fact: str, fix: str) -> Finding:
    return Finding(id=rule, severity=Severity.BLOCKER, place=str(path), fact=fact, fix=fix)


def read_tree(folder: Path) -> tuple[tuple[ArtifactPath, bytes], ...] | Finding:
    """The regular files below `folder`, by path, links not followed; or the finding that it is no output of ours."""
    if not (folder / "design.json").is_file():
        return _bad("INP007", folder, "it holds no design.json", "give a folder that archsmith design wrote")
    found: list[tuple[ArtifactPath, bytes]] = []
    total = 0
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file():
            continue
        total += path.stat().st_size
        if total > MAX_TREE_BYTES:
            return _bad(
                "INP002", folder, f"it holds more than {MAX_TREE_BYTES:,} bytes", "give the output folder alone"
            )
        found.append((ArtifactPath(path.relative_to(folder).as_posix()), path.read_bytes()))
    return tuple(found)
