"""Whether a YAML file is our requirements.yaml, or a brief that somebody wrote in YAML with keys of their own."""

import re
from typing import Final

from archsmith.model.requirements import Requirements

_SCHEMA: Final = re.compile(r"^schema[ \t]*:", re.M)
_KEY: Final = re.compile(r"^([A-Za-z][\w-]*)[ \t]*:", re.M)
_OURS: Final = frozenset(Requirements.__struct_fields__)
_TELLING: Final = frozenset({"needs", "must_use", "must_not_use", "fixed", "mentions", "excluded", "regimes"})
"""Keys that hardly anybody else uses; `title`, `users` or `requirements` stand in any brief."""


def is_requirements(text: str, name: str) -> bool:
    """Whether the file says so, or has keys that only we use, or fits: then its mistakes are told, line by line."""
    if _SCHEMA.search(text):
        return True
    keys = frozenset(_KEY.findall(text))
    if not keys or keys & _TELLING:
        return bool(keys)
    if not keys <= _OURS:
        return False
    from archsmith.elicit.yaml_in import from_yaml

    return isinstance(from_yaml(text, name), Requirements)
