"""The API read back and compared with design.json: whatever differs is a failure."""

import functools
from collections.abc import Iterator, Sequence
from typing import Any

from archsmith.kernel.canonical import from_json
from archsmith.kernel.names import slug
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.problems import ProblemType, by_status
from archsmith.model.artifacts import Artifact, Check
from archsmith.model.contracts import Audience, Over
from archsmith.model.design import Design
from archsmith.verify.openapi import OPENAPI_FILES
from archsmith.verify.parity_api import ApiDocument, Blocks
from archsmith.verify.parity_api_model import ApiModel
from archsmith.verify.parity_facts import Fact, compare
from archsmith.verify.ports import ToolMissing, chosen, verdict, yaml_of


class OpenApiParity:
    """Every endpoint of the model is in the OpenAPI documents, as the model has it, and no other.

    All of a document is read: servers, security schemes with their scopes, and of each endpoint its parameters, proofs,
    answers with their header fields, bodies with every field, its type and limits, and the figures that words state.
    What the reader does not know is a difference.
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
    model = model_of(design, path)
    return differing(ApiDocument(document, model.names).blocks(), model.blocks())


def differing(said: Blocks, wanted: Blocks) -> list[str]:
    """The differences between blocks; those that are the same are not looked into."""
    apart = [place for place in {**said, **wanted} if said.get(place) != wanted.get(place)]
    return compare(_spread(said, apart), _spread(wanted, apart))


def _spread(blocks: Blocks, places: list[str]) -> Iterator[Fact]:
    for place in places:
        for fact in blocks.get(place, ()):
            yield Fact(f"{place}{fact.place}", fact.what, fact.value)


def model_of(design: Design, path: str) -> ApiModel:
    """The model as the document at `path` shows it: of one service, or all that callers outside may use."""
    endpoints, service = design.architecture.over(Over.HTTP), path.removeprefix("api/").rpartition("/")[0]
    if service:
        shown = tuple(e for e in endpoints if slug(e.service) == service)
    else:
        shown = tuple(e for e in endpoints if e.audience is not Audience.COMPONENT)
    return ApiModel(design, shown, _problem_types(), service)


def design_of(files: Sequence[Artifact]) -> Design:
    """The model among the files. Raises ToolMissing where there is none."""
    for file in files:
        if file.path == "design.json":
            return _read(file.content)
    raise ToolMissing("there is no design.json to compare with")


@functools.lru_cache(maxsize=1)
def _problem_types() -> dict[int, tuple[ProblemType, ...]]:
    return by_status(Catalogue())


@functools.lru_cache(maxsize=1)
def _read(content: bytes) -> Design:
    return from_json(content, Design)
