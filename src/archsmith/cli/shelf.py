"""`archsmith catalog`."""

from collections.abc import Iterator
from pathlib import Path

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from archsmith.cli.console import grid, show, show_bytes
from archsmith.cli.designs import catalog_faults, lexicons
from archsmith.cli.exits import BAD_INPUT, FINDINGS, FINE
from archsmith.cli.inputs import refuse
from archsmith.kernel.canonical import to_json
from archsmith.kernel.findings import Finding, Severity
from archsmith.kernel.phrases import counted
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.overlays import check
from archsmith.model.shelf import Catalog, Entry, Shelf
from archsmith.render.markdown import clean, clip
from archsmith.render.shelf import explained, listed

Blocks = Iterator[RenderableType]


def list_rows(tables: tuple[str, ...], catalog: tuple[Path, ...], as_json: bool) -> int:
    """Lists tables, or the rows of some."""
    faults = catalog_faults(catalog)
    found = listed(Catalogue(catalog), tables) if not faults else faults[0]
    if isinstance(found, Finding):
        return refuse(faults or (found,))
    if as_json:
        show_bytes(to_json(found))
    else:
        show(_rows(found) if tables else _tables(found))
    return FINE


def explain_row(row: str, catalog: tuple[Path, ...], as_json: bool) -> int:
    """Explains what has this id or name."""
    faults = catalog_faults(catalog)
    found = explained(Catalogue(catalog), row) if not faults else faults[0]
    if isinstance(found, Finding):
        return refuse(faults or (found,))
    if as_json:
        show_bytes(to_json(found))
    else:
        show(block for entry in found.explained for block in _entry(entry))
    return FINE


def validate_folders(folders: tuple[Path, ...], as_json: bool) -> int:
    """Checks folders of own rows."""
    found = check(folders, lexicons())
    if as_json:
        show_bytes(to_json(Catalog(findings=found)))
    elif found:
        show(Text(clean(line)) if n == 0 else Padding(Text(clean(line)), (0, 0, 0, 2))
             for f in found for n, line in enumerate(str(f).splitlines()))  # fmt: skip
    else:
        show([Text(f"{counted(len(folders), 'folder')} checked: nothing is wrong.")])
    if any(f.severity is Severity.BLOCKER for f in found):
        return BAD_INPUT
    return FINDINGS if any(f.severity is not Severity.NOTE for f in found) else FINE


def _tables(found: Catalog) -> Blocks:
    table = grid(0, 5, 0, 0, 0, head=("table", "holds", "rows", "estimates", "of your own"))
    for shelf in found.shelves:
        guesses = sum(1 for e in shelf.entries if e.source == "estimate")
        mine = sum(1 for e in shelf.entries if e.own)
        cells = (shelf.table, shelf.holds, str(len(shelf.entries)), str(guesses or "–"), str(mine or "–"))
        table.add_row(*(Text(cell) for cell in cells))
    yield table
    yield Text("archsmith catalog list TABLE … shows the rows", style="dim")


def _rows(found: Catalog) -> Blocks:
    for shelf in found.shelves:
        yield Text.assemble((shelf.table, "bold"), (f"  {shelf.holds}", "dim"))
        yield _shelf(shelf)


def _shelf(shelf: Shelf) -> RenderableType:
    table = grid(3, 3, 3, 4)
    for e in shelf.entries:
        style = "green" if e.own else ""
        cells = (e.id, "" if e.name == e.id else clip(e.name, 80), clip(e.value, 60), _source(e))
        table.add_row(*(Text(clean(cell), style=style) for cell in cells))
    return table


def _source(entry: Entry) -> str:
    dated = f"{entry.source}, {entry.as_of}" if entry.as_of else entry.source
    return clip(dated, 90) + (" (your own)" if entry.own else "")


def _entry(entry: Entry) -> Blocks:
    yield Text.assemble((clean(entry.id), "bold"), f"  {clean(entry.name)}", (f"  {entry.table}", "dim"))
    if entry.value:
        yield Text.assemble(clean(entry.value), (f"  {_source(entry)}", "dim"))
    for field in entry.fields:
        yield Padding(Text.assemble((f"{field.name.replace('_', ' ')}: ", "dim"), clip(field.value, 600)), (0, 0, 0, 2))
        for row in field.rows:
            text = Text.assemble(f"{clean(row.id)}: ", (clean(row.value), "bold"), (f"  {_source(row)}", "dim"))
            yield Padding(text, (0, 0, 0, 6))
    yield ""
