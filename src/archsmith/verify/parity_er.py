"""ER diagrams read back: entities, attributes with types and keys, relations with their ends, against the model."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from archsmith.kernel.names import slug
from archsmith.model.artifacts import Artifact, Check
from archsmith.verify.parity import design_of
from archsmith.verify.parity_er_model import LEGEND, ErModel
from archsmith.verify.parity_facts import Fact, compare, facts_at
from archsmith.verify.parity_store_kept import letters
from archsmith.verify.ports import chosen, verdict

_FENCED: Final = re.compile(r"(?m)^`{3,}mermaid\n(erDiagram\n[^`]*)^`{3,}$")
_BOX: Final = re.compile(r'  (\w+)\["([^"]*)"\]( \{)?')
_FIELD: Final = re.compile(r"    (\w+) (\w+)((?: (?:PK|FK|UK),?)*)")
_TIE: Final = re.compile(r'  (\w+) ([|}][|o](?:--|\.\.)[|o][|{]) (\w+) : "([^"]*)"')
_CODE: Final = re.compile(r"#(\d+);")
_ARROW: Final = re.compile(r" (?:──|┄┄)> ")
_CUT: Final = "…"
"""What the name of a box or a line ends with that is too long for it."""


class ErParity:
    """Each service's diagram has its entities, as tables or as what another store keeps, every attribute with its type
    and key, and every relation, with what is one and what many, what is needed and what may be missing."""

    id = "V-PARITY-ER"
    what = "ER diagrams say what the model says"
    tool = "archsmith"
    patterns = ("design.json", "architecture.md", "+diagrams/er-*.mmd", "diagrams/er-*.txt")
    slow = False

    def check(self, files: Sequence[Artifact]) -> Check:
        """Compares the diagram of each service, and those of the document, which have references only."""
        design = design_of(files)
        models = {s.id: ErModel(design, s) for s in design.architecture.services}
        shown = {f"diagrams/er-{slug(ident)}": model for ident, model in models.items() if model.shown}
        found = chosen(files, ("diagrams/er-*.mmd", "diagrams/er-*.txt"))
        paths = {f"{place}.{kind}" for place in shown for kind in ("mmd", "txt")}
        left_out: list[str] = []
        facts = [f"missing: {path}" for path in sorted(paths - {f.path for f in found})]
        facts += [f"not in the model: {f.path}" for f in found if f.path not in paths]
        for file in found:
            model, text = shown.get(file.path[:-4]), file.content.decode()
            if model and file.path.endswith(".mmd"):
                facts += [f"{file.path}: {told}" for told in _differences(text, list(model.facts()))]
            elif model and model.framed:
                left_out.append(f"{file.path}: names have strokes of frames in them")
            elif model:
                facts += [f"{file.path}: {told}" for told in _plainly(text, list(model.plain()))]
        for file in chosen(files, ("architecture.md",)):
            fenced = [m[1] for m in _FENCED.finditer(file.content.decode())]
            if len(fenced) != len(shown):
                facts.append(f"{file.path}: {len(fenced)} ER diagrams, the model has {len(shown)}")
            for text, model in zip(fenced, shown.values(), strict=False):
                facts += [f"{file.path}: {told}" for told in _differences(text, list(model.facts(keys=True)))]
        return verdict(self, files, facts, command="compare with design.json", left_out=left_out)


def _differences(text: str, wanted: list[Fact]) -> list[str]:
    said = list(read(text))
    return compare(said, _cut(wanted, said))


def _plainly(text: str, wanted: list[Fact]) -> list[str]:
    """Of a reference whose names go on in the line below, the letters are compared in any order."""
    said = list(read_plain(text))
    whole = {f.place for f in said if f.what == "is"}
    return compare(said, [f for f in wanted if f.what != "is" or f.place in whole or not f.place.startswith("ref")])


def read_plain(text: str) -> Iterator[Fact]:
    """What boxes and the list of references in plain text say."""
    title, *lines = text.splitlines() or [""]
    yield Fact("title", "is", letters(title))
    boxes, band, rows, told = list[str](), list[str](), list[list[str]](), list[str]()
    for line in lines:
        if line.startswith("┌"):
            band = [""] * line.count("┌")
        elif line.startswith("└"):
            boxes, band = [*boxes, *band], []
        elif band:
            band = [said + letters(cell) for said, cell in zip(band, line.split("│")[1::2], strict=True)]
        elif _ARROW.search(line) and line != LEGEND:
            rows.append([line])
        elif rows and line:
            rows[-1].append(line)
        elif line:
            yield Fact("below", line, "told" if line not in told else "told twice")
            told.append(line)
    yield from (Fact(f"box {number}", "is", said) for number, said in enumerate(boxes, 1))
    for number, row in enumerate(rows, 1):
        place, words = f"reference {number}", letters("".join(row))
        yield Fact(place, "held by", "nothing" if "┄┄>" in row[0] else "a key")
        yield Fact(place, "has", "".join(sorted(words)))
        yield from [Fact(place, "is", words)] if len(row) == 1 else []


def read(text: str) -> Iterator[Fact]:
    """What a diagram says, line by line; a line that is none of ours, or stands there twice, is a fact too."""
    box, ties, seen = "", 0, set[str]()
    first, *lines = text.splitlines() or [""]
    yield Fact("diagram", "is", first)
    for number, line in enumerate(lines, 2):
        if found := _BOX.fullmatch(line):
            box = _once(found[1], seen)
            yield from facts_at(box, {"name": _name(found[2]), "columns": "yes" if found[3] else ""})
        elif box and (found := _FIELD.fullmatch(line)):
            yield from facts_at(_once(f"{box}.{found[2]}", seen), {"type": found[1], "keys": found[3].strip()})
        elif tie := _TIE.fullmatch(line):
            ties += 1
            yield Fact(f"relation {ties}", "is", f"{tie[1]} {tie[2]} {tie[3]}: {_name(tie[4])}")
        elif line != "  }" or not box:
            yield Fact(f"line {number}", "is", line)
        box = "" if line == "  }" else box


def _once(place: str, seen: set[str]) -> str:
    while place in seen:
        place += " again"
    seen.add(place)
    return place


def _name(label: str) -> str:
    """The letters of a label, in which codes stand for characters that Mermaid could act on, and whether it is cut."""
    shown = _CODE.sub(lambda found: chr(int(found[1])), label)
    return letters(shown) + (_CUT if shown.endswith(_CUT) else "")


def _cut(wanted: Iterable[Fact], said: Iterable[Fact]) -> list[Fact]:
    """What is wanted, with names cut where the diagram cuts them."""
    short = {(f.place, f.what): f.value for f in said if isinstance(f.value, str) and f.value.endswith(_CUT)}
    found = []
    for fact in wanted:
        value = short.get((fact.place, fact.what), fact.value)
        begins = isinstance(value, str) and isinstance(fact.value, str) and fact.value.startswith(value[:-1])
        found.append(fact._replace(value=value) if begins else fact)
    return found
