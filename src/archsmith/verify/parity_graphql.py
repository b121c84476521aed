"""The GraphQL schema and the persisted operations read back, and compared with design.json, node by node."""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from archsmith.model.artifacts import Artifact, Check
from archsmith.verify.graphql import GRAPHQL_FILES, graphql_core
from archsmith.verify.parity import design_of
from archsmith.verify.parity_facts import compare
from archsmith.verify.parity_graphql_model import GraphModel
from archsmith.verify.parity_tree import tree_facts
from archsmith.verify.parity_words import numbers
from archsmith.verify.ports import chosen, verdict

Json = dict[str, Any]
_STATUS: Final = re.compile(r"\((\d+) over HTTP\)\.$")
"""How the description of a problem ends that has a status of its own."""
_NO_WORDS: Final[frozenset[str]] = frozenset()


class GraphQlParity:
    """Each definition of the schema is what the model asks for, with its types, limits, costs and scopes; and clients
    may send the operations that follow from it."""

    id = "V-PARITY-GRAPHQL"
    what = "the GraphQL schema says what the model says"
    tool = "archsmith"
    patterns = ("design.json", *GRAPHQL_FILES)
    slow = True

    def check(self, files: Sequence[Artifact]) -> Check:
        """Compares the facts of schema, operations and manifest with the model's."""
        core, model = graphql_core(), GraphModel(design_of(files))
        texts = {str(f.path): f.content for f in chosen(files, GRAPHQL_FILES)}
        try:
            schema = _Reader(core).schema(core.parse(texts.pop("api/schema.graphql").decode()))
            operations = _Reader(core).operations(core, texts)
        except core.GraphQLError as error:
            return verdict(self, files, [error.message], command="parse")
        said = {"schema": schema, "persisted": operations}
        wanted = {"schema": model.schema(), "persisted": model.operations()}
        facts = compare(tree_facts("api", said, _NO_WORDS), tree_facts("api", wanted, _NO_WORDS))
        shown = [f.replace("api.schema.", "").replace("api.persisted.", "persisted ") for f in facts]
        return verdict(self, files, shown, command="compare with design.json")


class _Reader:
    """Reads definitions into trees: what has a name is found by it."""

    def __init__(self, core: Any) -> None:
        self._text = core.print_ast

    def schema(self, document: Any) -> Json:
        """Each definition by its kind and name."""
        found: Json = {}
        for node in document.definitions:
            kind = str(node.kind).removesuffix("_definition")
            name = kind if getattr(node, "name", None) is None else f"{kind} {node.name.value}"
            found[name if name not in found else f"{name} again"] = self._definition(kind, node)
        return found

    def _definition(self, kind: str, node: Any) -> Json:
        said = self._marks(node)
        text = node.description.value if node.description else ""
        if status := _STATUS.search(text):
            said["status"] = status[1]
        if kind == "schema":
            said["figures"] = numbers(text.rpartition("/graphql. ")[2])  # the name before may have some of its own
            said["roots"] = {str(t.operation.value): t.type.name.value for t in node.operation_types}
        elif kind == "directive":
            said |= {"arguments": self._named(node.arguments, self._input), "repeatable": node.repeatable}
            said["on"] = sorted(place.value for place in node.locations)
        elif kind == "enum_type":
            said["values"] = self._named(node.values, self._marks)
        elif kind == "union_type":
            said["types"] = [t.name.value for t in node.types or ()]
        elif kind == "input_object_type":
            said["fields"] = self._named(node.fields, self._input)
        elif kind in ("object_type", "interface_type"):
            said |= {"implements": [i.name.value for i in node.interfaces or ()]}
            said["fields"] = self._named(node.fields, self._field)
        return said

    def _field(self, node: Any) -> Json:
        arguments = {"arguments": self._named(node.arguments, self._input)} if node.arguments else {}
        return {"type": self._text(node.type), **arguments, **self._marks(node)}

    def _input(self, node: Any) -> Json:
        default = {"default": self._text(node.default_value)} if node.default_value else {}
        return {"type": self._text(node.type), **default, **self._marks(node)}

    def _marks(self, node: Any) -> Json:
        """The directives at a node."""
        found: Json = {}
        for mark in node.directives or ():
            name = f"@{mark.name.value}"
            found[name if name not in found else f"{name} again"] = self._values(mark.arguments)
        return found

    def _values(self, arguments: Iterable[Any]) -> Json:
        return self._named(arguments, lambda a: self._text(a.value))

    def _named(self, nodes: Iterable[Any], read: Any) -> Json:
        found: Json = {}
        for node in nodes or ():
            name = node.name.value
            found[name if name not in found else f"{name} again"] = read(node)
        return found

    def operations(self, core: Any, texts: dict[str, bytes]) -> Json:
        """The operations by file, each with its row of the manifest."""
        manifest = json.loads(texts.pop("api/persisted/manifest.json", b"{}"))
        listed = manifest.pop("operations", ())
        rows = {row["id"]: row for row in listed}
        found: Json = {"manifest": {**manifest, "operations": len(listed)}}
        for path, content in texts.items():
            row = dict(rows.get(hashlib.sha256(content).hexdigest(), {}))
            same = row.pop("body", None) == content.decode() and bool(row.pop("id", ""))
            document = core.parse(content.decode())
            parts = {str(n): self._operation(d) for n, d in enumerate(document.definitions)}
            name = path.rpartition("/")[2].removesuffix(".graphql")
            found[name] = {**parts, "row": row, "listed": same}
        return found

    def _operation(self, node: Any) -> Json:
        variables = {
            v.variable.name.value: {
                "type": self._text(v.type),
                **({"default": self._text(v.default_value)} if v.default_value else {}),
                **self._marks(v),
            }
            for v in node.variable_definitions or ()
        }
        head = {"operation": str(node.operation.value), "name": node.name.value if node.name else ""}
        return {**head, "variables": variables, "selects": self._selection(node), **self._marks(node)}

    def _selection(self, node: Any) -> Json:
        found: Json = {}
        for part in node.selection_set.selections if node.selection_set else ():
            if part.kind == "field":
                name = f"{part.alias.value}: {part.name.value}" if part.alias else part.name.value
                said = {**self._values(part.arguments), **self._marks(part), "selects": self._selection(part)}
            else:
                name = f"... on {part.type_condition.name.value if part.type_condition else ''}"
                said = {**self._marks(part), "selects": self._selection(part)}
            found[name if name not in found else f"{name} again"] = said
        return found
