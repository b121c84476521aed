"""`infra/Caddyfile` or `infra/nginx.conf`: which request goes to which service, from the paths of the endpoints."""

from collections.abc import Iterable

from archsmith.kernel.ids import ArtifactPath
from archsmith.kernel.names import slug
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.containers import Containers
from archsmith.model.architecture import Service
from archsmith.model.artifacts import Artifact
from archsmith.model.contracts import INTERNAL, Audience, Over
from archsmith.model.design import Design
from archsmith.render.contracts.infra.parts import Parts
from archsmith.render.view import View


def proxies(design: Design) -> Iterable[Artifact]:
    """The configuration of the proxies that the compose file starts."""
    view = View(design)
    for part in Parts(view, Containers(Catalogue())).edges:
        for name in part.image.files if part.image else ():
            text = {"Caddyfile": _caddy, "nginx.conf": _nginx}[name](view)
            yield Artifact(path=ArtifactPath(f"infra/{name}"), content=text.encode(), shows=(part.subject,))


def _routes(view: View) -> list[tuple[str, Service]]:
    """The first segments of the paths of each service but the first, which gets what is left."""
    base = f"/v{view.arch.api_version.partition('.')[0]}"
    found = {
        f"{base}/{endpoint.path.split('/')[1]}": view.services[endpoint.service]
        for endpoint in view.arch.over(Over.HTTP)
        if endpoint.service in view.services and endpoint.service != view.arch.services[0].id
        if endpoint.audience is not Audience.COMPONENT
    }
    return list(found.items())


def _hidden(view: View) -> str:
    """The paths that only our own services call, which never come from outside; empty where there are none."""
    inside = any(e.audience is Audience.COMPONENT for e in view.arch.over(Over.HTTP))
    return f"/v{view.arch.api_version.partition('.')[0]}{INTERNAL}/" if inside else ""


def _caddy(view: View) -> str:
    lines = ["{$HOST} {", "    encode", '    header Strict-Transport-Security "max-age=31536000; includeSubDomains"']
    if hidden := _hidden(view):
        lines.append(f"    respond {hidden}* 404")
    for path, service in _routes(view):
        lines.append(f"    reverse_proxy {path}* {slug(service.id)}:{service.port}")
    first = view.arch.services[0]
    return "\n".join([*lines, f"    reverse_proxy {slug(first.id)}:{first.port}", "}"]) + "\n"


def _nginx(view: View) -> str:
    first = view.arch.services[0]
    hidden = _hidden(view)
    blocks = [f"    location {hidden} {{ return 404; }}"] if hidden else []
    blocks += [f"    location {path} {{ proxy_pass http://{slug(s.id)}:{s.port}; }}" for path, s in _routes(view)]
    return "\n".join(
        [
            "server {",
            "    listen 8080;",
            "    location = /proxy-health { return 204; }",
            *blocks,
            f"    location / {{ proxy_pass http://{slug(first.id)}:{first.port}; }}",
            "}",
            "",
        ]
    )
