"""Checks folders of rows of one's own: place, fact and fix for each fault, before a run can stumble over it."""

import difflib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec
import yaml

from archsmith.kernel import safeyaml
from archsmith.kernel.canonical import Malformed, from_plain
from archsmith.kernel.findings import Finding, Severity, sort_findings
from archsmith.knowledge.archetypes import CUES
from archsmith.knowledge.catalogue import Catalogue, Table, text_of_stranger
from archsmith.knowledge.references import faults
from archsmith.knowledge.shelves import shelves

MOST: Final = 50
"""Findings of one file."""
_FILES: Final = 500
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ()/+&'_.:-]{0,99}")
_PLAIN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+-]{0,99}")
"""Ids of these stand in paths and in code."""
_STRICT: Final = frozenset({"technologies", "providers", "regions", "instances", "prices", "capacity", "archetypes"})
_UNREADABLE: Final = frozenset({"CAT002", "CAT004", "CAT005"})
"""Where there is one of these the whole can't be looked at."""
_DATE: Final = re.compile(r"\d{4}(?:-\d{2}){0,2}")


def check(folders: tuple[Path, ...], more: Mapping[str, Table[Any]] | None = None) -> tuple[Finding, ...]:
    """What is wrong with the folders, laid over the package in this order. BLOCKER: a run can't use it.

    `more`: tables of other packages, by name. Never raises on what stands in a file.
    """
    found: list[Finding] = []
    for folder in folders:
        found += _folder(folder, folders, more or {})
    if any(f.id in _UNREADABLE for f in found):
        return sort_findings(found)
    return sort_findings([*found, *_whole(folders)])


def _folder(folder: Path, folders: tuple[Path, ...], more: Mapping[str, Table[Any]]) -> Iterator[Finding]:
    try:
        known = {**more, **shelves(Catalogue(folders))}
    except (safeyaml.BadYaml, Malformed):
        known = {**more, **shelves(Catalogue())}  # the file that does not fit gets its own finding below
    files = sorted(p for p in folder.rglob("*") if p.is_file() or p.is_symlink())
    if len(files) > _FILES:
        yield _finding("CAT002", str(folder), f"it holds {len(files):,} files", f"give at most {_FILES}")
        return
    if not any(p.suffix == ".yaml" for p in files):
        fix = "name files after tables, such as technologies.yaml; `archsmith catalog list` shows them"
        yield _finding("CAT002", str(folder), "it holds no .yaml file", fix, Severity.WARNING)
    for path in files:
        name = path.relative_to(folder).with_suffix("").as_posix()
        if path.is_symlink():
            yield _finding("CAT002", str(path), "it is a link", "put the file itself there")
        elif path.suffix != ".yaml" or name not in known:
            yield from _stray(path, name, known)
        else:
            yield from _file(path, known[name])


def _stray(path: Path, name: str, known: Mapping[str, Table[Any]]) -> Iterator[Finding]:
    if path.suffix not in (".yaml", ".yml"):
        return
    close = difflib.get_close_matches(name[:80], known, n=1)
    hint = f"did you mean {close[0]}.yaml? " if close else ""
    fix = f"{hint}`archsmith catalog list` shows the tables"
    yield _finding("CAT003", str(path), f"there is no table {name[:80]!r}, so nobody reads it", fix, Severity.WARNING)


def _file(path: Path, table: Table[Any]) -> Iterator[Finding]:
    """Faults of one file: syntax, shape, rows one by one, keys that are there twice."""
    try:
        text = text_of_stranger(path)
        data = safeyaml.load(text)
    except safeyaml.BadYaml as error:
        place = f"{path}:{error.line}" if error.line else str(path)
        yield _finding("CAT004", place, str(error), "give plain UTF-8 YAML without anchors, aliases and tags")
        return
    if not isinstance(data, list):
        yield _finding("CAT004", str(path), "it is no list of rows", "begin each row with a dash: `- {id: ...}`")
        return
    lines, seen, told = _lines(text), set[str](), 0
    for n, raw in enumerate(data):
        place = f"{path}:{lines[n]}" if n < len(lines) else str(path)
        for finding in _row(raw, place, table, seen):
            told += 1
            if told > MOST:
                yield _finding("CAT004", str(path), f"more than {MOST} faults", "mend those that are told first")
                return
            yield finding


def _row(raw: object, place: str, table: Table[Any], seen: set[str]) -> Iterator[Finding]:
    try:
        (row,) = from_plain([raw], list[table.row])  # type: ignore[name-defined]
    except Malformed as error:
        message, _, path = str(error).partition(" - at ")
        field = path.strip("`").removeprefix("$[0]").strip(".")
        fields = ", ".join(f.name for f in msgspec.structs.fields(table.row))
        fact = f"{field}: {message}" if field else message
        yield _finding("CAT005", place, fact[:300], f"the fields of {table.name} are: {fields}")
        return
    key = str(getattr(row, table.key))
    if not (_PLAIN if table.name in _STRICT else _ID).fullmatch(key):
        fact = f"{table.key} {key[:60]!r} can't stand in a path"
        yield _finding("CAT006", place, fact, "use letters, digits, dots, dashes and underscores")
    if key in seen:
        yield _finding("CAT007", place, f"{key[:60]!r} is there twice", "leave one of them out", Severity.WARNING)
    seen.add(key)
    yield from _sourced(row, place, key)


def _sourced(row: Any, place: str, key: str) -> Iterator[Finding]:
    source, as_of = getattr(row, "source", None), getattr(row, "as_of", None)
    if source is not None and not source.strip():
        yield _finding("CAT008", place, f"{key[:60]!r} has no source", "say where it comes from, or `estimate`")
    if as_of and not _DATE.fullmatch(as_of):
        fact = f"as_of {as_of[:40]!r} is no date"
        yield _finding("CAT008", place, fact, "write 2026-05 or 2026-05-31", Severity.WARNING)
    if source and source != "estimate" and as_of == "":
        fix = "add as_of: 2026-05"
        yield _finding("CAT008", place, f"{key[:60]!r} has no date", fix, Severity.NOTE)


def _whole(folders: tuple[Path, ...]) -> Iterator[Finding]:
    """Faults that show only in the whole: references, figures, archetypes without a file. Rows of the package pass."""
    whole, own = Catalogue(folders), Catalogue()
    for name, table in shelves(whole).items():
        rows, packaged = whole.table(table), own.table(table)
        kind = name.partition("archetypes/")[2]
        if kind and kind not in rows:
            fact = f"archetypes.yaml names {kind[:60]!r}, and there is no {name[:80]}.yaml with that row"
            yield _finding("CAT009", _where(folders, CUES.name), fact, "add that file, or leave the row out")
        for key, row in rows.items():
            if packaged.get(key) == row:
                continue  # an overlay adds and replaces, it removes nothing that this row could refer to
            for fault in faults(name, row, whole):
                place = f"{_where(folders, name)}, {key[:60]}"
                yield _finding("CAT009", place, fault.fact[:300], fault.fix)


def _where(folders: tuple[Path, ...], name: str) -> str:
    return next((str(f / f"{name}.yaml") for f in reversed(folders) if (f / f"{name}.yaml").is_file()), name)


def _lines(text: str) -> list[int]:
    """The line of each row."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    node = yaml.compose(text, Loader=loader)
    rows = node.value if isinstance(node, yaml.SequenceNode) else []
    return [row.start_mark.line + 1 for row in rows]


def _finding(rule: str, place: str, fact: str, fix: str, severity: Severity = Severity.BLOCKER) -> Finding:
    return Finding(id=rule, severity=severity, place=place, fact=fact, fix=fix)
