"""What operations share: components are added when first used, under names that no other has."""

from typing import Any, Final

from archsmith.kernel.names import pascal

Json = dict[str, Any]
"""A JSON object under construction."""

SHARED: Final = frozenset({"Problem", "Job", "Place", "Group"})
"""Names of schemas that belong to no entity."""


class Components:
    """The components of one document, by section, and the names of schemas already given away."""

    def __init__(self) -> None:
        self._sections: dict[str, Json] = {}
        self._names: dict[str, str] = {}

    def schema_name(self, owner: str, shape: str = "") -> str:
        """The name of an entity's (or an operation's) schema. One that is taken by another gets a plain suffix."""
        key = f"{owner}\n{shape}"
        if key not in self._names:
            wish = pascal(owner) + shape
            name, count = wish, 1
            while name in SHARED or name in self._names.values():
                count += 1
                name = f"{wish}{count}"
            self._names[key] = name
        return self._names[key]

    def has(self, section: str, name: str) -> bool:
        """Whether a component is there."""
        return name in self._sections.get(section, {})

    def schema(self, name: str) -> Json:
        """A schema that was added."""
        found: Json = self._sections["schemas"][name]
        return found

    def add(self, section: str, name: str, component: Json) -> Json:
        """Adds a component once, and returns the reference to it."""
        self._sections.setdefault(section, {}).setdefault(name, component)
        return {"$ref": f"#/components/{section}/{name}"}

    def as_data(self) -> Json:
        """All sections, each sorted by name, in the order in which OpenAPI lists them."""
        order = ("schemas", "parameters", "headers", "responses", "securitySchemes")
        found = {s: dict(sorted(self._sections[s].items())) for s in order if s in self._sections}
        assert len(found) == len(self._sections), "a section that no one orders"
        return found
