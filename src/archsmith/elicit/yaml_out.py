"""Requirements as a YAML text that a person can edit: what decides most stands first, defaults are left out."""

import enum
from typing import Any, Final

import msgspec
import yaml

from archsmith.elicit.saying import says
from archsmith.kernel.provenance import Stated
from archsmith.model.requirements import Requirements

SCHEMA: Final = "archsmith/requirements/1"
ORDER: Final = (
    "must_use",
    "must_not_use",
    "fixed",
    "priorities",
    "needs",
    "technologies",
    "requirements",
    "numbers",
    "operations",
    "mentions",
    "relations",
    "actors",
    "systems",
    "excluded",
    "regimes",
    "conflicts",
    "questions",
    "findings",
)
_HEADER: Final = """\
# What archsmith understood. Edit it and run `archsmith design requirements.yaml -o OUT` again.
# - must_use and must_not_use take names (`- PostgreSQL`).
# - fixed takes `{dimension: ..., option: ...}` with the names that `archsmith catalog` prints.
# - needs takes plain values (`budget: 800` US dollars a month, `availability: 0.999`, `team: 3`).
# - `why` may be left out: what has none is yours. A value changed beside its quote becomes yours too.
# - Delete what is wrong; add what is missing. `archsmith schema requirements` prints a JSON Schema for editors.
"""


class _Dumper(yaml.SafeDumper):
    """Block style, no aliases, in the order given."""

    def ignore_aliases(self, data: object) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def to_yaml(req: Requirements) -> str:
    """The text; the same requirements give the same text, and `from_yaml` reads equal ones back."""
    top: dict[str, Any] = {"schema": SCHEMA, "title": req.title, "source": req.source}
    if req.summary:
        top["summary"] = req.summary
    for name in ORDER:
        top[name] = _plain(getattr(req, name))
    return _HEADER + yaml.dump(top, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)


def _plain(value: object) -> Any:
    """Dicts, lists and scalars; a field that has its default is left out."""
    if isinstance(value, msgspec.Struct):
        return _struct(value)
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, (tuple, list)):
        return [_plain(v) for v in value]
    return value


def _struct(value: msgspec.Struct) -> dict[str, Any]:
    out: dict[str, Any] = {}
    config = value.__struct_config__
    if config.tag_field is not None:
        out[config.tag_field] = config.tag
    for field in msgspec.structs.fields(value):
        held = getattr(value, field.name)
        if not field.required and held == _default(field):
            continue
        out[field.name] = _plain(held)
    why = getattr(value, "why", None)
    number = getattr(value, "value", None)
    if isinstance(number, bool) or not isinstance(number, (int, float)) or not isinstance(why, Stated):
        return out
    if not says(why.at.quote, float(number)):
        out["why"]["read_as"] = number
    return out


def _default(field: msgspec.structs.FieldInfo) -> object:
    if field.default_factory is not msgspec.NODEFAULT:
        return field.default_factory()
    return field.default
