"""`proto/`: a package for each service that is called by gRPC, and one of types, in the layout of buf."""

from collections.abc import Iterable, Iterator

from archsmith.kernel.ids import ArtifactPath, element
from archsmith.kernel.phrases import duration
from archsmith.model.artifacts import Artifact
from archsmith.model.design import Design
from archsmith.model.domain import AttributeType
from archsmith.model.rpcs import Gives, Package, Rpc
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
    yield Artifact(path=ArtifactPath("proto/buf.yaml"), content=_BUF.encode())
    writers = [_Writer(view, package) for package in design.architecture.packages]
    for company in dict.fromkeys(w.company for w in writers if w.uses_types):
        text = f'{_HEAD}syntax = "proto3";\n\npackage {company}.types.v1;\n\n{_TYPES}'
        yield Artifact(path=ArtifactPath(f"proto/{company}/types/v1/types.proto"), content=text.encode())
    for writer in writers:
        yield writer.file()


class _Writer:
    """Writes the file of one package."""

    def __init__(self, view: View, package: Package) -> None:
        self.view, self.package, self.company = view, package, package.company
        self.service = next(s for s in view.arch.services if s.id == package.service)
        self.rpcs = [r for r in view.arch.rpcs if r.service == package.service]
        shapes = {s.entity: s for s in view.arch.shapes}
        self.rows = [(row, shapes[row.entity]) for row in package.rows if row.entity]
        self.types = f"{package.company}.types.v1"
        self.enums = {e.states: e.name for e in package.enums}
        self.names = {row.entity: row.name for row in package.rows}

    @property
    def _fields(self) -> list[Field]:
        shown = [f for _, s in self.rows for f in s.fields if f.shown and not f.write_only]
        return [*shown, *(f for r in self.rpcs for f in r.takes)]

    @property
    def uses_types(self) -> bool:
        """Whether it has dates, decimals or places."""
        own = (AttributeType.MONEY, AttributeType.DATE, AttributeType.GEO)
        return any(f.type in own for f in self._fields)

    def file(self) -> Artifact:
        """The file of the package, where buf's layout wants it."""
        module = self.package.module
        imports = [f"{self.company}/types/v1/types.proto"] if self.uses_types else []
        kinds = {kind_of(f, self.types, self.enums) for f in self._fields}
        imports += ["google/protobuf/struct.proto"] if STRUCT in kinds else []
        imports += ["google/protobuf/timestamp.proto"] if TIMESTAMP in kinds else []
        head = f'{_HEAD}syntax = "proto3";\n\npackage {self.package.name};\n'
        said = "".join(f'import "{path}";\n' for path in sorted(imports))
        text = "\n".join([head, *([said] if said else []), *self._parts()])
        path = ArtifactPath(f"proto/{self.company}/{module}/v1/{module}.proto")
        shows = (element("service", self.service.id),)
        return Artifact(path=path, content=text.encode("utf-8", "replace"), shows=shows)

    def _parts(self) -> Iterator[str]:
        yield self._methods()
        package = self.package
        for rpc, request, response in zip(self.rpcs, package.requests, package.responses, strict=True):
            yield message(request, f"What {rpc.name} takes.", self._request(rpc))
            yield message(response, f"What {rpc.name} answers with.", self._response(rpc))
        for row_of, shape in self.rows:
            yield message(row_of, sentence(shape.description), shape_rows(shape, self.types, self.enums))
        for one in package.enums:
            yield enum(one, "Where it stands.")

    def _methods(self) -> str:
        said = sentence(f"{self.service.purpose}. Errors come as google.rpc.Status, with an ErrorInfo whose reason is "
                        "the name of the problem")  # fmt: skip
        body = "\n".join(self._method(r) for r in self.rpcs)
        return f"{comment(said)}service {self.package.interface} {{\n{body}}}\n"

    def _method(self, rpc: Rpc) -> str:
        codes = dict.fromkeys(_CODES[e] for e in rpc.errors if e in _CODES)
        callers = ", ".join(c.partition(":")[2] for c in rpc.callers)
        said = [
            sentence(rpc.summary),
            f"Callers: {callers}." if callers else "",
            f"Deadline: {duration(rpc.deadline)}." if rpc.deadline else "",
            "Repeats: the same request_id gets the first answer." if rpc.keyed else "",
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
