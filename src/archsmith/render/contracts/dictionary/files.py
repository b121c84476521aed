"""`db/dictionary.md` and `db/dictionary.csv`: every set of data and every column, from the one model."""

import csv
import io
from collections.abc import Iterable

from archsmith.kernel.ids import ArtifactPath
from archsmith.model.artifacts import Artifact
from archsmith.model.design import Design
from archsmith.model.domain import DataClass
from archsmith.render.cells import cell
from archsmith.render.contracts.dictionary import facts
from archsmith.render.contracts.dictionary.sets import DataSet, Item, data_sets
from archsmith.render.markdown import code, join, sentence, table, text
from archsmith.render.prose import some
from archsmith.render.view import View, grouped

_PLAIN = frozenset({DataClass.PUBLIC, DataClass.INTERNAL})
_HEAD = ("Data", "What it is", "Class", "About", "Owner", "Kept", "Basis", "Also in")


def dictionary(design: Design) -> Iterable[Artifact]:
    """Both files, where the design keeps anything."""
    view = View(design)
    sets = data_sets(view)
    if not sets:
        return
    shows = tuple(dict.fromkeys(d.element for d in sets if d.entity))
    for name, body in (("md", _page(view, sets)), ("csv", _rows(view, sets))):
        path = ArtifactPath(f"db/dictionary.{name}")
        yield Artifact(path=path, content=body.encode("utf-8", "replace"), shows=shows)


def _page(view: View, sets: tuple[DataSet, ...]) -> str:
    regimes = sorted({p.regime for d in sets for p in d.processing})
    owners = {facts.owner(view, d) for d in sets}
    everywhere = set.intersection(*(set(facts.copies(view, d)) for d in sets))
    rows = [_row(view, d, everywhere, several=len(regimes) > 1, shared=len(owners) > 1) for d in sets]
    here = "Every column, with its rule: [dictionary.csv](dictionary.csv)."
    owned = f" All of it is kept by {text(next(iter(owners)))}." if len(owners) == 1 and owners != {""} else ""
    copied = (
        f" All that {text(view.title)} keeps is also in {text(', '.join(sorted(everywhere)))}." if everywhere else ""
    )
    blocks = [
        f"# Data dictionary of {text(view.title)}",
        here + owned + copied,
        table(_HEAD, rows),
        _assumed(sets, regimes),
    ]
    return f"{join([*blocks, *(_sensitive(sets) if view.small else _all(sets))])}\n"


def _row(view: View, data: DataSet, everywhere: set[str], *, several: bool, shared: bool) -> tuple[str, ...]:
    return (
        code(data.name, in_table=True),
        sentence(data.about),
        text(data.data_class),
        text(facts.subjects(data)),
        text(facts.owner(view, data)) if shared else "",
        text(facts.kept(view, data)),
        text(facts.basis(data, regime=several)),
        some([text(c) for c in facts.copies(view, data) if c not in everywhere], 6),
    )


def _assumed(sets: tuple[DataSet, ...], regimes: list[str]) -> str:
    """Which basis was assumed for what, and what a request to be forgotten does there: somebody answerable confirms."""
    found = grouped(
        ((p.regime, facts.clauses(p), p.reason, p.erasure, p.source), d) for d in sets for p in d.processing
    )
    if not found:
        return ""
    body = [
        (text(regime), text(basis), some([code(d.name, in_table=True) for d in data], 12), *map(text, (why, gone, law)))
        for (regime, basis, why, gone, law), data in found.items()
    ]
    said = (
        f"Bases under {' and '.join(map(text, regimes))} are assumptions: who answers for the data confirms each. A "
        "request for a copy takes in every row that is about the person."
    )
    head = ("Regime", "Basis", "For", "Assumed because", "A request to be forgotten", "Law")
    return join([said, table(head, body)])


def _sensitive(sets: tuple[DataSet, ...]) -> list[str]:
    rows = [
        (code(f"{d.name}.{i.name}", in_table=True), text(i.data_class), sentence(i.meaning), _guard(i))
        for d in sets
        for i in d.items
        if i.data_class not in _PLAIN
    ]
    return ["## Columns about people, and secrets", table(("Column", "Class", "Meaning", "Guarded by"), rows)]


def _all(sets: tuple[DataSet, ...]) -> list[str]:
    blocks = ["## Columns"]
    for data in sets:
        rows = [
            (code(i.name, in_table=True), text(i.type), i.key, "" if i.required else "yes", sentence(i.meaning),
             text(i.data_class) if i.data_class not in _PLAIN else "", _guard(i))
            for i in data.items
        ]  # fmt: skip
        head = ("Column", "Type", "Key", "May be empty", "Meaning", "Class", "Guarded by")
        blocks += [f"### {code(data.name)}", table(head, rows)]
    return blocks


def _guard(item: Item) -> str:
    return "encrypted by the application" if item.encrypted else ""


def _rows(view: View, sets: tuple[DataSet, ...]) -> str:
    people = any(d.processing for d in sets)
    head = ["store", "data", "column", "type", "required", "key", "meaning", "rule", "class", "encrypted", "owner",
            "kept", "also in", *(("about", "basis", "purpose", "when asked to erase") if people else ())]  # fmt: skip
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    for data in sets:
        shared = [facts.owner(view, data), facts.kept(view, data), "; ".join(facts.copies(view, data))]
        asked = [
            facts.subjects(data), facts.basis(data, regime=True),
            "; ".join(dict.fromkeys(p.purpose for p in data.processing)),
            "; ".join(dict.fromkeys(p.erasure for p in data.processing)),
        ]  # fmt: skip
        for item in data.items:
            row = [data.store, data.name, item.name, item.type, "yes" if item.required else "no", item.key,
                   item.meaning, item.limits, item.data_class, "yes" if item.encrypted else "no", *shared,
                   *(asked if people else ())]  # fmt: skip
            writer.writerow([cell(str(value)) for value in row])
    return out.getvalue()
