"""`api/openapi.yaml`: one OpenAPI 3.1 document for all endpoints of the design."""

import textwrap
from collections.abc import Iterable

from msgspec.structs import replace

from archsmith.kernel.ids import ArtifactPath, element
from archsmith.kernel.names import plain
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.problems import by_status
from archsmith.knowledge.samples import Samples
from archsmith.model.artifacts import Artifact
from archsmith.model.design import Design
from archsmith.render.contracts.api.bodies import Bodies
from archsmith.render.contracts.api.components import Components, Json
from archsmith.render.contracts.api.fields import Fields
from archsmith.render.contracts.api.operations import Operations, base_path, tag_of
from archsmith.render.contracts.api.parameters import Parameters
from archsmith.render.contracts.api.problems import Problems
from archsmith.render.contracts.api.security import Security
from archsmith.render.contracts.words import sentence, title
from archsmith.render.contracts.yaml_text import dump
from archsmith.render.view import View

PATH = ArtifactPath("api/openapi.yaml")
_CONVENTIONS = (
    "Errors are problem details (RFC 9457): tell them apart by `type`. Lists come in pages: send `next` of a page as "
    "`cursor` to get the page after it. Amounts of money are decimal numbers in text, so that no digit is lost. Fields "
    "may be added at any time: ignore what you do not know. What would break a client comes in a new major version."
)
_HEAD = "# Written by archsmith from design.json; change the brief or the requirements, not this file.\n"


def openapi(design: Design) -> Iterable[Artifact]:
    """The document; none for a design without endpoints."""
    if not design.architecture.endpoints:
        return
    text = _HEAD + dump(document(View(_plainly(design)), Catalogue()))
    shows = tuple(element("operation", o) for e in design.architecture.endpoints for o in (e.operation, *e.also))
    yield Artifact(path=PATH, content=text.encode(), shows=tuple(dict.fromkeys(shows)))


def _plainly(design: Design) -> Design:
    """Names of entities as they stand in sentences, from which the paths have theirs too."""
    domain = design.derivation.domain
    entities = tuple(replace(entity, name=plain(entity.name)) for entity in domain.entities)
    return replace(design, derivation=replace(design.derivation, domain=replace(domain, entities=entities)))


def document(view: View, catalogue: Catalogue) -> Json:
    """The document as data, paths in the order of the model."""
    components = Components()
    fields = Fields(view, Samples(catalogue))
    operations = Operations(
        view,
        Parameters(view, fields, components),
        Bodies(view, fields, components),
        Problems(view, by_status(catalogue), components),
        Security(view, components),
        components,
    )
    paths: Json = {}
    for endpoint in view.arch.endpoints:
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = operations.of(endpoint)
    return {
        "openapi": "3.1.1",
        "info": _info(view),
        "servers": [_server(view)],
        "tags": _tags(view),
        "paths": paths,
        "components": components.as_data(),
    }


def _info(view: View) -> Json:
    name = title(view.domain.title) or "Service"
    paragraphs = [*dict.fromkeys(s for service in view.arch.services if (s := sentence(service.purpose))), _CONVENTIONS]
    return {
        "title": f"{name} API",
        "version": view.arch.api_version,
        "contact": {"name": f"The team of {name}"},
        "license": {"name": "All rights reserved", "identifier": "LicenseRef-Proprietary"},
        "description": "\n\n".join(textwrap.fill(p, 108, break_on_hyphens=False) for p in paragraphs),
    }


def _server(view: View) -> Json:
    return {
        "url": f"https://{{host}}{base_path(view)}",
        "description": "Where the API is reached; the host is set when it is deployed.",
        "variables": {"host": {"default": "api.example.com", "description": "Name of the host."}},
    }


def _tags(view: View) -> list[Json]:
    used = dict.fromkeys(e.entity for e in view.arch.endpoints)
    tags: dict[str, Json] = {}
    for ident in used:
        entity = view.entities[ident]
        tag = {"name": tag_of(entity), "description": sentence(entity.description) or f"The {title(entity.plural)}."}
        tags.setdefault(tag["name"], tag)
    return list(tags.values())
