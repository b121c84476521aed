"""The OpenAPI 3.1 documents: one for the edge and, where there are several services, one for each of them."""

import textwrap
from collections.abc import Iterable

from msgspec.structs import replace

from archsmith.kernel.ids import ArtifactPath, ServiceId, element
from archsmith.kernel.inflect import plural
from archsmith.kernel.names import plain, slug
from archsmith.kernel.phrases import duration, listed
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.examples.rows import Rows
from archsmith.knowledge.problems import by_status
from archsmith.knowledge.samples import Samples
from archsmith.model.artifacts import Artifact
from archsmith.model.bodies import Bodies
from archsmith.model.contracts import Audience, Endpoint, Over
from archsmith.model.design import Design
from archsmith.model.domain import Entity
from archsmith.render.contracts.api.components import Components, Json
from archsmith.render.contracts.api.operations import Operations, base_path, tag_of
from archsmith.render.contracts.api.parameters import Parameters
from archsmith.render.contracts.api.problems import Problems
from archsmith.render.contracts.api.requests import Requests
from archsmith.render.contracts.api.responses import Responses
from archsmith.render.contracts.api.schemas import Schemas
from archsmith.render.contracts.api.security import Security
from archsmith.render.contracts.api.tags import act_said, tag_said
from archsmith.render.contracts.api.webhooks import Webhooks
from archsmith.render.contracts.words import prose, sentence, title
from archsmith.render.contracts.yaml_text import dump
from archsmith.render.placeholders import DOMAIN, host
from archsmith.render.view import View

PATH = ArtifactPath("api/openapi.yaml")
_CONVENTIONS = (
    "Errors are problem details (RFC 9457): tell them apart by `type`, which leads to a section of `problems.md`.",
    "Lists come in pages: send `next` of a page as `cursor` to get the page after it. A cursor is opaque, and good for "
    "the same filters and order only.",
    "Amounts of money are decimal numbers in text, so that no digit is lost. Moments are in RFC 3339, in UTC.",
    "Requests are closed: a field that the schema does not name is refused. Answers are open: fields, values of "
    "`status` and types of problems may be added at any time, so ignore what you do not know.",
    "Pages of other origins are let in by the edge alone (CORS): it answers their preflight requests and names the "
    "origins that are configured, never `*`. Services know nothing of it.",
    "Hosts that end in `.invalid` are placeholders (RFC 2606): replace them when you deploy.",
)
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_HEAD = "# Written by archsmith from design.json; change the brief or the requirements, not this file.\n"


def openapi(design: Design) -> Iterable[Artifact]:
    """The documents; none for a design without endpoints over HTTP."""
    arch = replace(design.architecture, endpoints=design.architecture.over(Over.HTTP))
    design = replace(design, architecture=arch)
    if not arch.endpoints:
        return
    catalogue, view = Catalogue(), View(_plainly(design))
    outside = tuple(e for e in arch.endpoints if e.audience is not Audience.COMPONENT)
    if outside:
        yield _artifact(PATH, view, document(_only(view, outside), catalogue), outside)
    services = [s.id for s in arch.services if any(e.service == s.id for e in arch.endpoints)]
    if len(services) < 2 and outside == arch.endpoints:
        return
    for service in services:
        own = tuple(e for e in arch.endpoints if e.service == service)
        path = ArtifactPath(f"api/{slug(service)}/openapi.yaml")
        yield _artifact(path, view, document(_only(view, own), catalogue, service), own)


def _artifact(path: ArtifactPath, view: View, content: Json, endpoints: tuple[Endpoint, ...]) -> Artifact:
    shows = tuple(element("operation", o) for e in endpoints for o in (e.operation, *e.also))
    return Artifact(path=path, content=(_HEAD + dump(content)).encode(), shows=tuple(dict.fromkeys(shows)))


def _only(view: View, endpoints: tuple[Endpoint, ...]) -> View:
    if endpoints == view.arch.endpoints:
        return view
    return View(replace(view.design, architecture=replace(view.arch, endpoints=endpoints)))


def _plainly(design: Design) -> Design:
    """Names of entities as they stand in sentences, from which the paths have theirs too."""
    domain = design.derivation.domain
    entities = tuple(replace(entity, name=plain(entity.name)) for entity in domain.entities)
    return replace(design, derivation=replace(design.derivation, domain=replace(domain, entities=entities)))


def document(view: View, catalogue: Catalogue, service: ServiceId | None = None) -> Json:
    """The document as data, paths as a reader looks for them. `service`: it is that of one service, for its peers."""
    components = Components(view.arch.shapes)
    fields = Bodies(view.design)
    rows = Rows(fields.shapes, Samples(catalogue))
    schemas = Schemas(view.arch.rules, fields, rows, components)
    requests = Requests(view, schemas)
    operations = Operations(
        view,
        Parameters(view, fields, rows, components),
        requests,
        Responses(view, schemas, requests),
        Problems(view, fields, by_status(catalogue), components),
        Security(view, components),
        components,
    )
    paths: Json = {}
    for endpoint in _in_order(view.arch.endpoints):
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = operations.of(endpoint)
    webhooks = Webhooks(view, schemas, components).as_data() if service is None else {}
    return {
        "openapi": "3.1.1",
        "info": _info(view, service),
        "servers": [_server(view, service)],
        "tags": _tags(view, bool(webhooks)),
        "paths": paths,
        **({"webhooks": webhooks} if webhooks else {}),
        "components": components.as_data(),
    }


def _in_order(endpoints: tuple[Endpoint, ...]) -> list[Endpoint]:
    """Of each thing in the order of the model the collection, one of it, then what is done with one; reads first."""
    things = list(dict.fromkeys(e.path.split("/")[1] for e in endpoints))
    return sorted(endpoints, key=lambda e: (things.index(e.path.split("/")[1]), e.path, _METHODS.index(e.method)))


def _info(view: View, service: ServiceId | None) -> Json:
    name = title(view.domain.title) or "Service"
    paragraphs = [_purpose(view, service), *_rules(view), *_CONVENTIONS]
    whose = f"{name}: {title(view.services[service].name)}" if service else name
    return {
        "title": f"{whose} API",
        "version": view.arch.api_version,
        "contact": {
            "name": f"The team of {name}",
            "url": f"https://{DOMAIN}/support",
            "email": f"api@{DOMAIN}",
        },
        "license": {"name": "All rights reserved", "identifier": "LicenseRef-Proprietary"},
        "description": "\n\n".join(textwrap.fill(p, 108, break_on_hyphens=False) for p in paragraphs),
        "x-audience": _audience(view).value,
    }


def _purpose(view: View, service: ServiceId | None) -> str:
    """Who does something here, and with what."""
    served = [view.operations[e.operation].actor for e in view.arch.endpoints if not e.companion]
    who = listed(dict.fromkeys(plural(prose(view.name_of_actor(a))) for a in served), 6)
    things = dict.fromkeys(tag_of(e, view.entities[e.entity]).lower() for e in view.arch.endpoints if not e.tag)
    own = sentence(view.services[service].purpose) if service else ""
    return f"What {who or 'callers'} can do with {listed(things, 8)}. {own}".strip()


def _audience(view: View) -> Audience:
    """The widest of its endpoints' audiences."""
    order = list(Audience)
    return min((e.audience for e in view.arch.endpoints), key=order.index)


def _rules(view: View) -> list[str]:
    """What the model says of all endpoints."""
    rules = view.arch.api
    if rules is None:
        return ["What would break a client comes in a new major version."]
    found = [
        f"What would break a client comes in a new major version, in the path. The old one then answers with "
        f"`Deprecation` (RFC 9745) and `Sunset` (RFC 8594) and stays for {round(rules.notice)} months more."
    ]
    if rules.tenant_claim:
        found.append(f"Whose data is meant is said by the claim `{prose(rules.tenant_claim)}` of the token alone.")
    if rules.guide:
        found.append(f"Names and forms follow {prose(rules.guide)}; `.spectral.yaml` checks what can be checked.")
    return found


def _server(view: View, service: ServiceId | None) -> Json:
    inner = host(f"{slug(service)}.internal") if service else host("api")
    where = "the service itself, for its peers inside the network" if service else "where callers reach it"
    return {
        "url": f"https://{{host}}{base_path(view)}",
        "description": f"Production: {where}. The host is a placeholder until it is deployed.",
        "variables": {"host": {"default": inner, "description": "Name of the host; `.invalid` never resolves."}},
        "x-internal": service is not None,
    }


def _tags(view: View, webhooks: bool) -> list[Json]:
    tags: dict[str, Json] = {}
    for endpoint in view.arch.endpoints:
        entity: Entity = view.entities[endpoint.entity]
        name = tag_of(endpoint, entity)
        said = act_said(endpoint) if endpoint.tag else tag_said(view, entity)
        tags.setdefault(name, {"name": name, "description": said})
    if webhooks and view.arch.api:
        rules = view.arch.api
        said = (
            f"What we send to others. Signed with `{prose(rules.signature)}`; an answer is waited for "
            f"{duration(rules.timeout)}, and a failure is tried {rules.attempts} times over {duration(rules.give_up)}."
        )
        tags.setdefault("Webhooks", {"name": "Webhooks", "description": said})
    return list(tags.values())
