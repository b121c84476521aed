"""`proto/`: a package for each service that is called by gRPC, and one of types, in the layout of buf."""

from collections.abc import Iterable, Iterator

from archsmith.kernel.ids import ArtifactPath, EntityId, element
from archsmith.kernel.names import snake
from archsmith.kernel.phrases import duration
from archsmith.model.artifacts import Artifact
from archsmith.model.design import Design
from archsmith.model.domain import AttributeType
from archsmith.model.rpcs import Gives, Rpc
from archsmith.model.shapes import Field
from archsmith.render.contracts.proto.messages import (
    STRUCT,
    TIMESTAMP,
    comment,
    enum,
    kind_of,
    message,
    row,
    shape_rows,
)
from archsmith.render.contracts.words import sentence
from archsmith.render.view import View

_HEAD = "// Written by archsmith from design.json; change the brief or the requirements, not this file.\n\n"
_BUF = """\
# Written by archsmith. buf lint proto; buf breaking proto --against '.git#branch=main,subdir=proto'
version: v2
lint:
  use:
    - STANDARD
    - COMMENTS
breaking:
  use:
    - FILE
"""
_CODES = {
    400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 404: "NOT_FOUND", 409: "ABORTED",
    412: "FAILED_PRECONDITION", 422: "INVALID_ARGUMENT", 428: "INVALID_ARGUMENT", 429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL", 502: "UNAVAILABLE", 503: "UNAVAILABLE", 504: "DEADLINE_EXCEEDED",
}  # fmt: skip
"""Codes of gRPC for those of HTTP (google.rpc.Code)."""
_TYPES = """\
// A day without a time and a zone; on the wire as google.type.Date.
message Date {
  // 1 to 9999.
  int32 year = 1;
  // 1 to 12.
  int32 month = 2;
  // 1 to 31.
  int32 day = 3;
}

// A decimal number as text, so that no digit is lost; on the wire as google.type.Decimal.
message Decimal {
  // Digits, with a point where there is a fraction.
  string value = 1;
}

// A point on earth (WGS 84), in degrees; on the wire as google.type.LatLng.
message LatLng {
  // North of the equator.
  double latitude = 1;
  // East of Greenwich.
  double longitude = 2;
}
"""


def protos(design: Design) -> Iterable[Artifact]:
    """The files; none for a design without gRPC."""
    rpcs = design.architecture.rpcs
    if not rpcs:
        return
    view = View(design)
    company = snake(view.domain.title)
    yield Artifact(path=ArtifactPath("proto/buf.yaml"), content=_BUF.encode())
    writers = [
        _Package(view, company, s.id) for s in design.architecture.services if any(r.service == s.id for r in rpcs)
    ]
    if any(w.uses_types for w in writers):
        text = f'{_HEAD}syntax = "proto3";\n\npackage {company}.types.v1;\n\n{_TYPES}'
        yield Artifact(path=ArtifactPath(f"proto/{company}/types/v1/types.proto"), content=text.encode())
    for writer in writers:
        yield writer.file()


class _Package:
    """The package of one service."""

    def __init__(self, view: View, company: str, service: str) -> None:
        self.view, self.company = view, company
        self.service = next(s for s in view.arch.services if s.id == service)
        self.rpcs = [r for r in view.arch.rpcs if r.service == service]
        used = {r.entity for r in self.rpcs if r.gives is not Gives.NOTHING}
        self.shapes = {s.entity: s for s in view.arch.shapes if s.entity in used}
        self.module = snake(service) if snake(service) != "types" else "types_service"
        self.types = f"{company}.types.v1"
        self.enums = self._enums()
        self.names = self._names()

    def _names(self) -> dict[EntityId, str]:
        """Names of entities as messages, beside those of the service, its requests, its responses and the enums."""
        taken = {f"{r.name}{end}".lower() for r in self.rpcs for end in ("Request", "Response")}
        taken |= {name.lower() for name in self.enums.values()} | {self._service_name.lower()}
        found: dict[EntityId, str] = {}
        for entity, shape in self.shapes.items():
            name = shape.type_name
            while name.lower() in taken:
                name += "Record"
            taken.add(name.lower())
            found[entity] = name
        return found

    @property
    def _service_name(self) -> str:
        return "".join(w.capitalize() for w in self.module.split("_")) + "Service"

    def _enums(self) -> dict[tuple[str, ...], str]:
        taken = {s.type_name.lower() for s in self.shapes.values()}
        found: dict[tuple[str, ...], str] = {}
        for shape in self.shapes.values():
            for field in (f for f in shape.fields if f.states and f.states not in found):
                wish = shape.type_name + "".join(w.capitalize() for w in field.name.split("_"))
                while wish.lower() in taken:
                    wish += "Value"
                taken.add(wish.lower())
                found[field.states] = wish
        return found

    @property
    def _fields(self) -> list[Field]:
        shown = [f for s in self.shapes.values() for f in s.fields if f.shown and not f.write_only]
        return [*shown, *(f for r in self.rpcs for f in r.takes)]

    @property
    def uses_types(self) -> bool:
        """Whether it has dates, decimals or places."""
        own = (AttributeType.MONEY, AttributeType.DATE, AttributeType.GEO)
        return any(f.type in own for f in self._fields)

    def file(self) -> Artifact:
        """The file of the package, where buf's layout wants it."""
        package = f"{self.company}.{self.module}.v1"
        imports = [f"{self.company}/types/v1/types.proto"] if self.uses_types else []
        kinds = {kind_of(f, self.types, self.enums) for f in self._fields}
        imports += ["google/protobuf/struct.proto"] if STRUCT in kinds else []
        imports += ["google/protobuf/timestamp.proto"] if TIMESTAMP in kinds else []
        head = f'{_HEAD}syntax = "proto3";\n\npackage {package};\n'
        said = "".join(f'import "{path}";\n' for path in sorted(imports))
        text = "\n".join([head, *([said] if said else []), *self._parts()])
        path = ArtifactPath(f"proto/{self.company}/{self.module}/v1/{self.module}.proto")
        shows = (element("service", self.service.id),)
        return Artifact(path=path, content=text.encode("utf-8", "replace"), shows=shows)

    def _parts(self) -> Iterator[str]:
        yield self._methods()
        for rpc in self.rpcs:
            yield message(f"{rpc.name}Request", f"What {rpc.name} takes.", self._request(rpc))
            yield message(f"{rpc.name}Response", f"What {rpc.name} answers with.", self._response(rpc))
        for shape in self.shapes.values():
            rows = shape_rows(shape, self.types, self.enums)
            yield message(self.names[shape.entity], sentence(shape.description), rows)
        for states, name in self.enums.items():
            yield enum(name, states, "Where it stands.")

    def _methods(self) -> str:
        said = sentence(f"{self.service.purpose}. Errors come as google.rpc.Status, with an ErrorInfo whose reason is "
                        "the name of the problem")  # fmt: skip
        body = "\n".join(self._method(r) for r in self.rpcs)
        return f"{comment(said)}service {self._service_name} {{\n{body}}}\n"

    def _method(self, rpc: Rpc) -> str:
        codes = dict.fromkeys(_CODES[e] for e in rpc.errors if e in _CODES)
        callers = ", ".join(self.view.name(c) for c in rpc.callers)
        said = [
            sentence(rpc.summary),
            sentence(f"Called by {callers}") if callers else "",
            f"Deadline: {duration(rpc.deadline)}." if rpc.deadline else "",
            "A repeat with the same request_id gets the first answer." if rpc.keyed else "",
            f"Scopes: {', '.join(rpc.scopes)}." if rpc.scopes else "",
            f"Codes: {', '.join(codes)}." if codes else "",
        ]
        level = "NO_SIDE_EFFECTS" if rpc.safe else "IDEMPOTENT" if rpc.keyed else ""
        option = f" {{\n    option idempotency_level = {level};\n  }}\n" if level else ";\n"
        lines = "".join(comment(line, "  ") for line in said if line)
        return f"{lines}  rpc {rpc.name}({rpc.name}Request) returns ({rpc.name}Response){option}"

    def _request(self, rpc: Rpc) -> list[tuple[str, str, str]]:
        rows = [row(f, kind_of(f, self.types, self.enums)) for f in rpc.takes]
        if rpc.keyed:
            rows.append(("string", "request_id", "Made by the caller: a repeat with the same one happens once."))
        if rpc.gives is Gives.PAGE:
            rows.append(("int32", "page_size", "Rows of a page; 0 is the usual number."))
            rows.append(("string", "page_token", "`next_page_token` of the page before; empty for the first."))
        return list({name: (kind, name, said) for kind, name, said in rows}.values())

    def _response(self, rpc: Rpc) -> list[tuple[str, str, str]]:
        if rpc.gives is Gives.NOTHING:
            return []
        name = self.names[rpc.entity]
        if rpc.gives is Gives.ONE:
            return [(name, "record", "The row as it is now.")]
        rows = [(f"repeated {name}", "records", "The rows.")]
        token = ("string", "next_page_token", "Where the next page begins; empty on the last.")
        return [*rows, token] if rpc.gives is Gives.PAGE else rows
