"""Requirements from a YAML text that a person may have edited: gaps filled, mistakes named with their line."""

import difflib
from typing import Any, Final

import msgspec
import yaml

from archsmith.elicit.saying import says
from archsmith.elicit.yaml_out import SCHEMA
from archsmith.kernel import safeyaml
from archsmith.kernel.canonical import Malformed, from_plain
from archsmith.kernel.findings import Finding, Severity, sort_findings
from archsmith.kernel.names import slug
from archsmith.model.requirements import Requirements

_MAX_FINDINGS: Final = 50
_ROOT: Final = msgspec.inspect.type_info(Requirements)


def from_yaml(text: str, name: str) -> Requirements | tuple[Finding, ...]:
    """The requirements, or what is wrong with the text and how to mend it. `name`: the file, for messages."""
    try:
        data = safeyaml.load(text)
    except safeyaml.BadYaml as error:
        where = f"{name}:{error.line}" if error.line else name
        return (
            _finding("INP020", where, f"it is no YAML that archsmith takes: {error}", "mend the syntax at that line"),
        )
    if not isinstance(data, dict):
        return (_finding("INP020", name, "it holds no keys", f"begin with the line `schema: {SCHEMA}`"),)
    schema = data.pop("schema", SCHEMA)
    if schema != SCHEMA:
        fact = f"its schema is {str(schema)[:60]!r}, not {SCHEMA!r}"
        return (_finding("INP022", f"{name}:1", fact, f"write `schema: {SCHEMA}`"),)
    data.setdefault("title", name)
    data.setdefault("source", name)
    filler = _Filler(name, text)
    filled = filler.fill(data, _ROOT, "")
    if filler.findings:
        return sort_findings(filler.findings)
    try:
        return from_plain(filled, Requirements)
    except Malformed as error:
        message, _, path = str(error).partition(" - at ")
        keys = path.strip("`").removeprefix("$").strip(".")
        where = f"{name}:{_line(text, keys)}" if keys else name
        return (
            _finding(
                "INP021",
                where,
                f"{keys or 'the file'}: {message}",
                "give a value of that type; see `archsmith schema requirements`",
            ),
        )


def _finding(rule: str, place: str, fact: str, fix: str) -> Finding:
    return Finding(id=rule, severity=Severity.BLOCKER, place=place, fact=fact, fix=fix)


class _Filler:
    """Walks data beside the types of the model: fills what may be left out and notes keys that do not exist."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.findings: list[Finding] = []

    def fill(self, data: Any, kind: msgspec.inspect.Type, path: str) -> Any:
        """The data with its gaps filled."""
        if isinstance(kind, msgspec.inspect.UnionType):
            return self._union(data, kind, path)
        if isinstance(kind, msgspec.inspect.VarTupleType):
            if not isinstance(data, list):
                return data
            return [self.fill(item, kind.item_type, f"{path}[{n}]") for n, item in enumerate(data)]
        if isinstance(kind, msgspec.inspect.StructType):
            return self._struct(data, kind, path)
        return data

    def _union(self, data: Any, kind: msgspec.inspect.UnionType, path: str) -> Any:
        if data is None:
            return None
        structs = [t for t in kind.types if isinstance(t, msgspec.inspect.StructType)]
        return self.fill(data, structs[0], path) if len(structs) == 1 else data

    def _struct(self, data: Any, kind: msgspec.inspect.StructType, path: str) -> Any:
        fields = {f.name: f for f in kind.fields}
        if not isinstance(data, dict):
            data = _short(data, set(fields), path)
            if not isinstance(data, dict):
                return data
        row = dict(data)
        for key in sorted(str(k) for k in row.keys() - fields.keys()):
            self._unknown(key, list(fields), path)
        if len(self.findings) > _MAX_FINDINGS:
            return row
        if "why" in fields:
            row["why"] = self._why(row, path)
        for key, value in _gaps(kind.cls.__name__, row, path).items():
            if key in fields:
                row.setdefault(key, value)
        return {
            key: (value if key == "why" else self.fill(value, fields[key].type, f"{path}.{key}".strip(".")))
            for key, value in row.items()
            if key in fields
        }

    def _why(self, row: dict[str, Any], path: str) -> Any:
        given = {"by": "given", "file": self.name, "key": path}
        why = row.get("why")
        if not isinstance(why, dict) or why.get("by") != "stated":
            return given if why is None else why
        why = dict(why)
        number = row.get("value")
        read_as = why.pop("read_as", None)
        if isinstance(number, (int, float)) and not isinstance(number, bool):
            quote = why["at"].get("quote") if isinstance(why.get("at"), dict) else None
            same = number == read_as if read_as is not None else isinstance(quote, str) and says(quote, float(number))
            return why if same else given
        return why

    def _unknown(self, key: str, known: list[str], path: str) -> None:
        full = f"{path}.{key}".strip(".")
        close = difflib.get_close_matches(key, known, n=1)
        fix = f"did you mean `{close[0]}`?" if close else f"known keys here: {', '.join(known)}"
        line = _line(self.text, full)
        self.findings.append(_finding("INP021", f"{self.name}:{line}", f"{full}: there is no such key", fix))


def _short(data: Any, fields: set[str], path: str) -> Any:
    """A plain value where a record is meant: `budget: 800`, `must_use: [PostgreSQL]`."""
    if {"value", "why"} <= fields and isinstance(data, (int, float, str, bool)):
        return {"value": data}
    if {"name", "why"} <= fields and isinstance(data, str):
        return {"name": data}
    if "what" in fields and fields == {"what", "why"} and isinstance(data, str):
        return {"what": data}
    return data


def _gaps(kind: str, row: dict[str, Any], path: str) -> dict[str, Any]:
    """What a person may leave out of a row, by the type of the row."""
    at = path.rpartition("[")[2].rstrip("]")
    number = int(at) + 1 if at.isdigit() else 1
    label = str(row.get("name", row.get("what", "")))
    if kind == "Requirement":
        return {"id": f"R-G{number:02d}", "kind": "functional", "priority": "must"}
    if kind == "Number":
        return {"id": f"g{number}", "status": "target", "role": "other"}
    if kind in ("Actor", "ExternalSystem"):
        return {"id": slug(label), "kind": "other", "internal": False}
    if kind == "TechnologyWish":
        banned = path.startswith("must_not_use")
        wanted = path.startswith("must_use")
        stance = "must_not_use" if banned else "must_use" if wanted else "prefer"
        return {"stance": stance, "tech": _tech(label)}
    if kind == "OperationMention":
        return {"actor": "user", "kind": "command"}
    if kind == "Regime":
        return {"status": "required", "reason": "given", "confidence": 1.0}
    return {}


def _tech(label: str) -> str | None:
    """The id of a technology by its name or id; None where the catalogue has none."""
    from archsmith.elicit.saying import shared_catalogue
    from archsmith.elicit.technologies import TECH_NAMES

    wanted = label.lower().replace(" ", "_")
    for row in shared_catalogue().table(TECH_NAMES).values():
        if wanted in (row.id.lower().replace(" ", "_"), row.tech) or wanted in row.words.split():
            return row.tech or None
    return None


def _line(text: str, path: str) -> int:
    """The line of a key, given as `needs.budget` or `numbers[3].unit`; that of the nearest key above where it is
    missing.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    node = yaml.compose(text, Loader=loader)
    line = 1
    for part in path.replace("[", ".").replace("]", "").split("."):
        if isinstance(node, yaml.MappingNode):
            pair = next(((k, v) for k, v in node.value if k.value == part), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and part.isdigit() and int(part) < len(node.value):
            node = node.value[int(part)]
            line = node.start_mark.line + 1
        else:
            break
    return line
