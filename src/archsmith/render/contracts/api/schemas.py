"""The schemas of a design's entities as the API shows them, in the components of its document."""

from collections.abc import Iterable

from archsmith.kernel.ids import EntityId
from archsmith.knowledge.examples.rows import Row, Rows
from archsmith.model.api_rules import ApiRules
from archsmith.model.bodies import Bodies
from archsmith.model.shapes import Field
from archsmith.render.contracts.api.components import Components, Json
from archsmith.render.contracts.json_schema import PLACE, PLACE_REF, field_schema, object_schema


class Schemas:
    """Adds the schemas that bodies need, and makes the example that goes with each."""

    def __init__(self, rules: ApiRules, fields: Bodies, rows: Rows, components: Components) -> None:
        self.rules = rules
        self.fields = fields
        self.rows = rows
        self.components = components
        self._place = f"{PLACE_REF.rpartition('/')[0]}/{components.name('Place')}"

    def read(self, entity: EntityId) -> Json:
        """The reference to the schema of an entity as it is read."""
        name = self.components.entity_name(entity)
        if not self.components.has("schemas", name):
            self.components.add("schemas", name, {})  # holds the place, in case a part refers back
            shape = self.fields.shapes[entity]
            schema = self.object(self.fields.read(entity), shape.description, closed=False)
            for prop, part in self.fields.parts_of(entity):
                schema["properties"][prop] = {
                    "type": "array",
                    "maxItems": self.rules.parts_max,
                    "items": self.read(part),
                    "readOnly": True,
                    "description": f"Its {prop.replace('_', ' ')}, in the order in which they were added.",
                }
            self.components.schema(name).update(schema)
        return {"$ref": f"#/components/schemas/{name}"}

    def row(self, entity: EntityId, row: Row) -> Row:
        """A row as it is read, with its parts."""
        found = {f.name: row[f.name] for f in self.fields.read(entity) if f.name in row}
        for prop, part in self.fields.parts_of(entity):
            found[prop] = [self.row(part, self.rows.of(part))]
        return found

    def object(self, fields: Iterable[Field], said: str, *, closed: bool, required: bool = True) -> Json:
        """An object of those fields; the schema of places comes along where one is needed."""
        schema = object_schema(fields, said, closed=closed, required=required, place=self._place)
        self._placed(schema)
        return schema

    def property(self, field: Field) -> Json:
        """The schema of one field."""
        schema = field_schema(field, self._place)
        self._placed({"properties": {field.name: schema}})
        return schema

    def named(self, name: str, schema: Json) -> Json:
        """Adds a schema under a name that nothing else has."""
        return self.components.add("schemas", name, schema)

    def _placed(self, schema: Json) -> None:
        if any(p.get("$ref") == self._place for p in schema["properties"].values()):
            self.components.shared("Place", PLACE)
