"""What operations share: components are added when first used, under names that no other has."""

from collections.abc import Iterable
from typing import Any, Final

from archsmith.kernel.ids import EntityId
from archsmith.kernel.names import pascal
from archsmith.model.shapes import Shape

Json = dict[str, Any]
"""A JSON object under construction."""

_ORDER: Final = ("schemas", "parameters", "headers", "responses", "securitySchemes")
"""The sections, in the order in which OpenAPI lists them."""


class Components:
    """The components of one document, by section, and the names of schemas already given away.

    The names of the entities' types are theirs in every contract; whatever else would have the same gets a suffix.
    """

    def __init__(self, shapes: Iterable[Shape]) -> None:
        self._sections: dict[str, Json] = {}
        self._names = {f"{shape.entity}\n": shape.type_name for shape in shapes}
        self._taken = {name.lower() for name in self._names.values()}

    def entity_name(self, entity: EntityId, use: str = "") -> str:
        """The name of the schema of an entity, or of one of its uses (`BookingCreate`)."""
        own = self._names[f"{entity}\n"]
        return self._named(f"{entity}\n{use}", f"{own}{use}")

    def name(self, wish: str) -> str:
        """The name of a schema of no entity."""
        return self._named(f"\n{wish}", pascal(wish) if not wish.isalnum() else wish)

    def _named(self, key: str, wish: str) -> str:
        if key not in self._names:
            name, count = wish, 1
            while name.lower() in self._taken:
                count += 1
                name = f"{wish}{count}"
            self._names[key] = name
            self._taken.add(name.lower())
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

    def apart(self, section: str, name: str, component: Json, otherwise: str) -> Json:
        """Adds a component; under the name `otherwise` where a different one has its name already."""
        known = self._sections.get(section, {}).get(name, component)
        return self.add(section, name if known == component else otherwise, component)

    def shared(self, wish: str, schema: Json) -> Json:
        """Adds a schema of no entity once, and returns the reference to it."""
        return self.add("schemas", self.name(wish), schema)

    def as_data(self) -> Json:
        """All sections, each sorted by name."""
        found: Json = {s: dict(sorted(self._sections[s].items())) for s in _ORDER if s in self._sections}
        assert len(found) == len(self._sections), "a section that no one orders"
        return found
