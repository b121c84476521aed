"""What the files of Protocol Buffers have to say of a design, in the form of buf's descriptors."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from archsmith.kernel.phrases import duration
from archsmith.model.architecture import Architecture
from archsmith.model.design import Design
from archsmith.model.domain import AttributeType
from archsmith.model.rpcs import Numbered, Package, Rpc
from archsmith.model.shapes import Field, Shape

Json = dict[str, Any]
LABELS: Final = ("Callers", "Deadline", "Repeats", "Scopes", "Codes", "Limits")
"""What the sentences of a comment begin with that state a fact."""
_INT_MAX: Final = 2**31 - 1
_OWN: Final = {AttributeType.MONEY: "Decimal", AttributeType.DATE: "Date", AttributeType.GEO: "LatLng"}
_KNOWN: Final = {
    AttributeType.TIMESTAMP: "timestamp", AttributeType.JSON: "struct",
}  # fmt: skip
_CODES: Final = {
    400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 404: "NOT_FOUND", 409: "ABORTED",
    412: "FAILED_PRECONDITION", 422: "INVALID_ARGUMENT", 428: "INVALID_ARGUMENT", 429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL", 502: "UNAVAILABLE", 503: "UNAVAILABLE", 504: "DEADLINE_EXCEEDED",
}  # fmt: skip
_BUF: Final[Json] = {
    "version": "v2",
    "lint": {"use": ["STANDARD", "COMMENTS"]},
    "breaking": {"use": ["FILE"]},
}
_TYPES: Final = {
    "Date": (("year", "INT32"), ("month", "INT32"), ("day", "INT32")),
    "Decimal": (("value", "STRING"),),
    "LatLng": (("latitude", "DOUBLE"), ("longitude", "DOUBLE")),
}
"""Those of google.type, by their numbers from 1 on."""


class ProtoModel:
    """The files of one design."""

    def __init__(self, design: Design) -> None:
        self._arch: Architecture = design.architecture
        self._shapes = {s.entity: s for s in self._arch.shapes}

    def files(self) -> Json:
        """Each file by its path."""
        packages = [_Package(p, self._arch, self._shapes) for p in self._arch.packages]
        found: Json = {"proto/buf.yaml": _BUF}
        for package in packages:
            path, said = package.file()
            found[path] = said
            if package.own:
                types = f"{package.company}/types/v1/types.proto"
                found[f"proto/{types}"] = _types(package.company)
        return found


def _types(company: str) -> Json:
    messages = {
        name: {"field": {f: _typed(n, kind) for n, (f, kind) in enumerate(fields, 1)}}
        for name, fields in _TYPES.items()
    }
    for message in messages.values():
        for field in message["field"].values():
            field["told"] = {}
    return {"package": f"{company}.types.v1", "dependency": [], "messageType": messages, "syntax": "proto3"}


def _typed(number: int, kind: str, type_name: str = "", *, many: bool = False, optional: bool = False) -> Json:
    return {
        "number": number,
        "label": "LABEL_REPEATED" if many else "LABEL_OPTIONAL",
        "type": f"TYPE_{kind}",
        **({"typeName": type_name} if type_name else {}),
        **({"proto3Optional": True} if optional else {}),
        "told": {},
    }


class _Package:
    """The file of one package."""

    def __init__(self, package: Package, architecture: Architecture, shapes: Mapping[Any, Shape]) -> None:
        self._package, self._shapes, self.company = package, shapes, package.company
        self._rpcs = [r for r in architecture.rpcs if r.service == package.service]
        self._enums = {e.states: e.name for e in package.enums}
        self._imports: set[str] = set()

    @property
    def own(self) -> bool:
        """Whether it uses the types of the company."""
        self.file()
        return f"{self.company}/types/v1/types.proto" in self._imports

    def file(self) -> tuple[str, Json]:
        """Path and descriptor."""
        package, messages = self._package, dict[str, Json]()
        for rpc, request, response in zip(self._rpcs, package.requests, package.responses, strict=True):
            messages[request.name] = self._message(request, dict(self._asked(rpc)))
            messages[response.name] = self._message(response, dict(self._answered(rpc)))
        for row in package.rows:
            if row.entity:
                fields = self._shapes[row.entity].fields
                messages[row.name] = self._message(row, {f.name: self._field(f) for f in fields})
        interface = {"method": {r.name: self._method(r) for r in self._rpcs}}
        found: Json = {
            "package": package.name,
            "messageType": messages,
            **({"enumType": {e.name: _enum(e) for e in package.enums}} if package.enums else {}),
            "service": {package.interface: interface},
            "syntax": "proto3",
            "dependency": sorted(self._imports),
        }
        return f"proto/{self.company}/{package.module}/v1/{package.module}.proto", found

    def _message(self, of: Numbered, fields: Mapping[str, Json]) -> Json:
        known = {name: {**fields[name], "number": number} for name, number in of.numbers}
        for field in known.values():
            self._imports |= {i for kind, i in self._sources().items() if field.get("typeName") == kind}
        return {"field": known} if known else {}

    def _sources(self) -> dict[str, str]:
        own = {f".{self.company}.types.v1.{name}": f"{self.company}/types/v1/types.proto" for name in _TYPES}
        google = {f".google.protobuf.{n.capitalize()}": f"google/protobuf/{n}.proto" for n in _KNOWN.values()}
        return own | google

    def _asked(self, rpc: Rpc) -> Iterator[tuple[str, Json]]:
        yield "request_id", _typed(0, "STRING")
        yield "page_size", _typed(0, "INT32")
        yield "page_token", _typed(0, "STRING")
        yield from ((f.name, self._field(f)) for f in rpc.takes)

    def _answered(self, rpc: Rpc) -> Iterator[tuple[str, Json]]:
        row = next((r.name for r in self._package.rows if r.entity == rpc.entity), "")
        kind = f".{self._package.name}.{row}"
        yield "record", _typed(0, "MESSAGE", kind)
        yield "records", _typed(0, "MESSAGE", kind, many=True)
        yield "next_page_token", _typed(0, "STRING")

    def _field(self, field: Field) -> Json:
        kind, name = self._kind(field)
        optional = not (field.required or field.many or kind == "MESSAGE")
        return {**_typed(0, kind, name, many=field.many, optional=optional), "told": _limits(field)}

    def _kind(self, field: Field) -> tuple[str, str]:
        """Type and name of the type."""
        if field.type is AttributeType.STATE and field.states in self._enums:
            return "ENUM", f".{self._package.name}.{self._enums[field.states]}"
        if field.type in _OWN:
            return "MESSAGE", f".{self.company}.types.v1.{_OWN[field.type]}"
        if field.type in _KNOWN:
            return "MESSAGE", f".google.protobuf.{_KNOWN[field.type].capitalize()}"
        if field.type is AttributeType.INTEGER:
            wide = max(abs(field.minimum or 0), abs(field.maximum or 0)) > _INT_MAX
            return "INT64" if wide else "INT32", ""
        plain = {AttributeType.DECIMAL: "DOUBLE", AttributeType.BOOLEAN: "BOOL"}
        return plain.get(field.type, "STRING"), ""

    def _method(self, rpc: Rpc) -> Json:
        level = "NO_SIDE_EFFECTS" if rpc.safe else "IDEMPOTENT" if rpc.keyed else ""
        codes = dict.fromkeys(_CODES[e] for e in rpc.errors if e in _CODES)
        told = {
            "Callers": ", ".join(c.partition(":")[2] for c in rpc.callers),
            "Deadline": duration(rpc.deadline) if rpc.deadline else "",
            "Repeats": "the same request_id gets the first answer" if rpc.keyed else "",
            "Scopes": ", ".join(rpc.scopes),
            "Codes": ", ".join(codes),
        }
        return {
            "inputType": f".{self._package.name}.{rpc.name}Request",
            "outputType": f".{self._package.name}.{rpc.name}Response",
            **({"options": {"idempotencyLevel": level}} if level else {}),
            "told": {label: said for label, said in told.items() if said},
        }


def _enum(of: Numbered) -> Json:
    return {"value": {name: {"number": number, "told": {}} for name, number in of.numbers}}


def _limits(field: Field) -> dict[str, str]:
    long = field.max_length and field.type is not AttributeType.STATE
    said = [
        f"at least {field.min_length} characters" if field.min_length else "",
        f"at most {field.max_length} characters" if long else "",
        f"from {field.minimum}" if field.minimum is not None else "",
        f"to {field.maximum}" if field.maximum is not None else "",
        f"at most {field.max_items} of them" if field.max_items else "",
    ]
    kept = ", ".join(s for s in said if s)
    return {"Limits": kept} if kept else {}
