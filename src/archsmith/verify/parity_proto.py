"""Protocol Buffers read back from what buf compiled, and compared with design.json, node by node."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from archsmith.model.artifacts import Artifact, Check
from archsmith.verify.parity import design_of
from archsmith.verify.parity_facts import compare
from archsmith.verify.parity_proto_model import LABELS, ProtoModel
from archsmith.verify.parity_tree import tree_facts
from archsmith.verify.ports import chosen, verdict, yaml_of
from archsmith.verify.proto import PROTO_FILES, NotCompiled, descriptors

_NAMED: Final = ("messageType", "enumType", "service", "field", "value", "method", "nestedType", "extension")
"""Lists of a descriptor whose elements have names."""
_PARTS: Final = {4: "messageType", 5: "enumType", 6: "service"}
_INNER: Final = {"messageType": "field", "enumType": "value", "service": "method"}
_DERIVED: Final = frozenset({"name", "jsonName", "oneofIndex", "oneofDecl", "sourceCodeInfo"})
"""What follows from the rest of a descriptor; a real `oneof` is told by its fields, which are not optional."""


class ProtoParity:
    """Packages, services with their methods and what their comments promise, messages and enums with their numbers."""

    id = "V-PARITY-PROTO"
    what = "Protocol Buffers say what the model says"
    tool = "archsmith"
    patterns = ("design.json", *PROTO_FILES)
    slow = True

    def check(self, files: Sequence[Artifact]) -> Check:
        """Compares the facts of the compiled module with the model's."""
        shown, command = chosen(files, PROTO_FILES), "buf build; compare with design.json"
        try:
            compiled = descriptors(shown)
        except NotCompiled as error:
            return verdict(self, files, [str(error)], command=command)
        said: dict[str, Any] = {str(f.path): yaml_of(f.content) for f in shown if f.path.endswith(".yaml")}
        for file in compiled.get("file", ()):
            if not str(file["name"]).startswith("google/"):
                said[f"proto/{file['name']}"] = _file(file)
        wanted = ProtoModel(design_of(files)).files()
        facts = compare(tree_facts("files", said), tree_facts("files", wanted))
        return verdict(self, files, [f.replace("files.proto/", "proto/") for f in facts], command=command)


def _file(file: Mapping[str, Any]) -> dict[str, Any]:
    """A descriptor with names in the place of positions, and with what its comments state."""
    comments = {tuple(at.get("path", ())): at.get("leadingComments", "") for at in file["sourceCodeInfo"]["location"]}
    found = _keyed(file)
    for path, text in comments.items():
        if len(path) == 4 and path[0] in _PARTS and path[2] == 2:
            part = _PARTS[path[0]]
            holder = list(found[part].values())[path[1]]
            list(holder[_INNER[part]].values())[path[3]]["told"] = stated(text)
    return {**found, "dependency": sorted(found.get("dependency", ()))}


def _keyed(node: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in node.items():
        if key in _NAMED:
            found[key] = {v["name"]: _keyed(v) for v in value}
        elif key not in _DERIVED:
            found[key] = value
    if "oneofIndex" in node and not node.get("proto3Optional"):
        found["oneof"] = node["oneofIndex"]
    return found


def stated(comment: str, labels: Iterable[str] = LABELS) -> dict[str, str]:
    """What the sentences of a comment with a label state.

    >>> stated(" Get an order.\\n Deadline: 2.4 s.\\n Scopes: orders:read.\\n")
    {'Deadline': '2.4 s', 'Scopes': 'orders:read'}
    """
    text = " ".join(comment.split())
    found = re.split(rf"(?:^| )({'|'.join(labels)}): ", text)
    return {label: said.strip().removesuffix(".") for label, said in zip(found[1::2], found[2::2], strict=True)}
