"""The API read back and compared with design.json: whatever differs is a failure."""

import functools
from collections.abc import Iterator, Sequence
from typing import Any

from archsmith.kernel.canonical import from_json
from archsmith.kernel.names import slug
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.problems import by_status
from archsmith.model.artifacts import Artifact, Check
from archsmith.model.contracts import Audience, Endpoint, Over
from archsmith.model.design import Design
from archsmith.verify.openapi import OPENAPI_FILES
from archsmith.verify.parity_api import ApiDocument
from archsmith.verify.parity_api_model import ApiModel
from archsmith.verify.parity_facts import Fact, compare
from archsmith.verify.ports import ToolMissing, chosen, verdict, yaml_of


class OpenApiParity:
    """Every endpoint of the model is in the OpenAPI documents, as the model has it, and no other.

    Of each endpoint: parameters, statuses, scopes and proofs, limits, cache lifetimes, ETags, and every field of what
    goes in and comes out with its type and limits.
    """

    id = "V-PARITY-API"
    what = "OpenAPI says what the model says"
    tool = "archsmith"
    patterns = ("design.json", *OPENAPI_FILES)
    slow = False

    def check(self, files: Sequence[Artifact]) -> Check:
        """Compares each document with the endpoints that belong in it."""
        design = design_of(files)
        shown = chosen(files, OPENAPI_FILES)
        facts = []
        for file in shown:
            where = f"{file.path}: " if len(shown) > 1 else ""
            facts += [f"{where}{fact}" for fact in differences(design, file.path, yaml_of(file.content))]
        return verdict(self, files, facts, command="compare with design.json")


def differences(design: Design, path: str, document: Any) -> list[str]:
    """What a document at that path says otherwise than the model, sorted by place."""
    said, wanted = facts_of(design, path, document)
    return compare(said, wanted)


def facts_of(design: Design, path: str, document: Any) -> tuple[list[Fact], list[Fact]]:
    """What the document says, and what the model says."""
    found, model = ApiDocument(document), ApiModel(design, _shown_in(design, path))
    known = frozenset(t.id for types in _problem_types() for t in types)
    said, wanted = [*found.whole(), *found.webhooks()], model.document()
    wanted += model.webhooks() if not _service(path) else []
    for place, operation in found.operations.items():
        said += found.endpoint(place, operation, known)
        if place in model.endpoints:
            endpoint = model.endpoints[place]
            for one, other in _bodies(found, model, place, operation, endpoint):
                said += one
                wanted += other
    for place, endpoint in model.endpoints.items():
        wanted += model.endpoint(place, endpoint)
    return said, wanted


def _bodies(
    found: ApiDocument, model: ApiModel, place: str, operation: Any, endpoint: Endpoint
) -> Iterator[tuple[list[Fact], list[Fact]]]:
    """Both bodies. What no entity has a part in (jobs, problems, outcomes of a batch) is left to the linters."""
    for name, body, (media, said), wanted in (
        ("request", endpoint.request, found.body(f"{place} request", operation.get("requestBody", {})), model.sent),
        ("answer", endpoint.response, found.answer(f"{place} answer", operation), model.given),
    ):
        asked = wanted(f"{place} {name}", endpoint)
        kind = model.media(body, endpoint) if asked or media else ""
        yield [Fact(place, f"{name} media type", media)], [Fact(place, f"{name} media type", kind)]
        if asked or not media:
            yield said, asked


def _shown_in(design: Design, path: str) -> tuple[Endpoint, ...]:
    """The endpoints of the document at `path`: of one service, or all that callers outside may use."""
    endpoints = design.architecture.over(Over.HTTP)
    if service := _service(path):
        return tuple(e for e in endpoints if slug(e.service) == service)
    return tuple(e for e in endpoints if e.audience is not Audience.COMPONENT)


def _service(path: str) -> str:
    return path.removeprefix("api/").rpartition("/")[0]


def design_of(files: Sequence[Artifact]) -> Design:
    """The model among the files. Raises ToolMissing where there is none."""
    for file in files:
        if file.path == "design.json":
            return _read(file.content)
    raise ToolMissing("there is no design.json to compare with")


@functools.lru_cache(maxsize=1)
def _problem_types() -> tuple[Any, ...]:
    return tuple(by_status(Catalogue()).values())


@functools.lru_cache(maxsize=1)
def _read(content: bytes) -> Design:
    return from_json(content, Design)
